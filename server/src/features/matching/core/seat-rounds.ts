import type { Instance } from './instance.ts'
import { type Cut, PhaseSearch } from './maximum.ts'
import type { Prices } from './prices.ts'
import { DistanceQueue } from './queue.ts'
import type { Seating } from './seating.ts'
import { TightWishes } from './tight.ts'

/** Nodes are slots, then groups; a guest is passed through on the way from the slot they hold. */
export class SeatRounds {
  readonly #instance: Instance
  readonly #seating: Seating
  readonly #cut: Cut
  readonly #prices: Prices
  readonly #tight: TightWishes
  readonly #phases: PhaseSearch
  readonly #linked: Uint8Array
  readonly #distance: Float64Array
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
  }

  /** Opens a way to every empty seat, and fills as many as can use theirs together. */
  run(): void {
    this.#lowerPrices()
    const { slot, group } = this.#prices
    const { slotGroup } = this.#instance
    const { group: cutGroup } = this.#cut
    const linked = this.#linked
    for (let s = 0; s < linked.length; s++) {
      const g = slotGroup[s]
      linked[s] = cutGroup[g] === 0 || slot[s] === group[g] ? 1 : 0
    }
    let lowest = 0
    for (const price of slot) if (price < lowest) lowest = price
    const tight = this.#tight.under(slot, lowest, 0, this.#cut.guest, 1)
    this.#phases.run(tight, linked)
  }

  /** Border nodes with an empty seat. */
  #countOpen(): number {
    const { slotCapacity, slotGroup, groupCapacity } = this.#instance
    const { slotLoad, groupLoad } = this.#seating
    const cut = this.#cut
    let open = 0
    for (let s = 0; s < slotCapacity.length; s++)
      if (cut.slot[s] && !cut.group[slotGroup[s]] && slotLoad[s] < slotCapacity[s]) open++
    for (let g = 0; g < groupCapacity.length; g++)
      if (cut.group[g] && groupLoad[g] < groupCapacity[g]) open++
    return open
  }

  /** Each price falls by the node's distance from who is out, or that of the furthest seat. */
  #lowerPrices(): void {
    const { slot, group } = this.#prices
    const distance = this.#distance
    const m = slot.length
    const most = this.#measure()
    for (let s = 0; s < m; s++) if (this.#cut.slot[s]) slot[s] -= Math.min(distance[s], most)
    for (let g = 0; g < group.length; g++)
      if (this.#cut.group[g]) group[g] -= Math.min(distance[m + g], most)
  }

  /** Distances from the unplaced guests, as far as the empty seat that is furthest. */
  #measure(): number {
    const { slotGroup, slotCapacity, groupStart, groupSlots, groupCapacity } = this.#instance
    const { slotOf, costOf, slotLoad, groupLoad, first, next } = this.#seating
    const { slot: slotPrice, group: groupPrice } = this.#prices
    const cut = this.#cut
    const m = slotPrice.length
    const distance = this.#distance.fill(Number.POSITIVE_INFINITY)
    const queue = this.#queue
    queue.clear()
    for (let u = 0; u < slotOf.length; u++) if (cut.guest[u] && slotOf[u] < 0) this.#leave(u, 0)
    let unseen = this.#countOpen()
    for (;;) {
      const node = queue.pop()
      const level = queue.level
      if (node < 0 || unseen === 0) return level
      if (distance[node] < level) continue
      if (node >= m) {
        const g = node - m
        if (groupLoad[g] < groupCapacity[g]) unseen--
        const base = level - groupPrice[g]
        for (let k = groupStart[g]; k < groupStart[g + 1]; k++) {
          const s = groupSlots[k]
          if (first[s] >= 0 && cut.slot[s]) this.#reach(s, base + slotPrice[s])
        }
        continue
      }
      const price = slotPrice[node]
      for (let u = first[node]; u >= 0; u = next[u]) this.#leave(u, level - costOf[u] - price)
      if (slotLoad[node] >= slotCapacity[node]) continue
      const g = slotGroup[node]
      if (cut.group[g]) this.#reach(m + g, level - price + groupPrice[g])
      else unseen--
    }
  }

  #leave(u: number, base: number): void {
    const { guestStart, arcSlot, arcCost } = this.#instance
    const price = this.#prices.slot
    const distance = this.#distance
    const end = guestStart[u + 1]
    for (let a = guestStart[u]; a < end; a++) {
      const s = arcSlot[a]
      const there = base + arcCost[a] + price[s]
      if (there >= distance[s]) continue
      distance[s] = there
      this.#queue.push(s, there)
    }
  }

  #reach(node: number, distance: number): void {
    if (distance >= this.#distance[node]) return
    this.#distance[node] = distance
    this.#queue.push(node, distance)
  }
}
