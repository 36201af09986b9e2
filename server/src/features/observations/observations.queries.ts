import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { IntakePayload, ObservationsTables } from './observations.table.ts'

type NewObservation = Insertable<ObservationsTables['observations']>

export function observationById(db: Reader, id: string) {
  return db.selectFrom('observations').selectAll().where('id', '=', id).executeTakeFirst()
}

export function lockObservation(trx: Trx, id: string) {
  return trx
    .selectFrom('observations')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** True where the row is new; an id already taken is left as it is. */
export async function insertObservation(trx: Trx, row: NewObservation): Promise<boolean> {
  const inserted = await trx
    .insertInto('observations')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function updateObservation(
  trx: Trx,
  id: string,
  change: Partial<NewObservation>,
): Promise<void> {
  await trx.updateTable('observations').set(change).where('id', '=', id).execute()
}

export function observationsOfAuthor(db: Reader, dayId: string, authorId: string) {
  return db
    .selectFrom('observations')
    .selectAll()
    .where('day_id', '=', dayId)
    .where('author_id', '=', authorId)
    .orderBy('observed_at', 'desc')
    .execute()
}

export function intakeById(db: Reader, id: string) {
  return db.selectFrom('observation_intake').selectAll().where('id', '=', id).executeTakeFirst()
}

export function lockIntake(trx: Trx, id: string) {
  return trx
    .selectFrom('observation_intake')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** True where the row is new. */
export async function insertIntake(
  trx: Trx,
  row: { id: string; dayId: string; payload: IntakePayload; releaseAt: Date },
): Promise<boolean> {
  const inserted = await trx
    .insertInto('observation_intake')
    .values({
      id: row.id,
      day_id: row.dayId,
      payload: JSON.stringify(row.payload),
      release_at: row.releaseAt,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function updateIntake(trx: Trx, id: string, payload: IntakePayload): Promise<void> {
  await trx
    .updateTable('observation_intake')
    .set({ payload: JSON.stringify(payload) })
    .where('id', '=', id)
    .execute()
}

/** Takes out everything due; two processes at once share it between them. */
export function takeDue(trx: Trx, now: Date) {
  return trx
    .deleteFrom('observation_intake')
    .where('release_at', '<=', now)
    .returning(['id', 'day_id as dayId', 'payload'])
    .execute()
}

/** A statement holds 65,535 values, and a row eighteen of them. */
const rowsAtOnce = 3_000

/** In the order given; a row that is there already is left alone. */
export async function insertReleased(trx: Trx, rows: NewObservation[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await trx
      .insertInto('observations')
      .values(rows.slice(start, start + rowsAtOnce))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  }
}

/** Read from the same index as the pictures. */
export async function countOfDay(db: Reader, dayId: string): Promise<number> {
  const { count } = await db
    .selectFrom('observations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('day_id', '=', dayId)
    .where('withdrawn', '=', false)
    .executeTakeFirstOrThrow()
  return count
}

/** The words of some observations of a day; those withdrawn or without words are left out. */
export function wordsOf(db: Reader, dayId: string, ids: readonly string[]) {
  return db
    .selectFrom('observations')
    .select(['id', 'irritant_id as irritantId', 'moment', 'situation', 'idea', 'unmasked'])
    .where('day_id', '=', dayId)
    .where('id', 'in', ids)
    .where('withdrawn', '=', false)
    .where((eb) => eb.or([eb('situation', '<>', ''), eb('idea', '<>', '')]))
    .execute()
}

/** Situations and ideas of an irritant, over all days of a region, in no order. */
export async function wordsAboutIrritant(
  db: Reader,
  regionId: string,
  irritantId: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('observations')
    .select(['situation', 'idea'])
    .where('region_id', '=', regionId)
    .where('irritant_id', '=', irritantId)
    .where('withdrawn', '=', false)
    .execute()
  return rows.flatMap(({ situation, idea }) => [situation, idea])
}

/** Undefined where a day still has its first credential. */
export async function credentialGeneration(db: Reader, dayId: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('observing_credentials')
    .select('generation')
    .where('day_id', '=', dayId)
    .executeTakeFirst()
  return row?.generation
}

/** The first replacement is the second generation; each further one adds one, also of two at once. */
export async function raiseCredential(trx: Trx, dayId: string): Promise<void> {
  await trx
    .insertInto('observing_credentials')
    .values({ day_id: dayId, generation: 2 })
    .onConflict((conflict) =>
      conflict.column('day_id').doUpdateSet(({ eb, ref }) => ({
        generation: eb(ref('observing_credentials.generation'), '+', 1),
      })),
    )
    .execute()
}
