import { type Day, isTheDay } from '#server/features/days/days.service.ts'
import { handoverRefusal } from '#server/features/handovers/handovers.service.ts'
import type { Placement } from '#server/features/matching/matching.service.ts'
import { fullName, shortName } from '#server/features/roster/roster.rules.ts'
import {
  peopleByIds,
  rolesById,
  rolesOfRegion,
  type Site,
  siteById,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { dayOfSlot, type Slot, slotById, slotsOfDay } from '#server/features/slots/slots.service.ts'
import { deriveToken, readToken, worthOf } from '#server/platform/capabilities.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  ArrivalBoard,
  ArrivingGuest,
  GuestArrival,
  HostArrivals,
  ScannedArrivals,
  SiteArrivals,
} from '#shared/attendance/attendance.arrivals.contract.ts'
import * as queries from './attendance.queries.ts'
import { arrivalCode, arrivalState, arrivalWindow, byTrouble, tallyOf } from './attendance.rules.ts'
import { guestStanding } from './attendance.service.ts'

/** A guest's own arrival. */
export async function guestArrival(
  db: Reader,
  placement: Placement,
  now: Date,
): Promise<GuestArrival | Refusal> {
  const slot = await slotById(db, placement.slotId)
  if (!slot) return refuse('not-found')
  const place = await placeOf(db, slot, now)
  const [person] = await peopleByIds(db, [placement.personId])
  const active = placement.status === 'active'
  return {
    ...place,
    ...saidOf(await queries.attendanceOf(db, placement.id)),
    state: active ? place.state : 'off',
    firstName: person?.firstName ?? '',
    hostAbsence: (await queries.hostAbsenceOf(db, slot.id)) ?? null,
    begun: now >= slot.startsAt,
  }
}

/** The code a host shows, and their guests. */
export async function hostArrivals(
  db: Reader,
  secret: string,
  slot: Slot,
  now: Date,
): Promise<HostArrivals> {
  const place = await placeOf(db, slot, now)
  const open = place.state === 'open'
  return {
    ...place,
    slotId: slot.id,
    code: open ? arrivalCode(secret, slot.id, slot.linkGeneration) : null,
    arrivalToken: open ? deriveToken(secret, 'arrival', slot.id, slot.linkGeneration) : null,
    hostAbsence: (await queries.hostAbsenceOf(db, slot.id)) ?? null,
    guests: arriving(await queries.guestsOfDay(db, slot.dayId, slot.siteId), slot.id, now),
  }
}

/** The slot whose picture was scanned; `link-renewed` once it has another host. */
export async function resolveArrivalLink(
  db: Reader,
  secret: string,
  token: string,
): Promise<Slot | Refusal> {
  const read = readToken(token)
  const slot = read && (await slotById(db, read.id))
  if (!slot) return refuse('link-expired')
  const worth = worthOf(secret, 'arrival', token, slot.linkGeneration)
  if (worth === 'current') return slot
  return refuse(worth === 'former' ? 'link-renewed' : 'link-expired')
}

/** What whoever scanned the picture may see: who is expected, and whether they came. */
export async function scannedArrivals(db: Reader, slot: Slot, now: Date): Promise<ScannedArrivals> {
  const place = await placeOf(db, slot, now)
  const guests = arriving(await queries.guestsOfDay(db, slot.dayId, slot.siteId), slot.id, now)
  return {
    ...place,
    guests: guests
      .filter(({ standing }) => standing !== 'cancelled')
      .map(({ placementId, name, said }) => ({ placementId, name, said })),
  }
}

/** The picture of a day: how many stand where, site by site. */
export async function arrivalBoard(
  db: Reader,
  day: Day,
  maySee: (siteId: string) => boolean,
  now: Date,
): Promise<ArrivalBoard> {
  const rows = day.publishedAt ? await queries.guestsOfDay(db, day.id) : []
  const guests = rows.filter(({ siteId }) => maySee(siteId))
  const standings = (of: typeof guests) => of.flatMap((guest) => guestStanding(guest, now) ?? [])
  const bySite = Map.groupBy(guests, ({ siteId }) => siteId)
  const sites = await sitesOfRegion(db, day.regionId)
  const absent = await queries.hostAbsencesOfDay(db, day.id)
  const missing = new Set(absent.map(({ slotId }) => slotId))
  return {
    ...stateOfDay(day, guests, now),
    tally: tallyOf(standings(guests)),
    sites: sites
      .flatMap(({ id, name, town }) => {
        const here = bySite.get(id) ?? []
        const found = standings(here)
        const slots = new Set(here.flatMap(({ slotId }) => (missing.has(slotId) ? slotId : [])))
        const tally = tallyOf(found)
        return found.length > 0 ? [{ id, name, town, tally, hostsAbsent: slots.size }] : []
      })
      .sort(byTrouble),
  }
}

