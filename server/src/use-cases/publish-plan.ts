import { isOver, lockDay, markPublished } from '#server/features/days/days.service.ts'
import {
  type Reconciled,
  reconcileInvitations,
  type Voice,
} from '#server/features/invitations/invitations.service.ts'
import {
  planById,
  publishPlan as publishBarePlan,
} from '#server/features/matching/matching.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { openBatch } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import { tellLeftOut } from './tell-left-out.ts'

/** What was written by something a director sends. */
export interface Sent extends Reconciled {
  /** Null where nobody had anything to be told. */
  batchId: string | null
}

/**
 * Publishes a plan: placements, and the invitations they owe, in one transaction. Published anew,
 * only those whose situation changed hear of it. The mails wait in one batch until `releaseAt`.
 */
export async function publishPlan(
  trx: Trx,
  planId: string,
  by: string,
  now: Date,
  voice: Voice,
  releaseAt: Date,
): Promise<Sent | Refusal> {
  const plan = await planById(trx, planId)
  const day = plan && (await lockDay(trx, plan.dayId))
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  // Nobody is invited to what has been.
  if (isOver(day, now)) return refuse('day-over')
  const published = await publishBarePlan(trx, planId, by, now)
  if (isRefusal(published)) return published
  await markPublished(trx, day.id, now)
  const batch = { regionId: day.regionId, dayId: day.id, purpose: 'publication', createdBy: by }
  const batchId = await openBatch(trx, batch, now)
  const sending = { batchId, releaseAt, release: true }
  const { told, unreachable } = await reconcileInvitations(trx, day.id, now, voice, sending)
  const notPlaced = await tellLeftOut(trx, day, told, now, voice, sending)
  const entry = { regionId: day.regionId, accountId: by, action: 'invitations.publish' }
  const details = { mails: told.length + notPlaced.length }
  await recordAudit(trx, { ...entry, subjectId: planId, details }, now)
  return { batchId, told: [...told, ...notPlaced], unreachable }
}
