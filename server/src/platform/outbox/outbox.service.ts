import type { Language } from '#shared/vocabulary/language.ts'
import { newId, newUntimedId } from '../identity.ts'
import { notify } from '../live/live.ts'
import { addJob, type Reader, type Trx } from '../postgres/database.ts'
import * as queries from './outbox.queries.ts'
import { mailsTopic } from './outbox.topic.ts'

export type { BatchProgress, MailsAbout, UntriedMail } from './outbox.queries.ts'
export { mailsTopic } from './outbox.topic.ts'

export interface Mail {
  regionId: string | null
  /** What it is about, a day or a workshop: its mails are shown and followed together. */
  dayId?: string
  workshopId?: string
  batchId?: string
  /** Closed word of the feature that writes it, such as `slot-proposal`. */
  purpose: string
  /** The calendar event it tells of: mails about one event leave in order. */
  eventId?: string
  to: { name: string; address: string }
  language: Language
  /** What it asks an answer about: answered before it leaves, it is not sent. */
  asksAbout?: string
  /** The region speaks; the address stays the installation's. */
  fromName?: string
  subject: string
  text: string
  html: string
  calendar?: { method: 'REQUEST' | 'CANCEL'; body: string }
  /** What the writing feature keeps to undo this mail with, see `removeUntried`. */
  eventBefore?: Record<string, unknown>
  /** Placeholder of the one-click way out, only for mail one may leave. */
  unsubscribe?: string
  /** Not before this instant. */
  releaseAt?: Date
}

/**
 * Writes mails into the outbox in the caller's transaction: they leave if and only if the change
 * they tell of happened. Private links are placeholders until the moment of sending.
 */
export async function enqueueMails(
  trx: Trx,
  mails: Mail[],
  now: Date,
  messageDomain: string,
): Promise<void> {
  if (mails.length === 0) return
  await queries.insertMails(
    trx,
    mails.map((mail) => ({
      id: newId(now),
      batch_id: mail.batchId ?? null,
      region_id: mail.regionId,
      day_id: mail.dayId ?? null,
      workshop_id: mail.workshopId ?? null,
      purpose: mail.purpose,
      event_id: mail.eventId ?? null,
      asks_about: mail.asksAbout ?? null,
      to_address: mail.to.address,
      to_name: mail.to.name,
      language: mail.language,
      from_name: mail.fromName ?? null,
      subject: mail.subject,
      text_body: mail.text,
      html_body: mail.html,
      calendar_method: mail.calendar?.method ?? null,
      calendar_body: mail.calendar?.body ?? null,
      event_before: mail.eventBefore ? JSON.stringify(mail.eventBefore) : null,
      unsubscribe: mail.unsubscribe ?? null,
      message_id: `<${newUntimedId()}@${messageDomain}>`,
      status: 'waiting',
      release_at: mail.releaseAt ?? now,
      claimed_until: null,
      last_error: null,
      created_at: now,
      sent_at: null,
    })),
  )
  await notifyMails(trx, mails)
  await addJob(trx, 'deliver-outbox', {}, { key: 'deliver-outbox' })
}

/** Who follows the mails of these days and workshops looks again. */
async function notifyMails(
  trx: Trx,
  mails: readonly { dayId?: string | null; workshopId?: string | null }[],
): Promise<void> {
  const followed = new Set(mails.flatMap(({ dayId, workshopId }) => dayId ?? workshopId ?? []))
  await notify(trx, ...[...followed].map(mailsTopic))
}

/** Opens a batch that a director can follow and stop as a whole. */
export async function openBatch(
  trx: Trx,
  batch: {
    regionId: string
    dayId?: string
    workshopId?: string
    purpose: string
    createdBy: string | null
  },
  now: Date,
): Promise<string> {
  const id = newId(now)
  await queries.insertBatch(trx, {
    id,
    region_id: batch.regionId,
    day_id: batch.dayId ?? null,
    workshop_id: batch.workshopId ?? null,
    purpose: batch.purpose,
    created_by: batch.createdBy,
    created_at: now,
    stopped_at: null,
  })
  return id
}

/** Forgets a batch nothing was written into. */
export const removeEmptyBatch = queries.removeEmptyBatch

