import { type Insertable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { RosterTables } from './roster.table.ts'

const personColumns = [
  'people.id',
  'people.region_id as regionId',
  'people.site_id as siteId',
  'people.account_id as accountId',
  'people.employee_number as employeeNumber',
  'people.first_name as firstName',
  'people.last_name as lastName',
  'people.email',
  'people.entity',
  'people.job_title as jobTitle',
  'people.left_on as leftOn',
] as const

const siteColumns = [
  'id',
  'region_id as regionId',
  'code',
  'kind',
  'name',
  'address',
  'postcode',
  'town',
  'latitude',
  'longitude',
] as const

const roleColumns = [
  'id',
  'region_id as regionId',
  'code',
  'name_fr as nameFr',
  'name_en as nameEn',
  'teaser_fr as teaserFr',
  'teaser_en as teaserEn',
  'drawing',
  'site_kind as siteKind',
] as const

export function membershipsOf(db: Reader, accountId: string) {
  return db
    .selectFrom('people')
    .select(['id as personId', 'region_id as regionId', 'site_id as siteId'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
}

export function peopleByIds(db: Reader, ids: string[]) {
  return db.selectFrom('people').select(personColumns).where('id', 'in', ids).execute()
}

export function holdPerson(trx: Trx, id: string) {
  return trx
    .selectFrom('people')
    .select(personColumns)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export function contactsOf(
  db: Reader,
  regionId: string,
  { personIds, accountIds }: { personIds: string[]; accountIds: string[] },
) {
  return db
    .selectFrom('people')
    .select([
      'id as personId',
      'account_id as accountId',
      'first_name as firstName',
      'last_name as lastName',
      'email',
      'phone',
    ])
    .where('region_id', '=', regionId)
    .where(
      sql<boolean>`(id = any(${personIds}::uuid[]) or account_id = any(${accountIds}::uuid[]))`,
    )
    .execute()
}

export function peopleOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('people')
    .select(personColumns)
    .where('region_id', '=', regionId)
    .where('left_on', 'is', null)
    .orderBy('last_name')
    .orderBy('first_name')
    .orderBy('id')
    .execute()
}

/** First names and surnames only: what a region is called, without who is who. */
export function namesOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('people')
    .select(['first_name as firstName', 'last_name as lastName'])
    .where('region_id', '=', regionId)
    .execute()
}

export function namesStamp(db: Reader, regionId: string) {
  return db
    .selectFrom('people')
    .select((eb) => [
      eb.fn.countAll<number>().as('people'),
      eb.fn.max('updated_at').as('updatedAt'),
    ])
    .where('region_id', '=', regionId)
    .executeTakeFirstOrThrow()
}

export function sitesOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('sites')
    .select(siteColumns)
    .where('region_id', '=', regionId)
    .orderBy('name')
    .orderBy('code')
    .execute()
}

export function siteById(db: Reader, id: string) {
  return db.selectFrom('sites').select(siteColumns).where('id', '=', id).executeTakeFirst()
}

export function rolesOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('roles')
    .select(roleColumns)
    .where('region_id', '=', regionId)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('code')
    .execute()
}

export async function insertRoles(trx: Trx, rows: Insertable<RosterTables['roles']>[]) {
  await trx
    .insertInto('roles')
    .values(rows)
    .onConflict((conflict) => conflict.constraint('roles_code_once').doNothing())
    .execute()
}

const peopleWithRole = (db: Reader) =>
  db
    .selectFrom('people')
    .innerJoin('job_title_roles', (join) =>
      join
        .onRef('job_title_roles.region_id', '=', 'people.region_id')
        .onRef('job_title_roles.job_title_key', '=', 'people.job_title_key'),
    )
    .innerJoin('roles', (join) =>
      join.onRef('roles.id', '=', 'job_title_roles.role_id').on('roles.archived_at', 'is', null),
    )

export function rolesOfPeople(db: Reader, ids: string[]) {
  return peopleWithRole(db)
    .select(['people.id as personId', 'roles.id as roleId'])
    .where('people.id', 'in', ids)
    .execute()
}

export function hostCandidates(
  db: Reader,
  regionId: string,
  filter: { roleIds?: string[]; siteIds?: string[] },
) {
  let query = peopleWithRole(db)
    .select(['people.id as personId', 'people.site_id as siteId', 'roles.id as roleId'])
    .where('people.region_id', '=', regionId)
    .where('people.left_on', 'is', null)
  if (filter.roleIds) query = query.where('roles.id', 'in', filter.roleIds)
  if (filter.siteIds) query = query.where('people.site_id', 'in', filter.siteIds)
  return query.orderBy('people.employee_number').execute()
}

