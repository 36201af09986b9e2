import type { FastifyInstance } from 'fastify'
import { recordAudit } from '#server/platform/audit.ts'
import { implement } from '#server/platform/http/routing.ts'
import { inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import { mailAnswersRoutes as routes } from '#shared/invitations/invitations.answers.contract.ts'
import * as answers from './invitations.answers.ts'
import * as policy from './invitations.policy.ts'

/** What counting a held mail sets off; told by the use cases, which this feature may not import. */
export type ApplyHeldAnswer = (
  trx: Trx,
  mailId: string,
  said: { answer: RecordedAnswer; remember: boolean },
  by: string,
  now: Date,
) => Promise<undefined | Refusal>

/** Answers that came by mail and wait for a director. */
export function mailAnswersFeature(
  app: FastifyInstance,
  services: Services,
  { applyHeldAnswer }: { applyHeldAnswer: ApplyHeldAnswer },
): void {
  implement(app, services, routes.heldAnswers, async ({ db, actor, params, now }) => {
    if (!policy.mayReadOutbox(actor, params.regionId)) return refuse('forbidden')
    return { answers: await answers.heldAnswers(db, params.regionId, now) }
  })

  implement(app, services, routes.applyHeldAnswer, async ({ db, actor, params, body, now }) => {
    const mail = await answers.heldMailById(db, params.answerId)
    if (!mail) return refuse('not-found')
    if (!policy.maySettle(actor, mail.region_id)) return refuse('forbidden')
    return inTransaction(db, (trx) => applyHeldAnswer(trx, mail.id, body, actor.accountId, now))
  })

  implement(app, services, routes.dismissHeldAnswer, async ({ db, actor, params, now }) => {
    const mail = await answers.heldMailById(db, params.answerId)
    if (!mail) return refuse('not-found')
    if (!policy.maySettle(actor, mail.region_id)) return refuse('forbidden')
    const by = actor.accountId
    return inTransaction(db, async (trx) => {
      const refusal = await answers.dismiss(trx, mail.id, by, now)
      if (isRefusal(refusal)) return refusal
      const entry = {
        regionId: mail.region_id,
        accountId: by,
        action: 'invitations.dismiss-answer',
      }
      await recordAudit(trx, { ...entry, subjectId: mail.id }, now)
      return undefined
    })
  })
}
