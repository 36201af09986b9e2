import { forgetAnswers } from '#server/features/confirmations/confirmations.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import type { Slot } from '#server/features/slots/slots.service.ts'
import { newId, newUntimedId } from '#server/platform/identity.ts'
import { enqueueMails, type Mail, mailsOfEvents } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { SparedReason, Telling } from '#shared/invitations/invitations.contract.ts'
import {
  calendarLetter,
  cardUrl,
  type Letterhead,
  tellingOf,
  writtenOf,
} from './invitations.letters.ts'
import type { Written } from './invitations.mails.ts'
import {
  type DayMeetings,
  desiredEvent,
  type Meeting,
  readMeetings,
} from './invitations.meetings.ts'
import { type Inherited, type Merged, undoUntried } from './invitations.merging.ts'
import * as queries from './invitations.queries.ts'
import {
  beforeOf,
  contentHash,
  type DesiredEvent,
  goes,
  keyOf,
  knownFacts,
  nextSequence,
  nextStamp,
  reconcile,
  type Step,
  type StoredEvent,
  scheduleHash,
} from './invitations.rules.ts'

/** Under which name and address an installation speaks. */
export interface Voice {
  /** The one mailbox: From of every mail, ORGANIZER of every event. */
  mailFrom: string
  mailDomain: string
  /** Where mails lead to. */
  publicUrl: string
  /** Changes nobody sends by hand wait so long, so that several in a row become one mail. */
  quietSeconds: number
}

export interface Sending {
  batchId?: string
  /** Mails wait until then, and can be taken back. */
  releaseAt?: Date
  /** Also tells what a director took back before; only for what a director sends. */
  release?: boolean
}

/** One mail written, as a preview or a test wants to know it. */
export interface Told {
  side: 'host' | 'guest'
  telling: Telling
  personId: string
  slotId: string | null
  name: string
  /** Null where nothing about hours and place is told. */
  facts: Meeting['facts'] | null
  mail: Written
}

export interface Reconciled {
  told: Told[]
  /** Meetings whose host or guest is not reached by mail. */
  unreachable: Meeting[]
  /** People without a place who are not reached by mail either. */
  unheard?: Person[]
  /** Those a nudge leaves alone. */
  spared?: { reason: SparedReason; count: number }[]
}

/**
 * Brings calendars to what holds: one event per slot with a guest, for its host, and one per active
 * placement, for its guest. Writes what is owed into the outbox, in this transaction; called again
 * it writes nothing. What has not left yet about an event that changes again is replaced by one mail. Whatever changes placements or slots after publication ends by calling it.
 */
