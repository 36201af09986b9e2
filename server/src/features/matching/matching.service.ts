import { createHash } from 'node:crypto'
import { type Day, dayById, lockDay } from '#server/features/days/days.service.ts'
import { sitesOfRegion } from '#server/features/roster/roster.service.ts'
import { mayShadow, signUpRefusal } from '#server/features/signup/signup.rules.ts'
import {
  heldSignups,
  type Signup,
  signupsForMatching,
} from '#server/features/signup/signup.service.ts'
import {
  capsOfDay,
  givableSlots,
  lockSlot,
  slotsOfDay,
} from '#server/features/slots/slots.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import { addJob, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  PinKind,
  PlanFailure,
  PlanNumbers,
  PlanReason,
  PlanStats,
  PlanStatus,
} from '#shared/matching/matching.vocabulary.ts'
import { type PlanInput, type PlanOutcome, wishersOf } from './matching.plan.ts'
import * as queries from './matching.queries.ts'
import { differenceOf } from './matching.rules.ts'

export interface Plan {
  id: string
  regionId: string
  dayId: string
  /** 1, 2, 3… within the day. */
  number: number
  status: PlanStatus
  progressDone: number
  progressTotal: number
  stats: PlanStats | null
  inputHash: string | null
  failure: PlanFailure | null
  createdAt: Date
  computedAt: Date | null
  publishedAt: Date | null
}

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
  endedReason: string | null
}

export interface Publication {
  day: Day
  plan: Plan
  /** New placements, those that stay with their id, and those that went. */
  placed: Placement[]
  kept: Placement[]
  ended: Placement[]
}

export const planById: (db: Reader, id: string) => Promise<Plan | undefined> = queries.planById
export const plansOfDay: (db: Reader, dayId: string) => Promise<Plan[]> = queries.plansOfDay
export const plannedGuests = queries.plannedGuests
export const plannedGuest = queries.plannedGuest
export const pinsOfDay = queries.pinsOfDay

export const placementById: (db: Reader, id: string) => Promise<Placement | undefined> =
  queries.placementById
/** Placements whatever became of them; those ended tell why. */
export const placementsByIds: (db: Reader, ids: string[]) => Promise<Placement[]> =
  queries.placementsByIds
export const activePlacements: (db: Reader, dayId: string) => Promise<Placement[]> =
  queries.activePlacements
export const activePlacementsOfSlot: (db: Reader, slotId: string) => Promise<Placement[]> =
  queries.activePlacementsOfSlot
export const activePlacementOf: (
  db: Reader,
  dayId: string,
  personId: string,
) => Promise<Placement | undefined> = queries.activePlacementOf
export const lastEndedPlacementOf = queries.lastEndedPlacementOf

/** Asks for a draft; a job computes it. One at a time per day. */
export async function requestPlan(
  trx: Trx,
  dayId: string,
  by: string | null,
  now: Date,
): Promise<Plan | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  const plans = await queries.plansOfDay(trx, dayId)
  if (plans.some(({ status }) => status === 'computing')) return refuse('already-running')
  const id = newId(now)
  await queries.insertPlan(trx, {
    id,
    region_id: day.regionId,
    day_id: dayId,
    number: (plans[0]?.number ?? 0) + 1,
    status: 'computing',
    stats: null,
    input_hash: null,
    failure: null,
    created_by: by,
    created_at: now,
    computed_at: null,
    published_at: null,
  })
  await addJob(trx, 'compute-plan', { planId: id })
  const entry = { regionId: day.regionId, accountId: by, action: 'matching.request-plan' }
  await recordAudit(trx, { ...entry, subjectId: id }, now)
  return (await queries.planById(trx, id))!
}

/** Stops a computation; the job notices and lets go. A plan that is ready stays. */
export async function cancelPlan(trx: Trx, planId: string): Promise<Plan | Refusal> {
  const plan = await queries.lockPlan(trx, planId)
  if (!plan) return refuse('not-found')
  if (plan.status !== 'computing') return plan
  await queries.updatePlan(trx, planId, { status: 'failed', failure: 'cancelled' })
  return { ...plan, status: 'failed', failure: 'cancelled' }
}

