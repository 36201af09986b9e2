import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as days from '#server/features/days/days.service.ts'
import type { Person, Site } from '#server/features/roster/roster.service.ts'
import { optedOut, signupsForMatching } from '#server/features/signup/signup.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { DayDetails } from '#shared/days/days.contract.ts'
import { signupRoutes, type WishInput } from '#shared/signup/signup.contract.ts'
import { makeDay, periodOf } from '../days/days.factory.ts'
import {
  type MadeRegion,
  makePerson,
  makeRegion,
  makeSite,
  roleByCode,
} from '../roster/roster.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let region: MadeRegion
let shop: Site
let day: DayDetails
let seller: string
const any: WishInput = { roleId: null, periodId: null, place: 'any' }
const now = () => test.clock.now()

beforeAll(async () => {
  test = await startTestApp()
  region = await makeRegion(test.db, now())
  shop = await makeSite(test.db, now(), region.regionId)
  day = await makeDay(test.db, now(), region.regionId, { open: true })
  seller = (await roleByCode(test.db, region.regionId, 'shop_seller')).id
})
afterAll(() => test.close())

async function guest(options: Parameters<typeof makePerson>[3] = {}) {
  const person = await makePerson(test.db, now(), shop, options)
  return { person, caller: await test.signedIn(person.accountId!) }
}

const wishesOf = async ({ caller }: { caller: Caller }) =>
  (await caller.ask(signupRoutes.mySignup, { params: { dayId: day.id } })).wishes
const submit = (caller: Caller, wishes: WishInput[], dayId = day.id) =>
  caller.call(signupRoutes.submitWishes, { params: { dayId }, body: { wishes } })
const mailsTo = (person: Person) => test.mailbox.listMails({ to: person.email! })

