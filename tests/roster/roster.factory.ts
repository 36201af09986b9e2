import * as accounts from '#server/features/accounts/accounts.service.ts'
import {
  type Person,
  peopleOfRegion,
  type Role,
  rolesOfRegion,
  type Site,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { storePeople, storeSites } from '#server/features/roster/roster.store.ts'
import { setJobTitles } from '#server/features/roster/roster.titles.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'
import { createRegion } from '#server/use-cases/create-region.ts'
import type { SiteKind, StandardRole } from '#shared/roster/roster.vocabulary.ts'

let counter = 0
/** A number no other row of this test run has. */
const next = () => ++counter

async function expected<T>(db: Database, work: (trx: Trx) => Promise<T | Refusal>): Promise<T> {
  const outcome = await inTransaction(db, work)
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome
}

export interface MadeRegion {
  regionId: string
  /** Account ids. */
  director: string
  administrator: string
}

/** A region with its roles, a director and an administrator. */
export async function makeRegion(
  db: Database,
  now: Date,
  { name = `Région ${next()}`, timeZone = 'Europe/Paris' } = {},
): Promise<MadeRegion> {
  const number = next()
  return expected(db, async (trx) => {
    const region = await createRegion(trx, { name, timeZone }, null, now)
    if (isRefusal(region)) return region
    const trusted = (kind: 'director' | 'administrator', displayName: string) =>
      accounts.grant(
        trx,
        {
          kind,
          email: `${kind}-${number}@region.example`,
          displayName,
          regionId: kind === 'director' ? region.id : null,
          siteId: null,
        },
        null,
        'fr',
        now,
      )
    const director = await trusted('director', 'Dominique Directrice')
    if (isRefusal(director)) return director
    const administrator = await trusted('administrator', 'Alix Administration')
    if (isRefusal(administrator)) return administrator
    return {
      regionId: region.id,
      director: director.accountId,
      administrator: administrator.accountId,
    }
  })
}

/** A site; a shop in Dax unless told otherwise. */
export async function makeSite(
  db: Database,
  now: Date,
  regionId: string,
  site: {
    code?: string
    kind?: SiteKind
    name?: string
    town?: string
    latitude?: number | null
    longitude?: number | null
  } = {},
): Promise<Site> {
  const code = site.code ?? `BOU-40-${String(next()).padStart(3, '0')}`
  const value = {
    code,
    kind: site.kind ?? 'boutique',
    name: site.name ?? `Boutique ${code}`,
    address: '12 rue des Halles',
    postcode: '40100',
    town: site.town ?? 'Dax',
    latitude: site.latitude === undefined ? 43.71 : site.latitude,
    longitude: site.longitude === undefined ? -1.05 : site.longitude,
  }
  await inTransaction(db, (trx) => storeSites(trx, regionId, [value], now))
  const made = (await sitesOfRegion(db, regionId)).find((one) => one.code === code)
  return made!
}

/** Account of somebody who writes the region’s reminders and is in no roster. */
export async function makeTrainer(db: Database, now: Date, regionId: string): Promise<string> {
  const given = {
    kind: 'trainer' as const,
    email: `trainer-${next()}@school.example`,
    displayName: 'Farid Formation',
    regionId,
    siteId: null,
  }
  return (await expected(db, (trx) => accounts.grant(trx, given, null, 'fr', now))).accountId
}

/** A coordinator of a site; gives the account's id. */
export async function makeCoordinator(
  db: Database,
  now: Date,
  site: Pick<Site, 'id' | 'regionId'>,
): Promise<string> {
  const given = {
    kind: 'coordinator' as const,
    email: `coordinator-${next()}@region.example`,
    displayName: 'Camille Coordination',
    regionId: site.regionId,
    siteId: site.id,
  }
  return (await expected(db, (trx) => accounts.grant(trx, given, null, 'fr', now))).accountId
}

/** Job titles of HR's files that stand for the standard roles. */
export const jobTitleOf: Record<StandardRole, string> = {
  support_operator: 'Téléopérateur assistance technique',
  service_operator: 'Téléopérateur service client',
  callback_operator: 'Opérateur de rappel clients insatisfaits',
  shop_seller: 'Vendeur en boutique',
  field_technician: "Technicien d'intervention",
}

/**
 * Somebody of the roster, at a site. `role` gives them the job title that stands for it, in the
 * region's table as well; by default they work in an office and nobody shadows them.
 * `email: null` makes somebody without mail, and so without an account.
 */
export async function makePerson(
  db: Database,
  now: Date,
  site: Pick<Site, 'code' | 'regionId'>,
  person: {
    role?: StandardRole
    jobTitle?: string
    firstName?: string
    lastName?: string
    employeeNumber?: string
    email?: string | null
    phone?: string | null
    entity?: string
  } = {},
): Promise<Person> {
  const number = next()
  const employeeNumber = person.employeeNumber ?? String(400_000 + number)
  const jobTitle = person.jobTitle ?? (person.role ? jobTitleOf[person.role] : 'Chargé de mission')
  const { regionId } = site
  await inTransaction(db, async (trx) => {
    const value = {
      employeeNumber,
      lastName: person.lastName ?? `Nom${number}`,
      firstName: person.firstName ?? 'Sacha',
      email: person.email === undefined ? `sacha.${number}@region.example` : person.email,
      phone: person.phone ?? null,
      entity: person.entity ?? 'Relation client',
      jobTitle,
      siteCode: site.code,
    }
    await storePeople(trx, regionId, [value], now)
    if (person.role) {
      const role = (await rolesOfRegion(trx, regionId)).find(({ code }) => code === person.role)
      await setJobTitles(trx, regionId, [{ title: jobTitle, roleId: role!.id }])
    }
  })
  const people = await peopleOfRegion(db, regionId)
  return people.find((one) => one.employeeNumber === employeeNumber)!
}

/** The region's role with this code. */
export async function roleByCode(
  db: Database,
  regionId: string,
  code: StandardRole,
): Promise<Role> {
  return (await rolesOfRegion(db, regionId)).find((role) => role.code === code)!
}
