import type { Instance } from '../instance.ts'
import type { Solution } from '../solution.ts'
import { ArrivalSearch } from './arrival.ts'
import { Network, none, publishedLevels } from './network.ts'
import { seatsOf } from './proof.ts'
import { Repair } from './repair.ts'

export { gone, none } from './network.ts'

/** Who has to be told something new; each list ascending. */
export interface Changes {
  /** held a seat, now have another one */
  moved: number[]
  /** held none, now have one */
  seated: number[]
  /** held a seat, now have none: only where seats are gone, or a pin takes them */
  unseated: number[]
}

export type PublishedResult = Changes &
  Pick<Solution, 'slotOf' | 'rankOf' | 'slotLoad' | 'groupLoad'>

/**
 * Repairs a plan people have been told: among the plans that place the most, one that moves the
 * fewest people who held a seat, a seat lost counting as two moves, and then has the least sum of
 * rank². Nobody whose seat is still there loses it: with them back in it, in place of whoever came,
 * the plan would place as many and disturb fewer.
 *
 * `standing[u]` is the slot guest u holds; `none`; or `gone` if they held one that no longer exists
 * (a slot of capacity 0 does as well). A seat that is held stays allowed though it is no longer
 * among the wishes (a pin of old, or changed wishes): it counts as rank 0 and costs nothing. Who
 * must not keep it (they declined it, or may not be there any more) stands at `none`, or at `gone`
 * where it is no doing of their own: these come before those who never had a seat, as long as
 * nobody else has to move for it. Pins of the instance hold whatever is standing.
 *
 * Everybody who can stay does; then the others arrive one by one, each by one shortest path (see
 * `ArrivalSearch`). Starting prices of 0 prove the seats of those who stay, because any other
 * seat is a move. The same instance and standing give the same result.
 *
 * Throws a RangeError where slots × highest rank passes 2^25: the levels would not fit a double.
 */
export function repairPublished(instance: Instance, standing: Int32Array): PublishedResult {
  const { network } = openPublished(instance, standing)
  const seats = seatsOf(network)
  const changes: Changes = { moved: [], seated: [], unseated: [] }
  for (let u = 0; u < standing.length; u++) note(changes, u, seats.slotOf[u], standing[u])
  return { ...seats, ...changes }
}

/**
 * The same kept alive: every event of `Repair` is repaired by that aim, from what people were told
 * last. Before the first event it holds what `repairPublished` returns, not told yet.
 */
export function openPublished(instance: Instance, standing: Int32Array): PublishedRepair {
  const network = new Network(instance, publishedLevels(instance))
  goHome(network, standing)
  const search = new ArrivalSearch(network)
  for (let u = 0; u < network.guests; u++) if (network.slotOf[u] < 0) search.seatGuest(u)
  return new PublishedRepair(network, instance)
}

class PublishedRepair extends Repair {
  /**
   * Everybody is told where they are: from now on that is their seat. Prices stay a proof, since to
   * whoever moved being there costs less than before, and anything else no less. Who lost a seat
   * keeps their turn.
   */
  tell(): Changes {
    const { network } = this
    const changes: Changes = { moved: [], seated: [], unseated: [] }
    for (const u of [...new Set(network.changed)].sort((a, b) => a - b)) {
      note(changes, u, network.slotOf[u], network.home[u])
      if (network.slotOf[u] >= 0) network.settleAt(u, network.slotOf[u])
    }
    network.changed.length = 0
    return changes
  }
}

/** Notes where everybody stands, and seats whom there is still room for. */
function goHome(network: Network, standing: Int32Array): void {
  for (let u = 0; u < network.guests; u++) {
    const s = standing[u]
    network.home[u] = s
    if (s < 0 || network.pinSlot[u] >= 0) continue
    if (network.wish(u, s) < 0) network.allow(u, s, 0)
    if (network.hasRoom(s)) network.seat(u, s, network.costAt(u, network.wish(u, s)))
  }
}

function note({ moved, seated, unseated }: Changes, u: number, slot: number, old: number): void {
  if (slot === old) return
  if (slot >= 0) (old === none ? seated : moved).push(u)
  else if (old !== none) unseated.push(u)
}
