import type { Instance } from '../instance.ts'
import { larger, Rows } from './rows.ts'

/**
 * What one step of each level costs; every cost is a sum of them and a rank², exact in one double.
 * A residual cycle passes every slot at most once, so as long as `moved` exceeds slots × highest
 * rank² and `unplaced` exceeds slots × `moved`, comparing sums compares the levels in order.
 */
export interface Levels {
  /** a guest without a seat */
  unplaced: number
  /** a guest elsewhere than at home; 0 where nobody has a home */
  moved: number
}

/** Distances stay below eight of these, so below 2^53. */
const unplaced = 2 ** 50

/** Before publication: as many as possible, then the least sum of rank². */
export const freeLevels: Levels = { unplaced, moved: 0 }

/** After publication; throws a RangeError where the levels would not fit a double exactly. */
export function publishedLevels({ slotCapacity, arcCost }: Instance): Levels {
  const chain = slotCapacity.length + 1
  const worst = arcCost.reduce((most, cost) => Math.max(most, cost), 1)
  const levels = { unplaced, moved: 2 ** Math.floor(Math.log2(unplaced / (chain + 2)) - 1) }
  checkFit(levels, chain, worst)
  return levels
}

function checkFit({ moved }: Levels, chain: number, worst: number): void {
  if (moved > 0 && (chain * worst >= moved || (chain + 2) * (moved + worst) >= unplaced))
    throw new RangeError('too many slots for ranks this high')
}

/** `home` of a guest who holds nothing, and of one whose seat is gone */
export const none = -1
export const gone = -2

type Changeable = 'home' | 'slotCapacity' | 'groupCapacity' | 'slotPrice' | 'groupPrice'

/** Never reached, however many guests join. */
export const unlimited = 2 ** 30

/**
 * A seating kept alive, with prices that prove it best: no guest would rather have another seat
 * under them, no price is negative, and only what is full has one (complementary slackness of the
 * minimum-cost flow guest → slot → group, with a pool where everybody may stay unplaced).
 * A slot's price includes its group's; an empty slot's may lie below it, for nobody would notice.
 * Nodes are slots, then groups. While `journal` is set, every change leaves there how to undo it.
 */
export class Network {
  readonly levels: Levels
  /** guest → slots, best rank first; nothing for pinned guests */
  readonly wishes: Rows
  /** slot → guests */
  readonly wishers: Rows
  readonly members: Rows
  guests: number
  slots: number
  groups: number
  slotOf: Int32Array
  /** cost of each guest's seat, all levels; 0 in the pool and for pins */
  seatCost: Float64Array
  home: Int32Array
  pinSlot: Int32Array
  /** rank at which the pinned slot was wished, or 0 */
  pinRank: Int32Array
  /** movable guests of a slot as a doubly linked list, -1 at the ends */
  first: Int32Array
  next: Int32Array
  previous: Int32Array
  slotGroup: Int32Array
  slotCapacity: Int32Array
  slotLoad: Int32Array
  groupCapacity: Int32Array
  groupLoad: Int32Array
  slotPrice: Float64Array
  groupPrice: Float64Array
  /** seats held by pins, which never move */
  slotPins: Int32Array
  groupPins: Int32Array
  placed = 0
  /** sum of rank² over the placed */
  cost = 0
  /** who took or left a seat, where people are told of it */
  readonly changed: number[] = []
  journal: (() => void)[] | undefined

  /** Everybody in the pool but the pinned, whose seats are settled; all prices 0. */
  constructor(instance: Instance, levels: Levels) {
    const { pinSlot, slotGroup, slotCapacity, groupCapacity } = instance
    this.levels = levels
    this.wishes = new Rows(instance.guestStart, instance.arcSlot, instance.arcCost)
    this.wishers = new Rows(instance.slotStart, instance.slotArcGuest, instance.slotArcCost)
    this.members = new Rows(instance.groupStart, instance.groupSlots)
    this.guests = pinSlot.length
    this.slots = slotCapacity.length
    this.groups = groupCapacity.length
    const orUnlimited = (capacity: number) => (capacity > this.guests ? unlimited : capacity)
    this.slotOf = new Int32Array(this.guests).fill(-1)
    this.seatCost = new Float64Array(this.guests)
    this.home = new Int32Array(this.guests).fill(none)
    this.pinSlot = new Int32Array(this.guests).fill(-1)
    this.pinRank = new Int32Array(this.guests)
    this.first = new Int32Array(this.slots).fill(-1)
    this.next = new Int32Array(this.guests).fill(-1)
    this.previous = new Int32Array(this.guests).fill(-1)
    this.slotGroup = slotGroup.slice()
    this.slotCapacity = slotCapacity.map(orUnlimited)
    this.slotLoad = new Int32Array(this.slots)
    this.groupCapacity = groupCapacity.map(orUnlimited)
    this.groupLoad = new Int32Array(this.groups)
    this.slotPrice = new Float64Array(this.slots)
    this.groupPrice = new Float64Array(this.groups)
    this.slotPins = new Int32Array(this.slots)
    this.groupPins = new Int32Array(this.groups)
    for (const [u, s] of pinSlot.entries()) if (s >= 0) this.pin(u, s, instance.pinRank[u])
  }