/**
 * Everything a plan of this day is made from, in an order that tells nothing, with its digest.
 * @param signups those of the day, held or not.
 */
async function inputOf(
  db: Reader,
  day: Day,
  signups: Signup[],
): Promise<{ input: PlanInput; hash: string }> {
  const byId = <T extends { id: string }>(items: T[]) =>
    items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const givable = await givableSlots(db, day)
  const given = new Set(givable.map(({ id }) => id))
  const all = await slotsOfDay(db, day.id)
  const hours = (slot: (typeof all)[number]) => ({
    id: slot.id,
    siteId: slot.siteId,
    roleId: slot.roleId,
    hostId: slot.hostId,
    periodId: slot.periodId,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
  })
  const sites = await sitesOfRegion(db, day.regionId)
  const caps = await capsOfDay(db, day.id)
  const said = ['accepted', 'paused', 'closed']
  const input: PlanInput = {
    seed: day.id,
    guests: signups,
    slots: byId(givable).map((slot) => ({ ...hours(slot), capacity: slot.capacity })),
    withdrawn: byId(all)
      .filter(({ id, status }) => !given.has(id) && said.includes(status))
      .map(hours),
    hosting: byId(all)
      .filter(({ status, release }) => status === 'accepted' && release !== 'refused')
      .map(({ hostId, startsAt, endsAt }) => ({ hostId, startsAt, endsAt })),
    sites: byId(sites).map(({ id, town, latitude, longitude }) => ({
      id,
      town,
      latitude,
      longitude,
    })),
    caps: caps
      .map(({ siteId, periodId, capacity }) => ({ siteId, periodId, capacity }))
      .sort((a, b) => (`${a.siteId} ${a.periodId}` < `${b.siteId} ${b.periodId}` ? -1 : 1)),
    pins: await queries.pinsOfDay(db, day.id),
  }
  // What only explains an empty hand does not make a plan outdated.
  const { withdrawn: _, ...decisive } = input
  return { input, hash: createHash('sha256').update(JSON.stringify(decisive)).digest('hex') }
}

/** What the job computes from; undefined once the plan is no longer wanted. */
export async function planToCompute(db: Reader, planId: string) {
  const plan = await queries.planById(db, planId)
  const day = plan?.status === 'computing' ? await dayById(db, plan.dayId) : undefined
  if (!day) return undefined
  return inputOf(db, day, await signupsForMatching(db, day.id))
}

export const noteProgress = queries.noteProgress

/** Stores what the computation found, unless it was cancelled meanwhile. */
export async function storePlan(
  trx: Trx,
  planId: string,
  outcome: PlanOutcome,
  inputHash: string,
  now: Date,
): Promise<void> {
  const plan = await queries.lockPlan(trx, planId)
  if (plan?.status !== 'computing') return
  if (!outcome.ok) return failPlan(trx, planId, outcome.failure)
  await queries.insertPlannedGuests(
    trx,
    outcome.guests.map((guest) => ({
      plan_id: planId,
      day_id: plan.dayId,
      region_id: plan.regionId,
      person_id: guest.personId,
      slot_id: guest.slotId,
      rank: guest.rank,
      by_hand: guest.byHand,
      reason: guest.reason,
      numbers: JSON.stringify(guest.numbers),
    })),
  )
  await queries.updatePlan(trx, planId, {
    status: 'ready',
    stats: JSON.stringify(outcome.stats),
    input_hash: inputHash,
    progress_done: outcome.guests.length,
    progress_total: outcome.guests.length,
    computed_at: now,
  })
}

/** Marks a computation as failed, with a closed word for why. */
export function failPlan(db: Reader, planId: string, failure: PlanFailure): Promise<void> {
  return queries.updatePlan(db, planId, { status: 'failed', failure })
}

