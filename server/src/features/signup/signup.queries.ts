import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { SignupTables } from './signup.table.ts'

const signupColumns = [
  'id',
  'person_id as personId',
  'status',
  'submitted_at as submittedAt',
] as const

const wishColumns = [
  'wishes.rank',
  'wishes.role_id as roleId',
  'wishes.period_id as periodId',
  'wishes.place',
  'wishes.site_id as siteId',
  'wishes.radius_km as radiusKm',
] as const

export function signupOf(db: Reader, dayId: string, personId: string) {
  return db
    .selectFrom('signups')
    .select(signupColumns)
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

export function wishesOfSignup(db: Reader, signupId: string) {
  return db
    .selectFrom('wishes')
    .select(wishColumns)
    .where('signup_id', '=', signupId)
    .orderBy('rank')
    .execute()
}

/** Makes or revives a person's sign-up; two at once wait for each other on its row. */
export async function writeSignup(
  trx: Trx,
  row: Insertable<SignupTables['signups']>,
): Promise<string> {
  const { id } = await trx
    .insertInto('signups')
    .values(row)
    .onConflict((conflict) =>
      conflict.constraint('signups_once').doUpdateSet({
        status: row.status,
        submitted_at: row.submitted_at,
        cancelled_at: row.cancelled_at,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function replaceWishes(
  trx: Trx,
  signupId: string,
  rows: Insertable<SignupTables['wishes']>[],
): Promise<void> {
  await trx.deleteFrom('wishes').where('signup_id', '=', signupId).execute()
  await trx.insertInto('wishes').values(rows).execute()
}

export async function markCancelled(trx: Trx, signupId: string, now: Date): Promise<void> {
  await trx
    .updateTable('signups')
    .set({ status: 'cancelled', cancelled_at: now })
    .where('id', '=', signupId)
    .where('status', '=', 'active')
    .execute()
}

/** A sign-up taken back counts again, with the wishes it had. */
export async function markActive(trx: Trx, signupId: string): Promise<void> {
  await trx
    .updateTable('signups')
    .set({ status: 'active', cancelled_at: null })
    .where('id', '=', signupId)
    .execute()
}

/** Everybody signed up for a day with all their wishes, best first, in one statement. */
export function activeWishesOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('signups')
    .innerJoin('wishes', 'wishes.signup_id', 'signups.id')
    .select(['signups.person_id as personId', ...wishColumns])
    .where('signups.day_id', '=', dayId)
    .where('signups.status', '=', 'active')
    .orderBy('signups.person_id')
    .orderBy('wishes.rank')
    .execute()
}

export function arrivalsOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('signups')
    .select(['person_id as personId', 'signed_up_at as signedUpAt'])
    .where('day_id', '=', dayId)
    .where('status', '=', 'active')
    .orderBy('signed_up_at')
    .orderBy('person_id')
    .execute()
}

/** Holds every active sign-up of a day: a cancellation waits, and one under way is waited for. */
export async function holdSignups(trx: Trx, dayId: string): Promise<void> {
  await trx
    .selectFrom('signups')
    .select('id')
    .where('day_id', '=', dayId)
    .where('status', '=', 'active')
    .orderBy('id')
    .forShare()
    .execute()
}

export function peopleByStatus(db: Reader, dayId: string) {
  return db
    .selectFrom('signups')
    .select(['person_id as personId', 'status'])
    .where('day_id', '=', dayId)
    .execute()
}

export function optOutsOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('day_opt_outs')
    .select('person_id as personId')
    .where('day_id', '=', dayId)
    .execute()
}

export async function isOptedOut(db: Reader, dayId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('day_opt_outs')
    .select('person_id')
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertOptOut(
  trx: Trx,
  row: Insertable<SignupTables['day_opt_outs']>,
): Promise<void> {
  await trx
    .insertInto('day_opt_outs')
    .values(row)
    .onConflict((conflict) => conflict.constraint('day_opt_outs_pk').doNothing())
    .execute()
}

export async function deleteOptOut(trx: Trx, dayId: string, personId: string): Promise<void> {
  await trx
    .deleteFrom('day_opt_outs')
    .where('day_id', '=', dayId)
    .where('person_id', '=', personId)
    .execute()
}
