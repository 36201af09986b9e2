import { sql } from 'kysely'
import type { Reader } from '#server/platform/postgres/database.ts'

/** Whose conversation a slot or a placement is a part of; nothing for one of another day. */
export async function speakerOf(db: Reader, dayId: string, subjectId: string) {
  const { rows } = await sql<{
    personId: string
    side: 'host' | 'guest'
    firstName: string
    lastName: string
  }>`
    select person.id as "personId", found.side, person.first_name as "firstName",
      person.last_name as "lastName"
    from (
      select 'host' as side, host_id as person_id from slots
        where id = ${subjectId} and day_id = ${dayId}
      union all
      select 'guest', person_id from placements
        where id = ${subjectId} and day_id = ${dayId}) found
    join people person on person.id = found.person_id`.execute(db)
  return rows[0]
}

/**
 * What belongs to one conversation: the slot of a host, all places a guest had that day, since one
 * follows from the other.
 */
export function seatsOf(
  db: Reader,
  dayId: string,
  subjectId: string,
  speaker: { personId: string; side: 'host' | 'guest' },
) {
  const seats = db
    .selectFrom('slots as slot')
    .innerJoin('roles as role', 'role.id', 'slot.role_id')
    .innerJoin('sites as site', 'site.id', 'slot.site_id')
    .select([
      'role.name_fr as roleFr',
      'role.name_en as roleEn',
      'site.name as siteName',
      'slot.starts_at as startsAt',
      'slot.ends_at as endsAt',
    ])
  return speaker.side === 'host'
    ? seats
        .select([
          'slot.id as subjectId',
          sql<Date | null>`null::timestamptz`.as('givenAt'),
          'slot.closed_at as endedAt',
          'slot.closed_reason as endedReason',
        ])
        .where('slot.id', '=', subjectId)
        .execute()
    : seats
        .innerJoin('placements as placement', 'placement.slot_id', 'slot.id')
        .select([
          'placement.id as subjectId',
          'placement.created_at as givenAt',
          'placement.ended_at as endedAt',
          'placement.ended_reason as endedReason',
        ])
        .where('placement.day_id', '=', dayId)
        .where('placement.person_id', '=', speaker.personId)
        .execute()
}

/** The calendar events of these slots or placements, those that were cancelled as well. */
export async function eventIdsOf(db: Reader, dayId: string, subjectIds: string[]) {
  const rows = await db
    .selectFrom('calendar_events')
    .select('id')
    .where('day_id', '=', dayId)
    .where(sql<boolean>`coalesce(slot_id, placement_id) = any(${subjectIds}::uuid[])`)
    .execute()
  return rows.map(({ id }) => id)
}

export function mailsOf(db: Reader, eventIds: string[]) {
  return db
    .selectFrom('outbox as mail')
    .leftJoin('outbox_batches as batch', 'batch.id', 'mail.batch_id')
    .select([
      'mail.id',
      'mail.purpose',
      'mail.to_name as toName',
      'mail.status',
      'mail.asks_about as asksAbout',
      'mail.release_at as releaseAt',
      'mail.sent_at as sentAt',
      'mail.bounced_at as bouncedAt',
      'mail.last_error as lastError',
      'batch.stopped_at as stoppedAt',
    ])
    .where(sql<boolean>`mail.event_id = any(${eventIds}::uuid[])`)
    .orderBy('mail.written')
    .execute()
}

export function inboundOf(db: Reader, eventIds: string[]) {
  return db
    .selectFrom('inbound_mails')
    .select([
      'verdict',
      'reason',
      'answer',
      'comment',
      'received_at as receivedAt',
      'settled_how as settled',
      'settled_at as settledAt',
    ])
    .where(sql<boolean>`event_id = any(${eventIds}::uuid[])`)
    .where('verdict', '<>', 'ignored')
    .orderBy('received_at')
    .execute()
}

/** What its hosts agreed about a slot: whom one asked to take it over, and what became of it. */
export function handoversOf(db: Reader, slotId: string) {
  return db
    .selectFrom('handovers as handover')
    .innerJoin('people as host', 'host.id', 'handover.from_id')
    .innerJoin('people as colleague', 'colleague.id', 'handover.to_id')
    .select([
      'handover.status',
      'handover.asked_at as askedAt',
      'handover.ended_at as endedAt',
      sql<string>`host.first_name || ' ' || host.last_name`.as('fromName'),
      sql<string>`colleague.first_name || ' ' || colleague.last_name`.as('toName'),
    ])
    .where('handover.slot_id', '=', slotId)
    .execute()
}

/** The answers on record that were given by a press of a button. */
export function pressesOf(db: Reader, dayId: string, subjectIds: string[]) {
  return db
    .selectFrom('confirmations')
    .select(['answer', 'channel', 'answered_at as answeredAt'])
    .where('day_id', '=', dayId)
    .where('channel', '<>', 'mail')
    .where(sql<boolean>`coalesce(slot_id, placement_id) = any(${subjectIds}::uuid[])`)
    .execute()
}
