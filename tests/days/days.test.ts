import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSignUp } from '#server/features/days/days.service.ts'
import { setOptOut } from '#server/features/signup/signup.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import {
  makeCoordinator,
  makePerson,
  makeRegion,
  makeSite,
  roleByCode,
} from '../roster/roster.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { dayInput, makeDay } from './days.factory.ts'

let test: TestApp
let regionId: string
let site: Awaited<ReturnType<typeof makeSite>>
let director: Caller
beforeAll(async () => {
  test = await startTestApp()
  const now = test.clock.now()
  const region = await makeRegion(test.db, now)
  regionId = region.regionId
  director = await test.signedIn(region.director)
  site = await makeSite(test.db, now, regionId)
  for (let count = 0; count < 3; count++) await makePerson(test.db, now, site)
  await makePerson(test.db, now, site, { email: null })
})
afterAll(() => test.close())

describe('creating a day', () => {
  it('starts from sensible defaults and the four irritants of the first edition', async () => {
    const params = { regionId }
    const defaults = await director.ask(daysRoutes.dayDefaults, {
      params,
      query: { date: '2027-05-20' },
    })
    expect(defaults.irritants.map(({ nameFr }) => nameFr)).toEqual([
      'Attente au téléphone',
      'Attente en boutique',
      'Problème technique non résolu',
      'Multiplicité des interlocuteurs',
    ])
    const { irritants, timeZone, ...proposed } = defaults
    expect(timeZone).toBe('Europe/Paris')
    const body = {
      ...proposed,
      name: '10 de cœur',
      date: '2027-05-20',
      focusIrritantIds: [irritants[2]!.id],
      releaseRequired: true,
      expectedGuests: 60,
    }
    body.periods.push({ nameFr: 'Soirée', startsAt: '18:00', endsAt: '20:00' })
    const day = await director.ask(daysRoutes.createDay, { params, body })
    expect(day.periods.map(({ code, startsAt }) => [code, startsAt])).toEqual([
      ['morning', '09:00'],
      ['afternoon', '13:30'],
      ['whole-day', '09:00'],
      ['own-1', '18:00'],
    ])
    expect(day.signUpClosesAt.toISOString()).toBe('2027-05-06T21:59:00.000Z')
    expect(day.focusIrritantIds).toEqual([irritants[2]!.id])
    const list = await director.ask(daysRoutes.daysOfRegion, { params })
    expect(list.map(({ id }) => id)).toContain(day.id)
  })

  it('refuses a past date, deadlines out of order, periods twice or backwards', async () => {
    const now = test.clock.now()
    const refusal = async (body: ReturnType<typeof dayInput>) =>
      (await director.call(daysRoutes.createDay, { params: { regionId }, body })).problem?.code
    expect(await refusal(dayInput('2027-02-01', now))).toBe('date-past')
    const late = dayInput('2027-05-20', now, { offersCloseOn: '2027-05-12' })
    expect(await refusal(late)).toBe('deadlines-out-of-order')
    const input = dayInput('2027-05-20', now)
    const [morning] = input.periods
    expect(await refusal({ ...input, periods: [morning!, { ...morning!, code: 'again' }] })).toBe(
      'periods-twice',
    )
    const backwards = [{ ...morning!, startsAt: '12:00', endsAt: '12:00' }]
    expect(await refusal({ ...input, periods: backwards })).toBe('periods-twice')
    // On this night the clock jumps from 2 to 3 h.
    const gap = [{ ...morning!, startsAt: '02:00', endsAt: '03:00' }]
    expect(await refusal({ ...dayInput('2027-03-28', now), periods: gap })).toBe('periods-twice')
  })

  it('is for the region’s director alone', async () => {
    const coordinator = await test.signedIn(await makeCoordinator(test.db, test.clock.now(), site))
    const body = dayInput('2027-05-20', test.clock.now())
    const refused = await coordinator.call(daysRoutes.createDay, { params: { regionId }, body })
    expect(refused.status).toBe(403)
    const other = await makeRegion(test.db, test.clock.now())
    const stranger = await test.signedIn(other.director)
    const day = await makeDay(test.db, test.clock.now(), regionId)
    const seen = await stranger.call(daysRoutes.day, { params: { dayId: day.id } })
    expect(seen.status).toBe(403)
    const opened = await coordinator.call(daysRoutes.openSignUp, {
      params: { dayId: day.id },
      body: { invite: false },
    })
    expect(opened.status).toBe(403)
  })
})

