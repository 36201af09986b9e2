import { createHash } from 'node:crypto'
import { answersTopic } from '#server/features/confirmations/confirmations.service.ts'
import { regionsOfAddress } from '#server/features/roster/roster.service.ts'
import { newId } from '#server/platform/identity.ts'
import { notify } from '#server/platform/live/live.ts'
import {
  lastSentOf,
  mailsByMessageIds,
  markBounced,
  withdrawAsking,
} from '#server/platform/outbox/outbox.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { HeldAnswer, HeldReason } from '#shared/invitations/invitations.answers.contract.ts'
import * as queries from './invitations.answers.queries.ts'
import { occasionColumns, occasionOf } from './invitations.queries.ts'
import type { Occasion } from './invitations.rules.ts'
import type { Bounce } from './replies/replies.bounce.ts'
import { addressKey } from './replies/replies.headers.ts'
import { type Applied, compare } from './replies/replies.order.ts'
import type { ReadMail } from './replies/replies.reader.ts'
import type { AskedEvent, keysOf, Verdict } from './replies/replies.rules.ts'

export type { EventRow } from './invitations.answers.queries.ts'

/** What a director is shown at once: more than this is another kind of problem. */
const mostShown = 200
const daysKept = 30

type Held = Extract<Verdict, { kind: 'held' }>

/** A mail that waits for a person, with no word on what it is about. */
const unjudged: Held = {
  kind: 'held',
  reason: 'failed',
  uid: null,
  answer: null,
  from: null,
  attendee: null,
  comment: null,
  proposed: null,
}

/**
 * Writes a mail down, so that it counts once whoever reads it. Its own transaction waits here for
 * another process that is at the same mail.
 * @returns its id, or what was made of it before.
 */
export async function claimMail(
  trx: Trx,
  mail: ReadMail,
  now: Date,
): Promise<{ id: string } | { before: queries.InboundRow }> {
  const identity = createHash('sha256').update(mail.identity).digest('base64url')
  const id = newId(now)
  const claimed = await queries.claimMail(trx, {
    id,
    identity,
    // Until it is judged, in this same transaction.
    verdict: 'ignored',
    reason: null,
    sent_at: mail.sentAt,
    received_at: mail.receivedAt,
  })
  if (claimed) return { id }
  const before = await queries.mailByIdentity(trx, identity)
  if (!before) throw new Error('a mail is taken and not written down')
  return { before }
}

/** Our events that a mail may be about, by UID or by the Message-ID of a mail of ours. */
export async function findEvents(
  trx: Trx,
  { uids, messageIds }: ReturnType<typeof keysOf>,
): Promise<{ occasions: Occasion[]; read: () => Promise<queries.EventRow[]> }> {
  const mails = messageIds.length > 0 ? await mailsByMessageIds(trx, messageIds) : []
  const ids = mails.flatMap(({ eventId }) => eventId ?? [])
  if (uids.length + ids.length === 0) return { occasions: [], read: async () => [] }
  return {
    occasions: await queries.occasionsOfEvents(trx, uids, ids),
    read: () => queries.eventsToJudge(trx, uids, ids),
  }
}

/** An event as judging wants it: of a reply and a press on our button, the later one counts. */
export function askedOf(event: queries.EventRow): AskedEvent {
  return { ...event, applied: appliedTo(event) }
}

function appliedTo({ answer, channel, answeredAt, replied, sequence }: queries.EventRow) {
  // Asked anew since: what was answered before is forgotten.
  if (!answer || !answeredAt) return null
  const pressed: Applied = { answer, sequence, stampedAt: null, sentAt: answeredAt }
  if (replied?.answer !== answer || replied.sequence !== sequence) return pressed
  return channel === 'mail' || compare(replied, pressed) > 0 ? replied : pressed
}

/** Stores what orders this answer against others, and closes what it makes pointless. */
export async function noteApplied(
  trx: Trx,
  event: Pick<queries.EventRow, 'id'>,
  applied: Applied,
  now: Date,
): Promise<void> {
  await queries.writeReplied(trx, {
    event_id: event.id,
    answer: applied.answer,
    sequence: applied.sequence,
    stamped_at: applied.stampedAt,
    sent_at: applied.sentAt,
  })
  await queries.supersedeHeld(trx, event.id, applied.sentAt, now)
}

/** Notes what became of a mail, with as much of what it says as somebody will need. */
export async function noteVerdict(
  trx: Trx,
  id: string,
  verdict: Exclude<Verdict, { kind: 'seen' | 'bounce' }>,
  event: queries.EventRow | undefined,
): Promise<void> {
  // It says something: a director reads it before anybody is asked again.
  if (event && verdict.kind === 'held') await withdrawAsking(trx, event.subject.id)
  const about = event && {
    region_id: event.regionId,
    ...occasionColumns(event.occasion),
    event_id: event.id,
  }
  const held = verdict.kind === 'held' ? await heldColumns(trx, verdict, event) : undefined
  await queries.updateMail(trx, id, {
    ...about,
    verdict: verdict.kind,
    ...held,
    ...(verdict.kind === 'ignored' ? { reason: verdict.what } : {}),
    ...(verdict.kind === 'apply' || verdict.kind === 'already'
      ? { answer: verdict.applied.answer }
      : {}),
    ...(verdict.kind === 'apply' ? { comment: writable(verdict.comment) } : {}),
  })
  await tellFollowers(trx, event?.occasion.id ?? held?.region_id)
}

/** @param followed a day, a workshop, or a region where neither is known. */
async function tellFollowers(trx: Trx, followed: string | null | undefined): Promise<void> {
  if (followed) await notify(trx, answersTopic(followed))
}

