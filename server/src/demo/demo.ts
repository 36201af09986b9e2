import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import {
  allRegions,
  ensureAccounts,
  grant,
  issueSignInLink,
} from '#server/features/accounts/accounts.service.ts'
import {
  defaultDeadlines,
  defaultPeriods,
  otherIrritant,
} from '#server/features/days/days.rules.ts'
import {
  createDay,
  type DayDetails,
  irritantsOfRegion,
} from '#server/features/days/days.service.ts'
import { commitImport, dryRun, startImport } from '#server/features/roster/roster.imports.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import type { Wish } from '#server/features/signup/signup.rules.ts'
import { submitWishes } from '#server/features/signup/signup.service.ts'
import { sendProposals } from '#server/features/slots/slots.proposals.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import { inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { createRegion } from '#server/use-cases/create-region.ts'
import { openSignUp } from '#server/use-cases/open-sign-up.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { workshopSetting } from '#server/use-cases/workshop-setting.ts'
import type { RosterKind } from '#shared/roster/roster.vocabulary.ts'
import { accepted } from './accepted.ts'
import { administrator, cast, type Part, region, stageSite, workshopShop } from './cast.ts'
import { playProgramme, reminderTokenOf } from './programme.ts'
import { playWorkshop } from './workshop.ts'

type Setting = Pick<Services, 'db' | 'secret' | 'clock' | 'config' | 'mailDomain'>

/** What the players act in: one transaction, and everything else the services ask for. */
type Stage = Omit<Setting, 'db'> & { trx: Trx }

/**
 * Plays what people of a region would do up to the middle of sign-up: files imported, hosts asked
 * and answering, guests wishing; months of a programme in three shops, and a workshop in two. Everything
 * goes through the services their clicks would call; a database that already has a region is left as it
 * is. All or nothing: interrupted, it starts anew the next time.
 */
export async function playDemo(
  { db, ...setting }: Setting,
  tell: (line: string) => void,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    // Of two processes starting on one database, the second finds the region of the first.
    await sql`select pg_advisory_xact_lock(hashtextextended('demo', 0))`.execute(trx)
    if ((await allRegions(trx)).length > 0) return
    tell('Loading the demo region…')
    await play({ ...setting, trx })
  })
}

async function play(stage: Stage): Promise<void> {
  const { trx, clock } = stage
  const adminId = accepted(await installAdministrator(trx, clock.now())).accountId
  const { id: regionId } = accepted(await createRegion(trx, region, adminId, clock.now()))
  await importFile(stage, regionId, 'sites', 'sites.csv', adminId)
  await importFile(stage, regionId, 'people', 'effectifs.csv', adminId)
  const people = await roster.peopleOfRegion(trx, regionId)
  const director = accountOf(people, cast.director)
  await appoint(trx, regionId, people, adminId, clock.now())

  const day = accepted(await planDay(trx, regionId, director, clock.now()))
  await askHosts(stage, day, people, director)
  accepted(await openSignUp(trx, stage, day.id, null, director, clock.now()))
  await askGuests(stage, day, people)
  await playProgramme({ ...stage, regionId, director }, personOf(people, cast.host).id)

  const sites = await roster.sitesOfRegion(trx, regionId)
  const shops = [stageSite, workshopShop].flatMap((code) =>
    sites.filter((site) => site.code === code),
  )
  const facilitator = personOf(people, cast.coordinator)
  const setting = workshopSetting(repairSetting(stage))
  const { timeZone } = region
  const scene = { trx, setting, regionId, timeZone, director, facilitator, shops }
  await playWorkshop(scene, clock.now())
}

/**
 * A fresh sign-in link for each kind of person, made anew at every start, since links are short-lived;
 * and the last reminder of the host.
 */
