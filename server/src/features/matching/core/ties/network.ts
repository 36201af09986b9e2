import type { Instance } from '../instance.ts'
import type { Travel } from '../objectives/baselines.ts'
import type { Seats } from '../solution.ts'
import type { Face } from './face.ts'

/**
 * A face with the costs that decide between its plans. Nodes are slots, then one for « without a
 * seat », then groups, then one for all groups together.
 */
export class Network {
  /** usable seats of guest u: start[u] … start[u + 1] - 1; going without one is like a slot */
  readonly start: Int32Array
  readonly arcSlot: Int32Array
  readonly arcTravel: Int32Array
  readonly seatOf: Int32Array
  readonly travelOf: Int32Array
  readonly slots: number
  readonly groups: number
  readonly everything: number
  readonly #instance: Instance
  readonly #face: Face
  readonly #slotLoad: Int32Array
  readonly #groupLoad: Int32Array
  /** what a slot's first guest is worth, in units of travel: more than plans can differ in it */
  readonly #bonus: number

  constructor(instance: Instance, face: Face, seats: Seats, travel: Travel) {
    const { guestStart, arcSlot, slotGroup, groupCapacity, pinSlot } = instance
    const n = pinSlot.length
    this.#instance = instance
    this.#face = face
    this.slots = slotGroup.length
    this.groups = this.slots + 1
    this.everything = this.groups + groupCapacity.length
    const most = face.usable.reduce((sum, usable) => sum + usable, n)
    this.start = new Int32Array(n + 1)
    this.arcSlot = new Int32Array(most)
    this.arcTravel = new Int32Array(most)
    this.seatOf = seats.slotOf.map((s) => (s < 0 ? this.slots : s))
    this.travelOf = new Int32Array(n)
    this.#slotLoad = seats.slotLoad.slice()
    this.#groupLoad = seats.groupLoad.slice()
    let arcs = 0
    let spread = 0
    for (let u = 0; u < n; u++) {
      const begin = arcs
      if (face.mayStayOut[u]) this.arcSlot[arcs++] = this.slots
      for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
        if (!face.usable[a]) continue
        this.arcSlot[arcs] = arcSlot[a]
        const far = travel(u, arcSlot[a])
        this.arcTravel[arcs] = far
        if (this.arcTravel[arcs] !== far || far < 0) throw new RangeError(`no travel: ${far}`)
        if (arcSlot[a] === seats.slotOf[u]) this.travelOf[u] = this.arcTravel[arcs]
        arcs++
      }
      this.start[u + 1] = arcs
      if (arcs - begin < 2) continue
      const all = this.arcTravel.subarray(begin, arcs)
      spread += all.reduce((a, b) => Math.max(a, b)) - all.reduce((a, b) => Math.min(a, b))
    }
    this.#bonus = spread + 1
    // A chain passes each slot once; prices are sums along chains, distances sums of prices.
    if (this.#bonus * (this.slots + 2) * 4 > Number.MAX_SAFE_INTEGER)
      throw new RangeError('travel is too long to be counted exactly')
  }

  hasRoom(s: number): boolean {
    return !this.#face.slotFixed[s] && this.#slotLoad[s] < this.#instance.slotCapacity[s]
  }

  canGive(s: number): boolean {
    return !this.#face.slotFixed[s] && this.#slotLoad[s] > 0
  }

  /** What one more seat used in a slot costs. */
  oneMore(s: number): number {
    return this.#slotLoad[s] === 0 ? -this.#bonus : 0
  }

  oneFewer(s: number): number {
    return this.#slotLoad[s] === 1 ? this.#bonus : 0
  }

  groupHasRoom(g: number): boolean {
    return !this.#face.groupFixed[g] && this.#groupLoad[g] < this.#instance.groupCapacity[g]
  }

  groupCanGive(g: number): boolean {
    return !this.#face.groupFixed[g] && this.#groupLoad[g] > 0
  }

  move(u: number, node: number, travel: number): void {
    this.#count(this.seatOf[u], -1)
    this.#count(node, 1)
    this.seatOf[u] = node
    this.travelOf[u] = travel
  }

  #count(node: number, change: number): void {
    if (node === this.slots) return
    this.#slotLoad[node] += change
    this.#groupLoad[this.#instance.slotGroup[node]] += change
  }

  /** Who sits where now, as the instance numbers it. */
  seats(): Seats {
    const { guestStart, arcSlot, arcCost, pinSlot, pinRank } = this.#instance
    const slotOf = this.seatOf.map((s) => (s === this.slots ? -1 : s))
    const rankOf = pinRank.slice()
    for (let u = 0; u < slotOf.length; u++) {
      if (pinSlot[u] >= 0 || slotOf[u] < 0) continue
      let a = guestStart[u]
      while (arcSlot[a] !== slotOf[u]) a++
      rankOf[u] = Math.sqrt(arcCost[a])
    }
    return { slotOf, rankOf, slotLoad: this.#slotLoad.slice(), groupLoad: this.#groupLoad.slice() }
  }
}
