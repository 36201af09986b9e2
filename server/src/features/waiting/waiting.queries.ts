import { type Insertable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { WaitingTables } from './waiting.table.ts'

const columns = [
  'id',
  'region_id as regionId',
  'day_id as dayId',
  'slot_id as slotId',
  'person_id as personId',
  'rank',
  'status',
  'made_at as madeAt',
  'expires_at as expiresAt',
  'ended_at as endedAt',
  'withdrawn_reason as withdrawnReason',
  'placement_id as placementId',
  'link_generation as linkGeneration',
] as const

export function offerById(db: Reader, id: string) {
  return db.selectFrom('seat_offers').select(columns).where('id', '=', id).executeTakeFirst()
}

/** Every offer ever made on a day, the latest first. */
export function offersOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('seat_offers')
    .select(columns)
    .where('day_id', '=', dayId)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export function pendingOffers(db: Reader, dayId: string) {
  return db
    .selectFrom('seat_offers')
    .select(columns)
    .where('day_id', '=', dayId)
    .where('status', '=', 'pending')
    .orderBy('id')
    .execute()
}

/** The offer somebody was made last. */
export function lastOfferOf(db: Reader, dayId: string, personId: string) {
  return db
    .selectFrom('seat_offers')
    .select(columns)
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function insertOffers(
  trx: Trx,
  rows: Insertable<WaitingTables['seat_offers']>[],
): Promise<void> {
  if (rows.length > 0) await trx.insertInto('seat_offers').values(rows).execute()
}

/** Ends offers that still wait for an answer; those that ended keep how they did. */
export async function endOffers(
  trx: Trx,
  ids: string[],
  changes: Updateable<WaitingTables['seat_offers']>,
): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('seat_offers')
    .set(changes)
    .where('id', 'in', ids)
    .where('status', '=', 'pending')
    .execute()
}

/** An offer never ends before it was made, however soon its meeting is. */
export async function shortenOffer(trx: Trx, id: string, expiresAt: Date): Promise<void> {
  const least = sql<Date>`greatest(${expiresAt}::timestamptz, made_at + interval '1 second')`
  await trx.updateTable('seat_offers').set({ expires_at: least }).where('id', '=', id).execute()
}

/** Ends every offer whose time is over. */
export async function expireOffers(trx: Trx, dayId: string, now: Date): Promise<void> {
  await trx
    .updateTable('seat_offers')
    .set({ status: 'expired', ended_at: now })
    .where('day_id', '=', dayId)
    .where('status', '=', 'pending')
    .where('expires_at', '<=', now)
    .execute()
}
