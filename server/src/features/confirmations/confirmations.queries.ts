import { type Insertable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { ConfirmationsTables } from './confirmations.table.ts'

type Row = Insertable<ConfirmationsTables['confirmations']>

const columns = [
  'slot_id as slotId',
  'placement_id as placementId',
  'answer',
  'channel',
  'answered_at as answeredAt',
  'nudged_at as nudgedAt',
] as const

export function confirmationsOfDay(db: Reader, dayId: string) {
  return db.selectFrom('confirmations').select(columns).where('day_id', '=', dayId).execute()
}

export function confirmationOf(db: Reader, subject: 'slot_id' | 'placement_id', id: string) {
  return db.selectFrom('confirmations').select(columns).where(subject, '=', id).executeTakeFirst()
}

/** One answer per subject: a later one takes the place of the earlier. */
export async function writeAnswer(
  trx: Trx,
  subject: 'slot_id' | 'placement_id',
  row: Row,
): Promise<void> {
  await trx
    .insertInto('confirmations')
    .values(row)
    .onConflict((conflict) =>
      conflict.column(subject).doUpdateSet({
        answer: row.answer,
        channel: row.channel,
        answered_at: row.answered_at,
        nudged_at: null,
      }),
    )
    .execute()
}

export async function deleteAnswers(
  trx: Trx,
  slotIds: string[],
  placementIds: string[],
): Promise<void> {
  await trx
    .deleteFrom('confirmations')
    .where((where) =>
      where.or([
        ...(slotIds.length > 0 ? [where('slot_id', 'in', slotIds)] : []),
        ...(placementIds.length > 0 ? [where('placement_id', 'in', placementIds)] : []),
      ]),
    )
    .execute()
}

/** Days where a « maybe » given before an instant was not asked about yet. */
export async function daysWithMaybes(db: Reader, before: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('confirmations')
    .select('day_id as dayId')
    .where('answer', '=', 'maybe')
    .where('nudged_at', 'is', null)
    .where('answered_at', '<=', before)
    .distinct()
    .execute()
  return rows.map(({ dayId }) => dayId)
}

/** @param ids of slots and placements. */
export async function markNudged(trx: Trx, ids: string[], now: Date): Promise<void> {
  await trx
    .updateTable('confirmations')
    .set({ nudged_at: now })
    .where(sql<boolean>`(slot_id = any(${ids}::uuid[]) or placement_id = any(${ids}::uuid[]))`)
    .execute()
}
