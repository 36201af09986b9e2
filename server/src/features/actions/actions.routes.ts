import type { FastifyInstance } from 'fastify'
import * as days from '#server/features/days/days.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { actionsRoutes as routes } from '#shared/actions/actions.contract.ts'
import { disownLink, linkHolder } from './actions.links.ts'
import * as policy from './actions.policy.ts'
import * as actions from './actions.service.ts'
import * as views from './actions.views.ts'

export function actionsFeature(app: FastifyInstance, services: Services): void {
  /** The day, for those who plan what is done about it. */
  async function plannable(db: Database, actor: Actor, dayId: string): Promise<days.Day | Refusal> {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    return policy.mayPlan(actor, day.regionId) ? day : refuse('forbidden')
  }

  /** Who speaks about an action: its owner in their own name, else a director; nobody else. */
  async function speaker(
    db: Database,
    actor: Actor,
    { dayId, actionId }: { dayId: string; actionId: string },
  ): Promise<actions.Author | Refusal> {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    const action = await actions.actionOf(db, dayId, actionId)
    const { regionId } = day
    if (!policy.mayAnswer(actor, action ?? { regionId, ownerId: null })) return refuse('forbidden')
    if (!action) return refuse('not-found')
    const personId = policy.carries(actor, action) ? action.ownerId : null
    return { accountId: actor.accountId, personId }
  }

  implement(app, services, routes.actions, async ({ db, actor, params }) => {
    const day = await plannable(db, actor, params.dayId)
    return isRefusal(day) ? day : views.actionsOfDay(db, day)
  })

  implement(app, services, routes.create, async ({ db, actor, params, body, now }) => {
    const day = await plannable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const by = { accountId: actor.accountId, personId: null }
    const id = await inTransaction(db, (trx) => actions.createAction(trx, day, body, by, now))
    return isRefusal(id) ? id : views.actionView(db, day.id, id)
  })

  implement(app, services, routes.change, async ({ db, actor, params, body, now }) => {
    const day = await plannable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const by = { accountId: actor.accountId, personId: null }
    const { version: seen, ...plan } = body
    const at = { dayId: day.id, id: params.actionId, seen }
    const refused = await inTransaction(db, (trx) =>
      actions.changeAction(trx, day, at, plan, by, now),
    )
    return refused ?? views.actionView(db, day.id, params.actionId)
  })

  implement(app, services, routes.remove, async ({ db, actor, params, now }) => {
    const day = await plannable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const by = { accountId: actor.accountId, personId: null }
    return inTransaction(db, (trx) => actions.removeAction(trx, day, params.actionId, by, now))
  })

  implement(app, services, routes.answer, async ({ db, actor, params, body, now }) => {
    const by = await speaker(db, actor, params)
    if (isRefusal(by)) return by
    const at = { dayId: params.dayId, id: params.actionId }
    const refused = await inTransaction(db, (trx) => actions.answerAction(trx, at, body, by, now))
    return refused ?? views.actionView(db, at.dayId, at.id)
  })

  implement(app, services, routes.measure, async ({ db, actor, params, body, now }) => {
    const by = await speaker(db, actor, params)
    if (isRefusal(by)) return by
    const at = { dayId: params.dayId, id: params.actionId, seen: body.version }
    const refused = await inTransaction(db, (trx) =>
      actions.measureAction(trx, at, body.measure, by, now),
    )
    return refused ?? views.actionView(db, at.dayId, at.id)
  })

  implement(app, services, routes.mine, async ({ db, actor }) =>
    views.actionsOfOwners(
      db,
      actor.memberships.map(({ personId }) => personId),
    ),
  )

  linkRoutes(app, services)
}

/** The same for an owner who came by the link of a mail: what is theirs, about that day. */
function linkRoutes(app: FastifyInstance, services: Services): void {
  const { secret } = services

  /** Who holds the link, where the action is theirs; somebody else’s is not there for them. */
  async function holder(
    db: Database,
    { token, actionId }: { token: string; actionId: string },
    now: Date,
  ) {
    const found = await linkHolder(db, secret, token, now)
    if (isRefusal(found)) return found
    const action = await actions.actionOf(db, found.day.id, actionId)
    if (action?.ownerId !== found.personId) return refuse('not-found')
    const by = { accountId: null, personId: found.personId }
    return { by, at: { dayId: found.day.id, id: actionId } }
  }

  implement(app, services, routes.linked, async ({ db, params, now }) => {
    const found = await linkHolder(db, secret, params.token, now)
    if (isRefusal(found)) return found
    const person = await roster.personById(db, found.personId)
    return {
      firstName: person?.firstName ?? '',
      dayName: found.day.name,
      actions: await views.actionsOfOwners(db, [found.personId], found.day.id),
    }
  })

  implement(app, services, routes.disownLink, async ({ db, params, now }) => {
    const found = await linkHolder(db, secret, params.token, now)
    if (isRefusal(found)) return found
    await inTransaction(db, (trx) => disownLink(trx, found, now))
  })

  implement(app, services, routes.answerLinked, async ({ db, params, body, now }) => {
    const found = await holder(db, params, now)
    if (isRefusal(found)) return found
    const { at, by } = found
    const refused = await inTransaction(db, (trx) => actions.answerAction(trx, at, body, by, now))
    return refused ?? views.actionView(db, at.dayId, at.id)
  })

  implement(app, services, routes.measureLinked, async ({ db, params, body, now }) => {
    const found = await holder(db, params, now)
    if (isRefusal(found)) return found
    const { at, by } = found
    const refused = await inTransaction(db, (trx) =>
      actions.measureAction(trx, { ...at, seen: body.version }, body.measure, by, now),
    )
    return refused ?? views.actionView(db, at.dayId, at.id)
  })
}