  /** What staying unplaced costs; a seat lost weighs as much as two moves. */
  poolCost(u: number): number {
    return this.levels.unplaced + 2 * this.moveCost(u)
  }

  /** What being elsewhere than at home adds to any slot but home. */
  moveCost(u: number): number {
    return this.home[u] === none ? 0 : this.levels.moved
  }

  /** Position of a slot among a guest's wishes, or -1. */
  wish(u: number, s: number): number {
    return this.wishes.find(u, s)
  }

  /** What a seat costs the guest who wishes it, `at` being the wish's position. */
  costAt(u: number, at: number): number {
    const away = this.home[u] === this.wishes.item[at] ? 0 : this.moveCost(u)
    return this.wishes.cost[at] + away
  }

  /** What an unpinned guest has costs them, the price included. */
  worth(u: number): number {
    const s = this.slotOf[u]
    return s < 0 ? this.poolCost(u) : this.seatCost[u] + this.slotPrice[s]
  }

  /** rank² of the seat a guest holds */
  rankCost(u: number): number {
    const cost = this.seatCost[u]
    const { moved } = this.levels
    return moved > 0 && cost >= moved ? cost - moved : cost
  }

  /** rank of every seat, 0 where there is none or it was not wished */
  ranks(): Int32Array {
    const ranks = this.pinRank.slice(0, this.guests)
    for (let u = 0; u < this.guests; u++)
      if (this.pinSlot[u] < 0) ranks[u] = Math.sqrt(this.rankCost(u))
    return ranks
  }

  hasRoom(s: number): boolean {
    const g = this.slotGroup[s]
    return this.slotLoad[s] < this.slotCapacity[s] && this.groupLoad[g] < this.groupCapacity[g]
  }

  /** Lets a guest be given a slot at a rank². */
  allow(u: number, s: number, cost: number): void {
    checkFit(this.levels, this.slots + 1, cost)
    const { wishes, wishers } = this
    let index = wishes.count[u]
    while (index > 0 && wishes.cost[wishes.start[u] + index - 1] > cost) index--
    wishes.insert(u, index, s, cost)
    const last = wishers.count[s]
    wishers.insert(s, last, u, cost)
    this.journal?.push(() => {
      wishes.remove(u, index)
      wishers.remove(s, last)
    })
  }

  /** Takes a wish away; the guest must not sit there. */
  disallow(u: number, s: number): void {
    const { wishes, wishers } = this
    const index = wishes.find(u, s) - wishes.start[u]
    const cost = wishes.cost[wishes.start[u] + index]
    const position = wishers.find(s, u) - wishers.start[s]
    wishes.remove(u, index)
    wishers.remove(s, position)
    this.journal?.push(() => {
      wishers.insert(s, position, u, cost)
      wishes.insert(u, index, s, cost)
    })
  }

