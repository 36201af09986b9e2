import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { AttendanceTables } from './attendance.table.ts'

const saidColumns = [
  'attendances.said',
  'attendances.said_by as by',
  'attendances.said_at as at',
  'attendances.met_host as metHost',
  'attendances.before',
  'attendances.before_by as beforeBy',
] as const

export function attendanceOf(db: Reader, placementId: string) {
  return db
    .selectFrom('attendances')
    .select(saidColumns)
    .where('placement_id', '=', placementId)
    .executeTakeFirst()
}

export async function writeAttendance(
  trx: Trx,
  row: Insertable<AttendanceTables['attendances']>,
): Promise<void> {
  const { placement_id, region_id, day_id, ...changes } = row
  await trx
    .insertInto('attendances')
    .values(row)
    .onConflict((conflict) => conflict.column('placement_id').doUpdateSet(changes))
    .execute()
}

export async function deleteAttendance(trx: Trx, placementId: string): Promise<void> {
  await trx.deleteFrom('attendances').where('placement_id', '=', placementId).execute()
}

export function hostAbsenceOf(db: Reader, slotId: string) {
  return db
    .selectFrom('host_absences')
    .select(['said_by as by', 'said_at as at'])
    .where('slot_id', '=', slotId)
    .executeTakeFirst()
}

export async function writeHostAbsence(
  trx: Trx,
  row: Insertable<AttendanceTables['host_absences']>,
): Promise<void> {
  await trx.insertInto('host_absences').values(row).execute()
}

export async function deleteHostAbsence(trx: Trx, slotId: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('host_absences')
    .where('slot_id', '=', slotId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/**
 * The last placement of each guest of a day, with its hours, what was said, and whether the host was
 * missing: who moved or came back is counted where they are now. One statement for every figure.
 * @param siteId only the placements at this site; of people, not of placements, there is one each.
 */
export function guestsOfDay(db: Reader, dayId: string, siteId?: string) {
  const last = db
    .selectFrom('placements')
    .distinctOn('person_id')
    .selectAll()
    .where('day_id', '=', dayId)
    .orderBy('person_id')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
  return db
    .selectFrom(last.as('placement'))
    .innerJoin('slots as slot', 'slot.id', 'placement.slot_id')
    .innerJoin('people as person', 'person.id', 'placement.person_id')
    .leftJoin('attendances', 'attendances.placement_id', 'placement.id')
    .leftJoin('host_absences as absence', 'absence.slot_id', 'slot.id')
    .select([
      'placement.id as placementId',
      'placement.slot_id as slotId',
      'placement.ended_at as endedAt',
      'placement.ended_reason as endedReason',
      'slot.site_id as siteId',
      'slot.starts_at as startsAt',
      'slot.ends_at as endsAt',
      'person.first_name as firstName',
      'person.last_name as lastName',
      'absence.said_at as hostAbsentAt',
      ...saidColumns,
    ])
    .$if(siteId !== undefined, (query) => query.where('slot.site_id', '=', siteId!))
    .orderBy('person.first_name')
    .orderBy('placement.id')
    .execute()
}

/** Hosts of a day who are said to be missing. */
export function hostAbsencesOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('host_absences')
    .select(['slot_id as slotId', 'said_by as by', 'said_at as at'])
    .where('day_id', '=', dayId)
    .execute()
}

/** Of these placements, those whose guest is said to be there, in part included. */
export async function arrivedAmong(db: Reader, placementIds: readonly string[]): Promise<string[]> {
  if (placementIds.length === 0) return []
  const rows = await db
    .selectFrom('attendances')
    .select('placement_id as id')
    .where('placement_id', 'in', placementIds)
    .where('said', 'in', ['present', 'partly'])
    .execute()
  return rows.map(({ id }) => id)
}

/** Guests of a day of whom it was said that they did not come. */
export async function absentGuests(db: Reader, dayId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('attendances')
    .innerJoin('placements', 'placements.id', 'attendances.placement_id')
    .select('placements.person_id as personId')
    .where('attendances.day_id', '=', dayId)
    .where('attendances.said', '=', 'absent')
    .execute()
  return rows.map(({ personId }) => personId)
}