/** The day opens with its first meeting. */
function stateOfDay(day: Day, guests: { startsAt: Date }[], now: Date) {
  const first = guests.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())[0]
  if (!first) return { state: 'off' as const, opensAt: null }
  return { state: arrivalState(day, first, now), opensAt: arrivalWindow(day, first).opensAt }
}

/** The meetings of a site, the earliest first; those nobody ever came to or gave up are left out. */
export async function siteArrivals(
  db: Reader,
  day: Day,
  site: Site,
  now: Date,
): Promise<SiteArrivals> {
  const guests = day.publishedAt ? await queries.guestsOfDay(db, day.id, site.id) : []
  const visited = new Set(
    guests.filter((guest) => guestStanding(guest, now) !== null).map(({ slotId }) => slotId),
  )
  const slots = (await slotsOfDay(db, day.id)).filter(({ id }) => visited.has(id))
  const people = await peopleByIds(db, [...new Set(slots.map(({ hostId }) => hostId))])
  const nameOf = new Map(people.map((one) => [one.id, fullName(one)]))
  const roles = await rolesById(db, day.regionId)
  const absences = new Map(
    (await queries.hostAbsencesOfDay(db, day.id)).map(({ slotId, ...said }) => [slotId, said]),
  )
  return {
    siteId: site.id,
    siteName: site.name,
    timeZone: day.timeZone,
    slots: slots
      .map((slot) => ({
        slotId: slot.id,
        state: slot.status === 'accepted' ? arrivalState(day, slot, now) : ('off' as const),
        startsAt: slot.startsAt,
        endsAt: slot.endsAt,
        roleFr: roles.get(slot.roleId)?.nameFr ?? '',
        roleEn: roles.get(slot.roleId)?.nameEn ?? '',
        hostName: nameOf.get(slot.hostId) ?? '',
        hostAbsence: absences.get(slot.id) ?? null,
        replaceable:
          day.publishedAt !== null && isTheDay(day, now) && !handoverRefusal(slot, day, now),
        guests: arriving(guests, slot.id, now),
      }))
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()),
  }
}

type GuestRow = Awaited<ReturnType<typeof queries.guestsOfDay>>[number]

function arriving(rows: GuestRow[], slotId: string, now: Date): ArrivingGuest[] {
  return rows.flatMap((row) => {
    const standing = row.slotId === slotId ? guestStanding(row, now) : null
    if (!standing) return []
    return [{ placementId: row.placementId, name: shortName(row), standing, ...saidOf(row) }]
  })
}

const nothingSaid = { said: null, by: null, at: null, before: null, beforeBy: null }

type Said = Pick<ArrivingGuest, keyof typeof nothingSaid>

function saidOf(row: Said | undefined): Said {
  if (!row) return nothingSaid
  const { said, by, at, before, beforeBy } = row
  return { said, by, at, before, beforeBy }
}

async function placeOf(db: Reader, slot: Slot, now: Date) {
  const day = await dayOfSlot(db, slot)
  const site = await siteById(db, slot.siteId)
  const role = (await rolesOfRegion(db, slot.regionId)).find(({ id }) => id === slot.roleId)
  const [host] = await peopleByIds(db, [slot.hostId])
  return {
    state: slot.status === 'accepted' ? arrivalState(day, slot, now) : ('off' as const),
    opensAt: arrivalWindow(day, slot).opensAt,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    timeZone: day.timeZone,
    roleFr: role?.nameFr ?? '',
    roleEn: role?.nameEn ?? '',
    siteName: site?.name ?? '',
    hostName: host?.firstName ?? '',
  }
}
