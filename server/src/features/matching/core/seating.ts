import type { Instance } from './instance.ts'

/** Who sits where while solving. Pinned people count in the loads but can never be moved. */
export interface Seating {
  /** slot of each guest, or -1 */
  slotOf: Int32Array
  /** rank² of each guest's seat; 0 for nobody's and for pins */
  costOf: Int32Array
  slotLoad: Int32Array
  groupLoad: Int32Array
  /** movable guests of each slot as a doubly linked list, -1 at the ends */
  first: Int32Array
  next: Int32Array
  previous: Int32Array
}

/** Everybody unplaced but those who are pinned. */
export function emptySeating({
  pinSlot,
  slotGroup,
  slotCapacity,
  groupCapacity,
}: Instance): Seating {
  const seating: Seating = {
    slotOf: pinSlot.slice(),
    costOf: new Int32Array(pinSlot.length),
    slotLoad: new Int32Array(slotCapacity.length),
    groupLoad: new Int32Array(groupCapacity.length),
    first: new Int32Array(slotCapacity.length).fill(-1),
    next: new Int32Array(pinSlot.length).fill(-1),
    previous: new Int32Array(pinSlot.length).fill(-1),
  }
  for (const s of pinSlot) {
    if (s < 0) continue
    seating.slotLoad[s]++
    seating.groupLoad[slotGroup[s]]++
  }
  return seating
}

/** Seats an unpinned guest in a slot, leaving the old one; capacities are the caller's concern. */
export function seat(
  seating: Seating,
  slotGroup: Int32Array,
  u: number,
  slot: number,
  cost: number,
): void {
  const { slotOf, costOf, slotLoad, groupLoad, first, next, previous } = seating
  const old = slotOf[u]
  if (old >= 0) {
    slotLoad[old]--
    groupLoad[slotGroup[old]]--
    const before = previous[u]
    const after = next[u]
    if (before >= 0) next[before] = after
    else first[old] = after
    if (after >= 0) previous[after] = before
  }
  slotOf[u] = slot
  costOf[u] = cost
  slotLoad[slot]++
  groupLoad[slotGroup[slot]]++
  const head = first[slot]
  previous[u] = -1
  next[u] = head
  if (head >= 0) previous[head] = u
  first[slot] = u
}
