import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema } from '#server/schema.ts'
import type { OutboxStatus } from '../platform.table.ts'
import type { Reader, Trx } from '../postgres/database.ts'

export interface BatchProgress {
  id: string
  purpose: string
  createdAt: Date
  stoppedAt: Date | null
  /** When the first of those still waiting leaves; null when none waits. */
  releaseAt: Date | null
  total: number
  waiting: number
  sent: number
  failed: number
  stopped: number
}

export type OutboxRow = Selectable<Schema['outbox']>

/** PostgreSQL takes at most 65,535 parameters in one statement; a mail row has 25. */
const rowsPerInsert = 1_000

export async function insertMails(trx: Trx, rows: Insertable<Schema['outbox']>[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await trx
      .insertInto('outbox')
      .values(rows.slice(start, start + rowsPerInsert))
      .execute()
  }
}

export async function insertBatch(
  trx: Trx,
  row: Insertable<Schema['outbox_batches']>,
): Promise<void> {
  await trx.insertInto('outbox_batches').values(row).execute()
}

export async function removeEmptyBatch(trx: Trx, id: string): Promise<void> {
  await trx
    .deleteFrom('outbox_batches')
    .where('id', '=', id)
    .where((where) =>
      where.not(where.exists(where.selectFrom('outbox').select('id').where('batch_id', '=', id))),
    )
    .execute()
}