export async function demoLinks({
  db,
  secret,
  clock,
  config,
}: Setting): Promise<Map<Part | 'reminder', string>> {
  const [found] = await allRegions(db)
  const links = new Map<Part | 'reminder', string>()
  if (!found) return links
  const people = await roster.peopleOfRegion(db, found.id)
  await inTransaction(db, async (trx) => {
    const admin = await ensureAccounts(trx, [administrator], 'fr', clock.now())
    const accounts: [Part, string][] = [
      ['director', accountOf(people, cast.director)],
      ['coordinator', accountOf(people, cast.coordinator)],
      ['host', accountOf(people, cast.host)],
      ['guest', accountOf(people, cast.guest)],
      ['trainer', accountOf(people, cast.trainer)],
      ['administrator', admin.get(administrator.email) ?? ''],
    ]
    for (const [part, accountId] of accounts) {
      const { token } = await issueSignInLink(trx, accountId, secret, clock.now())
      links.set(part, `${config.publicUrl}/connexion/${token}`)
    }
  })
  const reminder = await reminderTokenOf(db, secret, found.id, personOf(people, cast.host).id)
  if (reminder) links.set('reminder', `${config.publicUrl}/rappel/${reminder}`)
  return links
}

function installAdministrator(trx: Trx, now: Date) {
  const given = { kind: 'administrator' as const, regionId: null, siteId: null }
  return grant(trx, { ...given, ...administrator }, null, 'fr', now)
}

async function importFile(
  { trx, clock }: Stage,
  regionId: string,
  kind: RosterKind,
  fileName: string,
  by: string,
): Promise<void> {
  const bytes = await readFile(new URL(`./nouvelle-aquitaine/${fileName}`, import.meta.url))
  const upload = { regionId, kind, fileName, bytes }
  const { id } = accepted(await startImport(trx, upload, by, clock.now()))
  const { fingerprint } = accepted(await dryRun(trx, regionId, id))
  accepted(await commitImport(trx, regionId, id, fingerprint, by, clock.now()))
}

/** The director, a trainer, and one coordinator a site: its first person with an address. */
async function appoint(
  trx: Trx,
  regionId: string,
  people: roster.Person[],
  by: string,
  now: Date,
): Promise<undefined> {
  const numbered = people.toSorted((a, b) => a.employeeNumber.localeCompare(b.employeeNumber))
  const coordinators = new Map<string, roster.Person>()
  for (const person of numbered) {
    const isCast = person.employeeNumber === cast.coordinator
    if (person.email && (isCast || !coordinators.has(person.siteId))) {
      coordinators.set(person.siteId, person)
    }
  }
  for (const kind of ['director', 'trainer'] as const) {
    const person = personOf(people, cast[kind])
    await grant(trx, { ...grantee(person), kind, regionId, siteId: null }, by, 'fr', now)
  }
  for (const [siteId, person] of coordinators) {
    await grant(trx, { ...grantee(person), kind: 'coordinator', regionId, siteId }, by, 'fr', now)
  }
}

/** A Thursday seven weeks ahead, so that every deadline still lies before us. */
async function planDay(trx: Trx, regionId: string, by: string, now: Date) {
  const thursday = DateTime.fromJSDate(now, { zone: region.timeZone })
    .plus({ weeks: 7 })
    .set({ weekday: 4 })
  const date = thursday.toISODate() ?? ''
  const today = DateTime.fromJSDate(now, { zone: region.timeZone }).toISODate() ?? ''
  const irritants = await irritantsOfRegion(trx, regionId)
  const input = {
    name: '10 de cœur',
    date,
    periods: defaultPeriods.map((period) => ({ ...period })),
    ...defaultDeadlines(date, today),
    focusIrritantIds: irritants.filter(({ code }) => code !== otherIrritant).map(({ id }) => id),
    releaseRequired: true,
    expectedGuests: 200,
  }
  return createDay(trx, regionId, input, by, now)
}

