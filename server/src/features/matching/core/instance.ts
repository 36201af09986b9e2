import { canonicalOrder } from './order.ts'

export interface Wish {
  slot: string
  /** 1 is the first wish; several slots may share a rank */
  rank: number
}

export interface InstanceInput {
  participants: readonly { id: string; wishes: readonly Wish[] }[]
  slots: readonly { id: string; capacity: number; group?: string | null }[]
  groups?: readonly { id: string; capacity: number }[]
  pins?: readonly { participant: string; slot: string }[]
  forbids?: readonly { participant: string; slot: string }[]
  /** decides ties; the same seed gives the same plan */
  seed: string
}

/** rank² stays exact in an Int32 and sums of it in a double. */
export const highestRank = 1000

/**
 * One matching problem in typed arrays; people and slots are indices in canonical order.
 * Arcs are what may be given: forbidden pairs are left out, and so are all wishes of pinned people,
 * whose seat is settled beforehand. Can be posted to a worker as it is.
 */
export interface Instance {
  guestIds: string[]
  slotIds: string[]
  /** the named groups; a slot without one has a group of its own, numbered after these */
  groupIds: string[]
  /** arcs of guest u: guestStart[u] … guestStart[u + 1] - 1, best rank first */
  guestStart: Int32Array
  arcSlot: Int32Array
  arcCost: Int32Array
  /** the same arcs seen from slot s: slotStart[s] … slotStart[s + 1] - 1 */
  slotStart: Int32Array
  slotArcGuest: Int32Array
  slotArcCost: Int32Array
  slotGroup: Int32Array
  groupStart: Int32Array
  groupSlots: Int32Array
  /** pins included; capped at guests + 1, which can never be full, so that any size fits */
  slotCapacity: Int32Array
  groupCapacity: Int32Array
  /** slot a guest is pinned to, or -1 */
  pinSlot: Int32Array
  /** rank at which the pinned slot was wished, or 0 if it was not */
  pinRank: Int32Array
}

export type RefusalCode =
  | 'participant_repeated'
  | 'slot_repeated'
  | 'group_repeated'
  | 'participant_unknown'
  | 'slot_unknown'
  | 'group_unknown'
  | 'capacity_invalid'
  | 'rank_invalid'
  | 'pins_conflict'
  | 'pin_forbidden'
  | 'pins_exceed_slot'
  | 'pins_exceed_group'

/** Why an input is no problem to solve, and where: `place` reads like `participants[3].wishes[0]`. */
export interface Refusal {
  code: RefusalCode
  place: string
  participant?: string
  slot?: string
  group?: string
  /** everybody pinned into what is too small, in input order */
  participants?: string[]
}

export type BuildResult = { ok: true; instance: Instance } | { ok: false; refusal: Refusal }

/**
 * Checks an input and compacts it. A slot wished twice counts at its lower rank. A pin holds
 * whatever was wished: it takes a seat of the slot and of its group, and costs rank² if the slot
 * was among the wishes, nothing otherwise. The first inconsistency found is returned, not thrown.
 */
export function buildInstance(input: InstanceInput): BuildResult {
  try {
    return { ok: true, instance: compact(input) }
  } catch (error) {
    if (error instanceof Inconsistent) return { ok: false, refusal: error.refusal }
    throw error
  }
}

