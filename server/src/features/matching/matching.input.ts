import { createHash } from 'node:crypto'
import { type Day, dayById } from '#server/features/days/days.service.ts'
import { peopleByIds, sitesOfRegion } from '#server/features/roster/roster.service.ts'
import { mayShadow } from '#server/features/signup/signup.rules.ts'
import {
  arrivalsOfDay,
  type Signup,
  signupsForMatching,
} from '#server/features/signup/signup.service.ts'
import { capsOfDay, givableSlots, slotsOfDay } from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { PlanObjective } from '#shared/matching/matching.vocabulary.ts'
import type { Plan } from './matching.drafts.ts'
import { pinsOfDay } from './matching.pins.queries.ts'
import { activePlacements } from './matching.placements.queries.ts'
import { type PlanInput, wishersOf } from './matching.problem.ts'
import { planById } from './matching.queries.ts'
import { capKey } from './matching.rules.ts'

/**
 * Everything a plan of this day is made from, in an order that tells nothing, with its digest.
 * @param signups those of the day, held or not.
 * @param objective of the plan; `fewest-moves` is also made from who sits where.
 */
export async function inputOf(
  db: Reader,
  day: Day,
  signups: Signup[],
  objective: PlanObjective = 'fair',
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
    objective,
    ...(objective === 'fewest-moves' ? { standing: await standingOf(db, day.id) } : {}),
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
      .sort((a, b) => (capKey(a.siteId, a.periodId) < capKey(b.siteId, b.periodId) ? -1 : 1)),
    pins: await pinsOfDay(db, day.id),
    services: await servicesOf(db, [
      ...signups.map(({ personId }) => personId),
      ...givable.map(({ hostId }) => hostId),
    ]),
    arrival: (await arrivalsOfDay(db, day.id)).map(({ personId }) => personId),
  }
  // What only explains an empty hand, or is only compared with, does not make a plan outdated.
  const { withdrawn: _, arrival: __, ...decisive } = input
  return { input, hash: createHash('sha256').update(JSON.stringify(decisive)).digest('hex') }
}

/** The services of HR's file as numbers, in the order of people's ids, so that no name goes along. */
async function servicesOf(db: Reader, ids: string[]): Promise<PlanInput['services']> {
  const people = await peopleByIds(db, [...new Set(ids)])
  const known = people.filter(({ entity }) => entity !== '')
  const numbers = new Map<string, number>()
  return known
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, entity }) => {
      const service = numbers.get(entity) ?? numbers.size
      numbers.set(entity, service)
      return { personId: id, service }
    })
}

/** What the job computes from; undefined once the plan is no longer wanted. */
export async function planToCompute(db: Reader, planId: string) {
  const plan = await planById(db, planId)
  if (plan?.status !== 'computing') return undefined
  const day = await dayById(db, plan.dayId)
  if (!day) return undefined
  return inputOf(db, day, await signupsForMatching(db, day.id), plan.objective)
}

/** Who sits where since the last publication and its repairs, in an order that tells nothing. */
async function standingOf(db: Reader, dayId: string) {
  const standing = await activePlacements(db, dayId)
  return standing
    .map(({ personId, slotId }) => ({ personId, slotId }))
    .sort((a, b) => (a.personId < b.personId ? -1 : 1))
}

/** What a plan asked for now would be made from. */
export async function planInputOf(db: Reader, day: Day): Promise<PlanInput> {
  return (await inputOf(db, day, await signupsForMatching(db, day.id))).input
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
  const signups = await signupsForMatching(db, day.id)
  return (await inputOf(db, day, signups, plan.objective)).hash !== plan.inputHash
}
