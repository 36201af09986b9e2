import { createHash } from 'node:crypto'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'

/**
 * How long a change nobody sends by hand waits for others to join it: a site that closes three slots
 * one after the other is one mail to a guest who is moved twice.
 */
export const quietSeconds = 60

/** What people are invited to: whoever changes what is told of it holds its row first. */
export interface Occasion {
  kind: 'day' | 'workshop'
  id: string
}

/**
 * What an event belongs to: a host's to the slot, a guest's to the placement, a participant's to the
 * seat in a workshop, a facilitator's to the session.
 */
export interface Subject {
  kind: 'slot' | 'placement' | 'workshop-seat' | 'workshop-session'
  id: string
}

/** What should stand in somebody's calendar, as facts: wording and language change no hash. */
export interface DesiredEvent {
  subject: Subject
  attendee: { name: string; address: string }
  startsAt: Date
  endsAt: Date
  place: string
  /** What they meet about: the id of a role, the name of a workshop. */
  topic: string
  /** Whom they meet, by first name: a host's guests, or a guest's host. */
  company: readonly string[]
  linkGeneration: number
}

/** What a reader was told of a meeting: a mail about a change names what it replaces. */
export interface KnownFacts {
  /** ISO instants: they travel as JSON. */
  startsAt: string
  endsAt: string
  place: string
  company: readonly string[]
  /** Of the link it came with; absent where it was not kept. */
  linkGeneration?: number
}

/** What stands there now, as far as our mails can tell. */
export interface StoredEvent {
  id: string
  subject: Subject
  uid: string
  sequence: number
  attendee: { name: string; address: string }
  scheduleHash: string
  contentHash: string
  /** Null for what was written before this was kept. */
  known: KnownFacts | null
  told: boolean
  held: 'REQUEST' | 'CANCEL' | null
  stampedAt: Date
}

export type Step =
  /** Nothing stands there yet: REQUEST, SEQUENCE 0, a new UID. */
  | { kind: 'invite'; desired: DesiredEvent }
  /** Written once and taken back before anybody read it: the same UID, still SEQUENCE 0. */
  | { kind: 'resume'; stored: StoredEvent; desired: DesiredEvent }
  | { kind: 'update'; stored: StoredEvent; desired: DesiredEvent; asksAgain: boolean }
  | { kind: 'cancel'; stored: StoredEvent }
  /** It goes, and nobody was ever told of it: no mail. */
  | { kind: 'forget'; stored: StoredEvent }

/** A step that somebody hears of. */
export type ToldStep = Exclude<Step, { kind: 'forget' }>

/** Hours and place: a change asks for the answer again (RFC 5546 2.1.4). */
export function scheduleHash(event: Pick<DesiredEvent, 'startsAt' | 'endsAt' | 'place'>): string {
  return hashOf([event.startsAt.toISOString(), event.endsAt.toISOString(), event.place])
}

/** The rest of what the calendar shows. */
export function contentHash(event: DesiredEvent): string {
  return hashOf([event.attendee.name, event.topic, event.linkGeneration, ...event.company])
}

/** What the mail about an event tells its reader, to be remembered with it. */
export function knownFacts(event: DesiredEvent): KnownFacts {
  return {
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    place: event.place,
    company: event.company,
    linkGeneration: event.linkGeneration,
  }
}

/**
 * The difference between what should stand in calendars and what stands there. Running it again
 * on its own result gives nothing.
 * @param release also tells what a director had taken back; otherwise it stays held.
 */
export function reconcile(
  desired: readonly DesiredEvent[],
  stored: readonly StoredEvent[],
  release: boolean,
): Step[] {
  const standing = new Map(stored.map((event) => [keyOf(event.subject), event]))
  const steps: Step[] = []
  for (const event of desired) {
    const before = standing.get(keyOf(event.subject))
    standing.delete(keyOf(event.subject))
    if (!before) {
      steps.push({ kind: 'invite', desired: event })
    } else if (before.attendee.address !== event.attendee.address) {
      // An event has one attendee for life: another mailbox gets another event.
      steps.push(goes(before), { kind: 'invite', desired: event })
    } else {
      steps.push(...stays(before, event, release))
    }
  }
  for (const event of standing.values()) {
    if (event.held === 'CANCEL' && !release) continue
    steps.push(goes(event))
  }
  return steps
}

