import { regionById } from '#server/features/accounts/accounts.service.ts'
import { type Day, isOver, periodsOfDay, timeOf } from '#server/features/days/days.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import {
  hostCandidates,
  peopleByIds,
  type Role,
  rolesById,
  rolesOfRegion,
  type Site,
  siteById,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { linkPaths } from '#server/links.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Coverage, HostCard, HostSlot, SiteOffers } from '#shared/slots/slots.contract.ts'
import type { SlotLanguage } from '#shared/slots/slots.vocabulary.ts'
import * as queries from './slots.queries.ts'
import { cardCode } from './slots.rules.ts'
import { dayOfSlot, type Slot } from './slots.service.ts'
import { isClosed } from './slots.settled.ts'

/** Why hosts and coordinators can no longer change anything; null while they can. */
function settledReason(day: Day, now: Date): HostSlot['day']['settled'] {
  if (day.cancelledAt) return 'cancelled'
  return isOver(day, now) ? 'over' : null
}

/** A day as a host sees it. */
export async function hostDay(db: Reader, day: Day, now: Date): Promise<HostSlot['day']> {
  return {
    id: day.id,
    name: day.name,
    date: day.date,
    timeZone: day.timeZone,
    offersCloseAt: day.offersCloseAt,
    offersClosed: isClosed(day, now),
    releaseRequired: day.releaseRequired,
    settled: settledReason(day, now),
    published: day.publishedAt !== null,
    periods: await periodsOfDay(db, day.id),
  }
}

/** A slot as its host sees it: their first name, nobody's address. */
export async function hostSlot(db: Reader, slot: Slot, now: Date): Promise<HostSlot> {
  const day = await dayOfSlot(db, slot)
  const [host] = await peopleByIds(db, [slot.hostId])
  const site = await siteById(db, slot.siteId)
  const role = (await rolesOfRegion(db, slot.regionId)).find(({ id }) => id === slot.roleId)
  return {
    details: {
      periodId: slot.periodId,
      startsAt: timeOf(slot.startsAt, day.timeZone),
      endsAt: timeOf(slot.endsAt, day.timeZone),
      capacity: slot.capacity,
      noCalls: slot.noCalls,
      accessible: slot.accessible,
      safetyEquipment: slot.safetyEquipment,
      languages: slot.languages as SlotLanguage[],
      note: slot.note,
    },
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    status: slot.status,
    release: slot.release,
    refusedReason: slot.refusedReason,
    host: { firstName: host?.firstName ?? '' },
    region: { name: (await regionById(db, slot.regionId))?.name ?? '' },
    day: await hostDay(db, day, now),
    site: sitePlace(site),
    role: roleFace(role),
  }
}

export const sitePlace = (site: Site | undefined): HostSlot['site'] => ({
  name: site?.name ?? '',
  address: site?.address ?? '',
  postcode: site?.postcode ?? '',
  town: site?.town ?? '',
})

/** A retired role keeps its slots, under a face of its own. */
export const roleFace = (role: Role | undefined): HostSlot['role'] => ({
  nameFr: role?.nameFr ?? '',
  nameEn: role?.nameEn ?? '',
  drawing: role?.drawing ?? 'heart',
})

const roleChoice = ({ id, nameFr, nameEn, drawing }: Role) => ({ id, nameFr, nameEn, drawing })

/** The offers of a site with its limits; `not-found` for a site of another region. */
export async function siteOffers(
  db: Reader,
  day: Day,
  siteId: string,
  now: Date,
): Promise<SiteOffers | Refusal> {
  const site = await siteById(db, siteId)
  if (!site || site.regionId !== day.regionId) return refuse('not-found')
  const slots = await queries.slotsOfSite(db, day.id, siteId)
  const hosts = await peopleByIds(db, [...new Set(slots.map((slot) => slot.hostId))])
  const hostOf = new Map(hosts.map((host) => [host.id, host]))
  const caps = (await queries.capsOfDay(db, day.id)).filter((cap) => cap.siteId === siteId)
  return {
    site: { id: site.id, name: site.name, town: site.town },
    releaseRequired: day.releaseRequired,
    timeZone: day.timeZone,
    settled: settledReason(day, now),
    published: day.publishedAt !== null,
    periods: await periodsOfDay(db, day.id),
    roles: (await rolesOfRegion(db, day.regionId)).map(roleChoice),
    offers: slots.map((slot) => {
      const host = hostOf.get(slot.hostId)
      const hostName = host ? fullName(host) : ''
      return { ...slot, hostName, hostHasMail: Boolean(host?.email) }
    }),
    limit: await queries.siteLimit(db, day.id, siteId),
    caps: caps.map(({ periodId, capacity }) => ({ periodId, capacity })),
  }
}

/**
 * The cards of a site's hosts without mail. Hosts who have mail get none: their answer is theirs,
 * and a card in somebody else's hands could give it.
 */
export async function hostCards(
  db: Reader,
  { secret, publicUrl }: { secret: string; publicUrl: string },
  day: Day,
  siteId: string,
): Promise<HostCard[]> {
  const slots = (await queries.slotsOfSite(db, day.id, siteId)).filter(
    (slot) => slot.status !== 'closed',
  )
  const hosts = await peopleByIds(db, [...new Set(slots.map((slot) => slot.hostId))])
  const withoutMail = new Map(hosts.filter(({ email }) => !email).map((host) => [host.id, host]))
  const roles = await rolesById(db, day.regionId)
  return slots.flatMap((slot) => {
    const host = withoutMail.get(slot.hostId)
    if (!host) return []
    const role = roleFace(roles.get(slot.roleId))
    const token = deriveToken(secret, 'slot', slot.id, slot.linkGeneration)
    return {
      slotId: slot.id,
      hostName: fullName(host),
      code: cardCode(secret, slot.id, slot.linkGeneration),
      link: publicUrl + linkPaths.slot + token,
      roleNameFr: role.nameFr,
      roleNameEn: role.nameEn,
      timeZone: day.timeZone,
      startsAt: slot.startsAt,
      endsAt: slot.endsAt,
    }
  })
}

/** Places per site, role and period, against the guests expected, shared out by candidates. */
export async function coverage(db: Reader, day: Day): Promise<Coverage> {
  const candidates = await hostCandidates(db, day.regionId)
  const bySite = new Map<string, number>()
  for (const { siteId } of candidates) bySite.set(siteId, (bySite.get(siteId) ?? 0) + 1)
  const cells = await queries.coverageCells(db, day.id, day.releaseRequired)
  const used = new Set([...bySite.keys(), ...cells.map(({ siteId }) => siteId)])
  const sites = (await sitesOfRegion(db, day.regionId)).filter(({ id }) => used.has(id))
  const target = (count: number) =>
    day.expectedGuests === null || candidates.length === 0
      ? null
      : Math.ceil((day.expectedGuests * count) / candidates.length)
  return {
    periods: await periodsOfDay(db, day.id),
    roles: (await rolesOfRegion(db, day.regionId)).map(roleChoice),
    expectedGuests: day.expectedGuests,
    sites: sites.map(({ id, name, kind, town, postcode, latitude, longitude }) => {
      const count = bySite.get(id) ?? 0
      // French departments are the first two digits of a postcode; overseas, three.
      const department = postcode.slice(0, postcode.startsWith('97') ? 3 : 2)
      const place = { id, name, kind, town, department, latitude, longitude }
      return { ...place, candidates: count, target: target(count) }
    }),
    cells,
  }
}