export async function reconcileInvitations(
  trx: Trx,
  dayId: string,
  now: Date,
  voice: Voice,
  sending: Sending = {},
): Promise<Reconciled> {
  const read = await readMeetings(trx, dayId, (held) => queries.standingEvents(held, dayId))
  if (!read) return { told: [], unreachable: [] }
  const { meetings, events } = read
  // Nothing is told of a plan nobody published, and nobody is reminded of a day that went.
  if (!meetings.day.publishedAt) return { told: [], unreachable: [] }
  const desired = meetings.standing.flatMap((meeting) => desiredEvent(meeting) ?? [])
  return bring(trx, meetings, desired, events, now, voice, sending)
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
  const read = await readMeetings(trx, dayId, (held) => queries.standingEvents(held, dayId))
  if (!read?.meetings.day.publishedAt) return []
  const stored = new Map(read.events.map((event) => [keyOf(event.subject), event]))
  const desired = read.meetings.standing
    .flatMap((meeting) => desiredEvent(meeting) ?? [])
    .filter(({ subject, attendee }) => {
      const before = stored.get(keyOf(subject))
      // What a director took back waits for the director, at whatever address.
      return !before?.held && before?.attendee.address !== attendee.address
    })
  const former = desired.flatMap(({ subject }) => stored.get(keyOf(subject)) ?? [])
  const lost = await neverArrived(trx, former)
  const events = former.map((event) => (lost.has(event.id) ? { ...event, told: false } : event))
  return (await bring(trx, read.meetings, desired, events, now, voice, sending)).told
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

async function bring(
  trx: Trx,
  meetings: DayMeetings,
  desired: DesiredEvent[],
  events: StoredEvent[],
  now: Date,
  voice: Voice,
  sending: Sending,
): Promise<Reconciled> {
  const release = sending.release ?? false
  const changes = reconcile(desired, events, release)
  const merged = await undoUntried(trx, changes, events)
  const steps = reconcile(desired, merged.events, release)
  await writeEvents(trx, meetings, steps, now, voice, sending, merged)
  const unreachable = meetings.standing.filter(({ reachable }) => !reachable)
  const told = steps.flatMap((step) => toldOf(step, meetings, letterhead(meetings, voice)) ?? [])
  return { told, unreachable }
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
  const read = await readMeetings(trx, slot.dayId, (held) =>
    queries.standingEvents(held, slot.dayId),
  )
  const stored = read?.events.find(({ subject }) => subject.id === slot.id)
  const meeting = stored && read?.meetings.meetingOf(stored.subject)
  if (!read || !stored || !meeting) return false
  const left = { ...meeting, goneReason: 'handed-over' as const }
  const merged = await undoUntried(trx, [goes(stored)], [stored])
  const steps = merged.events.map(goes)
  const meetings = { ...read.meetings, meetingOf: () => left }
  await writeEvents(trx, meetings, steps, now, voice, {}, merged)
  return steps.some(({ kind }) => kind === 'cancel')
}

/** How many calendars wait for something that was taken back. */
export const countHeld = queries.countHeld
export const eventsByIds = queries.eventsByIds
export { takeBack } from './invitations.holding.ts'

async function writeEvents(
  trx: Trx,
  meetings: DayMeetings,
  steps: Step[],
  now: Date,
  voice: Voice,
  sending: Sending,
  merged: Merged,
): Promise<void> {
  const added: Parameters<typeof queries.insertEvents>[1] = []
  const changes: queries.EventChange[] = []
  const mails: Mail[] = []
  const { id: dayId, regionId } = meetings.day
  const head = letterhead(meetings, voice)
  for (const step of steps) {
    const stampedAt = nextStamp(step.kind === 'invite' ? undefined : step.stored, now)
    if (step.kind === 'forget') {
      changes.push({ ...queries.changeOf(step.stored), status: 'cancelled', held: null })
      continue
    }
    const meeting = meetingOf(step, meetings)
    if (!meeting) continue
    const sequence = nextSequence(step)
    const target =
      step.kind === 'invite'
        ? {
            id: newId(now),
            uid: `${newUntimedId()}@${voice.mailDomain}`,
            attendee: step.desired.attendee,
          }
        : step.stored
    if (step.kind === 'invite') {
      added.push({
        ...hashesOf(step.desired),
        id: target.id,
        region_id: regionId,
        day_id: dayId,
        slot_id: step.desired.subject.kind === 'slot' ? step.desired.subject.id : null,
        placement_id: step.desired.subject.kind === 'placement' ? step.desired.subject.id : null,
        uid: target.uid,
        sequence,
        status: 'confirmed',
        attendee_name: target.attendee.name,
        attendee_address: target.attendee.address,
        held: null,
        stamped_at: stampedAt,
        created_at: now,
      })
    } else {
      changes.push({
        ...queries.changeOf(step.stored),
        ...(step.kind === 'cancel' ? {} : hashesOf(step.desired)),
        sequence,
        status: step.kind === 'cancel' ? 'cancelled' : 'confirmed',
        told: true,
        held: null,
        stamped_at: stampedAt,
      })
    }
    mails.push({
      ...calendarLetter(step, meeting, { ...target, sequence, stampedAt }, head),
      ...leaving(merged.inherited(meeting.facts.subject), sending, voice, now),
      ...(step.kind === 'invite'
        ? { eventBefore: { ...unknown, attendeeName: target.attendee.name } }
        : { eventBefore: { ...beforeOf(step.stored, forgets(step, meeting)) } }),
    })
  }
  // What goes makes room first: a slot has one standing event.
  await queries.changeEvents(trx, changes)
  await queries.insertEvents(trx, added)
  await forgetMovedAnswers(trx, steps)
  await enqueueMails(trx, mails, now, voice.mailDomain)
}

/** Nobody knew of it. */
const unknown = { told: false, sequence: 0, scheduleHash: '', contentHash: '', known: null }

const forgets = (step: Step, meeting: Meeting) =>
  step.kind === 'update' && step.asksAgain && meeting.answer !== null

/** When a mail leaves, and in which batch: a director's own, else that of what it replaces. */
function leaving(
  inherited: Inherited | undefined,
  sending: Sending,
  voice: Voice,
  now: Date,
): Pick<Mail, 'batchId' | 'releaseAt'> {
  const batchId = sending.batchId ?? inherited?.batchId
  const quietUntil = new Date(now.getTime() + voice.quietSeconds * 1_000)
  const releaseAt = sending.releaseAt ?? inherited?.releaseAt ?? quietUntil
  return { ...(batchId ? { batchId } : {}), releaseAt }
}

async function forgetMovedAnswers(trx: Trx, steps: Step[]): Promise<void> {
  const moved = steps.flatMap((step) =>
    step.kind === 'update' && step.asksAgain ? [step.stored.subject] : [],
  )
  const idsOf = (kind: 'slot' | 'placement') =>
    moved.filter((subject) => subject.kind === kind).map(({ id }) => id)
  await forgetAnswers(trx, { slotIds: idsOf('slot'), placementIds: idsOf('placement') })
}

function meetingOf(step: Step, meetings: DayMeetings): Meeting | undefined {
  return meetings.meetingOf('stored' in step ? step.stored.subject : step.desired.subject)
}

function letterhead({ day, regionName }: DayMeetings, voice: Voice): Letterhead {
  return {
    regionId: day.regionId,
    dayId: day.id,
    regionName,
    mailFrom: voice.mailFrom,
    cardUrl: cardUrl(voice.publicUrl, day.id),
  }
}

function toldOf(step: Step, meetings: DayMeetings, head: Letterhead): Told | undefined {
  const meeting = step.kind === 'forget' ? undefined : meetingOf(step, meetings)
  if (!meeting || step.kind === 'forget') return undefined
  return {
    side: meeting.side,
    telling: tellingOf(step),
    personId: meeting.person.id,
    slotId: meeting.slotId,
    name: fullName(meeting.person),
    facts: meeting.facts,
    mail: writtenOf(step, meeting, head),
  }
}

const hashesOf = (desired: DesiredEvent) => ({
  schedule_hash: scheduleHash(desired),
  content_hash: contentHash(desired),
  known: knownFacts(desired),
  attendee_name: desired.attendee.name,
})
