import type { FastifyInstance } from 'fastify'
import { implement } from '#server/platform/http/routing.ts'
import type { Services } from '#server/platform/services.ts'
import { homeRoutes } from '#shared/home/home.contract.ts'
import { changesFor, homeOf, openActionsOf, workshopsFor } from './home.ts'

/** The first screen: it asks every feature, so it belongs to none. */
export function homeFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, homeRoutes.about, async ({ config }) => ({ demo: config.demo }))
  implement(app, services, homeRoutes.home, async ({ db, secret, actor, now }) => ({
    days: await homeOf(db, secret, actor, now),
    workshops: await workshopsFor(db, secret, actor, now),
    openActions: await openActionsOf(db, actor),
    changes: await changesFor(db, actor, now),
  }))
}