export function holdInRole(
  trx: Trx,
  personId: string,
  { siteId, roleId }: { siteId: string; roleId: string },
) {
  return peopleWithRole(trx)
    .select('people.id')
    .where('people.id', '=', personId)
    .where('people.site_id', '=', siteId)
    .where('roles.id', '=', roleId)
    .where('people.left_on', 'is', null)
    .forShare('people')
    .executeTakeFirst()
}

/** One statement, however many rows: they travel as one JSON value. */
export async function upsertSites(
  trx: Trx,
  regionId: string,
  rows: Omit<RosterTables['sites'], 'region_id' | 'updated_at'>[],
  now: Date,
): Promise<void> {
  await sql`insert into sites (id, region_id, code, kind, name, address, postcode, town,
      latitude, longitude, updated_at)
    select id, ${regionId}::uuid, code, kind, name, address, postcode, town,
      latitude, longitude, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (id uuid, code text, kind text,
      name text, address text, postcode text, town text,
      latitude double precision, longitude double precision)
    on conflict on constraint sites_code_once do update set kind = excluded.kind,
      name = excluded.name, address = excluded.address, postcode = excluded.postcode,
      town = excluded.town, latitude = excluded.latitude, longitude = excluded.longitude,
      updated_at = excluded.updated_at`.execute(trx)
}

/** Like {@link upsertSites}; leaves the account of whoever is known already, and brings back who left. */
export async function upsertPeople(
  trx: Trx,
  regionId: string,
  rows: Omit<RosterTables['people'], 'region_id' | 'account_id' | 'updated_at' | 'left_on'>[],
  now: Date,
): Promise<void> {
  await sql`insert into people (id, region_id, site_id, employee_number, last_name, first_name,
      email, phone, entity, job_title, job_title_key, updated_at)
    select id, ${regionId}::uuid, site_id, employee_number, last_name, first_name,
      email, phone, entity, job_title, job_title_key, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (id uuid, site_id uuid,
      employee_number text, last_name text, first_name text, email text, phone text,
      entity text, job_title text, job_title_key text)
    on conflict on constraint people_number_once do update set site_id = excluded.site_id,
      last_name = excluded.last_name, first_name = excluded.first_name, email = excluded.email,
      phone = excluded.phone, entity = excluded.entity, job_title = excluded.job_title,
      job_title_key = excluded.job_title_key, updated_at = excluded.updated_at, left_on = null`.execute(
    trx,
  )
}

export function peopleForLinking(trx: Trx, regionId: string) {
  return trx
    .selectFrom('people')
    .select(['id', 'email', 'account_id as accountId'])
    .select(sql<string>`first_name || ' ' || last_name`.as('displayName'))
    .where('region_id', '=', regionId)
    .execute()
}

export async function linkPeople(
  trx: Trx,
  links: { id: string; accountId: string | null }[],
): Promise<void> {
  const rows = JSON.stringify(links.map(({ id, accountId }) => ({ id, account_id: accountId })))
  await sql`update people set account_id = row.account_id
    from json_to_recordset(${rows}::json) as row (id uuid, account_id uuid)
    where people.id = row.id`.execute(trx)
}

export async function upsertJobTitles(
  trx: Trx,
  rows: Insertable<RosterTables['job_title_roles']>[],
): Promise<void> {
  await trx
    .insertInto('job_title_roles')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .constraint('job_title_roles_pk')
        .doUpdateSet(({ ref }) => ({ role_id: ref('excluded.role_id') })),
    )
    .execute()
}

/** The region's table of job titles, by key. */
export function jobTitleRoles(db: Reader, regionId: string) {
  return db
    .selectFrom('job_title_roles')
    .leftJoin('roles', 'roles.id', 'job_title_roles.role_id')
    .select(['job_title_roles.job_title_key as key', 'roles.code as roleCode'])
    .where('job_title_roles.region_id', '=', regionId)
    .execute()
}

/** Titles people have, the most frequent spelling of each, with the role they stand for. */
export async function jobTitlesInUse(db: Reader, regionId: string) {
  return db
    .selectFrom('people')
    .leftJoin('job_title_roles', (join) =>
      join
        .onRef('job_title_roles.region_id', '=', 'people.region_id')
        .onRef('job_title_roles.job_title_key', '=', 'people.job_title_key'),
    )
    .select([
      sql<string>`mode() within group (order by people.job_title)`.as('title'),
      sql<number>`count(*)::integer`.as('people'),
      'job_title_roles.role_id as roleId',
    ])
    .where('people.region_id', '=', regionId)
    .where('people.left_on', 'is', null)
    .where('people.job_title_key', '<>', '')
    .groupBy(['people.job_title_key', 'job_title_roles.role_id'])
    .orderBy('people', 'desc')
    .orderBy('title')
    .execute()
}

