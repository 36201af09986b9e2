import type { FastifyInstance } from 'fastify'
import { answersTopic } from '#server/features/confirmations/confirmations.service.ts'
import { dayById } from '#server/features/days/days.service.ts'
import { implement } from '#server/platform/http/routing.ts'
import { mailsTopic } from '#server/platform/outbox/outbox.service.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { boardRoutes as routes } from '#shared/invitations/invitations.board.contract.ts'
import { boardOf, peopleOfBoard } from './invitations.board.ts'
import { conversationOf, speakerOf } from './invitations.conversation.ts'
import * as policy from './invitations.policy.ts'

/** Who was invited, where they stand, and what went to and fro. */
export function boardFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, routes.confirmationBoard, async ({ db, actor, params }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    if (!policy.maySeeBoard(actor, day.regionId)) return refuse('forbidden')
    const siteIds = policy.sitesToFollow(actor, day.regionId)
    return { ...(await boardOf(db, day, siteIds)), directing: siteIds === null }
  })

  implement(app, services, routes.boardLive, async ({ db, actor, params }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    if (!policy.maySeeBoard(actor, day.regionId)) return refuse('forbidden')
    return { topics: [answersTopic(day.id), answersTopic(day.regionId), mailsTopic(day.id)] }
  })

  implement(app, services, routes.invitedPeople, async ({ db, actor, params, query }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    if (!policy.maySeeBoard(actor, day.regionId)) return refuse('forbidden')
    const { limit, ...filter } = query
    const siteIds = policy.sitesToFollow(actor, day.regionId)
    return peopleOfBoard(db, day, { ...filter, siteIds }, limit)
  })

  implement(app, services, routes.conversation, async ({ db, actor, params }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    if (!policy.mayReadConversation(actor, day.regionId)) return refuse('forbidden')
    const { subjectId } = params
    const speaker = await speakerOf(db, day.id, subjectId)
    if (!speaker) return refuse('not-found')
    const { people } = await peopleOfBoard(db, day, { siteIds: null, subjectId }, 1)
    const { firstName, lastName } = speaker
    const happenings = await conversationOf(db, day.id, subjectId, speaker)
    return { invited: people[0] ?? null, firstName, lastName, happenings }
  })
}
