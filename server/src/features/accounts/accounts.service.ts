import type { Grant } from '#server/platform/actor.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { capabilityPlaceholder, deriveToken } from '#server/platform/capabilities.ts'
import { newId } from '#server/platform/identity.ts'
import { enqueueMails } from '#server/platform/outbox/outbox.service.ts'
import {
  brokenConstraint,
  type Database,
  type Reader,
  type Trx,
} from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { hashToken, newToken } from '#server/platform/secrets.ts'
import type { GrantKind, Region } from '#shared/accounts/accounts.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { signInMail } from './accounts.mails.ts'
import * as queries from './accounts.queries.ts'
import { minutesAfter, sessionDays, signInLinkMinutes, slugOf } from './accounts.rules.ts'

export { slugOf }

/** A session lasting unseen this long is noted again; finer would be a write per click. */
const touchAfterMinutes = 10

/**
 * Sends a sign-in link if the address has an account, and does nothing visible otherwise.
 * Only the token's hash is stored; the mail holds a placeholder until it leaves.
 */
export async function sendSignInLink(
  trx: Trx,
  email: string,
  { secret, mailDomain }: { secret: string; mailDomain: string },
  now: Date,
): Promise<void> {
  const account = await queries.accountByEmail(trx, email)
  if (!account || account.closed_at) return
  const link = await issueSignInLink(trx, account.id, secret, now)
  await enqueueMails(
    trx,
    [
      {
        regionId: null,
        purpose: 'sign-in',
        to: { name: account.display_name, address: account.email },
        language: account.language,
        ...signInMail(account.language, account.display_name, link.placeholder),
      },
    ],
    now,
    mailDomain,
  )
}

/** Makes a single-use link; also used by the demo to print one per kind of person. */
export async function issueSignInLink(trx: Trx, accountId: string, secret: string, now: Date) {
  const id = newId(now)
  const token = deriveToken(secret, 'sign-in', id, 1)
  await queries.insertSignInLink(trx, {
    id,
    account_id: accountId,
    token_hash: hashToken(token),
    created_at: now,
    expires_at: minutesAfter(now, signInLinkMinutes),
    used_at: null,
  })
  return { token, placeholder: capabilityPlaceholder('sign-in', id, 1) }
}

/**
 * Exchanges a link's token for a session, once, however many callers try at the same time.
 * @returns the session's own secret, of which the database keeps only the hash.
 */
export async function signIn(
  trx: Trx,
  token: string,
  now: Date,
): Promise<{ accountId: string; sessionId: string; sessionToken: string } | Refusal> {
  const link = await queries.signInLinkByHash(trx, hashToken(token))
  if (!link) return refuse('link-expired')
  if (!(await queries.consumeSignInLink(trx, link.id, now))) {
    const used = (await queries.signInLinkByHash(trx, hashToken(token)))?.used_at
    return refuse(used ? 'link-used' : 'link-expired')
  }
  const sessionToken = newToken()
  const sessionId = newId(now)
  await queries.insertSession(trx, {
    id: sessionId,
    account_id: link.account_id,
    token_hash: hashToken(sessionToken),
    created_at: now,
    last_seen_at: now,
    expires_at: minutesAfter(now, sessionDays * 24 * 60),
    revoked_at: null,
  })
  return { accountId: link.account_id, sessionId, sessionToken }
}

/** Who holds a session token, with what they are trusted with; undefined once revoked or over. */
export async function holderOf(
  db: Reader,
  sessionToken: string,
  now: Date,
): Promise<
  { accountId: string; sessionId: string; language: Language; grants: Grant[] } | undefined
> {
  const session = await queries.liveSession(db, hashToken(sessionToken), now)
  if (!session) return undefined
  if (now.getTime() - session.lastSeenAt.getTime() > touchAfterMinutes * 60_000) {
    await queries.touchSession(db, session.sessionId, now)
  }
  const grants = await queries.grantsOf(db, session.accountId)
  return {
    accountId: session.accountId,
    sessionId: session.sessionId,
    language: session.language,
    grants,
  }
}

export const accountById = queries.accountById
export const sessionsOf = queries.sessionsOf
export const revokeSession = queries.revokeSession
export const grantsOf = queries.grantsOf
export const grantsOfRegion = queries.grantsOfRegion
export const setLanguage = queries.setLanguage
export const regionById = queries.regionById
/** Where a region is, as the name of its time zone. */
export const timeZoneOf = async (db: Reader, regionId: string): Promise<string> =>
  (await queries.regionById(db, regionId))?.timeZone ?? 'UTC'
/** Who directs a region, and in which language to write to them. */
export const directorsOf = queries.directorsOf
/** Who coordinates a site, by name. */
export const coordinatorsOf = queries.coordinatorsOf
export const allRegions = queries.allRegions

/** The language each account reads, by account id. */
export async function languagesOf(db: Reader, accountIds: string[]) {
  const rows = await queries.languagesOf(db, accountIds)
  return new Map(rows.map(({ id, language }) => [id, language]))
}

/** The regions with these ids, by name; none for none. */
export async function regionsByIds(db: Reader, ids: string[]): Promise<Region[]> {
  return ids.length === 0 ? [] : queries.regionsByIds(db, ids)
}

/**
 * Makes sure every address has an account, and tells which. Existing accounts keep their name and
 * language: people chose those themselves.
 * @returns account id by address (lower case).
 */
