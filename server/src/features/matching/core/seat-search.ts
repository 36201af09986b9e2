import type { Instance } from './instance.ts'
import type { Cut } from './maximum.ts'
import type { Prices } from './prices.ts'
import { DistanceQueue } from './queue.ts'
import { type Seating, seat } from './seating.ts'

/** Nodes are slots, then groups; a guest is passed through on the way to the slot they hold. */
export class SeatSearch {
  readonly #instance: Instance
  readonly #seating: Seating
  readonly #cut: Cut
  readonly #prices: Prices
  readonly #m: number
  readonly #distance: Float64Array
  /** slot → guest who would leave it, or -1 when its group asked for one more */
  readonly #leaver: Int32Array
  /** slot → where that guest would go, and at what cost */
  readonly #target: Int32Array
  readonly #targetCost: Int32Array
  /** group → slot that would give up one of its seats */
  readonly #giver: Int32Array
  readonly #queue = new DistanceQueue()
  #touched: number[] = []
  /** wishes looked at so far */
  work = 0

  constructor(instance: Instance, seating: Seating, cut: Cut, prices: Prices) {
    this.#instance = instance
    this.#seating = seating
    this.#cut = cut
    this.#prices = prices
    this.#m = instance.slotIds.length
    const groups = instance.groupCapacity.length
    this.#distance = new Float64Array(this.#m + groups).fill(Number.POSITIVE_INFINITY)
    this.#leaver = new Int32Array(this.#m)
    this.#target = new Int32Array(this.#m)
    this.#targetCost = new Int32Array(this.#m)
    this.#giver = new Int32Array(groups)
  }

  /** Fills one seat of a border node by the cheapest chain that ends at an unplaced guest. */
  fill(root: number): void {
    const { slotStart, slotArcGuest, slotArcCost, slotGroup, slotCapacity } = this.#instance
    const { groupStart, groupSlots } = this.#instance
    const { slotOf, costOf, slotLoad, first } = this.#seating
    const { slot: slotPrice, group: groupPrice } = this.#prices
    const cut = this.#cut
    const m = this.#m
    const distance = this.#distance
    const queue = this.#queue
    let best = Number.POSITIVE_INFINITY
    let newcomer = -1
    let newcomerSlot = -1
    let newcomerCost = 0
    queue.clear()
    this.#reach(root, 0)
    for (;;) {
      const node = queue.pop()
      const level = queue.level
      if (node < 0 || level >= best) break
      if (distance[node] < level) continue
      if (node >= m) {
        const g = node - m
        for (let k = groupStart[g]; k < groupStart[g + 1]; k++) {
          const s = groupSlots[k]
          if (!cut.slot[s] || slotLoad[s] >= slotCapacity[s]) continue
          const there = level + groupPrice[g] - slotPrice[s]
          if (there >= distance[s] || there >= best) continue
          this.#leaver[s] = -1
          this.#reach(s, there)
        }
        continue
      }
      const price = slotPrice[node]
      this.work += slotStart[node + 1] - slotStart[node]
      for (let a = slotStart[node]; a < slotStart[node + 1]; a++) {
        const u = slotArcGuest[a]
        if (!cut.guest[u]) continue
        const old = slotOf[u]
        if (old < 0) {
          const there = level + slotArcCost[a] + price
          if (there >= best) continue
          best = there
          newcomer = u
          newcomerSlot = node
          newcomerCost = slotArcCost[a]
        } else {
          const there = level + slotArcCost[a] + price - costOf[u] - slotPrice[old]
          if (there >= best || there >= distance[old]) continue
          this.#leaver[old] = u
          this.#target[old] = node
          this.#targetCost[old] = slotArcCost[a]
          this.#reach(old, there)
        }
      }
      const g = slotGroup[node]
      if (cut.group[g] && first[node] >= 0) {
        const there = level + price - groupPrice[g]
        if (there >= distance[m + g] || there >= best) continue
        this.#giver[g] = node
        this.#reach(m + g, there)
      }
    }
    if (newcomer < 0) throw new Error('a border seat that every best plan fills stays empty')
    for (const node of this.#touched) {
      const gain = best - distance[node]
      if (gain > 0) {
        if (node >= m) groupPrice[node - m] -= gain
        else slotPrice[node] -= gain
      }
      distance[node] = Number.POSITIVE_INFINITY
    }
    this.#touched.length = 0
    this.#apply(root, newcomer, newcomerSlot, newcomerCost)
  }

  #reach(node: number, distance: number): void {
    if (this.#distance[node] === Number.POSITIVE_INFINITY) this.#touched.push(node)
    this.#distance[node] = distance
    this.#queue.push(node, distance)
  }

  #apply(root: number, newcomer: number, newcomerSlot: number, newcomerCost: number): void {
    const { slotGroup } = this.#instance
    const m = this.#m
    seat(this.#seating, slotGroup, newcomer, newcomerSlot, newcomerCost)
    let slot = newcomerSlot
    while (slot !== root) {
      const leaver = this.#leaver[slot]
      if (leaver >= 0) {
        const target = this.#target[slot]
        seat(this.#seating, slotGroup, leaver, target, this.#targetCost[slot])
        slot = target
      } else {
        const g = slotGroup[slot]
        if (m + g === root) return
        slot = this.#giver[g]
      }
    }
  }
}
