import * as days from '#server/features/days/days.service.ts'
import * as matching from '#server/features/matching/matching.service.ts'
import { observingWindow } from '#server/features/observations/observations.rules.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { keyedHash, seal, unseal } from '#server/platform/secrets.ts'
import type { Card, OwnThanks, ReceivedThanks } from '#shared/thanks/thanks.contract.ts'
import * as queries from './thanks.queries.ts'
import { cardWindow, leavesOn } from './thanks.rules.ts'

/** A card on its way: from whose place, to whom, and the slot whose link its host reads it by. */
export interface WaitingCard extends Card {
  placementId: string
  hostId: string
  slotId: string
}

const sealedFor = 'thanks'
/** More than the longest card takes in base64: all sealed cards are of one length. */
const evenLength = 1_600

/** The same for every card of one placement, and for nobody without the secret. */
const keyOf = (secret: string, placementId: string) => keyedHash(secret, sealedFor, placementId)

function sealCard(secret: string, card: WaitingCard): string {
  const text = Buffer.from(JSON.stringify(card)).toString('base64')
  return seal(secret, sealedFor, text.padEnd(evenLength))
}

/** Undefined where the installation’s secret was changed meanwhile. */
export function openCard(secret: string, sealed: string): WaitingCard | undefined {
  const text = unseal(secret, sealedFor, sealed)
  if (text === undefined) return undefined
  return JSON.parse(Buffer.from(text, 'base64').toString()) as WaitingCard
}

type Place = matching.Placement

/** The place somebody has that day, if any. */
export const placeOf: (db: Reader, dayId: string, personId: string) => Promise<Place | undefined> =
  matching.activePlacementOf

/** The card of a guest’s place, whether it waits or has left. */
export async function ownThanks(
  db: Reader,
  secret: string,
  place: Place,
  now: Date,
): Promise<OwnThanks | Refusal> {
  const found = await meetingOf(db, place)
  if (!found) return refuse('placement-ended')
  const { day, slot } = found
  const left = await queries.leftCard(db, place.id)
  const waiting = await queries.waitingCard(db, keyOf(secret, place.id))
  const opened = waiting && openCard(secret, waiting.sealed)
  const card = left ?? (opened && { words: opened.words, signed: opened.signed })
  return {
    firstName: (await roster.personById(db, place.personId))?.firstName ?? '',
    hostFirstName: (await roster.personById(db, slot.hostId))?.firstName ?? '',
    onlyGuest: (await matching.activePlacementsOfSlot(db, slot.id)).length === 1,
    state: left ? 'left' : cardWindow(day, slot, now),
    opensAt: slot.startsAt,
    closesAt: observingWindow(day).closesAt,
    card: card ?? null,
    leavesOn: leavesOn(day.timeZone, now),
  }
}

/**
 * Writes or rewrites the card of a place. The write comes before the look at what has left: it waits
 * for an evening that is just taking the card along, and then sees that it did.
 */
export async function writeCard(
  trx: Trx,
  secret: string,
  place: Place,
  card: Card,
  now: Date,
): Promise<Refusal | undefined> {
  const found = await meetingOf(trx, place)
  if (!found) return refuse('placement-ended')
  const { day, slot } = found
  if (cardWindow(day, slot, now) !== 'open') return refuse('thanks-closed')
  const { words, signed } = card
  const waiting = { placementId: place.id, hostId: slot.hostId, slotId: slot.id, words, signed }
  await queries.putWaiting(trx, {
    key: keyOf(secret, place.id),
    day_id: day.id,
    sealed: sealCard(secret, waiting),
    leaves_on: leavesOn(day.timeZone, now),
  })
  if (await queries.leftCard(trx, place.id)) return refuse('thanks-left')
}

/** Takes a card back that has not left; none at all is as good. */
export async function withdrawCard(
  trx: Trx,
  secret: string,
  place: Place,
): Promise<Refusal | undefined> {
  const dropped = await queries.dropWaiting(trx, keyOf(secret, place.id))
  if (!dropped && (await queries.leftCard(trx, place.id))) return refuse('thanks-left')
}

/** The cards a host received for a day. */
export async function receivedThanks(
  db: Reader,
  dayId: string,
  hostId: string,
): Promise<ReceivedThanks[]> {
  const cards = await queries.receivedCards(db, dayId, hostId)
  const signed = cards.flatMap((card) => (card.signed ? card.placementId : []))
  const places = await matching.placementsByIds(db, signed)
  const guests = await roster.peopleByIds(
    db,
    places.map(({ personId }) => personId),
  )
  const names = new Map(guests.map(({ id, firstName }) => [id, firstName]))
  const from = new Map(places.map(({ id, personId }) => [id, names.get(personId) ?? null]))
  return cards.map(({ id, words, placementId }) => ({
    id,
    words,
    from: from.get(placementId) ?? null,
  }))
}

/** What the first screen tells: whom one may still thank, and how many cards came. */
export async function thanksAtHome(
  db: Reader,
  secret: string,
  dayId: string,
  personId: string,
  now: Date,
): Promise<{ toThank: string | null; received: number }> {
  const place = await placeOf(db, dayId, personId)
  const own = place && (await ownThanks(db, secret, place, now))
  const isOpen = own && 'state' in own && own.state === 'open' && own.card === null
  return {
    toThank: isOpen ? own.hostFirstName : null,
    received: (await queries.receivedCards(db, dayId, personId)).length,
  }
}

/** Where and when; nothing for a place given back. */
async function meetingOf(db: Reader, place: Place) {
  const day = await days.dayById(db, place.dayId)
  const slot = await slots.slotById(db, place.slotId)
  return place.status === 'active' && day && slot ? { day, slot } : undefined
}
