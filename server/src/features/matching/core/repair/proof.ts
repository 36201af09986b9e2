import type { Instance } from '../instance.ts'
import type { Solution } from '../solution.ts'
import { type Network, unlimited } from './network.ts'
import type { Rows } from './rows.ts'

/** Seats everybody as solved, at the prices that prove it. */
export function takeSolution(network: Network, { slotOf, cut, prices }: Solution): void {
  const { slotGroup, levels, pinSlot } = network
  for (let g = 0; g < network.groups; g++)
    network.groupPrice[g] = cut.group[g] * levels.unplaced + prices.group[g]
  for (let s = 0; s < network.slots; s++) {
    // Nobody comes near a slot outside the cut whose group is inside.
    const apart = cut.slot[s] < cut.group[slotGroup[s]]
    network.slotPrice[s] = apart
      ? network.groupPrice[slotGroup[s]]
      : cut.slot[s] * levels.unplaced + prices.slot[s]
  }
  for (let u = 0; u < network.guests; u++)
    if (pinSlot[u] < 0 && slotOf[u] >= 0)
      network.seat(u, slotOf[u], network.costAt(u, network.wish(u, slotOf[u])))
}

/**
 * The plan as a solution: a seat worth a placement is inside the cut, what remains of its price is
 * its price in rank².
 */
export function solutionOf(network: Network): Solution {
  const { guests, slots, groups, slotGroup, wishes, levels } = network
  const cut = {
    guest: new Uint8Array(guests),
    slot: new Uint8Array(slots),
    group: new Uint8Array(groups),
  }
  const prices = { slot: new Float64Array(slots), group: new Float64Array(groups) }
  for (let g = 0; g < groups; g++) {
    cut.group[g] = Math.round(network.groupPrice[g] / levels.unplaced)
    prices.group[g] = network.groupPrice[g] - cut.group[g] * levels.unplaced
  }
  for (let s = 0; s < slots; s++) {
    const price = Math.max(network.slotPrice[s], network.groupPrice[slotGroup[s]])
    cut.slot[s] = Math.round(price / levels.unplaced)
    prices.slot[s] = price - cut.slot[s] * levels.unplaced
  }
  for (let u = 0; u < guests; u++) {
    let inside = 1
    const end = wishes.start[u] + wishes.count[u]
    for (let a = wishes.start[u]; a < end && inside; a++) inside = cut.slot[wishes.item[a]]
    cut.guest[u] = inside
  }
  return { ...seatsOf(network), cut, prices }
}

/** The plan without its proof. */
export function seatsOf(network: Network): Omit<Solution, 'cut' | 'prices'> {
  const { guests, slots, groups } = network
  return {
    slotOf: network.slotOf.slice(0, guests),
    rankOf: network.ranks(),
    slotLoad: network.slotLoad.slice(0, slots),
    groupLoad: network.groupLoad.slice(0, groups),
  }
}

/** The instance as it is now, in the order of the network's indices. */
export function instanceOf(
  network: Network,
  ids: Pick<Instance, 'guestIds' | 'slotIds' | 'groupIds'>,
): Instance {
  const { guests, slots, groups } = network
  const wishes = packed(network.wishes)
  const wishers = packed(network.wishers)
  const members = packed(network.members)
  const capped = (capacity: number) => (capacity >= unlimited ? guests + 1 : capacity)
  return {
    ...ids,
    guestStart: wishes.start,
    arcSlot: wishes.item,
    arcCost: wishes.cost,
    slotStart: wishers.start,
    slotArcGuest: wishers.item,
    slotArcCost: wishers.cost,
    slotGroup: network.slotGroup.slice(0, slots),
    groupStart: members.start,
    groupSlots: members.item,
    slotCapacity: network.slotCapacity.slice(0, slots).map(capped),
    groupCapacity: network.groupCapacity.slice(0, groups).map(capped),
    pinSlot: network.pinSlot.slice(0, guests),
    pinRank: network.pinRank.slice(0, guests),
  }
}

function packed(rows: Rows) {
  const start = new Int32Array(rows.rows + 1)
  for (let row = 0; row < rows.rows; row++) start[row + 1] = start[row] + rows.count[row]
  const item = new Int32Array(start[rows.rows])
  const cost = new Int32Array(start[rows.rows])
  for (let row = 0; row < rows.rows; row++) {
    const from = rows.start[row]
    const to = from + rows.count[row]
    item.set(rows.item.subarray(from, to), start[row])
    cost.set(rows.cost.subarray(from, to), start[row])
  }
  return { start, item, cost }
}
