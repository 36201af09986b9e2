import type { Instance } from './instance.ts'
import { ArrivalSearch } from './repair-arrival.ts'
import { Network, none, publishedLevels } from './repair-network.ts'
import type { Solution } from './solution.ts'

export { gone, none } from './repair-network.ts'

/** A published plan after a change: who sits where, and who was told otherwise before. */
export interface PublishedResult
  extends Pick<Solution, 'slotOf' | 'rankOf' | 'slotLoad' | 'groupLoad'> {
  /** held a seat, now have another one; ascending, like the others */
  moved: number[]
  /** held none, now have one */
  seated: number[]
  /** held a seat, now have none: only where seats are gone, or a pin takes them */
  unseated: number[]
}

/**
 * Repairs a plan people have been told: among the plans that place the most, one in which the
 * fewest people who held a seat lose it, then the fewest move, then the sum of rank² is least.
 * So nobody whose seat still exists loses it: putting them back in place of whoever is not of
 * their slot or group would place as many and disturb fewer.
 *
 * `standing[u]` is the slot guest u holds; `none`; or `gone` if they held one that no longer exists
 * (a slot of capacity 0 does as well). A seat that is held stays allowed though it is no longer
 * among the wishes (a pin of old, or changed wishes): it counts as rank 0 and costs nothing. Who
 * must not keep it (they declined it, or may not be there any more) stands at `none`, or at `gone`
 * where it is no doing of their own: these come before those who never had a seat. Pins of the
 * instance hold whatever is standing.
 *
 * Everybody who can stay does; then the others arrive one by one, each by one shortest path (see
 * `ArrivalSearch`). Starting prices of 0 prove the seats of those who stay, because any other
 * seat is a move. The same instance and standing give the same result.
 *
 * Throws a RangeError where slots × highest rank passes 2^25: the levels would not fit a double.
 */
export function repairPublished(instance: Instance, standing: Int32Array): PublishedResult {
  const network = new Network(instance, publishedLevels(instance))
  goHome(network, standing)
  const search = new ArrivalSearch(network)
  for (let u = 0; u < network.guests; u++) if (network.slotOf[u] < 0) search.seatGuest(u)
  return resultOf(network, standing)
}

/** Notes where everybody stands, and seats whom there is still room for. */
function goHome(network: Network, standing: Int32Array): void {
  for (let u = 0; u < network.guests; u++) {
    if (network.pinSlot[u] >= 0) continue
    const s = standing[u]
    network.home[u] = s
    if (s < 0) continue
    if (network.wish(u, s) < 0) network.allow(u, s, 0)
    if (network.hasRoom(s)) network.seat(u, s, network.costAt(u, network.wish(u, s)))
  }
}

function resultOf(network: Network, standing: Int32Array): PublishedResult {
  const { slotOf, slotLoad, groupLoad } = network
  const result: PublishedResult = {
    slotOf,
    rankOf: network.ranks(),
    slotLoad,
    groupLoad,
    moved: [],
    seated: [],
    unseated: [],
  }
  for (let u = 0; u < slotOf.length; u++) {
    if (slotOf[u] === standing[u]) continue
    if (slotOf[u] < 0) {
      if (standing[u] !== none) result.unseated.push(u)
    } else if (standing[u] === none) result.seated.push(u)
    else result.moved.push(u)
  }
  return result
}
