import type { FastifyInstance } from 'fastify'
import { actionsOfDay } from '#server/features/actions/actions.views.ts'
import * as days from '#server/features/days/days.service.ts'
import { smallestGroup } from '#server/features/observations/observations.folding.rules.ts'
import { belongsTo } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import {
  type Changes,
  changesRoutes,
  type Decision,
} from '#shared/actions/actions.changes.contract.ts'
import type { Action } from '#shared/actions/actions.contract.ts'

/** What a day led to, for whoever belongs to its region: it folds as the pictures do. */
export function whatChangedFeature(app: FastifyInstance, services: Services): void {
  implement(app, services, changesRoutes.changes, async ({ db, actor, params }) => {
    const day = await days.dayById(db, params.dayId)
    if (!day || !belongsTo(actor, day.regionId)) return refuse('not-found')
    return changesOf(db, day)
  })
}

/**
 * Findings that at least five observations tell of, with what answers them. Fewer would let colleagues
 * guess who spoke: they are a number, and what was decided about them stands without its why.
 */
async function changesOf(db: Reader, day: days.Day): Promise<Changes> {
  const { actions, findings } = await actionsOfDay(db, day)
  const told = findings.filter(({ observationCount }) => observationCount >= smallestGroup)
  const toldIds = new Set(told.map(({ id }) => id))
  const decided = actions.filter(({ status }) => status !== 'to-decide')
  return {
    dayName: day.name,
    date: day.date,
    findings: told
      .map(({ id, title, observationCount }) => ({
        id,
        title,
        observationCount,
        decisions: decided.filter((one) => answers(one, id)).map(decisionOf),
      }))
      .sort((a, b) => b.observationCount - a.observationCount || a.title.localeCompare(b.title)),
    foldedFindings: findings.length - told.length,
    otherDecisions: decided
      .filter((one) => !one.findings.some(({ id }) => toldIds.has(id)))
      // A reason or a measure would tell of a finding that too few saw to be told.
      .map((one) => ({ ...decisionOf(one), reason: null, measure: null })),
  }
}

const answers = (action: Action, findingId: string) =>
  action.findings.some(({ id }) => id === findingId)

const decisionOf = ({ id, title, status, reason, decidedAt, measure }: Action): Decision => ({
  id,
  title,
  status,
  reason,
  decidedAt,
  measure,
})
