import { type Insertable, sql } from 'kysely'
import type { Database, Reader, Trx } from '#server/platform/postgres/database.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { AccountsTables } from './accounts.table.ts'

export function accountByEmail(db: Reader, email: string) {
  return db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirst()
}

export function accountById(db: Reader, id: string) {
  return db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Inserts those whose address is new; an existing account keeps its name and language. */
export async function insertAccounts(
  trx: Trx,
  rows: Insertable<AccountsTables['accounts']>[],
): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('accounts')
    .values(rows)
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute()
}

/** Opens those that were closed and are somebody’s again. */
export async function reopenAccounts(trx: Trx, emails: string[]): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({ closed_at: null })
    .where('email', 'in', emails)
    .where('closed_at', 'is not', null)
    .execute()
}

export async function closeAccounts(trx: Trx, ids: string[], now: Date): Promise<void> {
  await trx.updateTable('accounts').set({ closed_at: now }).where('id', 'in', ids).execute()
}

export function accountIdsByEmail(db: Reader, emails: string[]) {
  return db.selectFrom('accounts').select(['id', 'email']).where('email', 'in', emails).execute()
}

export async function setLanguage(db: Database, accountId: string, language: Language) {
  await db.updateTable('accounts').set({ language }).where('id', '=', accountId).execute()
}

/** The addresses of these accounts' feeds lead nowhere from now on. */
export async function raiseFeedGeneration(trx: Reader, accountIds: string[]): Promise<void> {
  await trx
    .updateTable('accounts')
    .set((row) => ({ feed_generation: row('feed_generation', '+', 1) }))
    .where('id', 'in', accountIds)
    .execute()
}

export async function insertSignInLink(
  trx: Trx,
  row: Insertable<AccountsTables['sign_in_links']>,
): Promise<void> {
  await trx.insertInto('sign_in_links').values(row).execute()
}

export function signInLinkByHash(db: Reader, tokenHash: string) {
  return db
    .selectFrom('sign_in_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** True for exactly one of any number of simultaneous callers. */
export async function consumeSignInLink(trx: Trx, id: string, now: Date): Promise<boolean> {
  const result = await trx
    .updateTable('sign_in_links')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function deleteOldSignInLinks(db: Database, before: Date): Promise<void> {
  await db.deleteFrom('sign_in_links').where('expires_at', '<', before).execute()
}

export async function insertSession(
  trx: Trx,
  row: Insertable<AccountsTables['sessions']>,
): Promise<void> {
  await trx.insertInto('sessions').values(row).execute()
}

export function liveSession(db: Reader, tokenHash: string, now: Date) {
  return db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select([
      'sessions.id as sessionId',
      'sessions.last_seen_at as lastSeenAt',
      'accounts.id as accountId',
      'accounts.language',
    ])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.expires_at', '>', now)
    .where('sessions.revoked_at', 'is', null)
    .executeTakeFirst()
}

export async function touchSession(db: Reader, id: string, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', id).execute()
}

export function sessionsOf(db: Reader, accountId: string, now: Date) {
  return db
    .selectFrom('sessions')
    .select(['id', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .execute()
}

export async function revokeSession(db: Reader, accountId: string, id: string, now: Date) {
  await db
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .execute()
}

export function grantsOf(db: Reader, accountId: string) {
  return db
    .selectFrom('grants')
    .select(['kind', 'region_id as regionId', 'site_id as siteId'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute()
}

export function directorsOf(db: Reader, regionId: string) {
  return db
    .selectFrom('grants')
    .innerJoin('accounts', 'accounts.id', 'grants.account_id')
    .select(['accounts.display_name as displayName', 'accounts.email', 'accounts.language'])
    .where('grants.region_id', '=', regionId)
    .where('grants.kind', '=', 'director')
    .orderBy('accounts.display_name')
    .execute()
}

export function coordinatorsOf(db: Reader, regionId: string, siteId: string) {
  return db
    .selectFrom('grants')
    .innerJoin('accounts', 'accounts.id', 'grants.account_id')
    .select(['accounts.id as accountId', 'accounts.display_name as displayName', 'accounts.email'])
    .where('grants.region_id', '=', regionId)
    .where('grants.site_id', '=', siteId)
    .where('grants.kind', '=', 'coordinator')
    .orderBy('accounts.display_name')
    .execute()
}

export function grantsOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('grants')
    .innerJoin('accounts', 'accounts.id', 'grants.account_id')
    .select([
      'grants.id',
      'grants.kind',
      'accounts.display_name as displayName',
      'accounts.email',
      'grants.site_id as siteId',
      'grants.granted_at as grantedAt',
    ])
    .where('grants.region_id', '=', regionId)
    .orderBy('grants.kind', 'desc')
    .orderBy('accounts.display_name')
    .execute()
}

export async function insertGrant(
  trx: Trx,
  row: Insertable<AccountsTables['grants']>,
): Promise<void> {
  await trx.insertInto('grants').values(row).execute()
}

export function grantById(db: Reader, id: string) {
  return db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function deleteGrant(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('grants').where('id', '=', id).execute()
}

export async function insertRegion(
  trx: Trx,
  row: Insertable<AccountsTables['regions']>,
): Promise<void> {
  await trx.insertInto('regions').values(row).execute()
}

const regionColumns = ['id', 'slug', 'name', 'time_zone as timeZone'] as const

export function languagesOf(db: Reader, accountIds: string[]) {
  return db
    .selectFrom('accounts')
    .select(['id', 'language'])
    .where(sql<boolean>`id = any(${accountIds}::uuid[])`)
    .execute()
}

export function regionById(db: Reader, id: string) {
  return db.selectFrom('regions').select(regionColumns).where('id', '=', id).executeTakeFirst()
}

export function allRegions(db: Reader) {
  return db.selectFrom('regions').select(regionColumns).orderBy('name').execute()
}

export function regionsByIds(db: Reader, ids: string[]) {
  return db
    .selectFrom('regions')
    .select(regionColumns)
    .where('id', 'in', ids)
    .orderBy('name')
    .execute()
}

export function accountsWithGrants(db: Reader) {
  return db
    .selectFrom('accounts')
    .select(['id', 'email'])
    .where('id', 'in', (eb) => eb.selectFrom('grants').select('account_id'))
    .execute()
}

export async function setDisplayNames(trx: Trx, rows: { id: string; name: string }[]) {
  await sql`update accounts set display_name = row.name
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (id uuid, name text)
    where accounts.id = row.id and accounts.display_name <> row.name`.execute(trx)
}

export async function revokeAllSessions(trx: Trx, accountIds: string[], now: Date) {
  await trx
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`account_id = any(${accountIds}::uuid[])`)
    .execute()
}

export async function expireSignInLinks(trx: Trx, accountIds: string[], now: Date) {
  await trx
    .updateTable('sign_in_links')
    .set({ expires_at: now })
    .where('used_at', 'is', null)
    .where(sql<boolean>`account_id = any(${accountIds}::uuid[])`)
    .execute()
}
