import { type Selectable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { DeskCard } from '#shared/debrief/debrief.contract.ts'
import type { Moment } from '#shared/observations/observations.contract.ts'
import type { DebriefTables } from './debrief.table.ts'

export type DebriefRow = Selectable<DebriefTables['debriefs']>

export function debriefOfDay(db: Reader, dayId: string): Promise<DebriefRow | undefined> {
  return db.selectFrom('debriefs').selectAll().where('day_id', '=', dayId).executeTakeFirst()
}

export function debriefByCode(db: Reader, code: string): Promise<DebriefRow | undefined> {
  return db.selectFrom('debriefs').selectAll().where('code', '=', code).executeTakeFirst()
}

/** Held for a change of step: whoever votes at this moment is waited for. */
export function lockDebrief(trx: Trx, dayId: string): Promise<DebriefRow | undefined> {
  return trx
    .selectFrom('debriefs')
    .selectAll()
    .where('day_id', '=', dayId)
    .forUpdate()
    .executeTakeFirst()
}

/** Held by everybody who votes, so that the step stays as it was read; they do not wait for each other. */
export function holdDebrief(trx: Trx, dayId: string): Promise<DebriefRow | undefined> {
  return trx
    .selectFrom('debriefs')
    .selectAll()
    .where('day_id', '=', dayId)
    .forShare()
    .executeTakeFirst()
}

/** False where the day has its session already. */
export async function insertDebrief(trx: Trx, row: DebriefRow): Promise<boolean> {
  const inserted = await trx
    .insertInto('debriefs')
    .values(row)
    .onConflict((conflict) => conflict.column('day_id').doNothing())
    .returning('day_id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function updateDebrief(
  trx: Trx,
  dayId: string,
  change: Updateable<DebriefTables['debriefs']>,
): Promise<void> {
  await trx.updateTable('debriefs').set(change).where('day_id', '=', dayId).execute()
}

/** Days whose wall still fills. */
export async function openDebriefDays(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('debriefs')
    .select('day_id')
    .where('step', '<>', 'closed')
    .execute()
  return rows.map((row) => row.day_id)
}

/** What has words, stands and is not on the wall’s list yet; anonymous ones have no hour. */
export function notYetCards(
  db: Reader,
  dayId: string,
): Promise<{ id: string; observedAt: Date | null }[]> {
  return db
    .selectFrom('observations as o')
    .select(['o.id', 'o.observed_at as observedAt'])
    .where('o.day_id', '=', dayId)
    .where('o.withdrawn', '=', false)
    .where((eb) => eb.or([eb('o.situation', '<>', ''), eb('o.idea', '<>', '')]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('debrief_cards as c')
            .select('c.day_id')
            .whereRef('c.observation_id', '=', 'o.id'),
        ),
      ),
    )
    .execute()
}

/** In one statement, in an order that tells nothing: neither who was named nor who came first. */
export async function insertCards(trx: Trx, dayId: string, ids: readonly string[]): Promise<void> {
  await sql`insert into debrief_cards (observation_id, day_id)
    select id, ${dayId} from unnest(${ids}::uuid[]) as id order by random()
    on conflict (observation_id) do nothing`.execute(trx)
}

const cards = (db: Reader, dayId: string, shown: boolean) =>
  db
    .selectFrom('debrief_cards as c')
    .innerJoin('observations as o', 'o.id', 'c.observation_id')
    .where('c.day_id', '=', dayId)
    .where('c.shown', '=', shown)
    // Taken back by its author: it leaves the wall with whatever changes next.
    .where('o.withdrawn', '=', false)

/** What a director chose to read; `roles` are pairs that stand for one role. */
export interface CardChoice {
  irritantId?: string | undefined
  moment?: Moment | undefined
  roles?: readonly { irritantId: string; roleId: string }[] | undefined
}

const placeOf = (o: string, i: string) =>
  sql.raw(`${i}.position, ${o}.irritant_id, -(${o}.frequency * ${o}.severity), md5(${o}.id::text)`)

/**
 * By irritant, and there what annoys most and happens most often first (the product of both answers).
 * Alike, they are ordered by a hash of the id: an id made by a clock would tell the time.
 */
export function cardsOf(
  db: Reader,
  dayId: string,
  shown: boolean,
  { irritantId, moment, roles }: CardChoice,
  after: string | undefined,
  limit: number,
): Promise<DeskCard[]> {
  const last = sql`(select ${placeOf('last', 'l')} from observations last
    join irritants l on l.id = last.irritant_id where last.id = ${after})`
  const pairs = sql<boolean>`(o.irritant_id, o.role_id) in (select * from unnest(
    ${roles?.map((one) => one.irritantId)}::uuid[], ${roles?.map((one) => one.roleId)}::uuid[]))`
  return cards(db, dayId, shown)
    .innerJoin('irritants as i', 'i.id', 'o.irritant_id')
    .select(['o.id', 'o.irritant_id as irritantId', 'o.moment', 'o.situation', 'o.idea'])
    .select('o.unmasked')
    .$if(irritantId !== undefined, (query) => query.where('o.irritant_id', '=', irritantId!))
    .$if(moment !== undefined, (query) => query.where('o.moment', '=', moment!))
    .$if(roles !== undefined, (query) => query.where(pairs))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(${placeOf('o', 'i')}) > ${last}`),
    )
    .orderBy(placeOf('o', 'i'))
    .limit(limit)
    .execute()
}

/** How many cards of a pile there are of each kind. */
export function cardKinds(db: Reader, dayId: string, shown: boolean) {
  return cards(db, dayId, shown)
    .select(['o.irritant_id as irritantId', 'o.role_id as roleId', 'o.moment'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy(['o.irritant_id', 'o.role_id', 'o.moment'])
    .execute()
}

export async function countCards(db: Reader, dayId: string, shown: boolean): Promise<number> {
  const { count } = await cards(db, dayId, shown)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** @returns how many of them are cards of this day. */
export async function showCards(
  trx: Trx,
  dayId: string,
  ids: readonly string[],
  shown: boolean,
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('debrief_cards')
    .set({ shown })
    .where('day_id', '=', dayId)
    .where('observation_id', 'in', [...ids])
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** What was signed for this person before; undefined where it is signed now for the first time. */
export async function giveBallot(
  trx: Trx,
  row: DebriefTables['debrief_voters'],
): Promise<string | undefined> {
  const given = await trx
    .insertInto('debrief_voters')
    .values(row)
    .onConflict((conflict) => conflict.columns(['day_id', 'person_id']).doNothing())
    .returning('person_id')
    .executeTakeFirst()
  if (given) return undefined
  const before = await trx
    .selectFrom('debrief_voters')
    .select('blinded_hash')
    .where('day_id', '=', row.day_id)
    .where('person_id', '=', row.person_id)
    .executeTakeFirstOrThrow()
  return before.blinded_hash
}

/** Puts a ballot in the place of what it said before; two at once follow each other. */
export async function replaceBallot(
  trx: Trx,
  dayId: string,
  ballotId: string,
  findingIds: readonly string[],
): Promise<void> {
  await trx
    .insertInto('debrief_ballots')
    .values({ id: ballotId, day_id: dayId })
    // Touched, and so locked, where it is there already.
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ day_id: dayId }))
    .execute()
  await trx.deleteFrom('debrief_votes').where('ballot_id', '=', ballotId).execute()
  await trx
    .insertInto('debrief_votes')
    .values(findingIds.map((id) => ({ ballot_id: ballotId, finding_id: id, day_id: dayId })))
    .execute()
}

export async function countBallots(db: Reader, dayId: string): Promise<number> {
  const { count } = await db
    .selectFrom('debrief_ballots')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('day_id', '=', dayId)
    .executeTakeFirstOrThrow()
  return count
}

/** Adds the hearts up, then forgets every ballot and who had one. */
export async function countVotes(trx: Trx, dayId: string): Promise<void> {
  await trx
    .insertInto('debrief_results')
    .columns(['day_id', 'finding_id', 'hearts'])
    .expression(
      trx
        .selectFrom('debrief_votes')
        .select((eb) => ['day_id', 'finding_id', eb.fn.countAll<number>().as('hearts')])
        .where('day_id', '=', dayId)
        .groupBy(['day_id', 'finding_id'])
        .orderBy('finding_id'),
    )
    .execute()
  await trx.deleteFrom('debrief_ballots').where('day_id', '=', dayId).execute()
  await trx.deleteFrom('debrief_voters').where('day_id', '=', dayId).execute()
}

export function heartsOfDay(
  db: Reader,
  dayId: string,
): Promise<{ findingId: string; hearts: number }[]> {
  return db
    .selectFrom('debrief_results')
    .select(['finding_id as findingId', 'hearts'])
    .where('day_id', '=', dayId)
    .execute()
}
