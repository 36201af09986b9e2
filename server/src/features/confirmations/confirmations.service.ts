import { type Day, holdDay, lockDay } from '#server/features/days/days.service.ts'
import { type Placement, placementById } from '#server/features/matching/matching.service.ts'
import { personById } from '#server/features/roster/roster.service.ts'
import { lockSlot, type Slot, slotById } from '#server/features/slots/slots.service.ts'
import { readToken, worthOf } from '#server/platform/capabilities.ts'
import { newId } from '#server/platform/identity.ts'
import { notify } from '#server/platform/live/live.ts'
import { withdrawAsking } from '#server/platform/outbox/outbox.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  AnswerChannel,
  MeetingState,
  RecordedAnswer,
} from '#shared/confirmations/confirmations.contract.ts'
import * as queries from './confirmations.queries.ts'
import { placementState, slotState } from './confirmations.rules.ts'

export const confirmationsOfDay = queries.confirmationsOfDay
export const daysWithMaybes = queries.daysWithMaybes
export const markNudged = queries.markNudged
export { meetingOfPlacement, meetingOfSlot } from './confirmations.meetings.ts'

/**
 * What whoever follows the answers of a day listens to: answers, and mails a person must look at;
 * of a region, such mails as are about no day anybody knows.
 */
export const answersTopic = (dayOrRegionId: string) => `answers:${dayOrRegionId}` as const

/** What a host answered to a slot, if anything. */
export const answerOfSlot = (db: Reader, slotId: string) =>
  queries.confirmationOf(db, 'slot_id', slotId)

/** What a guest answered to a placement, if anything. */
export const answerOfPlacement = (db: Reader, placementId: string) =>
  queries.confirmationOf(db, 'placement_id', placementId)

/**
 * Records a host's answer. The same answer twice is one answer; a « no » is only recorded here,
 * the use case `host-declines` closes the slot in the same transaction.
 * @returns whether anything changed.
 */
export async function answerForSlot(
  trx: Trx,
  slotId: string,
  answer: RecordedAnswer,
  channel: AnswerChannel,
  now: Date,
): Promise<{ changed: boolean } | Refusal> {
  const found = await slotById(trx, slotId)
  // The day before the slot, always: whoever locks both locks them in this order.
  const day = found && (await holdDay(trx, found.dayId))
  const slot = await lockSlot(trx, slotId)
  if (!slot || !day) return refuse('not-found')
  if ((await answerOfSlot(trx, slotId))?.answer === answer) return { changed: false }
  const no = slotRefusal(slot, day, now)
  if (no) return no
  await queries.writeAnswer(trx, 'slot_id', {
    id: newId(now),
    region_id: slot.regionId,
    day_id: slot.dayId,
    slot_id: slotId,
    placement_id: null,
    answer,
    channel,
    answered_at: now,
  })
  await withdrawAsking(trx, slotId)
  await notify(trx, answersTopic(slot.dayId))
  return { changed: true }
}

/** Records a guest's answer, like {@link answerForSlot}; `guest-cancels` frees the place. */
export async function answerForPlacement(
  trx: Trx,
  placementId: string,
  answer: RecordedAnswer,
  channel: AnswerChannel,
  now: Date,
): Promise<{ changed: boolean } | Refusal> {
  const found = await placementById(trx, placementId)
  const day = found && (await holdDay(trx, found.dayId))
  if (found) await lockSlot(trx, found.slotId)
  // Read again: whoever held the slot may just have ended it.
  const placement = await placementById(trx, placementId)
  if (!placement || !day) return refuse('not-found')
  if ((await answerOfPlacement(trx, placementId))?.answer === answer) return { changed: false }
  const no = placementRefusal(placement, day, now)
  if (no) return no
  await queries.writeAnswer(trx, 'placement_id', {
    id: newId(now),
    region_id: placement.regionId,
    day_id: placement.dayId,
    slot_id: null,
    placement_id: placementId,
    answer,
    channel,
    answered_at: now,
  })
  await withdrawAsking(trx, placementId)
  await notify(trx, answersTopic(placement.dayId))
  return { changed: true }
}

/**
 * Holds the day of a slot and tells whether it is still its host's: between reading their link and
 * now a colleague may have taken it over. A « no » will change the day, so it locks it at once.
 */
export async function stillHosts(trx: Trx, slot: Slot, answer: RecordedAnswer): Promise<boolean> {
  await (answer === 'no' ? lockDay : holdDay)(trx, slot.dayId)
  return (await slotById(trx, slot.id))?.hostId === slot.hostId
}

/** Another hour or place: what was answered before no longer counts (RFC 5546 2.1.4). */
export async function forgetAnswers(
  trx: Trx,
  subjects: { slotIds: string[]; placementIds: string[] },
): Promise<void> {
  const { slotIds, placementIds } = subjects
  if (slotIds.length + placementIds.length > 0) {
    await queries.deleteAnswers(trx, slotIds, placementIds)
  }
}

/**
 * The placement a guest's link stands for; `link-renewed` for one replaced, `link-expired` for none of
 * ours, `holder-left` while its guest is no longer in the region: what it shows is about colleagues.
 */
export async function resolvePlacementLink(db: Reader, secret: string, token: string) {
  const read = readToken(token)
  const placement = read && (await placementById(db, read.id))
  if (!placement) return refuse('link-expired')
  const worth = worthOf(secret, 'placement', token, placement.linkGeneration)
  if (worth !== 'current') return refuse(worth === 'former' ? 'link-renewed' : 'link-expired')
  return (await personById(db, placement.personId))?.leftOn ? refuse('holder-left') : placement
}

/** Why nothing about a host's meeting can change any more; undefined while it can. */
export const slotRefusal = (slot: Slot, day: Day, now: Date) =>
  closedTo(slotState(slot, day, now), 'slot-closed')

/** The same for a guest's. */
export const placementRefusal = (placement: Placement, day: Day, now: Date) =>
  closedTo(placementState(placement, day, now), 'placement-ended')

function closedTo(
  state: MeetingState,
  ended: 'slot-closed' | 'placement-ended',
): Refusal | undefined {
  if (state === 'open') return undefined
  if (state === 'ended') return refuse(ended)
  if (state === 'over') return refuse('day-over')
  return refuse(state === 'day-cancelled' ? 'day-cancelled' : 'not-published')
}
