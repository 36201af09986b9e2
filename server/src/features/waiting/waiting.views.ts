import { type Day, dayById, isOver } from '#server/features/days/days.service.ts'
import {
  activePlacements,
  changesSincePublication,
  placementById,
  planInputOf,
} from '#server/features/matching/matching.service.ts'
import {
  peopleByIds,
  personById,
  rolesById,
  sitesById,
} from '#server/features/roster/roster.service.ts'
import { type Slot, slotsOfDay } from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type {
  LinkedOffer,
  MyWaiting,
  Seat,
  SeatOfferSeen,
  WaitingBoard,
} from '#shared/waiting/waiting.contract.ts'
import type { SeatOfferStatus } from '#shared/waiting/waiting.vocabulary.ts'
import { isOpenOffer } from './waiting.rules.ts'
import { readSeats } from './waiting.seats.ts'
import {
  freeForGuest,
  lastOfferOf,
  offersOfDay,
  pendingOffers,
  type SeatOffer,
  waitingList,
  wayBackOf,
} from './waiting.service.ts'

/** More free places than this nobody reads through on a phone. */
const mostFree = 24

/** What the clock says of an offer, where the job that ends it is late. */
const statusAt = (offer: SeatOffer, now: Date): SeatOfferStatus =>
  offer.status === 'pending' && !isOpenOffer(offer, now) ? 'expired' : offer.status

/** Where somebody stands after publication; empty for who does not wait. */
export async function waitingOf(
  db: Reader,
  day: Day,
  personId: string,
  now: Date,
): Promise<MyWaiting> {
  const list = await waitingList(db, day)
  const place = list.findIndex((one) => one.personId === personId)
  if (place < 0 || isOver(day, now)) {
    const mayReturn = (await wayBackOf(db, day, personId, now)) === 'return'
    return { position: null, waiting: list.length, offer: null, free: [], freeInAll: 0, mayReturn }
  }
  const last = await lastOfferOf(db, day.id, personId)
  const free = await freeForGuest(db, day, personId, now)
  const seatOf = await seatWriter(db, day)
  return {
    position: place + 1,
    waiting: list.length,
    offer: last && last.status !== 'accepted' ? offerSeen(last, seatOf, now) : null,
    free: free.slice(0, mostFree).map(({ slotId, rank }) => seatOf(slotId, rank)),
    freeInAll: free.length,
    mayReturn: false,
  }
}

/** An offer as whoever holds its link sees it. */
export async function linkedOffer(db: Reader, offer: SeatOffer, now: Date): Promise<LinkedOffer> {
  const day = await dayById(db, offer.dayId)
  const person = await personById(db, offer.personId)
  if (!day) throw new Error('an offer outlived its day')
  const placement = offer.placementId && (await placementById(db, offer.placementId))
  return {
    ...offerSeen(offer, await seatWriter(db, day), now),
    firstName: person?.firstName ?? '',
    day: { ...day, cancelled: day.cancelledAt !== null, over: isOver(day, now) },
    placed: placement ? placement.status === 'active' : false,
  }
}

function offerSeen(
  offer: SeatOffer,
  seatOf: Awaited<ReturnType<typeof seatWriter>>,
  now: Date,
): SeatOfferSeen {
  const { id, withdrawnReason, expiresAt, slotId, rank } = offer
  const status = statusAt(offer, now)
  return { id, status, withdrawnReason, expiresAt, seat: seatOf(slotId, rank) }
}

async function readPlaces(db: Reader, day: Day) {
  return {
    slots: new Map((await slotsOfDay(db, day.id)).map((slot) => [slot.id, slot])),
    sites: await sitesById(db, day.regionId),
    roles: await rolesById(db, day.regionId),
  }
}

async function seatWriter(db: Reader, day: Day) {
  const { slots, sites, roles } = await readPlaces(db, day)
  const hostIds = [...new Set([...slots.values()].map(({ hostId }) => hostId))]
  const hosts = new Map((await peopleByIds(db, hostIds)).map((host) => [host.id, host]))
  return (slotId: string, rank: number | null): Seat => {
    const slot = slots.get(slotId)!
    const site = sites.get(slot.siteId)!
    const role = roles.get(slot.roleId)!
    return {
      slotId,
      role,
      site,
      startsAt: slot.startsAt,
      endsAt: slot.endsAt,
      hostFirstName: hosts.get(slot.hostId)?.firstName ?? '',
      noCalls: slot.noCalls,
      accessible: slot.accessible,
      safetyEquipment: slot.safetyEquipment,
      note: slot.note,
      rank,
    }
  }
}

/** How the published plan repaired itself, for the director to watch. */
export async function boardOf(db: Reader, day: Day, now: Date): Promise<WaitingBoard> {
  const offers = day.publishedAt ? await offersOfDay(db, day.id) : []
  const changes = day.publishedAt ? await changesSincePublication(db, day.id) : []
  const input = await planInputOf(db, day)
  const { open } = await readSeats(db, day, input, await pendingOffers(db, day.id))
  const { slots, sites, roles } = await readPlaces(db, day)
  const ids = [...offers, ...changes].map(({ personId }) => personId)
  const people = new Map(
    (await peopleByIds(db, [...new Set(ids)])).map((person) => [person.id, person]),
  )
  const nameOf = (personId: string) => {
    const person = people.get(personId)
    return { firstName: person?.firstName ?? '', lastName: person?.lastName ?? '' }
  }
  const placeOf = (slotId: string) => placeWords(slots.get(slotId)!, sites, roles)
  const seatNow = new Map(
    (await activePlacements(db, day.id)).map(({ personId, slotId }) => [personId, slotId]),
  )
  const counted = (status: SeatOfferStatus) =>
    offers.filter((offer) => statusAt(offer, now) === status).length
  return {
    timeZone: day.timeZone,
    waiting: (await waitingList(db, day)).length,
    freePlaces: day.publishedAt ? open.reduce((sum, { free }) => sum + free, 0) : 0,
    offers: {
      pending: counted('pending'),
      accepted: counted('accepted'),
      declined: counted('declined'),
      expired: counted('expired'),
    },
    offered: offers.map((offer) => ({
      ...placeOf(offer.slotId),
      id: offer.id,
      person: nameOf(offer.personId),
      status: statusAt(offer, now),
      madeAt: offer.madeAt,
      expiresAt: offer.expiresAt,
      endedAt: offer.endedAt,
    })),
    repaired: changes.map(({ id, personId, slotId, endedAt, endedReason }) => {
      const to = seatNow.get(personId)
      return {
        id,
        at: endedAt!,
        reason: endedReason!,
        person: nameOf(personId),
        from: placeOf(slotId),
        to: to ? placeOf(to) : null,
      }
    }),
  }
}

function placeWords(
  slot: Slot,
  sites: ReadonlyMap<string, { name: string }>,
  roles: ReadonlyMap<string, { nameFr: string; nameEn: string }>,
) {
  const role = roles.get(slot.roleId)
  return {
    roleFr: role?.nameFr ?? '',
    roleEn: role?.nameEn ?? '',
    siteName: sites.get(slot.siteId)?.name ?? '',
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
  }
}
