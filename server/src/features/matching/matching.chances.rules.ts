import { expandWishes, type Wish } from '#server/features/signup/signup.rules.ts'
import { buildInstance } from './core/instance.ts'
import { solve } from './core/solve.ts'
import { type Arrivals, arrivalsToCome } from './matching.chances.arrivals.ts'
import { type Draws, drawsFrom } from './matching.chances.draws.ts'
import { type PlanInput, problemOf } from './matching.problem.ts'
import type { Arc } from './matching.reasons.ts'

export interface ChancesInput {
  /** The day as a plan would be made from it now; guests are all who hold a hand, see `composing`. */
  plan: PlanInput
  /** Guests who have not handed theirs in: they count among those still to come. */
  composing: readonly string[]
  arrivals: Arrivals
  /** Sign-ups of past days of the region, in the terms of this day. */
  past: PlanInput['guests']
}

export interface Chances {
  /** In how many of the samples each guest was granted their 1st, 2nd … wish. */
  granted: { personId: string; times: number[] }[]
  samples: number
  /** People signed up in the end, on average over the samples. */
  expected: number
}

/** At least 200 (see the issue of a share's error: ± 0.035 at one half). */
export const samplesDrawn = 240

/** People of past days weigh as so many of this day's at most: tastes change. */
const mostPast = 30
/** Somebody nothing is known of weighs as so many: with few sign-ups, anything may still come. */
const unknownWeight = 3
/** How many combinations of a home and wishes are drawn for each person known. */
const doubles = 4

/**
 * The share of {@link samplesDrawn} plans in which each wish is granted, given the places that exist
 * now. Each sample adds the people still to come ({@link arrivalsToCome}), who wish like somebody
 * already there or of a past day, and is solved once for everybody. Who is likely to be copied is
 * drawn anew for each sample (the Bayesian bootstrap, D. B. Rubin 1981), since a handful of sign-ups
 * says little of what all will want; ties are broken anew as well. Nobody is thought to change or
 * cancel their wishes, and no place to come or go.
 */
export function estimateChances(input: ChancesInput, progress = (_: number) => {}): Chances {
  const { plan, composing, arrivals } = input
  const base = problemOf(plan)
  const draws = drawsFrom(plan.seed)
  const stillToCome = arrivalsToCome(arrivals)
  const newcomer = newcomers(input, draws)
  const times = new Map(plan.guests.map(({ personId, wishes }) => [personId, wishes.map(() => 0)]))
  let expected = 0
  for (let sample = 0; sample < samplesDrawn; sample++) {
    const more = Math.max(0, stillToCome(draws) - composing.length)
    const likely = newcomer()
    const joining = Array.from({ length: more }, (_, i) => ({ id: `+${i}`, wishes: likely() }))
    const problem = buildInstance({
      ...base,
      seed: `${plan.seed} ${sample}`,
      participants: [...base.participants, ...joining],
    })
    // Only the director's hand can make a day impossible; plans say so where it matters.
    if (!problem.ok) return { granted: [], samples: 0, expected: 0 }
    const solved = solve(problem.instance)
    if (!solved.ok) throw new Error('nobody stops a sample')
    for (const [u, id] of problem.instance.guestIds.entries()) {
      const counted = times.get(id)
      const rank = solved.solution.rankOf[u]
      if (counted && rank > 0 && solved.solution.slotOf[u] >= 0) counted[rank - 1]++
    }
    expected += plan.guests.length + more
    progress(sample + 1)
  }
  return {
    granted: [...times].map(([personId, counted]) => ({ personId, times: counted })),
    samples: samplesDrawn,
    expected: expected / samplesDrawn,
  }
}

/**
 * For each sample anew: draws what somebody still to come may be given. They live where one person
 * known lives and wish what another wishes: copied whole, people would mostly compete with their own
 * doubles, and whoever has rare wishes would look less lucky than they are.
 */
function newcomers({ plan, past }: ChancesInput, draws: Draws) {
  const sites = new Map(plan.sites.map((site) => [site.id, site]))
  const roles = [...new Set(plan.slots.map(({ roleId }) => roleId))]
  const known = [...plan.guests, ...past]
  const pastWeight = Math.min(mostPast, past.length) / Math.max(1, past.length)
  const weights = known.map((_, i) => (i < plan.guests.length ? 1 : pastWeight))
  const total = weights.reduce((sum, weight) => sum + weight, unknownWeight)
  const cumulate = (of: readonly number[]) => {
    let sum = 0
    return Float64Array.from(of, (weight) => {
      sum += weight
      return sum
    })
  }
  const pool = Array.from({ length: known.length === 0 ? 0 : doubles * known.length }, () => {
    const cumulated = cumulate(weights)
    const home = draws.index(cumulated)
    const wish = draws.index(cumulated)
    const { siteId, ownRoleId } = known[home]
    const wisher = { personId: '', siteId, ownRoleId, hosting: [] }
    return { home, wish, arcs: expandWishes(known[wish].wishes, wisher, plan.slots, sites) }
  })

  /** Two roles by lot, anywhere. */
  function unknown(): Arc[] {
    const first = roles[Math.floor(draws.uniform() * roles.length)]
    const second = roles[Math.floor(draws.uniform() * roles.length)]
    return plan.slots.flatMap(({ id, roleId }) =>
      roleId === first ? { slot: id, rank: 1 } : roleId === second ? { slot: id, rank: 2 } : [],
    )
  }

  return () => {
    const likely = known.map(() => draws.exponential())
    const cumulated = cumulate(pool.map(({ home, wish }) => likely[home] * likely[wish]))
    return (): Arc[] =>
      pool.length === 0 || draws.uniform() * total < unknownWeight
        ? unknown()
        : pool[draws.index(cumulated)].arcs
  }
}

/** Whether these wishes, in this order, are the same hand. */
export const sameHand = (a: readonly Wish[], b: readonly Wish[]) => handKey(a) === handKey(b)

const handKey = (wishes: readonly Wish[]) =>
  JSON.stringify(
    wishes.map(({ roleId, periodId, place, siteId, radiusKm }) => [
      roleId,
      periodId,
      place,
      siteId,
      radiusKm,
    ]),
  )
