import type { FastifyInstance } from 'fastify'
import * as days from '#server/features/days/days.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { findingsRoutes as routes } from '#shared/findings/findings.contract.ts'
import { mayGroup } from './findings.policy.ts'
import * as findings from './findings.service.ts'
import * as views from './findings.views.ts'

/** What a later feature says about changing what stands on screens. */
interface FindingChanges {
  /** Asked before a finding reads otherwise than it did. */
  refuseWhileVoting(trx: Trx, dayId: string): Promise<Refusal | undefined>
}

export function findingsFeature(
  app: FastifyInstance,
  services: Services,
  { refuseWhileVoting }: FindingChanges,
): void {
  /** The day, for those who may group what was seen in it. */
  async function groupable(db: Database, actor: Actor, dayId: string): Promise<days.Day | Refusal> {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    return mayGroup(actor, day.regionId) ? day : refuse('forbidden')
  }

  /** Runs a use case as the director of that day. */
  async function asDirector<T>(
    { db, actor, params }: { db: Database; actor: Actor; params: { dayId: string } },
    work: (trx: Trx, by: findings.Grouper) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    const day = await groupable(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const by = { regionId: day.regionId, dayId: day.id, accountId: actor.accountId }
    return inTransaction(db, (trx) => work(trx, by))
  }

  /** The same for what a room that votes must not have changed under its eyes. */
  const betweenVotes = <T>(
    input: Parameters<typeof asDirector>[0],
    work: (trx: Trx, by: findings.Grouper) => Promise<T | Refusal>,
  ) =>
    asDirector(input, async (trx, by) => (await refuseWhileVoting(trx, by.dayId)) ?? work(trx, by))

  implement(app, services, routes.findings, async ({ db, actor, params }) => {
    const day = await groupable(db, actor, params.dayId)
    return isRefusal(day) ? day : views.findingsView(db, day)
  })

  implement(app, services, routes.finding, async ({ db, actor, params, query }) => {
    const day = await groupable(db, actor, params.dayId)
    return isRefusal(day) ? day : views.findingView(db, day.id, params.findingId, query.after)
  })

  implement(app, services, routes.ungrouped, async ({ db, actor, params, query }) => {
    const day = await groupable(db, actor, params.dayId)
    return isRefusal(day) ? day : views.ungroupedView(db, day.id, query)
  })

  implement(app, services, routes.suggestions, async ({ db, actor, params, query }) => {
    const day = await groupable(db, actor, params.dayId)
    return isRefusal(day) ? day : views.suggestionsView(db, day.id, query)
  })

  implement(app, services, routes.similar, async ({ db, actor, params }) => {
    const day = await groupable(db, actor, params.dayId)
    return isRefusal(day) ? day : views.similarView(db, day.id, params.observationId)
  })

  implement(app, services, routes.group, (input) => {
    const { observationIds, ...wording } = input.body
    return asDirector(input, (trx, by) =>
      findings.groupObservations(trx, by, wording, observationIds, input.now),
    )
  })

  implement(app, services, routes.reword, (input) =>
    betweenVotes(input, (trx, by) =>
      findings.rewordFinding(trx, by, input.params.findingId, input.body, input.now),
    ),
  )

  implement(app, services, routes.addObservations, (input) =>
    asDirector(input, (trx, by) =>
      findings.addObservations(
        trx,
        by,
        input.params.findingId,
        input.body.observationIds,
        input.now,
      ),
    ),
  )

  implement(app, services, routes.removeObservations, (input) =>
    betweenVotes(input, (trx, by) =>
      findings.removeObservations(
        trx,
        by,
        input.params.findingId,
        input.body.observationIds,
        input.now,
      ),
    ),
  )

  implement(app, services, routes.dissolve, (input) =>
    betweenVotes(input, (trx, by) =>
      findings.dissolveFinding(trx, by, input.params.findingId, input.now),
    ),
  )

  implement(app, services, routes.withdraw, (input) =>
    asDirector(input, (trx, by) =>
      findings.withdrawFinding(trx, by, input.params.findingId, input.body, input.now),
    ),
  )

  implement(app, services, routes.bringBack, (input) =>
    asDirector(input, (trx, by) =>
      findings.bringFindingBack(trx, by, input.params.findingId, input.now),
    ),
  )
}
