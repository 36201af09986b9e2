/** Where somebody stands in a plan. */
export interface Seat {
  personId: string
  slotId: string | null
  rank: number | null
}

export interface PlanChange {
  /** How many more people have a place; negative when fewer. */
  placed: number
  /** Without a place before, with one now; and the other way round. */
  gained: number
  lost: number
  /** Placed in both, in another slot. */
  moved: number
  /** How many people went from one rank to another; null is a place outside the wishes. */
  ranks: { from: number | null; to: number | null; people: number }[]
}

/** What a plan changes against another, over the people both know. */
export function comparePlans(before: readonly Seat[], after: readonly Seat[]): PlanChange {
  const seatBefore = new Map(before.map((seat) => [seat.personId, seat]))
  const change: PlanChange = { placed: 0, gained: 0, lost: 0, moved: 0, ranks: [] }
  const ranks = new Map<string, PlanChange['ranks'][number]>()
  for (const seat of after) {
    const old = seatBefore.get(seat.personId)
    if (!old) continue
    if (old.slotId === null && seat.slotId !== null) change.gained++
    if (old.slotId !== null && seat.slotId === null) change.lost++
    if (old.slotId === null || seat.slotId === null) continue
    if (old.slotId !== seat.slotId) change.moved++
    if (old.rank === seat.rank) continue
    const key = `${old.rank} ${seat.rank}`
    const line = ranks.get(key) ?? { from: old.rank, to: seat.rank, people: 0 }
    line.people++
    ranks.set(key, line)
  }
  const placedIn = (seats: readonly Seat[]) => seats.filter(({ slotId }) => slotId !== null).length
  change.placed = placedIn(after) - placedIn(before)
  change.ranks = [...ranks.values()].sort(
    (a, b) => (a.from ?? 9) - (b.from ?? 9) || (a.to ?? 9) - (b.to ?? 9),
  )
  return change
}

/** What publishing a plan does to the placements that stand. */
export interface Difference<Old> {
  kept: { placement: Old; seat: Seat & { slotId: string } }[]
  added: (Seat & { slotId: string })[]
  ended: Old[]
}

/**
 * Publication is a difference: who stays in the same slot keeps the placement, whoever changes
 * slot loses one and gains another.
 */
export function differenceOf<Old extends { personId: string; slotId: string }>(
  standing: readonly Old[],
  seats: readonly Seat[],
): Difference<Old> {
  const old = new Map(standing.map((placement) => [placement.personId, placement]))
  const difference: Difference<Old> = { kept: [], added: [], ended: [] }
  for (const { slotId, ...seat } of seats) {
    if (slotId === null) continue
    const placement = old.get(seat.personId)
    if (placement?.slotId === slotId) {
      difference.kept.push({ placement, seat: { ...seat, slotId } })
      old.delete(seat.personId)
    } else difference.added.push({ ...seat, slotId })
  }
  difference.ended = [...old.values()]
  return difference
}

/** A slot with the places left in it; slots of one group share its cap. */
export interface FreeSlot {
  id: string
  free: number
  group: string | null
}

/** A slot may be given in one period of its site only: that pair is what a cap speaks of. */
export const capKey = (siteId: string, periodId: string) => `${siteId} ${periodId}`

/**
 * What is left once the seats taken, given or held, are counted in slots and in sites' caps.
 * @param taken one slot id a seat; those of slots that can no longer be given count in their cap.
 * @returns slots with room, and the places left of each cap.
 */
export function freeSeats(
  slots: readonly { id: string; siteId: string; periodId: string; capacity: number }[],
  caps: readonly { siteId: string; periodId: string; capacity: number }[],
  taken: readonly { id: string; siteId: string; periodId: string }[],
): { slots: FreeSlot[]; groupFree: Map<string, number> } {
  const inSlot = new Map<string, number>()
  const groupFree = new Map(
    caps.map(({ siteId, periodId, capacity }) => [capKey(siteId, periodId), capacity]),
  )
  for (const { id, siteId, periodId } of taken) {
    inSlot.set(id, (inSlot.get(id) ?? 0) + 1)
    const group = capKey(siteId, periodId)
    const left = groupFree.get(group)
    if (left !== undefined) groupFree.set(group, left - 1)
  }
  const open = slots.flatMap(({ id, siteId, periodId, capacity }) => {
    const key = capKey(siteId, periodId)
    const group = groupFree.has(key) ? key : null
    const free = capacity - (inSlot.get(id) ?? 0)
    return free > 0 && (group === null || groupFree.get(group)! > 0) ? [{ id, free, group }] : []
  })
  return { slots: open, groupFree }
}
