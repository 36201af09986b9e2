import { columnsOf, type InstanceColumns } from './columns.ts'
import { Inconsistent, type InstanceInput, type Refusal, refuse } from './input.ts'
import { canonicalOrder } from './order.ts'

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

export type BuildResult = { ok: true; instance: Instance } | { ok: false; refusal: Refusal }

/**
 * Checks an input and compacts it. A slot wished twice counts at its lower rank. A pin holds
 * whatever was wished: it takes a seat of the slot and of its group, and costs rank² if the slot
 * was among the wishes, nothing otherwise. The first inconsistency found is returned, not thrown.
 */
export function buildInstance(input: InstanceInput): BuildResult {
  return unlessInconsistent(() => compact(columnsOf(input)))
}

/** The same from columns; of all refusals only those about pins remain, their place `pins[i]`. */
export function buildFromColumns(columns: InstanceColumns): BuildResult {
  return unlessInconsistent(() => compact(columns))
}

function unlessInconsistent(build: () => Instance): BuildResult {
  try {
    return { ok: true, instance: build() }
  } catch (error) {
    if (error instanceof Inconsistent) return { ok: false, refusal: error.refusal }
    throw error
  }
}

function compact(columns: InstanceColumns): Instance {
  const { seed } = columns
  const groups = ordered(columns.groupIds, seed)
  const slots = ordered(columns.slotIds, seed)
  const guests = ordered(columns.guestIds, seed)
  const most = guests.ids.length + 1
  const m = slots.ids.length

  const ungrouped = columns.slotGroup.reduce((count, group) => count + (group < 0 ? 1 : 0), 0)
  const groupCount = groups.ids.length + ungrouped
  const groupCapacity = new Int32Array(groupCount).fill(most)
  for (const [g, i] of groups.from.entries())
    groupCapacity[g] = Math.min(columns.groupCapacity[i], most)
  const slotCapacity = new Int32Array(m)
  const slotGroup = new Int32Array(m)
  let own = groups.ids.length
  for (const [s, i] of slots.from.entries()) {
    const group = columns.slotGroup[i]
    slotCapacity[s] = Math.min(columns.slotCapacity[i], most)
    slotGroup[s] = group < 0 ? own++ : groups.at[group]
  }

  const hand = readPairs(columns, guests.at, slots.at)
  const arcs = readWishes(columns, guests.from, slots.at, hand)
  checkPinsFit(columns, slots.at, {
    slotGroup,
    slotCapacity,
    groupCapacity,
    slotIds: slots.ids,
    groupIds: groups.ids,
  })
  const byGroup = bucket(slotGroup, groupCount)
  return {
    guestIds: guests.ids,
    slotIds: slots.ids,
    groupIds: groups.ids,
    ...arcs,
    ...transpose(arcs.guestStart, arcs.arcSlot, arcs.arcCost, m),
    slotGroup,
    groupStart: byGroup.start,
    groupSlots: byGroup.items,
    slotCapacity,
    groupCapacity,
    pinSlot: hand.pinSlot,
  }
}

interface Ordered {
  ids: string[]
  /** place in the canonical order, by position */
  at: Int32Array
  /** position, by place in the canonical order */
  from: Uint32Array
}

function ordered(ids: string[], seed: string): Ordered {
  const from = canonicalOrder(ids, seed)
  const at = new Int32Array(ids.length)
  const inOrder: string[] = []
  for (let k = 0; k < from.length; k++) {
    at[from[k]] = k
    inOrder.push(ids[from[k]])
  }
  return { ids: inOrder, at, from }
}

/** The director's hand, in canonical places. */
interface Hand {
  pinSlot: Int32Array
  forbidden: Map<number, Set<number>>
}

function readPairs(columns: InstanceColumns, guestAt: Int32Array, slotAt: Int32Array): Hand {
  const { pins, forbids, guestIds, slotIds } = columns
  const forbidden = new Map<number, Set<number>>()
  for (let i = 0; i < forbids.length; i += 2) {
    const u = guestAt[forbids[i]]
    const s = slotAt[forbids[i + 1]]
    const already = forbidden.get(u)
    if (already) already.add(s)
    else forbidden.set(u, new Set([s]))
  }
  const pinSlot = new Int32Array(guestIds.length).fill(-1)
  for (let i = 0; i < pins.length; i += 2) {
    const u = guestAt[pins[i]]
    const s = slotAt[pins[i + 1]]
    const pair = { participant: guestIds[pins[i]], slot: slotIds[pins[i + 1]] }
    if (pinSlot[u] >= 0 && pinSlot[u] !== s) refuse('pins_conflict', `pins[${i / 2}]`, pair)
    if (forbidden.get(u)?.has(s)) refuse('pin_forbidden', `pins[${i / 2}]`, pair)
    pinSlot[u] = s
  }
  return { pinSlot, forbidden }
}

