import type { Instance } from '../instance.ts'
import { emptySeating, seat } from '../seating.ts'
import type { Seats } from '../solution.ts'

/** What a guest takes when several free slots stand equally high in their wishes: the least of it. */
export type Travel = (guest: number, slot: number) => number

/**
 * Serial dictatorship (Abdulkadiroğlu and Sönmez 1998): one after the other takes the best free
 * wish, the nearest among equals, and nobody ever gives way. In order of sign-up this is « first
 * come, first served », in a drawn order random serial dictatorship. Pinned people sit beforehand.
 * @param order guests by index, whoever chooses first in front.
 */
export function takeTurns(
  instance: Instance,
  order: Iterable<number>,
  travel: Travel = () => 0,
): Seats {
  const { guestStart, arcSlot, arcCost, slotGroup, slotCapacity, groupCapacity } = instance
  const seating = emptySeating(instance)
  const { slotOf, slotLoad, groupLoad } = seating
  const rankOf = instance.pinRank.slice()
  for (const u of order) {
    if (slotOf[u] >= 0) continue
    let taken = -1
    let least = Number.POSITIVE_INFINITY
    for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
      if (taken >= 0 && arcCost[a] > arcCost[taken]) break
      const s = arcSlot[a]
      const g = slotGroup[s]
      if (slotLoad[s] >= slotCapacity[s] || groupLoad[g] >= groupCapacity[g]) continue
      const way = travel(u, s)
      if (way >= least) continue
      least = way
      taken = a
    }
    if (taken < 0) continue
    seat(seating, slotGroup, u, arcSlot[taken], arcCost[taken])
    rankOf[u] = Math.sqrt(arcCost[taken])
  }
  return { slotOf, rankOf, slotLoad, groupLoad }
}
