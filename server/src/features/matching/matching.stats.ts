import type { Comparison, PinCost, PinKind } from '#shared/matching/matching.vocabulary.ts'
import type { Travel } from './core/baselines.ts'
import { buildInstance, type Instance, type InstanceInput } from './core/instance.ts'
import { solveFor } from './core/objectives.ts'
import { type Seats, statsOf } from './core/solution.ts'
import type { SolveOptions } from './core/solve.ts'
import { deal, type ProvedObjective, stagesOf } from './matching.deal.ts'
import type { Journeys } from './matching.travel.ts'

/** So many random orders that their mean says little about any one of them. */
const draws = 25

const wishRanks = [1, 2, 3, 4, 5]

/** The counts a director compares plans by. */
export function figuresOf({ guestIds }: Instance, seats: Seats, known: Travel) {
  const { placed, histogram, unwished } = statsOf(seats)
  return {
    placed,
    unplaced: guestIds.length - placed,
    byRank: wishRanks.map((rank) => histogram[rank] ?? 0),
    unwished,
    slotsWithoutGuest: seats.slotLoad.reduce((count, load) => count + (load === 0 ? 1 : 0), 0),
    travelKm: seats.slotOf.reduce((sum, s, u) => (s < 0 ? sum : sum + known(u, s)), 0),
  }
}

/**
 * What other ways of dealing would have given on the same data, the director's hand included.
 * @param made the plan itself and what it aimed at, not dealt again; undefined where that is none of these.
 * @param arrival people in the order in which they signed up.
 * @returns undefined when cancelled.
 */
export function compareObjectives(
  instance: Instance,
  made: { objective: ProvedObjective; seats: Seats } | undefined,
  { travel, known }: Journeys,
  arrival: readonly string[],
  options: SolveOptions,
): Comparison[] | undefined {
  const stage = stagesOf(options, instance.guestIds.length)
  const figures = (seats: Seats) => figuresOf(instance, seats, known)
  const comparison: Comparison[] = []
  for (const objective of ['fair', 'rank-maximal'] as const) {
    const dealt =
      made && objective === made.objective
        ? ({ ok: true, seats: made.seats } as const)
        : deal(objective, instance, travel, undefined, stage(0, 0.9))
    if (!dealt.ok) return undefined
    comparison.push({ objective, draws: 1, ...figures(dealt.seats) })
  }
  const came = solveFor('first-come', instance, { ...stage(0.9, 0.9), arrival, travel })
  if (!came.ok) return undefined
  comparison.push({ objective: 'first-come', draws: 1, ...figures(came.solution) })
  const drawn: ReturnType<typeof figures>[] = []
  for (let i = 0; i < draws; i++) {
    const one = solveFor('random-order', instance, {
      ...stage(0.9 + (0.1 * i) / draws, 0.9 + (0.1 * (i + 1)) / draws),
      draw: `draw ${i}`,
      travel,
    })
    if (!one.ok) return undefined
    drawn.push(figures(one.solution))
  }
  comparison.push({ objective: 'random-order', draws, ...meanOf(drawn) })
  return comparison
}

function meanOf(all: readonly ReturnType<typeof figuresOf>[]) {
  const mean = (of: (one: (typeof all)[number]) => number) =>
    Math.round((10 * all.reduce((sum, one) => sum + of(one), 0)) / all.length) / 10
  return {
    placed: mean((one) => one.placed),
    unplaced: mean((one) => one.unplaced),
    byRank: wishRanks.map((_, index) => mean((one) => one.byRank[index])),
    unwished: mean((one) => one.unwished),
    slotsWithoutGuest: mean((one) => one.slotsWithoutGuest),
    travelKm: mean((one) => one.travelKm),
  }
}

/** A choice of the director's hand that holds, as the problem names it. */
interface Choice {
  participant: string
  slot: string
}

/**
 * What each choice by hand changes: the plan is made once more without it and all others kept.
 * @returns undefined when cancelled.
 */
export function pinCosts(
  objective: ProvedObjective,
  problem: InstanceInput & { pins: readonly Choice[]; forbids: readonly Choice[] },
  seats: Seats,
  options: SolveOptions,
): PinCost[] | undefined {
  const { placed, cost } = statsOf(seats)
  const { pins, forbids } = problem
  const without = <T>(list: readonly T[], one: T) => list.filter((other) => other !== one)
  const choices = [
    ...pins.map((pin) => ({ pin, kind: 'pin' as PinKind, pins: without(pins, pin), forbids })),
    ...forbids.map((pin) => ({
      pin,
      kind: 'forbid' as PinKind,
      pins,
      forbids: without(forbids, pin),
    })),
  ]
  const costs: PinCost[] = []
  for (const [done, { pin, kind, ...hand }] of choices.entries()) {
    options.progress?.(done, choices.length)
    const built = buildInstance({ ...problem, ...hand })
    if (!built.ok) throw new Error(`fewer choices by hand conflict: ${built.refusal.code}`)
    const { cancelled } = options
    const solved = solveFor(objective, built.instance, cancelled ? { cancelled } : {})
    if (!solved.ok) return undefined
    const other = statsOf(solved.solution)
    costs.push({
      personId: pin.participant,
      slotId: pin.slot,
      kind,
      placed: other.placed - placed,
      cost: other.cost - cost,
      byRank: wishRanks.map((rank) => other.histogram[rank] ?? 0),
    })
  }
  return costs
}
