import type { FastifyInstance } from 'fastify'
import { dayById } from '#server/features/days/days.service.ts'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import type { Answer, AnswerChannel } from '#shared/confirmations/confirmations.contract.ts'
import { waitingRoutes as routes } from '#shared/waiting/waiting.contract.ts'
import * as policy from './waiting.policy.ts'
import * as waiting from './waiting.service.ts'
import { boardOf, linkedOffer, waitingOf } from './waiting.views.ts'

/** What an answer sets off; told by the use cases, which this feature may not import. */
export interface WaitingUseCases {
  answerSeatOffer(
    trx: Trx,
    offerId: string,
    answer: Answer,
    channel: AnswerChannel,
    now: Date,
  ): Promise<undefined | Refusal>
  takeSeat(
    trx: Trx,
    dayId: string,
    personId: string,
    slotId: string,
    now: Date,
  ): Promise<undefined | Refusal>
  waitAgain: WaitAgain
}

/** Back on the waiting list of a day. */
export type WaitAgain = (
  trx: Trx,
  dayId: string,
  personId: string,
  now: Date,
) => Promise<undefined | Refusal>

export function waitingFeature(
  app: FastifyInstance,
  services: Services,
  { answerSeatOffer, takeSeat, waitAgain }: WaitingUseCases,
): void {
  const { secret } = services

  implement(app, services, routes.offerLink, async ({ db, params, now }) => {
    const offer = await waiting.resolveOfferLink(db, secret, params.token)
    return isRefusal(offer) ? offer : linkedOffer(db, offer, now)
  })

  implement(app, services, routes.answerOfferLink, async ({ db, params, body, now }) => {
    const offer = await waiting.resolveOfferLink(db, secret, params.token)
    if (isRefusal(offer)) return offer
    const refused = await inTransaction(db, (trx) =>
      answerSeatOffer(trx, offer.id, body.answer, 'link', now),
    )
    if (refused) return refused
    const after = await waiting.offerById(db, offer.id)
    return after ? linkedOffer(db, after, now) : refuse('link-expired')
  })

  implement(app, services, routes.mine, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const me = policy.waiter(actor, day.regionId)
    return me ? waitingOf(db, day, me.personId, now) : refuse('forbidden')
  })

  implement(app, services, routes.answerOffer, async ({ db, actor, params, body, now }) => {
    const offer = await waiting.offerById(db, params.offerId)
    if (!offer) return refuse('not-found')
    if (!policy.mayAnswer(actor, offer)) return refuse('forbidden')
    return inTransaction(db, (trx) => answerSeatOffer(trx, offer.id, body.answer, 'app', now))
  })

  implement(app, services, routes.takeSeat, async ({ db, actor, params, body, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const me = policy.waiter(actor, day.regionId)
    if (!me) return refuse('forbidden')
    return inTransaction(db, (trx) => takeSeat(trx, day.id, me.personId, body.slotId, now))
  })

  implement(app, services, routes.waitAgain, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const me = policy.waiter(actor, day.regionId)
    if (!me) return refuse('forbidden')
    return inTransaction(db, (trx) => waitAgain(trx, day.id, me.personId, now))
  })

  implement(app, services, routes.board, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    if (!policy.maySeeBoard(actor, day.regionId)) return refuse('forbidden')
    return boardOf(db, day, now)
  })
}
