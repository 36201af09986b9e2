import type { FastifyInstance } from 'fastify'
import { oneClick } from '#server/platform/http/one-click.ts'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import { keyedHash } from '#server/platform/secrets.ts'
import type { Services } from '#server/platform/services.ts'
import { allowAttempt } from '#server/platform/throttle.ts'
import { workshopLinksRoutes as routes } from '#shared/workshops/workshops.links.contract.ts'
import { arriveByCode } from './workshops.attendance.ts'
import type { WorkshopSetting } from './workshops.changes.ts'
import { invitedByLink } from './workshops.links.ts'
import { linkedView } from './workshops.links.views.ts'
import { chooseSessions } from './workshops.proposal.ts'
import { codesPerPerson } from './workshops.rules.ts'
import { giveUpSeat, takeSeat, waitForSeat } from './workshops.seats.ts'
import type { InvitedRow } from './workshops.service.ts'

/** What somebody does who was asked to a workshop, by the link of a mail, without a session. */
export function workshopLinksFeature(
  app: FastifyInstance,
  services: Services,
  setting: WorkshopSetting,
): void {
  const { db, secret, clock } = services

  /** One change by the holder of a link; answered by what they then see. */
  async function changing(
    token: string,
    now: Date,
    change: (trx: Trx, invited: InvitedRow) => Promise<undefined | Refusal>,
  ) {
    const invited = await invitedByLink(db, secret, token)
    if (isRefusal(invited)) return invited
    const refused = await inTransaction(db, (trx) => change(trx, invited))
    return refused ?? linkedView(db, invited.id, now)
  }

  implement(app, services, routes.linkedWorkshop, async ({ params, now }) => {
    const invited = await invitedByLink(db, secret, params.token)
    return isRefusal(invited) ? invited : linkedView(db, invited.id, now)
  })

  implement(app, services, routes.chooseSessions, async ({ params, body, now }) =>
    changing(params.token, now, (trx, invited) => chooseSessions(trx, invited, body, now, setting)),
  )

  implement(app, services, routes.takeSeat, async ({ params, body, now }) =>
    changing(params.token, now, (trx, invited) =>
      takeSeat(trx, invited, body.sessionId, now, setting),
    ),
  )

  implement(app, services, routes.giveSeatUp, async ({ params, now }) =>
    changing(params.token, now, (trx, invited) => giveUpSeat(trx, invited, now, setting)),
  )

  implement(app, services, routes.waitForSeat, async ({ params, body, now }) =>
    changing(params.token, now, (trx, invited) => waitForSeat(trx, invited, body, now, setting)),
  )

  implement(app, services, routes.arriveAtWorkshop, async ({ params, body, now }) => {
    const invited = await invitedByLink(db, secret, params.token)
    if (isRefusal(invited)) return invited
    const who = keyedHash(secret, codesPerPerson.purpose, invited.id)
    if (!(await allowAttempt(db, codesPerPerson, who, now))) return refuse('too-many-requests')
    const refused = await inTransaction(db, (trx) =>
      arriveByCode(trx, secret, invited, body.code, now, setting),
    )
    return refused ?? linkedView(db, invited.id, now)
  })

  // « Not this time », after which nothing more is written; whoever has a seat keeps it.
  oneClick(app, '/atelier/', async (token) => {
    const invited = await invitedByLink(db, secret, token)
    if (isRefusal(invited)) return invited
    const none = { choices: [], declined: true }
    await inTransaction(db, (trx) => chooseSessions(trx, invited, none, clock.now(), setting))
    return undefined
  })
}