/**
 * Sets, or with null clears, the director's word on a guest and a slot. It counts from the next
 * plan on. A pin follows the same conditions as any place: never one's own role, never while
 * hosting, only what can be given.
 */
export async function setPin(
  trx: Trx,
  dayId: string,
  pair: { personId: string; slotId: string; kind: PinKind | null },
  by: string | null,
  now: Date,
): Promise<undefined | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  const { personId, slotId, kind } = pair
  if (kind !== null) {
    const { input } = await inputOf(trx, day, await signupsForMatching(trx, dayId))
    const wisher = wishersOf(input).get(personId)
    const slot = input.slots.find(({ id }) => id === slotId)
    if (!wisher || !slot) return refuse('not-found')
    if (kind === 'pin' && !mayShadow(wisher, slot)) return refuse('pin-impossible')
  }
  await queries.deletePin(trx, dayId, personId, slotId)
  if (kind === 'pin') await queries.deletePinOf(trx, dayId, personId)
  if (kind !== null) {
    await queries.insertPin(trx, {
      region_id: day.regionId,
      day_id: dayId,
      person_id: personId,
      slot_id: slotId,
      kind,
      set_by: by,
      set_at: now,
    })
  }
  const action = `matching.${kind ?? 'clear-pin'}`
  await recordAudit(trx, { regionId: day.regionId, accountId: by, action, subjectId: slotId }, now)
  return undefined
}

/** The slots somebody may be placed in by hand, with the rank at which they asked for each. */
export async function choicesFor(db: Reader, day: Day, personId: string) {
  const { input } = await inputOf(db, day, await signupsForMatching(db, day.id))
  const wisher = wishersOf(input).get(personId)
  return { input, slots: wisher ? input.slots.filter((slot) => mayShadow(wisher, slot)) : [] }
}

/** Whether sign-ups, slots, caps or pins changed since a plan was computed. */
export async function isOutdated(db: Reader, plan: Plan): Promise<boolean> {
  const day = plan.inputHash ? await dayById(db, plan.dayId) : undefined
  if (!day) return false
  return (await inputOf(db, day, await signupsForMatching(db, day.id))).hash !== plan.inputHash
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
  const { hash } = await inputOf(trx, day, await heldSignups(trx, day.id))
  if (hash !== plan.inputHash) return refuse('plan-outdated')

  for (const former of await queries.plansOfDay(trx, day.id)) {
    if (former.status !== 'published') continue
    await queries.updatePlan(trx, former.id, { status: 'superseded' })
  }
  await queries.updatePlan(trx, planId, { status: 'published', published_at: now })
  const standing = await activePlacements(trx, day.id)
  const { kept, added, ended } = differenceOf(standing, guests)
  const endedIds = ended.map(({ id }) => id)
  await queries.endPlacements(trx, endedIds, 'replanned', now)
  await queries.carryPlacements(trx, day.id, planId)
  const told = new Map(guests.map((guest) => [guest.personId, guest]))
  await queries.insertPlacements(
    trx,
    added.map(({ personId, slotId, rank }) => ({
      id: newId(now),
      region_id: day.regionId,
      day_id: day.id,
      person_id: personId,
      slot_id: slotId,
      plan_id: planId,
      rank,
      reason: told.get(personId)!.reason,
      numbers: JSON.stringify(told.get(personId)!.numbers),
      status: 'active' as const,
      created_at: now,
      ended_at: null,
      ended_reason: null,
    })),
  )
  const counts = { placed: added.length, kept: kept.length, ended: ended.length }
  const entry = { regionId: day.regionId, accountId: by, action: 'matching.publish-plan' }
  await recordAudit(trx, { ...entry, subjectId: planId, details: counts }, now)
  const after = await activePlacements(trx, day.id)
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

/** Ends a placement with a closed word for why; ending twice keeps the first. */
export async function endPlacement(
  trx: Trx,
  id: string,
  reason: string,
  now: Date,
): Promise<Placement | Refusal> {
  await queries.endPlacements(trx, [id], reason, now)
  return (await placementById(trx, id)) ?? refuse('not-found')
}
