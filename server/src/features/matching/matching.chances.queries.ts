import { type Insertable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { MatchingTables } from './matching.table.ts'

const handColumns = [
  'person_id as personId',
  'kind',
  'hand',
  'asked_at as askedAt',
  'times',
  'samples',
  'signed_up as signedUp',
  'expected',
  'computed_at as computedAt',
] as const

/** PostgreSQL takes at most 65,535 parameters in one statement; a hand has 11. */
const handsPerInsert = 5_000

export function handsOf(db: Reader, dayId: string, personId: string) {
  return db
    .selectFrom('hand_chances')
    .select(handColumns)
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .execute()
}

export function heldHands(db: Reader, dayId: string, since: Date) {
  return db
    .selectFrom('hand_chances')
    .select(handColumns)
    .where('day_id', '=', dayId)
    .where('kind', '=', 'held')
    .where('asked_at', '>', since)
    .orderBy('person_id')
    .execute()
}

export async function hasUnanswered(db: Reader, dayId: string): Promise<boolean> {
  const row = await db
    .selectFrom('hand_chances')
    .select('person_id')
    .where('day_id', '=', dayId)
    .where('computed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Writes hands, each in the place of the one of its kind somebody had. */
export async function writeHands(
  db: Reader,
  rows: Insertable<MatchingTables['hand_chances']>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += handsPerInsert) {
    await db
      .insertInto('hand_chances')
      .values(rows.slice(start, start + handsPerInsert))
      .onConflict((conflict) =>
        conflict.constraint('hand_chances_pk').doUpdateSet((eb) => ({
          hand: eb.ref('excluded.hand'),
          asked_at: eb.ref('excluded.asked_at'),
          times: eb.ref('excluded.times'),
          samples: eb.ref('excluded.samples'),
          signed_up: eb.ref('excluded.signed_up'),
          expected: eb.ref('excluded.expected'),
          computed_at: eb.ref('excluded.computed_at'),
        })),
      )
      .execute()
  }
}

/** Answers a hand being put together, unless it changed or went meanwhile. */
export async function answerHeld(
  trx: Trx,
  row: Insertable<MatchingTables['hand_chances']> & { hand: string },
): Promise<void> {
  const { times, samples, signed_up, expected, computed_at } = row
  await trx
    .updateTable('hand_chances')
    .set({ times, samples, signed_up, expected, computed_at })
    .where('day_id', '=', row.day_id)
    .where('person_id', '=', row.person_id)
    .where('kind', '=', 'held')
    .where(sql<boolean>`hand = ${row.hand}::jsonb`)
    .execute()
}

export async function noteLookedAt(db: Reader, dayId: string, personId: string, now: Date) {
  await db
    .updateTable('hand_chances')
    .set({ asked_at: now })
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .execute()
}

export async function forgetHeld(db: Reader, before: Date): Promise<void> {
  await db
    .deleteFrom('hand_chances')
    .where('kind', '=', 'held')
    .where('asked_at', '<=', before)
    .execute()
}

export async function forgetHeldOf(db: Reader, dayId: string, personIds: string[]): Promise<void> {
  await sql`delete from hand_chances
    where day_id = ${dayId} and kind = 'held' and person_id = any(${personIds}::uuid[])`.execute(db)
}

export async function forgetDay(db: Reader, dayId: string): Promise<void> {
  await db.deleteFrom('hand_chances').where('day_id', '=', dayId).execute()
  await db.deleteFrom('chance_runs').where('day_id', '=', dayId).execute()
}

export function lastRun(db: Reader, dayId: string) {
  return db
    .selectFrom('chance_runs')
    .select(['input_hash as inputHash', 'milliseconds', 'computed_at as computedAt'])
    .where('day_id', '=', dayId)
    .executeTakeFirst()
}

export async function writeRun(trx: Trx, row: Insertable<MatchingTables['chance_runs']>) {
  await trx
    .insertInto('chance_runs')
    .values(row)
    .onConflict((conflict) => conflict.constraint('chance_runs_pk').doUpdateSet(row))
    .execute()
}