class Inconsistent extends Error {
  refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

function refuse(code: RefusalCode, place: string, named: Omit<Refusal, 'code' | 'place'>): never {
  throw new Inconsistent({ code, place, ...named })
}

function compact(input: InstanceInput): Instance {
  const groupsIn = input.groups ?? []
  const { participants, slots } = input
  const groups = indexed(groupsIn, input.seed, (group, i) =>
    refuse('group_repeated', `groups[${i}]`, { group }),
  )
  const slotIndex = indexed(slots, input.seed, (slot, i) =>
    refuse('slot_repeated', `slots[${i}]`, { slot }),
  )
  const guests = indexed(participants, input.seed, (participant, i) =>
    refuse('participant_repeated', `participants[${i}]`, { participant }),
  )
  const n = participants.length
  const m = slots.length

  const ungrouped = slots.filter((slot) => slot.group == null).length
  const groupCount = groupsIn.length + ungrouped
  const groupCapacity = new Int32Array(groupCount).fill(n + 1)
  for (const [i, { id, capacity }] of groupsIn.entries()) {
    if (!isCapacity(capacity)) refuse('capacity_invalid', `groups[${i}]`, { group: id })
    groupCapacity[groups.at.get(id)!] = Math.min(capacity, n + 1)
  }
  const slotCapacity = new Int32Array(m)
  const slotGroup = new Int32Array(m).fill(-1)
  for (const [i, { id, capacity, group }] of slots.entries()) {
    if (!isCapacity(capacity)) refuse('capacity_invalid', `slots[${i}]`, { slot: id })
    const s = slotIndex.at.get(id)!
    slotCapacity[s] = Math.min(capacity, n + 1)
    if (group == null) continue
    slotGroup[s] =
      groups.at.get(group) ?? refuse('group_unknown', `slots[${i}]`, { slot: id, group })
  }
  let own = groupsIn.length
  for (let s = 0; s < m; s++) if (slotGroup[s] < 0) slotGroup[s] = own++

  const pairs = readPairs(input, guests.at, slotIndex.at)
  const pinSlot = pairs.pinSlot
  const arcs = readWishes(input, guests, slotIndex.at, pairs)
  checkPinsFit(input, pinSlot, guests.at, slotIndex, {
    slotGroup,
    slotCapacity,
    groupCapacity,
    groupIds: groups.ids,
  })
  const byGroup = bucket(slotGroup, groupCount)
  return {
    guestIds: guests.ids,
    slotIds: slotIndex.ids,
    groupIds: groups.ids,
    ...arcs,
    ...transpose(arcs.guestStart, arcs.arcSlot, arcs.arcCost, m),
    slotGroup,
    groupStart: byGroup.start,
    groupSlots: byGroup.items,
    slotCapacity,
    groupCapacity,
    pinSlot,
  }
}

const isCapacity = (value: number) => Number.isInteger(value) && value >= 0

interface Index {
  ids: string[]
  /** position in the canonical order */
  at: Map<string, number>
  /** input position of each canonical one */
  from: Uint32Array
}

function indexed(
  items: readonly { id: string }[],
  seed: string,
  repeated: (id: string, i: number) => never,
): Index {
  const at = new Map<string, number>()
  for (const [i, { id }] of items.entries()) {
    if (at.has(id)) repeated(id, i)
    at.set(id, i)
  }
  const inputIds = items.map((item) => item.id)
  const from = canonicalOrder(inputIds, seed)
  const ids: string[] = []
  for (let k = 0; k < from.length; k++) {
    const id = inputIds[from[k]]
    ids.push(id)
    at.set(id, k)
  }
  return { ids, at, from }
}

interface Pairs {
  pinSlot: Int32Array
  forbidden: Map<number, Set<number>>
}

function readPairs(
  input: InstanceInput,
  guestAt: Map<string, number>,
  slotAt: Map<string, number>,
): Pairs {
  const find = (place: string, participant: string, slot: string) => {
    const u = guestAt.get(participant)
    if (u === undefined) return refuse('participant_unknown', place, { participant })
    const s = slotAt.get(slot)
    if (s === undefined) return refuse('slot_unknown', place, { participant, slot })
    return { u, s }
  }
  const forbidden = new Map<number, Set<number>>()
  for (const [i, { participant, slot }] of (input.forbids ?? []).entries()) {
    const { u, s } = find(`forbids[${i}]`, participant, slot)
    const already = forbidden.get(u)
    if (already) already.add(s)
    else forbidden.set(u, new Set([s]))
  }
  const pinSlot = new Int32Array(input.participants.length).fill(-1)
  for (const [i, { participant, slot }] of (input.pins ?? []).entries()) {
    const place = `pins[${i}]`
    const { u, s } = find(place, participant, slot)
    if (pinSlot[u] >= 0 && pinSlot[u] !== s) refuse('pins_conflict', place, { participant, slot })
    if (forbidden.get(u)?.has(s)) refuse('pin_forbidden', place, { participant, slot })
    pinSlot[u] = s
  }
  return { pinSlot, forbidden }
}

function readWishes(
  { participants }: InstanceInput,
  guests: Index,
  slotAt: Map<string, number>,
  { pinSlot, forbidden }: Pairs,
) {
  const n = participants.length
  const most = participants.reduce((sum, { wishes }) => sum + wishes.length, 0)
  const guestStart = new Int32Array(n + 1)
  const pinRank = new Int32Array(n)
  const arcSlot = new Int32Array(most)
  const arcCost = new Int32Array(most)
  const seenBy = new Int32Array(slotAt.size).fill(-1)
  const bestRank = new Int32Array(slotAt.size)
  let arcs = 0
  for (let u = 0; u < n; u++) {
    const i = guests.from[u]
    const { id, wishes } = participants[i]
    const wished: number[] = []
    for (const [j, { slot, rank }] of wishes.entries()) {
      const s = slotAt.get(slot)
      const place = () => `participants[${i}].wishes[${j}]`
      if (s === undefined) return refuse('slot_unknown', place(), { participant: id, slot })
      if (!Number.isInteger(rank) || rank < 1 || rank > highestRank)
        refuse('rank_invalid', place(), { participant: id, slot })
      if (seenBy[s] !== u) {
        seenBy[s] = u
        bestRank[s] = rank
        wished.push(s)
      } else if (rank < bestRank[s]) bestRank[s] = rank
    }
    const pin = pinSlot[u]
    if (pin >= 0) {
      if (seenBy[pin] === u) pinRank[u] = bestRank[pin]
    } else {
      const never = forbidden.get(u)
      wished.sort((a, b) => bestRank[a] - bestRank[b] || a - b)
      for (const s of wished) {
        if (never?.has(s)) continue
        arcSlot[arcs] = s
        arcCost[arcs++] = bestRank[s] ** 2
      }
    }
    guestStart[u + 1] = arcs
  }
  return { guestStart, arcSlot: arcSlot.slice(0, arcs), arcCost: arcCost.slice(0, arcs), pinRank }
}

function checkPinsFit(
  input: InstanceInput,
  pinSlot: Int32Array,
  guestAt: Map<string, number>,
  slotIndex: Index,
  caps: Pick<Instance, 'slotGroup' | 'slotCapacity' | 'groupCapacity' | 'groupIds'>,
): void {
  const inSlot = new Map<number, string[]>()
  const inGroup = new Map<number, string[]>()
  const counted = new Set<string>()
  for (const [i, { participant }] of (input.pins ?? []).entries()) {
    if (counted.has(participant)) continue
    counted.add(participant)
    const s = pinSlot[guestAt.get(participant)!]
    const g = caps.slotGroup[s]
    const there = appended(inSlot, s, participant)
    const around = appended(inGroup, g, participant)
    const slot = slotIndex.ids[s]
    if (there.length > caps.slotCapacity[s])
      refuse('pins_exceed_slot', `pins[${i}]`, { slot, participants: there })
    if (around.length > caps.groupCapacity[g]) {
      const group = caps.groupIds[g]
      refuse('pins_exceed_group', `pins[${i}]`, { slot, group, participants: around })
    }
  }
}

function appended(lists: Map<number, string[]>, key: number, item: string): string[] {
  const list = lists.get(key)
  if (list === undefined) {
    lists.set(key, [item])
    return [item]
  }
  list.push(item)
  return list
}

/** Positions sorted by their bucket, as offsets and items. */
function bucket(bucketOf: Int32Array, buckets: number) {
  const start = new Int32Array(buckets + 1)
  for (const b of bucketOf) start[b + 1]++
  for (let b = 0; b < buckets; b++) start[b + 1] += start[b]
  const fill = start.slice()
  const items = new Int32Array(bucketOf.length)
  for (let i = 0; i < bucketOf.length; i++) items[fill[bucketOf[i]]++] = i
  return { start, items }
}

function transpose(guestStart: Int32Array, arcSlot: Int32Array, arcCost: Int32Array, m: number) {
  const { start, items } = bucket(arcSlot, m)
  const slotArcGuest = new Int32Array(arcSlot.length)
  const slotArcCost = items.map((arc) => arcCost[arc])
  const guestOf = new Int32Array(arcSlot.length)
  for (let u = 0; u + 1 < guestStart.length; u++) guestOf.fill(u, guestStart[u], guestStart[u + 1])
  for (let i = 0; i < items.length; i++) slotArcGuest[i] = guestOf[items[i]]
  return { slotStart: start, slotArcGuest, slotArcCost }
}
