import type { FastifyInstance } from 'fastify'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { kitsRoutes as routes } from '#shared/kits/kits.contract.ts'
import * as policy from './kits.policy.ts'
import * as kits from './kits.service.ts'

export function kitsFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, routes.kits, async ({ db, actor, params }) => {
    if (!policy.mayWordKits(actor, params.regionId)) return refuse('forbidden')
    return kits.kitShelf(db, params.regionId)
  })

  implement(app, services, routes.kit, async ({ db, actor, params }) => {
    if (!policy.mayWordKits(actor, params.regionId)) return refuse('forbidden')
    return kits.kitToEdit(db, params)
  })

  implement(app, services, routes.saveKitPart, async ({ db, actor, params, body, now }) => {
    if (!policy.mayWordKits(actor, params.regionId)) return refuse('forbidden')
    const saved = { lines: body.lines, seen: body.version }
    return inTransaction(db, (trx) => kits.saveKitPart(trx, params, saved, actor.accountId, now))
  })
}
