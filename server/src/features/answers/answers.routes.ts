import { randomInt } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { programmeById } from '#server/features/programmes/programmes.service.ts'
import { networkOf } from '#server/platform/http/caller.ts'
import { implement } from '#server/platform/http/routing.ts'
import { memoryLimiter } from '#server/platform/memory-limiter.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { answersRoutes as routes } from '#shared/answers/answers.contract.ts'
import { mayReadAnswers } from './answers.policy.ts'
import { answersOf } from './answers.results.ts'
import { answering, receive } from './answers.service.ts'

/** A whole company behind one address, all reading on the same morning. */
const sendingsPerAddress = { limit: 3_000, windowMinutes: 1 }

export function answersFeature(app: FastifyInstance, services: Services): void {
  const { secret } = services
  const maySend = memoryLimiter(sendingsPerAddress)

  implement(app, services, routes.answering, ({ db, params, now }) =>
    inTransaction(db, (trx) => answering(trx, secret, params.token, now)),
  )

  implement(app, services, routes.sendAnswer, async ({ db, body, now, request }) => {
    if (!maySend.count(networkOf(request.ip), now)) return refuse('too-many-requests')
    return inTransaction(db, (trx) => receive(trx, secret, body, now, randomInt))
  })

  implement(app, services, routes.answers, async ({ db, actor, params }) => {
    const programme = await programmeById(db, params.programmeId)
    if (!programme) return refuse('not-found')
    if (!mayReadAnswers(actor, programme.regionId)) return refuse('forbidden')
    return answersOf(db, secret, programme)
  })
}
