import type { FastifyInstance } from 'fastify'
import { resolvePlacementLink } from '#server/features/confirmations/confirmations.service.ts'
import { dayById } from '#server/features/days/days.service.ts'
import { handoversTopic, standInsFor } from '#server/features/handovers/handovers.service.ts'
import {
  activePlacementOf,
  type Placement,
  placementById,
} from '#server/features/matching/matching.service.ts'
import { shortName } from '#server/features/roster/roster.rules.ts'
import { siteById } from '#server/features/roster/roster.service.ts'
import {
  dayOfSlot,
  resolveSlotLink,
  type Slot,
  slotById,
  slotsOfHost,
} from '#server/features/slots/slots.service.ts'
import { type Actor, membershipIn } from '#server/platform/actor.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import { keyedHash } from '#server/platform/secrets.ts'
import type { Services } from '#server/platform/services.ts'
import { allowAttempt } from '#server/platform/throttle.ts'
import { arrivalsRoutes as routes } from '#shared/attendance/attendance.arrivals.contract.ts'
import * as views from './attendance.arrivals.ts'
import * as policy from './attendance.policy.ts'
import { arrivalState, codesPerGuest } from './attendance.rules.ts'
import * as attendance from './attendance.service.ts'

/** Another host, there and then; told by the use cases, which this feature may not import. */
export type NameStandIn = (
  trx: Trx,
  slotId: string,
  personId: string,
  accountId: string,
  now: Date,
) => Promise<undefined | Refusal>

export function attendanceFeature(
  app: FastifyInstance,
  services: Services,
  nameStandIn: NameStandIn,
): void {
  guestRoutes(app, services)
  hostRoutes(app, services)
  siteRoutes(app, services)
  standInRoutes(app, services, nameStandIn)
}

type Work = (trx: Trx) => Promise<undefined | Refusal>

function guestRoutes(app: FastifyInstance, services: Services): void {
  const { secret } = services

  async function afterwards(db: Database, placement: Placement, work: Work, now: Date) {
    const refused = await inTransaction(db, work)
    if (refused) return refused
    const after = await placementById(db, placement.id)
    return after ? views.guestArrival(db, after, now) : refuse('not-found')
  }

  implement(app, services, routes.guestArrival, async ({ db, params, now }) => {
    const placement = await resolvePlacementLink(db, secret, params.token)
    return isRefusal(placement) ? placement : views.guestArrival(db, placement, now)
  })

  implement(app, services, routes.arriveByCode, async ({ db, params, body, now }) => {
    const placement = await resolvePlacementLink(db, secret, params.token)
    if (isRefusal(placement)) return placement
    const guest = keyedHash(secret, codesPerGuest.purpose, placement.id)
    if (!(await allowAttempt(db, codesPerGuest, guest, now))) return refuse('too-many-requests')
    const work: Work = (trx) => attendance.arriveByCode(trx, secret, placement.id, body.code, now)
    return afterwards(db, placement, work, now)
  })

  implement(app, services, routes.reportHost, async ({ db, params, now }) => {
    const placement = await resolvePlacementLink(db, secret, params.token)
    if (isRefusal(placement)) return placement
    const work: Work = (trx) => attendance.reportHost(trx, placement.id, now)
    return afterwards(db, placement, work, now)
  })

  implement(app, services, routes.hostCame, async ({ db, params, now }) => {
    const placement = await resolvePlacementLink(db, secret, params.token)
    if (isRefusal(placement)) return placement
    const work: Work = (trx) => attendance.hostCame(trx, placement.id, now)
    return afterwards(db, placement, work, now)
  })

  implement(app, services, routes.myArrival, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const me = membershipIn(actor, day.regionId)
    if (!me) return refuse('forbidden')
    const isNow = (slot: Slot) => arrivalState(day, slot, now) === 'open'
    const placement = await activePlacementOf(db, day.id, me.personId)
    const visited = placement && (await slotById(db, placement.slotId))
    const hosted = (await slotsOfHost(db, day.id, me.personId)).filter(
      (slot) => slot.status === 'accepted' && isNow(slot),
    )
    const tokenOf = (kind: string, one: { id: string; linkGeneration: number }) =>
      deriveToken(secret, kind, one.id, one.linkGeneration)
    return {
      placementToken:
        placement && visited && isNow(visited) ? tokenOf('placement', placement) : null,
      slots: hosted.map((slot) => ({ slotId: slot.id, token: tokenOf('slot', slot) })),
    }
  })

  implement(app, services, routes.scanned, async ({ db, params, now }) => {
    const slot = await views.resolveArrivalLink(db, secret, params.token)
    return isRefusal(slot) ? slot : views.scannedArrivals(db, slot, now)
  })

  implement(app, services, routes.arriveByScan, async ({ db, params, now }) => {
    const slot = await views.resolveArrivalLink(db, secret, params.token)
    if (isRefusal(slot)) return slot
    const refused = await inTransaction(db, (trx) =>
      attendance.arriveByScan(trx, slot, params.placementId, now),
    )
    return refused ?? views.scannedArrivals(db, slot, now)
  })
}

