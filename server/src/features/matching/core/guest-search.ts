import type { Instance } from './instance.ts'
import type { Prices } from './prices.ts'
import { DistanceQueue } from './queue.ts'
import { type Seating, seat } from './seating.ts'

/** Nodes are slots, then groups; from a slot one moves on with any guest who holds a seat there. */
export class GuestSearch {
  readonly #instance: Instance
  readonly #seating: Seating
  readonly #prices: Prices
  readonly #m: number
  readonly #distance: Float64Array
  /** slot → guest who would come, or -1 when its group gives one of its seats elsewhere */
  readonly #comer: Int32Array
  readonly #comerCost: Int32Array
  /** group → slot that would use one more of its seats */
  readonly #user: Int32Array
  readonly #queue = new DistanceQueue()
  #touched: number[] = []
  /** wishes looked at so far */
  work = 0
  #best = 0
  #bestGroup = -1

  constructor(instance: Instance, seating: Seating, prices: Prices) {
    this.#instance = instance
    this.#seating = seating
    this.#prices = prices
    this.#m = instance.slotIds.length
    const groups = instance.groupCapacity.length
    this.#distance = new Float64Array(this.#m + groups).fill(Number.POSITIVE_INFINITY)
    this.#comer = new Int32Array(this.#m)
    this.#comerCost = new Int32Array(this.#m)
    this.#user = new Int32Array(groups)
  }

  /** Places one more guest by the cheapest chain that ends at free capacity. */
  place(root: number): void {
    const { guestStart, arcSlot, arcCost, slotGroup, slotCapacity } = this.#instance
    const { groupStart, groupSlots } = this.#instance
    const { costOf, slotLoad, first, next } = this.#seating
    const { slot: slotPrice, group: groupPrice } = this.#prices
    const m = this.#m
    const distance = this.#distance
    const queue = this.#queue
    this.#best = Number.POSITIVE_INFINITY
    queue.clear()
    let worth = Number.POSITIVE_INFINITY
    const end = guestStart[root + 1]
    for (let a = guestStart[root]; a < end && arcCost[a] < worth; a++)
      worth = Math.min(worth, arcCost[a] + slotPrice[arcSlot[a]])
    this.#leave(root, 0, worth)
    for (;;) {
      const node = queue.pop()
      const level = queue.level
      if (node < 0 || level >= this.#best) break
      if (distance[node] < level) continue
      if (node >= m) {
        const g = node - m
        for (let k = groupStart[g]; k < groupStart[g + 1]; k++) {
          const s = groupSlots[k]
          if (first[s] < 0) continue
          const there = level + slotPrice[s] - groupPrice[g]
          if (there >= distance[s] || there >= this.#best) continue
          this.#comer[s] = -1
          this.#reach(s, there)
        }
        continue
      }
      const price = slotPrice[node]
      if (slotLoad[node] < slotCapacity[node]) this.#use(node, level - price)
      for (let u = first[node]; u >= 0; u = next[u]) this.#leave(u, level, costOf[u] + price)
    }
    if (this.#best === Number.POSITIVE_INFINITY)
      throw new Error('a guest whom every best plan places stays unplaced')
    for (const node of this.#touched) {
      const gain = this.#best - distance[node]
      if (gain > 0) {
        if (node >= m) groupPrice[node - m] += gain
        else slotPrice[node] += gain
      }
      distance[node] = Number.POSITIVE_INFINITY
    }
    this.#touched.length = 0
    this.#apply(root, slotGroup)
  }

  /** Relaxes every other slot a guest would take; `worth` is what their seat costs them now. */
  #leave(u: number, level: number, worth: number): void {
    const { guestStart, arcSlot, arcCost } = this.#instance
    const slotPrice = this.#prices.slot
    const distance = this.#distance
    const base = level - worth
    const end = guestStart[u + 1]
    let a = guestStart[u]
    // The best rank comes first and prices are never negative: what follows is too far as well.
    for (; a < end && base + arcCost[a] < this.#best; a++) {
      const s = arcSlot[a]
      const there = base + arcCost[a] + slotPrice[s]
      if (there >= distance[s] || there >= this.#best) continue
      this.#comer[s] = u
      this.#comerCost[s] = arcCost[a]
      this.#end(s, there - slotPrice[s])
      if (there < this.#best) this.#reach(s, there)
    }
    this.work += a - guestStart[u]
  }

  /** The path may end in a slot with room in a group with room, whose price is 0. */
  #end(slot: number, there: number): void {
    const { slotGroup, slotCapacity, groupCapacity } = this.#instance
    const { slotLoad, groupLoad } = this.#seating
    const g = slotGroup[slot]
    if (there >= this.#best) return
    if (slotLoad[slot] >= slotCapacity[slot] || groupLoad[g] >= groupCapacity[g]) return
    this.#user[g] = slot
    this.#best = there
    this.#bestGroup = g
  }

  /** Relaxes the full group of a slot with room. */
  #use(slot: number, base: number): void {
    const g = this.#instance.slotGroup[slot]
    const there = base + this.#prices.group[g]
    if (there >= this.#distance[this.#m + g] || there >= this.#best) return
    this.#user[g] = slot
    this.#reach(this.#m + g, there)
  }

  #reach(node: number, distance: number): void {
    if (this.#distance[node] === Number.POSITIVE_INFINITY) this.#touched.push(node)
    this.#distance[node] = distance
    this.#queue.push(node, distance)
  }

  #apply(root: number, slotGroup: Int32Array): void {
    const { slotOf } = this.#seating
    let slot = this.#user[this.#bestGroup]
    for (;;) {
      const comer = this.#comer[slot]
      if (comer < 0) {
        slot = this.#user[slotGroup[slot]]
        continue
      }
      const old = slotOf[comer]
      seat(this.#seating, slotGroup, comer, slot, this.#comerCost[slot])
      if (comer === root) return
      slot = old
    }
  }
}
