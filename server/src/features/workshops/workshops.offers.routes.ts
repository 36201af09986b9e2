import type { FastifyInstance } from 'fastify'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { workshopOffersRoutes as routes } from '#shared/workshops/workshops.offers.contract.ts'
import { sayAttended } from './workshops.attendance.ts'
import { mayRunWorkshops } from './workshops.policy.ts'
import { proposeWorkshop } from './workshops.proposal.ts'
import { publishSeating } from './workshops.seating.ts'
import { movePerson } from './workshops.seats.ts'
import * as workshops from './workshops.service.ts'
import * as sessions from './workshops.sessions.ts'
import * as views from './workshops.views.ts'

/** What a director does with the workshops of a region. */
export function workshopOffersFeature(
  app: FastifyInstance,
  services: Services,
  setting: workshops.WorkshopSetting,
): void {
  implement(app, services, routes.workshops, async ({ db, actor, params, now }) => {
    if (!mayRunWorkshops(actor, params.regionId)) return refuse('forbidden')
    return views.workshopsOf(db, params.regionId, now, setting)
  })

  implement(app, services, routes.workshopsLive, async ({ actor, params }) => {
    if (!mayRunWorkshops(actor, params.regionId)) return refuse('forbidden')
    return { topics: [`workshops:${params.regionId}`] as const }
  })

  implement(app, services, routes.audience, async ({ db, actor, params, body }) => {
    if (!mayRunWorkshops(actor, params.regionId)) return refuse('forbidden')
    return views.audienceCount(db, params.regionId, body.audience, setting)
  })

  implement(app, services, routes.createWorkshop, async ({ db, actor, params, body, now }) => {
    const { regionId } = params
    if (!mayRunWorkshops(actor, regionId)) return refuse('forbidden')
    const decider = { by: actor.accountId, now }
    const id = await inTransaction(db, (trx) =>
      workshops.createWorkshop(trx, regionId, body, decider, setting),
    )
    return isRefusal(id) ? id : views.workshopView(db, id, now, setting)
  })

  implement(app, services, routes.workshop, async ({ db, actor, params, now }) => {
    const workshop = await run(db, actor, params.workshopId)
    return isRefusal(workshop) ? workshop : views.workshopView(db, workshop.id, now, setting)
  })

  implement(app, services, routes.removeWorkshop, async ({ db, actor, params, now }) => {
    const workshop = await run(db, actor, params.workshopId)
    if (isRefusal(workshop)) return workshop
    const decider = { by: actor.accountId, now }
    return inTransaction(db, (trx) => workshops.removeWorkshop(trx, workshop.id, decider))
  })

  implement(app, services, routes.changeWorkshop, async ({ actor, params, body, now }) =>
    changing(services.db, actor, params.workshopId, now, setting, (trx, { id }, decider) => {
      const { version: seen, ...input } = body
      return workshops.changeWorkshop(trx, { id, seen }, input, decider, setting)
    }),
  )

  implement(app, services, routes.propose, async ({ actor, params, body, now }) =>
    changing(services.db, actor, params.workshopId, now, setting, (trx, { id }, decider) =>
      proposeWorkshop(trx, { id, seen: body.version }, body, decider, setting),
    ),
  )

  implement(app, services, routes.seating, async ({ db, actor, params, query, now }) => {
    const workshop = await run(db, actor, params.workshopId)
    if (isRefusal(workshop)) return workshop
    return views.seatingView(db, workshop, query.silent, now, setting)
  })

  implement(app, services, routes.publishSeating, async ({ actor, params, body, now }) =>
    changing(services.db, actor, params.workshopId, now, setting, (trx, { id }, decider) =>
      publishSeating(trx, { id, seen: body.version }, body, decider, setting),
    ),
  )

  implement(app, services, routes.movePerson, async ({ actor, params, body, now }) =>
    changing(services.db, actor, params.workshopId, now, setting, (trx, { id }, decider) => {
      const sitter = { workshopId: id, personId: params.personId }
      return movePerson(trx, sitter, body.sessionId, decider, setting)
    }),
  )

  implement(app, services, routes.cancelWorkshop, async ({ actor, params, body, now }) =>
    changing(services.db, actor, params.workshopId, now, setting, (trx, { id }, decider) =>
      sessions.cancelWorkshop(trx, { id, seen: body.version }, decider, setting),
    ),
  )

  sessionRoutes(app, services, setting)
}

/** One session of a workshop: adding, changing, cancelling it, and who sits there. */
function sessionRoutes(
  app: FastifyInstance,
  services: Services,
  setting: workshops.WorkshopSetting,
): void {
  implement(app, services, routes.addSession, async ({ actor, params, body, now }) =>
    changing(services.db, actor, params.workshopId, now, setting, (trx, { id }, decider) =>
      sessions.addSession(trx, id, body, decider, setting),
    ),
  )

  implement(app, services, routes.changeSession, async ({ db, actor, params, body, now }) => {
    const session = await workshops.sessionById(db, params.sessionId)
    if (!session) return refuse('not-found')
    const at = { id: session.id, seen: body.version }
    return changing(db, actor, session.workshopId, now, setting, (trx, _, decider) =>
      sessions.changeSession(trx, at, body, decider, setting),
    )
  })

  implement(app, services, routes.cancelSession, async ({ db, actor, params, body, now }) => {
    const session = await workshops.sessionById(db, params.sessionId)
    if (!session) return refuse('not-found')
    const at = { id: session.id, seen: body.version }
    return changing(db, actor, session.workshopId, now, setting, (trx, _, decider) =>
      sessions.cancelSession(trx, at, decider, setting),
    )
  })

  implement(app, services, routes.seats, async ({ db, actor, params }) => {
    const session = await workshops.sessionById(db, params.sessionId)
    if (!session) return refuse('not-found')
    if (!mayRunWorkshops(actor, session.regionId)) return refuse('forbidden')
    return views.seatsOfSession(db, session)
  })

  implement(app, services, routes.sayWorkshopAttended, async ({ db, actor, params, body, now }) => {
    const { sessionId, personId } = params
    const session = await workshops.sessionById(db, sessionId)
    if (!session) return refuse('not-found')
    if (!mayRunWorkshops(actor, session.regionId)) return refuse('forbidden')
    const teller = { by: 'director', accountId: actor.accountId } as const
    return inTransaction(db, (trx) =>
      sayAttended(trx, sessionId, personId, body.attended, teller, now, setting),
    )
  })
}

/** The workshop, for who may run it. */
async function run(
  db: Database,
  actor: Actor,
  id: string,
): Promise<workshops.WorkshopRow | Refusal> {
  const workshop = await workshops.workshopById(db, id)
  if (!workshop) return refuse('not-found')
  return mayRunWorkshops(actor, workshop.regionId) ? workshop : refuse('forbidden')
}

/** One change by who may make it, in a transaction; answered by how the workshop then stands. */
async function changing(
  db: Database,
  actor: Actor,
  workshopId: string,
  now: Date,
  setting: workshops.WorkshopSetting,
  change: (
    trx: Trx,
    workshop: workshops.WorkshopRow,
    decider: workshops.Decider,
  ) => Promise<undefined | Refusal>,
) {
  const workshop = await run(db, actor, workshopId)
  if (isRefusal(workshop)) return workshop
  const decider = { by: actor.accountId, now }
  const refused = await inTransaction(db, (trx) => change(trx, workshop, decider))
  return refused ?? views.workshopView(db, workshop.id, now, setting)
}
