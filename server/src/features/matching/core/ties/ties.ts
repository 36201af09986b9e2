import type { Instance } from '../instance.ts'
import type { Travel } from '../objectives/baselines.ts'
import { DistanceQueue } from '../queue.ts'
import type { Seats } from '../solution.ts'
import type { SolveOptions } from '../solve.ts'
import type { Face } from './face.ts'
import { Network } from './network.ts'

/** The prices of slots, of « without a seat », of groups and of all of them: see `checkTies`. */
export type TiePrices = Float64Array

export type TieResult = { ok: true; seats: Seats; prices: TiePrices } | { ok: false }

/**
 * Among all plans as good as the one given, that with the most slots that have a guest, and among
 * those the one with the least travel: exact. Both are one cost, the first guest of a slot being
 * worth more than all travel together could ever differ.
 *
 * Everybody starts frozen in their seat. One after the other is set free and goes where it is
 * cheapest, along the shortest chain of moves that ends in the seat they leave (shortest paths with
 * potentials, Edmonds and Karp 1972, each closing a cycle; a chain may also shift seats between
 * slots of a group, or of groups with room). So there is a plan of the face at any moment, and no
 * cycle of those set free can be improved.
 * @param travel whole numbers from 0 on; what fits nowhere exactly is a RangeError.
 */
export function settleTies(
  instance: Instance,
  face: Face,
  seats: Seats,
  travel: Travel,
  { progress, cancelled }: SolveOptions = {},
): TieResult {
  const network = new Network(instance, face, seats, travel)
  const search = new TieSearch(instance, network)
  const total = network.seatOf.length
  for (let u = 0; u < total; u++) {
    if (u % progressEvery === 0) {
      if (cancelled?.()) return { ok: false }
      progress?.(u, total)
    }
    if (network.start[u + 1] - network.start[u] > 1) search.release(u)
  }
  return { ok: true, seats: network.seats(), prices: search.prices }
}

const progressEvery = 16

/**
 * Whether prices prove that no plan of the face has more slots with a guest, or as many and less
 * travel: nobody would rather have another seat under them, and a slot's or group's seats cost what
 * one more there saves at most and what one fewer there saves at least.
 */
export function checkTies(
  instance: Instance,
  face: Face,
  seats: Seats,
  travel: Travel,
  prices: TiePrices,
): boolean {
  const network = new Network(instance, face, seats, travel)
  const { start, arcSlot, arcTravel, seatOf, travelOf, slots, groups, everything } = network
  if (!prices.every((price) => Number.isSafeInteger(price))) return false
  for (let u = 0; u < seatOf.length; u++) {
    const worth = travelOf[u] + prices[seatOf[u]]
    for (let a = start[u]; a < start[u + 1]; a++)
      if (arcTravel[a] + prices[arcSlot[a]] < worth) return false
  }
  for (let s = 0; s < slots; s++) {
    const own = prices[s] - prices[groups + instance.slotGroup[s]]
    if (network.hasRoom(s) && network.oneMore(s) < own) return false
    if (network.canGive(s) && network.oneFewer(s) + own < 0) return false
  }
  for (let g = 0; g < everything - groups; g++) {
    const price = prices[groups + g]
    if (network.groupHasRoom(g) && prices[everything] < price) return false
    if (network.groupCanGive(g) && price < prices[everything]) return false
  }
  return true
}

/** Nodes as the network numbers them; from a slot one moves on with anybody free who sits there. */
class TieSearch {
  readonly prices: TiePrices
  readonly #instance: Instance
  readonly #network: Network
  readonly #distance: Float64Array
  /** slot → guest who would come, or -1 when a seat of its group is given up there */
  readonly #comer: Int32Array
  readonly #comerTravel: Int32Array
  /** node → the node before it where no guest comes */
  readonly #before: Int32Array
  /** guests set free, as a list per slot */
  readonly #first: Int32Array
  readonly #next: Int32Array
  readonly #previous: Int32Array
  readonly #queue = new DistanceQueue()
  #touched: number[] = []
  #home = 0
  #limit = 0

  constructor(instance: Instance, network: Network) {
    const nodes = network.everything + 1
    this.#instance = instance
    this.#network = network
    this.prices = new Float64Array(nodes)
    for (let s = 0; s < network.slots; s++)
      if (network.hasRoom(s)) this.prices[s] = network.oneMore(s)
    this.#distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
    this.#comer = new Int32Array(nodes)
    this.#comerTravel = new Int32Array(nodes)
    this.#before = new Int32Array(nodes)
    this.#first = new Int32Array(nodes).fill(-1)
    this.#next = new Int32Array(network.seatOf.length).fill(-1)
    this.#previous = new Int32Array(network.seatOf.length).fill(-1)
  }

