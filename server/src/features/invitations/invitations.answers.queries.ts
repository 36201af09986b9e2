import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { AnswerChannel, RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import { type Owner, owner } from './invitations.owners.queries.ts'
import { occasionOf, subjectOf } from './invitations.queries.ts'
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

/** What the events with these UIDs or ids invite to. */
export async function occasionsOfEvents(
  db: Reader,
  uids: string[],
  ids: string[],
): Promise<Occasion[]> {
  const rows = await db
    .selectFrom('calendar_events')
    .select(['day_id', 'workshop_id'])
    .where(sql<boolean>`(uid = any(${uids}::text[]) or id = any(${ids}::uuid[]))`)
    .distinct()
    .execute()
  return rows.flatMap((row) => occasionOf(row) ?? [])
}

export async function eventsToJudge(
  db: Reader,
  uids: string[],
  ids: string[],
): Promise<EventRow[]> {
  const rows = await db
    .selectFrom('calendar_events as event')
    .innerJoinLateral(
      () => owner.as('owner'),
      (join) => join.onTrue(),
    )
    .leftJoin('event_answers as replied', 'replied.event_id', 'event.id')
    .select([
      'event.id',
      'event.region_id as regionId',
      'event.day_id',
      'event.workshop_id',
      'event.slot_id',
      'event.placement_id',
      'event.workshop_seat_id',
      'event.workshop_session_id',
      'owner.personId',
      'event.uid',
      'event.sequence',
      'event.status',
      'owner.endsAt',
      'event.attendee_address as attendeeAddress',
      sql<string[]>`array(select address from attendee_aliases alias
        where alias.person_id = owner."personId")`.as('aliases'),
      'owner.answer',
      'owner.channel',
      'owner.answeredAt',
      'replied.answer as repliedAnswer',
      'replied.sequence as repliedSequence',
      'replied.stamped_at as stampedAt',
      'replied.sent_at as sentAt',
    ])
    .where(sql<boolean>`(event.uid = any(${uids}::text[]) or event.id = any(${ids}::uuid[]))`)
    .execute()
  return rows.map(({ repliedAnswer, repliedSequence, stampedAt, sentAt, ...row }) => ({
    ...row,
    occasion: occasionOf(row)!,
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
export interface HeldRow extends Nullable<Omit<Owner, 'channel' | 'answeredAt' | 'answer'>> {
  id: string
  reason: string | null
  receivedAt: Date
  from: string | null
  attendee: string | null
  answer: RecordedAnswer | null
  comment: string | null
  proposed: InboundRow['proposed']
  eventStatus: EventRow['status'] | null
  dayId: string | null
  firstName: string | null
  lastName: string | null
  current: RecordedAnswer | null
}

type Nullable<T> = { [Key in keyof T]: T[Key] | null }

/** What waits for a director of the region, the oldest first; what concerns nobody known as well. */
export function heldOfRegion(db: Reader, regionId: string, limit: number): Promise<HeldRow[]> {
  return openHeld(db)
    .leftJoin('calendar_events as event', 'event.id', 'mail.event_id')
    .leftJoinLateral(
      () => owner.as('owner'),
      (join) => join.onTrue(),
    )
    .leftJoin('people as person', 'person.id', 'owner.personId')
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
      'event.day_id as dayId',
      'owner.personId',
      'owner.side',
      'owner.occasionName',
      'owner.timeZone',
      'owner.aboutFr',
      'owner.aboutEn',
      'owner.siteName',
      'owner.startsAt',
      'owner.endsAt',
      'owner.answer as current',
      'person.first_name as firstName',
      'person.last_name as lastName',
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
 * Empties what was said about days and sessions that ended before one instant, and about none at all
 * if it came before another. The identities stay, so that nothing counts twice.
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
      and case when workshop_id is not null then not exists (select from workshop_sessions session
          where session.workshop_id = mail.workshop_id and session.ends_at >= ${dayEndedBefore})
        when day_id is null then received_at < ${cameBefore}
        else exists (select from days where days.id = mail.day_id
          and days.date < (${dayEndedBefore}::timestamptz at time zone days.time_zone)::date) end`.execute(
    trx,
  )
}

/** What was answered by mail to what stands in calendars for workshops, by what it belongs to. */
export async function workshopAnswers(
  db: Reader,
  workshopIds: readonly string[],
): Promise<Map<string, RecordedAnswer>> {
  const rows = await db
    .selectFrom('event_answers as said')
    .innerJoin('calendar_events as event', 'event.id', 'said.event_id')
    .selectAll('event')
    .select('said.answer')
    .where(sql<boolean>`event.workshop_id = any(${workshopIds}::uuid[])`)
    .where('event.status', '=', 'confirmed')
    .execute()
  return new Map(rows.map((row) => [subjectOf(row).id, row.answer]))
}

/** Forgets what was answered by mail about these: they are asked anew. */
export async function forgetEventAnswers(trx: Trx, subjects: readonly Subject[]): Promise<void> {
  const ids = subjects.map(({ id }) => id)
  if (ids.length === 0) return
  await sql`delete from event_answers said using calendar_events event
    where event.id = said.event_id
      and (workshop_seat_id = any(${ids}::uuid[]) or workshop_session_id = any(${ids}::uuid[]))`.execute(
    trx,
  )
}
