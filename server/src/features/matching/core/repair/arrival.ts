import { DistanceQueue } from '../queue.ts'
import type { Network } from './network.ts'

/**
 * Makes room for one unit more: a guest who arrives, or a seat that is taken away. The cheapest
 * chain of guests moving on ends at free capacity or with somebody in the pool; it is the shortest
 * path of the residual network under prices, and the prices stay a proof (Edmonds and Karp 1972).
 * Dijkstra stops at the nearest end, so only what lies nearer is looked at.
 */
export class ArrivalSearch {
  readonly #network: Network
  #distance: Float64Array
  /** slot → guest who would come; `fromGroup`: its group gives its seat elsewhere; `root` */
  #comer: Int32Array
  #comerCost: Float64Array
  /** group → slot that would use one more of its seats, or `root` */
  #user: Int32Array
  readonly #queue = new DistanceQueue()
  #touched: number[] = []
  #best = 0
  /** the end of the best chain: a group with room, or a guest who goes to the pool */
  #bestGroup = -1
  #bestGuest = -1

  constructor(network: Network) {
    this.#network = network
    this.#distance = new Float64Array(network.slots + network.groups).fill(Number.POSITIVE_INFINITY)
    this.#comer = new Int32Array(network.slots)
    this.#comerCost = new Float64Array(network.slots)
    this.#user = new Int32Array(network.groups)
  }

  /** Seats a guest of the pool, or leaves them there if that is best. */
  seatGuest(guest: number): void {
    const { wishes, slotPrice } = this.#network
    let least = this.#network.poolCost(guest)
    const end = wishes.start[guest] + wishes.count[guest]
    for (let a = wishes.start[guest]; a < end; a++)
      least = Math.min(least, this.#network.costAt(guest, a) + slotPrice[wishes.item[a]])
    this.#search(() => this.#leave(guest, -least))
  }

  /** Frees a seat of a slot (and of its group) that is about to be taken by nobody who moves. */
  freeSlot(slot: number): void {
    if (this.#network.hasRoom(slot)) return
    this.#search(() => {
      this.#comer[slot] = root
      this.#reach(slot, 0)
    })
  }

  /** Frees a seat of a group. */
  freeGroup(group: number): void {
    const { slots, groupLoad, groupCapacity } = this.#network
    if (groupLoad[group] < groupCapacity[group]) return
    this.#search(() => {
      this.#user[group] = root
      this.#reach(slots + group, 0)
    })
  }

  /** Nearby first: as long as no end is known, everything in reach would have to be noted. */
  #search(begin: () => void): void {
    for (const limit of [nearby, Number.POSITIVE_INFINITY]) {
      this.#start(limit)
      begin()
      this.#run()
      if (this.#bestGuest >= 0 || this.#bestGroup >= 0) break
      this.#forget()
    }
    this.#settle()
  }

  #forget(): void {
    for (const node of this.#touched) this.#distance[node] = Number.POSITIVE_INFINITY
    this.#touched.length = 0
  }

  #start(limit: number): void {
    const { slots, groups } = this.#network
    if (slots > this.#comer.length || groups > this.#user.length) {
      this.#distance = new Float64Array(2 * (slots + groups)).fill(Number.POSITIVE_INFINITY)
      this.#comer = new Int32Array(2 * slots)
      this.#comerCost = new Float64Array(2 * slots)
      this.#user = new Int32Array(2 * groups)
    }
    this.#queue.clear()
    this.#best = limit
    this.#bestGroup = -1
    this.#bestGuest = -1
  }

  #run(): void {
    const { slots, members, first, next, seatCost, slotPrice, groupPrice } = this.#network
    const distance = this.#distance
    const queue = this.#queue
    for (;;) {
      const node = queue.pop()
      const level = queue.level
      if (node < 0 || level >= this.#best) return
      if (distance[node] < level) continue
      if (node >= slots) {
        const g = node - slots
        const end = members.start[g] + members.count[g]
        for (let k = members.start[g]; k < end; k++) {
          const s = members.item[k]
          if (first[s] < 0) continue
          const there = level + slotPrice[s] - groupPrice[g]
          if (there >= distance[s] || there >= this.#best) continue
          this.#comer[s] = fromGroup
          this.#reach(s, there)
        }
        continue
      }
      this.#use(node, level)
      for (let u = first[node]; u >= 0; u = next[u])
        this.#leave(u, level - seatCost[u] - slotPrice[node])
    }
  }

  /** Relaxes what a guest would rather have than their seat; `base` is the distance without cost. */
  #leave(u: number, base: number): void {
    const network = this.#network
    const { wishes, slotPrice } = network
    const distance = this.#distance
    const out = base + network.poolCost(u)
    if (out < this.#best) {
      this.#best = out
      this.#bestGuest = u
    }
    const home = network.home[u]
    const move = network.moveCost(u)
    const end = wishes.start[u] + wishes.count[u]
    for (let a = wishes.start[u]; a < end; a++) {
      const s = wishes.item[a]
      // Prices are never negative, and ranks only get worse.
      if (base + wishes.cost[a] >= this.#best) return
      const cost = s === home ? wishes.cost[a] : wishes.cost[a] + move
      const there = base + cost + slotPrice[s]
      if (there >= distance[s] || there >= this.#best) continue
      this.#comer[s] = u
      this.#comerCost[s] = cost
      this.#reach(s, there)
    }
  }

  /** Relaxes the group of a slot with room: the end of the chain if the group has room too. */
  #use(slot: number, level: number): void {
    const network = this.#network
    if (network.slotLoad[slot] >= network.slotCapacity[slot]) return
    const g = network.slotGroup[slot]
    const there = level - network.slotPrice[slot] + network.groupPrice[g]
    if (there >= this.#distance[network.slots + g] || there >= this.#best) return
    this.#user[g] = slot
    if (network.groupLoad[g] < network.groupCapacity[g]) {
      this.#best = there
      this.#bestGroup = g
      this.#bestGuest = -1
    } else this.#reach(network.slots + g, there)
  }

  #reach(node: number, distance: number): void {
    if (this.#distance[node] === Number.POSITIVE_INFINITY) this.#touched.push(node)
    this.#distance[node] = distance
    this.#queue.push(node, distance)
  }

  /** Raises the prices of everything nearer than the end, and lets the chain move. */
  #settle(): void {
    if (this.#best === Number.POSITIVE_INFINITY) throw new Error('pins leave no way to free a seat')
    for (const node of this.#touched) {
      const gain = this.#best - this.#distance[node]
      if (gain > 0) this.#network.shiftPrice(node, gain)
    }
    this.#forget()
    this.#move()
  }

  /** From the end back: whoever would come to the slot that is left takes it. */
  #move(): void {
    const network = this.#network
    let slot: number
    if (this.#bestGuest >= 0) {
      slot = network.slotOf[this.#bestGuest]
      if (slot >= 0) network.unseat(this.#bestGuest)
    } else slot = this.#user[this.#bestGroup]
    while (slot >= 0) {
      const comer = this.#comer[slot]
      if (comer === root) return
      if (comer === fromGroup) {
        slot = this.#user[network.slotGroup[slot]]
        continue
      }
      const old = network.slotOf[comer]
      if (old >= 0) network.unseat(comer)
      network.seat(comer, slot, this.#comerCost[slot])
      slot = old
    }
  }
}

/** a difference of ranks that most chains stay below */
const nearby = 32

const fromGroup = -1
const root = -2