  /** Seats a guest of the pool; capacities are the caller's concern. */
  seat(u: number, slot: number, cost: number): void {
    this.#link(u, slot, -1, this.first[slot], cost)
    this.journal?.push(() => this.#unlink(u))
  }

  unseat(u: number): void {
    const slot = this.slotOf[u]
    const cost = this.seatCost[u]
    const before = this.previous[u]
    const after = this.next[u]
    this.#unlink(u)
    this.journal?.push(() => this.#link(u, slot, before, after, cost))
  }

  /** Seats a guest without wishes for good; `rank` is 0 where the slot was none. */
  pin(u: number, slot: number, rank: number): void {
    this.#hold(u, slot, rank, 1)
    this.journal?.push(() => this.#hold(u, slot, rank, -1))
  }

  unpin(u: number): void {
    const slot = this.pinSlot[u]
    const rank = this.pinRank[u]
    this.#hold(u, slot, rank, -1)
    this.journal?.push(() => this.#hold(u, slot, rank, 1))
    // Where only pins sat, the price may lie below the group's.
    const floor = this.groupPrice[this.slotGroup[slot]]
    if (this.slotPrice[slot] < floor) this.set('slotPrice', slot, floor)
  }

  #hold(u: number, slot: number, rank: number, seats: 1 | -1): void {
    const group = this.slotGroup[slot]
    this.pinSlot[u] = this.slotOf[u] = seats > 0 ? slot : -1
    this.pinRank[u] = seats > 0 ? rank : 0
    this.slotPins[slot] += seats
    this.slotLoad[slot] += seats
    this.groupPins[group] += seats
    this.groupLoad[group] += seats
    this.placed += seats
    this.cost += seats * rank ** 2
    if (this.levels.moved > 0) this.changed.push(u)
  }

  /** Makes the seat a guest holds their home; an old one that was no wish is no longer theirs. */
  settleAt(u: number, s: number): void {
    const old = this.home[u]
    if (old === s) return
    if (this.pinSlot[u] < 0) {
      this.seatCost[u] = this.rankCost(u)
      if (old >= 0 && this.wishes.cost[this.wish(u, old)] === 0) this.disallow(u, old)
    }
    this.home[u] = s
  }

  /** Changes one entry of an array of this network. */
  set(values: Changeable, at: number, value: number): void {
    const old = this[values][at]
    this[values][at] = value
    // By name, because an array that grows is another one.
    this.journal?.push(() => {
      this[values][at] = old
    })
  }

  shiftPrice(node: number, by: number): void {
    const ofSlot = node < this.slots
    const values = ofSlot ? 'slotPrice' : 'groupPrice'
    const at = ofSlot ? node : node - this.slots
    if (this.journal) this.set(values, at, this[values][at] + by)
    else this[values][at] += by
  }

  addGuest(): number {
    const u = this.guests++
    this.wishes.addRow()
    if (u >= this.slotOf.length) {
      const room = 2 * u + 64
      this.slotOf = larger(this.slotOf, room)
      this.seatCost = largerDoubles(this.seatCost, room)
      this.home = larger(this.home, room)
      this.pinSlot = larger(this.pinSlot, room)
      this.pinRank = larger(this.pinRank, room)
      this.next = larger(this.next, room)
      this.previous = larger(this.previous, room)
    }
    for (const values of [this.slotOf, this.pinSlot, this.next, this.previous]) values[u] = -1
    this.home[u] = none
    this.journal?.push(() => {
      this.guests--
      this.wishes.dropRow()
    })
    return u
  }

  /** A closed slot: it has no seat yet. */
  addSlot(group: number): number {
    const s = this.slots++
    this.wishers.addRow()
    if (s >= this.slotGroup.length) {
      const room = 2 * s + 64
      this.first = larger(this.first, room)
      this.slotGroup = larger(this.slotGroup, room)
      this.slotCapacity = larger(this.slotCapacity, room)
      this.slotLoad = larger(this.slotLoad, room)
      this.slotPins = larger(this.slotPins, room)
      this.slotPrice = largerDoubles(this.slotPrice, room)
    }
    this.first[s] = -1
    this.slotGroup[s] = group
    this.slotCapacity[s] = 0
    this.slotLoad[s] = 0
    this.slotPins[s] = 0
    this.slotPrice[s] = this.groupPrice[group]
    this.members.insert(group, this.members.count[group], s, 0)
    this.journal?.push(() => {
      this.members.remove(group, this.members.count[group] - 1)
      this.wishers.dropRow()
      this.slots--
    })
    return s
  }

  addGroup(capacity: number): number {
    const g = this.groups++
    this.members.addRow()
    if (g >= this.groupCapacity.length) {
      const room = 2 * g + 64
      this.groupCapacity = larger(this.groupCapacity, room)
      this.groupLoad = larger(this.groupLoad, room)
      this.groupPins = larger(this.groupPins, room)
      this.groupPrice = largerDoubles(this.groupPrice, room)
    }
    this.groupCapacity[g] = capacity
    this.groupLoad[g] = 0
    this.groupPins[g] = 0
    this.groupPrice[g] = 0
    this.journal?.push(() => {
      this.groups--
      this.members.dropRow()
    })
    return g
  }

  #link(u: number, slot: number, before: number, after: number, cost: number): void {
    if (before >= 0) this.next[before] = u
    else this.first[slot] = u
    if (after >= 0) this.previous[after] = u
    this.previous[u] = before
    this.next[u] = after
    this.slotOf[u] = slot
    this.seatCost[u] = cost
    this.slotLoad[slot]++
    this.groupLoad[this.slotGroup[slot]]++
    this.placed++
    this.cost += this.rankCost(u)
    if (this.levels.moved > 0) this.changed.push(u)
  }

  #unlink(u: number): void {
    const slot = this.slotOf[u]
    const before = this.previous[u]
    const after = this.next[u]
    if (before >= 0) this.next[before] = after
    else this.first[slot] = after
    if (after >= 0) this.previous[after] = before
    if (this.levels.moved > 0) this.changed.push(u)
    this.placed--
    this.cost -= this.rankCost(u)
    this.slotOf[u] = -1
    this.seatCost[u] = 0
    this.slotLoad[slot]--
    this.groupLoad[this.slotGroup[slot]]--
  }
}

function largerDoubles(values: Float64Array, length: number): Float64Array {
  const copy = new Float64Array(length)
  copy.set(values)
  return copy
}