function readWishes(
  { wishStart, wishSlot, wishRank }: InstanceColumns,
  guestFrom: Uint32Array,
  slotAt: Int32Array,
  { pinSlot, forbidden }: Hand,
) {
  const n = guestFrom.length
  const m = slotAt.length
  const guestStart = new Int32Array(n + 1)
  const pinRank = new Int32Array(n)
  const arcSlot = new Int32Array(wishSlot.length)
  const arcCost = new Int32Array(wishSlot.length)
  const seenBy = new Int32Array(m).fill(-1)
  let longest = 0
  for (let i = 0; i < n; i++) longest = Math.max(longest, wishStart[i + 1] - wishStart[i])
  const ranked = new Float64Array(longest)
  let arcs = 0
  for (let u = 0; u < n; u++) {
    const i = guestFrom[u]
    const start = wishStart[i]
    const count = wishStart[i + 1] - start
    for (let k = 0; k < count; k++)
      ranked[k] = wishRank[start + k] * m + slotAt[wishSlot[start + k]]
    sortFirst(ranked, count)
    const pin = pinSlot[u]
    const never = forbidden.size > 0 ? forbidden.get(u) : undefined
    for (let k = 0; k < count; k++) {
      const rank = Math.floor(ranked[k] / m)
      const s = ranked[k] - rank * m
      // Sorted by rank: the first time a slot is met is its lowest.
      if (seenBy[s] === u) continue
      seenBy[s] = u
      if (s === pin) pinRank[u] = rank
      if (pin >= 0 || never?.has(s)) continue
      arcSlot[arcs] = s
      arcCost[arcs++] = rank ** 2
    }
    guestStart[u + 1] = arcs
  }
  return { guestStart, arcSlot: arcSlot.slice(0, arcs), arcCost: arcCost.slice(0, arcs), pinRank }
}

/** Sorts the first `count` numbers; most lists are short and nearly sorted already. */
function sortFirst(numbers: Float64Array, count: number): void {
  if (count > 64) {
    numbers.subarray(0, count).sort()
    return
  }
  for (let i = 1; i < count; i++) {
    const moving = numbers[i]
    let k = i - 1
    for (; k >= 0 && numbers[k] > moving; k--) numbers[k + 1] = numbers[k]
    numbers[k + 1] = moving
  }
}

function checkPinsFit(
  { pins, guestIds }: InstanceColumns,
  slotAt: Int32Array,
  caps: Pick<Instance, 'slotGroup' | 'slotCapacity' | 'groupCapacity' | 'slotIds' | 'groupIds'>,
): void {
  const inSlot = new Map<number, string[]>()
  const inGroup = new Map<number, string[]>()
  const counted = new Set<number>()
  for (let i = 0; i < pins.length; i += 2) {
    if (counted.has(pins[i])) continue
    counted.add(pins[i])
    const participant = guestIds[pins[i]]
    const s = slotAt[pins[i + 1]]
    const g = caps.slotGroup[s]
    const there = appended(inSlot, s, participant)
    const around = appended(inGroup, g, participant)
    const slot = caps.slotIds[s]
    const place = `pins[${i / 2}]`
    if (there.length > caps.slotCapacity[s])
      refuse('pins_exceed_slot', place, { slot, participants: there })
    if (around.length > caps.groupCapacity[g]) {
      const group = caps.groupIds[g]
      refuse('pins_exceed_group', place, { slot, group, participants: around })
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
  const start = startsOf(bucketOf, buckets)
  const fill = start.slice()
  const items = new Int32Array(bucketOf.length)
  for (let i = 0; i < bucketOf.length; i++) items[fill[bucketOf[i]]++] = i
  return { start, items }
}

function startsOf(bucketOf: Int32Array, buckets: number): Int32Array {
  const start = new Int32Array(buckets + 1)
  for (let i = 0; i < bucketOf.length; i++) start[bucketOf[i] + 1]++
  for (let b = 0; b < buckets; b++) start[b + 1] += start[b]
  return start
}

function transpose(guestStart: Int32Array, arcSlot: Int32Array, arcCost: Int32Array, m: number) {
  const slotStart = startsOf(arcSlot, m)
  const fill = slotStart.slice()
  const slotArcGuest = new Int32Array(arcSlot.length)
  const slotArcCost = new Int32Array(arcSlot.length)
  for (let u = 0; u + 1 < guestStart.length; u++) {
    for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
      const at = fill[arcSlot[a]]++
      slotArcGuest[at] = u
      slotArcCost[at] = arcCost[a]
    }
  }
  return { slotStart, slotArcGuest, slotArcCost }
}