export interface PeopleFilter {
  search: string
  /** By nothing but their names, for who may not learn the rest. */
  namesOnly: boolean
  /** undefined: every site. */
  siteIds: string[] | undefined
  after: { name: string; id: string } | undefined
  limit: number
}

/** Names as one looks them up: « Éric » between « Emma » and « Fabien ». */
const sortName = sql<string>`lower(unaccent(people.last_name || ' ' || people.first_name))`

const searchedNames = sql`people.last_name || ' ' || people.first_name`
const searchedAll = sql`people.last_name || ' ' || people.first_name || ' '
  || people.employee_number || ' ' || coalesce(people.email, '') || ' '
  || people.job_title`

function peopleFound(db: Reader, regionId: string, { search, namesOnly, siteIds }: PeopleFilter) {
  const searched = namesOnly ? searchedNames : searchedAll
  let query = db
    .selectFrom('people')
    .where('people.region_id', '=', regionId)
    .where('people.left_on', 'is', null)
  if (siteIds) query = query.where(sql<boolean>`people.site_id = any(${siteIds}::uuid[])`)
  for (const word of search.split(/\s+/).filter(Boolean)) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(sql<boolean>`lower(unaccent(${searched})) like lower(unaccent(${pattern}))`)
  }
  return query
}

/** A page of people by name, starting after the name and id of `after`. */
export function peoplePage(db: Reader, regionId: string, filter: PeopleFilter) {
  let query = peopleFound(db, regionId, filter)
    .innerJoin('sites', 'sites.id', 'people.site_id')
    .leftJoin('job_title_roles', (join) =>
      join
        .onRef('job_title_roles.region_id', '=', 'people.region_id')
        .onRef('job_title_roles.job_title_key', '=', 'people.job_title_key'),
    )
    .select(personColumns)
    .select(['sites.name as siteName', 'job_title_roles.role_id as roleId'])
    .select(sortName.as('sortName'))
  if (filter.after) {
    const { name, id } = filter.after
    query = query.where(sql<boolean>`(${sortName}, people.id) > (${name}, ${id}::uuid)`)
  }
  return query
    .orderBy(sortName)
    .orderBy('people.id')
    .limit(filter.limit + 1)
    .execute()
}

export async function peopleCount(db: Reader, regionId: string, filter: PeopleFilter) {
  const row = await peopleFound(db, regionId, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Everybody of a region as the import compares them: whoever left comes back as somebody new. */
export function peopleForJudging(db: Reader, regionId: string) {
  return db
    .selectFrom('people')
    .innerJoin('sites', 'sites.id', 'people.site_id')
    .select([
      'people.account_id as accountId',
      'people.employee_number as employeeNumber',
      'people.last_name as lastName',
      'people.first_name as firstName',
      'people.email',
      'people.phone',
      'people.entity',
      'people.job_title as jobTitle',
      'sites.code as siteCode',
    ])
    .where('people.region_id', '=', regionId)
    .where('people.left_on', 'is', null)
    .execute()
}

/** Those of a region who have these employee numbers and have not left, with a lock on each. */
export function lockByNumbers(trx: Trx, regionId: string, employeeNumbers: string[]) {
  return trx
    .selectFrom('people')
    .select(personColumns)
    .where('region_id', '=', regionId)
    .where('left_on', 'is', null)
    .where(sql<boolean>`employee_number = any(${employeeNumbers}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** They stay known by name; how to reach them, and as whom they sign in, goes. */
export async function markLeft(trx: Trx, ids: string[], leftOn: string): Promise<void> {
  await trx
    .updateTable('people')
    .set({ left_on: leftOn, email: null, phone: null, account_id: null })
    .where('id', 'in', ids)
    .execute()
}

/** Which of these accounts are still somebody’s. */
export async function accountsInUse(db: Reader, accountIds: string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('people')
    .select('account_id')
    .distinct()
    .where('account_id', 'in', accountIds)
    .execute()
  return rows.flatMap((row) => row.account_id ?? [])
}

/** Regions in which an address, compared in lower case, is somebody's. */
export async function regionsOfAddress(db: Reader, address: string): Promise<string[]> {
  const rows = await db
    .selectFrom('people')
    .select('region_id as regionId')
    .where(sql<boolean>`lower(email) = lower(${address})`)
    .distinct()
    .execute()
  return rows.map(({ regionId }) => regionId)
}
