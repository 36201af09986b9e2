import { type Insertable, sql, type Updateable } from 'kysely'
import type { Database, Reader, Trx } from '#server/platform/postgres/database.ts'
import { otherIrritant } from './days.rules.ts'
import type { DaysTables } from './days.table.ts'

const dayColumns = [
  'id',
  'region_id as regionId',
  'name',
  'date',
  'time_zone as timeZone',
  'offers_close_at as offersCloseAt',
  'sign_up_closes_at as signUpClosesAt',
  'confirm_until as confirmUntil',
  'release_required as releaseRequired',
  'expected_guests as expectedGuests',
  'sign_up_opened_at as signUpOpenedAt',
  'sign_up_closed_at as signUpClosedAt',
  'published_at as publishedAt',
  'cancelled_at as cancelledAt',
] as const

export function dayById(db: Reader, id: string) {
  return db.selectFrom('days').select(dayColumns).where('id', '=', id).executeTakeFirst()
}

/** Holds the day against any other change of it until the transaction ends. */
export function lockDay(trx: Trx, id: string) {
  return trx
    .selectFrom('days')
    .select(dayColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** Holds the day as it is, beside others who only need it to stay so. */
export function holdDay(trx: Trx, id: string) {
  return trx
    .selectFrom('days')
    .select(dayColumns)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst()
}

export function daysOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('days')
    .select(dayColumns)
    .where('region_id', '=', regionId)
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** Days of every region whose date lies between these two, both included. */
export function daysBetween(db: Reader, from: string, to: string) {
  return db
    .selectFrom('days')
    .select(dayColumns)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .execute()
}

export async function insertDay(trx: Trx, row: Insertable<DaysTables['days']>): Promise<void> {
  await trx.insertInto('days').values(row).execute()
}

export async function updateDay(
  trx: Trx,
  id: string,
  changes: Updateable<DaysTables['days']>,
): Promise<void> {
  await trx.updateTable('days').set(changes).where('id', '=', id).execute()
}

export function periodsOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('periods')
    .select([
      'id',
      'code',
      'name_fr as nameFr',
      'name_en as nameEn',
      sql<string>`to_char(starts_at, 'HH24:MI')`.as('startsAt'),
      sql<string>`to_char(ends_at, 'HH24:MI')`.as('endsAt'),
      'position',
    ])
    .where('day_id', '=', dayId)
    .orderBy('position')
    .execute()
}

/** Writes a day's periods by their code; those no longer named go, unless something rests on them. */
export async function replacePeriods(
  trx: Trx,
  dayId: string,
  rows: Insertable<DaysTables['periods']>[],
): Promise<void> {
  await trx
    .deleteFrom('periods')
    .where('day_id', '=', dayId)
    .where(
      'code',
      'not in',
      rows.map((row) => row.code),
    )
    .execute()
  await trx
    .insertInto('periods')
    .values(rows)
    .onConflict((conflict) =>
      conflict.constraint('periods_code_once').doUpdateSet((eb) => ({
        name_fr: eb.ref('excluded.name_fr'),
        name_en: eb.ref('excluded.name_en'),
        starts_at: eb.ref('excluded.starts_at'),
        ends_at: eb.ref('excluded.ends_at'),
        position: eb.ref('excluded.position'),
      })),
    )
    .execute()
}

export async function replaceFocusIrritants(
  trx: Trx,
  rows: { regionId: string; dayId: string; irritantIds: string[] },
): Promise<void> {
  await trx.deleteFrom('day_focus_irritants').where('day_id', '=', rows.dayId).execute()
  if (rows.irritantIds.length === 0) return
  await trx
    .insertInto('day_focus_irritants')
    .values(
      rows.irritantIds.map((irritantId) => ({
        region_id: rows.regionId,
        day_id: rows.dayId,
        irritant_id: irritantId,
      })),
    )
    .execute()
}

export async function focusIrritantIds(db: Reader, dayId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('day_focus_irritants as focus')
    .innerJoin('irritants', 'irritants.id', 'focus.irritant_id')
    .select('irritants.id')
    .where('focus.day_id', '=', dayId)
    .orderBy('irritants.position')
    .execute()
  return rows.map((row) => row.id)
}

export function irritantsOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('irritants')
    .select(['id', 'code', 'name_fr as nameFr', 'name_en as nameEn'])
    .where('region_id', '=', regionId)
    .where('archived_at', 'is', null)
    .orderBy((eb) => eb('code', '=', otherIrritant))
    .orderBy('position')
    .execute()
}

export function everyIrritant(db: Reader, regionId: string) {
  return db
    .selectFrom('irritants')
    .select((eb) => [
      'id',
      'code',
      'name_fr as nameFr',
      'name_en as nameEn',
      eb('archived_at', 'is not', null).$castTo<boolean>().as('archived'),
    ])
    .where('region_id', '=', regionId)
    .orderBy('archived_at', (order) => order.asc().nullsFirst())
    .orderBy((eb) => eb('code', '=', otherIrritant))
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export async function updateIrritant(
  trx: Trx,
  id: string,
  change: Updateable<DaysTables['irritants']>,
): Promise<void> {
  await trx.updateTable('irritants').set(change).where('id', '=', id).execute()
}

/** Adds those whose code the region does not have yet. */
export async function insertIrritants(
  trx: Trx,
  rows: Insertable<DaysTables['irritants']>[],
): Promise<void> {
  await trx
    .insertInto('irritants')
    .values(rows)
    .onConflict((conflict) => conflict.constraint('irritants_code_once').doNothing())
    .execute()
}

/** PostgreSQL takes at most 65,535 parameters in one statement; an invitee has 5. */
const inviteesPerInsert = 5_000

export async function insertInvitees(
  trx: Trx,
  rows: Insertable<DaysTables['day_invitees']>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += inviteesPerInsert) {
    await trx
      .insertInto('day_invitees')
      .values(rows.slice(start, start + inviteesPerInsert))
      .onConflict((conflict) => conflict.constraint('day_invitees_once').doNothing())
      .execute()
  }
}

export function inviteesOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('day_invitees')
    .select(['id', 'person_id as personId', 'invited_at as invitedAt'])
    .where('day_id', '=', dayId)
    .execute()
}

export function inviteeById(db: Database | Trx, id: string) {
  return db
    .selectFrom('day_invitees')
    .select(['id', 'region_id as regionId', 'day_id as dayId', 'person_id as personId'])
    .where('id', '=', id)
    .executeTakeFirst()
}
