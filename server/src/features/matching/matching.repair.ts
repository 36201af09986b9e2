import type { Day } from '#server/features/days/days.service.ts'
import { expandWishes } from '#server/features/signup/signup.rules.ts'
import {
  type Slot,
  slotIdsClosedAs,
  slotsOfDay,
  stillStands,
} from '#server/features/slots/slots.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { EndedReason } from '#shared/matching/matching.vocabulary.ts'
import type { InstanceInput } from './core/input.ts'
import { buildInstance } from './core/instance.ts'
import { gone, repairPublished } from './core/repair/published.ts'
import * as queries from './matching.placements.queries.ts'
import { type Placement, place } from './matching.placements.ts'
import { type PlanInput, wishersOf } from './matching.problem.ts'
import { capKey } from './matching.rules.ts'

/** Somebody whose placement ended in a repair, and where they sit now. */
export interface Moved {
  placement: Placement
  reason: EndedReason
  /** null: no place could be found without taking somebody else's. */
  seat: { slotId: string; rank: number | null } | null
}

export type PlanRepair = Moved[]

/**
 * Puts the published placements right after a slot went or shrank or a cap was lowered: most people
 * placed, nobody moved who need not be, fewest moves, best ranks. Only those with a placement take
 * part: whoever waits never moves anybody. Where everything stands, nothing is computed or written.
 * @param input what `planInputOf` reads now.
 * @param held slots of seats promised to people on the waiting list: they are not given away.
 */
export async function repairPlacements(
  trx: Trx,
  day: Day,
  input: PlanInput,
  held: readonly string[],
  now: Date,
): Promise<PlanRepair> {
  const standing = await queries.activePlacements(trx, day.id)
  const slots = new Map((await slotsOfDay(trx, day.id)).map((slot) => [slot.id, slot]))
  const fault = faultsIn(standing, slots, input.caps)
  if (!standing.some((placement) => fault(placement))) return []

  // That their host left is told to nobody who sat there: only that nobody can receive them.
  const left = new Set(await slotIdsClosedAs(trx, day.id, 'host-left'))
  const reasonOf = (placement: Placement): EndedReason =>
    left.has(placement.slotId) ? 'host-unavailable' : (fault(placement) ?? 'moved')
  const { problem, rankAt } = problemOf(input, standing, slots, held)
  const built = buildInstance(problem)
  if (!built.ok) throw new Error(`the day cannot be repaired: ${built.refusal.code}`)
  const { guestIds, slotIds } = built.instance
  const slotIndex = new Map(slotIds.map((id, index) => [id, index]))
  const placementOf = new Map(standing.map((placement) => [placement.personId, placement]))
  const before = Int32Array.from(
    guestIds,
    (id) => slotIndex.get(placementOf.get(id)!.slotId) ?? gone,
  )
  const { slotOf } = repairPublished(built.instance, before)
  const moved = guestIds.flatMap((personId, guest): Moved[] => {
    const placement = placementOf.get(personId)!
    const slotId = slotOf[guest]! < 0 ? null : slotIds[slotOf[guest]!]!
    if (slotId === placement.slotId) return []
    const seat = slotId === null ? null : { slotId, rank: rankAt(personId, slotId) }
    return [{ placement, reason: reasonOf(placement), seat }]
  })
  await writeMoves(trx, day, moved, now)
  return moved
}

/** Why somebody cannot simply stay: their slot went, or it or its site has fewer places than guests. */
function faultsIn(
  standing: readonly Placement[],
  slots: ReadonlyMap<string, Slot>,
  caps: PlanInput['caps'],
): (placement: Placement) => EndedReason | undefined {
  const room = new Map(caps.map((cap) => [capKey(cap.siteId, cap.periodId), cap.capacity]))
  for (const { id, capacity } of slots.values()) room.set(id, capacity)
  const keysOf = ({ id, siteId, periodId }: Slot) => [id, capKey(siteId, periodId)]
  for (const { slotId } of standing) {
    const slot = slots.get(slotId)!
    if (!stillStands(slot)) continue
    for (const key of keysOf(slot)) {
      const left = room.get(key)
      if (left !== undefined) room.set(key, left - 1)
    }
  }
  return ({ slotId }) => {
    const slot = slots.get(slotId)!
    if (!stillStands(slot)) return slot.release === 'refused' ? 'slot-closed' : 'host-declined'
    return keysOf(slot).some((key) => room.get(key)! < 0) ? 'fewer-places' : undefined
  }
}

