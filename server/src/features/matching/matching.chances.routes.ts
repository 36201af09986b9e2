import type { FastifyInstance } from 'fastify'
import { dayById } from '#server/features/days/days.service.ts'
import { implement } from '#server/platform/http/routing.ts'
import { refuse } from '#server/platform/refusal.ts'
import { keyedHash } from '#server/platform/secrets.ts'
import type { Services } from '#server/platform/services.ts'
import { allowAttempt, type ThrottleRule } from '#server/platform/throttle.ts'
import { matchingRoutes } from '#shared/matching/matching.contract.ts'
import { handChances } from './matching.chances.service.ts'
import { cardHolder } from './matching.policy.ts'

/** New hands only: asking again for the same one is how its answer is waited for. */
const handsPerPerson: ThrottleRule = { purpose: 'chances-hand', limit: 60, windowMinutes: 15 }

export function chancesFeature(app: FastifyInstance, services: Services): void {
  const { secret } = services
  implement(app, services, matchingRoutes.handChances, async (input) => {
    const { db, actor, params, body, now } = input
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const holder = cardHolder(actor, day.regionId)
    if (!holder) return refuse('forbidden')
    const subject = keyedHash(secret, 'person', holder.personId)
    const allowed = () => allowAttempt(db, handsPerPerson, subject, now)
    return handChances(db, day, holder.personId, body.wishes, now, allowed)
  })
}
