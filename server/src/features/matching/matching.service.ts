import { lockDay } from '#server/features/days/days.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import { addJob, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  PlanFailure,
  PlanNumbers,
  PlanReason,
  PlanStats,
  PlanStatus,
} from '#shared/matching/matching.vocabulary.ts'
import type { PlanOutcome } from './matching.plan.ts'
import * as queries from './matching.queries.ts'

export { choicesFor, isOutdated, planToCompute } from './matching.input.ts'
export { setPin } from './matching.pins.ts'
export { endPlacement, type Publication, publishPlan } from './matching.publication.ts'

export interface Plan {
  id: string
  regionId: string
  dayId: string
  /** 1, 2, 3… within the day. */
  number: number
  status: PlanStatus
  progressDone: number
  progressTotal: number
  stats: PlanStats | null
  inputHash: string | null
  failure: PlanFailure | null
  createdAt: Date
  computedAt: Date | null
  publishedAt: Date | null
}

/** This guest in this slot, as published. */
export interface Placement {
  id: string
  regionId: string
  dayId: string
  personId: string
  slotId: string
  planId: string
  /** null where the director placed somebody outside their wishes. */
  rank: number | null
  reason: PlanReason
  numbers: PlanNumbers
  status: 'active' | 'ended'
  linkGeneration: number
  createdAt: Date
  endedAt: Date | null
  endedReason: string | null
}

export const planById: (db: Reader, id: string) => Promise<Plan | undefined> = queries.planById
export const plansOfDay: (db: Reader, dayId: string) => Promise<Plan[]> = queries.plansOfDay
export const plannedGuests = queries.plannedGuests
export const plannedGuest = queries.plannedGuest
export const pinsOfDay = queries.pinsOfDay

export const placementById: (db: Reader, id: string) => Promise<Placement | undefined> =
  queries.placementById
/** Placements whatever became of them; those ended tell why. */
export const placementsByIds: (db: Reader, ids: string[]) => Promise<Placement[]> =
  queries.placementsByIds
export const activePlacements: (db: Reader, dayId: string) => Promise<Placement[]> =
  queries.activePlacements
export const activePlacementsOfSlot: (db: Reader, slotId: string) => Promise<Placement[]> =
  queries.activePlacementsOfSlot
export const activePlacementOf: (
  db: Reader,
  dayId: string,
  personId: string,
) => Promise<Placement | undefined> = queries.activePlacementOf
export const lastEndedPlacementOf = queries.lastEndedPlacementOf

/** Asks for a draft; a job computes it. One at a time per day. */
export async function requestPlan(
  trx: Trx,
  dayId: string,
  by: string | null,
  now: Date,
): Promise<Plan | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  const plans = await queries.plansOfDay(trx, dayId)
  if (plans.some(({ status }) => status === 'computing')) return refuse('already-running')
  const id = newId(now)
  await queries.insertPlan(trx, {
    id,
    region_id: day.regionId,
    day_id: dayId,
    number: (plans[0]?.number ?? 0) + 1,
    status: 'computing',
    stats: null,
    input_hash: null,
    failure: null,
    created_by: by,
    created_at: now,
    computed_at: null,
    published_at: null,
  })
  await addJob(trx, 'compute-plan', { planId: id })
  const entry = { regionId: day.regionId, accountId: by, action: 'matching.request-plan' }
  await recordAudit(trx, { ...entry, subjectId: id }, now)
  return (await queries.planById(trx, id))!
}

/** Stops a computation; the job notices and lets go. A plan that is ready stays. */
export async function cancelPlan(trx: Trx, planId: string): Promise<Plan | Refusal> {
  const plan = await queries.lockPlan(trx, planId)
  if (!plan) return refuse('not-found')
  if (plan.status !== 'computing') return plan
  await queries.updatePlan(trx, planId, { status: 'failed', failure: 'cancelled' })
  return { ...plan, status: 'failed', failure: 'cancelled' }
}

export const noteProgress = queries.noteProgress

/** Stores what the computation found, unless it was cancelled meanwhile. */
export async function storePlan(
  trx: Trx,
  planId: string,
  outcome: PlanOutcome,
  inputHash: string,
  now: Date,
): Promise<void> {
  const plan = await queries.lockPlan(trx, planId)
  if (plan?.status !== 'computing') return
  if (!outcome.ok) return failPlan(trx, planId, outcome.failure)
  await queries.insertPlannedGuests(
    trx,
    outcome.guests.map((guest) => ({
      plan_id: planId,
      day_id: plan.dayId,
      region_id: plan.regionId,
      person_id: guest.personId,
      slot_id: guest.slotId,
      rank: guest.rank,
      by_hand: guest.byHand,
      reason: guest.reason,
      numbers: JSON.stringify(guest.numbers),
    })),
  )
  await queries.updatePlan(trx, planId, {
    status: 'ready',
    stats: JSON.stringify(outcome.stats),
    input_hash: inputHash,
    progress_done: outcome.guests.length,
    progress_total: outcome.guests.length,
    computed_at: now,
  })
}

/** Marks a computation as failed, with a closed word for why. */
export function failPlan(db: Reader, planId: string, failure: PlanFailure): Promise<void> {
  return queries.updatePlan(db, planId, { status: 'failed', failure })
}
