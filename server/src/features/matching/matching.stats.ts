import type { Comparison, PinCost, PinKind } from '#shared/matching/matching.vocabulary.ts'
import type { InstanceInput } from './core/input.ts'
import { buildInstance, type Instance } from './core/instance.ts'
import type { Travel } from './core/objectives/baselines.ts'
import { solveFor } from './core/objectives/objectives.ts'
import { openRepair } from './core/repair/repair.ts'
import { type Seats, type Solution, type Stats, statsOf } from './core/solution.ts'
import type { SolveOptions } from './core/solve.ts'
import { type DealFailure, deal, type ProvedObjective, stagesOf } from './matching.deal.ts'
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
 */
export function compareObjectives(
  instance: Instance,
  made: { objective: ProvedObjective; seats: Seats } | undefined,
  { travel, known }: Journeys,
  arrival: readonly string[],
  options: SolveOptions,
): Comparison[] | DealFailure {
  const stage = stagesOf(options, instance.guestIds.length)
  const figures = (seats: Seats) => figuresOf(instance, seats, known)
  const comparison: Comparison[] = []
  for (const [i, objective] of (['fair', 'rank-maximal'] as const).entries()) {
    const dealt =
      made && objective === made.objective
        ? ({ ok: true, seats: made.seats } as const)
        : deal(objective, instance, travel, undefined, stage(0.45 * i, 0.45 * (i + 1)))
    if (!dealt.ok) return dealt.failure
    comparison.push({ objective, draws: 1, ...figures(dealt.seats) })
  }
  const came = solveFor('first-come', instance, { ...stage(0.9, 0.9), arrival, travel })
  if (!came.ok) return came.code
  comparison.push({ objective: 'first-come', draws: 1, ...figures(came.solution) })
  const drawn: ReturnType<typeof figures>[] = []
  for (let i = 0; i < draws; i++) {
    const one = solveFor('random-order', instance, {
      ...stage(0.9 + (0.1 * i) / draws, 0.9 + (0.1 * (i + 1)) / draws),
      draw: `draw ${i}`,
      travel,
    })
    if (!one.ok) return one.code
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

type Problem = Required<InstanceInput>

/**
 * What each choice by hand changes: the best plan without it and with all others kept. A fair plan
 * is repaired for it, which takes no time at all; another is solved once more for each.
 * @returns undefined when cancelled.
 */
export function pinCosts(
  objective: ProvedObjective,
  problem: Problem,
  instance: Instance,
  dealt: { seats: Seats; solution?: Solution },
  { progress, cancelled = () => false }: SolveOptions,
): PinCost[] | undefined {
  const { placed, cost } = statsOf(dealt.seats)
  const repaired = dealt.solution && repairs(problem, instance, dealt.solution)
  const { pins, forbids } = problem
  const choices = [
    ...pins.map((choice) => ({ choice, kind: 'pin' as const })),
    ...forbids.map((choice) => ({ choice, kind: 'forbid' as const })),
  ]
  const costs: PinCost[] = []
  for (const [done, { choice, kind }] of choices.entries()) {
    progress?.(done, choices.length)
    if (cancelled()) return undefined
    const other = repaired?.(choice, kind) ?? solvedAgain(objective, problem, choice)
    costs.push({
      personId: choice.participant,
      slotId: choice.slot,
      kind,
      placed: other.placed - placed,
      cost: other.cost - cost,
      byRank: wishRanks.map((rank) => other.histogram[rank] ?? 0),
    })
  }
  return costs
}

/** The plan without a choice, by letting its guest wish what is otherwise left to them. */
function repairs({ participants, forbids }: Problem, instance: Instance, solution: Solution) {
  const repair = openRepair(instance, solution)
  const guestAt = new Map(instance.guestIds.map((id, u) => [id, u]))
  const slotAt = new Map(instance.slotIds.map((id, s) => [id, s]))
  const wishesOf = new Map(participants.map(({ id, wishes }) => [id, wishes]))
  const neverOf = Map.groupBy(forbids, ({ participant }) => participant)
  return (choice: Choice, kind: PinKind): Stats => {
    const { participant } = choice
    const never = new Set(
      neverOf.get(participant)?.flatMap((one) => (one === choice ? [] : one.slot)),
    )
    const left = wishesOf.get(participant)!.filter(({ slot }) => !never.has(slot))
    const u = guestAt.get(participant)!
    return repair.attempt(() => {
      repair.changeWishes(
        u,
        left.map(({ slot, rank }) => ({ slot: slotAt.get(slot)!, rank })),
      )
      if (kind === 'pin') repair.unpin(u)
      return statsOf(repair.solution())
    })
  }
}

function solvedAgain(objective: ProvedObjective, problem: Problem, choice: Choice): Stats {
  const others = <T>(list: readonly T[]) => list.filter((one) => one !== choice)
  const { pins, forbids } = problem
  const built = buildInstance({ ...problem, pins: others(pins), forbids: others(forbids) })
  if (!built.ok) throw new Error(`fewer choices by hand conflict: ${built.refusal.code}`)
  const solved = solveFor(objective, built.instance)
  if (!solved.ok) throw new Error('nobody cancelled')
  return statsOf(solved.solution)
}