export function findBatch(db: Reader, id: string) {
  return db
    .selectFrom('outbox_batches')
    .select([
      'id',
      'region_id as regionId',
      'day_id as dayId',
      'workshop_id as workshopId',
      'purpose',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What mails are about: they are shown and counted together. */
export type MailsAbout = { dayId: string } | { workshopId: string }

const columnOf = (about: MailsAbout) => ('dayId' in about ? 'day_id' : 'workshop_id')
const idOf = (about: MailsAbout) => ('dayId' in about ? about.dayId : about.workshopId)

export async function batchesAbout(db: Reader, about: MailsAbout): Promise<BatchProgress[]> {
  const countOf = (statuses: string[]) =>
    sql<number>`count(outbox.id) filter (where outbox.status = any(${statuses}))::int`
  return db
    .selectFrom('outbox_batches as batch')
    .leftJoin('outbox', 'outbox.batch_id', 'batch.id')
    .where(`batch.${columnOf(about)}`, '=', idOf(about))
    .groupBy('batch.id')
    .orderBy('batch.created_at', 'desc')
    .select([
      'batch.id',
      'batch.purpose',
      'batch.created_at as createdAt',
      'batch.stopped_at as stoppedAt',
      sql<number>`count(outbox.id)::int`.as('total'),
      countOf(['waiting', 'sending']).as('waiting'),
      countOf(['sent']).as('sent'),
      countOf(['failed']).as('failed'),
      countOf(['stopped']).as('stopped'),
      sql<Date | null>`min(outbox.release_at) filter (where outbox.status = 'waiting')`.as(
        'releaseAt',
      ),
    ])
    .execute()
}

/** How many mails about it stand in each state. */
export function statusCounts(db: Reader, about: MailsAbout) {
  return db
    .selectFrom('outbox')
    .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
    .where(columnOf(about), '=', idOf(about))
    .groupBy('status')
    .execute()
}

export async function markBatchStopped(trx: Trx, batchId: string, now: Date): Promise<void> {
  await trx
    .updateTable('outbox_batches')
    .set({ stopped_at: now })
    .where('id', '=', batchId)
    .where('stopped_at', 'is', null)
    .execute()
}

export async function stopWaiting(trx: Trx, batchId: string): Promise<number> {
  const result = await trx
    .updateTable('outbox')
    .set({ status: 'stopped' })
    .where('batch_id', '=', batchId)
    .where('status', '=', 'waiting')
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

export async function stopAsking(trx: Trx, subjectId: string): Promise<number> {
  const { rows } = await sql<{ status: OutboxStatus }>`
    with asking as (
      select id, status from outbox
      where asks_about = ${subjectId} and status in ('waiting', 'sending') for update)
    update outbox set status = 'stopped', claimed_until = null
    from asking where outbox.id = asking.id
    returning asking.status`.execute(trx)
  return rows.filter(({ status }) => status === 'waiting').length
}

export async function stopWaitingTo(
  trx: Trx,
  regionId: string,
  addresses: string[],
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ status: 'stopped' })
    .where('region_id', '=', regionId)
    .where('to_address', 'in', addresses)
    .where('status', '=', 'waiting')
    .where(sql<boolean>`calendar_method is distinct from 'CANCEL'`)
    .execute()
}

export async function mailsAbout(
  db: Reader,
  about: MailsAbout,
  limit: number,
  filter: { before?: string; status?: OutboxStatus },
): Promise<OutboxRow[]> {
  const { before, status } = filter
  return db
    .selectFrom('outbox')
    .selectAll()
    .where(columnOf(about), '=', idOf(about))
    .$if(status !== undefined, (query) => query.where('status', '=', status!))
    .$if(before !== undefined, (query) =>
      query.where('written', '<', (where) =>
        where.selectFrom('outbox as last').select('last.written').where('last.id', '=', before!),
      ),
    )
    .orderBy('written', 'desc')
    .limit(limit)
    .execute()
}

export function mailById(db: Reader, id: string): Promise<OutboxRow | undefined> {
  return db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
}

export function mailsOfEvents(db: Reader, eventIds: string[]) {
  return db
    .selectFrom('outbox')
    .select(['id', 'event_id as eventId', 'calendar_method as method', 'status', 'attempts'])
    .where(sql<boolean>`event_id = any(${eventIds}::uuid[])`)
    .orderBy('written')
    .execute()
}

/** Those of ours that a thread or a delivery report names. */
export function mailsByMessageIds(db: Reader, messageIds: string[]) {
  return db
    .selectFrom('outbox')
    .select([
      'id',
      'region_id as regionId',
      'day_id as dayId',
      'workshop_id as workshopId',
      'event_id as eventId',
      'to_address as toAddress',
    ])
    .where(sql<boolean>`message_id = any(${messageIds}::text[])`)
    .orderBy('written')
    .execute()
}

/** The last mail about an event that left. */
export function lastSentOf(db: Reader, eventId: string) {
  return db
    .selectFrom('outbox')
    .select(['id', 'message_id as messageId'])
    .where('event_id', '=', eventId)
    .where('sent_at', 'is not', null)
    .orderBy('written', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function markBounced(trx: Trx, id: string, reason: string, now: Date): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ status: 'failed', bounced_at: now, last_error: reason })
    .where('id', '=', id)
    .where('status', '=', 'sent')
    .execute()
}

/** What each event's reader heard last: a mail tried once may have arrived. */
export function lastCalendarsLeft(db: Reader, eventIds: string[]) {
  return db
    .selectFrom('outbox')
    .distinctOn('event_id')
    .select(['calendar_method as method', 'calendar_body as body'])
    .where(sql<boolean>`event_id = any(${eventIds}::uuid[])`)
    .where('calendar_body', 'is not', null)
    .where('attempts', '>', 0)
    .orderBy('event_id')
    .orderBy('written', 'desc')
    .execute()
}

export function addressesMailed(db: Reader, dayId: string, purpose: string) {
  return db
    .selectFrom('outbox')
    .select('to_address as address')
    .where('day_id', '=', dayId)
    .where('purpose', '=', purpose)
    .where('status', '<>', 'stopped')
    .execute()
}

export function eventsOfBatch(db: Reader, batchId: string) {
  return db
    .selectFrom('outbox')
    .select('event_id as eventId')
    .where('batch_id', '=', batchId)
    .where('event_id', 'is not', null)
    .distinct()
    .execute()
}

export interface UntriedMail {
  id: string
  eventId: string
  batchId: string | null
  /** Null for a mail without a calendar, which changes nothing in it. */
  eventBefore: Record<string, unknown> | null
  releaseAt: Date
}

export async function removeUntried(trx: Trx, eventIds: string[]): Promise<UntriedMail[]> {
  if (eventIds.length === 0) return []
  // What is kept from before says how to undo a mail: without it, it stays.
  const { rows } = await sql<UntriedMail>`
    with gone as (
      delete from outbox
      where event_id = any(${eventIds}::uuid[]) and status = 'waiting' and attempts = 0
        and (event_before is not null or calendar_method is null)
      returning id, event_id, batch_id, event_before, release_at, written)
    select id, event_id as "eventId", batch_id as "batchId", event_before as "eventBefore",
      release_at as "releaseAt"
    from gone order by written`.execute(trx)
  return rows
}

export async function setWaitingStatus(
  trx: Trx,
  ids: string[],
  from: 'waiting' | 'stopped',
  to: 'waiting' | 'stopped',
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ status: to })
    .where('status', '=', from)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
}

export async function retryFailed(trx: Trx, id: string, now: Date): Promise<boolean> {
  const result = await trx
    .updateTable('outbox as mail')
    .set({ status: 'waiting', release_at: now, bounced_at: null })
    .where('id', '=', id)
    .where('status', '=', 'failed')
    .where(sql<boolean>`not exists (select from outbox newer
      where newer.event_id = mail.event_id and newer.written > mail.written
        and newer.status <> 'stopped')`)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