export async function ensureAccounts(
  trx: Trx,
  people: { email: string; displayName: string }[],
  language: Language,
  now: Date,
): Promise<Map<string, string>> {
  const accounts = new Map<string, string>()
  const rowsPerStatement = 1_000
  for (let start = 0; start < people.length; start += rowsPerStatement) {
    const some = people.slice(start, start + rowsPerStatement)
    await queries.insertAccounts(
      trx,
      some.map(({ email, displayName }) => ({
        id: newId(now),
        email: email.toLowerCase(),
        display_name: displayName,
        language,
        created_at: now,
      })),
    )
    const emails = some.map(({ email }) => email.toLowerCase())
    await queries.reopenAccounts(trx, emails)
    for (const row of await queries.accountIdsByEmail(trx, emails)) accounts.set(row.email, row.id)
  }
  return accounts
}

/** Accounts trusted with anything beyond being somebody's own: address by id. */
export async function entrustedAccounts(db: Reader): Promise<Map<string, string>> {
  return new Map((await queries.accountsWithGrants(db)).map(({ id, email }) => [id, email]))
}

/** For addresses that came to somebody else: mails must greet who reads them now. */
export async function renameAccounts(
  trx: Trx,
  accounts: { id: string; displayName: string }[],
): Promise<void> {
  const rows = accounts.map(({ id, displayName }) => ({ id, name: displayName }))
  if (rows.length > 0) await queries.setDisplayNames(trx, rows)
}

/** Gives the account's feed another address; the one before leads nowhere at once. */
export function renewFeed(trx: Trx, accountId: string): Promise<void> {
  return queries.raiseFeedGeneration(trx, [accountId])
}

/** Ends every session of the accounts, every sign-in link still under way, and their feeds. */
export async function signOutEverywhere(trx: Trx, accountIds: string[], now: Date): Promise<void> {
  if (accountIds.length === 0) return
  await queries.revokeAllSessions(trx, accountIds, now)
  await queries.expireSignInLinks(trx, accountIds, now)
  await queries.raiseFeedGeneration(trx, accountIds)
}

/**
 * Closes accounts that are nobody’s any more: signed out, and no link is sent to them. Those trusted
 * with something stay as they are; their grants are taken back by hand.
 */
export async function closeAccounts(trx: Trx, accountIds: string[], now: Date): Promise<void> {
  const entrusted = await entrustedAccounts(trx)
  const closed = accountIds.filter((id) => !entrusted.has(id))
  if (closed.length === 0) return
  await signOutEverywhere(trx, closed, now)
  await queries.closeAccounts(trx, closed, now)
}

/** Creates a region; its short name must be new. */
export async function createRegion(
  trx: Trx,
  region: { name: string; timeZone: string },
  by: string | null,
  now: Date,
): Promise<Region | Refusal> {
  const created = { id: newId(now), slug: slugOf(region.name), ...region }
  try {
    await queries.insertRegion(trx, {
      id: created.id,
      slug: created.slug,
      name: created.name,
      time_zone: created.timeZone,
      created_at: now,
    })
  } catch (error) {
    if (brokenConstraint(error)?.startsWith('regions_slug')) return refuse('conflict')
    throw error
  }
  await recordAudit(
    trx,
    { regionId: created.id, accountId: by, action: 'accounts.create-region' },
    now,
  )
  return created
}

export interface NewGrant {
  kind: GrantKind
  email: string
  displayName: string
  regionId: string | null
  siteId: string | null
}

/** Trusts somebody with a region or a site; an address without an account gets one. */
export async function grant(
  trx: Trx,
  given: NewGrant,
  by: string | null,
  language: Language,
  now: Date,
): Promise<{ id: string; accountId: string } | Refusal> {
  const accounts = await ensureAccounts(trx, [given], language, now)
  const accountId = accounts.get(given.email.toLowerCase())
  if (!accountId) return refuse('conflict')
  const id = newId(now)
  try {
    await queries.insertGrant(trx, {
      id,
      account_id: accountId,
      kind: given.kind,
      region_id: given.regionId,
      site_id: given.siteId,
      granted_by: by,
      granted_at: now,
    })
  } catch (error) {
    const constraint = brokenConstraint(error)
    if (constraint === 'grants_once') return refuse('conflict')
    if (constraint === 'grants_site_fk') return refuse('not-found')
    throw error
  }
  const entry = { regionId: given.regionId, accountId: by, action: `accounts.grant-${given.kind}` }
  await recordAudit(trx, { ...entry, subjectId: accountId }, now)
  return { id, accountId }
}

/** Takes a grant back; the person keeps whatever else they may do. */
export async function withdrawGrant(
  trx: Trx,
  grantId: string,
  regionId: string,
  by: string,
  now: Date,
): Promise<undefined | Refusal> {
  const found = await queries.grantById(trx, grantId)
  if (!found || found.region_id !== regionId) return refuse('not-found')
  await queries.deleteGrant(trx, grantId)
  const entry = { regionId, accountId: by, action: `accounts.withdraw-${found.kind}` }
  await recordAudit(trx, { ...entry, subjectId: found.account_id }, now)
  return undefined
}

/** The scope a grant has, for the policy that guards its withdrawal. */
export const grantById = queries.grantById

/** Expired links tell nothing any more after a day. */
export function forgetOldSignInLinks(db: Database, now: Date): Promise<void> {
  return queries.deleteOldSignInLinks(db, minutesAfter(now, -24 * 60))
}
