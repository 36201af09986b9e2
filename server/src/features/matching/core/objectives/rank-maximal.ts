import type { Instance } from '../instance.ts'
import { type Cut, cutOf, placeTheMost, seatGreedily } from '../maximum.ts'
import { emptySeating, type Seating } from '../seating.ts'
import type { Seats } from '../solution.ts'
import type { SolveOptions } from '../solve.ts'

export type RankMaximalResult =
  | { ok: true; solution: Seats; proof: RankMaximalProof }
  | { ok: false; code: 'cancelled' }

/**
 * For each rank that occurs, lowest first, a cut which shows that no more can be had of it. A slot
 * on the border of one (inside, its group outside) is full in every rank-maximal plan; for the cuts
 * that follow it stands apart from its group, with seats of its own.
 */
export type RankMaximalProof = { rank: number; cut: Cut }[]

/**
 * The plan with the most first wishes, among those the most second wishes, and so on; it may place
 * fewer people than others do. Irving, Kavitha, Mehlhorn, Michail and Paluch 2006 (« Rank-maximal
 * matchings »), here with capacities of slots and groups: wishes are admitted rank by rank, and
 * each time the seating of before is augmented to the most it can be. The minimum cut left behind
 * is an optimal dual, so by complementary slackness what it leaves out (a wish that crosses it
 * backward, any later wish of who is surely placed or for what is surely full) is in no
 * rank-maximal plan, and whatever keeps to the rest still has the most of every rank so far.
 * Augmenting keeps guests placed and groups full, but could move a seat from a full slot to another
 * of its group: a slot that must stay full therefore leaves its group and takes its seats along.
 */
export function rankMaximal(instance: Instance, options: SolveOptions = {}): RankMaximalResult {
  const { progress, cancelled = () => false } = options
  const total = instance.guestIds.length
  const groups = instance.groupCapacity.length
  let live = withOwnGroups(instance)
  const seating = emptySeating(live)
  const proof: RankMaximalProof = []
  for (const rank of ranksOf(instance)) {
    const limit = rank ** 2
    const admitted = restricted(live, (_u, _s, cost) => cost <= limit)
    seatGreedily(admitted, seating)
    if (cancelled() || !placeTheMost(admitted, seating, cancelled)) return stopped
    const cut = cutOf(admitted, seating)
    proof.push({ rank, cut: { ...cut, group: cut.group.slice(0, groups) } })
    const { slotGroup } = live
    live = restricted(live, (u, s, cost) => survives(slotGroup, cut, limit, u, s, cost))
    live = apart(live, seating, cut, groups)
    progress?.(Math.round((total * proof.length) / (proof.length + 1)), total)
  }
  progress?.(total, total)
  const { slotOf, costOf, slotLoad } = seating
  const rankOf = instance.pinRank.map((rank, u) => rank || Math.sqrt(costOf[u]))
  const groupLoad = new Int32Array(groups)
  for (const [s, g] of instance.slotGroup.entries()) groupLoad[g] += slotLoad[s]
  return { ok: true, solution: { slotOf, rankOf, slotLoad, groupLoad }, proof }
}

/** Room for a group of each slot's own after the others, empty until the slot stands apart. */
function withOwnGroups(instance: Instance): Instance {
  const { slotCapacity, groupCapacity, groupStart, groupSlots } = instance
  const start = new Int32Array(groupStart.length + slotCapacity.length).fill(groupSlots.length)
  start.set(groupStart)
  const capacity = new Int32Array(groupCapacity.length + slotCapacity.length)
  capacity.set(groupCapacity)
  return { ...instance, groupStart: start, groupCapacity: capacity }
}

/** Takes the full slots on the border of a cut out of their groups, seats and guests along. */
function apart(live: Instance, seating: Seating, cut: Cut, groups: number): Instance {
  const slotGroup = live.slotGroup.slice()
  const groupCapacity = live.groupCapacity.slice()
  for (const [s, g] of slotGroup.entries()) {
    if (!cut.slot[s] || cut.group[g] || g === groups + s) continue
    slotGroup[s] = groups + s
    groupCapacity[g] -= live.slotCapacity[s]
    groupCapacity[groups + s] = live.slotCapacity[s]
    seating.groupLoad[g] -= seating.slotLoad[s]
    seating.groupLoad[groups + s] = seating.slotLoad[s]
  }
  const groupStart = new Int32Array(groupCapacity.length + 1)
  for (const g of slotGroup) groupStart[g + 1]++
  for (let g = 0; g < groupCapacity.length; g++) groupStart[g + 1] += groupStart[g]
  const groupSlots = new Int32Array(slotGroup.length)
  const next = groupStart.slice()
  for (const [s, g] of slotGroup.entries()) groupSlots[next[g]++] = s
  return { ...live, slotGroup, groupCapacity, groupStart, groupSlots }
}

const stopped: RankMaximalResult = { ok: false, code: 'cancelled' }

/** The ranks that occur, lowest first. */
function ranksOf({ arcCost }: Instance): number[] {
  const costs = [...new Set(arcCost)].sort((a, b) => a - b)
  return costs.map((cost) => Math.sqrt(cost))
}

/** Whether a rank-maximal plan may still use a wish: what pays for it is worth exactly it. */
function survives(
  slotGroup: Int32Array,
  { guest, slot, group }: Cut,
  limit: number,
  u: number,
  s: number,
  cost: number,
): boolean {
  const paid = (guest[u] ? 0 : 1) + (slot[s] || group[slotGroup[s]] ? 1 : 0)
  return paid === (cost <= limit ? 1 : 0)
}

type Keep = (guest: number, slot: number, cost: number) => boolean

/** The same guests and slots with fewer wishes. */
function restricted(instance: Instance, keep: Keep): Instance {
  const { guestStart, arcSlot, arcCost, slotStart, slotArcGuest, slotArcCost } = instance
  const byGuest = filtered(guestStart, arcSlot, arcCost, keep)
  const bySlot = filtered(slotStart, slotArcGuest, slotArcCost, (s, u, cost) => keep(u, s, cost))
  return {
    ...instance,
    guestStart: byGuest.start,
    arcSlot: byGuest.ends,
    arcCost: byGuest.costs,
    slotStart: bySlot.start,
    slotArcGuest: bySlot.ends,
    slotArcCost: bySlot.costs,
  }
}

function filtered(
  start: Int32Array,
  ends: Int32Array,
  costs: Int32Array,
  keep: (from: number, end: number, cost: number) => boolean,
) {
  const kept = { start: new Int32Array(start.length), ends: ends.slice(), costs: costs.slice() }
  let count = 0
  for (let from = 0; from + 1 < start.length; from++) {
    for (let a = start[from]; a < start[from + 1]; a++) {
      if (!keep(from, ends[a], costs[a])) continue
      kept.ends[count] = ends[a]
      kept.costs[count++] = costs[a]
    }
    kept.start[from + 1] = count
  }
  kept.ends = kept.ends.slice(0, count)
  kept.costs = kept.costs.slice(0, count)
  return kept
}
