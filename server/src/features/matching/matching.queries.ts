import type { Insertable, Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { PlanFailure } from '#shared/matching/matching.vocabulary.ts'
import type { MatchingTables } from './matching.table.ts'

const planColumns = [
  'id',
  'region_id as regionId',
  'day_id as dayId',
  'number',
  'name',
  'objective',
  'status',
  'kept',
  'basis_id as basisId',
  'progress_done as progressDone',
  'progress_total as progressTotal',
  'stats',
  'input_hash as inputHash',
  'failure',
  'created_at as createdAt',
  'computed_at as computedAt',
  'published_at as publishedAt',
] as const

const plannedColumns = [
  'person_id as personId',
  'slot_id as slotId',
  'rank',
  'by_hand as byHand',
  'reason',
  'numbers',
  'wishes',
] as const

/** PostgreSQL takes at most 65,535 parameters in one statement; a planned guest has 10. */
const guestsPerInsert = 5_000
export async function insertPlan(trx: Trx, row: Insertable<MatchingTables['plans']>) {
  await trx.insertInto('plans').values(row).execute()
}

export function planById(db: Reader, id: string) {
  return db
    .selectFrom('plans')
    .select(planColumns)
    .where('id', '=', id)
    .where('discarded_at', 'is', null)
    .executeTakeFirst()
}

export function lockPlan(trx: Trx, id: string) {
  return trx
    .selectFrom('plans')
    .select(planColumns)
    .where('id', '=', id)
    .where('discarded_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export function plansOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('plans')
    .select(planColumns)
    .where('day_id', '=', dayId)
    .where('discarded_at', 'is', null)
    .orderBy('number', 'desc')
    .execute()
}

/** The number of the newest plan of a day, discarded ones too: a number is never given twice. */
export async function lastNumber(db: Reader, dayId: string): Promise<number> {
  const row = await db
    .selectFrom('plans')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('day_id', '=', dayId)
    .executeTakeFirst()
  return row?.number ?? 0
}

export async function updatePlan(
  db: Reader,
  id: string,
  changes: Updateable<MatchingTables['plans']>,
): Promise<void> {
  await db.updateTable('plans').set(changes).where('id', '=', id).execute()
}

/** Marks as failed what is still being computed. */
export async function failComputing(db: Reader, id: string, failure: PlanFailure): Promise<void> {
  await db
    .updateTable('plans')
    .set({ status: 'failed', failure })
    .where('id', '=', id)
    .where('status', '=', 'computing')
    .execute()
}

/**
 * Drafts of choices by hand that nobody kept. One that is being published or kept right now is
 * waited for, and then no longer among them.
 */
export function lockUnkept(trx: Trx, dayId: string) {
  return trx
    .selectFrom('plans')
    .select('id')
    .where('day_id', '=', dayId)
    .where('status', '=', 'ready')
    .where('kept', '=', false)
    .where('discarded_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Throws drafts away with all they say of people. */
export async function discardPlans(trx: Trx, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await trx.deleteFrom('plan_guests').where('plan_id', 'in', ids).execute()
  await trx.updateTable('plans').set({ discarded_at: now }).where('id', 'in', ids).execute()
}

/** Plans being computed of which nothing was heard since; those others look after are left out. */
export function lockStalledPlans(trx: Trx, since: Date) {
  return trx
    .selectFrom('plans')
    .select(['id', 'created_at as createdAt'])
    .where('status', '=', 'computing')
    .where('alive_at', '<', since)
    .forUpdate()
    .skipLocked()
    .execute()
}

/** Notes progress and a sign of life; false once the plan is no longer being computed. */
export async function noteProgress(
  db: Reader,
  id: string,
  progress: { done: number; total: number },
  now: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('plans')
    .set({ progress_done: progress.done, progress_total: progress.total, alive_at: now })
    .where('id', '=', id)
    .where('status', '=', 'computing')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertPlannedGuests(
  trx: Trx,
  rows: Insertable<MatchingTables['plan_guests']>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += guestsPerInsert) {
    const some = rows.slice(start, start + guestsPerInsert)
    await trx.insertInto('plan_guests').values(some).execute()
  }
}

/** Every guest of a plan; names and filters belong to whoever shows them. */
export function plannedGuests(db: Reader, planId: string) {
  return db
    .selectFrom('plan_guests')
    .select(plannedColumns)
    .where('plan_id', '=', planId)
    .orderBy('person_id')
    .execute()
}

export function plannedGuest(db: Reader, planId: string, personId: string) {
  return db
    .selectFrom('plan_guests')
    .select(plannedColumns)
    .where('plan_id', '=', planId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}
