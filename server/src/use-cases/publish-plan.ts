import { type Day, isOver, lockDay, markPublished } from '#server/features/days/days.service.ts'
import {
  type Reconciled,
  reconcileInvitations,
  type Told,
  type Voice,
} from '#server/features/invitations/invitations.service.ts'
import {
  activePlacements,
  planById,
  publishPlan as publishBarePlan,
} from '#server/features/matching/matching.service.ts'
import {
  expireOffers,
  type SeatOffer,
  tellWithdrawn,
  withdrawAll,
} from '#server/features/waiting/waiting.service.ts'
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
 * only those whose situation changed hear of it, and offers to the waiting list end. The mails wait
 * in one batch until `releaseAt`.
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
  // What was over before is nobody's doing now; the plan seats everybody anew, whoever holds an
  // offer too.
  await expireOffers(trx, day.id, now)
  const gone = await withdrawAll(trx, day.id, 'replanned', now)
  const published = await publishBarePlan(trx, planId, by, now)
  if (isRefusal(published)) return published
  await markPublished(trx, day.id, now)
  const batch = { regionId: day.regionId, dayId: day.id, purpose: 'publication', createdBy: by }
  const batchId = await openBatch(trx, batch, now)
  const sending = { batchId, releaseAt, release: true }
  const { told, unreachable } = await reconcileInvitations(trx, day.id, now, voice, sending)
  const withdrawn = await tellOffersGone(trx, day, gone, sending, now, voice)
  const leftOut = await tellLeftOut(trx, day, [...told, ...withdrawn], now, voice, sending)
  const entry = { regionId: day.regionId, accountId: by, action: 'invitations.publish' }
  const all = [...told, ...withdrawn, ...leftOut.told]
  await recordAudit(trx, { ...entry, subjectId: planId, details: { mails: all.length } }, now)
  return { batchId, told: all, unreachable, unheard: leftOut.unheard }
}

/** Whom the new plan places hears so by their invitation; the others, that their offer is gone. */
async function tellOffersGone(
  trx: Trx,
  day: Day,
  gone: SeatOffer[],
  sending: { batchId: string; releaseAt: Date },
  now: Date,
  voice: Voice,
): Promise<Told[]> {
  const placed = new Set((await activePlacements(trx, day.id)).map(({ personId }) => personId))
  const left = gone.filter(({ personId }) => !placed.has(personId))
  const { batchId, releaseAt } = sending
  const told = await tellWithdrawn(trx, day, left, { batchId, releaseAt }, now, voice.mailDomain)
  return told.map(({ slotId: meetingId, ...one }) => ({
    ...one,
    side: 'guest',
    telling: 'offer-gone',
    meetingId,
    about: null,
  }))
}
