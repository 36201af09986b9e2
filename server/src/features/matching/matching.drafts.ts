import { type Day, lockDay } from '#server/features/days/days.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import { addJob, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  PlanFailure,
  PlanObjective,
  PlanStats,
  PlanStatus,
} from '#shared/matching/matching.vocabulary.ts'
import type { PlanOutcome } from './matching.plan.ts'
import * as queries from './matching.queries.ts'

export interface Plan {
  id: string
  regionId: string
  dayId: string
  /** 1, 2, 3… within the day. */
  number: number
  /** The director's own, or empty. */
  name: string
  objective: PlanObjective
  status: PlanStatus
  /** Asked for, named or published; what a choice by hand computed makes way for the next. */
  kept: boolean
  /** The draft its changes are told against. */
  basisId: string | null
  progressDone: number
  progressTotal: number
  stats: PlanStats | null
  inputHash: string | null
  failure: PlanFailure | null
  createdAt: Date
  computedAt: Date | null
  publishedAt: Date | null
}

/** Whoever computes tells progress several times a second: silent this long, the process is gone. */
const stalledAfterMilliseconds = 30_000
/** A plan whose process dies again and again is given up. */
const givenUpAfterMilliseconds = 15 * 60_000

/** What a draft is to be, beside the data of its day. */
export interface Wanted {
  objective?: PlanObjective
  /** The draft its changes are told against; the newest one unless told. */
  basisId?: string | undefined
}

/** Asks for a draft; a job computes it. One at a time per day. */
export async function requestPlan(
  trx: Trx,
  dayId: string,
  by: string | null,
  now: Date,
  wanted: Wanted = {},
): Promise<Plan | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  const { objective = 'fair' } = wanted
  if (objective === 'fewest-moves' && !day.publishedAt) return refuse('not-published')
  const plans = await queries.plansOfDay(trx, dayId)
  if (plans.some(({ status }) => status === 'computing')) return refuse('already-running')
  const basis = basisAmong(plans, wanted.basisId)
  const plan = await startPlan(trx, day, { objective, basis, kept: true }, by, now)
  const entry = { regionId: day.regionId, accountId: by, action: 'matching.request-plan' }
  await recordAudit(trx, { ...entry, subjectId: plan.id }, now)
  return plan
}

/**
 * Computes anew at once after a choice by hand, with the objective of the draft that was looked
 * at. A computation under way, which does not know of the choice, starts over in the new one.
 * @param day locked by the caller.
 */
export async function computeAnew(
  trx: Trx,
  day: Day,
  basisId: string | undefined,
  by: string | null,
  now: Date,
): Promise<Plan> {
  const plans = await queries.plansOfDay(trx, day.id)
  const running = plans.find(({ status }) => status === 'computing')
  if (running) {
    const stopped = { status: 'failed', failure: 'cancelled', discarded_at: now } as const
    await queries.updatePlan(trx, running.id, stopped)
  }
  const basis = basisAmong(plans, running?.basisId ?? basisId)
  const objective = running?.objective ?? basis?.objective ?? 'fair'
  return startPlan(trx, day, { objective, basis, kept: running?.kept ?? false }, by, now)
}

const basisAmong = (plans: Plan[], id: string | undefined) => {
  const computed = plans.filter(({ stats }) => stats !== null)
  return computed.find((plan) => plan.id === id) ?? computed[0]
}

async function startPlan(
  trx: Trx,
  day: Day,
  draft: { objective: PlanObjective; basis: Plan | undefined; kept: boolean },
  by: string | null,
  now: Date,
): Promise<Plan> {
  const id = newId(now)
  await queries.insertPlan(trx, {
    id,
    region_id: day.regionId,
    day_id: day.id,
    number: (await queries.lastNumber(trx, day.id)) + 1,
    objective: draft.objective,
    basis_id: draft.basis?.id ?? null,
    kept: draft.kept,
    status: 'computing',
    stats: null,
    input_hash: null,
    failure: null,
    created_by: by,
    created_at: now,
    alive_at: now,
    computed_at: null,
    published_at: null,
    discarded_at: null,
  })
  await addJob(trx, 'compute-plan', { planId: id })
  return (await queries.planById(trx, id))!
}

/** Stops a computation; the job notices and lets go. A plan that is ready stays. */
export async function cancelPlan(
  trx: Trx,
  planId: string,
  by: string | null,
  now: Date,
): Promise<Plan | Refusal> {
  const plan = await queries.lockPlan(trx, planId)
  if (!plan) return refuse('not-found')
  if (plan.status !== 'computing') return plan
  await queries.updatePlan(trx, planId, { status: 'failed', failure: 'cancelled' })
  const entry = { regionId: plan.regionId, accountId: by, action: 'matching.cancel-plan' }
  await recordAudit(trx, { ...entry, subjectId: planId }, now)
  return { ...plan, status: 'failed', failure: 'cancelled' }
}

/** Keeps a draft, under a name or, where the name is empty, under its number. */
export async function keepPlan(
  trx: Trx,
  planId: string,
  name: string,
  by: string | null,
  now: Date,
): Promise<Plan | Refusal> {
  const plan = await queries.lockPlan(trx, planId)
  if (!plan) return refuse('not-found')
  await queries.updatePlan(trx, planId, { name, kept: true })
  const entry = { regionId: plan.regionId, accountId: by, action: 'matching.keep-plan' }
  await recordAudit(trx, { ...entry, subjectId: planId }, now)
  return { ...plan, name, kept: true }
}

/** Throws a draft away, with all it says of people. What was published once stays. */
export async function discardPlan(
  trx: Trx,
  planId: string,
  by: string | null,
  now: Date,
): Promise<undefined | Refusal> {
  const plan = await queries.lockPlan(trx, planId)
  if (!plan) return refuse('not-found')
  if (plan.status === 'computing') return refuse('plan-not-ready')
  if (plan.status === 'published' || plan.status === 'superseded') return refuse('plan-published')
  await queries.discardPlans(trx, [planId], now)
  const entry = { regionId: plan.regionId, accountId: by, action: 'matching.discard-plan' }
  await recordAudit(trx, { ...entry, subjectId: planId }, now)
  return undefined
}

export const noteProgress = queries.noteProgress

/**
 * Stores what the computation found, unless it was cancelled meanwhile. What choices by hand
 * computed earlier and nobody kept makes way, but for the draft this one is compared with.
 */
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
      wishes: JSON.stringify(guest.wishes),
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
  const former = await queries.lockUnkept(trx, plan.dayId)
  await queries.discardPlans(
    trx,
    former.map(({ id }) => id).filter((id) => id !== planId && id !== plan.basisId),
    now,
  )
}

/** Marks a computation as failed, with a closed word for why. */
export function failPlan(db: Reader, planId: string, failure: PlanFailure): Promise<void> {
  return queries.failComputing(db, planId, failure)
}

/**
 * Computes anew what a process that died left half done: its job would only be tried again hours
 * later. Twice at work on one plan does no harm, the first to store it wins.
 */
export async function restartStalledPlans(trx: Trx, now: Date): Promise<void> {
  const since = new Date(now.getTime() - stalledAfterMilliseconds)
  for (const { id, createdAt } of await queries.lockStalledPlans(trx, since)) {
    if (now.getTime() - createdAt.getTime() > givenUpAfterMilliseconds) {
      await failPlan(trx, id, 'unexpected')
    } else await addJob(trx, 'compute-plan', { planId: id })
  }
}
