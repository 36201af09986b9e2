import type { FastifyInstance } from 'fastify'
import { isDirectorOf } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { irritantsRoutes } from '#shared/days/days.irritants.contract.ts'
import { addIrritant, changeIrritant, everyIrritant } from './days.irritants.ts'
import { mayReadIrritants } from './days.policy.ts'

/** The irritants of a region are its director's to word, and a trainer's to read. */
export function irritantsFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, irritantsRoutes.irritants, async ({ db, actor, params }) => {
    if (!mayReadIrritants(actor, params.regionId)) return refuse('forbidden')
    return everyIrritant(db, params.regionId)
  })

  implement(app, services, irritantsRoutes.addIrritant, async (input) => {
    const { db, actor, params, body, now } = input
    if (!isDirectorOf(actor, params.regionId)) return refuse('forbidden')
    return inTransaction(db, (trx) => addIrritant(trx, params.regionId, body, actor.accountId, now))
  })

  implement(app, services, irritantsRoutes.changeIrritant, async (input) => {
    const { db, actor, params, body, now } = input
    if (!isDirectorOf(actor, params.regionId)) return refuse('forbidden')
    return inTransaction(db, (trx) =>
      changeIrritant(trx, params.regionId, params.irritantId, body, actor.accountId, now),
    )
  })
}
