import type { FastifyInstance } from 'fastify'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { facilitatorRoutes as routes } from '#shared/workshops/workshops.facilitator.contract.ts'
import { addWalkIn, refusalOf, sayAttended } from './workshops.attendance.ts'
import type { WorkshopSetting } from './workshops.changes.ts'
import { facilitatedView, findWalkIns, roomView } from './workshops.facilitator.views.ts'
import { sessionByLink } from './workshops.links.ts'
import { workshopById } from './workshops.service.ts'

/** What whoever leads a session does on a phone, and whoever scans the picture of its room. */
export function facilitatorFeature(
  app: FastifyInstance,
  services: Services,
  setting: WorkshopSetting,
): void {
  const { db, secret } = services
  const led = (token: string) => sessionByLink(db, secret, 'facilitator', token)

  implement(app, services, routes.facilitatedSession, async ({ params, now }) => {
    const session = await led(params.token)
    return isRefusal(session) ? session : facilitatedView(db, secret, session.id, now)
  })

  implement(app, services, routes.facilitatorLive, async ({ params }) => {
    const session = await led(params.token)
    return isRefusal(session) ? session : { topics: [`workshop:${session.workshopId}`] as const }
  })

  implement(app, services, routes.sayCame, async ({ params, body, now }) => {
    const session = await led(params.token)
    if (isRefusal(session)) return session
    const teller = { by: 'facilitator', accountId: null } as const
    const refused = await inTransaction(db, (trx) =>
      sayAttended(trx, session.id, params.personId, body.attended, teller, now, setting),
    )
    return refused ?? facilitatedView(db, secret, session.id, now)
  })

  implement(app, services, routes.findWalkIn, async ({ params, query, now }) => {
    const session = await led(params.token)
    if (isRefusal(session)) return session
    const workshop = await workshopById(db, session.workshopId)
    const refused = refusalOf(session, workshop?.status === 'seated', 'facilitator', now)
    return refused ?? findWalkIns(db, session, query.search)
  })

  implement(app, services, routes.addWalkIn, async ({ params, body, now }) => {
    const session = await led(params.token)
    if (isRefusal(session)) return session
    const refused = await inTransaction(db, (trx) =>
      addWalkIn(trx, session.id, body.personId, now, setting),
    )
    return refused ?? facilitatedView(db, secret, session.id, now)
  })

  implement(app, services, routes.room, async ({ params, now }) => {
    const session = await sessionByLink(db, secret, 'workshop-room', params.token)
    return isRefusal(session) ? session : roomView(db, session.id, now)
  })

  implement(app, services, routes.arriveInRoom, async ({ params, now }) => {
    const session = await sessionByLink(db, secret, 'workshop-room', params.token)
    if (isRefusal(session)) return session
    const teller = { by: 'person', accountId: null } as const
    const refused = await inTransaction(db, (trx) =>
      sayAttended(trx, session.id, params.personId, 'came', teller, now, setting),
    )
    return refused ?? roomView(db, session.id, now)
  })
}
