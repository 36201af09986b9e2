import { DistanceQueue } from '../queue.ts'
import type { Network } from './network.ts'

/**
 * Finds the best use of a seat that has become free: the cheapest chain of guests moving up, which
 * ends with a guest of the pool or with a seat left free where it is worth least. It is the
 * shortest path to the seat in the residual network, searched from the seat; then the prices of
 * everything nearer than the end fall, and stay a proof (Edmonds and Karp 1972). Nothing further
 * than the price of the free seat is looked at.
 */
export class DepartureSearch {
  readonly #network: Network
  #distance: Float64Array
  /** slot → guest who would leave it; `fromGroup`: its group has a seat more; `root` */
  #leaver: Int32Array
  /** slot → where that guest would go, and at what cost */
  #target: Int32Array
  #targetCost: Float64Array
  /** group → slot that would give up one of its seats, or `root` */
  #giver: Int32Array
  readonly #queue = new DistanceQueue()
  #touched: number[] = []
  #rootSlot = -1
  #best = 0
  /** the slot where the best chain ends, and the guest of the pool who would come, or -1 */
  #bestSlot = -1
  #bestGuest = -1
  #bestCost = 0

  constructor(network: Network) {
    this.#network = network
    this.#distance = new Float64Array(network.slots + network.groups).fill(Number.POSITIVE_INFINITY)
    this.#leaver = new Int32Array(network.slots)
    this.#target = new Int32Array(network.slots)
    this.#targetCost = new Float64Array(network.slots)
    this.#giver = new Int32Array(network.groups)
  }

  /** A slot has room, and its group too. */
  fillSlot(slot: number): void {
    if (this.#network.slotPrice[slot] === 0) return
    this.#start()
    this.#rootSlot = slot
    this.#leaver[slot] = root
    this.#reach(slot, 0)
    this.#run()
    this.#settle()
  }

  /** A group has room; what its slots have stays as it is. */
  fillGroup(group: number): void {
    const { slots, groupPrice } = this.#network
    if (groupPrice[group] === 0) return
    this.#start()
    this.#best = groupPrice[group]
    this.#giver[group] = root
    this.#reach(slots + group, 0)
    this.#run()
    this.#settle()
  }

  #start(): void {
    const { slots, groups } = this.#network
    if (slots > this.#leaver.length || groups > this.#giver.length) {
      this.#distance = new Float64Array(2 * (slots + groups)).fill(Number.POSITIVE_INFINITY)
      this.#leaver = new Int32Array(2 * slots)
      this.#target = new Int32Array(2 * slots)
      this.#targetCost = new Float64Array(2 * slots)
      this.#giver = new Int32Array(2 * groups)
    }
    this.#queue.clear()
    this.#best = Number.POSITIVE_INFINITY
    this.#bestSlot = -1
    this.#bestGuest = -1
    this.#rootSlot = -1
  }

  #run(): void {
    const { slots, slotPrice } = this.#network
    const queue = this.#queue
    for (;;) {
      const node = queue.pop()
      const level = queue.level
      if (node < 0 || level >= this.#best) return
      if (this.#distance[node] < level) continue
      if (node >= slots) this.#giveToSlots(node - slots, level)
      else {
        this.#leaveFree(node, level, slotPrice[node])
        this.#invite(node, level)
      }
    }
  }

  #giveToSlots(group: number, level: number): void {
    const { members, slotLoad, slotCapacity, slotPrice, groupPrice } = this.#network
    const end = members.start[group] + members.count[group]
    for (let k = members.start[group]; k < end; k++) {
      const s = members.item[k]
      // The free seat itself counts as taken until the search is over.
      if (slotLoad[s] >= slotCapacity[s] || s === this.#rootSlot) continue
      const there = level + groupPrice[group] - slotPrice[s]
      if (there >= this.#distance[s] || there >= this.#best) continue
      this.#leaver[s] = fromGroup
      this.#reach(s, there)
    }
  }

  /** The end at a slot whose seat stays free, and the way on for the seat of its group. */
  #leaveFree(slot: number, level: number, price: number): void {
    const { slots, slotGroup, groupPrice } = this.#network
    if (level + price < this.#best) {
      this.#best = level + price
      this.#bestSlot = slot
      this.#bestGuest = -1
    }
    const g = slotGroup[slot]
    const there = level + price - groupPrice[g]
    if (there >= this.#distance[slots + g] || there >= this.#best) return
    this.#giver[g] = slot
    this.#reach(slots + g, there)
  }

  /** Relaxes everybody who would come to a slot. */
  #invite(slot: number, level: number): void {
    const network = this.#network
    const { wishers, slotOf, seatCost, slotPrice, home } = network
    const base = level + slotPrice[slot]
    const end = wishers.start[slot] + wishers.count[slot]
    for (let a = wishers.start[slot]; a < end; a++) {
      const u = wishers.item[a]
      const old = slotOf[u]
      if (old === slot) continue
      const cost = home[u] === slot ? wishers.cost[a] : wishers.cost[a] + network.moveCost(u)
      if (old < 0) {
        const there = base + cost - network.poolCost(u)
        if (there >= this.#best) continue
        this.#best = there
        this.#bestSlot = slot
        this.#bestGuest = u
        this.#bestCost = cost
        if (there <= level) return
      } else {
        const there = base + cost - seatCost[u] - slotPrice[old]
        if (there >= this.#best || there >= this.#distance[old]) continue
        this.#leaver[old] = u
        this.#target[old] = slot
        this.#targetCost[old] = cost
        this.#reach(old, there)
      }
    }
  }

  #reach(node: number, distance: number): void {
    if (this.#distance[node] === Number.POSITIVE_INFINITY) this.#touched.push(node)
    this.#distance[node] = distance
    this.#queue.push(node, distance)
  }

  /** Lowers the prices of everything nearer than the end, and lets the chain move. */
  #settle(): void {
    for (const node of this.#touched) {
      const loss = this.#best - this.#distance[node]
      if (loss > 0) this.#network.shiftPrice(node, -loss)
      this.#distance[node] = Number.POSITIVE_INFINITY
    }
    this.#touched.length = 0
    this.#move()
  }

  /** From the end back to the seat that was free: whoever would leave goes to their target. */
  #move(): void {
    const network = this.#network
    let slot = this.#bestSlot
    if (this.#bestGuest >= 0) network.seat(this.#bestGuest, slot, this.#bestCost)
    while (slot >= 0) {
      const leaver = this.#leaver[slot]
      if (leaver === root) return
      if (leaver === fromGroup) {
        slot = this.#giver[network.slotGroup[slot]]
        continue
      }
      const target = this.#target[slot]
      network.unseat(leaver)
      network.seat(leaver, target, this.#targetCost[slot])
      slot = target
    }
  }
}

const fromGroup = -1
const root = -2
