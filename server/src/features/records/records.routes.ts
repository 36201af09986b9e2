import type { FastifyInstance } from 'fastify'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { recordsRoutes as routes } from '#shared/records/records.contract.ts'
import { mayLookAfterRecords } from './records.policy.ts'
import { recordsView, retryRecords } from './records.service.ts'

/** Whether the learning record store takes what is told to it. */
export function recordsFeature(app: FastifyInstance, services: Services): void {
  const { xapiUrl } = services.config

  implement(app, services, routes.records, async ({ db, actor }) =>
    mayLookAfterRecords(actor) ? recordsView(db, xapiUrl) : refuse('forbidden'),
  )

  implement(app, services, routes.retry, async ({ db, actor }) => {
    if (!mayLookAfterRecords(actor)) return refuse('forbidden')
    await inTransaction(db, retryRecords)
    return recordsView(db, xapiUrl)
  })
}
