import { type Insertable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { Finding, Original, SeenCard } from '#shared/findings/findings.contract.ts'
import type { FindingsTables } from './findings.table.ts'

type Findings = FindingsTables['findings']

/** A card before its author's first name is looked up. */
export type CardRow = Omit<SeenCard, 'firstName'> & { authorId: string | null }
export type OriginalRow = Omit<Original, 'firstName'> & { authorId: string | null }

/** Findings with what is in them, counted in the same statement; first made, first listed. */
const counted = (db: Reader) =>
  db
    .selectFrom('findings as f')
    .leftJoin('finding_observations as fo', 'fo.finding_id', 'f.id')
    .leftJoin('observations as o', 'o.id', 'fo.observation_id')
    .select([
      'f.id',
      'f.day_id as dayId',
      'f.irritant_id as irritantId',
      'f.title',
      'f.note',
      'f.withdrawn_reason as withdrawnReason',
      'f.version',
      sql<Finding['status']>`case when f.withdrawn_at is null then 'open' else 'withdrawn' end`.as(
        'status',
      ),
      sql<number>`count(*) filter (where not o.withdrawn)`.as('observationCount'),
      sql<number>`count(*) filter (where not o.withdrawn and o.situation = '' and o.idea = '')`.as(
        'wordlessCount',
      ),
      sql<number>`count(*) filter (where o.withdrawn)`.as('withdrawnCount'),
    ])
    .groupBy('f.id')
    .orderBy('f.created_at')
    .orderBy('f.id')

export function findingsOfDay(db: Reader, dayId: string): Promise<Finding[]> {
  return counted(db).where('f.day_id', '=', dayId).execute()
}

/** How many findings of a day count. */
export async function countOpen(db: Reader, dayId: string): Promise<number> {
  const { count } = await db
    .selectFrom('findings')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('day_id', '=', dayId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export function findingById(db: Reader, id: string): Promise<Finding | undefined> {
  return counted(db).where('f.id', '=', id).executeTakeFirst()
}

export function findingsByIds(db: Reader, ids: string[]): Promise<Finding[]> {
  return counted(db).where('f.id', 'in', ids).execute()
}

/** Held until the transaction ends, so that nothing is added to what is being withdrawn. */
export function lockFinding(trx: Trx, dayId: string, id: string) {
  return trx
    .selectFrom('findings')
    .selectAll()
    .where('day_id', '=', dayId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** In one order, so that two who hold several do not wait for each other. */
export async function holdFindings(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await trx
    .selectFrom('findings')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .forShare()
    .execute()
}

export async function countWithdrawn(db: Reader, ids: readonly string[]): Promise<number> {
  const { count } = await db
    .selectFrom('findings')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('id', 'in', ids)
    .where('withdrawn_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return count
}

export async function insertFinding(trx: Trx, row: Insertable<Findings>): Promise<void> {
  await trx.insertInto('findings').values(row).execute()
}

/** One version later, with what changed. */
export async function updateFinding(
  trx: Trx,
  id: string,
  change: Updateable<Findings>,
): Promise<void> {
  await trx
    .updateTable('findings')
    .set({ ...change, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

/** @throws DatabaseError of a foreign key where something hangs on it. */
export async function deleteFinding(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('findings').where('id', '=', id).execute()
}

/** Which of these stand on this day; an author taking one back meanwhile is waited for. */
export async function standing(trx: Trx, dayId: string, ids: readonly string[]) {
  const rows = await trx
    .selectFrom('observations')
    .select(['id', 'withdrawn'])
    .where('day_id', '=', dayId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forShare()
    .execute()
  return rows
}

/** How many were in no finding and now are in this one; two at once meet in one order of ids. */
export async function insertGrouped(
  trx: Trx,
  dayId: string,
  findingId: string,
  ids: readonly string[],
): Promise<number> {
  const inserted = await trx
    .insertInto('finding_observations')
    .values(ids.map((id) => ({ observation_id: id, day_id: dayId, finding_id: findingId })))
    .onConflict((conflict) => conflict.constraint('finding_observations_pk').doNothing())
    .returning('observation_id')
    .execute()
  return inserted.length
}

/** How many were in the finding and are free now. */
export async function deleteGrouped(
  trx: Trx,
  findingId: string,
  ids: readonly string[],
): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('finding_observations')
    .where('finding_id', '=', findingId)
    .where('observation_id', 'in', ids)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

export function groupedAmong(db: Reader, ids: readonly string[]) {
  return db
    .selectFrom('finding_observations')
    .select(['observation_id as observationId', 'finding_id as findingId'])
    .where('observation_id', 'in', ids)
    .execute()
}

/** How many observations of each irritant stand in no finding. */
export function ungroupedCounts(db: Reader, dayId: string) {
  return db
    .selectFrom('observations as o')
    .leftJoin('finding_observations as fo', 'fo.observation_id', 'o.id')
    .select((eb) => ['o.irritant_id as irritantId', eb.fn.countAll<number>().as('count')])
    .where('o.day_id', '=', dayId)
    .where('o.withdrawn', '=', false)
    .where('fo.observation_id', 'is', null)
    .groupBy('o.irritant_id')
    .execute()
}

const card = [
  'o.id',
  'o.irritant_id as irritantId',
  'o.moment',
  'o.frequency',
  'o.severity',
  'o.situation',
  'o.idea',
  'o.idea_from as ideaFrom',
  'o.unmasked',
  'o.author_id as authorId',
] as const

/** By a hash of the identifier: one order for everybody, which tells neither time nor author. */
const byChance = sql`md5(o.id::text)`
const chanceAfter = (id: string) => sql<boolean>`md5(o.id::text) > md5(${id})`

/** A page of what is in no finding, of one irritant or of all. */
export function ungroupedPage(
  db: Reader,
  dayId: string,
  { irritantId, after }: { irritantId?: string | undefined; after?: string | undefined },
  limit: number,
): Promise<CardRow[]> {
  return db
    .selectFrom('observations as o')
    .select(card)
    .where('o.day_id', '=', dayId)
    .where('o.withdrawn', '=', false)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('finding_observations as fo')
            .select('fo.observation_id')
            .whereRef('fo.observation_id', '=', 'o.id'),
        ),
      ),
    )
    .$if(irritantId !== undefined, (query) => query.where('o.irritant_id', '=', irritantId!))
    .$if(after !== undefined, (query) => query.where(chanceAfter(after!)))
    .orderBy(byChance)
    .limit(limit)
    .execute()
}

/** The originals of a finding, those their authors took back included. */
export function originalsPage(
  db: Reader,
  findingId: string,
  after: string | undefined,
  limit: number,
): Promise<OriginalRow[]> {
  return db
    .selectFrom('observations as o')
    .innerJoin('finding_observations as fo', 'fo.observation_id', 'o.id')
    .select([...card, 'o.withdrawn'])
    .where('fo.finding_id', '=', findingId)
    .$if(after !== undefined, (query) => query.where(chanceAfter(after!)))
    .orderBy(byChance)
    .limit(limit)
    .execute()
}

/** Cards by their ids, in no order: standing ones of the day. */
export function cardsByIds(db: Reader, dayId: string, ids: readonly string[]): Promise<CardRow[]> {
  return db
    .selectFrom('observations as o')
    .select(card)
    .where('o.day_id', '=', dayId)
    .where('o.withdrawn', '=', false)
    .where('o.id', 'in', ids)
    .execute()
}
