import { highestRank, type InstanceInput, refuse } from './input.ts'

/**
 * A problem by columns: positions instead of identifiers, known to be sound. Identifiers of a kind
 * are unique, references exist, capacities are whole and not negative, ranks go from 1 to 1,000.
 */
export interface InstanceColumns {
  guestIds: string[]
  slotIds: string[]
  groupIds: string[]
  slotCapacity: Float64Array
  /** position of the group, or -1 for a slot that stands alone */
  slotGroup: Int32Array
  groupCapacity: Float64Array
  /** wishes of guest u: wishStart[u] … wishStart[u + 1] - 1, in any order; a slot may come twice */
  wishStart: Int32Array
  wishSlot: Int32Array
  wishRank: Int32Array
  /** guest, slot, guest, slot, … */
  pins: Int32Array
  forbids: Int32Array
  seed: string
}

/** Checks identifiers, references and numbers of an input; the first fault is thrown. */
export function columnsOf(input: InstanceInput): InstanceColumns {
  const { participants, slots, groups = [], pins = [], forbids = [], seed } = input
  const groupAt = positions(groups, (group, i) =>
    refuse('group_repeated', `groups[${i}]`, { group }),
  )
  const slotAt = positions(slots, (slot, i) => refuse('slot_repeated', `slots[${i}]`, { slot }))
  const guestAt = positions(participants, (participant, i) =>
    refuse('participant_repeated', `participants[${i}]`, { participant }),
  )
  for (const [i, { id, capacity }] of groups.entries())
    if (!isCapacity(capacity)) refuse('capacity_invalid', `groups[${i}]`, { group: id })
  const slotGroup = new Int32Array(slots.length).fill(-1)
  for (const [i, { id, capacity, group }] of slots.entries()) {
    if (!isCapacity(capacity)) refuse('capacity_invalid', `slots[${i}]`, { slot: id })
    if (group == null) continue
    slotGroup[i] = groupAt.get(group) ?? refuse('group_unknown', `slots[${i}]`, { slot: id, group })
  }
  const flat = (
    list: 'pins' | 'forbids',
    pairs: readonly { participant: string; slot: string }[],
  ) =>
    Int32Array.from(
      pairs.flatMap(({ participant, slot }, i) => [
        guestAt.get(participant) ?? refuse('participant_unknown', `${list}[${i}]`, { participant }),
        slotAt.get(slot) ?? refuse('slot_unknown', `${list}[${i}]`, { participant, slot }),
      ]),
    )
  return {
    guestIds: participants.map(({ id }) => id),
    slotIds: slots.map(({ id }) => id),
    groupIds: groups.map(({ id }) => id),
    slotCapacity: Float64Array.from(slots, ({ capacity }) => capacity),
    slotGroup,
    groupCapacity: Float64Array.from(groups, ({ capacity }) => capacity),
    forbids: flat('forbids', forbids),
    pins: flat('pins', pins),
    ...wishColumns(participants, slotAt),
    seed,
  }
}

const isCapacity = (value: number) => Number.isInteger(value) && value >= 0

function positions(
  items: readonly { id: string }[],
  repeated: (id: string, i: number) => never,
): Map<string, number> {
  const at = new Map<string, number>()
  for (const [i, { id }] of items.entries()) {
    if (at.has(id)) repeated(id, i)
    at.set(id, i)
  }
  return at
}

function wishColumns(participants: InstanceInput['participants'], slotAt: Map<string, number>) {
  const wishStart = new Int32Array(participants.length + 1)
  for (const [i, { wishes }] of participants.entries())
    wishStart[i + 1] = wishStart[i] + wishes.length
  const wishSlot = new Int32Array(wishStart[participants.length])
  const wishRank = new Int32Array(wishSlot.length)
  let w = 0
  for (const [i, { id, wishes }] of participants.entries()) {
    for (const [j, { slot, rank }] of wishes.entries()) {
      const s = slotAt.get(slot)
      const place = () => `participants[${i}].wishes[${j}]`
      if (s === undefined) return refuse('slot_unknown', place(), { participant: id, slot })
      if (!Number.isInteger(rank) || rank < 1 || rank > highestRank)
        refuse('rank_invalid', place(), { participant: id, slot })
      wishSlot[w] = s
      wishRank[w++] = rank
    }
  }
  return { wishStart, wishSlot, wishRank }
}
