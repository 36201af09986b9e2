import { checkCertificate, checkPlan } from './core/certificate.ts'
import type { Instance } from './core/instance.ts'
import type { Travel } from './core/objectives/baselines.ts'
import { rankMaximal } from './core/objectives/rank-maximal.ts'
import { gone, none, repairPublished } from './core/repair/published.ts'
import type { Seats, Solution } from './core/solution.ts'
import { type SolveOptions, solve } from './core/solve.ts'
import { type Face, faceOf, isOnRankMaximalFace, rankMaximalFace } from './core/ties/face.ts'
import { mixServices, type Services } from './core/ties/mixing.ts'
import { checkTies, settleTies } from './core/ties/ties.ts'

/** What a plan may aim at and prove that it reached. */
export type ProvedObjective = 'fair' | 'rank-maximal'

/** Why there are no seats: nobody waits for them any more, or their proof does not hold. */
export type DealFailure = 'cancelled' | 'unproved'

/** Seats that were proved to be the best of their objective, with the fewest idle hosts and the least travel. */
export type DealResult =
  | {
      ok: true
      seats: Seats
      mixing?: { before: number; after: number }
      /** The same seats with their proof of most placed and least sum of rank²; only `fair` has it. */
      solution?: Solution
    }
  | { ok: false; failure: DealFailure }

/**
 * Deals by one objective, then settles what it leaves open: most hosts with a guest, least travel,
 * and last, where services are given, exchanges so that more people meet somebody of another one.
 * Only what comes out at the end is checked, so no step needs to be trusted.
 */
export function deal(
  objective: ProvedObjective,
  instance: Instance,
  travel: Travel,
  services: Services | undefined,
  options: SolveOptions = {},
): DealResult {
  const stage = stagesOf(options, instance.guestIds.length)
  const first = best(objective, instance, stage(0, 0.3))
  if (first === 'cancelled' || first === 'unproved') return { ok: false, failure: first }
  const { face, seats, holds, proof } = first
  const ties = settleTies(instance, face, seats, travel, stage(0.3, 1))
  if (!ties.ok) return { ok: false, failure: 'cancelled' }
  const mixed = services && mixServices(instance, ties.seats, services, travel)
  const dealt = mixed?.seats ?? ties.seats
  if (!holds(dealt) || !checkTies(instance, face, dealt, travel, ties.prices))
    return { ok: false, failure: 'unproved' }
  return {
    ok: true,
    seats: dealt,
    ...(mixed && { mixing: { before: mixed.before, after: mixed.after } }),
    ...(proof && { solution: { ...dealt, ...proof } }),
  }
}

interface Best {
  seats: Seats
  face: Face
  /** Whether seats, these or others, are proved to be the best of the objective. */
  holds: (seats: Seats) => boolean
  proof?: Pick<Solution, 'cut' | 'prices'>
}

function best(
  objective: ProvedObjective,
  instance: Instance,
  options: SolveOptions,
): Best | DealFailure {
  if (objective === 'fair') {
    const solved = solve(instance, options)
    if (!solved.ok) return 'cancelled'
    const { cut, prices, ...seats } = solved.solution
    const holds = (others: Seats) => checkCertificate(instance, { ...others, cut, prices }).ok
    return { seats, face: faceOf(instance, solved.solution), holds, proof: { cut, prices } }
  }
  const solved = rankMaximal(instance, options)
  if (!solved.ok) return 'cancelled'
  const face = rankMaximalFace(instance, solved.proof)
  if (!face) return 'unproved'
  const holds = (others: Seats) =>
    checkPlan(instance, others) === undefined && isOnRankMaximalFace(instance, face, others)
  return { seats: solved.solution, face, holds }
}

/** What somebody holds since a plan was published. */
export interface Standing {
  personId: string
  slotId: string
}

/**
 * Deals around what people hold: most placed, nobody without the seat they hold unless it is gone,
 * fewest moves, then the least sum of squared ranks.
 * @param mayKeep whether what is held still may be: a seat outside the wishes stays allowed.
 */
export function dealAround(
  instance: Instance,
  standing: readonly Standing[],
  mayKeep: (held: Standing) => boolean,
): Seats {
  const guestAt = new Map(instance.guestIds.map((id, u) => [id, u]))
  const slotAt = new Map(instance.slotIds.map((id, s) => [id, s]))
  const held = new Int32Array(instance.guestIds.length).fill(none)
  for (const one of standing) {
    const u = guestAt.get(one.personId)
    if (u !== undefined && mayKeep(one)) held[u] = slotAt.get(one.slotId) ?? gone
    else if (u !== undefined) held[u] = gone
  }
  return repairPublished(instance, held)
}

/** Splits one progress into stages: the part of `total` between two shares of the whole. */
export function stagesOf({ progress, cancelled }: SolveOptions, total: number) {
  return (from: number, to: number): SolveOptions => ({
    ...(cancelled && { cancelled }),
    progress: (done, all) => {
      const share = all === 0 ? 1 : done / all
      progress?.(Math.floor(total * (from + (to - from) * share)), total)
    },
  })
}
