import { GuestRounds } from './guest-rounds.ts'
import { GuestSearch } from './guest-search.ts'
import type { Instance } from './instance.ts'
import type { Cut } from './maximum.ts'
import type { Prices } from './prices.ts'
import { type Seating, seat } from './seating.ts'

/**
 * The ample side of the cut, where every plan that places the most places everybody. Prices rise
 * from 0; in turn, as many as possible are seated at what is cheapest for them under the present
 * prices, and every price rises by its distance to free capacity, which opens a way for each guest
 * still waiting (primal-dual method, Ford and Fulkerson 1957; Dijkstra's distances as potentials,
 * Edmonds and Karp 1972; all ways of a round at once, Gabow and Tarjan 1989).
 * The scarce side must be settled before: its full slots are constants here.
 * Calls `placed` after every round and returns false as soon as that does.
 */
export function settleGuests(
  instance: Instance,
  seating: Seating,
  cut: Cut,
  prices: Prices,
  placed: () => boolean,
): boolean {
  const { slotGroup, arcSlot } = instance
  const price = new Float64Array(slotGroup.length)
  for (let s = 0; s < price.length; s++)
    if (cut.slot[s] || cut.group[slotGroup[s]]) price[s] = Number.POSITIVE_INFINITY
  seatAtBestRank(instance, seating, cut, price)
  const own = { slot: price, group: prices.group }
  const search = new GuestSearch(instance, seating, own)
  let rounds: GuestRounds | undefined
  for (;;) {
    if (!placed()) return false
    if (
      placeSome(
        seating,
        cut,
        search,
        search.work + arcSlot.length * (rounds ? laterShare : firstShare),
      )
    )
      break
    if (!placed()) return false
    rounds ??= new GuestRounds(instance, seating, cut, own)
    rounds.run()
  }
  for (let s = 0; s < price.length; s++)
    if (price[s] < Number.POSITIVE_INFINITY)
      // An empty slot costs at least what its group does; its own price was never looked at.
      prices.slot[s] = Math.max(price[s], prices.group[slotGroup[s]])
  return true
}

/** Places guests one by one until so many wishes were looked at; true once all are placed. */
function placeSome(seating: Seating, cut: Cut, search: GuestSearch, enough: number): boolean {
  const { slotOf } = seating
  for (let u = 0; u < slotOf.length; u++) {
    if (slotOf[u] >= 0 || cut.guest[u]) continue
    if (search.work >= enough) return false
    search.place(u)
  }
  return true
}

/**
 * How much to look for ways one by one before a round, in wishes of the whole instance: long at
 * first, where ways are short and ample instances end here; briefly between rounds, for the last few.
 */
const firstShare = 2
const laterShare = 1 / 8

/** While all prices are 0, the least cost of each guest is tight. */
function seatAtBestRank(instance: Instance, seating: Seating, cut: Cut, price: Float64Array): void {
  const { guestStart, arcSlot, arcCost, slotGroup, slotCapacity, groupCapacity } = instance
  const { slotOf, slotLoad, groupLoad } = seating
  for (let u = 0; u < slotOf.length; u++) {
    if (slotOf[u] >= 0 || cut.guest[u]) continue
    let least = Number.POSITIVE_INFINITY
    for (let a = guestStart[u]; a < guestStart[u + 1] && arcCost[a] <= least; a++) {
      const s = arcSlot[a]
      const g = slotGroup[s]
      if (price[s] > 0) continue
      least = arcCost[a]
      if (slotLoad[s] >= slotCapacity[s] || groupLoad[g] >= groupCapacity[g]) continue
      seat(seating, slotGroup, u, s, arcCost[a])
      break
    }
  }
}
