import * as accounts from '#server/features/accounts/accounts.service.ts'
import { newId } from '#server/platform/identity.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { jobTitleKey } from './roster.jobtitles.ts'
import type { PersonValue } from './roster.people.ts'
import * as queries from './roster.queries.ts'
import type { SiteValue } from './roster.sites.ts'

/** One statement carries this many rows: far above a region, far below what a message may hold. */
const rowsPerStatement = 5_000

function* chunksOf<T>(rows: T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    yield rows.slice(start, start + rowsPerStatement)
}

/** Creates sites or brings them up to date, known by their code. */
export async function storeSites(
  trx: Trx,
  regionId: string,
  values: SiteValue[],
  now: Date,
): Promise<void> {
  const rows = values.map((value) => ({
    ...value,
    id: newId(now),
    address: value.address ?? '',
    postcode: value.postcode ?? '',
    town: value.town ?? '',
  }))
  for (const some of chunksOf(rows)) await queries.upsertSites(trx, regionId, some, now)
}

/**
 * Creates people or brings them up to date, known by their employee number; their sites must
 * exist. Then gives everybody of the region the account of their address.
 */
export async function storePeople(
  trx: Trx,
  regionId: string,
  values: PersonValue[],
  now: Date,
): Promise<void> {
  const siteIds = new Map<string, string>()
  for (const { code, id } of await queries.sitesOfRegion(trx, regionId)) siteIds.set(code, id)
  const rows = values.map((value) => {
    const siteId = siteIds.get(value.siteCode)
    if (siteId === undefined) throw new Error(`no site ${value.siteCode}`)
    return {
      id: newId(now),
      site_id: siteId,
      employee_number: value.employeeNumber,
      last_name: value.lastName,
      first_name: value.firstName,
      email: value.email,
      phone: value.phone,
      entity: value.entity ?? '',
      job_title: value.jobTitle ?? '',
      job_title_key: jobTitleKey(value.jobTitle ?? ''),
    }
  })
  for (const some of chunksOf(rows)) await queries.upsertPeople(trx, regionId, some, now)
  await linkAccounts(trx, regionId, now)
}

/**
 * Ties people to the accounts of their addresses. Accounts are never renamed and never follow a
 * person, so that nobody gains an account through a file:
 * - an account with grants stays with the person it is tied to, whatever the file says;
 * - any other account that comes to a person or leaves one is signed out everywhere first, so that
 *   a browser left open by its former owner does not find itself in somebody else's place.
 */
async function linkAccounts(trx: Trx, regionId: string, now: Date): Promise<void> {
  const people = await queries.peopleForLinking(trx, regionId)
  const withMail = people.flatMap(({ email, displayName }) =>
    email === null ? [] : [{ email, displayName }],
  )
  const byAddress = await accounts.ensureAccounts(trx, withMail, 'fr', now)
  const entrusted = await accounts.entrustedAccounts(trx)
  const holders = new Map(
    people.flatMap(({ id, accountId }) =>
      accountId !== null && entrusted.has(accountId) ? [[accountId, id]] : [],
    ),
  )
  const wantedBy = (person: (typeof people)[number]): string | null => {
    if (person.accountId !== null && entrusted.has(person.accountId)) return person.accountId
    const account = person.email === null ? null : (byAddress.get(person.email) ?? null)
    const holder = account === null ? undefined : holders.get(account)
    return holder === undefined || holder === person.id ? account : null
  }
  const links = people.flatMap((person) => {
    const accountId = wantedBy(person)
    return accountId === person.accountId
      ? []
      : [{ ...person, before: person.accountId, accountId }]
  })
  if (links.length === 0) return
  for (const some of chunksOf(links)) await queries.linkPeople(trx, some)
  const handed = links.flatMap(({ accountId, displayName }) =>
    accountId === null || entrusted.has(accountId) ? [] : [{ id: accountId, displayName }],
  )
  await accounts.renameAccounts(trx, handed)
  const left = links.flatMap(({ before }) => before ?? [])
  await accounts.signOutEverywhere(trx, [...left, ...handed.map(({ id }) => id)], now)
}
