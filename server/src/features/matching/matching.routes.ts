import type { FastifyInstance } from 'fastify'
import { type Day, dayById } from '#server/features/days/days.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { matchingRoutes } from '#shared/matching/matching.contract.ts'
import { cardOf } from './matching.card.ts'
import { instanceFile } from './matching.file.ts'
import { cardHolder, mayMatch } from './matching.policy.ts'
import * as matching from './matching.service.ts'
import * as views from './matching.views.ts'

/** The day, for a director of its region. */
async function dayFor(db: Database, actor: Actor, dayId: string): Promise<Day | Refusal> {
  const day = await dayById(db, dayId)
  if (!day) return refuse('not-found')
  return mayMatch(actor, day.regionId) ? day : refuse('forbidden')
}

async function planFor(
  db: Database,
  actor: Actor,
  planId: string,
): Promise<{ plan: matching.Plan; day: Day } | Refusal> {
  const plan = await matching.planById(db, planId)
  if (!plan) return refuse('not-found')
  const day = await dayFor(db, actor, plan.dayId)
  return isRefusal(day) ? day : { plan, day }
}

/** Publishing is told elsewhere: it crosses into invitations. */
export function matchingFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, matchingRoutes.studio, async ({ db, actor, params, now }) => {
    const day = await dayFor(db, actor, params.dayId)
    return isRefusal(day) ? day : views.studioOf(db, day, now)
  })

  implement(app, services, matchingRoutes.instance, async ({ db, actor, params }) => {
    const day = await dayFor(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return {
      fileName: `10-de-coeur-${day.date}.json`,
      contentType: 'application/json; charset=utf-8',
      bytes: instanceFile(await matching.planInputOf(db, day)),
    }
  })

  implement(app, services, matchingRoutes.requestPlan, async ({ db, actor, params, body, now }) => {
    const day = await dayFor(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return inTransaction(db, (trx) => matching.requestPlan(trx, day.id, actor.accountId, now, body))
  })

  implement(app, services, matchingRoutes.plan, async ({ db, actor, params, query }) => {
    const found = await planFor(db, actor, params.planId)
    if (isRefusal(found)) return found
    const { plan } = found
    // Only a draft can be outdated: what is in force was true when it was published.
    const outdated = plan.status === 'ready' && (await matching.isOutdated(db, plan))
    return { plan, outdated, against: await views.changeOf(db, plan, query.against) }
  })

  implement(app, services, matchingRoutes.cancelPlan, async ({ db, actor, params, now }) => {
    const found = await planFor(db, actor, params.planId)
    if (isRefusal(found)) return found
    const { planId } = params
    return inTransaction(db, (trx) => matching.cancelPlan(trx, planId, actor.accountId, now))
  })

  implement(app, services, matchingRoutes.keepPlan, async ({ db, actor, params, body, now }) => {
    const found = await planFor(db, actor, params.planId)
    if (isRefusal(found)) return found
    return inTransaction(db, (trx) =>
      matching.keepPlan(trx, params.planId, body.name, actor.accountId, now),
    )
  })

  implement(app, services, matchingRoutes.discardPlan, async ({ db, actor, params, now }) => {
    const found = await planFor(db, actor, params.planId)
    if (isRefusal(found)) return found
    const { planId } = params
    return inTransaction(db, (trx) => matching.discardPlan(trx, planId, actor.accountId, now))
  })

  implement(app, services, matchingRoutes.planPicture, async ({ db, actor, params }) => {
    const found = await planFor(db, actor, params.planId)
    return isRefusal(found) ? found : views.planPicture(db, found.day, found.plan)
  })

  implement(app, services, matchingRoutes.plannedGuests, async ({ db, actor, params, query }) => {
    const found = await planFor(db, actor, params.planId)
    return isRefusal(found) ? found : views.guestsPage(db, found.plan, query)
  })

  implement(app, services, matchingRoutes.idleSlots, async ({ db, actor, params }) => {
    const found = await planFor(db, actor, params.planId)
    return isRefusal(found) ? found : views.idleSlots(db, found.day, found.plan)
  })

  implement(app, services, matchingRoutes.seatChoices, async ({ db, actor, params }) => {
    const found = await planFor(db, actor, params.planId)
    if (isRefusal(found)) return found
    return views.seatChoices(db, found.day, found.plan, params.personId)
  })

  implement(app, services, matchingRoutes.setPin, async ({ db, actor, params, body, now }) => {
    const day = await dayFor(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return inTransaction(db, (trx) => matching.setPin(trx, day.id, body, actor.accountId, now))
  })

  implement(app, services, matchingRoutes.handChoices, async ({ db, actor, params }) => {
    const day = await dayFor(db, actor, params.dayId)
    return isRefusal(day) ? day : views.handChoices(db, day)
  })

  implement(app, services, matchingRoutes.undoChoice, async (asked) => {
    const { db, actor, params, query, now } = asked
    const day = await dayFor(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const choice = { ...query, choiceId: params.choiceId }
    return inTransaction(db, (trx) =>
      matching.undoChoice(trx, day.id, choice, actor.accountId, now),
    )
  })

  implement(app, services, matchingRoutes.myCard, async ({ db, actor, params }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const holder = cardHolder(actor, day.regionId)
    return holder ? cardOf(db, day, holder.personId) : refuse('forbidden')
  })
}
