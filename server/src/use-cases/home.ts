import { countOpenOf, decidedAmong } from '#server/features/actions/actions.service.ts'
import { stageOf } from '#server/features/attendance/attendance.service.ts'
import {
  answerOfPlacement,
  answerOfSlot,
} from '#server/features/confirmations/confirmations.service.ts'
import { maySeeDays } from '#server/features/days/days.policy.ts'
import {
  type Day,
  dateOf,
  daysOfRegion,
  isSignUpOpen,
  isTheDay,
} from '#server/features/days/days.service.ts'
import { isDebriefingToday } from '#server/features/debrief/debrief.service.ts'
import * as matching from '#server/features/matching/matching.service.ts'
import { isObservable } from '#server/features/observations/observations.rules.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { signupOf } from '#server/features/signup/signup.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import { thanksAtHome } from '#server/features/thanks/thanks.service.ts'
import { isOpenOffer } from '#server/features/waiting/waiting.rules.ts'
import { lastOfferOf } from '#server/features/waiting/waiting.service.ts'
import { workshopsAtHome } from '#server/features/workshops/workshops.service.ts'
import { type Actor, isDirectorOf, membershipIn } from '#server/platform/actor.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { HomeDay, ToldDay } from '#shared/home/home.contract.ts'
import type { HomeWorkshop } from '#shared/workshops/workshops.links.contract.ts'

/** A day stays on the first screen this long: observations are still written after it. */
const daysAfter = 14
/** A quarter: decisions come weeks after a day, and what they change later still. */
const daysFollowed = 92
/** Editions are yearly; two ahead are already unusual. */
const daysShown = 3

interface Places {
  roles: Map<string, roster.Role>
  sites: Map<string, roster.Site>
}

/** The days that concern somebody, the nearest first, with all they are in each. */
export async function homeOf(
  db: Reader,
  secret: string,
  actor: Actor,
  now: Date,
): Promise<HomeDay[]> {
  const found: HomeDay[] = []
  for (const regionId of regionsOf(actor)) {
    const all = await daysOfRegion(db, regionId)
    let current = all.filter((day) => isWithin(day, daysAfter, now))
    // Between two editions a director follows what the last one decided.
    if (current.length === 0 && isDirectorOf(actor, regionId)) {
      current = all.filter((day) => isWithin(day, daysFollowed, now)).slice(0, 1)
    }
    if (current.length === 0) continue
    const places = {
      roles: await roster.rolesById(db, regionId),
      sites: await roster.sitesById(db, regionId),
    }
    for (const day of current.toReversed().slice(0, daysShown)) {
      found.push(await homeDay(db, secret, actor, day, places, now))
    }
  }
  return found.sort((a, b) => a.date.localeCompare(b.date))
}

/** How much somebody carries that is still open. */
export const openActionsOf = (db: Reader, actor: Actor): Promise<number> =>
  countOpenOf(
    db,
    actor.memberships.map(({ personId }) => personId),
  )

/** The workshops that await somebody, in each region they belong to. */
export async function workshopsFor(
  db: Reader,
  secret: string,
  actor: Actor,
  now: Date,
): Promise<HomeWorkshop[]> {
  const found: HomeWorkshop[] = []
  for (const membership of actor.memberships) {
    found.push(...(await workshopsAtHome(db, secret, membership, now)))
  }
  return found
}

/** The latest day of each region whose decisions its people may read, while they are news. */
export async function changesFor(db: Reader, actor: Actor, now: Date): Promise<ToldDay[]> {
  const told: ToldDay[] = []
  for (const regionId of regionsOf(actor)) {
    const all = await daysOfRegion(db, regionId)
    const recent = all.filter((day) => isWithin(day, daysFollowed, now))
    const decided = await decidedAmong(
      db,
      recent.map(({ id }) => id),
    )
    const latest = recent.find(({ id }) => decided.has(id))
    if (latest) told.push({ id: latest.id, name: latest.name, date: latest.date })
  }
  return told
}

/** Whoever only trains sees no days. */
const regionsOf = (actor: Actor) =>
  new Set(
    [...actor.grants, ...actor.memberships].flatMap(({ regionId }) =>
      regionId && maySeeDays(actor, regionId) ? regionId : [],
    ),
  )