/** The placed, and what each of them may be given beside the seat they have. */
function problemOf(
  input: PlanInput,
  standing: readonly Placement[],
  slots: ReadonlyMap<string, Slot>,
  held: readonly string[],
): { problem: InstanceInput; rankAt: (personId: string, slotId: string) => number | null } {
  const heldIn = countBy(held, (id) => id)
  const heldBy = countBy(held, (id) => capKey(slots.get(id)!.siteId, slots.get(id)!.periodId))
  const sitting = countBy(standing, ({ slotId }) => slotId)
  const givable = new Set(input.slots.map(({ id }) => id))
  // What cannot be given anew, its release taken back for instance, keeps those who sit there.
  const keeping = [...sitting.keys()].flatMap((id) => {
    const slot = slots.get(id)!
    return givable.has(id) || !stillStands(slot) ? [] : [{ ...slot, keeping: true }]
  })
  const seats = [...input.slots.map((slot) => ({ ...slot, keeping: false })), ...keeping]
  const known = new Set(seats.map(({ id }) => id))
  const capped = new Set(input.caps.map(({ siteId, periodId }) => capKey(siteId, periodId)))

  const wishers = wishersOf(input)
  const wishesOf = new Map(input.guests.map(({ personId, wishes }) => [personId, wishes]))
  const sites = new Map(input.sites.map((site) => [site.id, site]))
  const byHand = new Set(
    input.pins.map(({ personId, slotId, kind }) => `${kind} ${personId} ${slotId}`),
  )
  const arcs = new Map(
    standing.map(({ personId, slotId }) => {
      // Where a director put them they stay, as long as there is such a place.
      const isPinned = known.has(slotId) && byHand.has(`pin ${personId} ${slotId}`)
      const wisher = wishers.get(personId)
      const wished =
        wisher && !isPinned
          ? expandWishes(wishesOf.get(personId) ?? [], wisher, input.slots, sites).filter(
              ({ slot }) => !byHand.has(`forbid ${personId} ${slot}`),
            )
          : []
      return [personId, wished] as const
    }),
  )
  const problem = {
    seed: input.seed,
    participants: [...arcs].map(([id, wishes]) => ({ id, wishes })),
    slots: seats.map(({ id, capacity, siteId, periodId, keeping }) => {
      const group = capKey(siteId, periodId)
      const most = keeping ? Math.min(capacity, sitting.get(id)!) : capacity
      const left = Math.max(0, most - (heldIn.get(id) ?? 0))
      return { id, capacity: left, group: capped.has(group) ? group : null }
    }),
    groups: input.caps.map(({ siteId, periodId, capacity }) => {
      const id = capKey(siteId, periodId)
      return { id, capacity: Math.max(0, capacity - (heldBy.get(id) ?? 0)) }
    }),
  }
  const rankAt = (personId: string, slotId: string) =>
    arcs.get(personId)!.find(({ slot }) => slot === slotId)?.rank ?? null
  return { problem, rankAt }
}

async function writeMoves(trx: Trx, day: Day, moved: Moved[], now: Date): Promise<void> {
  for (const [reason, some] of Map.groupBy(moved, (one) => one.reason)) {
    await queries.endPlacements(
      trx,
      some.map(({ placement }) => placement.id),
      reason,
      now,
    )
  }
  const again = moved.flatMap(({ placement: { personId, planId, numbers }, seat }) =>
    seat ? [{ ...seat, personId, planId, numbers, reason: 'repaired' as const }] : [],
  )
  await place(trx, day, again, now)
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