describe('signing up', () => {
  it('keeps wishes in their order and replaces them as a whole', async () => {
    const ann = await guest()
    const near: WishInput = { ...any, place: 'near', radiusKm: 30 }
    expect((await submit(ann.caller, [{ ...any, roleId: seller }, near])).status).toBe(200)
    expect(await wishesOf(ann)).toMatchObject([{ roleId: seller }, { place: 'near', radiusKm: 30 }])
    await submit(ann.caller, [near])
    expect(await wishesOf(ann)).toHaveLength(1)
  })

  it('tells by mail what was asked and how to change it', async () => {
    const ben = await guest({ firstName: 'Ben' })
    const morning = periodOf(day, 'morning').id
    await submit(ben.caller, [{ roleId: seller, periodId: morning, place: 'town' }, any])
    await test.runJobs()
    const [head] = await mailsTo(ben.person)
    const mail = await test.mailbox.readMail(head!.id)
    expect(mail!.text).toMatch(/Vœu 1.*Vendeur·se en boutique · dans ma ville · Matin/)
    expect(mail!.text).toContain(`http://localhost:3000/journees/${day.id}/voeux`)
    expect(mail!.text).not.toContain('{{')
  })

  it('refuses the same wish twice, more than five, and one’s own role', async () => {
    const seller1 = await guest({ role: 'shop_seller' })
    expect((await submit(seller1.caller, [any, any])).problem?.code).toBe('wish-repeated')
    const six = Array.from({ length: 6 }, (_, i) => ({
      ...any,
      place: 'near' as const,
      radiusKm: i + 1,
    }))
    expect((await submit(seller1.caller, six)).problem?.code).toBe('invalid-input')
    const own = await submit(seller1.caller, [{ ...any, roleId: seller }])
    expect(own.problem?.code).toBe('wish-own-role')
    expect(await wishesOf(seller1)).toEqual([])
  })

  it('refuses a site, a period or a role from elsewhere', async () => {
    const elsewhere = await makeRegion(test.db, now())
    const farSite = await makeSite(test.db, now(), elsewhere.regionId)
    const farRole = await roleByCode(test.db, elsewhere.regionId, 'shop_seller')
    const otherDay = await makeDay(test.db, now(), region.regionId)
    const carol = await guest()
    const wrong: WishInput[] = [
      { ...any, place: 'site', siteId: farSite.id },
      { ...any, roleId: farRole.id },
      { ...any, periodId: periodOf(otherDay, 'morning').id },
      { ...any, place: 'site' },
      { ...any, radiusKm: 10 },
    ]
    for (const wish of wrong) {
      expect((await submit(carol.caller, [wish])).problem?.code).toBe('invalid-input')
    }
    const stranger = await makePerson(test.db, now(), farSite)
    const caller = await test.signedIn(stranger.accountId!)
    expect((await submit(caller, [any])).problem?.code).toBe('forbidden')
  })

  it('ends in one of two hands when both are sent at once', async () => {
    const dan = await guest()
    const hands: WishInput[][] = [
      [{ ...any, roleId: seller }, any],
      [{ ...any, place: 'town' }, { ...any, place: 'near', radiusKm: 5 }, any],
    ]
    const answers = await Promise.all(
      [...hands, ...hands].map((wishes) => submit(dan.caller, wishes)),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const left = await wishesOf(dan)
    const places = left.map(({ place }) => place).join()
    expect(['any,any', 'town,near,any']).toContain(places)
  })

  it('closes with its deadline, but cancelling stays possible', async () => {
    const closing = await makeDay(test.db, now(), region.regionId)
    const eve = await guest()
    expect((await submit(eve.caller, [any], closing.id)).problem?.code).toBe('sign-up-not-open')
    await inTransaction(test.db, (trx) => days.openSignUp(trx, closing.id, region.director, now()))
    expect((await submit(eve.caller, [any], closing.id)).status).toBe(200)
    await inTransaction(test.db, (trx) => days.closeSignUp(trx, closing.id, region.director, now()))
    expect((await submit(eve.caller, [any], closing.id)).problem?.code).toBe('sign-up-closed')
    const params = { dayId: closing.id }
    expect((await eve.caller.call(signupRoutes.cancelSignup, { params })).status).toBe(204)
    expect((await eve.caller.call(signupRoutes.cancelSignup, { params })).status).toBe(204)
    expect((await eve.caller.ask(signupRoutes.mySignup, { params })).status).toBe('cancelled')
    expect(await signupsForMatching(test.db, closing.id)).toEqual([])
  })

  it('shows what can be taken: not one’s own role, not the hours one hosts', async () => {
    const own = await makeDay(test.db, now(), region.regionId, { open: true })
    const host = await makePerson(test.db, now(), shop, { role: 'shop_seller' })
    const technician = (await roleByCode(test.db, region.regionId, 'field_technician')).id
    const frank = await guest({ role: 'field_technician' })
    const hostOf = (personId: string, roleId: string) => ({ personId, siteId: shop.id, roleId })
    await makeSlot(test.services, now(), own, hostOf(host.id, seller), { capacity: 2 })
    await makeSlot(test.services, now(), own, hostOf(host.id, seller), { period: 'afternoon' })
    await makeSlot(test.services, now(), own, hostOf(frank.person.id, technician))
    const mine = await frank.caller.ask(signupRoutes.mySignup, { params: { dayId: own.id } })
    expect(mine.hosting).toHaveLength(1)
    expect(mine.offers).toEqual([
      {
        roleId: seller,
        siteId: shop.id,
        periodId: periodOf(own, 'afternoon').id,
        places: 1,
      },
    ])
  })
})

describe('mail about a day', () => {
  async function linkOf(person: Person): Promise<{ path: string; token: string; post: string }> {
    await test.runJobs()
    const [head] = await mailsTo(person)
    const mail = await test.mailbox.readMail(head!.id)
    const token = /\/desinscription\/(\S+)/.exec(mail!.text)?.[1]
    expect(token).toBeDefined()
    return { path: `/desinscription/${token}`, token: token!, post: mail!.html ?? '' }
  }

  it('stops by the button of a link, not by opening it, and can be taken up again', async () => {
    const gil = await guest()
    await submit(gil.caller, [any])
    const { token, path } = await linkOf(gil.person)
    await test.app.inject({ method: 'GET', url: path })
    const params = { token }
    const shown = await test.nobody.ask(signupRoutes.optOutLink, { params })
    expect(shown).toMatchObject({ dayName: day.name, optedOut: false })
    await test.nobody.ask(signupRoutes.optOutByLink, { params, body: { optedOut: true } })
    expect(await optedOut(test.db, day.id)).toContain(gil.person.id)
    await submit(gil.caller, [{ ...any, place: 'town' }])
    await test.runJobs()
    expect(await mailsTo(gil.person)).toHaveLength(1)
    await test.nobody.ask(signupRoutes.optOutByLink, { params, body: { optedOut: false } })
    expect(await optedOut(test.db, day.id)).not.toContain(gil.person.id)
  })

  it('stops by the mail program’s own button, twice as once (RFC 8058)', async () => {
    const hal = await guest()
    await submit(hal.caller, [any])
    const { path } = await linkOf(hal.person)
    const click = () =>
      test.app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      })
    // Without a session, and looking at it first, as scanners do, leaves nothing.
    for (const method of ['GET', 'HEAD'] as const) await test.app.inject({ method, url: path })
    expect(await optedOut(test.db, day.id)).not.toContain(hal.person.id)
    const twice = await Promise.all([click(), click()])
    expect(twice.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect((await click()).statusCode).toBe(200)
    expect(await optedOut(test.db, day.id)).toContain(hal.person.id)
    const forged = await test.app.inject({
      method: 'POST',
      url: `${path.slice(0, -3)}AAA`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    })
    expect(forged.statusCode).toBe(404)
  })

  it('is chosen in the app as well', async () => {
    const ida = await guest()
    const params = { dayId: day.id }
    await ida.caller.ask(signupRoutes.chooseDayMail, { params, body: { optedOut: true } })
    expect((await ida.caller.ask(signupRoutes.mySignup, { params })).optedOut).toBe(true)
  })
})
