import type { Day } from '#server/features/days/days.service.ts'
import {
  activePlacements,
  drawnOrder,
  placesLost,
} from '#server/features/matching/matching.service.ts'
import { signedUp } from '#server/features/signup/signup.service.ts'
import { readToken, verifyToken } from '#server/platform/capabilities.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { SeatOfferStatus, WithdrawnReason } from '#shared/waiting/waiting.vocabulary.ts'
import * as queries from './waiting.queries.ts'
import { type Waiting, waitingOrder } from './waiting.rules.ts'

export { tellOffered, tellWithdrawn } from './waiting.mails.ts'
export { makeOffers, withdrawImpossible } from './waiting.offers.ts'
export { freeForGuest } from './waiting.seats.ts'

/** A freed place, held for one person until they answer or the time is over. */
export interface SeatOffer {
  id: string
  regionId: string
  dayId: string
  slotId: string
  personId: string
  /** The rank of the wish it answers. */
  rank: number
  status: SeatOfferStatus
  madeAt: Date
  expiresAt: Date
  endedAt: Date | null
  withdrawnReason: WithdrawnReason | null
  /** What accepting it made. */
  placementId: string | null
  linkGeneration: number
}

export const offerById: (db: Reader, id: string) => Promise<SeatOffer | undefined> =
  queries.offerById
export const offersOfDay: (db: Reader, dayId: string) => Promise<SeatOffer[]> = queries.offersOfDay
/** Offers that hold a seat. One whose time is over holds it until it is told to end. */
export const pendingOffers: (db: Reader, dayId: string) => Promise<SeatOffer[]> =
  queries.pendingOffers
export const lastOfferOf: (
  db: Reader,
  dayId: string,
  personId: string,
) => Promise<SeatOffer | undefined> = queries.lastOfferOf

/**
 * Everybody signed up whom a published day leaves without a place, in the order in which freed
 * places are offered; nobody before publication. Holding an offer, or having let one pass, changes
 * nobody's place in it.
 */
export async function waitingList(db: Reader, day: Day): Promise<Waiting[]> {
  if (!day.publishedAt || day.cancelledAt) return []
  const { active } = await signedUp(db, day.id)
  for (const { personId } of await activePlacements(db, day.id)) active.delete(personId)
  const lost = new Map(
    (await placesLost(db, day.id)).map(({ personId, endedAt }) => [personId, endedAt]),
  )
  const people = [...active].map((personId) => ({ personId, lostAt: lost.get(personId) ?? null }))
  return waitingOrder(people, drawnOrder(day.id, [...active]))
}

/** Ends every offer whose time is over; called again it changes nothing. */
export const expireOffers: (trx: Trx, dayId: string, now: Date) => Promise<void> =
  queries.expireOffers

/** Notes that an offer was accepted, with the placement it became. */
export async function markAccepted(trx: Trx, offerId: string, placementId: string, now: Date) {
  const changes = { status: 'accepted' as const, ended_at: now, placement_id: placementId }
  await queries.endOffers(trx, [offerId], changes)
}

/** Notes that an offer was declined: its place goes to somebody else, its holder keeps waiting. */
export async function markDeclined(trx: Trx, offerId: string, now: Date) {
  await queries.endOffers(trx, [offerId], { status: 'declined', ended_at: now })
}

/**
 * Takes every pending offer of a day back: the plan they came from is replaced, or the day does not
 * take place.
 * @returns those taken back.
 */
export async function withdrawAll(
  trx: Trx,
  dayId: string,
  reason: WithdrawnReason,
  now: Date,
): Promise<SeatOffer[]> {
  const pending = await queries.pendingOffers(trx, dayId)
  return withdraw(trx, pending, reason, now)
}

/** Takes some offers back with a closed word for why. */
export async function withdraw(
  trx: Trx,
  offers: SeatOffer[],
  reason: WithdrawnReason,
  now: Date,
): Promise<SeatOffer[]> {
  const ended = { status: 'withdrawn' as const, ended_at: now, withdrawn_reason: reason }
  await queries.endOffers(
    trx,
    offers.map(({ id }) => id),
    ended,
  )
  return offers.map((offer) => ({
    ...offer,
    status: 'withdrawn',
    endedAt: now,
    withdrawnReason: reason,
  }))
}

/** The offer a link stands for; refuses a link not made by us, or made anew since. */
export async function resolveOfferLink(
  db: Reader,
  secret: string,
  token: string,
): Promise<SeatOffer | Refusal> {
  const read = readToken(token)
  const offer = read && (await queries.offerById(db, read.id))
  if (!offer || !verifyToken(secret, 'seat-offer', token, offer.linkGeneration)) {
    return refuse('link-expired')
  }
  return offer
}
