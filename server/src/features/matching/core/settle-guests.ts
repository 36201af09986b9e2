import type { Instance } from './instance.ts'
import type { Cut } from './maximum.ts'
import type { Prices } from './prices.ts'
import { DistanceQueue } from './queue.ts'
import { type Seating, seat } from './seating.ts'

/**
 * The ample side of the cut: everybody is placed in every plan that places the most, so it is
 * settled guest by guest, each time by the shortest path to free capacity (successive shortest
 * paths with potentials, Edmonds and Karp 1972; Dijkstra stops at the nearest free capacity).
 * The scarce side must be settled before: its full slots are constants here.
 * Calls `placed` after every guest and returns false as soon as that does.
 */
export function settleGuests(
  instance: Instance,
  seating: Seating,
  cut: Cut,
  prices: Prices,
  placed: () => boolean,
): boolean {
  const { slotGroup } = instance
  const { slotOf } = seating
  const closed = slotGroup.map((g, s) => cut.slot[s] | cut.group[g])
  if (!seatAtBestRank(instance, seating, cut, closed, placed)) return false
  const search = new GuestSearch(instance, seating, closed, prices)
  for (let u = 0; u < slotOf.length; u++) {
    if (slotOf[u] >= 0 || cut.guest[u]) continue
    search.place(u)
    if (!placed()) return false
  }
  // An empty slot costs at least what its group does; its own price was never looked at.
  for (let s = 0; s < slotGroup.length; s++) {
    const price = prices.group[slotGroup[s]]
    if (!closed[s] && prices.slot[s] < price) prices.slot[s] = price
  }
  return true
}

/** While all prices are 0, the least cost of each guest is tight. */
function seatAtBestRank(
  instance: Instance,
  seating: Seating,
  cut: Cut,
  closed: Int32Array,
  placed: () => boolean,
): boolean {
  const { guestStart, arcSlot, arcCost, slotGroup, slotCapacity, groupCapacity } = instance
  const { slotOf, slotLoad, groupLoad } = seating
  for (let u = 0; u < slotOf.length; u++) {
    if (slotOf[u] >= 0 || cut.guest[u]) continue
    let least = -1
    for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
      const s = arcSlot[a]
      const g = slotGroup[s]
      if (closed[s]) continue
      if (least < 0) least = arcCost[a]
      if (arcCost[a] > least) break
      if (slotLoad[s] >= slotCapacity[s] || groupLoad[g] >= groupCapacity[g]) continue
      seat(seating, slotGroup, u, s, arcCost[a])
      if (!placed()) return false
      break
    }
  }
  return true
}

/** Nodes are slots, then groups; from a slot one moves on with any guest who holds a seat there. */
class GuestSearch {
  readonly #instance: Instance
  readonly #seating: Seating
  readonly #closed: Int32Array
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
  #best = 0
  #bestGroup = -1

  constructor(instance: Instance, seating: Seating, closed: Int32Array, prices: Prices) {
    this.#instance = instance
    this.#seating = seating
    this.#closed = closed
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
    const closed = this.#closed
    const m = this.#m
    const distance = this.#distance
    const queue = this.#queue
    this.#best = Number.POSITIVE_INFINITY
    queue.clear()
    let worth = Number.POSITIVE_INFINITY
    for (let a = guestStart[root]; a < guestStart[root + 1]; a++)
      if (!closed[arcSlot[a]]) worth = Math.min(worth, arcCost[a] + slotPrice[arcSlot[a]])
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
          if (closed[s] || first[s] < 0) continue
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
    const closed = this.#closed
    const end = guestStart[u + 1]
    for (let a = guestStart[u]; a < end; a++) {
      const s = arcSlot[a]
      if (closed[s]) continue
      const there = level + arcCost[a] + slotPrice[s] - worth
      if (there >= distance[s] || there >= this.#best) continue
      this.#comer[s] = u
      this.#comerCost[s] = arcCost[a]
      this.#reach(s, there)
    }
  }

  /** Relaxes the group of a slot with room: the end of the path if the group has room too. */
  #use(slot: number, base: number): void {
    const { slotGroup, groupCapacity } = this.#instance
    const g = slotGroup[slot]
    const there = base + this.#prices.group[g]
    if (there >= this.#distance[this.#m + g] || there >= this.#best) return
    this.#user[g] = slot
    if (this.#seating.groupLoad[g] < groupCapacity[g]) {
      this.#best = there
      this.#bestGroup = g
    } else this.#reach(this.#m + g, there)
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
