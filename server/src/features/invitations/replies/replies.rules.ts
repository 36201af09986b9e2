import type { HeldReason } from '#shared/invitations/invitations.answers.contract.ts'
import type { Bounce } from './replies.bounce.ts'
import { addressKey } from './replies.headers.ts'
import type { CalendarAttendee, CalendarEntry } from './replies.itip.ts'
import { type Applied, type CalendarAnswer, compare, sameTime } from './replies.order.ts'
import type { MailContent, ReadMail } from './replies.reader.ts'
import type { ProposedTime } from './replies.times.ts'

/** What we asked, as far as judging an answer needs it. */
export interface AskedEvent {
  uid: string
  /** SEQUENCE of the last invitation */
  sequence: number
  status: 'confirmed' | 'cancelled'
  endsAt: Date
  attendeeAddress: string
  /** other addresses a person has said to be the attendee's own */
  aliases: readonly string[]
  applied: Applied | null
}

export type Verdict =
  /** Record the answer, and `applied` with it in one transaction. */
  | { kind: 'apply'; uid: string; comment: string | null; applied: Applied }
  /** Said before: only `applied` is to be stored, so that order of arrival never matters. */
  | { kind: 'already'; uid: string; applied: Applied }
  /** the very mail was judged before */
  | { kind: 'seen' }
  /** A later answer counts already. */
  | { kind: 'stale'; uid: string }
  | {
      kind: 'held'
      reason: HeldReason
      /** our event it is about, where that is known */
      uid: string | null
      /** what it would have said */
      answer: CalendarAnswer | null
      from: string | null
      /** for whom it speaks */
      attendee: string | null
      comment: string | null
      proposed: { startsAt: ProposedTime | null; endsAt: ProposedTime | null } | null
    }
  /** Without a UID the Message-IDs may be of another mail of ours; else it is not ours. */
  | { kind: 'bounce'; uid: string | null; bounce: Bounce }
  /** Of no consequence: kept in the mailbox, shown to nobody. */
  | {
      kind: 'ignored'
      what: 'absence' | 'receipt' | 'notice' | 'letter' | 'other-calendar' | 'nothing-to-decline'
    }

/** How our events can be found for a mail: by UID first, else by the Message-IDs of our mails. */
export function keysOf(mail: ReadMail): { uids: string[]; messageIds: string[] } {
  const { content } = mail
  if (content.kind === 'calendar') return { uids: content.uids, messageIds: mail.thread }
  if (content.kind !== 'bounce') return { uids: [], messageIds: mail.thread }
  const { uid, messageIds } = content.bounce
  return { uids: uid ? [uid] : [], messageIds }
}

/**
 * What to do with a mail; pure. Answers of one SEQUENCE are ordered by DTSTAMP, then by when they
 * were written, never by arrival (RFC 5546 2.1.5).
 * @param events ours among those of {@link keysOf}.
 * @param seen whether a mail of this identity was judged before.
 */
export function verdictOf(
  mail: ReadMail,
  events: readonly AskedEvent[],
  seen: boolean,
  now: Date,
): Verdict {
  const { content } = mail
  if (seen) return { kind: 'seen' }
  const only = events.length === 1 ? events[0]! : undefined
  if (content.kind === 'bounce') {
    return { kind: 'bounce', uid: only?.uid ?? null, bounce: content.bounce }
  }
  if (content.kind === 'automatic') return { kind: 'ignored', what: content.what }
  if (content.kind === 'closed') return held(mail, content.why, only)
  if (content.kind === 'letter') {
    if (events.length === 0) return { kind: 'ignored', what: 'letter' }
    return { ...held(mail, 'written', only), comment: content.text }
  }
  return calendarVerdict(mail, content, events, now)
}

function calendarVerdict(
  mail: ReadMail,
  { messages, uids }: Extract<MailContent, { kind: 'calendar' }>,
  events: readonly AskedEvent[],
  now: Date,
): Verdict {
  const named = events.filter((event) => uids.includes(event.uid))
  const answering = messages.filter(({ method }) => method === 'REPLY' || method === 'COUNTER')
  const event = named[0]
  if (named.length > 1) return held(mail, 'several-events', undefined)
  if (answering.length === 0) {
    if (events.length === 0) return { kind: 'ignored', what: 'other-calendar' }
    return held(mail, 'not-an-answer', event ?? events[0])
  }
  if (!event) return held(mail, 'unknown-event', events.length === 1 ? events[0] : undefined)
  const entries = answering
    .flatMap((message) => message.entries.map((entry) => ({ ...entry, method: message.method })))
    .filter((entry) => entry.uid === event.uid)
  if (entries.length === 0) return held(mail, 'not-an-answer', event)
  return entryVerdict(mail, entries, event, now)
}

type Entry = CalendarEntry & { method: string }

