import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { HandoverStatus } from '#shared/handovers/handovers.vocabulary.ts'
import type { HandoversTables } from './handovers.table.ts'

const columns = [
  'id',
  'region_id as regionId',
  'day_id as dayId',
  'slot_id as slotId',
  'from_id as fromId',
  'to_id as toId',
  'status',
  'asked_at as askedAt',
  'expires_at as expiresAt',
  'link_generation as linkGeneration',
] as const

export function handoverById(db: Reader, id: string) {
  return db.selectFrom('handovers').select(columns).where('id', '=', id).executeTakeFirst()
}

/** Every request ever made about a slot, the latest first. */
export function handoversOfSlot(db: Reader, slotId: string) {
  return db
    .selectFrom('handovers')
    .select(columns)
    .where('slot_id', '=', slotId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The latest request of each slot of a day that waits or was accepted. */
export function handoversOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('handovers')
    .select(columns)
    .distinctOn('slot_id')
    .where('day_id', '=', dayId)
    .where('status', 'in', ['pending', 'accepted'])
    .orderBy('slot_id')
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export async function insertHandover(
  trx: Trx,
  row: Insertable<HandoversTables['handovers']>,
): Promise<void> {
  await trx.insertInto('handovers').values(row).execute()
}

/** Ends a request that still waits; one that ended keeps how it did. */
export function endHandover(
  trx: Trx,
  id: string,
  status: HandoverStatus,
  now: Date,
): Promise<{ dayId: string; slotId: string } | undefined> {
  return trx
    .updateTable('handovers')
    .set({ status, ended_at: now })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .returning(['day_id as dayId', 'slot_id as slotId'])
    .executeTakeFirst()
}
