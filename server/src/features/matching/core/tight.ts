import type { Instance } from './instance.ts'
import type { Seating } from './seating.ts'

/**
 * The wishes that cost nobody anything under the present prices, as an instance of its own: who
 * moves along them, and through groups whose price is their slot's, keeps the seating cheapest.
 */
export class TightWishes {
  readonly #instance: Instance
  readonly #seating: Seating
  readonly #start: Int32Array
  readonly #slot: Int32Array
  readonly #cost: Int32Array
  readonly #slotStart: Int32Array
  readonly #fill: Int32Array
  readonly #guest: Int32Array

  constructor(instance: Instance, seating: Seating) {
    this.#instance = instance
    this.#seating = seating
    this.#start = new Int32Array(instance.guestStart.length)
    this.#slot = new Int32Array(instance.arcSlot.length)
    this.#cost = new Int32Array(instance.arcSlot.length)
    this.#slotStart = new Int32Array(instance.slotStart.length)
    this.#fill = new Int32Array(instance.slotStart.length)
    this.#guest = new Int32Array(instance.arcSlot.length)
  }

  /**
   * The instance left under these prices, valid until the next call.
   * @param price of each slot; of one to be left alone, infinite
   * @param most what an unplaced guest may pay in all; the least they can pay, if that is less
   * @param floor no price is below
   * @param side only guests with this mark in the cut keep wishes
   */
  under(
    price: Float64Array,
    floor: number,
    most: number,
    cutGuest: Uint8Array,
    side: 0 | 1,
  ): Instance {
    const { guestStart, arcSlot, arcCost } = this.#instance
    const { slotOf, costOf } = this.#seating
    const start = this.#start
    const slot = this.#slot
    const cost = this.#cost
    const slotStart = this.#slotStart.fill(0)
    let count = 0
    for (let u = 0; u < slotOf.length; u++) {
      const end = guestStart[u + 1]
      if (cutGuest[u] === side) {
        const held = slotOf[u]
        const pays =
          held < 0 ? Math.min(most, this.#least(u, price, floor)) : costOf[u] + price[held]
        for (let a = guestStart[u]; a < end && arcCost[a] + floor <= pays; a++) {
          const s = arcSlot[a]
          if (arcCost[a] + price[s] !== pays) continue
          slot[count] = s
          cost[count++] = arcCost[a]
          slotStart[s + 1]++
        }
      }
      start[u + 1] = count
    }
    this.#transpose()
    return {
      ...this.#instance,
      guestStart: start,
      arcSlot: slot,
      arcCost: cost,
      slotStart,
      slotArcGuest: this.#guest,
    }
  }

  #least(u: number, price: Float64Array, floor: number): number {
    const { guestStart, arcSlot, arcCost } = this.#instance
    let least = Number.POSITIVE_INFINITY
    const end = guestStart[u + 1]
    for (let a = guestStart[u]; a < end && arcCost[a] + floor < least; a++)
      least = Math.min(least, arcCost[a] + price[arcSlot[a]])
    return least
  }

  #transpose(): void {
    const start = this.#start
    const slot = this.#slot
    const slotStart = this.#slotStart
    const guest = this.#guest
    for (let s = 1; s < slotStart.length; s++) slotStart[s] += slotStart[s - 1]
    const fill = this.#fill
    fill.set(slotStart)
    for (let u = 0; u + 1 < start.length; u++)
      for (let a = start[u]; a < start[u + 1]; a++) guest[fill[slot[a]]++] = u
  }
}
