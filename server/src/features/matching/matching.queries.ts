import { type Insertable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { MatchingTables } from './matching.table.ts'

const planColumns = [
  'id',
  'region_id as regionId',
  'day_id as dayId',
  'number',
  'status',
  'progress_done as progressDone',
  'progress_total as progressTotal',
  'stats',
  'input_hash as inputHash',
  'failure',
  'created_at as createdAt',
  'computed_at as computedAt',
  'published_at as publishedAt',
] as const

const placementColumns = [
  'id',
  'region_id as regionId',
  'day_id as dayId',
  'person_id as personId',
  'slot_id as slotId',
  'plan_id as planId',
  'rank',
  'reason',
  'numbers',
  'status',
  'link_generation as linkGeneration',
  'created_at as createdAt',
  'ended_at as endedAt',
  'ended_reason as endedReason',
] as const

const plannedColumns = [
  'person_id as personId',
  'slot_id as slotId',
  'rank',
  'by_hand as byHand',
  'reason',
  'numbers',
] as const

/** PostgreSQL takes at most 65,535 parameters in one statement; a planned guest has 9. */
const guestsPerInsert = 5_000
const placementsPerInsert = 4_000

export async function insertPlan(trx: Trx, row: Insertable<MatchingTables['plans']>) {
  await trx.insertInto('plans').values(row).execute()
}

export function planById(db: Reader, id: string) {
  return db.selectFrom('plans').select(planColumns).where('id', '=', id).executeTakeFirst()
}

export function lockPlan(trx: Trx, id: string) {
  return trx
    .selectFrom('plans')
    .select(planColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export function plansOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('plans')
    .select(planColumns)
    .where('day_id', '=', dayId)
    .orderBy('number', 'desc')
    .execute()
}

export async function updatePlan(
  db: Reader,
  id: string,
  changes: Updateable<MatchingTables['plans']>,
): Promise<void> {
  await db.updateTable('plans').set(changes).where('id', '=', id).execute()
}

/** Notes progress; false once the plan is no longer being computed. */
export async function noteProgress(
  db: Reader,
  id: string,
  done: number,
  total: number,
): Promise<boolean> {
  const result = await db
    .updateTable('plans')
    .set({ progress_done: done, progress_total: total })
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

export function pinsOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('plan_pins')
    .select(['person_id as personId', 'slot_id as slotId', 'kind'])
    .where('day_id', '=', dayId)
    .orderBy('person_id')
    .orderBy('slot_id')
    .execute()
}

export async function deletePin(trx: Trx, dayId: string, personId: string, slotId: string) {
  await trx
    .deleteFrom('plan_pins')
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .where('slot_id', '=', slotId)
    .execute()
}

/** A guest is pinned to one slot at most: a new pin takes the place of the former. */
export async function deletePinOf(trx: Trx, dayId: string, personId: string) {
  await trx
    .deleteFrom('plan_pins')
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .where('kind', '=', 'pin')
    .execute()
}

export async function insertPin(trx: Trx, row: Insertable<MatchingTables['plan_pins']>) {
  await trx.insertInto('plan_pins').values(row).execute()
}

export function placementById(db: Reader, id: string) {
  return db
    .selectFrom('placements')
    .select(placementColumns)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function placementsByIds(db: Reader, ids: string[]) {
  return db
    .selectFrom('placements')
    .select(placementColumns)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    .execute()
}

export function activePlacements(db: Reader, dayId: string) {
  return db
    .selectFrom('placements')
    .select(placementColumns)
    .where('day_id', '=', dayId)
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
}

export function activePlacementsOfSlot(db: Reader, slotId: string) {
  return db
    .selectFrom('placements')
    .select(placementColumns)
    .where('slot_id', '=', slotId)
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
}

export function activePlacementOf(db: Reader, dayId: string, personId: string) {
  return db
    .selectFrom('placements')
    .select(placementColumns)
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .where('status', '=', 'active')
    .executeTakeFirst()
}

/** The placement that ended last for somebody, to tell them what became of it. */
export function lastEndedPlacementOf(db: Reader, dayId: string, personId: string) {
  return db
    .selectFrom('placements')
    .select(placementColumns)
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .where('status', '=', 'ended')
    .orderBy('ended_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function insertPlacements(
  trx: Trx,
  rows: Insertable<MatchingTables['placements']>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += placementsPerInsert) {
    const some = rows.slice(start, start + placementsPerInsert)
    await trx.insertInto('placements').values(some).execute()
  }
}

/** Moves placements that stay over to the plan now in force, with what it says of them. */
export async function carryPlacements(trx: Trx, dayId: string, planId: string): Promise<void> {
  await sql`update placements set plan_id = ${planId}, rank = planned.rank,
      reason = planned.reason, numbers = planned.numbers
    from plan_guests planned
    where planned.plan_id = ${planId} and planned.person_id = placements.person_id
      and planned.slot_id = placements.slot_id
      and placements.day_id = ${dayId} and placements.status = 'active'`.execute(trx)
}

export async function endPlacements(
  trx: Trx,
  ids: string[],
  reason: string,
  now: Date,
): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('placements')
    .set({ status: 'ended', ended_at: now, ended_reason: reason })
    .where('id', 'in', ids)
    .where('status', '=', 'active')
    .execute()
}
