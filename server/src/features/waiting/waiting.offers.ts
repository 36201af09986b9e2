import type { Day } from '#server/features/days/days.service.ts'
import { capKey } from '#server/features/matching/matching.rules.ts'
import {
  activePlacements,
  type PlanInput,
  seatFairly,
} from '#server/features/matching/matching.service.ts'
import { mayShadow } from '#server/features/signup/signup.rules.ts'
import { slotsOfDay, stillStands } from '#server/features/slots/slots.service.ts'
import { newId } from '#server/platform/identity.ts'
import { addJob, type Trx } from '#server/platform/postgres/database.ts'
import type { SeatOfferStatus, WithdrawnReason } from '#shared/waiting/waiting.vocabulary.ts'
import { waitingList } from './waiting.list.ts'
import * as queries from './waiting.queries.ts'
import { chooseSeekers, lastMoment, offerExpiry } from './waiting.rules.ts'
import { readSeats } from './waiting.seats.ts'

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

/**
 * Takes back the offers that can no longer be kept: their slot went or has fewer places, whoever
 * holds them now hosts at that hour or left the day. Of too many offers for what is left, those
 * first on the list stay; people who have a seat come before any offer.
 * @returns those taken back.
 */
export async function withdrawImpossible(
  trx: Trx,
  day: Day,
  input: PlanInput,
  now: Date,
): Promise<SeatOffer[]> {
  const pending = await queries.pendingOffers(trx, day.id)
  if (pending.length === 0) return []
  const { wisherOf } = await readSeats(trx, day, input, [])
  const slotOf = new Map((await slotsOfDay(trx, day.id)).map((slot) => [slot.id, slot]))
  const room = new Map(input.caps.map((cap) => [capKey(cap.siteId, cap.periodId), cap.capacity]))
  // A slot that waits to be released anew keeps what was promised in it.
  for (const slot of slotOf.values()) room.set(slot.id, stillStands(slot) ? slot.capacity : 0)
  const keysOf = (slotId: string) => {
    const { siteId, periodId } = slotOf.get(slotId)!
    return [slotId, capKey(siteId, periodId)].filter((key) => room.has(key))
  }
  const take = (slotId: string) => {
    for (const key of keysOf(slotId)) room.set(key, room.get(key)! - 1)
  }
  const fits = (slotId: string) => keysOf(slotId).every((key) => room.get(key)! > 0)
  for (const { slotId } of await activePlacements(trx, day.id)) take(slotId)
  const places = new Map(
    (await waitingList(trx, day)).map(({ personId }, place) => [personId, place]),
  )
  const gone: SeatOffer[] = []
  const unfree: SeatOffer[] = []
  const inOrder = pending
    .map((offer) => ({ offer, place: places.get(offer.personId) }))
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
  for (const { offer, place } of inOrder) {
    const wisher = wisherOf(offer.personId)
    const isFree = place !== undefined && wisher && mayShadow(wisher, slotOf.get(offer.slotId)!)
    if (!isFree) unfree.push(offer)
    else if (fits(offer.slotId)) take(offer.slotId)
    else gone.push(offer)
  }
  return [
    ...(await withdraw(trx, gone, 'slot-gone', now)),
    ...(await withdraw(trx, unfree, 'not-free', now)),
  ]
}

/**
 * Offers what is free to the waiting list, in its order, each the best-ranked seat possible among
 * those chosen. Nobody is offered a second seat while the first waits for an answer, nor one they
 * let pass. A job ends each offer when its time is over.
 * @param hours what people are given to think; see `offerExpiry`.
 */
export async function makeOffers(
  trx: Trx,
  day: Day,
  input: PlanInput,
  now: Date,
  hours: number,
): Promise<SeatOffer[]> {
  const offers = await queries.offersOfDay(trx, day.id)
  const pending = offers.filter(({ status }) => status === 'pending')
  const { open, groupFree, wished } = await readSeats(trx, day, input, pending)
  const expiry = new Map(
    input.slots.map(({ id, startsAt }) => [id, offerExpiry(now, startsAt, day.timeZone, hours)]),
  )
  const slots = open.filter(({ id }) => expiry.get(id))
  if (slots.length === 0) return []

  const holding = new Set(pending.map(({ personId }) => personId))
  const passed = new Set(
    offers.flatMap(({ status, personId, slotId }) =>
      status === 'declined' || status === 'expired' ? [`${personId} ${slotId}`] : [],
    ),
  )
  const offerable = new Set(slots.map(({ id }) => id))
  const seekers = (await waitingList(trx, day)).flatMap(({ personId }) => {
    if (holding.has(personId)) return []
    const seats = wished(personId).filter(
      ({ slot }) => offerable.has(slot) && !passed.has(`${personId} ${slot}`),
    )
    return seats.length > 0 ? [{ personId, seats }] : []
  })
  const chosen = new Set(chooseSeekers(seekers, slots, groupFree))
  const lucky = seekers.filter(({ personId }) => chosen.has(personId))
  const rows = seatFairly(lucky, slots, groupFree, day.id).map(({ personId, slotId, rank }) => ({
    id: newId(now),
    region_id: day.regionId,
    day_id: day.id,
    slot_id: slotId,
    person_id: personId,
    rank,
    status: 'pending' as const,
    made_at: now,
    expires_at: expiry.get(slotId)!,
    ended_at: null,
    withdrawn_reason: null,
    placement_id: null,
  }))
  await queries.insertOffers(trx, rows)
  for (const { id, expires_at: runAt } of rows) {
    await addJob(trx, 'expire-offers', { dayId: day.id }, { key: `expire-offers:${id}`, runAt })
  }
  const made = new Set(rows.map(({ id }) => id))
  return (await queries.pendingOffers(trx, day.id)).filter(({ id }) => made.has(id))
}

/**
 * Lets the offers of a slot that was moved end while its host can still hear of an answer.
 * @returns those that wait for one.
 */
export async function moveOffers(
  trx: Trx,
  slot: { id: string; dayId: string; startsAt: Date },
): Promise<SeatOffer[]> {
  const latest = lastMoment(slot.startsAt)
  const offers = (await queries.pendingOffers(trx, slot.dayId)).filter(
    ({ slotId }) => slotId === slot.id,
  )
  for (const { id, expiresAt } of offers) {
    if (expiresAt > latest) await queries.shortenOffer(trx, id, latest)
  }
  return offers
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
async function withdraw(
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