/** How far the batches about a day or a workshop are, newest first. */
export const batchesAbout = queries.batchesAbout

/** How many mails about it are waiting or under way, gone, kept as failed, or taken back. */
export async function mailCounts(
  db: Reader,
  about: queries.MailsAbout,
): Promise<{ waiting: number; sent: number; failed: number; stopped: number }> {
  const counts = { waiting: 0, sent: 0, failed: 0, stopped: 0 }
  for (const { status, count } of await queries.statusCounts(db, about)) {
    counts[status === 'sending' ? 'waiting' : status] += count
  }
  return counts
}

/**
 * Takes back what has not left yet. A mail already handed to the mail server counts as sent.
 * @returns how many mails were stopped.
 */
export async function stopBatch(trx: Trx, batchId: string, now: Date): Promise<number> {
  await queries.markBatchStopped(trx, batchId, now)
  await notifyMails(trx, [(await queries.findBatch(trx, batchId)) ?? {}])
  return queries.stopWaiting(trx, batchId)
}

/** The region and day a batch belongs to, for the policy that guards it. */
export function findBatch(db: Reader, batchId: string) {
  return queries.findBatch(db, batchId)
}

/** The mails about it for the director's eyes, newest first; bodies keep their placeholders. */
export const mailsAbout = queries.mailsAbout

/** One mail as it is stored, with its placeholders. */
export const mailById = queries.mailById

/**
 * Lets a failed mail be tried once more, now.
 * @returns false when it did not fail, or when something newer was written about its event.
 */
export async function retryFailed(trx: Trx, id: string, now: Date): Promise<boolean> {
  const retried = await queries.retryFailed(trx, id, now)
  if (retried) await addJob(trx, 'deliver-outbox', {}, { key: 'deliver-outbox' })
  return retried
}

/** How the mails about some calendar events stand, in the order they were written. */
export function mailsOfEvents(db: Reader, eventIds: string[]) {
  return queries.mailsOfEvents(db, eventIds)
}

/** Mails of ours by the Message-IDs another mail names; ids that are not ours are passed over. */
export const mailsByMessageIds = queries.mailsByMessageIds

/** The last mail about an event that left, if any did. */
export const lastSentOf = queries.lastSentOf

/**
 * Notes that a mail which had left did not arrive: it stands among the failed ones from now on, and
 * what it told of stays as it is.
 */
export const markBounced = queries.markBounced

/** The newest calendar that left for each of these events; nothing for one that never did. */
export const lastCalendarsLeft = queries.lastCalendarsLeft

/** Who was, or is about to be, told something about a day; what was taken back does not count. */
export async function addressesMailed(db: Reader, dayId: string, purpose: string) {
  const rows = await queries.addressesMailed(db, dayId, purpose)
  return new Set(rows.map(({ address }) => address))
}

/** The calendar events a batch speaks of. */
export async function eventsOfBatch(db: Reader, batchId: string): Promise<string[]> {
  return (await queries.eventsOfBatch(db, batchId)).flatMap(({ eventId }) => eventId ?? [])
}

/**
 * Removes what waits about these calendar events and was never tried: nobody can have received it.
 * Held until the transaction ends, a mail is either removed here or claimed by a sender, never both.
 * @returns what was removed, of each event the oldest first.
 */
export const removeUntried = queries.removeUntried

/** Stops single mails that have not left. */
export function stopMails(trx: Trx, ids: string[]): Promise<void> {
  return queries.setWaitingStatus(trx, ids, 'waiting', 'stopped')
}

/** Keeps here what waits to leave to some addresses about a region, but for what frees a calendar. */
export async function stopMailsTo(trx: Trx, regionId: string, addresses: string[]): Promise<void> {
  if (addresses.length > 0) await queries.stopWaitingTo(trx, regionId, addresses)
}

/** Lets single stopped mails leave after all. */
export function resumeMails(trx: Trx, ids: string[]): Promise<void> {
  return queries.setWaitingStatus(trx, ids, 'stopped', 'waiting')
}

/**
 * Keeps here what waits to ask about something that needs no asking any more. A mail under way at
 * this instant counts as sent once the server takes it; put off, it is not tried again.
 * @returns how many mails stay that were not under way.
 */
export const withdrawAsking = queries.stopAsking
