import type { FastifyInstance } from 'fastify'
import * as days from '#server/features/days/days.service.ts'
import { type Actor, belongsTo } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { sharedReads } from '#server/platform/shared-reads.ts'
import { changesRoutes as routes } from '#shared/actions/actions.changes.contract.ts'
import * as changes from './actions.changes.ts'
import * as policy from './actions.policy.ts'

/** What was seen and decided, for everybody of the region; and how its director shares it. */
export function changesFeature(app: FastifyInstance, services: Services): void {
  const { secret } = services
  const together = sharedReads()

  async function sharer(
    db: Database,
    actor: Actor,
    dayId: string,
  ): Promise<changes.Sharer | Refusal> {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    if (!policy.mayShare(actor, day.regionId)) return refuse('forbidden')
    return { day, accountId: actor.accountId }
  }

  implement(app, services, routes.changes, async ({ db, actor, params }) => {
    const day = await days.dayById(db, params.dayId)
    if (!day || !belongsTo(actor, day.regionId)) return refuse('not-found')
    const told = await together(day.id, () => changes.changesOf(db, day))
    return { ...told, mayShare: policy.mayShare(actor, day.regionId) }
  })

  implement(app, services, routes.linkedChanges, ({ db, params }) =>
    together(`link ${params.token}`, () => changes.changesByLink(db, secret, params.token)),
  )

  implement(app, services, routes.sharing, async ({ db, actor, params }) => {
    const by = await sharer(db, actor, params.dayId)
    return isRefusal(by) ? by : changes.sharingOf(db, secret, by.day)
  })

  implement(app, services, routes.share, async ({ db, actor, params, now }) => {
    const by = await sharer(db, actor, params.dayId)
    if (isRefusal(by)) return by
    await inTransaction(db, (trx) => changes.share(trx, by, now))
    return changes.sharingOf(db, secret, by.day)
  })

  implement(app, services, routes.endSharing, async ({ db, actor, params, now }) => {
    const by = await sharer(db, actor, params.dayId)
    if (isRefusal(by)) return by
    await inTransaction(db, (trx) => changes.endSharing(trx, by, now))
    return changes.sharingOf(db, secret, by.day)
  })

  implement(app, services, routes.quotable, async ({ db, actor, params, query }) => {
    const by = await sharer(db, actor, params.dayId)
    if (isRefusal(by)) return by
    return changes.quotableWords(db, by.day.id, params.findingId, query.after)
  })

  implement(app, services, routes.quote, async ({ db, actor, params, body, now }) => {
    const by = await sharer(db, actor, params.dayId)
    if (isRefusal(by)) return by
    const said = { ...params, words: body.words }
    const refused = await inTransaction(db, (trx) => changes.quote(trx, by, said, now))
    return refused ?? changes.sharingOf(db, secret, by.day)
  })

  implement(app, services, routes.unquote, async ({ db, actor, params, now }) => {
    const by = await sharer(db, actor, params.dayId)
    if (isRefusal(by)) return by
    const { observationId, part } = params
    await inTransaction(db, (trx) => changes.unquote(trx, by, { observationId, part }, now))
    return changes.sharingOf(db, secret, by.day)
  })
}
