import type { Instance } from './instance.ts'
import { type Cut, PhaseSearch } from './maximum.ts'
import type { Prices } from './prices.ts'
import { DistanceQueue } from './queue.ts'
import type { Seating } from './seating.ts'
import { TightWishes } from './tight.ts'

/** Nodes are slots, then groups; a guest is passed through on the way from the slot they hold. */
export class GuestRounds {
  readonly #instance: Instance
  readonly #seating: Seating
  readonly #cut: Cut
  readonly #prices: Prices
  readonly #tight: TightWishes
  readonly #phases: PhaseSearch
  readonly #linked: Uint8Array
  readonly #distance: Float64Array
  /** what a guest would pay on the shortest way found, the distance of their seat included */
  readonly #limit: Float64Array
  readonly #queue = new DistanceQueue()

  constructor(instance: Instance, seating: Seating, cut: Cut, prices: Prices) {
    const { slotGroup, groupCapacity } = instance
    this.#instance = instance
    this.#seating = seating
    this.#cut = cut
    this.#prices = prices
    this.#tight = new TightWishes(instance, seating)
    this.#phases = new PhaseSearch(instance, seating)
    this.#linked = new Uint8Array(slotGroup.length)
    this.#distance = new Float64Array(slotGroup.length + groupCapacity.length)
    this.#limit = new Float64Array(seating.slotOf.length)
  }

  /** Opens a way for everybody who waits, and seats as many as can use theirs together. */
  run(): void {
    this.#raisePrices()
    const { slot, group } = this.#prices
    const { slotGroup } = this.#instance
    const linked = this.#linked
    for (let s = 0; s < linked.length; s++) linked[s] = slot[s] === group[slotGroup[s]] ? 1 : 0
    const tight = this.#tight.under(slot, 0, Number.POSITIVE_INFINITY, this.#cut.guest, 0)
    this.#phases.run(tight, linked)
  }

  /** Each price rises by the node's distance to free capacity, or that of the furthest guest. */
  #raisePrices(): void {
    const { slot, group } = this.#prices
    const distance = this.#distance
    const m = slot.length
    const most = this.#measure()
    for (let s = 0; s < m; s++) slot[s] += Math.min(distance[s], most)
    for (let g = 0; g < group.length; g++)
      if (!this.#cut.group[g]) group[g] += Math.min(distance[m + g], most)
  }

  /** Distances to free capacity, as far as the guest who has the furthest to go. */
  #measure(): number {
    const { slotStart, slotArcGuest, slotArcCost, slotGroup, slotCapacity } = this.#instance
    const { groupStart, groupSlots, groupCapacity } = this.#instance
    const { slotOf, costOf, slotLoad, groupLoad, first } = this.#seating
    const { slot: slotPrice, group: groupPrice } = this.#prices
    const m = slotPrice.length
    const limit = this.#limit.fill(Number.POSITIVE_INFINITY)
    const distance = this.#distance.fill(Number.POSITIVE_INFINITY)
    const queue = this.#queue
    queue.clear()
    for (let g = 0; g < groupCapacity.length; g++) {
      if (groupLoad[g] >= groupCapacity[g]) continue
      distance[m + g] = 0
      queue.push(m + g, 0)
    }
    let unseen = 0
    for (let u = 0; u < slotOf.length; u++) if (slotOf[u] < 0 && !this.#cut.guest[u]) unseen++
    let furthest = 0
    for (;;) {
      const node = queue.pop()
      const level = queue.level
      if (node < 0 || (unseen === 0 && level >= furthest)) return level
      if (distance[node] < level) continue
      if (node >= m) {
        const base = level + groupPrice[node - m]
        const end = groupStart[node - m + 1]
        for (let k = groupStart[node - m]; k < end; k++) {
          const s = groupSlots[k]
          const there = base - slotPrice[s]
          if (there >= distance[s] || slotLoad[s] >= slotCapacity[s]) continue
          this.#reach(s, there)
        }
        continue
      }
      const base = level + slotPrice[node]
      const end = slotStart[node + 1]
      for (let a = slotStart[node]; a < end; a++) {
        const u = slotArcGuest[a]
        const pays = base + slotArcCost[a]
        if (pays >= limit[u]) continue
        const held = slotOf[u]
        if (held >= 0) this.#reach(held, pays - costOf[u] - slotPrice[held])
        else {
          if (limit[u] === Number.POSITIVE_INFINITY) {
            unseen--
            if (pays > furthest) furthest = pays
          }
          limit[u] = pays
        }
      }
      if (first[node] < 0) continue
      const g = slotGroup[node]
      const there = base - groupPrice[g]
      if (there >= distance[m + g]) continue
      distance[m + g] = there
      queue.push(m + g, there)
    }
  }

  /** Nobody in the slot gets nearer to free capacity by what costs them more than this. */
  #reach(s: number, distance: number): void {
    const { first, next, costOf } = this.#seating
    this.#distance[s] = distance
    this.#queue.push(s, distance)
    const base = distance + this.#prices.slot[s]
    for (let u = first[s]; u >= 0; u = next[u]) this.#limit[u] = base + costOf[u]
  }
}
