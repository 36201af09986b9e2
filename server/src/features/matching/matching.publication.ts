import { type Day, lockDay } from '#server/features/days/days.service.ts'
import { signUpRefusal } from '#server/features/signup/signup.rules.ts'
import { heldSignups } from '#server/features/signup/signup.service.ts'
import { lockSlot } from '#server/features/slots/slots.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Plan } from './matching.drafts.ts'
import { inputOf } from './matching.input.ts'
import * as placements from './matching.placements.queries.ts'
import { type Placement, place } from './matching.placements.ts'
import * as queries from './matching.queries.ts'
import { differenceOf } from './matching.rules.ts'

export interface Publication {
  day: Day
  plan: Plan
  /** New placements, those that stay with their id, and those that went. */
  placed: Placement[]
  kept: Placement[]
  ended: Placement[]
}

/**
 * Puts a plan in force. The day, the slots and the sign-ups are locked, then everything the plan
 * was computed from is read again: if any of it changed, the plan is refused. Placements that stay
 * keep their id. Marking the day and inviting people is the use case's.
 */
export async function publishPlan(
  trx: Trx,
  planId: string,
  by: string | null,
  now: Date,
): Promise<Publication | Refusal> {
  const found = await queries.planById(trx, planId)
  const day = found && (await lockDay(trx, found.dayId))
  const plan = day && (await queries.lockPlan(trx, planId))
  if (!plan) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  if (plan.status === 'published') return refuse('plan-published')
  if (plan.status !== 'ready') return refuse('plan-not-ready')
  if (!day.publishedAt && signUpRefusal(day, now) === undefined) {
    return refuse('sign-up-still-open')
  }
  const guests = await queries.plannedGuests(trx, planId)
  // In one order for everybody: two transactions locking slots never wait for each other.
  const slotIds = [...new Set(guests.flatMap(({ slotId }) => slotId ?? []))].sort()
  for (const slotId of slotIds) await lockSlot(trx, slotId)
  const { hash } = await inputOf(trx, day, await heldSignups(trx, day.id), plan.objective)
  if (hash !== plan.inputHash) return refuse('plan-outdated')

  for (const former of await queries.plansOfDay(trx, day.id)) {
    if (former.status !== 'published') continue
    await queries.updatePlan(trx, former.id, { status: 'superseded' })
  }
  await queries.updatePlan(trx, planId, { status: 'published', published_at: now })
  const standing = await placements.activePlacements(trx, day.id)
  const { kept, added, ended } = differenceOf(standing, guests)
  const endedIds = ended.map(({ id }) => id)
  await placements.endPlacements(trx, endedIds, 'replanned', now)
  await placements.carryPlacements(trx, day.id, planId)
  const told = new Map(guests.map((guest) => [guest.personId, guest]))
  const seats = added.map(({ personId, slotId, rank }) => {
    const { reason, numbers } = told.get(personId)!
    return { personId, slotId, planId, rank, reason, numbers }
  })
  await place(trx, day, seats, now)
  const counts = { placed: added.length, kept: kept.length, ended: ended.length }
  const entry = { regionId: day.regionId, accountId: by, action: 'matching.publish-plan' }
  await recordAudit(trx, { ...entry, subjectId: planId, details: counts }, now)
  const after = await placements.activePlacements(trx, day.id)
  const keptIds = new Set(kept.map(({ placement }) => placement.id))
  return {
    day,
    plan: { ...plan, status: 'published', publishedAt: now },
    placed: after.filter(({ id }) => !keptIds.has(id)),
    kept: after.filter(({ id }) => keptIds.has(id)),
    ended: ended.map((placement) => ({
      ...placement,
      status: 'ended' as const,
      endedAt: now,
      endedReason: 'replanned',
    })),
  }
}