function stays(stored: StoredEvent, desired: DesiredEvent, release: boolean): Step[] {
  if (stored.held === 'REQUEST' && !release) return []
  if (!stored.told) return [{ kind: 'resume', stored, desired }]
  const asksAgain = stored.scheduleHash !== scheduleHash(desired)
  const changed = asksAgain || stored.contentHash !== contentHash(desired)
  return changed || stored.held ? [{ kind: 'update', stored, desired, asksAgain }] : []
}

/** An event leaves a calendar: with a mail, unless nobody was ever told of it. */
export function goes(stored: StoredEvent): Extract<Step, { kind: 'cancel' | 'forget' }> {
  return stored.told ? { kind: 'cancel', stored } : { kind: 'forget', stored }
}

/**
 * SEQUENCE of the next mail: +1 for another hour or place and for a cancellation, the same for a
 * mere change of company, which must not ask for the answer again (RFC 5546 2.1.4).
 */
export function nextSequence(step: ToldStep): number {
  if (step.kind === 'invite') return 0
  if (step.kind === 'resume') return step.stored.sequence
  if (step.kind === 'cancel') return step.stored.sequence + 1
  return step.stored.sequence + (step.asksAgain ? 1 : 0)
}

/** What somebody answered and need not answer again (RFC 5546 2.1.4): not to another hour or place. */
export function standingAnswer(
  step: ToldStep,
  answer: RecordedAnswer | null,
): 'yes' | 'maybe' | null {
  return step.kind !== 'update' || step.asksAgain || answer === 'no' ? null : answer
}

/** DTSTAMP rises with every mail even within one second, its finest step (RFC 5546 2.1.5). */
export function nextStamp(stored: Pick<StoredEvent, 'stampedAt'> | undefined, now: Date): Date {
  const seconds = Math.floor(now.getTime() / 1_000)
  const before = stored ? Math.floor(stored.stampedAt.getTime() / 1_000) : seconds - 1
  return new Date(Math.max(seconds, before + 1) * 1_000)
}

/** One mail about an event, as the outbox holds it after a batch was stopped; oldest first. */
export interface EventMail {
  id: string
  method: 'REQUEST' | 'CANCEL'
  /** `left`: sent, or tried at least once, so that it may have arrived. */
  state: 'left' | 'waiting' | 'stopped'
}

export interface TakenBack {
  told: boolean
  status: 'confirmed' | 'cancelled'
  held: 'REQUEST' | 'CANCEL' | null
  /** Mails that would speak of something nobody heard of. */
  stopToo: string[]
}

/** What holds for an event after some of its mails were stopped. */
export function afterTakingBack(mails: readonly EventMail[]): TakenBack {
  const told = mails.some((mail) => mail.state === 'left')
  const waiting = mails.filter((mail) => mail.state === 'waiting')
  const method = (waiting.at(-1) ?? mails.at(-1))?.method ?? 'REQUEST'
  const status = method === 'CANCEL' ? ('cancelled' as const) : ('confirmed' as const)
  if (status === 'cancelled' && !told) {
    return { told, status, held: null, stopToo: waiting.map((mail) => mail.id) }
  }
  if (waiting.length > 0) return { told: true, status, held: null, stopToo: [] }
  // The calendar still shows it until the cancellation really leaves.
  return { told, status: 'confirmed', held: method, stopToo: [] }
}

/** What our account of an event said before a mail about it was written. */
export type EventBefore = Pick<
  StoredEvent,
  'told' | 'sequence' | 'scheduleHash' | 'contentHash' | 'known'
> & { attendeeName: string }

/**
 * Remembered with each mail, so that it can be undone while nobody has tried to send it.
 * @param answered somebody had answered to what this mail asks again: that answer is forgotten, so
 *   what replaces the mail asks again too, even if all is as it was.
 */
export function beforeOf(stored: StoredEvent, answered: boolean): EventBefore {
  return {
    told: stored.told,
    sequence: stored.sequence,
    scheduleHash: answered ? '' : stored.scheduleHash,
    // What was taken back is not what its reader knows: another mail is owed in any case.
    contentHash: stored.held ? '' : stored.contentHash,
    known: stored.known,
    attendeeName: stored.attendee.name,
  }
}

/** An event as its readers know it, its last mails undone; DTSTAMP never goes back. */
export function unwritten(stored: StoredEvent, before: EventBefore): StoredEvent {
  const { attendeeName, ...account } = before
  return { ...stored, ...account, held: null, attendee: { ...stored.attendee, name: attendeeName } }
}

/** A subject as a key of maps. */
export function keyOf(subject: Subject): string {
  return `${subject.kind}:${subject.id}`
}

function hashOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
