import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { ActionsTables } from './actions.table.ts'

export type ActionRow = Selectable<ActionsTables['actions']>

/** Those that fit all of what is asked, in no particular order. */
export function actionsWhere(
  db: Reader,
  asked: { dayId?: string; id?: string; ownerIds?: string[] },
): Promise<ActionRow[]> {
  return db
    .selectFrom('actions')
    .selectAll()
    .$if(asked.dayId !== undefined, (query) => query.where('day_id', '=', asked.dayId!))
    .$if(asked.id !== undefined, (query) => query.where('id', '=', asked.id!))
    .$if(asked.ownerIds !== undefined, (query) => query.where('owner_id', 'in', asked.ownerIds!))
    .execute()
}

export async function insertAction(
  trx: Trx,
  row: Insertable<ActionsTables['actions']>,
): Promise<void> {
  await trx.insertInto('actions').values(row).execute()
}

/**
 * Changes an action if nobody did since `seen`: one statement, so of two at once one is refused.
 * @returns whether it was changed.
 */
export async function updateAction(
  trx: Trx,
  { dayId, id, seen }: { dayId: string; id: string; seen: number },
  change: Updateable<ActionsTables['actions']>,
): Promise<boolean> {
  const updated = await trx
    .updateTable('actions')
    .set({ ...change, version: seen + 1 })
    .where('day_id', '=', dayId)
    .where('id', '=', id)
    .where('version', '=', seen)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

/** Only while nothing was said about it, which one statement sees and does. */
export async function deleteUntouched(trx: Trx, dayId: string, id: string): Promise<boolean> {
  const deleted = await trx
    .deleteFrom('actions')
    .where('day_id', '=', dayId)
    .where('id', '=', id)
    .where('status', '=', 'to-decide')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('action_notes').select('action_notes.id').where('action_id', '=', id),
        ),
      ),
    )
    .executeTakeFirst()
  return deleted.numDeletedRows === 1n
}

/** The findings of an action are these and no others. */
export async function setFindings(
  trx: Trx,
  { dayId, id }: { dayId: string; id: string },
  findingIds: readonly string[],
): Promise<void> {
  await trx.deleteFrom('action_findings').where('action_id', '=', id).execute()
  if (findingIds.length === 0) return
  await trx
    .insertInto('action_findings')
    .values(
      findingIds.map((findingId) => ({ action_id: id, day_id: dayId, finding_id: findingId })),
    )
    .execute()
}

export function findingsOfActions(
  db: Reader,
  actionIds: readonly string[],
): Promise<{ actionId: string; findingId: string }[]> {
  return db
    .selectFrom('action_findings')
    .select(['action_id as actionId', 'finding_id as findingId'])
    .where('action_id', 'in', actionIds)
    .execute()
}

export async function insertNote(
  trx: Trx,
  row: Insertable<ActionsTables['action_notes']>,
): Promise<void> {
  await trx.insertInto('action_notes').values(row).execute()
}

/** What was said about some actions, the latest first, with who said it. */
export function notesOfActions(db: Reader, actionIds: readonly string[]) {
  return db
    .selectFrom('action_notes as n')
    .leftJoin('people as p', 'p.id', 'n.person_id')
    .leftJoin('accounts as a', 'a.id', 'n.account_id')
    .select([
      'n.id',
      'n.action_id as actionId',
      'n.status',
      'n.words',
      'n.by_link as byLink',
      'n.written_at as writtenAt',
      sql<string | null>`coalesce(p.first_name || ' ' || p.last_name, a.display_name)`.as('by'),
    ])
    .where('n.action_id', 'in', actionIds)
    .orderBy('n.written_at', 'desc')
    .orderBy('n.id', 'desc')
    .execute()
}

/** How many open actions of a day nobody carries: never given, or their owner left. */
export async function countWithoutOwner(db: Reader, dayId: string): Promise<number> {
  const { count } = await db
    .selectFrom('actions as a')
    .leftJoin('people as p', 'p.id', 'a.owner_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('a.day_id', '=', dayId)
    .where((eb) => eb.or([eb('a.owner_id', 'is', null), eb('p.left_on', 'is not', null)]))
    .where('a.status', 'in', ['to-decide', 'under-way'])
    .executeTakeFirstOrThrow()
  return count
}

/** Decisions taken on a day; and what waits for one, open findings nothing answers included. */
export async function decisionsOf(
  db: Reader,
  dayId: string,
): Promise<{ decided: number; undecided: number }> {
  const { rows } = await sql<{ decided: number; undecided: number }>`
    select
      (select count(*)::int from actions where day_id = ${dayId} and status <> 'to-decide')
        as decided,
      (select count(*)::int from actions where day_id = ${dayId} and status = 'to-decide')
        + (select count(*)::int from findings f
           where f.day_id = ${dayId} and f.withdrawn_at is null
             and not exists (select from action_findings l where l.finding_id = f.id))
        as undecided`.execute(db)
  return rows[0]!
}

/** Those of these days on which something was decided. */
export async function decidedAmong(db: Reader, dayIds: readonly string[]): Promise<Set<string>> {
  if (dayIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('actions')
    .select('day_id')
    .distinct()
    .where('day_id', 'in', dayIds)
    .where('status', '<>', 'to-decide')
    .execute()
  return new Set(rows.map((row) => row.day_id))
}

/** Days with something open that somebody carries. */
export async function daysWithOwners(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('actions')
    .select('day_id')
    .distinct()
    .where('owner_id', 'is not', null)
    .where('status', 'in', ['to-decide', 'under-way'])
    .execute()
  return rows.map((row) => row.day_id)
}

/** Who carries something open of a day. */
export async function openOwners(db: Reader, dayId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('actions')
    .select('owner_id')
    .distinct()
    .where('day_id', '=', dayId)
    .where('owner_id', 'is not', null)
    .where('status', 'in', ['to-decide', 'under-way'])
    .execute()
  return rows.flatMap((row) => row.owner_id ?? [])
}

/**
 * Marks what its owner was not told of yet as told, where it lies quiet since then.
 * @returns whom to tell; a second process at the same moment gets nobody twice.
 */
export async function takeUntold(trx: Trx, dayId: string, quietSince: Date): Promise<string[]> {
  const rows = await trx
    .updateTable('actions')
    .set((eb) => ({ told_owner_id: eb.ref('owner_id') }))
    .where('day_id', '=', dayId)
    .where('owner_id', 'is not', null)
    .where(sql<boolean>`told_owner_id is distinct from owner_id`)
    .where('status', 'in', ['to-decide', 'under-way'])
    .where('changed_at', '<=', quietSince)
    .returning('owner_id')
    .execute()
  return [...new Set(rows.flatMap((row) => row.owner_id ?? []))]
}

/** Whatever these people carry of a day, they know of. */
export async function markTold(trx: Trx, dayId: string, ownerIds: string[]): Promise<void> {
  if (ownerIds.length === 0) return
  await trx
    .updateTable('actions')
    .set((eb) => ({ told_owner_id: eb.ref('owner_id') }))
    .where('day_id', '=', dayId)
    .where('owner_id', 'in', ownerIds)
    .execute()
}

/** Notes the summaries of a week. @returns the people who had none yet. */
export async function insertSummaries(
  trx: Trx,
  rows: Insertable<ActionsTables['action_summaries']>[],
): Promise<string[]> {
  if (rows.length === 0) return []
  const inserted = await trx
    .insertInto('action_summaries')
    .values(rows)
    .onConflict((conflict) => conflict.constraint('action_summaries_pk').doNothing())
    .returning('person_id')
    .execute()
  return inserted.map((row) => row.person_id)
}
