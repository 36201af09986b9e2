import type { Instance } from './instance.ts'
import type { Cut } from './maximum.ts'
import type { Prices } from './prices.ts'
import { SeatRounds } from './seat-rounds.ts'
import { SeatSearch } from './seat-search.ts'
import { type Seating, seat } from './seating.ts'

/**
 * The scarce side of the cut, whose border every plan that places the most fills: what
 * `settleGuests` does, seen from the seats. Staying out is worth 0; prices of seats fall until as
 * many guests come in as there is room for, each round by the node's distance from those outside.
 * Calls `filled` after every round and returns false as soon as that does.
 */
export function settleSeats(
  instance: Instance,
  seating: Seating,
  cut: Cut,
  prices: Prices,
  filled: () => boolean,
): boolean {
  if (!cut.guest.includes(1)) return filled()
  startPrices(instance, cut, prices)
  seatForNothing(instance, seating, cut, prices)
  const search = new SeatSearch(instance, seating, cut, prices)
  let rounds: SeatRounds | undefined
  for (;;) {
    if (!filled()) return false
    if (fillSome(instance, seating, cut, search)) break
    if (!filled()) return false
    rounds ??= new SeatRounds(instance, seating, cut, prices)
    rounds.run()
  }
  // An empty slot costs at least what its group does; its own price was never looked at.
  for (let s = 0; s < prices.slot.length; s++) {
    const g = instance.slotGroup[s]
    if (cut.slot[s] && cut.group[g]) prices.slot[s] = Math.max(prices.slot[s], prices.group[g])
  }
  return true
}

/** No wish costs less. */
const firstRank = 1

/** Each border starts at minus the least cost at which anybody would take a seat behind it. */
function startPrices(instance: Instance, cut: Cut, prices: Prices): void {
  const { slotStart, slotArcGuest, slotArcCost, slotGroup, groupCapacity } = instance
  const m = slotGroup.length
  const least = new Float64Array(m + groupCapacity.length).fill(Number.POSITIVE_INFINITY)
  const borderOf = (s: number) => (cut.group[slotGroup[s]] ? m + slotGroup[s] : s)
  for (let s = 0; s < m; s++) {
    if (!cut.slot[s]) continue
    const border = borderOf(s)
    for (let a = slotStart[s]; a < slotStart[s + 1] && least[border] > firstRank; a++)
      if (cut.guest[slotArcGuest[a]] && slotArcCost[a] < least[border])
        least[border] = slotArcCost[a]
  }
  const price = (border: number) =>
    least[border] === Number.POSITIVE_INFINITY ? 0 : -least[border]
  for (let s = 0; s < m; s++) if (cut.slot[s]) prices.slot[s] = price(borderOf(s))
  for (let g = 0; g < groupCapacity.length; g++) if (cut.group[g]) prices.group[g] = price(m + g)
}

/** Whoever would take a seat at its start price gets it. */
function seatForNothing(instance: Instance, seating: Seating, cut: Cut, prices: Prices): void {
  const { guestStart, arcSlot, arcCost, slotGroup, slotCapacity, groupCapacity } = instance
  const { slotOf, slotLoad, groupLoad } = seating
  for (let u = 0; u < slotOf.length; u++) {
    if (!cut.guest[u] || slotOf[u] >= 0) continue
    for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
      const s = arcSlot[a]
      const g = slotGroup[s]
      if (arcCost[a] + prices.slot[s] !== 0) continue
      if (slotLoad[s] >= slotCapacity[s] || groupLoad[g] >= groupCapacity[g]) continue
      seat(seating, slotGroup, u, s, arcCost[a])
      break
    }
  }
}

/** Fills seats one by one until as many wishes were looked at as there are; true once all are. */
function fillSome(instance: Instance, seating: Seating, cut: Cut, search: SeatSearch): boolean {
  const { slotCapacity, groupCapacity, slotGroup } = instance
  const { slotLoad, groupLoad } = seating
  const enough = search.work + instance.arcSlot.length
  for (let g = 0; g < groupCapacity.length; g++)
    while (cut.group[g] && groupLoad[g] < groupCapacity[g]) {
      if (search.work >= enough) return false
      search.fill(slotGroup.length + g)
    }
  for (let s = 0; s < slotCapacity.length; s++)
    while (cut.slot[s] && !cut.group[slotGroup[s]] && slotLoad[s] < slotCapacity[s]) {
      if (search.work >= enough) return false
      search.fill(s)
    }
  return true
}
