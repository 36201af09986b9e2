import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { otherIrritant } from '#server/features/days/days.rules.ts'
import * as days from '#server/features/days/days.service.ts'
import * as matching from '#server/features/matching/matching.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  NamedObservation,
  NameFilter,
  Observing,
  observationSchema,
} from '#shared/observations/observations.contract.ts'
import { nameFilter } from './observations.names.rules.ts'
import * as queries from './observations.queries.ts'
import { isObservable, observingWindow, type Participation } from './observations.rules.ts'
import type { ObservationsTables } from './observations.table.ts'

export { picturesOf, tellable, toldRoles } from './observations.pictures.ts'

/** What was seen, already checked by the contract. */
export type Seen = z.output<typeof observationSchema>

export const credentialKind = 'observe'
/** What a day begins with; its director can replace it, and its window ends it. */
const firstCredential = 1

/** Which of its shared credentials a day has now. */
export const credentialGeneration = async (db: Reader, dayId: string): Promise<number> =>
  (await queries.credentialGeneration(db, dayId)) ?? firstCredential

const saltLength = 8

/** The credential all participants of a day share: it says « takes part », never who. */
async function sharedCredential(db: Reader, secret: string, dayId: string): Promise<string> {
  return deriveToken(secret, credentialKind, dayId, await credentialGeneration(db, dayId))
}

/**
 * Replaces the credential of a day: whoever had the former one sends nothing with it any more, and
 * participants are given the new one with the Observe page. What was received stays.
 */
export async function renewCredential(
  trx: Trx,
  day: days.Day,
  accountId: string,
  now: Date,
): Promise<Refusal | undefined> {
  if (!isObservable(day, now)) return refuse('observing-closed')
  await queries.raiseCredential(trx, day.id)
  const entry = { regionId: day.regionId, accountId, subjectId: day.id }
  await recordAudit(trx, { ...entry, action: 'observations.renew-credential' }, now)
}

/** Everybody who lives the day: guests placed, and hosts of accepted slots somebody comes to. */
export async function participationsOf(db: Reader, dayId: string): Promise<Participation[]> {
  const placements = await matching.activePlacements(db, dayId)
  return livedIn(await slots.slotsOfDay(db, dayId), placements)
}

/** The same of one site: what a crowd is counted in. */
export async function participationsAt(
  db: Reader,
  dayId: string,
  siteId: string,
): Promise<Participation[]> {
  const there = await slots.slotsOfSite(db, dayId, siteId)
  const ids = there.map(({ id }) => id)
  return livedIn(there, await matching.activePlacementsOfSlots(db, ids))
}

/**
 * What one person lives that day; empty for whoever does not take part. Read by their own rows: on the
 * day itself everybody asks in the same minute.
 */
export async function participationsOfPerson(
  db: Reader,
  dayId: string,
  personId: string,
): Promise<Participation[]> {
  const placement = await matching.activePlacementOf(db, dayId, personId)
  const visited = placement && (await slots.slotById(db, placement.slotId))
  const hosted = await slots.slotsOfHost(db, dayId, personId)
  const coming = await matching.activePlacementsOfSlots(
    db,
    hosted.map(({ id }) => id),
  )
  const known = [...(visited ? [visited] : []), ...hosted]
  const own = livedIn(known, [...(placement ? [placement] : []), ...coming])
  return own.filter((one) => one.personId === personId)
}

function livedIn(
  known: readonly slots.Slot[],
  placements: readonly matching.Placement[],
): Participation[] {
  const byId = new Map(known.map((slot) => [slot.id, slot]))
  const guests = placements.flatMap(({ personId, slotId }) => {
    const slot = byId.get(slotId)
    return slot
      ? [{ personId, siteId: slot.siteId, roleId: slot.roleId, as: 'guest' as const }]
      : []
  })
  const visited = new Set(placements.map(({ slotId }) => slotId))
  const hosts = [...byId.values()]
    .filter((slot) => slot.status === 'accepted' && visited.has(slot.id))
    .map(({ hostId, siteId, roleId }) => ({
      personId: hostId,
      siteId,
      roleId,
      as: 'host' as const,
    }))
  return [...guests, ...hosts]
}

/** The last made of each day or programme, kept for as long as the roster says the same. */
const filters = new Map<string, { stamp: string; filter: NameFilter }>()
const mostFilters = 20

/**
 * What recognises the names of a region in a text, and lists none of them, for a day or a programme. Made once for all who open
 * the page, since it takes longer than everything else they are given.
 */
export async function namesToSpot(
  db: Reader,
  { id, regionId }: Pick<days.Day, 'id' | 'regionId'>,
): Promise<NameFilter> {
  const stamp = await roster.namesStamp(db, regionId)
  const kept = filters.get(id)
  if (kept?.stamp === stamp) return kept.filter
  // A salt of its own: a table made against one filter helps against no other.
  const salt = id.slice(-saltLength)
  const filter = nameFilter(await roster.namesOfRegion(db, regionId), salt)
  if (filters.size >= mostFilters) filters.clear()
  filters.set(id, { stamp, filter })
  return filter
}

