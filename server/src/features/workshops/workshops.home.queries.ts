import type { Reader } from '#server/platform/postgres/database.ts'

// What awaits one person; nothing of what is cancelled, only prepared or over.

/** Where they were asked which sessions suit, can still say it and have not; the soonest to close first. */
export function unansweredOf(db: Reader, personId: string, now: Date) {
  return db
    .selectFrom('workshop_people as asked')
    .innerJoin('workshops', 'workshops.id', 'asked.workshop_id')
    .select([
      'asked.id as id',
      'asked.link_generation as linkGeneration',
      'workshops.course as course',
      'workshops.title as title',
      'workshops.choose_until as chooseUntil',
    ])
    .where('asked.person_id', '=', personId)
    .where('asked.chosen_at', 'is', null)
    .where('workshops.status', '=', 'choosing')
    .where('workshops.choose_until', '>=', now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('workshop_sessions as session')
          .select('session.id')
          .whereRef('session.workshop_id', '=', 'workshops.id')
          .where('session.status', '=', 'planned')
          .where('session.starts_at', '>', now),
      ),
    )
    .orderBy('workshops.choose_until')
    .orderBy('asked.id')
    .execute()
}

const meetingColumns = [
  'workshops.course as course',
  'workshops.title as title',
  'session.site_id as siteId',
  'session.place as place',
  'session.starts_at as startsAt',
  'session.ends_at as endsAt',
] as const

const meetings = (db: Reader, now: Date) =>
  db
    .selectFrom('workshop_sessions as session')
    .innerJoin('workshops', 'workshops.id', 'session.workshop_id')
    .where('workshops.status', '=', 'seated')
    .where('session.status', '=', 'planned')
    .where('session.ends_at', '>', now)
    .orderBy('session.starts_at')
    .orderBy('session.id')

/** Seats they have or are offered, with their own link; whoever walked in uninvited has none. */
export function liveSeatsOf(db: Reader, personId: string, now: Date) {
  return meetings(db, now)
    .innerJoin('workshop_seats as seat', 'seat.session_id', 'session.id')
    .innerJoin('workshop_people as asked', (join) =>
      join
        .onRef('asked.workshop_id', '=', 'seat.workshop_id')
        .onRef('asked.person_id', '=', 'seat.person_id'),
    )
    .select([
      ...meetingColumns,
      'asked.id as id',
      'asked.link_generation as linkGeneration',
      'seat.state as state',
      'seat.offered_until as offeredUntil',
      'seat.attended as attended',
    ])
    .where('seat.person_id', '=', personId)
    .where('seat.state', 'in', ['seated', 'offered'])
    .execute()
}

/** Sessions they lead. */
export function sessionsToLead(db: Reader, personId: string, now: Date) {
  return meetings(db, now)
    .select([...meetingColumns, 'session.id as id', 'session.link_generation as linkGeneration'])
    .where('session.facilitator_id', '=', personId)
    .execute()
}
