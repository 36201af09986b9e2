import { timeZoneOf } from '#server/features/accounts/accounts.service.ts'
import { countOpenOf } from '#server/features/actions/actions.service.ts'
import * as days from '#server/features/days/days.service.ts'
import * as handovers from '#server/features/handovers/handovers.service.ts'
import * as matching from '#server/features/matching/matching.service.ts'
import { forgetRecords } from '#server/features/records/records.service.ts'
import { holdRoster, markLeft, peopleToLeave } from '#server/features/roster/roster.leaving.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import { cancelSignup } from '#server/features/signup/signup.service.ts'
import { closeSlot, type Slot, slotsOfDay } from '#server/features/slots/slots.service.ts'
import * as workshops from '#server/features/workshops/workshops.service.ts'
import { stopMailsTo } from '#server/platform/outbox/outbox.service.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import type { Leaving } from '#shared/roster/roster.contract.ts'
import { type RepairSetting, repairPlan } from './repair-plan.ts'
import { workshopSetting } from './workshop-setting.ts'

/** What of one day is bound up with people who leave. */
interface Bound {
  day: days.Day
  places: matching.Placement[]
  slots: Slot[]
  guests: matching.Placement[]
}

/** What people’s leaving would bring about; nothing is written. */
export function previewLeaving(
  db: Database,
  regionId: string,
  employeeNumbers: string[],
  now: Date,
): Promise<Leaving> {
  return inTransaction(db, async (trx) => {
    const people = await peopleToLeave(trx, regionId, employeeNumbers)
    const bound = await boundDays(trx, regionId, people, now)
    return leavingOf(trx, regionId, people, bound, now)
  })
}

/**
 * People left the region. Days to come go on without them: their places are free, their slots close,
 * requests to take over are answered no, plans repair themselves, and of their calendars only the
 * cancellations still leave. So do workshops: seats are offered on, and sessions they were to lead wait
 * for somebody else, as do their open actions. What a record store was told of them stands for nobody.
 * What they did stays, and so do days that are over. Saying it twice is saying it once.
 */
export async function leaveRegion(
  trx: Trx,
  regionId: string,
  employeeNumbers: string[],
  by: string,
  now: Date,
  setting: RepairSetting,
): Promise<Leaving> {
  await holdRoster(trx, regionId)
  // Days before people: whoever signs up holds the day, and then refers to the person.
  for (const day of await daysToCome(trx, regionId, now)) await days.lockDay(trx, day.id)
  await workshops.holdWorkshops(trx, regionId, now)
  const people = await peopleToLeave(trx, regionId, employeeNumbers)
  const bound = await boundDays(trx, regionId, people, now)
  const leaving = await leavingOf(trx, regionId, people, bound, now)
  const zone = await timeZoneOf(trx, regionId)
  await markLeft(trx, people, days.dateOf(now, zone), by, now)
  for (const one of bound) await leaveDay(trx, one, people, now, setting)
  const ids = people.map(({ id }) => id)
  await workshops.leaveWorkshops(trx, regionId, ids, now, workshopSetting(setting))
  await forgetRecords(trx, ids)
  const addresses = people.flatMap(({ email }) => email ?? [])
  await stopMailsTo(trx, regionId, addresses)
  return leaving
}

async function daysToCome(db: Trx, regionId: string, now: Date): Promise<days.Day[]> {
  const all = await days.daysOfRegion(db, regionId)
  return all.filter((day) => !day.cancelledAt && !days.isOver(day, now))
}

async function boundDays(
  trx: Trx,
  regionId: string,
  people: readonly Person[],
  now: Date,
): Promise<Bound[]> {
  const leaving = new Set(people.map(({ id }) => id))
  const bound: Bound[] = []
  for (const day of await daysToCome(trx, regionId, now)) {
    const open = (await slotsOfDay(trx, day.id)).filter(({ status }) => status !== 'closed')
    const slots = open.filter(({ hostId }) => leaving.has(hostId))
    const theirs = new Set(slots.map(({ id }) => id))
    const active = await matching.activePlacements(trx, day.id)
    const places = active.filter(({ personId }) => leaving.has(personId))
    const guests = active.filter((one) => theirs.has(one.slotId) && !leaving.has(one.personId))
    bound.push({ day, places, slots, guests })
  }
  return bound
}

async function leavingOf(
  trx: Trx,
  regionId: string,
  people: readonly Person[],
  bound: readonly Bound[],
  now: Date,
): Promise<Leaving> {
  const ids = people.map(({ id }) => id)
  const sum = (of: (one: Bound) => number) => bound.reduce((total, one) => total + of(one), 0)
  return {
    names: people.map(fullName),
    places: sum(({ places }) => places.length),
    slots: sum(({ slots }) => slots.length),
    guests: sum(({ guests }) => guests.length),
    actions: await countOpenOf(trx, ids),
    ...(await workshops.workshopsLeft(trx, regionId, ids, now)),
  }
}

async function leaveDay(
  trx: Trx,
  { day, places, slots }: Bound,
  people: readonly Person[],
  now: Date,
  setting: RepairSetting,
): Promise<void> {
  for (const { id } of places) await matching.endPlacement(trx, id, 'guest-cancelled', now)
  for (const { id } of people) await cancelSignup(trx, day.id, id, now)
  await endRequestsTo(trx, day, people, now, setting.mailDomain)
  for (const { id } of slots) await closeSlot(trx, id, 'host-left', now)
  await repairPlan(trx, day.id, now, setting, slots[0])
}

/** Who was asked to take a slot over and left says no: their host may ask somebody else. */
async function endRequestsTo(
  trx: Trx,
  day: days.Day,
  people: readonly Person[],
  now: Date,
  mailDomain: string,
): Promise<void> {
  const leaving = new Set(people.map(({ id }) => id))
  const slots = new Map((await slotsOfDay(trx, day.id)).map((slot) => [slot.id, slot]))
  for (const request of await handovers.handoversOfDay(trx, day.id)) {
    if (request.status !== 'pending') continue
    const slot = slots.get(request.slotId)
    if (leaving.has(request.fromId)) await handovers.endHandover(trx, request.id, 'withdrawn', now)
    else if (slot && leaving.has(request.toId)) {
      await handovers.endHandover(trx, request.id, 'declined', now)
      await handovers.tellHost(trx, day, slot, request, 'declined', now, mailDomain)
    }
  }
}
