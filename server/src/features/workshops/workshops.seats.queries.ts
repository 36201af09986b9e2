import type { Insertable, Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { WorkshopsTables } from './workshops.table.ts'

const columns = [
  'id',
  'workshop_id as workshopId',
  'session_id as sessionId',
  'person_id as personId',
  'state',
  'waiting_since as waitingSince',
  'lost_at as lostAt',
  'offered_until as offeredUntil',
  'walk_in as walkIn',
  'attended',
  'attended_by as attendedBy',
] as const

export function seatById(db: Reader, id: string) {
  return db.selectFrom('workshop_seats').select(columns).where('id', '=', id).executeTakeFirst()
}

export type SeatRow = NonNullable<Awaited<ReturnType<typeof seatById>>>

/** Every seat of these workshops, those given up too. */
export function seatsOfWorkshops(db: Reader, workshopIds: readonly string[]) {
  return db
    .selectFrom('workshop_seats')
    .select(columns)
    .where('workshop_id', 'in', workshopIds)
    .orderBy('id')
    .execute()
}

/** When people sit in workshops that take place, between two instants. */
export function seatedHours(
  db: Reader,
  personIds: readonly string[],
  hours: { startsAt: Date; endsAt: Date },
) {
  return db
    .selectFrom('workshop_seats')
    .innerJoin('workshop_sessions', 'workshop_sessions.id', 'workshop_seats.session_id')
    .select([
      'workshop_seats.person_id as personId',
      'workshop_seats.workshop_id as workshopId',
      'workshop_sessions.starts_at as startsAt',
      'workshop_sessions.ends_at as endsAt',
    ])
    .where('workshop_seats.state', '=', 'seated')
    .where('workshop_seats.person_id', 'in', personIds)
    .where('workshop_sessions.status', '=', 'planned')
    .where('workshop_sessions.starts_at', '<', hours.endsAt)
    .where('workshop_sessions.ends_at', '>', hours.startsAt)
    .execute()
}

/** Many at a time: a statement holds 65,535 values. */
export async function insertSeats(
  trx: Trx,
  rows: readonly Insertable<WorkshopsTables['workshop_seats']>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 4_000) {
    await trx
      .insertInto('workshop_seats')
      .values(rows.slice(from, from + 4_000))
      .execute()
  }
}

export async function updateSeats(
  trx: Trx,
  ids: readonly string[],
  changes: Updateable<WorkshopsTables['workshop_seats']>,
): Promise<void> {
  if (ids.length === 0) return
  await trx.updateTable('workshop_seats').set(changes).where('id', 'in', ids).execute()
}

/** Takes seats from whoever holds them; the rows stay as what was, without what was said of them. */
export function endSeats(trx: Trx, ids: readonly string[]): Promise<void> {
  const ended = {
    state: 'given-up',
    offered_until: null,
    attended: null,
    attended_by: null,
  } as const
  return updateSeats(trx, ids, ended)
}

/** Lets go of whatever these are: what was held stays as what was, who waited leaves no trace. */
export async function letGo(
  trx: Trx,
  seats: readonly Pick<SeatRow, 'id' | 'state'>[],
): Promise<void> {
  const idsOf = (...states: SeatRow['state'][]) =>
    seats.flatMap(({ id, state }) => (states.includes(state) ? [id] : []))
  await deleteSeats(trx, idsOf('waiting'))
  await endSeats(trx, idsOf('seated', 'offered'))
}

/** Who waits no longer leaves no trace of having waited. */
export async function deleteSeats(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await trx.deleteFrom('workshop_seats').where('id', 'in', ids).execute()
}
