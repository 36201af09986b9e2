import type { Day } from '#server/features/days/days.service.ts'
import type { PlacedSite } from '#server/features/signup/signup.rules.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { PlanReason } from '#shared/matching/matching.vocabulary.ts'
import { buildInstance } from './core/instance.ts'
import { canonicalOrder } from './core/order.ts'
import { planOf } from './core/solution.ts'
import { solve } from './core/solve.ts'
import { deal } from './matching.deal.ts'
import { placementById } from './matching.placements.queries.ts'
import { type Placement, place } from './matching.placements.ts'
import * as queries from './matching.queries.ts'
import type { FreeSlot } from './matching.rules.ts'
import { journeysOf } from './matching.travel.ts'

/** The order drawn for a day: the same whenever it is asked for, and nobody's merit. */
export function drawnOrder(dayId: string, personIds: readonly string[]): Map<string, number> {
  const order = canonicalOrder(personIds, dayId)
  return new Map([...order].map((from, place) => [personIds[from]!, place]))
}

/**
 * Seats people in free seats, all of them if they fit, at the fairest ranks: the plan's own rule,
 * on what is left.
 */
export function seatFairly(
  people: readonly { personId: string; seats: readonly { slot: string; rank: number }[] }[],
  slots: readonly FreeSlot[],
  groupFree: ReadonlyMap<string, number>,
  seed: string,
): { personId: string; slotId: string; rank: number }[] {
  const open = new Set(slots.map(({ id }) => id))
  const built = buildInstance({
    seed,
    participants: people.map(({ personId, seats }) => ({
      id: personId,
      wishes: seats.filter(({ slot }) => open.has(slot)),
    })),
    slots: slots.map(({ id, free, group }) => ({ id, capacity: free, group })),
    groups: [...groupFree].map(([id, free]) => ({ id, capacity: Math.max(0, free) })),
  })
  if (!built.ok) throw new Error(`free seats cannot be read as a problem: ${built.refusal.code}`)
  const solved = solve(built.instance)
  if (!solved.ok) throw new Error('a computation nobody can cancel was cancelled')
  return planOf(built.instance, solved.solution).assignments.map((one) => ({
    personId: one.participant,
    slotId: one.slot,
    rank: one.rank!,
  }))
}

/** A problem of people and seats that knows nothing of days: meetings of any kind. */
export interface SeatingProblem {
  /** Decides between seatings that are equal in everything. */
  seed: string
  people: readonly {
    personId: string
    /** Where they come from. */
    siteId: string
    seats: readonly { slot: string; rank: number }[]
  }[]
  /** `siteId` of a slot that is at none of the sites is empty: every way there counts alike. */
  slots: readonly { id: string; capacity: number; siteId: string }[]
  sites: readonly PlacedSite[]
}

/**
 * Seats as many as possible at the least sum of squared ranks, and of all such seatings one with the
 * least travel: the rule of a day’s plan, proved like it. Only that nobody travels for the sake of an
 * empty slot: whoever leads it sits in each already, so that none is.
 * @returns who sits where, and at which rank; whoever is not named has no seat.
 */
export function seatBest({
  seed,
  people,
  slots,
  sites,
}: SeatingProblem): { personId: string; slotId: string; rank: number }[] {
  const built = buildInstance({
    seed,
    participants: [
      ...people.map(({ personId, seats }) => ({ id: personId, wishes: seats })),
      ...slots.map(({ id }) => ({ id, wishes: [] })),
    ],
    slots: slots.map(({ id, capacity }) => ({ id, capacity: capacity + 1 })),
    pins: slots.map(({ id }) => ({ participant: id, slot: id })),
  })
  if (!built.ok) throw new Error(`seats cannot be read as a problem: ${built.refusal.code}`)
  const { travel } = journeysOf({ guests: people, slots, sites }, built.instance)
  const dealt = deal('fair', built.instance, travel, undefined)
  if (!dealt.ok) throw new Error(`no proof that the seats are the best: ${dealt.failure}`)
  return planOf(built.instance, dealt.seats).assignments.flatMap(({ participant, slot, rank }) =>
    rank === null ? [] : [{ personId: participant, slotId: slot, rank }],
  )
}

/**
 * Gives somebody without a place this one, after publication; the caller holds the day and has seen
 * that the seat is free.
 * @param rank of the wish it answers; null outside their wishes.
 */
export async function giveSeat(
  trx: Trx,
  day: Day,
  seat: {
    personId: string
    slotId: string
    rank: number | null
    reason: Extract<PlanReason, 'offered' | 'taken'>
  },
  now: Date,
): Promise<Placement> {
  const plan = (await queries.plansOfDay(trx, day.id)).find(({ status }) => status === 'published')
  const planned = plan && (await queries.plannedGuest(trx, plan.id, seat.personId))
  if (!planned) throw new Error('a seat is given after a plan that knows its guest is published')
  const given = { ...seat, planId: plan.id, numbers: planned.numbers }
  const [id] = await place(trx, day, [given], now)
  return (await placementById(trx, id!))!
}
