import { absentGuests } from '#server/features/attendance/attendance.service.ts'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { slotsOfDay } from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { Audience } from '#shared/programmes/programmes.vocabulary.ts'

/** The people a programme is for, as the roster stands now, with or without an address. */
export async function audienceOf(
  db: Reader,
  regionId: string,
  audience: Audience,
): Promise<roster.Person[]> {
  const { siteIds } = audience
  const wanted = await wantedIds(db, regionId, audience)
  const people = await roster.peopleOfRegion(db, regionId)
  return people.filter(
    ({ id, siteId }) =>
      (wanted === null || wanted.has(id)) && (siteIds.length === 0 || siteIds.includes(siteId)),
  )
}

/** null: everybody. */
async function wantedIds(
  db: Reader,
  regionId: string,
  audience: Audience,
): Promise<Set<string> | null> {
  if (audience.who === 'everybody') return null
  if (audience.who === 'day') return tookPart(db, audience.dayId)
  const { roleIds } = audience
  const found = await roster.hostCandidates(db, regionId, roleIds.length > 0 ? { roleIds } : {})
  return new Set(found.map(({ personId }) => personId))
}

/** Guests who had a place and are not said to have stayed away, and the hosts who expected them. */
async function tookPart(db: Reader, dayId: string): Promise<Set<string>> {
  const absent = new Set(await absentGuests(db, dayId))
  const came = (await activePlacements(db, dayId)).filter(({ personId }) => !absent.has(personId))
  const visited = new Set(came.map(({ slotId }) => slotId))
  const hosts = (await slotsOfDay(db, dayId)).filter(({ id }) => visited.has(id))
  return new Set([...came.map(({ personId }) => personId), ...hosts.map(({ hostId }) => hostId)])
}
