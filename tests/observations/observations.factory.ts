import { createHash, randomUUID } from 'node:crypto'
import * as days from '#server/features/days/days.service.ts'
import * as matching from '#server/features/matching/matching.service.ts'
import type { Person, Role, Site } from '#server/features/roster/roster.service.ts'
import type { Slot } from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { DayDetails } from '#shared/days/days.contract.ts'
import {
  type ObservationInput,
  type Observing,
  observationsRoutes as routes,
} from '#shared/observations/observations.contract.ts'
import { makeDay } from '../days/days.factory.ts'
import {
  type MadeRegion,
  makePerson,
  makeRegion,
  makeSite,
  roleByCode,
} from '../roster/roster.factory.ts'
import { makeSignup } from '../signup/signup.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import type { Caller, TestApp } from '../support/app.ts'

type Workshop = Pick<TestApp, 'db' | 'services' | 'runJobs'> & {
  clock: Pick<TestApp['clock'], 'now' | 'set'>
}

export interface LivedDay {
  region: MadeRegion
  day: DayDetails
  shop: Site
  seller: Role
  /** Receives five guests in the shop: a crowd of six. */
  host: Person
  slot: Slot
  /** Accepted, and nobody comes. */
  unvisited: Slot
  guests: Person[]
  /** Placement ids, in the order of the guests. */
  placements: string[]
  /** In the roster, and nowhere on the day. */
  bystander: Person
  /** On the morning of the day. */
  callers: { director: Caller; host: Caller; guests: Caller[]; bystander: Caller }
  observing: Observing
}

export type PublishedDay = Omit<LivedDay, 'callers' | 'observing'>

/** A published day, on its morning: one shop, one host, five guests from the offices. */
export async function livedDay(test: TestApp): Promise<LivedDay> {
  const published = await publishedDay(test)
  const { region, host, guests, bystander } = published
  const callers = {
    director: await test.signedIn(region.director),
    host: await test.signedIn(host.accountId!),
    guests: await Promise.all(guests.map((guest) => test.signedIn(guest.accountId!))),
    bystander: await test.signedIn(bystander.accountId!),
  }
  const params = { dayId: published.day.id }
  const observing = await callers.host.ask(routes.observing, { params })
  return { ...published, callers, observing }
}

/** The same without anybody signed in; for a browser, too. The clock stands some weeks before. */
export async function publishedDay(test: Workshop, date = '2027-05-20'): Promise<PublishedDay> {
  const { db, clock } = test
  const now = clock.now()
  const region = await makeRegion(db, now)
  const shop = await makeSite(db, now, region.regionId)
  const office = await makeSite(db, now, region.regionId, { kind: 'bureaux', code: 'BUR-33-001' })
  const seller = await roleByCode(db, region.regionId, 'shop_seller')
  const host = await makePerson(db, now, shop, { role: 'shop_seller', firstName: 'Marion' })
  const guests: Person[] = []
  for (const firstName of ['Alice', 'Bruno', 'Chloé', 'Driss', 'Elsa']) {
    guests.push(await makePerson(db, now, office, { firstName }))
  }
  const bystander = await makePerson(db, now, office, { firstName: 'Zoé' })
  const day = await makeDay(db, now, region.regionId, {
    open: true,
    by: region.director,
    date,
  })
  const giver = { personId: host.id, siteId: shop.id, roleId: seller.id }
  const slot = await makeSlot(test.services, now, day, giver, { capacity: 6 })
  const elsewhere = await makeSite(db, now, region.regionId, { town: 'Pau' })
  const lonely = await makePerson(db, now, elsewhere, { role: 'shop_seller' })
  const unvisited = await makeSlot(test.services, now, day, {
    personId: lonely.id,
    siteId: elsewhere.id,
    roleId: seller.id,
  })
  const wishes = [{ place: 'site' as const, siteId: shop.id }]
  for (const guest of guests) await makeSignup(db, now, day, guest, wishes)
  const placed = await publish(test, day)
  const placements = guests.map(({ id }) => placed.find(({ personId }) => personId === id)!.id)
  clock.set(`${date}T06:30:00Z`)
  const people = { host, guests, bystander }
  return { region, day, shop, seller, slot, unvisited, placements, ...people }
}

/** Computes a plan and puts it in force, as the director's buttons do. */
async function publish({ db, clock, runJobs }: Workshop, day: DayDetails) {
  const expected = async <T>(work: Parameters<typeof inTransaction<T>>[1]) => {
    const outcome = await inTransaction(db, work)
    if (isRefusal(outcome)) throw new Error(outcome.refused)
    return outcome as Exclude<T, { refused: unknown }>
  }
  const now = clock.now()
  const plan = await expected((trx) => matching.requestPlan(trx, day.id, null, now))
  await runJobs()
  await expected((trx) => days.closeSignUp(trx, day.id, day.regionId, now))
  const publication = await expected((trx) => matching.publishPlan(trx, plan.id, null, now))
  await expected((trx) => days.markPublished(trx, day.id, now))
  return publication.placed
}

/** What somebody saw in the shop. */
export function seen(lived: LivedDay, changes: Partial<ObservationInput> = {}): ObservationInput {
  return {
    irritantId: lived.observing.irritants[0]!.id,
    roleId: lived.seller.id,
    moment: 'get-help',
    frequency: 4,
    severity: 5,
    situation: 'Un client raconte son histoire pour la troisième fois.',
    idea: 'Un seul dossier.',
    ...changes,
  }
}

let drawn = 0
/** What an author's device sends and keeps. */
export function anonymously(lived: LivedDay, changes: Partial<ObservationInput> = {}) {
  drawn += 1
  const secret = String(drawn).padStart(25, '0')
  const secretHash = createHash('sha256').update(secret).digest('hex')
  const sent = {
    ...seen(lived, changes),
    id: randomUUID(),
    credential: lived.observing.credential,
    siteId: lived.shop.id,
    secretHash,
  }
  return { sent, held: { id: sent.id, secret } }
}

export const slotToken = (test: TestApp, slot: Slot) =>
  deriveToken(test.services.secret, 'slot', slot.id, slot.linkGeneration)

export const placementToken = (test: TestApp, lived: LivedDay, guest: number) =>
  deriveToken(test.services.secret, 'placement', lived.placements[guest]!, 1)

/** What the job of every minute does. */
export async function release(test: TestApp): Promise<void> {
  await addJob(test.db, 'release-observations', {})
  await test.runJobs()
}
