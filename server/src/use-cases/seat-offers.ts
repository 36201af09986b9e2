import { answerForPlacement } from '#server/features/confirmations/confirmations.service.ts'
import { type Day, isOver, lockDay } from '#server/features/days/days.service.ts'
import { reconcileInvitations } from '#server/features/invitations/invitations.service.ts'
import { activePlacementOf, giveSeat } from '#server/features/matching/matching.service.ts'
import { reviveSignup } from '#server/features/signup/signup.service.ts'
import { isOpenOffer } from '#server/features/waiting/waiting.rules.ts'
import {
  freeForGuest,
  markAccepted,
  markDeclined,
  offerById,
  pendingOffers,
  type SeatOffer,
  waitingList,
} from '#server/features/waiting/waiting.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Answer, AnswerChannel } from '#shared/confirmations/confirmations.contract.ts'
import { type RepairSetting, repairPlan } from './repair-plan.ts'

/**
 * Somebody's answer to a place offered to them. A yes makes it their placement, confirmed at once;
 * a no offers it to the next. The same answer twice is one answer; once the time is over, whether
 * or not a job has noticed yet, there is nothing left to answer.
 */
export async function answerSeatOffer(
  trx: Trx,
  offerId: string,
  answer: Answer,
  channel: AnswerChannel,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const found = await offerById(trx, offerId)
  const day = found && (await lockDay(trx, found.dayId))
  // Read again under the lock: somebody may have answered, or the seat may have gone.
  const offer = day && (await offerById(trx, offerId))
  if (!offer) return refuse('not-found')
  const said = { yes: 'accepted', no: 'declined' } as const
  if (offer.status === said[answer]) return undefined
  const closed = refusalOf(day, now)
  if (closed) return closed
  if (!isOpenOffer(offer, now)) return refuse('seat-offer-over')
  if (answer === 'yes') return accept(trx, day, offer, channel, now, setting)
  await markDeclined(trx, offer.id, now)
  await repairPlan(trx, day.id, now, setting)
  return undefined
}

/**
 * Somebody on the waiting list takes a place that is free, because nobody on the list asked for it.
 * An offer they hold for another place goes to the next.
 */
export async function takeSeat(
  trx: Trx,
  dayId: string,
  personId: string,
  slotId: string,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  const closed = refusalOf(day, now)
  if (closed) return closed
  const placement = await activePlacementOf(trx, dayId, personId)
  if (placement) return placement.slotId === slotId ? undefined : refuse('already-placed')
  const list = await waitingList(trx, day)
  if (!list.some((one) => one.personId === personId)) return refuse('not-waiting')
  // Whoever has a claim comes first: what is over is offered anew before anything can be taken.
  await repairPlan(trx, dayId, now, setting)
  const offer = (await pendingOffers(trx, dayId)).find((one) => one.personId === personId)
  if (offer?.slotId === slotId) return accept(trx, day, offer, 'app', now, setting)
  const seat = (await freeForGuest(trx, day, personId, now)).find((one) => one.slotId === slotId)
  if (!seat) return refuse('seat-taken')
  if (offer) await markDeclined(trx, offer.id, now)
  const given = await giveSeat(trx, day, { personId, ...seat, reason: 'taken' }, now)
  const confirmed = await answerForPlacement(trx, given.id, 'yes', 'app', now)
  if (isRefusal(confirmed)) return confirmed
  await repairPlan(trx, dayId, now, setting)
  return undefined
}

/**
 * Who gave their place or their sign-up back waits again, with the wishes they had and the rank the
 * draw gives them; what is free and fits is offered at once. Twice is once.
 */
export async function waitAgain(
  trx: Trx,
  dayId: string,
  personId: string,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  const closed = refusalOf(day, now)
  if (closed) return closed
  if (await activePlacementOf(trx, dayId, personId)) return refuse('already-placed')
  if (!(await reviveSignup(trx, dayId, personId))) return refuse('not-waiting')
  await repairPlan(trx, dayId, now, setting)
  return undefined
}

async function accept(
  trx: Trx,
  day: Day,
  offer: SeatOffer,
  channel: AnswerChannel,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const { personId, slotId, rank } = offer
  const seat = { personId, slotId, rank, reason: 'offered' as const }
  const placement = await giveSeat(trx, day, seat, now)
  await markAccepted(trx, offer.id, placement.id, now)
  const confirmed = await answerForPlacement(trx, placement.id, 'yes', channel, now)
  if (isRefusal(confirmed)) return confirmed
  await reconcileInvitations(trx, day.id, now, setting)
  return undefined
}

function refusalOf(day: Day, now: Date): Refusal | undefined {
  if (day.cancelledAt) return refuse('day-cancelled')
  if (isOver(day, now)) return refuse('day-over')
  return day.publishedAt ? undefined : refuse('not-published')
}
