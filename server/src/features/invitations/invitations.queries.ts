import { type Insertable, type Selectable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { StoredEvent, Subject } from './invitations.rules.ts'
import type { InvitationsTables } from './invitations.table.ts'

type Row = Selectable<InvitationsTables['calendar_events']>

/** PostgreSQL takes at most 65,535 parameters in one statement; an event row has 17. */
const rowsPerInsert = 1_000

/** What stands in calendars for a day, by our own account of it. */
export async function standingEvents(db: Reader, dayId: string): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('calendar_events')
    .selectAll()
    .where('day_id', '=', dayId)
    .where('status', '=', 'confirmed')
    .execute()
  return rows.map(storedOf)
}

export async function insertEvents(
  trx: Trx,
  rows: Insertable<InvitationsTables['calendar_events']>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await trx
      .insertInto('calendar_events')
      .values(rows.slice(start, start + rowsPerInsert))
      .execute()
  }
}

export type EventChange = Pick<
  Row,
  | 'id'
  | 'sequence'
  | 'status'
  | 'attendee_name'
  | 'schedule_hash'
  | 'content_hash'
  | 'known'
  | 'told'
  | 'held'
  | 'stamped_at'
>

/** Many events in one statement: a cancelled day changes hundreds. */
export async function changeEvents(trx: Trx, changes: EventChange[]): Promise<void> {
  if (changes.length === 0) return
  await sql`update calendar_events event set
      sequence = change.sequence, status = change.status, attendee_name = change.attendee_name,
      schedule_hash = change.schedule_hash, content_hash = change.content_hash,
      known = change.known, told = change.told, held = change.held, stamped_at = change.stamped_at
    from json_to_recordset(${JSON.stringify(changes)}::json) as change (
      id uuid, sequence integer, status text, attendee_name text, schedule_hash text,
      content_hash text, known jsonb, told boolean, held text, stamped_at timestamptz)
    where event.id = change.id`.execute(trx)
}

/** A change that writes an event as it is given, standing or cancelled. */
export function changeOf(event: StoredEvent, status: Row['status'] = 'confirmed'): EventChange {
  return {
    id: event.id,
    sequence: event.sequence,
    status,
    attendee_name: event.attendee.name,
    schedule_hash: event.scheduleHash,
    content_hash: event.contentHash,
    known: event.known,
    told: event.told,
    held: event.held,
    stamped_at: event.stampedAt,
  }
}

/** What stood in calendars of hosts for these slots, and was cancelled since. */
export async function cancelledOfSlots(db: Reader, slotIds: string[]): Promise<StoredEvent[]> {
  if (slotIds.length === 0) return []
  const rows = await db
    .selectFrom('calendar_events')
    .selectAll()
    .where('status', '=', 'cancelled')
    .where(sql<boolean>`slot_id = any(${slotIds}::uuid[])`)
    .execute()
  return rows.map(storedOf)
}

/** @returns the events that had none of this kind before. */
export async function insertReminders(
  trx: Trx,
  rows: Insertable<InvitationsTables['reminders']>[],
): Promise<Set<string>> {
  const inserted = new Set<string>()
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    const added = await trx
      .insertInto('reminders')
      .values(rows.slice(start, start + rowsPerInsert))
      .onConflict((conflict) => conflict.constraint('reminders_pk').doNothing())
      .returning('event_id')
      .execute()
    for (const { event_id } of added) inserted.add(event_id)
  }
  return inserted
}

/** Events whose reader was nudged since then, or is about to be. */
export async function nudgedSince(db: Reader, dayId: string, since: Date): Promise<Set<string>> {
  const rows = await db
    .selectFrom('outbox')
    .select('event_id as eventId')
    .where('day_id', '=', dayId)
    .where('purpose', 'like', 'nudge-%')
    .where('status', 'in', ['waiting', 'sending', 'sent'])
    .where(sql<boolean>`coalesce(sent_at, release_at) > ${since}`)
    .execute()
  return new Set(rows.flatMap(({ eventId }) => eventId ?? []))
}

export function eventsByIds(db: Reader, ids: string[]) {
  return db
    .selectFrom('calendar_events')
    .selectAll()
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
}

/** Every event a mailbox was ever invited to, of all days. */
export async function eventIdsOfAddress(db: Reader, address: string): Promise<string[]> {
  const rows = await db
    .selectFrom('calendar_events')
    .select('id')
    .where('attendee_address', '=', address)
    .execute()
  return rows.map(({ id }) => id)
}

/** The event that stands in a calendar for this very meeting. */
export async function standingEventOf(
  db: Reader,
  { kind, id }: Subject,
): Promise<StoredEvent | undefined> {
  const row = await db
    .selectFrom('calendar_events')
    .selectAll()
    .where(kind === 'slot' ? 'slot_id' : 'placement_id', '=', id)
    .where('status', '=', 'confirmed')
    .executeTakeFirst()
  return row && storedOf(row)
}

/** Slots and placements among these that have an event in somebody's calendar. */
export async function subjectsWithEvent(db: Reader, ids: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('calendar_events')
    .select(sql<string>`coalesce(slot_id, placement_id)`.as('subject'))
    .where('status', '=', 'confirmed')
    .where(sql<boolean>`(slot_id = any(${ids}::uuid[]) or placement_id = any(${ids}::uuid[]))`)
    .execute()
  return new Set(rows.map(({ subject }) => subject))
}

export async function countHeld(db: Reader, dayId: string): Promise<number> {
  const row = await db
    .selectFrom('calendar_events')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('day_id', '=', dayId)
    .where('status', '=', 'confirmed')
    .where('held', 'is not', null)
    .executeTakeFirstOrThrow()
  return row.count
}

function storedOf(row: Row): StoredEvent {
  return {
    id: row.id,
    subject:
      row.slot_id === null
        ? { kind: 'placement', id: row.placement_id ?? '' }
        : { kind: 'slot', id: row.slot_id },
    uid: row.uid,
    sequence: row.sequence,
    attendee: { name: row.attendee_name, address: row.attendee_address },
    scheduleHash: row.schedule_hash,
    contentHash: row.content_hash,
    known: row.known,
    told: row.told,
    held: row.held,
    stampedAt: row.stamped_at,
  }
}
