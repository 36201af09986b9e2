import { type Day, periodsOfDay } from '#server/features/days/days.service.ts'
import {
  type Person,
  peopleByIds,
  rolesOfRegion,
  sitesById,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { expandWishes, signUpRefusal } from '#server/features/signup/signup.rules.ts'
import { signupsForMatching } from '#server/features/signup/signup.service.ts'
import {
  capsOfDay,
  givableSlots,
  type Slot,
  slotsOfDay,
} from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type {
  HandChoices,
  PlanChangeSeen,
  PlannedGuest,
  PlanPicture,
  PlanShow,
  Studio,
} from '#shared/matching/matching.contract.ts'
import type { PlanReason } from '#shared/matching/matching.vocabulary.ts'
import { wishTeller } from './matching.card.ts'
import { pictureOf } from './matching.picture.ts'
import { wishersOf } from './matching.problem.ts'
import { comparePlans } from './matching.rules.ts'
import * as matching from './matching.service.ts'

/** One screen of a table. */
const guestsPerPage = 50
/** More places than this nobody reads through; the wishes come first. */
const mostChoices = 200

/** What the director's studio opens with. */
export async function studioOf(db: Reader, day: Day, now: Date): Promise<Studio> {
  const slots = await givableSlots(db, day)
  const roles = await rolesOfRegion(db, day.regionId)
  return {
    day: {
      ...day,
      signUpOpen: !day.publishedAt && signUpRefusal(day, now) === undefined,
      published: day.publishedAt !== null,
      cancelled: day.cancelledAt !== null,
    },
    signedUp: (await signupsForMatching(db, day.id)).length,
    slots: slots.length,
    seats: slots.reduce((sum, { capacity }) => sum + capacity, 0),
    roles,
    periods: await periodsOfDay(db, day.id),
    plans: await matching.plansOfDay(db, day.id),
  }
}

/**
 * What a plan changes against the draft it came from, or against another plan of the day; null
 * where there is none, or where it was thrown away.
 */
export async function changeOf(
  db: Reader,
  plan: matching.Plan,
  againstId = plan.basisId,
): Promise<PlanChangeSeen | null> {
  const former = plan.stats && againstId ? await matching.planById(db, againstId) : undefined
  if (!former?.stats || former.dayId !== plan.dayId) return null
  const before = await matching.plannedGuests(db, former.id)
  const after = await matching.plannedGuests(db, plan.id)
  const { number, name, kept } = former
  const { byRank, unplaced } = former.stats
  const change = comparePlans(before, after)
  return { planId: former.id, number, name, kept, byRank, unplaced, ...change }
}

/** A plan as a picture, counted from what it says of everybody. */
export async function planPicture(db: Reader, day: Day, plan: matching.Plan): Promise<PlanPicture> {
  const planned = await matching.plannedGuests(db, plan.id)
  const people = await peopleByIds(
    db,
    planned.map(({ personId }) => personId),
  )
  const entityOf = new Map(people.map(({ id, entity }) => [id, entity]))
  const used = new Set(planned.map(({ slotId }) => slotId))
  const givable = new Set((await givableSlots(db, day)).map(({ id }) => id))
  const slots = (await slotsOfDay(db, day.id)).filter(({ id }) => givable.has(id) || used.has(id))
  const sites = await sitesOfRegion(db, day.regionId)
  return pictureOf(
    planned.map((guest) => ({ ...guest, department: entityOf.get(guest.personId) ?? '' })),
    slots,
    await capsOfDay(db, day.id),
    new Map(sites.map(({ id, name }) => [id, name])),
  )
}

/** The director's choices by hand as they stand, by name, and the last one to take back. */
export async function handChoices(db: Reader, day: Day): Promise<HandChoices> {
  const pins = await matching.pinsOfDay(db, day.id)
  const last = await matching.lastChoice(db, day.id)
  const pairs = last ? [...pins, last] : pins
  const people = await peopleByIds(db, [...new Set(pairs.map(({ personId }) => personId))])
  const personOf = new Map(people.map((person) => [person.id, person]))
  const wanted = new Set(pairs.map(({ slotId }) => slotId))
  const slots = (await slotsOfDay(db, day.id)).filter(({ id }) => wanted.has(id))
  const write = await seatWriter(db, slots, day.regionId)
  const slotOf = new Map(slots.map((slot) => [slot.id, slot]))
  const told = <Of extends { personId: string; slotId: string }>({ slotId, ...rest }: Of) => ({
    ...rest,
    name: nameOf(personOf.get(rest.personId)),
    seat: write(slotOf.get(slotId)!),
  })
  return {
    choices: pins.map(told).sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    last: last ? told(last) : null,
  }
}

const nameOf = (person: Person | undefined) =>
  person ? `${person.lastName} ${person.firstName}` : ''

/** Slots as a director reads them: where, when, with whom. */
async function seatWriter(db: Reader, slots: Slot[], regionId: string) {
  const hosts = await peopleByIds(db, [...new Set(slots.map(({ hostId }) => hostId))])
  const hostOf = new Map(hosts.map((person) => [person.id, person]))
  const siteOf = await sitesById(db, regionId)
  return (slot: Slot) => ({
    slotId: slot.id,
    roleId: slot.roleId,
    periodId: slot.periodId,
    siteName: siteOf.get(slot.siteId)?.name ?? '',
    town: siteOf.get(slot.siteId)?.town ?? '',
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    hostName: nameOf(hostOf.get(slot.hostId)),
  })
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** A page of a plan's guests, by name. */
export async function guestsPage(
  db: Reader,
  plan: matching.Plan,
  asked: {
    show: PlanShow
    roleId?: string | undefined
    siteId?: string | undefined
    reason?: PlanReason | undefined
    search: string
    after?: string | undefined
  },
): Promise<{ guests: PlannedGuest[]; total: number; next: string | null }> {
  const planned = await matching.plannedGuests(db, plan.id)
  const slots = await slotsOfDay(db, plan.dayId)
  const slotOf = new Map(slots.map((slot) => [slot.id, slot]))
  const people = await peopleByIds(
    db,
    planned.map(({ personId }) => personId),
  )
  const personOf = new Map(people.map((person) => [person.id, person]))
  const wanted = folded(asked.search)
  const rows = planned
    .filter(({ slotId, rank, byHand, reason }) => {
      const slot = slotId ? slotOf.get(slotId) : undefined
      if (asked.roleId && slot?.roleId !== asked.roleId) return false
      if (asked.siteId && slot?.siteId !== asked.siteId) return false
      if (asked.reason && reason !== asked.reason) return false
      if (asked.show === 'all') return true
      if (asked.show === 'unplaced') return slotId === null
      if (asked.show === 'by-hand') return byHand
      return rank === Number(asked.show)
    })
    .map((row) => ({ ...row, name: nameOf(personOf.get(row.personId)) }))
    .filter(({ name }) => folded(name).includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, 'fr') || (a.personId < b.personId ? -1 : 1))
  const start = asked.after ? rows.findIndex(({ personId }) => personId === asked.after) + 1 : 0
  const page = rows.slice(start, start + guestsPerPage)
  const seats = page.flatMap(({ slotId }) => (slotId && slotOf.get(slotId)) || [])
  const write = await seatWriter(db, seats, plan.regionId)
  const siteOf = await sitesById(db, plan.regionId)
  const told = await wishTeller(db, plan)
  const pins = Map.groupBy(await matching.pinsOfDay(db, plan.dayId), ({ personId }) => personId)
  const guests = page.map(({ slotId, byHand: _, ...row }): PlannedGuest => {
    const slot = slotId ? slotOf.get(slotId) : undefined
    const own = pins.get(row.personId) ?? []
    return {
      ...row,
      wishes: told(row.wishes),
      siteName: siteOf.get(personOf.get(row.personId)?.siteId ?? '')?.name ?? '',
      seat: slot ? write(slot) : null,
      pinned: own.find(({ kind }) => kind === 'pin')?.slotId ?? null,
      forbidden: own.flatMap((pin) => (pin.kind === 'forbid' ? [pin.slotId] : [])),
    }
  })
  const last = page.at(-1)
  const more = start + page.length < rows.length
  return { guests, total: rows.length, next: more && last ? last.personId : null }
}

/** Hosts whose slot could be given and whom a plan gives nobody. */
export async function idleSlots(db: Reader, day: Day, plan: matching.Plan) {
  const planned = await matching.plannedGuests(db, plan.id)
  const used = new Set(planned.map(({ slotId }) => slotId))
  const idle = (await givableSlots(db, day)).filter(({ id }) => !used.has(id))
  const write = await seatWriter(db, idle, day.regionId)
  return idle
    .map((slot) => ({ ...write(slot), capacity: slot.capacity }))
    .sort((a, b) => a.siteName.localeCompare(b.siteName, 'fr'))
}

/** Where somebody could sit, what they asked for first, then by place. */
export async function seatChoices(db: Reader, day: Day, plan: matching.Plan, personId: string) {
  const { input, slots } = await matching.choicesFor(db, day, personId)
  const guest = input.guests.find((one) => one.personId === personId)
  const wisher = wishersOf(input).get(personId)
  if (!guest || !wisher) return []
  const sites = new Map(input.sites.map((site) => [site.id, site]))
  const ranks = new Map(
    expandWishes(guest.wishes, wisher, slots, sites).map(({ slot, rank }) => [slot, rank]),
  )
  const planned = await matching.plannedGuests(db, plan.id)
  const taken = Map.groupBy(planned, ({ slotId }) => slotId)
  const admissible = new Set(slots.map(({ id }) => id))
  const all = (await givableSlots(db, day)).filter(({ id }) => admissible.has(id))
  const write = await seatWriter(db, all, day.regionId)
  return all
    .map((slot) => ({
      ...write(slot),
      capacity: slot.capacity,
      taken: taken.get(slot.id)?.length ?? 0,
      rank: ranks.get(slot.id) ?? null,
    }))
    .sort((a, b) => (a.rank ?? 9) - (b.rank ?? 9) || a.siteName.localeCompare(b.siteName, 'fr'))
    .slice(0, mostChoices)
}