async function heldColumns(trx: Trx, held: Held, event: queries.EventRow | undefined) {
  const from = held.from && (await regionsOfAddress(trx, held.from))
  return {
    reason: held.reason,
    // Without an event, the region where the sender is at home, if that is one alone.
    region_id: event?.regionId ?? (from && from.length === 1 ? from[0]! : null),
    answer: held.answer,
    from_address: writable(held.from),
    attendee_address: writable(held.attendee),
    comment: writable(held.comment),
    proposed:
      held.proposed &&
      JSON.stringify(held.proposed, (_, value) =>
        typeof value === 'string' ? writable(value) : value,
      ),
  }
}

/** A text PostgreSQL takes: strangers write NUL and halves of characters. */
const writable = (text: string | null) => text?.replaceAll('\0', '').toWellFormed() ?? null

/** Notes a mail that could not be judged for a fault of ours. */
export async function noteUnjudged(trx: Trx, mail: ReadMail, now: Date): Promise<void> {
  const claim = await claimMail(trx, mail, now)
  if ('before' in claim) return
  await noteVerdict(trx, claim.id, { ...unjudged, from: mail.from }, undefined)
}

/**
 * Notes that a mail of ours did not arrive. Nothing proves who says so: it is shown, and undoes
 * nothing.
 */
export async function noteBounce(
  trx: Trx,
  id: string,
  bounce: Bounce,
  event: queries.EventRow | undefined,
  now: Date,
): Promise<void> {
  const named = bounce.messageIds.length > 0 ? await mailsByMessageIds(trx, bounce.messageIds) : []
  const mail = named[0]
  const outboxId = mail?.id ?? (event && (await lastSentOf(trx, event.id))?.id)
  const reason = [bounce.status, bounce.diagnostic].filter(Boolean).join(' ')
  if (outboxId && bounce.outcome === 'failed') {
    await markBounced(trx, outboxId, writable(reason) || 'bounced', now)
    if (event) await withdrawAsking(trx, event.subject.id)
  }
  const occasion =
    event?.occasion ??
    occasionOf({ day_id: mail?.dayId ?? null, workshop_id: mail?.workshopId ?? null })
  await queries.updateMail(trx, id, {
    verdict: 'bounce',
    reason: bounce.outcome,
    outbox_id: outboxId ?? null,
    region_id: event?.regionId ?? mail?.regionId ?? null,
    ...(occasion ? occasionColumns(occasion) : {}),
    event_id: event?.id ?? mail?.eventId ?? null,
  })
  await tellFollowers(trx, occasion?.id)
}

export { holdOccasions } from './invitations.queries.ts'
export const heldMailById = queries.mailById
export const lockHeldMail = queries.lockMail
export const settleHeldMail = queries.settleMail

/** Puts a held mail aside: it changes nothing. */
export async function dismiss(
  trx: Trx,
  mailId: string,
  by: string,
  now: Date,
): Promise<undefined | Refusal> {
  const mail = await queries.lockMail(trx, mailId)
  if (mail?.verdict !== 'held') return refuse('not-found')
  if (mail.settled_how) return refuse('answer-settled')
  await queries.settleMail(trx, mailId, 'dismissed', by, now)
  await tellFollowers(trx, occasionOf(mail)?.id ?? mail.region_id)
  return undefined
}
export const countHeldMails = queries.countHeldMails

/** The event a held mail is about, as it stands. */
export async function eventOfMail(
  db: Reader,
  mail: Pick<queries.InboundRow, 'event_id'>,
): Promise<queries.EventRow | undefined> {
  return mail.event_id ? (await queries.eventsToJudge(db, [], [mail.event_id]))[0] : undefined
}

/** The addresses a held mail came with are somebody's own from now on. */
export async function rememberAddresses(
  trx: Trx,
  event: queries.EventRow,
  mail: queries.InboundRow,
  by: string,
  now: Date,
): Promise<void> {
  const known = [event.attendeeAddress, ...event.aliases].map(addressKey)
  const addresses = [mail.from_address, mail.attendee_address].filter((one) => one !== null)
  const strange = [...new Set(addresses.map(addressKey))].filter((one) => !known.includes(one))
  await queries.insertAliases(
    trx,
    strange.map((address) => ({
      region_id: event.regionId,
      person_id: event.personId,
      address,
      added_by: by,
      added_at: now,
    })),
  )
}

/** What a director of the region must look at, the oldest first. */
export async function heldAnswers(db: Reader, regionId: string, now: Date): Promise<HeldAnswer[]> {
  const rows = await queries.heldOfRegion(db, regionId, mostShown)
  return rows.map((row) => ({
    id: row.id,
    reason: row.reason as HeldReason,
    receivedAt: row.receivedAt,
    from: row.from,
    attendee: row.attendee,
    answer: row.answer,
    comment: row.comment,
    proposed: row.proposed,
    meeting:
      row.side && row.startsAt && row.endsAt
        ? {
            dayId: row.dayId,
            occasionName: row.occasionName ?? '',
            timeZone: row.timeZone ?? 'UTC',
            side: row.side,
            firstName: row.firstName ?? '',
            lastName: row.lastName ?? '',
            aboutFr: row.aboutFr ?? '',
            aboutEn: row.aboutEn ?? '',
            siteName: row.siteName ?? '',
            startsAt: row.startsAt,
            endsAt: row.endsAt,
            answer: row.current,
            open: row.eventStatus === 'confirmed' && row.endsAt > now,
          }
        : null,
  }))
}

/**
 * Empties what mails said of people: thirty days after the day they were about, or after they came
 * where no day is known. What nobody dealt with until then is over.
 */
export async function forgetOldMails(db: Reader, now: Date): Promise<void> {
  const before = new Date(now.getTime() - daysKept * 86_400_000)
  await queries.emptyOld(db, before, before, now)
}
