import { closeSignUp } from '#server/features/days/days.service.ts'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import type { Slot } from '#server/features/slots/slots.service.ts'
import { offersOfDay, type SeatOffer } from '#server/features/waiting/waiting.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { repairPlan, repairSetting } from '#server/use-cases/repair-plan.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { waitingRoutes as routes } from '#shared/waiting/waiting.contract.ts'
import { makeDay, periodOf } from '../days/days.factory.ts'
import {
  type Bench,
  publish,
  readyPlan,
  type SmallDay,
} from '../invitations/invitations.factory.ts'
import { makePerson, makeRegion, makeSite, roleByCode } from '../roster/roster.factory.ts'
import { makeSignup } from '../signup/signup.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import type { TestApp } from '../support/app.ts'

/** A period’s code, or anything. */
type Asked = 'morning' | 'afternoon' | 'whole-day' | 'any'

type Hosts = Record<string, { period?: Exclude<Asked, 'any'>; capacity?: number }>
type Guests = Record<string, Asked[]>
/** What reading and writing a day asks of a test. */
type Store = Pick<TestApp, 'db'>

export interface WaitingDay extends SmallDay {
  guest(firstName: string): Person
  slot(hostName: string): Slot
}

/**
 * A day of one shop, ready to be published: each host with a slot, each guest with wishes told by
 * periods, best first.
 */
export async function makeReadyDay(
  test: Bench,
  hosts: Hosts,
  guests: Guests,
): Promise<{ made: WaitingDay; planId: string }> {
  const { db, services } = test
  const now = test.clock.now()
  const region = await makeRegion(db, now)
  const site = await makeSite(db, now, region.regionId, { name: 'Boutique Dax' })
  const role = await roleByCode(db, region.regionId, 'shop_seller')
  const day = await makeDay(db, now, region.regionId, { open: true, by: region.director })
  const made: WaitingDay = {
    day,
    site,
    director: await test.signedIn(region.director),
    directorAccount: region.director,
    hosts: [],
    slots: [],
    guests: [],
    guest: (name) => made.guests.find(({ firstName }) => firstName === name)!,
    slot: (name) => {
      const host = made.hosts.find(({ firstName }) => firstName === name)!
      return made.slots.find(({ hostId }) => hostId === host.id)!
    },
  }
  for (const [firstName, { period = 'morning', capacity = 1 }] of Object.entries(hosts)) {
    const host = await makePerson(db, now, site, { role: 'shop_seller', firstName })
    made.hosts.push(host)
    const offer = { personId: host.id, siteId: site.id, roleId: role.id }
    made.slots.push(await makeSlot(services, now, day, offer, { period, capacity }))
  }
  for (const [firstName, asked] of Object.entries(guests)) {
    const guest = await makePerson(db, now, site, { firstName })
    made.guests.push(guest)
    const wishes = asked.map((code) => ({
      periodId: code === 'any' ? null : periodOf(day, code).id,
    }))
    await makeSignup(db, now, day, guest, wishes)
  }
  const closed = await inTransaction(db, (trx) => closeSignUp(trx, day.id, region.director, now))
  if (isRefusal(closed)) throw new Error(closed.refused)
  return { made, planId: await readyPlan(test, day) }
}

/** {@link makeReadyDay}, published. Who has which place is the plan’s business: `seating` tells. */
export async function makeWaitingDay(
  test: Bench,
  hosts: Hosts,
  guests: Guests,
): Promise<WaitingDay> {
  const { made, planId } = await makeReadyDay(test, hosts, guests)
  await publish(made, planId)
  return made
}

/** First names by the host whose slot they have. */
export async function seating(test: Store, made: WaitingDay): Promise<Record<string, string[]>> {
  const names: Record<string, string[]> = {}
  for (const { slotId, personId } of await activePlacements(test.db, made.day.id)) {
    const slot = made.slots.find(({ id }) => id === slotId)
    const host = made.hosts.find(({ id }) => id === slot?.hostId)!.firstName
    const guest = made.guests.find(({ id }) => id === personId)!.firstName
    names[host] = [...(names[host] ?? []), guest].sort()
  }
  return names
}

/** Every offer of a day, the latest first, with the first name of whom it was made to. */
export async function offers(test: Store, made: WaitingDay) {
  return (await offersOfDay(test.db, made.day.id)).map((offer) => ({
    ...offer,
    to: made.guests.find(({ id }) => id === offer.personId)!.firstName,
  }))
}

/** Who was made offers that still hold a seat. */
export async function offered(test: Store, made: WaitingDay): Promise<string[]> {
  const all = await offers(test, made)
  return all.filter(({ status }) => status === 'pending').map(({ to }) => to)
}

export async function pendingOffer(test: Store, made: WaitingDay) {
  const [offer] = (await offers(test, made)).filter(({ status }) => status === 'pending')
  if (!offer) throw new Error('nobody is offered anything')
  return offer
}

export const offerToken = (
  test: Pick<TestApp, 'services'>,
  offer: Pick<SeatOffer, 'id' | 'linkGeneration'>,
) => ({
  token: deriveToken(test.services.secret, 'seat-offer', offer.id, offer.linkGeneration),
})

/** What pressing a button of the page behind the mail’s link does. */
export const answerOffer = (
  test: TestApp,
  offer: Pick<SeatOffer, 'id' | 'linkGeneration'>,
  answer: 'yes' | 'no',
) =>
  test.nobody.call(routes.answerOfferLink, {
    params: offerToken(test, offer),
    body: { answer },
  })

/** A host’s no, by the link in their mail. */
export const declineSlot = (test: TestApp, slot: Pick<Slot, 'id' | 'linkGeneration'>) =>
  test.nobody.call(confirmationsRoutes.answerSlotLink, {
    params: { token: deriveToken(test.services.secret, 'slot', slot.id, slot.linkGeneration) },
    body: { answer: 'no' },
  })

/** A guest’s no, by the link in their mail. */
export async function giveBack(test: TestApp, made: WaitingDay, guest: Pick<Person, 'id'>) {
  const placements = await activePlacements(test.db, made.day.id)
  const { id, linkGeneration } = placements.find(({ personId }) => personId === guest.id)!
  const token = deriveToken(test.services.secret, 'placement', id, linkGeneration)
  return test.nobody.call(confirmationsRoutes.answerPlacementLink, {
    params: { token },
    body: { answer: 'no' },
  })
}

/** What the job does at the end of an offer; the job runner's own clock is the database's. */
export const repair = (test: TestApp, made: WaitingDay) =>
  inTransaction(test.db, (trx) =>
    repairPlan(trx, made.day.id, test.clock.now(), repairSetting(test.services)),
  )