  /** Sets a guest free and sends them where it is cheapest for everybody free together. */
  release(u: number): void {
    const { start, arcSlot, arcTravel, seatOf, travelOf } = this.#network
    const prices = this.prices
    const home = seatOf[u]
    let best = Number.POSITIVE_INFINITY
    for (let a = start[u]; a < start[u + 1]; a++)
      best = Math.min(best, arcTravel[a] + prices[arcSlot[a]])
    this.#home = home
    this.#limit = travelOf[u] + prices[home] - best
    if (this.#limit > 0) {
      this.#queue.clear()
      this.#offer(u, -best)
      const found = this.#search()
      this.#settlePrices()
      if (found) {
        this.#apply(u)
        return
      }
    }
    this.#enlist(u, home)
  }

  /** Shortest distances up to the limit; true when they reach the seat that is left. */
  #search(): boolean {
    const { slots, groups, everything } = this.#network
    const distance = this.#distance
    for (;;) {
      const node = this.#queue.pop()
      const level = this.#queue.level
      if (node < 0 || level >= this.#limit) return distance[this.#home] <= this.#limit
      if (distance[node] < level) continue
      if (node < groups) {
        this.#moveOn(node, level)
        if (node < slots) this.#takeSeat(node, level)
      } else if (node < everything) this.#giveSeat(node, level)
      else this.#shiftGroup(level)
    }
  }

  /** Everybody free in a slot may make room by going elsewhere. */
  #moveOn(node: number, level: number): void {
    const { travelOf } = this.#network
    const base = level - this.prices[node]
    for (let v = this.#first[node]; v >= 0; v = this.#next[v]) this.#offer(v, base - travelOf[v])
  }

  #offer(v: number, base: number): void {
    const { start, arcSlot, arcTravel } = this.#network
    const prices = this.prices
    const distance = this.#distance
    for (let a = start[v]; a < start[v + 1]; a++) {
      const s = arcSlot[a]
      const there = base + arcTravel[a] + prices[s]
      if (there >= distance[s] || !this.#reach(s, there)) continue
      this.#comer[s] = v
      this.#comerTravel[s] = arcTravel[a]
    }
  }

  /** A slot may use one more seat, which its group has to find. */
  #takeSeat(s: number, level: number): void {
    const { groups } = this.#network
    if (!this.#network.hasRoom(s)) return
    const group = groups + this.#instance.slotGroup[s]
    const there = level + this.#network.oneMore(s) + this.prices[group] - this.prices[s]
    if (this.#reach(group, there)) this.#before[group] = s
  }

  /** A group finds a seat where one of its slots gives it up, or in the room it still has. */
  #giveSeat(node: number, level: number): void {
    const { groups, everything } = this.#network
    const { groupStart, groupSlots } = this.#instance
    const g = node - groups
    const base = level - this.prices[node]
    for (let k = groupStart[g]; k < groupStart[g + 1]; k++) {
      const s = groupSlots[k]
      if (!this.#network.canGive(s)) continue
      if (!this.#reach(s, base + this.#network.oneFewer(s) + this.prices[s])) continue
      this.#comer[s] = -1
      this.#before[s] = node
    }
    if (!this.#network.groupHasRoom(g)) return
    if (this.#reach(everything, base + this.prices[everything])) this.#before[everything] = node
  }

  /** Any group with guests may have one fewer, so that as many are placed as before. */
  #shiftGroup(level: number): void {
    const { groups, everything } = this.#network
    const base = level - this.prices[everything]
    for (let node = groups; node < everything; node++) {
      if (!this.#network.groupCanGive(node - groups)) continue
      if (this.#reach(node, base + this.prices[node])) this.#before[node] = everything
    }
  }

  #reach(node: number, there: number): boolean {
    const known = this.#distance[node]
    if (there >= known || there >= this.#limit) return false
    if (known === Number.POSITIVE_INFINITY) this.#touched.push(node)
    this.#distance[node] = there
    this.#queue.push(node, there)
    if (node === this.#home) this.#limit = there
    return true
  }

  /** The limit is the length of the cheapest way: nearer nodes rise by what they were nearer. */
  #settlePrices(): void {
    for (const node of this.#touched) {
      const gain = this.#limit - this.#distance[node]
      if (gain > 0) this.prices[node] += gain
      this.#distance[node] = Number.POSITIVE_INFINITY
    }
    this.#touched.length = 0
  }

  #apply(root: number): void {
    const { groups, seatOf } = this.#network
    let node = this.#home
    for (;;) {
      const comer = node < groups ? this.#comer[node] : -1
      if (comer < 0) {
        node = this.#before[node]
        continue
      }
      const old = seatOf[comer]
      if (comer !== root) this.#delist(comer, old)
      this.#network.move(comer, node, this.#comerTravel[node])
      this.#enlist(comer, node)
      if (comer === root) return
      node = old
    }
  }

  #enlist(u: number, node: number): void {
    const head = this.#first[node]
    this.#previous[u] = -1
    this.#next[u] = head
    if (head >= 0) this.#previous[head] = u
    this.#first[node] = u
  }

  #delist(u: number, node: number): void {
    const before = this.#previous[u]
    const after = this.#next[u]
    if (before >= 0) this.#next[before] = after
    else this.#first[node] = after
    if (after >= 0) this.#previous[after] = before
  }
}
