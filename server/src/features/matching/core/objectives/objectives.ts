import type { Instance } from '../instance.ts'
import { canonicalOrder } from '../order.ts'
import type { Seats } from '../solution.ts'
import { type SolveOptions, solve } from '../solve.ts'
import { type Travel, takeTurns } from './baselines.ts'
import { rankMaximal } from './rank-maximal.ts'

/**
 * `fair`: most placed, then least sum of rank². `rank-maximal`: most first wishes, then most second
 * wishes, and so on. `first-come` and `random-order`: one after the other takes what is left, in
 * order of arrival or in a drawn order; what people know, to compare with.
 */
export const objectiveNames = ['fair', 'rank-maximal', 'first-come', 'random-order'] as const
export type Objective = (typeof objectiveNames)[number]

export interface ObjectiveOptions extends SolveOptions {
  /** `first-come`: participants by arrival; whoever is missing comes last, in canonical order */
  arrival?: readonly string[]
  /** `random-order`: the same draw gives the same order */
  draw?: string
  /** `first-come` and `random-order`: among equal wishes people take the nearest */
  travel?: Travel
}

export type ObjectiveResult = { ok: true; solution: Seats } | { ok: false; code: 'cancelled' }

/** The plan an objective leads to; pins, forbids and capacities hold in all of them. */
export function solveFor(
  objective: Objective,
  instance: Instance,
  options: ObjectiveOptions = {},
): ObjectiveResult {
  if (objective === 'fair') return solve(instance, options)
  if (objective === 'rank-maximal') return rankMaximal(instance, options)
  const { progress, cancelled, arrival = [], draw = '', travel } = options
  if (cancelled?.()) return { ok: false, code: 'cancelled' }
  const order =
    objective === 'first-come'
      ? arrivalOrder(instance.guestIds, arrival)
      : canonicalOrder(instance.guestIds, draw)
  const solution = takeTurns(instance, order, travel)
  progress?.(instance.guestIds.length, instance.guestIds.length)
  return { ok: true, solution }
}

function arrivalOrder(guestIds: readonly string[], arrival: readonly string[]): Set<number> {
  const at = new Map(guestIds.map((id, u) => [id, u]))
  return new Set([...arrival.flatMap((id) => at.get(id) ?? []), ...guestIds.keys()])
}
