import type { Instance } from '../instance.ts'
import type { Solution } from '../solution.ts'
import { ArrivalSearch } from './arrival.ts'
import { DepartureSearch } from './departure.ts'
import { freeLevels, gone, Network, none, unlimited } from './network.ts'
import { instanceOf, solutionOf, takeSolution } from './proof.ts'

/** A wish by slot index. */
export interface SlotWish {
  slot: number
  /** 1 is the first wish */
  rank: number
}

/** What cannot be done, and changes nothing. */
export type RepairRefusal =
  | 'pins_conflict'
  | 'pin_forbidden'
  | 'pins_exceed_slot'
  | 'pins_exceed_group'

export interface Totals {
  placed: number
  /** sum of rank² over the placed */
  cost: number
}

/**
 * Keeps a solved instance solved: after every event the plan places the most and then has the least
 * sum of rank², exactly as solving again would find, and `solution()` is its proof.
 *
 * The prices of the solution are kept, with the two levels of the objective in one exact number
 * (see `Levels`): the cut is where a seat is worth a placement, and moves by itself when that
 * changes. Whatever an event takes or frees is then one unit of flow too many or too few, which one
 * shortest path under the prices puts right (sensitivity of minimum-cost flows: Ahuja, Magnanti and
 * Orlin 1993, section 9.11; Dijkstra from the change, stopped at the nearest end).
 *
 * An instance says of a capacity above its guests no more than that: it counts as unlimited until
 * `resizeSlot` or `resizeGroup` says how large it is, which matters where many are to join.
 */
export function openRepair(instance: Instance, solution: Solution): Repair {
  const network = new Network(instance, freeLevels)
  takeSolution(network, solution)
  return new Repair(network, instance)
}

interface Arc {
  slot: number
  cost: number
}

/** Guests and slots keep their indices; new ones get the next. One who left wishes nothing. */
export class Repair {
  readonly network: Network
  readonly #arrival: ArrivalSearch
  readonly #departure: DepartureSearch
  readonly #guestIds: string[]
  readonly #slotIds: string[]
  readonly #groupIds: string[]
  /** what a guest asked for, of those whose arcs say less: they are pinned or kept from a slot */
  #wanted = new Map<number, readonly Arc[]>()
  #forbidden = new Map<number, ReadonlySet<number>>()

  constructor(network: Network, ids: Pick<Instance, 'guestIds' | 'slotIds' | 'groupIds'>) {
    this.network = network
    this.#arrival = new ArrivalSearch(network)
    this.#departure = new DepartureSearch(network)
    this.#guestIds = ids.guestIds.slice()
    this.#slotIds = ids.slotIds.slice()
    this.#groupIds = ids.groupIds.slice()
  }

  totals(): Totals {
    return { placed: this.network.placed, cost: this.network.cost }
  }

  /** Slot of a guest, or -1. */
  slotOf(u: number): number {
    return this.network.slotOf[u]
  }

  /** The instance as the events have made it. */
  instance(): Instance {
    return instanceOf(this.network, {
      guestIds: this.#guestIds.slice(0, this.network.guests),
      slotIds: this.#slotIds.slice(0, this.network.slots),
      groupIds: this.#groupIds.slice(),
    })
  }

  /** The plan of `instance()`, with its proof. */
  solution(): Solution {
    return solutionOf(this.network)
  }