/** All the Observe page needs. */
export async function observing(
  db: Reader,
  day: days.Day,
  own: readonly Participation[],
  secret: string,
  now: Date,
): Promise<Observing> {
  const focus = new Set((await days.dayDetails(db, day.id))?.focusIrritantIds)
  return {
    dayId: day.id,
    dayName: day.name,
    ...observingWindow(day),
    open: isObservable(day, now),
    cancelled: day.cancelledAt !== null,
    credential: await sharedCredential(db, secret, day.id),
    irritants: (await days.irritantsOfRegion(db, day.regionId)).map((irritant) => ({
      ...namesOf(irritant),
      focus: focus.has(irritant.id),
      needsWords: needsWords(irritant),
    })),
    roles: (await roster.rolesOfRegion(db, day.regionId)).map(namesOf),
    names: await namesToSpot(db, day),
    own: own.map(({ roleId, siteId, as }) => ({ roleId, siteId, as })),
  }
}

export const namesOf = ({
  id,
  nameFr,
  nameEn,
}: {
  id: string
  nameFr: string
  nameEn: string
}) => ({
  id,
  nameFr,
  nameEn,
})

/**
 * Why this cannot be taken: an irritant or a role that the region does not offer, or something else
 * than its irritants without a word of what; undefined where nothing stands against it.
 */
export async function refusalOf(
  db: Reader,
  regionId: string,
  seen: Pick<Seen, 'irritantId' | 'roleId' | 'situation'>,
): Promise<Refusal | undefined> {
  const irritants = await days.irritantsOfRegion(db, regionId)
  const roles = await roster.rolesOfRegion(db, regionId)
  const irritant = irritants.find(({ id }) => id === seen.irritantId)
  if (!irritant || !roles.some(({ id }) => id === seen.roleId)) return refuse('not-found')
  return needsWords(irritant) && seen.situation === '' ? refuse('words-needed') : undefined
}

const needsWords = ({ code }: { code: string }) => code === otherIrritant

/**
 * Records what somebody saw under their name, or corrects it: the client's id makes a repetition
 * harmless. Somebody else's id, or one withdrawn, is a conflict.
 */
export async function putNamed(
  trx: Trx,
  day: days.Day,
  own: readonly Participation[],
  id: string,
  seen: Seen,
  now: Date,
): Promise<NamedObservation | Refusal> {
  if (!isObservable(day, now)) return refuse('observing-closed')
  const refused = await refusalOf(trx, day.regionId, seen)
  if (refused) return refused
  const place = own.find(({ roleId }) => roleId === seen.roleId) ?? own[0]
  if (!place) return refuse('not-taking-part')
  const content = contentColumns(seen)
  const isNew = await queries.insertObservation(trx, {
    id,
    region_id: day.regionId,
    day_id: day.id,
    ...content,
    site_id: place.siteId,
    anonymous: false,
    author_id: place.personId,
    observed_at: now,
    secret_hash: null,
    withdrawn: false,
  })
  if (!isNew) {
    const found = await queries.lockObservation(trx, id)
    const isTheirs = found?.author_id === place.personId && found.day_id === day.id
    if (!isTheirs || found.withdrawn) return refuse('conflict')
    await queries.updateObservation(trx, id, { ...content, site_id: place.siteId })
  }
  const kept = await queries.observationById(trx, id)
  return kept ? presentNamed(kept) : refuse('conflict')
}

const contentColumns = (seen: Seen) => ({
  role_id: seen.roleId,
  irritant_id: seen.irritantId,
  moment: seen.moment,
  frequency: seen.frequency,
  severity: seen.severity,
  situation: seen.situation,
  idea: seen.idea,
  unmasked: seen.unmasked,
  idea_from: ideaSourceOf(seen),
})

/** Nobody’s idea is nobody’s. */
export const ideaSourceOf = ({ idea, ideaFrom }: Pick<Seen, 'idea' | 'ideaFrom'>) =>
  idea === '' ? null : ideaFrom

/** Empties and uncounts what its author takes back, at any time; again changes nothing. */
export async function withdrawNamed(
  trx: Trx,
  dayId: string,
  personId: string,
  id: string,
): Promise<Refusal | undefined> {
  const found = await queries.lockObservation(trx, id)
  if (!found || found.day_id !== dayId || found.author_id !== personId) return refuse('not-found')
  await queries.updateObservation(trx, id, {
    withdrawn: true,
    situation: '',
    idea: '',
    unmasked: false,
    idea_from: null,
    site_id: null,
  })
}

/** What one person observed under their name that day, the latest first. */
export async function observationsOf(
  db: Reader,
  dayId: string,
  personId: string,
): Promise<NamedObservation[]> {
  return (await queries.observationsOfAuthor(db, dayId, personId)).map(presentNamed)
}

function presentNamed(row: Selectable<ObservationsTables['observations']>): NamedObservation {
  return {
    id: row.id,
    irritantId: row.irritant_id,
    roleId: row.role_id,
    moment: row.moment,
    frequency: row.frequency,
    severity: row.severity,
    situation: row.situation,
    idea: row.idea,
    unmasked: row.unmasked,
    ideaFrom: row.idea_from,
    observedAt: row.observed_at ?? new Date(0),
    withdrawn: row.withdrawn,
  }
}

/** How many observations of a day stand: received, released, not withdrawn. */
export const countObservations: (db: Reader, dayId: string) => Promise<number> = queries.countOfDay

/** Of these, the observations of a day that stand and say something; no author, role or site. */
export async function quotable(db: Reader, dayId: string, ids: readonly string[]) {
  return ids.length > 0 ? queries.wordsOf(db, dayId, ids) : []
}

/** What was ever written in a region about an irritant and stands: to compare with, never to show. */
export const wordsAboutIrritant: (
  db: Reader,
  regionId: string,
  irritantId: string,
) => Promise<string[]> = queries.wordsAboutIrritant
