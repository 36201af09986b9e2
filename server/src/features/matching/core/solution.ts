import type { Instance } from './instance.ts'
import type { Cut } from './maximum.ts'
import type { Prices } from './prices.ts'

/** Who sits where; indices are those of the instance. */
export interface Seats {
  /** slot of each guest, or -1 */
  slotOf: Int32Array
  /** rank of each guest's seat; 0 if unplaced, or pinned to a slot they did not wish */
  rankOf: Int32Array
  slotLoad: Int32Array
  groupLoad: Int32Array
}

/** A plan, and the proof that none is better. */
export interface Solution extends Seats {
  cut: Cut
  prices: Prices
}

export interface Stats {
  placed: number
  /** sum of rank² over the placed; a pin nobody wished adds nothing */
  cost: number
  /** how many were placed at each rank */
  histogram: Record<number, number>
  /** placed by a pin into a slot they did not wish: in `placed`, not in `histogram` */
  unwished: number
}

/** What the director reads first about a plan. */
export function statsOf({ slotOf, rankOf }: Pick<Solution, 'slotOf' | 'rankOf'>): Stats {
  const stats: Stats = { placed: 0, cost: 0, histogram: {}, unwished: 0 }
  for (let u = 0; u < slotOf.length; u++) {
    if (slotOf[u] < 0) continue
    const rank = rankOf[u]
    stats.placed++
    if (rank === 0) stats.unwished++
    else {
      stats.cost += rank ** 2
      stats.histogram[rank] = (stats.histogram[rank] ?? 0) + 1
    }
  }
  return stats
}

export interface Assignment {
  participant: string
  slot: string
  /** null for a pin to a slot that was not wished */
  rank: number | null
}

/** The plan in identifiers, both lists sorted by participant (by UTF-16 unit, as `<` does). */
export function planOf(
  { guestIds, slotIds }: Pick<Instance, 'guestIds' | 'slotIds'>,
  { slotOf, rankOf }: Pick<Solution, 'slotOf' | 'rankOf'>,
): { assignments: Assignment[]; unplaced: string[] } {
  const assignments: Assignment[] = []
  const unplaced: string[] = []
  for (const [u, participant] of guestIds.entries()) {
    if (slotOf[u] < 0) unplaced.push(participant)
    else assignments.push({ participant, slot: slotIds[slotOf[u]], rank: rankOf[u] || null })
  }
  assignments.sort((a, b) => (a.participant < b.participant ? -1 : 1))
  return { assignments, unplaced: unplaced.sort() }
}

/** Whether one more guest would fit into a slot, and if not, what stands in the way. */
export type SlotState = 'open' | 'slot_closed' | 'slot_full' | 'group_full'

export function slotStateOf(
  { slotCapacity, slotGroup, groupCapacity }: Instance,
  { slotLoad, groupLoad }: Pick<Solution, 'slotLoad' | 'groupLoad'>,
  slot: number,
): SlotState {
  const group = slotGroup[slot]
  if (slotCapacity[slot] === 0) return 'slot_closed'
  if (slotLoad[slot] >= slotCapacity[slot]) return 'slot_full'
  return groupLoad[group] >= groupCapacity[group] ? 'group_full' : 'open'
}