  /**
   * Runs a change, returns what it returns, and takes everything back: seats, prices and order are
   * exactly as before.
   */
  attempt<T>(change: () => T): T {
    const { network } = this
    const outer = network.journal
    const journal: (() => void)[] = []
    const wanted = new Map(this.#wanted)
    const forbidden = new Map(this.#forbidden)
    network.journal = journal
    try {
      return change()
    } finally {
      network.journal = undefined
      while (journal.length > 0) journal.pop()!()
      network.journal = outer
      this.#wanted = wanted
      this.#forbidden = forbidden
    }
  }

  /** A guest more; returns their index. */
  join(id: string, wishes: readonly SlotWish[]): number {
    const u = this.network.addGuest()
    this.#guestIds[u] = id
    this.#regrant(u, arcsOf(wishes), -1)
    return u
  }

  /** Their index stays, with nothing; `changeWishes` brings them back. */
  leave(u: number): void {
    this.network.set('home', u, none)
    this.#wanted.delete(u)
    this.#forbidden.delete(u)
    if (this.network.pinSlot[u] < 0) this.#regrant(u, [], this.network.slotOf[u])
    else {
      const slot = this.network.pinSlot[u]
      this.network.unpin(u)
      this.#departure.fillSlot(slot)
    }
  }

  /** Forbidden slots stay forbidden; whoever is pinned stays so. */
  changeWishes(u: number, wishes: readonly SlotWish[]): void {
    const { network } = this
    const arcs = arcsOf(wishes)
    const pin = network.pinSlot[u]
    if (pin >= 0 || this.#forbidden.has(u)) this.#wanted.set(u, arcs)
    if (pin < 0) this.#regrant(u, arcs, network.slotOf[u])
    else {
      network.unpin(u)
      network.pin(u, pin, rankAmong(arcs, pin))
    }
  }

  /** A slot more, with who wishes it at which rank; `group` null has no limit. */
  openSlot(
    id: string,
    capacity: number,
    group: number | null,
    wishers: readonly { guest: number; rank: number }[],
  ): number {
    const { network } = this
    const s = network.addSlot(group ?? network.addGroup(unlimited))
    this.#slotIds[s] = id
    // Closed at first, at a price nobody would pay.
    let price = network.slotPrice[s]
    const arcs = wishers.map(({ guest, rank }) => ({ guest, cost: rank ** 2 }))
    for (const { guest, cost } of arcs) {
      const wanted = this.#wanted.get(guest)
      if (wanted) this.#wanted.set(guest, [...wanted, { slot: s, cost }])
      if (network.pinSlot[guest] >= 0) continue
      price = Math.max(price, network.worth(guest) - cost - network.moveCost(guest))
    }
    network.set('slotPrice', s, price)
    for (const { guest, cost } of arcs)
      if (network.pinSlot[guest] < 0) network.allow(guest, s, cost)
    this.resizeSlot(s, capacity)
    return s
  }

  /** Seats of a slot; 0 closes it. Seat by seat, while the slot's own seats are worth something. */
  resizeSlot(s: number, capacity: number): RepairRefusal | undefined {
    const { network } = this
    const wanted = Math.min(capacity, unlimited)
    if (wanted < network.slotPins[s]) return 'pins_exceed_slot'
    while (network.slotCapacity[s] < wanted) this.#growSlot(s, wanted)
    while (network.slotCapacity[s] > wanted) this.#shrinkSlot(s, wanted)
  }

  #growSlot(s: number, wanted: number): void {
    const { network } = this
    const g = network.slotGroup[s]
    const seats = network.slotCapacity[s]
    const floor = network.groupPrice[g]
    if (network.slotPrice[s] <= floor) {
      network.set('slotPrice', s, floor)
      network.set('slotCapacity', s, wanted)
      return
    }
    // With a full group: first as if it had a seat more, then without.
    const room = network.groupCapacity[g]
    const groupFull = network.groupLoad[g] >= room
    if (groupFull) network.set('groupCapacity', g, room + 1)
    network.set('slotCapacity', s, seats + 1)
    this.#departure.fillSlot(s)
    if (!groupFull) return
    this.#arrival.freeGroup(g)
    network.set('groupCapacity', g, room)
  }

  #shrinkSlot(s: number, wanted: number): void {
    const { network } = this
    const load = network.slotLoad[s]
    const seats = network.slotCapacity[s]
    if (load < seats) {
      network.set('slotCapacity', s, Math.max(wanted, load))
      return
    }
    this.#arrival.freeSlot(s)
    network.set('slotCapacity', s, seats - 1)
    this.#departure.fillGroup(network.slotGroup[s])
  }

  /** Seats of all slots of a group together. */
  resizeGroup(g: number, capacity: number): RepairRefusal | undefined {
    const { network } = this
    const wanted = Math.min(capacity, unlimited)
    if (wanted < network.groupPins[g]) return 'pins_exceed_group'
    while (network.groupCapacity[g] < wanted) {
      const worthMore = network.groupPrice[g] > 0
      network.set('groupCapacity', g, worthMore ? network.groupCapacity[g] + 1 : wanted)
      this.#departure.fillGroup(g)
    }
    while (network.groupCapacity[g] > wanted) {
      const free = network.groupLoad[g] < network.groupCapacity[g]
      if (!free) this.#arrival.freeGroup(g)
      const seats = free ? Math.max(wanted, network.groupLoad[g]) : network.groupCapacity[g] - 1
      network.set('groupCapacity', g, seats)
    }
  }

  /** The seat holds whatever was wished. */
  pin(u: number, s: number): RepairRefusal | undefined {
    const { network } = this
    if (network.pinSlot[u] === s) return
    if (network.pinSlot[u] >= 0) return 'pins_conflict'
    if (this.#forbidden.get(u)?.has(s)) return 'pin_forbidden'
    const g = network.slotGroup[s]
    if (network.slotPins[s] >= network.slotCapacity[s]) return 'pins_exceed_slot'
    if (network.groupPins[g] >= network.groupCapacity[g]) return 'pins_exceed_group'
    const wanted = this.#asked(u)
    this.#wanted.set(u, wanted)
    const old = network.slotOf[u]
    this.#takeOut(u)
    if (old !== s) {
      if (old >= 0) this.#departure.fillSlot(old)
      this.#arrival.freeSlot(s)
    }
    network.pin(u, s, rankAmong(wanted, s))
  }

  /**
   * Back to the wishes; of those pinned before `openRepair` none are known until `changeWishes`
   * says them, which is best called first.
   */
  unpin(u: number): void {
    const { network } = this
    const s = network.pinSlot[u]
    if (s < 0) return
    const wanted = this.#asked(u)
    network.unpin(u)
    if (!this.#forbidden.has(u)) this.#wanted.delete(u)
    this.#regrant(u, wanted, s)
  }

  /** Keeps a guest from a slot, wished or not. */
  forbid(u: number, s: number): RepairRefusal | undefined {
    const { network } = this
    if (network.pinSlot[u] === s) return 'pin_forbidden'
    const wanted = this.#asked(u)
    this.#wanted.set(u, wanted)
    this.#forbidden.set(u, new Set(this.#forbidden.get(u)).add(s))
    if (network.home[u] === s) network.set('home', u, gone)
    if (network.pinSlot[u] < 0) this.#regrant(u, wanted, network.slotOf[u])
  }

  /** Takes a `forbid` back; one made before `openRepair` is taken back by `changeWishes`. */
  allow(u: number, s: number): void {
    const { network } = this
    const forbidden = new Set(this.#forbidden.get(u))
    if (!forbidden.delete(s)) return
    const wanted = this.#asked(u)
    if (forbidden.size > 0) this.#forbidden.set(u, forbidden)
    else {
      this.#forbidden.delete(u)
      if (network.pinSlot[u] < 0) this.#wanted.delete(u)
    }
    if (network.pinSlot[u] < 0) this.#regrant(u, wanted, network.slotOf[u])
  }

  #asked(u: number): readonly Arc[] {
    // A seat kept outside the wishes costs nothing.
    return this.#wanted.get(u) ?? this.#granted(u).filter(({ cost }) => cost > 0)
  }

  #granted(u: number): Arc[] {
    const { start, count, item, cost } = this.network.wishes
    return Array.from({ length: count[u] }, (_, i) => ({
      slot: item[start[u] + i],
      cost: cost[start[u] + i],
    }))
  }

  /** Gives an unpinned guest other arcs. `old` is the seat they hold, or held until now. */
  #regrant(u: number, wanted: readonly Arc[], old: number): void {
    const { network } = this
    const forbidden = this.#forbidden.get(u)
    const arcs = wanted.filter(({ slot }) => !forbidden?.has(slot))
    const home = network.home[u]
    if (home >= 0 && arcs.every(({ slot }) => slot !== home)) arcs.unshift({ slot: home, cost: 0 })
    this.#takeOut(u)
    const stays = old >= 0 && this.#wouldStay(u, arcs, old)
    if (old >= 0 && !stays) this.#departure.fillSlot(old)
    for (const { slot, cost } of arcs) network.allow(u, slot, cost)
    if (stays) network.seat(u, old, network.costAt(u, network.wish(u, old)))
    else this.#arrival.seatGuest(u)
  }

  /** Whether under today's prices a guest would rather have no other seat than this one. */
  #wouldStay(u: number, arcs: readonly Arc[], s: number): boolean {
    const { network } = this
    const price = ({ slot, cost }: Arc) =>
      cost + (network.home[u] === slot ? 0 : network.moveCost(u)) + network.slotPrice[slot]
    const own = arcs.find(({ slot }) => slot === s)
    if (own === undefined || price(own) > network.poolCost(u)) return false
    return arcs.every((arc) => price(arc) >= price(own))
  }

  #takeOut(u: number): void {
    const { network } = this
    if (network.slotOf[u] >= 0) network.unseat(u)
    for (const { slot } of this.#granted(u)) network.disallow(u, slot)
  }
}

/** A slot wished twice counts at its lower rank. */
function arcsOf(wishes: readonly SlotWish[]): Arc[] {
  const best = new Map<number, number>()
  for (const { slot, rank } of wishes)
    best.set(slot, Math.min(rank, best.get(slot) ?? Number.POSITIVE_INFINITY))
  return Array.from(best, ([slot, rank]) => ({ slot, cost: rank ** 2 }))
}

function rankAmong(arcs: readonly Arc[], s: number): number {
  return Math.sqrt(arcs.find(({ slot }) => slot === s)?.cost ?? 0)
}
