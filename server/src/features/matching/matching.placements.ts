import type { Day } from '#server/features/days/days.service.ts'
import { newId } from '#server/platform/identity.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { EndedReason, PlanNumbers, PlanReason } from '#shared/matching/matching.vocabulary.ts'
import * as queries from './matching.placements.queries.ts'

/** This guest in this slot, as published. */
export interface Placement {
  id: string
  regionId: string
  dayId: string
  personId: string
  slotId: string
  planId: string
  /** null where the director placed somebody outside their wishes. */
  rank: number | null
  reason: PlanReason
  numbers: PlanNumbers
  status: 'active' | 'ended'
  linkGeneration: number
  createdAt: Date
  endedAt: Date | null
  endedReason: EndedReason | null
}

/** A seat to give, and what its card says of it. */
export type NewPlacement = Pick<
  Placement,
  'personId' | 'slotId' | 'planId' | 'rank' | 'reason' | 'numbers'
>

/** Gives seats of a day: each becomes a placement that stands until it is ended. */
export async function place(
  trx: Trx,
  day: Day,
  seats: readonly NewPlacement[],
  now: Date,
): Promise<string[]> {
  const rows = seats.map((seat) => ({
    id: newId(now),
    region_id: day.regionId,
    day_id: day.id,
    person_id: seat.personId,
    slot_id: seat.slotId,
    plan_id: seat.planId,
    rank: seat.rank,
    reason: seat.reason,
    numbers: JSON.stringify(seat.numbers),
    status: 'active' as const,
    created_at: now,
    ended_at: null,
    ended_reason: null,
  }))
  await queries.insertPlacements(trx, rows)
  return rows.map(({ id }) => id)
}

/** Makes the links of a placement mailed so far useless. */
export const renewPlacementLink = queries.raiseLinkGeneration

/** Ends a placement with a closed word for why; ending twice keeps the first. */
export async function endPlacement(
  trx: Trx,
  id: string,
  reason: EndedReason,
  now: Date,
): Promise<Placement | Refusal> {
  await queries.endPlacements(trx, [id], reason, now)
  return (await queries.placementById(trx, id)) ?? refuse('not-found')
}
