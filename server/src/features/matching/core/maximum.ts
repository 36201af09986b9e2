import type { Instance } from './instance.ts'
import { type Seating, seat } from './seating.ts'

/**
 * A minimum cut: 1 for every node that an unplaced guest reaches in the residual network. Every
 * plan that places the most fills the full slots and groups on its border, and lets no guest
 * from outside in: the Dulmage–Mendelsohn split of the instance.
 */
export interface Cut {
  guest: Uint8Array
  slot: Uint8Array
  group: Uint8Array
}

/** Gives everybody in turn the best-ranked slot that still has room. */
export function seatGreedily(instance: Instance, seating: Seating): void {
  const { guestStart, arcSlot, arcCost, slotGroup, slotCapacity, groupCapacity } = instance
  const { slotOf, slotLoad, groupLoad } = seating
  for (let u = 0; u < slotOf.length; u++) {
    if (slotOf[u] >= 0) continue
    for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
      const s = arcSlot[a]
      const g = slotGroup[s]
      if (slotLoad[s] >= slotCapacity[s] || groupLoad[g] >= groupCapacity[g]) continue
      seat(seating, slotGroup, u, s, arcCost[a])
      break
    }
  }
}

/**
 * Extends a seating to one that places the most, guest → slot → group → free capacity, in phases of
 * shortest augmenting paths (Hopcroft and Karp 1973; with capacities Dinic 1970). Levels run
 * backward from free capacity to the very end, so that each phase serves everybody unplaced and not
 * only the nearest; the depth-first search keeps its own stack, because chains can be thousands long. Returns false when stopped.
 */
export function placeTheMost(
  instance: Instance,
  seating: Seating,
  stopped: () => boolean = () => false,
): boolean {
  // Where places are ample everybody may sit already, and nothing is left to search.
  if (!seating.slotOf.includes(-1)) return true
  return new PhaseSearch(instance, seating).run(instance, undefined, stopped)
}

/** One phase after the other; nodes are guests, then slots, then groups. */
export class PhaseSearch {
  #instance: Instance
  /** 1 where one may pass between a slot and its group */
  #linked: Uint8Array
  readonly #seating: Seating
  readonly #n: number
  readonly #m: number
  readonly #levels: Int32Array
  readonly #cursor: Int32Array
  readonly #queue: Int32Array
  #stack: number[] = []

  constructor(instance: Instance, seating: Seating) {
    this.#instance = instance
    this.#seating = seating
    this.#n = instance.guestIds.length
    this.#m = instance.slotIds.length
    this.#linked = new Uint8Array(this.#m).fill(1)
    const nodes = this.#n + this.#m + instance.groupCapacity.length
    this.#levels = new Int32Array(nodes)
    this.#cursor = new Int32Array(nodes)
    this.#queue = new Int32Array(nodes)
  }

  /** @param instance as at construction, but for its wishes */
  run(instance: Instance, linked = this.#linked, stopped: () => boolean = () => false): boolean {
    this.#instance = instance
    this.#linked = linked
    while (this.level()) {
      if (stopped()) return false
      this.augment()
    }
    return true
  }

  /** Distances to free capacity; false when no unplaced guest is reached. */
  level(): boolean {
    const { slotStart, slotArcGuest, slotGroup, slotCapacity } = this.#instance
    const { groupStart, groupSlots, groupCapacity } = this.#instance
    const { slotOf, slotLoad, groupLoad, first } = this.#seating
    const n = this.#n
    const groupBase = n + this.#m
    const linked = this.#linked
    const levels = this.#levels.fill(-1)
    const queue = this.#queue
    let tail = 0
    for (let g = 0; g < groupCapacity.length; g++) {
      if (groupLoad[g] >= groupCapacity[g]) continue
      levels[groupBase + g] = 0
      queue[tail++] = groupBase + g
    }
    let reached = false
    for (let i = 0; i < tail; i++) {
      const node = queue[i]
      const level = levels[node] + 1
      if (node >= groupBase) {
        const g = node - groupBase
        for (let k = groupStart[g]; k < groupStart[g + 1]; k++) {
          const s = groupSlots[k]
          if (levels[n + s] >= 0 || slotLoad[s] >= slotCapacity[s] || !linked[s]) continue
          levels[n + s] = level
          queue[tail++] = n + s
        }
      } else if (node >= n) {
        const s = node - n
        for (let a = slotStart[s]; a < slotStart[s + 1]; a++) {
          const u = slotArcGuest[a]
          if (levels[u] >= 0 || slotOf[u] === s) continue
          levels[u] = level
          if (slotOf[u] < 0) reached = true
          else queue[tail++] = u
        }
        const group = groupBase + slotGroup[s]
        if (levels[group] < 0 && first[s] >= 0 && linked[s]) {
          levels[group] = level
          queue[tail++] = group
        }
      } else {
        const slot = n + slotOf[node]
        if (levels[slot] >= 0) continue
        levels[slot] = level
        queue[tail++] = slot
      }
    }
    return reached
  }