/** Two hosts a site and role for the morning, everybody of the stage’s shop for the afternoon. */
async function askHosts(
  { trx, secret, mailDomain, clock }: Stage,
  day: DayDetails,
  people: roster.Person[],
  director: string,
): Promise<void> {
  const roles = await roster.rolesOfRegion(trx, day.regionId)
  const sites = await roster.sitesOfRegion(trx, day.regionId)
  const stage = sites.find(({ code }) => code === stageSite)?.id ?? ''
  const periodId = (code: string) => day.periods.find((period) => period.code === code)?.id ?? ''
  const ask = async (siteIds: string[], code: string, perSite: number) => {
    const roleIds = roles.map(({ id }) => id)
    const input = { siteIds, roleIds, periodId: periodId(code), capacity: 1, perSite }
    const sender = { secret, mailDomain }
    const sent = await sendProposals(trx, sender, day.id, input, null, director, clock.now())
    return accepted(sent).slots
  }
  const everywhere = sites.map(({ id }) => id)
  const asked = [...(await ask(everywhere, 'morning', 2)), ...(await ask([stage], 'afternoon', 6))]
  const host = personOf(people, cast.host)
  for (const [index, slot] of asked.entries()) {
    // The host of the cast has not answered yet, and a few never do; one in nine cannot.
    if (slot.hostId === host.id || index % 7 === 3) continue
    const answer = { answer: index % 9 === 4 ? ('no' as const) : ('yes' as const) }
    accepted(await slots.answerSlot(trx, slot.id, answer, clock.now()))
    const waits = slot.siteId === stage || index % 11 === 5
    if (answer.answer === 'no' || waits) continue
    const release = { release: 'released' as const }
    accepted(await slots.setRelease(trx, slot.id, release, director, clock.now()))
  }
}

/** Some from the offices, some from the front line; the guest of the cast has yet to choose. */
async function askGuests(stage: Stage, day: DayDetails, people: roster.Person[]) {
  const { trx, config, mailDomain, clock } = stage
  const roles = await roster.rolesOfRegion(trx, day.regionId)
  const reachable = people
    .filter(({ email, employeeNumber }) => email && employeeNumber !== cast.guest)
    .toSorted((a, b) => a.employeeNumber.localeCompare(b.employeeNumber))
  const own = await roster.rolesOfPeople(
    trx,
    reachable.map(({ id }) => id),
  )
  const guests = reachable.filter(({ id }, index) => index % (own.has(id) ? 40 : 7) === 1)
  const morning = day.periods.find(({ code }) => code === 'morning')?.id ?? null
  for (const [index, { id: personId }] of guests.entries()) {
    const open = roles.filter((role) => role.id !== own.get(personId))
    const wishes = wishesOf(
      index,
      open.map(({ id }) => id),
      morning,
    )
    const asked = { dayId: day.id, personId, wishes }
    const outgoing = { mailDomain, publicUrl: config.publicUrl }
    accepted(await submitWishes(trx, asked, outgoing, clock.now()))
  }
}

/** Skewed as wishes are: the van and the call-back desk draw more people than they can take. */
function wishesOf(index: number, roleIds: string[], morning: string | null): Wish[] {
  const favourite = index % 3 === 0 ? index : roleIds.length - 1 - (index % 2)
  const places: Pick<Wish, 'place' | 'radiusKm'>[] = [
    { place: 'near', radiusKm: 30 },
    { place: 'town', radiusKm: null },
    { place: 'any', radiusKm: null },
  ]
  return Array.from({ length: 1 + (index % 4) }, (_, rank) => ({
    roleId: rank === 3 ? null : (roleIds[(favourite + rank) % roleIds.length] ?? null),
    periodId: index % 5 === 0 ? morning : null,
    siteId: null,
    ...places[(index + rank) % places.length]!,
  }))
}

function personOf(people: roster.Person[], employeeNumber: string): roster.Person {
  const person = people.find((one) => one.employeeNumber === employeeNumber)
  if (!person) throw new Error(`the demo roster has no ${employeeNumber}`)
  return person
}

function accountOf(people: roster.Person[], employeeNumber: string): string {
  return personOf(people, employeeNumber).accountId ?? ''
}

function grantee(person: roster.Person) {
  return { email: person.email ?? '', displayName: fullName(person) }
}