function entryVerdict(
  mail: ReadMail,
  all: readonly Entry[],
  event: AskedEvent,
  now: Date,
): Verdict {
  const whole = all.filter((entry) => !entry.recurrence)
  const entries = whole.length > 0 ? whole : all
  const own = [event.attendeeAddress, ...event.aliases].map(addressKey)
  const mine = entries.flatMap((entry) =>
    entry.attendees
      .filter((attendee) => attendee.addresses.some((address) => own.includes(address)))
      .map((attendee) => ({ entry, attendee })),
  )
  const spoken = mine[0] ?? { entry: entries[0]!, attendee: entries[0]!.attendees[0] }
  const hold = (reason: HeldReason) => held(mail, reason, event, spoken.entry, spoken.attendee)
  const refusal =
    authorityRefusal(mail, own, mine, spoken.attendee) ??
    answerRefusal(entries, mine) ??
    (whole.length === 0 ? 'one-occurrence' : undefined)
  if (refusal) return hold(refusal)
  const latest = mine.toSorted((a, b) => b.entry.sequence - a.entry.sequence)[0]!
  const answer = answerOf(latest.attendee)!
  if (event.status === 'cancelled') {
    return answer === 'no' ? { kind: 'ignored', what: 'nothing-to-decline' } : hold('cancelled')
  }
  if (event.endsAt <= now) return hold('past')
  return orderVerdict(mail, event, latest, answer, hold)
}

/**
 * « The Organizer MUST ignore » answers of others (RFC 6047 2.2.1); here a person sees them. From
 * alone counts, being what DMARC speaks of: Gmail puts a service into Sender, Exchange an assistant.
 */
function authorityRefusal(
  mail: ReadMail,
  own: readonly string[],
  mine: readonly { attendee: CalendarAttendee }[],
  spoken: CalendarAttendee | undefined,
): HeldReason | undefined {
  if (mail.from === null) return 'sender-unclear'
  if (mail.dmarc === 'fail') return 'dmarc-failed'
  const fromThem = own.includes(mail.from)
  if (mine.length > 0) {
    if (mine.some(({ attendee }) => attendee.sentBy !== null)) return 'on-behalf'
    return fromThem ? undefined : 'somebody-else'
  }
  if (!spoken) return fromThem ? 'no-answer' : 'somebody-else'
  if (spoken.delegated) return 'delegated'
  return fromThem ? 'other-address' : 'forwarded'
}

function answerRefusal(
  entries: readonly Entry[],
  mine: readonly { attendee: CalendarAttendee }[],
): HeldReason | undefined {
  // Outlook's proposals say TENTATIVE or DECLINED to the old time: neither is meant alone.
  if (entries.some(({ method }) => method === 'COUNTER')) return 'counter'
  if (mine.some(({ attendee }) => attendee.delegated)) return 'delegated'
  const answers = new Set(mine.map(({ attendee }) => answerOf(attendee)))
  if (answers.size > 1) return 'contradictory'
  return answers.has(null) ? 'no-answer' : undefined
}

function answerOf({ partstat }: CalendarAttendee): CalendarAnswer | null {
  if (partstat === 'ACCEPTED') return 'yes'
  if (partstat === 'DECLINED') return 'no'
  return partstat === 'TENTATIVE' ? 'maybe' : null
}

function orderVerdict(
  mail: ReadMail,
  event: AskedEvent,
  { entry, attendee }: { entry: Entry; attendee: CalendarAttendee },
  answer: CalendarAnswer,
  hold: (reason: HeldReason) => Verdict,
): Verdict {
  const { uid, applied } = event
  const current = applied && applied.sequence >= event.sequence ? applied : null
  if (entry.sequence < event.sequence) {
    // Who has answered the present question since need not be asked about the former one.
    return current ? { kind: 'stale', uid } : hold('earlier-version')
  }
  const { receivedAt, sentAt } = mail
  // Exchange leaves DTSTAMP out at times.
  const stamp = entry.stampedAt ?? sentAt
  const next: Applied = {
    answer,
    // Some programs count on by themselves: nothing newer than ours was asked.
    sequence: event.sequence,
    // A clock that runs ahead must not silence the answers to come.
    stampedAt: stamp > receivedAt ? receivedAt : stamp,
    sentAt,
  }
  const comment = joined(entry.comment, attendee.comment)
  if (!current) return { kind: 'apply', uid, comment, applied: next }
  const order = compare(next, current)
  if (current.answer === answer && sameTime(current.stampedAt, next.stampedAt)) {
    return { kind: 'already', uid, applied: order > 0 ? next : current }
  }
  if (order > 0) return { kind: 'apply', uid, comment, applied: next }
  const together = sameTime(current.stampedAt, next.stampedAt) && +current.sentAt === +sentAt
  return together ? hold('contradictory') : { kind: 'stale', uid }
}

function held(
  mail: ReadMail,
  reason: HeldReason,
  event: AskedEvent | undefined,
  entry?: CalendarEntry,
  attendee?: CalendarAttendee,
): Extract<Verdict, { kind: 'held' }> {
  const { startsAt, endsAt } = entry ?? { startsAt: null, endsAt: null }
  return {
    kind: 'held',
    reason,
    uid: event?.uid ?? null,
    answer: attendee ? answerOf(attendee) : null,
    from: mail.from,
    attendee: attendee?.addresses[0] ?? null,
    comment: joined(entry?.comment ?? null, attendee?.comment ?? null),
    proposed: reason === 'counter' ? { startsAt, endsAt } : null,
  }
}

function joined(one: string | null, other: string | null): string | null {
  return one === other || !other ? one : one ? `${one}\n${other}` : other
}
