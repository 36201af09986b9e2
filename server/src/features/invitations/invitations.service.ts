import type { Slot } from '#server/features/slots/slots.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import {
  bringAddresses,
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
import { goes } from './invitations.rules.ts'

export { forgetEventAnswers, workshopAnswers } from './invitations.answers.queries.ts'
export type { Circle, Reconciled, Sending, Told, Voice } from './invitations.calendars.ts'
export { bringAddresses, bringCalendars } from './invitations.calendars.ts'
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

/** Invites anew to a published day whose mail address was corrected, see {@link bringAddresses}. */
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
  return bringAddresses(trx, circle, read.events, now, voice, sending)
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
