import type { Instance } from './instance.ts'
import { cutOf, placeTheMost, seatGreedily } from './maximum.ts'
import type { Prices } from './prices.ts'
import { emptySeating, type Seating } from './seating.ts'
import { settleGuests } from './settle-guests.ts'
import { settleSeats } from './settle-seats.ts'
import type { Solution } from './solution.ts'

export interface SolveOptions {
  /** called after every round with guests settled and guests in all, at the end with both equal */
  progress?: (settled: number, total: number) => void
  /** asked between rounds; once true, solving ends without a plan */
  cancelled?: () => boolean
}

export type SolveResult = { ok: true; solution: Solution } | { ok: false; code: 'cancelled' }

/**
 * The plan that places the most guests and, among those, has the least sum of rank²: exact, in
 * integers, with no weight that trades one aim for the other.
 *
 * 1. As many as possible: a greedy start, then shortest augmenting paths in phases (Hopcroft and
 *    Karp 1973, Dinic 1970) on guest → slot → group → free capacity.
 * 2. The minimum cut left behind splits guests, slots and groups in two (Dulmage and Mendelsohn
 *    1958): on the scarce side every seat of the border is taken in every plan that places the
 *    most, on the ample side everybody is placed. Nothing crosses, so each side is an ordinary
 *    minimum-cost flow of known size.
 * 3. Starting again from empty seats, prices fall on the scarce side and rise on the ample side in
 *    rounds, each of which seats as many as can be under the present prices: see `settleGuests`.
 *
 * The same instance gives the same plan; the potentials are its proof, see `checkCertificate`.
 */
export function solve(instance: Instance, options: SolveOptions = {}): SolveResult {
  const { progress, cancelled = () => false } = options
  const total = instance.guestIds.length
  const most = emptySeating(instance)
  seatGreedily(instance, most)
  if (cancelled() || !placeTheMost(instance, most, cancelled)) return stopped
  const cut = cutOf(instance, most)

  const seating = emptySeating(instance)
  const prices: Prices = {
    slot: new Float64Array(instance.slotCapacity.length),
    group: new Float64Array(instance.groupCapacity.length),
  }
  const placeable = seatsTaken(most)
  const step = () => {
    progress?.(total - placeable + seatsTaken(seating), total)
    return !cancelled()
  }
  if (!settleSeats(instance, seating, cut, prices, step)) return stopped
  if (!settleGuests(instance, seating, cut, prices, step)) return stopped
  progress?.(total, total)

  const { slotOf, costOf, slotLoad, groupLoad } = seating
  const rankOf = costOf.map((cost, u) =>
    instance.pinSlot[u] < 0 ? Math.sqrt(cost) : instance.pinRank[u],
  )
  return { ok: true, solution: { slotOf, rankOf, slotLoad, groupLoad, cut, prices } }
}

const stopped: SolveResult = { ok: false, code: 'cancelled' }

const seatsTaken = ({ groupLoad }: Seating) => groupLoad.reduce((sum, load) => sum + load, 0)