describe('changing a day', () => {
  it('moves everything until slots rest on it, then keeps date and hours', async () => {
    const now = test.clock.now()
    const day = await makeDay(test.db, now, regionId)
    const params = { dayId: day.id }
    const moved = await director.ask(daysRoutes.updateDay, {
      params,
      body: dayInput('2027-05-27', now, { name: 'Printemps' }),
    })
    expect([moved.name, moved.date]).toEqual(['Printemps', '2027-05-27'])
    expect(moved.periods.map(({ id }) => id)).toEqual(day.periods.map(({ id }) => id))
    const host = await makePerson(test.db, now, site, { role: 'shop_seller' })
    const role = await roleByCode(test.db, regionId, 'shop_seller')
    const at = { personId: host.id, siteId: site.id, roleId: role.id }
    await makeSlot(test.services, now, moved, at)
    const refusal = async (body: ReturnType<typeof dayInput>) =>
      (await director.call(daysRoutes.updateDay, { params, body })).problem?.code
    const input = dayInput('2027-05-27', now, { name: 'Été' })
    expect(await refusal(dayInput('2027-05-28', now))).toBe('periods-in-use')
    expect(await refusal({ ...input, periods: input.periods.slice(1) })).toBe('periods-in-use')
    const shifted = input.periods.map((one) => ({ ...one, startsAt: '08:30' }))
    expect(await refusal({ ...input, periods: shifted })).toBe('periods-in-use')
    expect(await refusal(input)).toBeUndefined()
  })
})