function hostRoutes(app: FastifyInstance, services: Services): void {
  const { secret } = services
  const host = { by: 'host', accountId: null } as const

  async function afterwards(db: Database, slot: Slot, work: Work, now: Date) {
    const refused = await inTransaction(db, work)
    return refused ?? views.hostArrivals(db, secret, slot, now)
  }

  implement(app, services, routes.hostArrivals, async ({ db, params, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    return isRefusal(slot) ? slot : views.hostArrivals(db, secret, slot, now)
  })

  implement(app, services, routes.hostSays, async ({ db, params, body, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    if (isRefusal(slot)) return slot
    const placement = await placementById(db, params.placementId)
    // Guests of others, and those who have moved on to others, are not this host's to tick off.
    if (placement?.slotId !== slot.id) return refuse('placement-ended')
    const work: Work = (trx) =>
      attendance.sayAttended(trx, placement.id, body.said, host, now, slot.hostId)
    return afterwards(db, slot, work, now)
  })

  implement(app, services, routes.hostIsHere, async ({ db, params, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    if (isRefusal(slot)) return slot
    const work: Work = (trx) => attendance.sayHost(trx, slot.id, false, host, now, slot.hostId)
    return afterwards(db, slot, work, now)
  })

  implement(app, services, routes.hostLive, async ({ db, params }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    if (isRefusal(slot)) return slot
    return { topics: [`attendance-slot:${slot.id}`, handoversTopic(slot.id)] as const }
  })
}

function siteRoutes(app: FastifyInstance, services: Services): void {
  async function dayFor(db: Database, actor: Actor, dayId: string) {
    const day = await dayById(db, dayId)
    if (!day) return refuse('not-found')
    return policy.maySeeArrivals(actor, day.regionId) ? day : refuse('forbidden')
  }

  implement(app, services, routes.board, async ({ db, actor, params, now }) => {
    const day = await dayFor(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const maySee = (siteId: string) => policy.mayTickOffAt(actor, day.regionId, siteId)
    return views.arrivalBoard(db, day, maySee, now)
  })

  implement(app, services, routes.boardLive, async ({ db, actor, params }) => {
    const day = await dayFor(db, actor, params.dayId)
    return isRefusal(day)
      ? day
      : { topics: [`attendance:${day.id}`, handoversTopic(day.id)] as const }
  })

  implement(app, services, routes.ofSite, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    const site = await siteById(db, params.siteId)
    if (!day || site?.regionId !== day.regionId) return refuse('not-found')
    if (!policy.mayTickOffAt(actor, day.regionId, site.id)) return refuse('forbidden')
    return views.siteArrivals(db, day, site, now)
  })

  implement(app, services, routes.say, async ({ db, actor, params, body, now }) => {
    const placement = await placementById(db, params.placementId)
    const slot = placement && (await slotById(db, placement.slotId))
    if (!slot) return refuse('not-found')
    const by = policy.sayerAt(actor, slot.regionId, slot.siteId)
    if (!by) return refuse('forbidden')
    const teller = { by, accountId: actor.accountId }
    return inTransaction(db, (trx) =>
      attendance.sayAttended(trx, params.placementId, body.said, teller, now),
    )
  })

  for (const [route, absent] of [
    [routes.sayHostAbsent, true],
    [routes.sayHostCame, false],
  ] as const) {
    implement(app, services, route, async ({ db, actor, params, now }) => {
      const slot = await slotById(db, params.slotId)
      if (!slot) return refuse('not-found')
      const by = policy.sayerAt(actor, slot.regionId, slot.siteId)
      if (!by) return refuse('forbidden')
      const teller = { by, accountId: actor.accountId }
      return inTransaction(db, (trx) => attendance.sayHost(trx, slot.id, absent, teller, now))
    })
  }
}

function standInRoutes(app: FastifyInstance, services: Services, nameStandIn: NameStandIn): void {
  implement(app, services, routes.standIns, async ({ db, actor, params }) => {
    const slot = await slotById(db, params.slotId)
    if (!slot) return refuse('not-found')
    if (!policy.mayTickOffAt(actor, slot.regionId, slot.siteId)) return refuse('forbidden')
    const colleagues = await standInsFor(db, await dayOfSlot(db, slot), slot)
    return colleagues.map((one) => ({ id: one.id, name: shortName(one) }))
  })

  implement(app, services, routes.nameStandIn, async ({ db, actor, params, body, now }) => {
    const slot = await slotById(db, params.slotId)
    if (!slot) return refuse('not-found')
    if (!policy.mayTickOffAt(actor, slot.regionId, slot.siteId)) return refuse('forbidden')
    return inTransaction(db, (trx) =>
      nameStandIn(trx, slot.id, body.personId, actor.accountId, now),
    )
  })
}