  augment(): void {
    const { guestStart, groupStart } = this.#instance
    const { slotOf } = this.#seating
    const n = this.#n
    const cursor = this.#cursor
    cursor.set(guestStart.subarray(0, n))
    cursor.fill(groupNext, n, n + this.#m)
    cursor.set(groupStart.subarray(0, groupStart.length - 1), n + this.#m)
    for (let u = 0; u < n; u++) if (slotOf[u] < 0 && this.#levels[u] >= 0) this.#augmentFrom(u)
  }

  #augmentFrom(root: number): void {
    const stack = this.#stack
    stack.length = 0
    stack.push(root)
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      const next = this.#step(top)
      if (next === freeCapacity) {
        this.#apply()
        return
      }
      if (next >= 0) stack.push(next)
      else {
        this.#levels[top] = -1
        stack.pop()
      }
    }
  }

  /** The next node one level nearer to free capacity, `freeCapacity` when there, or a dead end. */
  #step(node: number): number {
    const { guestStart, arcSlot, slotGroup, slotCapacity } = this.#instance
    const { groupStart, groupSlots, groupCapacity } = this.#instance
    const { slotOf, slotLoad, groupLoad, first, next } = this.#seating
    const n = this.#n
    const groupBase = n + this.#m
    const linked = this.#linked
    const levels = this.#levels
    const cursor = this.#cursor
    const wanted = levels[node] - 1
    if (node >= groupBase) {
      const g = node - groupBase
      if (wanted < 0) return groupLoad[g] < groupCapacity[g] ? freeCapacity : deadEnd
      for (; cursor[node] < groupStart[g + 1]; cursor[node]++) {
        const s = groupSlots[cursor[node]]
        if (levels[n + s] === wanted && first[s] >= 0 && linked[s]) return n + s
      }
      return deadEnd
    }
    if (node >= n) {
      const s = node - n
      if (cursor[node] === groupNext) {
        const group = groupBase + slotGroup[s]
        if (slotLoad[s] < slotCapacity[s] && levels[group] === wanted && linked[s]) return group
        cursor[node] = first[s]
      }
      while (cursor[node] >= 0) {
        const u = cursor[node]
        cursor[node] = next[u]
        if (levels[u] === wanted) return u
      }
      return deadEnd
    }
    for (; cursor[node] < guestStart[node + 1]; cursor[node]++) {
      const s = arcSlot[cursor[node]]
      if (levels[n + s] === wanted && slotOf[node] !== s) return n + s
    }
    return deadEnd
  }

  /** Every guest on the path takes the slot after them; loads follow by themselves. */
  #apply(): void {
    const { slotGroup, arcCost } = this.#instance
    const stack = this.#stack
    const n = this.#n
    for (let i = 0; i + 1 < stack.length; i++) {
      const u = stack[i]
      if (u >= n) continue
      seat(this.#seating, slotGroup, u, stack[i + 1] - n, arcCost[this.#cursor[u]])
    }
  }
}

const freeCapacity = -1
const deadEnd = -2
/** slot cursor before its list of guests: its group comes first */
const groupNext = -2

/** What unplaced guests reach; a minimum cut once nobody more can be placed. */
export function cutOf(instance: Instance, seating: Seating): Cut {
  const { guestStart, arcSlot, slotGroup, slotCapacity, groupStart, groupSlots } = instance
  const { slotOf, slotLoad, first, next } = seating
  const guest = new Uint8Array(instance.guestIds.length)
  const slot = new Uint8Array(instance.slotIds.length)
  const group = new Uint8Array(instance.groupCapacity.length)
  const guests: number[] = []
  const groups: number[] = []
  let unreached = slot.length
  const reachGuest = (u: number) => {
    if (guest[u]) return
    guest[u] = 1
    guests.push(u)
  }
  const reachSlot = (s: number) => {
    if (slot[s]) return
    slot[s] = 1
    unreached--
    for (let u = first[s]; u >= 0; u = next[u]) reachGuest(u)
    const g = slotGroup[s]
    if (slotLoad[s] >= slotCapacity[s] || group[g]) return
    group[g] = 1
    groups.push(g)
  }
  for (let u = 0; u < guest.length; u++) if (slotOf[u] < 0) reachGuest(u)
  // Beyond the last slot there is nothing: who sits there and its group are reached with it.
  while (unreached > 0 && (guests.length > 0 || groups.length > 0)) {
    const u = guests.pop()
    if (u !== undefined) {
      for (let a = guestStart[u]; a < guestStart[u + 1]; a++) reachSlot(arcSlot[a])
      continue
    }
    const g = groups.pop()!
    for (let k = groupStart[g]; k < groupStart[g + 1]; k++)
      if (first[groupSlots[k]] >= 0) reachSlot(groupSlots[k])
  }
  return { guest, slot, group }
}
