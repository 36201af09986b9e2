import type { FastifyInstance } from 'fastify'
import { becameOf } from '#server/features/actions/actions.returning.ts'
import * as days from '#server/features/days/days.service.ts'
import {
  follow,
  wrongSecretsPerAddress,
} from '#server/features/observations/observations.anonymous.ts'
import { observerIn } from '#server/features/observations/observations.policy.ts'
import { observationsOf } from '#server/features/observations/observations.service.ts'
import { networkOf } from '#server/platform/http/caller.ts'
import { implement } from '#server/platform/http/routing.ts'
import { refusalLimiter } from '#server/platform/memory-limiter.ts'
import { isRefusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { returningRoutes as routes } from '#shared/actions/actions.returning.contract.ts'

/** What became of what somebody saw: it asks observations, findings and actions, and belongs to none. */
export function comingBackFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, routes.becameOfMine, async ({ db, actor, params }) => {
    const day = await days.dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const personId = observerIn(actor, day.regionId)
    if (!personId) return refuse('not-taking-part')
    const mine = (await observationsOf(db, day.id, personId)).filter(({ withdrawn }) => !withdrawn)
    const became = await becameOf(
      db,
      mine.map(({ id }) => id),
    )
    return [...became].map(([observationId, one]) => ({ observationId, ...one }))
  })

  const withSecret = refusalLimiter(wrongSecretsPerAddress)

  implement(app, services, routes.becameAnonymously, async ({ db, body, now, request }) => {
    const followed = await withSecret(networkOf(request.ip), now, () =>
      follow(db, body.id, body.secret),
    )
    if (isRefusal(followed)) return followed
    // Whoever took it back asked to be forgotten; the decision goes on without them.
    if (followed.status !== 'kept') return { became: null }
    return { became: (await becameOf(db, [body.id])).get(body.id) ?? null }
  })
}
