import type { Instance } from './instance.ts'
import { Rows } from './repair-rows.ts'

/**
 * What one step of each level costs; every cost is a sum of them and a rank², exact in one double.
 * A residual cycle passes every slot at most once, so as long as `moved` exceeds slots × highest
 * rank² and `unplaced` exceeds slots × `moved`, comparing sums compares the levels in order.
 */
export interface Levels {
  /** a guest without a seat; twice that for one who held a seat, see `poolCost` */
  unplaced: number
  /** a guest elsewhere than at home; 0 where nobody has a home */
  moved: number
}

/** The levels after publication; throws a RangeError where they would not fit a double exactly. */
export function levelsFor({ guestStart, slotCapacity, arcCost }: Instance): Levels {
  const chain = Math.min(guestStart.length, slotCapacity.length) + 1
  const worst = arcCost.reduce((most, cost) => Math.max(most, cost), 1)
  const moved = 2 ** Math.floor(Math.log2(unplaced / chain) - 1)
  if (chain * worst >= moved) throw new RangeError('too many slots for ranks this high')
  return { unplaced, moved }
}

/** Distances stay below eight of these, so below 2^53. */
const unplaced = 2 ** 50

/** `home` of a guest who holds nothing, and of one whose seat is gone */
export const none = -1
export const gone = -2

/**
 * A seating kept alive, with prices that prove it best: no guest would rather have another seat
 * under them, no price is negative, and only what is full has one (complementary slackness of the
 * minimum-cost flow guest → slot → group, with a pool where everybody may stay unplaced).
 * A slot's price includes its group's; an empty slot's may lie below it, for nobody would notice.
 * Nodes are slots, then groups.
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
  /** cost of each guest's seat, all levels; 0 in the pool */
  seatCost: Float64Array
  home: Int32Array
  pinSlot: Int32Array
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
    this.slotOf = pinSlot.slice()
    this.seatCost = new Float64Array(this.guests)
    this.home = new Int32Array(this.guests).fill(none)
    this.pinSlot = pinSlot.slice()
    this.first = new Int32Array(this.slots).fill(-1)
    this.next = new Int32Array(this.guests).fill(-1)
    this.previous = new Int32Array(this.guests).fill(-1)
    this.slotGroup = slotGroup.slice()
    this.slotCapacity = slotCapacity.slice()
    this.slotLoad = new Int32Array(this.slots)
    this.groupCapacity = groupCapacity.slice()
    this.groupLoad = new Int32Array(this.groups)
    this.slotPrice = new Float64Array(this.slots)
    this.groupPrice = new Float64Array(this.groups)
    for (const s of pinSlot) {
      if (s < 0) continue
      this.slotLoad[s]++
      this.groupLoad[slotGroup[s]]++
    }
  }

  /**
   * What staying unplaced costs. The sets of guests that can be seated together are a matroid
   * (Edmonds and Fulkerson 1965), so the heavier weight of those who held a seat never costs a
   * placement: it decides who stays out.
   */
  poolCost(u: number): number {
    return this.home[u] === none ? this.levels.unplaced : 2 * this.levels.unplaced
  }

  /** What being elsewhere than at home adds to any slot but home. */
  moveCost(u: number): number {
    return this.home[u] === none ? 0 : this.levels.moved
  }

  /** Lets a guest be given a slot at a cost of rank, unless they may be already. */
  allow(u: number, s: number, cost: number): void {
    const { wishes, wishers } = this
    if (wishes.find(u, s) >= 0) return
    let index = wishes.count[u]
    while (index > 0 && wishes.cost[wishes.start[u] + index - 1] > cost) index--
    wishes.insert(u, index, s, cost)
    wishers.insert(s, wishers.count[s], u, cost)
  }

  /** rank² of a slot a guest may be given */
  rankCost(u: number, s: number): number {
    return this.wishes.cost[this.wishes.find(u, s)]
  }

  /** Rank of each guest's seat; `pinRank` says it of those who are pinned. */
  ranks(pinRank: Int32Array): Int32Array {
    return this.slotOf.map((s, u) => {
      if (this.pinSlot[u] >= 0) return pinRank[u]
      return s < 0 ? 0 : Math.sqrt(this.rankCost(u, s))
    })
  }

  hasRoom(s: number): boolean {
    const g = this.slotGroup[s]
    return this.slotLoad[s] < this.slotCapacity[s] && this.groupLoad[g] < this.groupCapacity[g]
  }

  /** Seats an unpinned guest, leaving the old seat; capacities are the caller's concern. */
  seat(u: number, slot: number, cost: number): void {
    this.unseat(u)
    const head = this.first[slot]
    this.next[u] = head
    if (head >= 0) this.previous[head] = u
    this.first[slot] = u
    this.slotOf[u] = slot
    this.seatCost[u] = cost
    this.slotLoad[slot]++
    this.groupLoad[this.slotGroup[slot]]++
  }

  unseat(u: number): void {
    const slot = this.slotOf[u]
    if (slot < 0) return
    const before = this.previous[u]
    const after = this.next[u]
    if (before >= 0) this.next[before] = after
    else this.first[slot] = after
    if (after >= 0) this.previous[after] = before
    this.previous[u] = -1
    this.slotOf[u] = -1
    this.seatCost[u] = 0
    this.slotLoad[slot]--
    this.groupLoad[this.slotGroup[slot]]--
  }
}
