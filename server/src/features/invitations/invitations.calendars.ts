import { fullName } from '#server/features/roster/roster.rules.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import { newId, newUntimedId } from '#server/platform/identity.ts'
import { enqueueMails, type Mail, mailsOfEvents } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { SparedReason, Telling } from '#shared/invitations/invitations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import {
  type Appointment,
  calendarLetter,
  type Letterhead,
  tellingOf,
} from './invitations.letters.ts'
import type { Written } from './invitations.mails.ts'
import { type Inherited, type Merged, undoUntried } from './invitations.merging.ts'
import * as queries from './invitations.queries.ts'
import {
  beforeOf,
  contentHash,
  type DesiredEvent,
  keyOf,
  knownFacts,
  nextSequence,
  nextStamp,
  type Occasion,
  reconcile,
  type Step,
  type StoredEvent,
  type Subject,
  scheduleHash,
  type ToldStep,
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

/** Whom an occasion brings together, as it holds now: facts are given, nothing is asked of it. */
export interface Circle {
  occasion: Occasion
  regionId: string
  regionName: string
  /** Those that hold. */
  standing: Appointment[]
  /** The one behind something that stands, or is about to stand, in somebody's calendar. */
  appointmentOf(event: Pick<StoredEvent, 'subject' | 'attendee'>): Appointment | undefined
  /** Their hours or place are others: what was answered no longer counts. */
  forgetAnswers(trx: Trx, subjects: Subject[]): Promise<void>
}

/** One mail written, as a preview or a test wants to know it. */
export interface Told {
  side: 'host' | 'guest'
  telling: Telling
  personId: string
  /** See `Appointment`; null where nothing about hours and place is told. */
  meetingId: string | null
  name: string
  about: ((language: Language) => string) | null
  mail: Written
}

export interface Reconciled {
  told: Told[]
  /** Appointments whose reader is not reached by mail. */
  unreachable: Pick<Appointment, 'side' | 'person' | 'about'>[]
  /** People without a place who are not reached by mail either. */
  unheard?: Person[]
  /** Those a nudge leaves alone. */
  spared?: { reason: SparedReason; count: number }[]
}

/**
 * Brings calendars to what is desired, and writes what is owed into the outbox, in this transaction;
 * called again it writes nothing. What has not left yet about an event that changes again is
 * replaced by one mail. Whoever calls it holds the occasion.
 * @param events what stands in calendars, as far as this call may change it.
 */
export async function bringCalendars(
  trx: Trx,
  circle: Circle,
  desired: readonly DesiredEvent[],
  events: readonly StoredEvent[],
  now: Date,
  voice: Voice,
  sending: Sending,
): Promise<Reconciled> {
  const release = sending.release ?? false
  const changes = reconcile(desired, events, release)
  const merged = await undoUntried(trx, changes, events)
  const steps = reconcile(desired, merged.events, release)
  const told = await takeSteps(trx, circle, steps, now, voice, sending, merged)
  return { told, unreachable: circle.standing.filter((one) => !one.desired) }
}

/**
 * Invites anew whose mail address was corrected, at the address that holds now, and nobody else: the
 * event of the former address goes, silently where its last mail did not arrive there.
 * @param events what stands in calendars for the whole occasion.
 */
export async function bringAddresses(
  trx: Trx,
  circle: Circle,
  events: readonly StoredEvent[],
  now: Date,
  voice: Voice,
  sending: Sending,
): Promise<Told[]> {
  const stored = new Map(events.map((event) => [keyOf(event.subject), event]))
  const desired = circle.standing
    .flatMap((one) => one.desired ?? [])
    .filter(({ subject, attendee }) => {
      const before = stored.get(keyOf(subject))
      // What a director took back waits for the director, at whatever address.
      return !before?.held && before?.attendee.address !== attendee.address
    })
  const former = desired.flatMap(({ subject }) => stored.get(keyOf(subject)) ?? [])
  const lost = await neverArrived(trx, former)
  const concerned = former.map((event) => (lost.has(event.id) ? { ...event, told: false } : event))
  return (await bringCalendars(trx, circle, desired, concerned, now, voice, sending)).told
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

/** Writes these steps into our account of calendars, and the mails that tell of them. */
export async function takeSteps(
  trx: Trx,
  circle: Circle,
  steps: readonly Step[],
  now: Date,
  voice: Voice,
  sending: Sending,
  merged: Merged,
): Promise<Told[]> {
  const added: Parameters<typeof queries.insertEvents>[1] = []
  const changes: queries.EventChange[] = []
  const mails: Mail[] = []
  const told: Told[] = []
  const head = letterhead(circle, voice)
  for (const step of steps) {
    if (step.kind === 'forget') {
      changes.push({ ...queries.changeOf(step.stored), status: 'cancelled', held: null })
      continue
    }
    const appointment = appointmentOf(step, circle)
    if (!appointment) continue
    const stampedAt = nextStamp(step.kind === 'invite' ? undefined : step.stored, now)
    const sequence = nextSequence(step)
    const target =
      step.kind === 'invite'
        ? {
            id: newId(now),
            uid: `${newUntimedId()}@${voice.mailDomain}`,
            attendee: step.desired.attendee,
          }
        : step.stored
    const event = { ...target, sequence, stampedAt }
    if (step.kind === 'invite') added.push(rowOf(step.desired, event, circle, now))
    else changes.push(changeOf(step, event))
    const letter = calendarLetter(step, appointment, event, head)
    mails.push({
      ...letter,
      ...leaving(merged.inherited(appointment.subject), sending, voice, now),
      eventBefore:
        step.kind === 'invite'
          ? { ...unknown, attendeeName: target.attendee.name }
          : { ...beforeOf(step.stored, forgets(step, appointment)) },
    })
    told.push(toldOf(step, appointment, letter))
  }
  // What goes makes room first: each has one standing event.
  await queries.changeEvents(trx, changes)
  await queries.insertEvents(trx, added)
  await circle.forgetAnswers(trx, steps.flatMap(askedAnew))
  await enqueueMails(trx, mails, now, voice.mailDomain)
  return told
}

function rowOf(
  desired: DesiredEvent,
  event: Pick<StoredEvent, 'id' | 'uid' | 'sequence' | 'attendee' | 'stampedAt'>,
  { regionId, occasion }: Circle,
  now: Date,
): Parameters<typeof queries.insertEvents>[1][number] {
  return {
    ...hashesOf(desired),
    ...queries.occasionColumns(occasion),
    ...queries.subjectColumns(desired.subject),
    id: event.id,
    region_id: regionId,
    uid: event.uid,
    sequence: event.sequence,
    status: 'confirmed',
    attendee_name: event.attendee.name,
    attendee_address: event.attendee.address,
    held: null,
    stamped_at: event.stampedAt,
    created_at: now,
  }
}

function changeOf(
  step: Exclude<ToldStep, { kind: 'invite' }>,
  { sequence, stampedAt }: Pick<StoredEvent, 'sequence' | 'stampedAt'>,
): queries.EventChange {
  return {
    ...queries.changeOf(step.stored),
    ...(step.kind === 'cancel' ? {} : hashesOf(step.desired)),
    sequence,
    status: step.kind === 'cancel' ? 'cancelled' : 'confirmed',
    told: true,
    held: null,
    stamped_at: stampedAt,
  }
}

/** Nobody knew of it. */
const unknown = { told: false, sequence: 0, scheduleHash: '', contentHash: '', known: null }

const forgets = (step: Step, { answer }: Appointment) =>
  step.kind === 'update' && step.asksAgain && answer !== null

const askedAnew = (step: Step): Subject[] =>
  step.kind === 'update' && step.asksAgain ? [step.stored.subject] : []

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

function appointmentOf(step: ToldStep, circle: Circle): Appointment | undefined {
  return circle.appointmentOf('stored' in step ? step.stored : step.desired)
}

function letterhead({ occasion, regionId, regionName }: Circle, voice: Voice): Letterhead {
  return { regionId, occasion, regionName, mailFrom: voice.mailFrom }
}

function toldOf(
  step: ToldStep,
  { side, person, meetingId, about }: Appointment,
  { subject, text, html }: Mail,
): Told {
  return {
    side,
    telling: tellingOf(step),
    personId: person.id,
    meetingId,
    name: fullName(person),
    about,
    mail: { subject, text, html },
  }
}

const hashesOf = (desired: DesiredEvent) => ({
  schedule_hash: scheduleHash(desired),
  content_hash: contentHash(desired),
  known: knownFacts(desired),
  attendee_name: desired.attendee.name,
})
