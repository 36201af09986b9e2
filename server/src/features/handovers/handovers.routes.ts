import type { FastifyInstance } from 'fastify'
import { dayById } from '#server/features/days/days.service.ts'
import { resolveSlotLink } from '#server/features/slots/slots.service.ts'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import {
  type HandoverAnswer,
  handoversRoutes as routes,
} from '#shared/handovers/handovers.contract.ts'
import * as policy from './handovers.policy.ts'
import * as handovers from './handovers.service.ts'
import { linkedHandover, seenHandovers, slotHandover } from './handovers.views.ts'

/** What a colleague's answer sets off; told by the use cases, which this feature may not import. */
export type AnswerHandover = (
  trx: Trx,
  handoverId: string,
  answer: HandoverAnswer,
  now: Date,
) => Promise<undefined | Refusal>

export function handoversFeature(
  app: FastifyInstance,
  services: Services,
  answerHandover: AnswerHandover,
): void {
  const { secret, mailDomain } = services

  implement(app, services, routes.ofDay, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    if (!policy.maySeeHandovers(actor, day.regionId)) return refuse('forbidden')
    const seen = await seenHandovers(db, day, now)
    return seen.filter(({ siteId }) => policy.maySeeHandoverAt(actor, day.regionId, siteId))
  })

  implement(app, services, routes.slotHandover, async ({ db, params, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    return isRefusal(slot) ? slot : slotHandover(db, secret, slot.id, now)
  })

  implement(app, services, routes.ask, async ({ db, params, body, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    if (isRefusal(slot)) return slot
    const refused = await inTransaction(db, (trx) =>
      handovers.askColleague(trx, slot.id, slot.hostId, body.personId, now, mailDomain),
    )
    return refused ?? slotHandover(db, secret, slot.id, now)
  })

  implement(app, services, routes.withdraw, async ({ db, params, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    if (isRefusal(slot)) return slot
    const refused = await inTransaction(db, (trx) =>
      handovers.withdrawHandover(trx, slot.id, slot.hostId, now, mailDomain),
    )
    return refused ?? slotHandover(db, secret, slot.id, now)
  })

  implement(app, services, routes.link, async ({ db, params, now }) => {
    const handover = await handovers.resolveHandoverLink(db, secret, params.token)
    return isRefusal(handover) ? handover : linkedHandover(db, secret, handover, now)
  })

  implement(app, services, routes.answer, async ({ db, params, body, now }) => {
    const handover = await handovers.resolveHandoverLink(db, secret, params.token)
    if (isRefusal(handover)) return handover
    const refused = await inTransaction(db, (trx) => answerHandover(trx, handover.id, body, now))
    if (refused) return refused
    const after = await handovers.handoverById(db, handover.id)
    return after ? linkedHandover(db, secret, after, now) : refuse('link-expired')
  })
}
