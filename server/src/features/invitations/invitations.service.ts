import type { Slot } from '#server/features/slots/slots.service.ts'
import { mailsOfEvents } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import {
  bringCalendars,
  type Reconciled,
  type Sending,
  type Told,
  takeSteps,
  type Voice,
} from './invitations.calendars.ts'
import { dayCircle } from './invitations.circles.ts'
import { readMeetings } from './invitations.meetings.ts'
import { undoUntried } from './invitations.merging.ts'
import * as queries from './invitations.queries.ts'
import { goes, keyOf, type StoredEvent } from './invitations.rules.ts'

export { eventAnswers, forgetEventAnswers } from './invitations.answers.queries.ts'
export type { Circle, Reconciled, Sending, Told, Voice } from './invitations.calendars.ts'
export { bringCalendars } from './invitations.calendars.ts'
export { linkWords, movedWords } from './invitations.changes.ts'
export { takeBack } from './invitations.holding.ts'
export type { Appointment, Letter } from './invitations.letters.ts'
export { dateWords, hoursWords, namesList } from './invitations.mails.ts'

/**
 * Brings calendars to what holds: one event per slot with a guest, for its host, and one per active
 * placement, for its guest. Writes what is owed into the outbox, in this transaction; called again
 * it writes nothing. Whatever changes placements or slots after publication ends by calling it.
 */
export async function reconcileInvitations(
  trx: Trx,
  dayId: string,
  now: Date,
  voice: Voice,
  sending: Sending = {},
): Promise<Reconciled> {
  const read = await readMeetings(trx, dayId)
  // Nothing is told of a plan nobody published, and nobody is reminded of a day that went.
  if (!read?.meetings.day.publishedAt) return { told: [], unreachable: [] }
  const circle = dayCircle(read.meetings, voice.publicUrl)
  const desired = circle.standing.flatMap((one) => one.desired ?? [])
  return bringCalendars(trx, circle, desired, read.events, now, voice, sending)
}

/**
 * Invites anew whose mail address was corrected, at the address that holds now, and nobody else: the
 * event of the former address goes, silently where its last mail did not arrive there.
 */
export async function followAddresses(
  trx: Trx,
  dayId: string,
  now: Date,
  voice: Voice,
  sending: Sending,
): Promise<Told[]> {
  const read = await readMeetings(trx, dayId)
  if (!read?.meetings.day.publishedAt) return []
  const circle = dayCircle(read.meetings, voice.publicUrl)
  const stored = new Map(read.events.map((event) => [keyOf(event.subject), event]))
  const desired = circle.standing
    .flatMap((one) => one.desired ?? [])
    .filter(({ subject, attendee }) => {
      const before = stored.get(keyOf(subject))
      // What a director took back waits for the director, at whatever address.
      return !before?.held && before?.attendee.address !== attendee.address
    })
  const former = desired.flatMap(({ subject }) => stored.get(keyOf(subject)) ?? [])
  const lost = await neverArrived(trx, former)
  const events = former.map((event) => (lost.has(event.id) ? { ...event, told: false } : event))
  return (await bringCalendars(trx, circle, desired, events, now, voice, sending)).told
}

/** Events whose last mail failed or came back: a cancellation would not arrive either. */
async function neverArrived(trx: Trx, events: readonly StoredEvent[]): Promise<Set<string>> {
  const mails = await mailsOfEvents(
    trx,
    events.map(({ id }) => id),
  )
  const last = new Map(mails.map(({ eventId, status }) => [eventId ?? '', status]))
  return new Set([...last].flatMap(([id, status]) => (status === 'failed' ? id : [])))
}

/**
 * Frees the calendar of a slot's host just before a colleague takes the slot over.
 * @returns whether a cancellation was written; false where nothing stood in their calendar.
 */
export async function cancelForHost(
  trx: Trx,
  slot: Pick<Slot, 'id' | 'dayId'>,
  now: Date,
  voice: Voice,
): Promise<boolean> {
  const read = await readMeetings(trx, slot.dayId)
  const stored = read?.events.find(({ subject }) => subject.id === slot.id)
  const meeting = stored && read?.meetings.meetingOf(stored.subject)
  if (!read || !stored || !meeting) return false
  const left = { ...meeting, goneReason: 'handed-over' as const }
  const circle = dayCircle({ ...read.meetings, meetingOf: () => left }, voice.publicUrl)
  const merged = await undoUntried(trx, [goes(stored)], [stored])
  const steps = merged.events.map(goes)
  await takeSteps(trx, circle, steps, now, voice, {}, merged)
  return steps.some(({ kind }) => kind === 'cancel')
}

/** How many calendars wait for something that was taken back. */
export const countHeld = queries.countHeld
export const eventsByIds = queries.eventsByIds
export const standingEvents = queries.standingEvents
