import { readToken, verifyToken } from '#server/platform/capabilities.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { SeatOffer } from './waiting.offers.ts'
import * as queries from './waiting.queries.ts'

export { waitingList, wayBackOf } from './waiting.list.ts'
export { tellMoved, tellOffered, tellWithdrawn } from './waiting.mails.ts'
export {
  makeOffers,
  moveOffers,
  type SeatOffer,
  withdrawAll,
  withdrawImpossible,
} from './waiting.offers.ts'
export { freeForGuest } from './waiting.seats.ts'

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
