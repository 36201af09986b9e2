import { fullName } from '#server/features/roster/roster.rules.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { HeldReason } from '#shared/invitations/invitations.answers.contract.ts'
import type { Happening } from '#shared/invitations/invitations.board.contract.ts'
import * as queries from './invitations.conversation.queries.ts'
import { failureOf } from './invitations.failures.ts'

export const speakerOf = queries.speakerOf

type Speaker = NonNullable<Awaited<ReturnType<typeof queries.speakerOf>>>

/**
 * What was sent to somebody about their meetings of a day, what came back and what changed, the
 * oldest first. Of presses on a button only the last is known: it takes the place of those before.
 */
export async function conversationOf(
  db: Reader,
  dayId: string,
  subjectId: string,
  speaker: Speaker,
): Promise<Happening[]> {
  const seats = await queries.seatsOf(db, dayId, subjectId, speaker)
  const subjectIds = seats.map((seat) => seat.subjectId)
  const eventIds = await queries.eventIdsOf(db, dayId, subjectIds)
  const mails = await queries.mailsOf(db, eventIds)
  const inbound = await queries.inboundOf(db, eventIds)
  const handovers = speaker.side === 'host' ? await queries.handoversOf(db, subjectId) : []
  const presses = await queries.pressesOf(db, dayId, subjectIds)
  const changes = seats.flatMap(seatEntries)
  // Of one instant, an answer comes before what it set off, and the mail that tells of it last.
  const happenings = [
    ...changes.filter((entry) => entry.change === 'given'),
    ...inbound.map(inboundEntry),
    ...presses.map(
      ({ answer, channel, answeredAt }): Happening => ({
        kind: 'press',
        at: answeredAt,
        answer,
        channel,
      }),
    ),
    ...changes.filter((entry) => entry.change === 'ended'),
    ...handovers.flatMap(handoverEntries),
    ...mails.map((mail) => mailEntry(mail, speaker)),
  ]
  return happenings.sort((one, other) => one.at.getTime() - other.at.getTime())
}

type Seat = Extract<Happening, { kind: 'seat' }>

function seatEntries({
  givenAt,
  endedAt,
  endedReason,
  subjectId: _,
  ...meeting
}: Awaited<ReturnType<typeof queries.seatsOf>>[number]): Seat[] {
  const seat = { kind: 'seat' as const, ...meeting }
  return [
    ...(givenAt ? [{ ...seat, at: givenAt, change: 'given' as const, reason: null }] : []),
    ...(endedAt ? [{ ...seat, at: endedAt, change: 'ended' as const, reason: endedReason }] : []),
  ]
}

function handoverEntries({
  status,
  askedAt,
  endedAt,
  ...names
}: Awaited<ReturnType<typeof queries.handoversOf>>[number]): Happening[] {
  const asked = { kind: 'handover' as const, at: askedAt, change: 'asked' as const, ...names }
  return endedAt && status !== 'pending'
    ? [asked, { ...asked, at: endedAt, change: status }]
    : [asked]
}

function mailEntry(
  mail: Awaited<ReturnType<typeof queries.mailsOf>>[number],
  speaker: Speaker,
): Happening {
  const { id: mailId, purpose, status, asksAbout, stoppedAt, releaseAt, sentAt } = mail
  return {
    kind: 'mail',
    at: sentAt ?? releaseAt,
    mailId,
    toName: mail.toName === fullName(speaker) ? null : mail.toName,
    telling: purpose.replace(/-(host|guest)$/, ''),
    // What came back had left: its return is told where it came.
    status: sentAt && status === 'failed' ? 'sent' : status,
    withdrawn: status === 'stopped' && asksAbout !== null && stoppedAt === null,
    failure: status === 'failed' ? failureOf(mail.lastError ?? '') : null,
  }
}

function inboundEntry(mail: Awaited<ReturnType<typeof queries.inboundOf>>[number]): Happening {
  const { verdict, reason, answer, comment, receivedAt: at, settled, settledAt } = mail
  if (verdict === 'bounce') return { kind: 'bounce', at, delayed: reason !== 'failed' }
  if (verdict === 'held') {
    return { kind: 'held', at, reason: reason as HeldReason, answer, settled, settledAt }
  }
  return { kind: 'reply', at, answer, comment, counted: verdict !== 'stale' }
}
