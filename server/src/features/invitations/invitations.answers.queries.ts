import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { AnswerChannel, RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import { subjectOf } from './invitations.queries.ts'
import type { Occasion, Subject } from './invitations.rules.ts'
import type { InvitationsTables } from './invitations.table.ts'

type Inbound = InvitationsTables['inbound_mails']
export type InboundRow = Selectable<Inbound>

/** A calendar event with all that judging an answer to it takes. */
export interface EventRow {
  id: string
  regionId: string
  occasion: Occasion
  subject: Subject
  personId: string
  uid: string
  sequence: number
  status: 'confirmed' | 'cancelled'
  endsAt: Date
  attendeeAddress: string
  aliases: string[]
  /** What is on record, whichever way it came. */
  answer: RecordedAnswer | null
  channel: AnswerChannel | null
  answeredAt: Date | null
  /** What the last reply that counted said. */
  replied: { answer: RecordedAnswer; sequence: number; stampedAt: Date | null; sentAt: Date } | null
}

/**
 * Writes a mail down as taken; the same mail in another process waits until this transaction ends.
 * @returns false for a mail taken before.
 */
export async function claimMail(trx: Trx, row: Insertable<Inbound>): Promise<boolean> {
  const result = await trx
    .insertInto('inbound_mails')
    .values(row)
    .onConflict((conflict) => conflict.column('identity').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export function mailByIdentity(db: Reader, identity: string): Promise<InboundRow | undefined> {
  return db
    .selectFrom('inbound_mails')
    .selectAll()
    .where('identity', '=', identity)
    .executeTakeFirst()
}

export function mailById(db: Reader, id: string): Promise<InboundRow | undefined> {
  return db.selectFrom('inbound_mails').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Held until the transaction ends: of two people who deal with it the second finds it settled. */
export function lockMail(trx: Trx, id: string): Promise<InboundRow | undefined> {
  return trx
    .selectFrom('inbound_mails')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function updateMail(
  trx: Trx,
  id: string,
  changes: Updateable<Inbound>,
): Promise<void> {
  await trx.updateTable('inbound_mails').set(changes).where('id', '=', id).execute()
}

/** What the events with these UIDs or ids invite to, in one order for everybody who locks several. */
export async function occasionsOfEvents(
  db: Reader,
  uids: string[],
  ids: string[],
): Promise<Occasion[]> {
  const rows = await db
    .selectFrom('calendar_events')
    .select('day_id as dayId')
    .where(sql<boolean>`(uid = any(${uids}::text[]) or id = any(${ids}::uuid[]))`)
    .distinct()
    .orderBy('day_id')
    .execute()
  return rows.map(({ dayId }) => ({ kind: 'day' as const, id: dayId }))
}

export async function eventsToJudge(
  db: Reader,
  uids: string[],
  ids: string[],
): Promise<EventRow[]> {
  const rows = await db
    .selectFrom('calendar_events as event')
    .leftJoin('placements as placement', 'placement.id', 'event.placement_id')
    .innerJoin('slots as slot', (join) =>
      join.on(sql<boolean>`slot.id = coalesce(event.slot_id, placement.slot_id)`),
    )
    .leftJoin('confirmations as host', 'host.slot_id', 'event.slot_id')
    .leftJoin('confirmations as guest', 'guest.placement_id', 'event.placement_id')
    .leftJoin('event_answers as replied', 'replied.event_id', 'event.id')
    .select([
      'event.id',
      'event.region_id as regionId',
      'event.day_id as dayId',
      'event.slot_id',
      'event.placement_id',
      sql<string>`coalesce(placement.person_id, slot.host_id)`.as('personId'),
      'event.uid',
      'event.sequence',
      'event.status',
      'slot.ends_at as endsAt',
      'event.attendee_address as attendeeAddress',
      sql<string[]>`array(select address from attendee_aliases alias
        where alias.person_id = coalesce(placement.person_id, slot.host_id))`.as('aliases'),
      sql<RecordedAnswer | null>`coalesce(host.answer, guest.answer)`.as('answer'),
      sql<AnswerChannel | null>`coalesce(host.channel, guest.channel)`.as('channel'),
      sql<Date | null>`coalesce(host.answered_at, guest.answered_at)`.as('answeredAt'),
      'replied.answer as repliedAnswer',
      'replied.sequence as repliedSequence',
      'replied.stamped_at as stampedAt',
      'replied.sent_at as sentAt',
    ])
    .where(sql<boolean>`(event.uid = any(${uids}::text[]) or event.id = any(${ids}::uuid[]))`)
    .execute()
  return rows.map(({ repliedAnswer, repliedSequence, stampedAt, sentAt, dayId, ...row }) => ({
    ...row,
    occasion: { kind: 'day', id: dayId },
    subject: subjectOf(row),
    replied:
      repliedAnswer && repliedSequence !== null && sentAt
        ? { answer: repliedAnswer, sequence: repliedSequence, stampedAt, sentAt }
        : null,
  }))
}

export async function writeReplied(
  trx: Trx,
  row: Insertable<InvitationsTables['event_answers']>,
): Promise<void> {
  const { event_id: _, ...rest } = row
  await trx
    .insertInto('event_answers')
    .values(row)
    .onConflict((conflict) => conflict.column('event_id').doUpdateSet(rest))
    .execute()
}

export async function insertAliases(
  trx: Trx,
  rows: Insertable<InvitationsTables['attendee_aliases']>[],
): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('attendee_aliases')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What stands in a mail of somebody is kept no longer than somebody may need it. */
const emptied = { from_address: null, attendee_address: null, proposed: null, comment: null }

/** An answer that counts leaves nothing to ask about those of the same event that came before it. */
export async function supersedeHeld(
  trx: Trx,
  eventId: string,
  sentAt: Date,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('inbound_mails')
    .set({ ...emptied, settled_how: 'superseded', settled_at: now })
    .where('event_id', '=', eventId)
    .where('verdict', '=', 'held')
    .where('settled_how', 'is', null)
    .where('sent_at', '<=', sentAt)
    // Somebody's own words are read all the same.
    .where('reason', '<>', 'written')
    .execute()
}

/** Settles one held mail and empties it. */
export async function settleMail(
  trx: Trx,
  id: string,
  how: 'applied' | 'dismissed',
  by: string,
  now: Date,
): Promise<void> {
  await updateMail(trx, id, { ...emptied, settled_how: how, settled_by: by, settled_at: now })
}

const openHeld = (db: Reader) =>
  db
    .selectFrom('inbound_mails as mail')
    .where('mail.verdict', '=', 'held')
    .where('mail.settled_how', 'is', null)

/** A held mail with the meeting it is about: all null where no meeting is known. */
export interface HeldRow {
  id: string
  reason: string | null
  receivedAt: Date
  from: string | null
  attendee: string | null
  answer: RecordedAnswer | null
  comment: string | null
  proposed: InboundRow['proposed']
  eventStatus: EventRow['status'] | null
  slotId: string | null
  dayId: string | null
  dayName: string | null
  timeZone: string | null
  firstName: string | null
  lastName: string | null
  roleFr: string | null
  roleEn: string | null
  siteName: string | null
  startsAt: Date | null
  endsAt: Date | null
  current: RecordedAnswer | null
}

/** What waits for a director of the region, the oldest first; what concerns nobody known as well. */
export function heldOfRegion(db: Reader, regionId: string, limit: number): Promise<HeldRow[]> {
  return openHeld(db)
    .leftJoin('calendar_events as event', 'event.id', 'mail.event_id')
    .leftJoin('placements as placement', 'placement.id', 'event.placement_id')
    .leftJoin('slots as slot', (join) =>
      join.on(sql<boolean>`slot.id = coalesce(event.slot_id, placement.slot_id)`),
    )
    .leftJoin('people as person', (join) =>
      join.on(sql<boolean>`person.id = coalesce(placement.person_id, slot.host_id)`),
    )
    .leftJoin('days as day', 'day.id', 'event.day_id')
    .leftJoin('sites as site', 'site.id', 'slot.site_id')
    .leftJoin('roles as role', 'role.id', 'slot.role_id')
    .leftJoin('confirmations as host', 'host.slot_id', 'event.slot_id')
    .leftJoin('confirmations as guest', 'guest.placement_id', 'event.placement_id')
    .select([
      'mail.id',
      'mail.reason',
      'mail.received_at as receivedAt',
      'mail.from_address as from',
      'mail.attendee_address as attendee',
      'mail.answer',
      'mail.comment',
      'mail.proposed',
      'event.status as eventStatus',
      'event.slot_id as slotId',
      'day.id as dayId',
      'day.name as dayName',
      'day.time_zone as timeZone',
      'person.first_name as firstName',
      'person.last_name as lastName',
      'role.name_fr as roleFr',
      'role.name_en as roleEn',
      'site.name as siteName',
      'slot.starts_at as startsAt',
      'slot.ends_at as endsAt',
      sql<RecordedAnswer | null>`coalesce(host.answer, guest.answer)`.as('current'),
    ])
    .where(sql<boolean>`(mail.region_id = ${regionId} or mail.region_id is null)`)
    .orderBy('mail.received_at')
    .limit(limit)
    .execute()
}

export async function countHeldMails(db: Reader, regionId: string): Promise<number> {
  const row = await openHeld(db)
    .select(sql<number>`count(*)::int`.as('count'))
    .where(sql<boolean>`(mail.region_id = ${regionId} or mail.region_id is null)`)
    .executeTakeFirstOrThrow()
  return row.count
}

/**
 * Empties what was said about days that ended before one instant, and about no day at all if it came
 * before another. The identities stay, so that nothing counts twice.
 */
export async function emptyOld(
  trx: Reader,
  dayEndedBefore: Date,
  cameBefore: Date,
  now: Date,
): Promise<void> {
  await sql`update inbound_mails mail set
      from_address = null, attendee_address = null, proposed = null, comment = null,
      settled_how = coalesce(settled_how, case when verdict = 'held' then 'over' end),
      settled_at = coalesce(settled_at, case when verdict = 'held' then ${now}::timestamptz end)
    where (from_address is not null or attendee_address is not null or comment is not null
        or proposed is not null or (verdict = 'held' and settled_how is null))
      and case when day_id is null then received_at < ${cameBefore}
        else exists (select from days where days.id = mail.day_id
          and days.date < (${dayEndedBefore}::timestamptz at time zone days.time_zone)::date) end`.execute(
    trx,
  )
}
