import { type Insertable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { EndedReason } from '#shared/matching/matching.vocabulary.ts'
import type { MatchingTables } from './matching.table.ts'

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

/** PostgreSQL takes at most 65,535 parameters in one statement; a placement has 13. */
const placementsPerInsert = 4_000

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

export function activePlacementsOfSlots(db: Reader, slotIds: readonly string[]) {
  return db
    .selectFrom('placements')
    .select(placementColumns)
    .where('slot_id', 'in', slotIds)
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

export async function raiseLinkGeneration(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable('placements')
    .set((row) => ({ link_generation: row('link_generation', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function endPlacements(
  trx: Trx,
  ids: string[],
  reason: EndedReason,
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

/**
 * Who lost a place through no doing of their own and has had none since, with when: a publication
 * that found no other, or a slot that went.
 */
export async function placesLost(db: Reader, dayId: string) {
  const own: EndedReason[] = ['guest-cancelled', 'day-cancelled']
  const last = db
    .selectFrom('placements')
    .distinctOn('person_id')
    .select(['person_id as personId', 'status', 'ended_at as endedAt', 'ended_reason as reason'])
    .where('day_id', '=', dayId)
    .orderBy('person_id')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
  return db
    .selectFrom(last.as('last'))
    .select(['personId', 'endedAt'])
    .where('status', '=', 'ended')
    .where('reason', 'not in', own)
    .execute()
}

/** What ended or began beside any publication, in the order it happened. */
export function changesSincePublication(db: Reader, dayId: string) {
  const apart: EndedReason[] = ['replanned', 'day-cancelled']
  return db
    .selectFrom('placements')
    .select(placementColumns)
    .where('day_id', '=', dayId)
    .where('status', '=', 'ended')
    .where('ended_reason', 'not in', apart)
    .orderBy('ended_at', 'desc')
    .orderBy('id')
    .execute()
}
