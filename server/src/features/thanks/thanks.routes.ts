import type { FastifyInstance } from 'fastify'
import { resolvePlacementLink } from '#server/features/confirmations/confirmations.service.ts'
import * as days from '#server/features/days/days.service.ts'
import type { Placement } from '#server/features/matching/matching.service.ts'
import { resolveSlotLink } from '#server/features/slots/slots.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { thanksRoutes as routes } from '#shared/thanks/thanks.contract.ts'
import * as policy from './thanks.policy.ts'
import * as thanks from './thanks.service.ts'

/** No audit and no record of repetitions: either would keep the minute in which somebody wrote. */
export function thanksFeature(app: FastifyInstance, services: Services): void {
  const { secret } = services

  async function reader(db: Database, actor: Actor, dayId: string) {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    const personId = policy.selfIn(actor, day.regionId)
    return personId ? { day, personId } : refuse('forbidden')
  }

  async function ownPlace(db: Database, actor: Actor, dayId: string) {
    const found = await reader(db, actor, dayId)
    if (isRefusal(found)) return found
    return (await thanks.placeOf(db, dayId, found.personId)) ?? refuse('placement-ended')
  }

  /** Does one thing with the card of a place, and tells how it stands afterwards. */
  async function afterwards(
    db: Database,
    place: Placement | Refusal,
    now: Date,
    work: (trx: Trx, place: Placement) => Promise<Refusal | undefined>,
  ) {
    if (isRefusal(place)) return place
    const refused = await inTransaction(db, (trx) => work(trx, place))
    return refused ?? thanks.ownThanks(db, secret, place, now)
  }

  implement(app, services, routes.thanks, async ({ db, actor, params, now }) => {
    const found = await reader(db, actor, params.dayId)
    if (isRefusal(found)) return found
    const { day, personId } = found
    const place = await thanks.placeOf(db, day.id, personId)
    const own = place ? await thanks.ownThanks(db, secret, place, now) : null
    if (isRefusal(own)) return own
    return { own, received: await thanks.receivedThanks(db, day.id, personId) }
  })

  implement(app, services, routes.write, async ({ db, actor, params, body, now }) =>
    afterwards(db, await ownPlace(db, actor, params.dayId), now, (trx, place) =>
      thanks.writeCard(trx, secret, place, body, now),
    ),
  )

  implement(app, services, routes.withdraw, async ({ db, actor, params, now }) =>
    afterwards(db, await ownPlace(db, actor, params.dayId), now, (trx, place) =>
      thanks.withdrawCard(trx, secret, place),
    ),
  )

  implement(app, services, routes.ownByLink, async ({ db, params, now }) => {
    const place = await resolvePlacementLink(db, secret, params.token)
    return isRefusal(place) ? place : thanks.ownThanks(db, secret, place, now)
  })

  implement(app, services, routes.writeByLink, async ({ db, params, body, now }) =>
    afterwards(db, await resolvePlacementLink(db, secret, params.token), now, (trx, place) =>
      thanks.writeCard(trx, secret, place, body, now),
    ),
  )

  implement(app, services, routes.withdrawByLink, async ({ db, params, now }) =>
    afterwards(db, await resolvePlacementLink(db, secret, params.token), now, (trx, place) =>
      thanks.withdrawCard(trx, secret, place),
    ),
  )

  implement(app, services, routes.receivedByLink, async ({ db, params }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    return isRefusal(slot) ? slot : thanks.receivedThanks(db, slot.dayId, slot.hostId)
  })
}
