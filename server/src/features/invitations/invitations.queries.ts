import { type Insertable, type Selectable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { keyOf, type Occasion, type StoredEvent, type Subject } from './invitations.rules.ts'
import type { InvitationsTables } from './invitations.table.ts'

type Row = Selectable<InvitationsTables['calendar_events']>

/** PostgreSQL takes at most 65,535 parameters in one statement; an event row has 20. */
const rowsPerInsert = 1_000

/** Where an event says what it belongs to. */
const columnOf = {
  slot: 'slot_id',
  placement: 'placement_id',
  'workshop-seat': 'workshop_seat_id',
  'workshop-session': 'workshop_session_id',
} as const
const kinds = Object.keys(columnOf) as Subject['kind'][]
const nobody = {
  slot_id: null,
  placement_id: null,
  workshop_seat_id: null,
  workshop_session_id: null,
}

/** Where a row says what its reader is invited to. */
const occasionColumn = { day: 'day_id', workshop: 'workshop_id' } as const
type OccasionColumns = Record<(typeof occasionColumn)[Occasion['kind']], string | null>

/** What somebody is invited to, as rows say it. */
export function occasionColumns({ kind, id }: Occasion): OccasionColumns {
  return { day_id: null, workshop_id: null, [occasionColumn[kind]]: id }
}

/** What a row says somebody is invited to; nothing where it says none. */
export function occasionOf(row: OccasionColumns): Occasion | undefined {
  if (row.day_id !== null) return { kind: 'day', id: row.day_id }
  return row.workshop_id === null ? undefined : { kind: 'workshop', id: row.workshop_id }
}

/** What an event belongs to, as its row says it. */
export function subjectColumns({ kind, id }: Subject) {
  return { ...nobody, [columnOf[kind]]: id }
}

/** Whoever writes about these waits until this transaction ends. */
export async function holdOccasions(trx: Trx, occasions: readonly Occasion[]): Promise<void> {
  const held = Map.groupBy(occasions, ({ kind }) => kind)
  for (const [kind, table] of [
    ['day', 'days'],
    ['workshop', 'workshops'],
  ] as const) {
    const ids = [...new Set(held.get(kind)?.map(({ id }) => id))].sort()
    for (const id of ids) {
      await trx.selectFrom(table).select('id').where('id', '=', id).forUpdate().execute()
    }
  }
}

/** What stands in calendars for an occasion, by our own account of it. */
export async function standingEvents(db: Reader, occasion: Occasion): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('calendar_events')
    .selectAll()
    .where(occasionColumn[occasion.kind], '=', occasion.id)
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

/** What stood in calendars for these, and was cancelled since. */
export async function cancelledOf(db: Reader, subjects: Subject[]): Promise<StoredEvent[]> {
  const found: StoredEvent[] = []
  for (const [kind, some] of Map.groupBy(subjects, (subject) => subject.kind)) {
    const ids = some.map(({ id }) => id)
    const rows = await db
      .selectFrom('calendar_events')
      .selectAll()
      .where('status', '=', 'cancelled')
      .where(sql<boolean>`${sql.ref(columnOf[kind])} = any(${ids}::uuid[])`)
      .execute()
    found.push(...rows.map(storedOf))
  }
  return found
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
    .where(columnOf[kind], '=', id)
    .where('status', '=', 'confirmed')
    .executeTakeFirst()
  return row && storedOf(row)
}

/** Those among these that have an event in somebody's calendar, as keys of maps. */
export async function subjectsWithEvent(db: Reader, subjects: Subject[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const [kind, some] of Map.groupBy(subjects, (subject) => subject.kind)) {
    const ids = some.map(({ id }) => id)
    const rows = await db
      .selectFrom('calendar_events')
      .select(columnOf[kind])
      .where('status', '=', 'confirmed')
      .where(sql<boolean>`${sql.ref(columnOf[kind])} = any(${ids}::uuid[])`)
      .execute()
    for (const row of rows) found.add(keyOf(subjectOf({ ...nobody, ...row })))
  }
  return found
}

export async function countHeld(db: Reader, occasion: Occasion): Promise<number> {
  const row = await db
    .selectFrom('calendar_events')
    .select(sql<number>`count(*)::int`.as('count'))
    .where(occasionColumn[occasion.kind], '=', occasion.id)
    .where('status', '=', 'confirmed')
    .where('held', 'is not', null)
    .executeTakeFirstOrThrow()
  return row.count
}

/** What an event belongs to: the database keeps it at exactly one. */
export function subjectOf(row: Pick<Row, (typeof columnOf)[Subject['kind']]>): Subject {
  const kind = kinds.find((one) => row[columnOf[one]] !== null)!
  return { kind, id: row[columnOf[kind]]! }
}

function storedOf(row: Row): StoredEvent {
  return {
    id: row.id,
    subject: subjectOf(row),
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