describe('opening sign-up', () => {
  it('shows the mail and its recipients first, then sends exactly those, once', async () => {
    const now = test.clock.now()
    const { regionId, director: accountId } = await makeRegion(test.db, now, { name: 'Landes' })
    const boss = await test.signedIn(accountId)
    const site = await makeSite(test.db, now, regionId)
    const reached = await makePerson(test.db, now, site, { firstName: 'Noé' })
    await makePerson(test.db, now, site)
    await makePerson(test.db, now, site, { email: null })
    const day = await makeDay(test.db, now, regionId)
    const left = await makePerson(test.db, now, site)
    const gone = { regionId, dayId: day.id, personId: left.id }
    await inTransaction(test.db, (trx) => setOptOut(trx, gone, true, now))

    const params = { dayId: day.id }
    const preview = await boss.ask(daysRoutes.signUpPreview, { params })
    expect(preview.recipients).toBe(2)
    expect(preview.leftOut).toEqual([
      { reason: 'no-mail', count: 1 },
      { reason: 'opted-out', count: 1 },
    ])
    expect(preview.mail.subject).toContain('jeudi 20 mai')
    expect(preview.mail.html).not.toContain('{{')
    expect(preview.mail.html).not.toMatch(/desinscription/)

    const stale = await boss.call(daysRoutes.openSignUp, {
      params,
      body: { invite: true, recipients: 3 },
    })
    expect(stale.problem?.code).toBe('recipients-changed')
    expect(stale.problem?.title).toContain('2')
    expect((await boss.ask(daysRoutes.day, { params })).signUpOpenedAt).toBeNull()

    const body = { invite: true as const, recipients: 2 }
    const both = await Promise.all([
      boss.call(daysRoutes.openSignUp, { params, body }),
      boss.call(daysRoutes.openSignUp, { params, body }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await test.runJobs()
    const mails = await test.mailbox.listMails({ to: reached.email! })
    expect(mails).toHaveLength(1)
    const mail = await test.mailbox.readMail(mails[0]!.id)
    expect(mail?.text).toContain('Bonjour Noé')
    expect(mail?.text).toContain(`/journees/${day.id}/voeux`)
    expect(mail?.text).toMatch(/\/desinscription\/[\w-]{22}\.[\w-]{22}/)
    expect(await test.mailbox.listMails({ to: left.email! })).toEqual([])
    const [mailing] = await boss.ask(daysRoutes.mailings, { params })
    expect(mailing).toMatchObject({ purpose: 'sign-up', total: 2, sent: 2, waiting: 0 })

    const again = await boss.ask(daysRoutes.signUpPreview, { params })
    expect(again.recipients).toBe(0)
    expect(again.leftOut).toContainEqual({ reason: 'already-invited', count: 2 })
  })

  it('can be stopped before the mails leave: what has not left never does', async () => {
    const now = test.clock.now()
    const day = await makeDay(test.db, now, regionId)
    const params = { dayId: day.id }
    const { recipients } = await director.ask(daysRoutes.signUpPreview, { params })
    const { batchId } = await director.ask(daysRoutes.openSignUp, {
      params,
      body: { invite: true, recipients },
    })
    const stop = () =>
      director.ask(daysRoutes.stopMailing, { params: { dayId: day.id, batchId: batchId! } })
    expect(await stop()).toMatchObject({ total: recipients, stopped: recipients, sent: 0 })
    expect(await stop()).toMatchObject({ stopped: recipients })
    await test.runJobs()
    const [mailing] = await director.ask(daysRoutes.mailings, { params })
    expect(mailing).toMatchObject({ sent: 0, stopped: recipients })
    const other = await makeDay(test.db, now, regionId)
    const elsewhere = await director.call(daysRoutes.stopMailing, {
      params: { dayId: other.id, batchId: batchId! },
    })
    expect(elsewhere.status).toBe(404)
  })

  it('closes and opens again until its deadline', async () => {
    const day = await makeDay(test.db, test.clock.now(), regionId, { open: true })
    const params = { dayId: day.id }
    expect((await director.ask(daysRoutes.closeSignUp, { params })).signUpClosedAt).not.toBeNull()
    expect((await director.ask(daysRoutes.timeline, { params })).nextAction).toBe('compute-plan')
    const open = () => director.call(daysRoutes.openSignUp, { params, body: { invite: false } })
    expect((await open()).body?.day.signUpClosedAt).toBeNull()
    const late = new Date('2027-05-07T08:00:00Z')
    const refused = await inTransaction(test.db, (trx) => openSignUp(trx, day.id, regionId, late))
    expect(refused).toMatchObject({ refused: 'sign-up-deadline-passed' })
  })
})

describe('the director’s home', () => {
  it('goes from asking hosts to opening, as soon as one place can be given', async () => {
    const now = test.clock.now()
    const day = await makeDay(test.db, now, regionId)
    const params = { dayId: day.id }
    const home = () => director.ask(daysRoutes.timeline, { params })
    expect(await home()).toMatchObject({ nextAction: 'propose-slots', watch: [] })
    const role = await roleByCode(test.db, regionId, 'shop_seller')
    const host = async (email?: null) => {
      const person = await makePerson(test.db, now, site, {
        role: 'shop_seller',
        ...(email === null ? { email } : {}),
      })
      return { personId: person.id, siteId: site.id, roleId: role.id }
    }
    await makeSlot(test.services, now, day, await host(), {
      status: 'proposed',
      release: 'pending',
    })
    await makeSlot(test.services, now, day, await host(null), {
      status: 'proposed',
      release: 'pending',
    })
    expect(await home()).toMatchObject({
      nextAction: 'wait-for-hosts',
      watch: [
        { code: 'silent-hosts', count: 1 },
        { code: 'hosts-without-mail', count: 1 },
        { code: 'sites-without-places', count: 1 },
      ],
    })
    await makeSlot(test.services, now, day, await host(), { capacity: 2 })
    const ready = await home()
    expect(ready.nextAction).toBe('open-sign-up')
    expect(ready.figures).toContainEqual({ code: 'places', value: 2 })
    expect(ready.watch).not.toContainEqual({ code: 'sites-without-places', count: 1 })
  })
})
