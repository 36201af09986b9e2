import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { ThanksTables } from './thanks.table.ts'

export function waitingCard(db: Reader, key: string) {
  return db.selectFrom('thanks_intake').select(['sealed']).where('key', '=', key).executeTakeFirst()
}

/** Writes or rewrites; waits for an evening that is just taking the card along. */
export async function putWaiting(
  trx: Trx,
  row: Insertable<ThanksTables['thanks_intake']>,
): Promise<void> {
  const { sealed, leaves_on } = row
  await trx
    .insertInto('thanks_intake')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ sealed, leaves_on }))
    .execute()
}

/** True where there was one. */
export async function dropWaiting(trx: Trx, key: string): Promise<boolean> {
  const dropped = await trx
    .deleteFrom('thanks_intake')
    .where('key', '=', key)
    .returning('key')
    .executeTakeFirst()
  return dropped !== undefined
}

/** Days of which cards wait. */
export async function daysWithCards(db: Reader): Promise<string[]> {
  const rows = await db.selectFrom('thanks_intake').select('day_id').distinct().execute()
  return rows.map((row) => row.day_id)
}

/** Takes out the cards of a day that leave by this date; a second process finds none. */
export async function takeDue(trx: Trx, dayId: string, today: string): Promise<string[]> {
  const rows = await trx
    .deleteFrom('thanks_intake')
    .where('day_id', '=', dayId)
    .where('leaves_on', '<=', today)
    .returning('sealed')
    .execute()
  return rows.map((row) => row.sealed)
}

export async function insertThanks(
  trx: Trx,
  rows: Insertable<ThanksTables['thanks']>[],
): Promise<void> {
  await trx.insertInto('thanks').values(rows).execute()
}

export function leftCard(db: Reader, placementId: string) {
  return db
    .selectFrom('thanks')
    .select(['words', 'signed'])
    .where('placement_id', '=', placementId)
    .executeTakeFirst()
}

/** The cards somebody received for a day, the latest evening first, in no other order. */
export function receivedCards(db: Reader, dayId: string, hostId: string) {
  return db
    .selectFrom('thanks')
    .select(['id', 'words', 'signed', 'placement_id as placementId'])
    .where('day_id', '=', dayId)
    .where('host_id', '=', hostId)
    .orderBy('left_on', 'desc')
    .orderBy('id')
    .execute()
}