/** To come, or not longer ago than so many days. */
function isWithin(day: Day, daysAgo: number, now: Date): boolean {
  if (day.cancelledAt) return false
  const oldest = new Date(now.getTime() - daysAgo * 86_400_000)
  return day.date >= dateOf(oldest, day.timeZone)
}

async function homeDay(
  db: Reader,
  secret: string,
  actor: Actor,
  day: Day,
  places: Places,
  now: Date,
): Promise<HomeDay> {
  const person = membershipIn(actor, day.regionId)
  const guest = person ? await guestSide(db, day, person.personId, places, now) : null
  const hosting = person ? await hostSide(db, day, person.personId, places, now) : []
  const takesPart =
    Boolean(guest?.placement) ||
    hosting.some(({ status, guests }) => status === 'accepted' && guests > 0)
  return {
    id: day.id,
    regionId: day.regionId,
    name: day.name,
    date: day.date,
    timeZone: day.timeZone,
    published: day.publishedAt !== null,
    today: day.publishedAt !== null && isTheDay(day, now),
    past: day.date < dateOf(now, day.timeZone),
    directing: isDirectorOf(actor, day.regionId),
    guest,
    hosting,
    coordinating: await coordinatorSide(db, actor, day, places),
    observing: takesPart && isObservable(day, now),
    debriefing: person !== undefined && (await isDebriefingToday(db, day, now)),
    thanks: takesPart ? await thanksAtHome(db, secret, day.id, person!.personId, now) : null,
  }
}

async function guestSide(db: Reader, day: Day, personId: string, places: Places, now: Date) {
  const signup = await signupOf(db, day.id, personId)
  const placement = await matching.activePlacementOf(db, day.id, personId)
  const slot = placement && (await slots.slotById(db, placement.slotId))
  const host = slot && (await roster.personById(db, slot.hostId))
  const offer = await lastOfferOf(db, day.id, personId)
  const offered = offer && isOpenOffer(offer, now) && (await slots.slotById(db, offer.slotId))
  const isOpen = isSignUpOpen(day, now)
  return {
    signUp: isOpen
      ? ('open' as const)
      : day.signUpOpenedAt
        ? ('closed' as const)
        : ('not-open' as const),
    signUpClosesAt: day.signUpClosesAt,
    signedUp: signup?.status === 'active',
    placement:
      placement && slot && host
        ? {
            ...meeting(slot, places),
            placementId: placement.id,
            hostFirstName: host.firstName,
            answer: (await answerOfPlacement(db, placement.id))?.answer ?? null,
            stage: await stageOf(db, slot, [placement.id], now),
          }
        : null,
    offer: offered ? { ...meeting(offered, places), expiresAt: offer.expiresAt } : null,
  }
}

async function hostSide(db: Reader, day: Day, personId: string, places: Places, now: Date) {
  const own = await slots.slotsOfHost(db, day.id, personId)
  const shown = own.filter(({ status }) => status !== 'closed' && status !== 'declined')
  return Promise.all(
    shown.map(async (slot) => {
      const guests = await matching.activePlacementsOfSlot(db, slot.id)
      return {
        ...meeting(slot, places),
        slotId: slot.id,
        status: slot.status,
        release: slot.release,
        guests: guests.length,
        answer: (await answerOfSlot(db, slot.id))?.answer ?? null,
        stage: await stageOf(
          db,
          slot,
          guests.map(({ id }) => id),
          now,
        ),
      }
    }),
  )
}

async function coordinatorSide(db: Reader, actor: Actor, day: Day, places: Places) {
  const siteIds = actor.grants.flatMap(({ kind, regionId, siteId }) =>
    kind === 'coordinator' && regionId === day.regionId && siteId ? [siteId] : [],
  )
  return Promise.all(
    siteIds.map(async (siteId) => {
      const offers = await slots.slotsOfSite(db, day.id, siteId)
      const waiting = offers.filter(
        ({ status, release }) => status === 'accepted' && release === 'pending',
      )
      return {
        siteId,
        siteName: places.sites.get(siteId)?.name ?? '',
        toRelease: day.releaseRequired ? waiting.length : 0,
      }
    }),
  )
}

function meeting(slot: slots.Slot, { roles, sites }: Places) {
  const role = roles.get(slot.roleId)
  return {
    roleNameFr: role?.nameFr ?? '',
    roleNameEn: role?.nameEn ?? '',
    drawing: role?.drawing ?? 'heart',
    siteName: sites.get(slot.siteId)?.name ?? '',
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
  }
}
