import { regionById } from '#server/features/accounts/accounts.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { RoleDrawing } from '#shared/roster/roster.contract.ts'
import type { SiteKind } from '#shared/roster/roster.vocabulary.ts'
import * as queries from './roster.queries.ts'
import { standardRoleRows } from './roster.roles.ts'

/** Somebody of a region's roster. */
export interface Person {
  id: string
  regionId: string
  siteId: string
  /** null: nobody signs in as this person; reached by a printed card. */
  accountId: string | null
  employeeNumber: string
  firstName: string
  lastName: string
  email: string | null
  /** Empty when HR's file does not say, as is `jobTitle`. */
  entity: string
  jobTitle: string
  /** `YYYY-MM-DD` of whoever left the region: known by name for what they did, and not reached any more. */
  leftOn: string | null
}

export interface Site {
  id: string
  regionId: string
  code: string
  kind: SiteKind
  name: string
  address: string
  postcode: string
  town: string
  /** Decimal degrees (WGS 84); both or neither. */
  latitude: number | null
  longitude: number | null
}

export interface Role {
  id: string
  regionId: string
  code: string
  nameFr: string
  nameEn: string
  /** Three lines separated by line feeds: a morning, how demanding, what to wear. */
  teaserFr: string
  teaserEn: string
  drawing: RoleDrawing
  /** Where it is usually shadowed. */
  siteKind: SiteKind | null
}

export interface HostCandidate {
  personId: string
  siteId: string
  roleId: string
}

/** The rows of rosters that belong to an account: one per region at most in practice. */
export const membershipsOf = queries.membershipsOf

export async function personById(db: Reader, id: string): Promise<Person | undefined> {
  return (await queries.peopleByIds(db, [id]))[0]
}

/** {@link personById}, held until the transaction ends: of two who want them at one hour the second sees the first. */
export const holdPerson: (trx: Trx, id: string) => Promise<Person | undefined> = queries.holdPerson

/** Those of the ids that exist, in no particular order. */
export async function peopleByIds(db: Reader, ids: string[]): Promise<Person[]> {
  return ids.length === 0 ? [] : queries.peopleByIds(db, ids)
}

/** How to reach people of a region, found by themselves or by their accounts. */
export const contactsOf = queries.contactsOf

/** Everybody but those who left, by name. */
export function peopleOfRegion(db: Reader, regionId: string): Promise<Person[]> {
  return queries.peopleOfRegion(db, regionId)
}

/** What the people of a region are called, in no particular order. */
export const namesOfRegion: (
  db: Reader,
  regionId: string,
) => Promise<{ firstName: string; lastName: string }[]> = queries.namesOfRegion

/** Another one whenever {@link namesOfRegion} may say something else. */
export async function namesStamp(db: Reader, regionId: string): Promise<string> {
  const { people, updatedAt } = await queries.namesStamp(db, regionId)
  return `${people} ${updatedAt?.getTime()}`
}

/** Every site, by name. */
export function sitesOfRegion(db: Reader, regionId: string): Promise<Site[]> {
  return queries.sitesOfRegion(db, regionId)
}

/** The same by their ids, to look one up. */
export async function sitesById(db: Reader, regionId: string): Promise<Map<string, Site>> {
  return new Map((await sitesOfRegion(db, regionId)).map((site) => [site.id, site]))
}

export function siteById(db: Reader, id: string): Promise<Site | undefined> {
  return queries.siteById(db, id)
}

/** The jobs one can discover, in the order of the cards; retired ones are left out. */
export function rolesOfRegion(db: Reader, regionId: string): Promise<Role[]> {
  return queries.rolesOfRegion(db, regionId)
}

/** The same by their ids, to look one up. */
export async function rolesById(db: Reader, regionId: string): Promise<Map<string, Role>> {
  return new Map((await rolesOfRegion(db, regionId)).map((role) => [role.id, role]))
}

/** The job a person does, by the region's table of job titles; null when nobody can shadow it. */
export async function roleOfPerson(db: Reader, personId: string): Promise<string | null> {
  return (await queries.rolesOfPeople(db, [personId]))[0]?.roleId ?? null
}

/** {@link roleOfPerson} for many at once; whoever has none is absent. */
export async function rolesOfPeople(db: Reader, ids: string[]): Promise<Map<string, string>> {
  const rows = ids.length === 0 ? [] : await queries.rolesOfPeople(db, ids)
  return new Map(rows.map(({ personId, roleId }) => [personId, roleId]))
}

/**
 * Who could host: people whose job title stands for one of the roles, at one of the sites.
 * A list left out means any; an empty one means nobody. In the order of employee numbers.
 */
export async function hostCandidates(
  db: Reader,
  regionId: string,
  filter: { roleIds?: string[]; siteIds?: string[] } = {},
): Promise<HostCandidate[]> {
  if (filter.roleIds?.length === 0 || filter.siteIds?.length === 0) return []
  return queries.hostCandidates(db, regionId, filter)
}

/**
 * Whether somebody works at a site in a role, and has not left. It stays so until the transaction
 * ends: a file that moves them waits.
 */
export async function worksAs(
  trx: Trx,
  personId: string,
  place: { siteId: string; roleId: string },
): Promise<boolean> {
  return (await queries.holdInRole(trx, personId, place)) !== undefined
}

/** Gives a region the standard roles it does not have yet. */
export async function ensureDefaultRoles(trx: Trx, regionId: string, now: Date): Promise<void> {
  await queries.insertRoles(trx, standardRoleRows(regionId, now))
}

export const regionExists = async (db: Reader, regionId: string): Promise<boolean> =>
  (await regionById(db, regionId)) !== undefined

export interface FoundPerson extends Person {
  siteName: string
  roleId: string | null
}

/**
 * A page of people by name whose name, number, address or title holds every word looked for.
 * `namesOnly` looks at names alone; `visible` limits it to sites; `after` is the `next` of the page before.
 */
export async function findPeople(
  db: Reader,
  regionId: string,
  asked: {
    search: string
    namesOnly?: boolean
    siteId?: string | undefined
    visible?: string[] | undefined
    after?: string | undefined
    limit: number
  },
): Promise<{ people: FoundPerson[]; total: number; next: string | null }> {
  const { siteId, visible, search, namesOnly = false, limit } = asked
  const wanted =
    siteId === undefined ? visible : [siteId].filter((id) => visible?.includes(id) ?? true)
  const filter = { search, namesOnly, siteIds: wanted, after: readCursor(asked.after), limit }
  const found = await queries.peoplePage(db, regionId, filter)
  const people = found.slice(0, limit)
  const last = people.at(-1)
  return {
    people,
    total: await queries.peopleCount(db, regionId, filter),
    next: found.length > limit && last ? writeCursor(last.sortName, last.id) : null,
  }
}

const writeCursor = (name: string, id: string) => Buffer.from(`${id}${name}`).toString('base64url')

/** A cursor nobody gave out starts from the beginning: it holds nothing to protect. */
function readCursor(cursor: string | undefined): { name: string; id: string } | undefined {
  const text = Buffer.from(cursor ?? '', 'base64url').toString()
  const id = text.slice(0, 36)
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
    ? { id, name: text.slice(36) }
    : undefined
}

/** Regions in which a mail address is somebody's. */
export const regionsOfAddress = queries.regionsOfAddress
