import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { markPublished } from '#server/features/days/days.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { DayDetails } from '#shared/days/days.contract.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import { makeDay, periodOf } from '../days/days.factory.ts'
import {
  type MadeRegion,
  makeCoordinator,
  makePerson,
  makeRegion,
  makeSite,
  roleByCode,
} from '../roster/roster.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { makeSlot, slotDetails } from './slots.factory.ts'

let test: TestApp
let region: MadeRegion
let site: Awaited<ReturnType<typeof makeSite>>
let director: Caller
let coordinator: Caller
let roleId: string
let day: DayDetails
const now = () => test.clock.now()

beforeAll(async () => {
  test = await startTestApp()
  region = await makeRegion(test.db, now(), { name: 'Landes' })
  site = await makeSite(test.db, now(), region.regionId, { name: 'Boutique Dax' })
  director = await test.signedIn(region.director)
  coordinator = await test.signedIn(await makeCoordinator(test.db, now(), site))
  roleId = (await roleByCode(test.db, region.regionId, 'shop_seller')).id
})
afterAll(() => test.close())
beforeEach(async () => {
  day = await makeDay(test.db, now(), region.regionId, { releaseRequired: true })
})

const seller = async (person: { email?: null; firstName?: string } = {}) => {
  const { id, email, accountId } = await makePerson(test.db, now(), site, {
    role: 'shop_seller',
    ...person,
  })
  return { personId: id, siteId: site.id, roleId, email, accountId }
}
type Host = Awaited<ReturnType<typeof seller>>
const proposed = (host: Host) =>
  makeSlot(test.services, now(), day, host, { status: 'proposed', release: 'pending' })
const link = (slot: slots.Slot) => ({
  token: deriveToken(test.services.secret, 'slot', slot.id, slot.linkGeneration),
})
const givable = async () => (await slots.givableSlots(test.db, day)).map(({ id }) => id)

describe('a bulk proposal', () => {
  it('is read first, asks each host once, by mail or by card, and volunteers nobody', async () => {
    const other = await makeRegion(test.db, now())
    const shop = await makeSite(test.db, now(), other.regionId)
    const boss = await test.signedIn(other.director)
    const reached = await makePerson(test.db, now(), shop, {
      role: 'shop_seller',
      firstName: 'Zoé',
    })
    await makePerson(test.db, now(), shop, { role: 'shop_seller', email: null })
    await makePerson(test.db, now(), shop)
    const made = await makeDay(test.db, now(), other.regionId)
    const params = { dayId: made.id }
    const role = await roleByCode(test.db, other.regionId, 'shop_seller')
    const body = {
      periodId: periodOf(made, 'morning').id,
      roleIds: [role.id],
      siteIds: [],
      capacity: 2,
      perSite: 5,
    }
    const preview = await boss.ask(slotsRoutes.proposalPreview, { params, body })
    expect(preview).toMatchObject({ slots: 2, byMail: 1, byCard: 1, busy: 0 })
    expect(preview.mail?.subject).toContain('jeudi 20 mai')
    expect(preview.mail?.html).not.toContain('{{')
    expect(await slots.slotsOfDay(test.db, made.id)).toEqual([])

    const stale = await boss.call(slotsRoutes.propose, { params, body: { ...body, slots: 3 } })
    expect(stale.problem?.code).toBe('proposals-changed')
    const answers = await Promise.all([
      boss.call(slotsRoutes.propose, { params, body: { ...body, slots: 2 } }),
      boss.call(slotsRoutes.propose, { params, body: { ...body, slots: 2 } }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const asked = await slots.slotsOfDay(test.db, made.id)
    expect(asked.map(({ status, capacity }) => [status, capacity])).toEqual([
      ['proposed', 2],
      ['proposed', 2],
    ])
    expect(await slots.givableSlots(test.db, made)).toEqual([])

    await test.runJobs()
    const [mail] = await test.mailbox.listMails({ to: reached.email! })
    const read = await test.mailbox.readMail(mail!.id)
    expect(read?.text).toContain('Bonjour Zoé')
    expect(read?.text).toContain('de 9\u00A0h à 12\u00A0h\u00A030')
    const token = /\/creneau\/(\S+)/.exec(read!.text)?.[1]
    const page = await test.nobody.ask(slotsRoutes.slotLink, { params: { token: token! } })
    expect(page).toMatchObject({ status: 'proposed', host: { firstName: 'Zoé' } })
    const [mailing] = await boss.ask(daysRoutes.mailings, { params })
    expect(mailing).toMatchObject({ purpose: 'slot-proposal', total: 1, sent: 1 })
  })

  it('is for directors alone', async () => {
    const body = {
      periodId: periodOf(day, 'morning').id,
      roleIds: [roleId],
      siteIds: [],
      capacity: 1,
      perSite: 1,
      slots: 1,
    }
    const refused = await coordinator.call(slotsRoutes.propose, { params: { dayId: day.id }, body })
    expect(refused.status).toBe(403)
  })
})

describe('a host’s link', () => {
  it('changes nothing when opened, and takes the same answer twice', async () => {
    const slot = await proposed(await seller())
    const params = link(slot)
    await test.nobody.ask(slotsRoutes.slotLink, { params })
    expect((await slots.slotById(test.db, slot.id))?.status).toBe('proposed')
    const say = (answer: 'yes' | 'no' | 'pause') =>
      test.nobody.call(slotsRoutes.answerOffer, { params, body: { answer } })
    const both = await Promise.all([say('yes'), say('yes')])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect((await say('yes')).body?.status).toBe('accepted')
    expect((await say('pause')).body?.status).toBe('paused')
    expect((await say('yes')).body?.status).toBe('accepted')
    expect((await say('no')).body?.status).toBe('declined')
    expect((await say('no')).body?.status).toBe('declined')
    expect((await say('pause')).problem?.code).toBe('slot-not-accepted')
  })

  it('lets the host say « yes, but » within the period, and no further', async () => {
    const slot = await proposed(await seller())
    const params = link(slot)
    const answer = (changes: object) =>
      test.nobody.call(slotsRoutes.answerOffer, {
        params,
        body: { answer: 'yes', details: slotDetails(day, 'afternoon', changes) },
      })
    const narrower = await answer({
      startsAt: '14:00',
      endsAt: '16:15',
      capacity: 3,
      noCalls: true,
    })
    expect(narrower.body?.details).toMatchObject({ startsAt: '14:00', capacity: 3, noCalls: true })
    expect(narrower.body?.startsAt.toISOString()).toBe('2027-05-20T12:00:00.000Z')
    const wider = await answer({ startsAt: '13:00' })
    expect(wider.problem?.code).toBe('slot-outside-period')
    expect(wider.problem?.title).toContain('13:30')
    expect((await answer({ startsAt: '16:00', endsAt: '15:00' })).status).toBe(409)
    expect((await answer({ capacity: 13 })).status).toBe(400)
  })

  it('means hours that happen, also in the nights when the clocks change', async () => {
    const night = { code: 'night', nameFr: 'Nuit', startsAt: '01:00', endsAt: '05:00' }
    const slotOn = async (date: string, startsAt: string, endsAt: string) => {
      const made = await makeDay(test.db, now(), region.regionId, { date, periods: [night] })
      const details = slotDetails(made, 'night', { startsAt, endsAt })
      return inTransaction(test.db, async (trx) =>
        slots.offerSlot(trx, test.services.secret, made.id, await seller(), details, now()),
      )
    }
    // March leaves 2 to 3 h out: 2:30 is half past three, and nothing lasts from 2:30 to 3:15.
    expect(await slotOn('2027-03-28', '02:30', '04:30')).toMatchObject({
      startsAt: new Date('2027-03-28T01:30:00Z'),
      endsAt: new Date('2027-03-28T02:30:00Z'),
    })
    const none = await slotOn('2027-03-28', '02:30', '03:15')
    expect(none).toMatchObject({ refused: 'slot-outside-period' })
    // October has 2 to 3 h twice: the first is meant, and 1:30 to 3:30 lasts three hours.
    expect(await slotOn('2027-10-31', '01:30', '03:30')).toMatchObject({
      startsAt: new Date('2027-10-30T23:30:00Z'),
      endsAt: new Date('2027-10-31T02:30:00Z'),
    })
    expect(await slotOn('2027-10-31', '02:30', '03:30')).toMatchObject({
      startsAt: new Date('2027-10-31T00:30:00Z'),
    })
  })

  it('keeps a host from being in two places, even asked at the same moment', async () => {
    const host = await seller()
    const morning = await proposed(host)
    const whole = () =>
      inTransaction(test.db, (trx) =>
        slots.offerSlot(
          trx,
          test.services.secret,
          day.id,
          host,
          slotDetails(day, 'whole-day'),
          now(),
        ),
      )
    expect(await whole()).toEqual({ refused: 'slot-overlaps' })
    const no = { params: link(morning), body: { answer: 'no' as const } }
    await test.nobody.ask(slotsRoutes.answerOffer, no)
    const both = await Promise.all([whole(), whole()])
    expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: 'slot-overlaps' }])
    const yes = { params: link(morning), body: { answer: 'yes' as const } }
    const again = await test.nobody.call(slotsRoutes.answerOffer, yes)
    expect(again.problem?.code).toBe('slot-overlaps')
  })

  it('no longer opens once forged or revoked', async () => {
    const slot = await proposed(await seller())
    const { token } = link(slot)
    const forged = token.slice(0, -3) + (token.endsWith('AAA') ? 'BBB' : 'AAA')
    const open = (params: { token: string }) => test.nobody.call(slotsRoutes.slotLink, { params })
    expect((await open({ token: forged })).status).toBe(410)
    const placement = deriveToken(test.services.secret, 'placement', slot.id, 1)
    expect((await open({ token: placement })).status).toBe(410)
    await test.db
      .updateTable('slots')
      .set({ link_generation: 2 })
      .where('id', '=', slot.id)
      .execute()
    expect((await open({ token })).status).toBe(410)
  })

  it('takes no new yes from the close of offers to publication, and none after the day', async () => {
    const early = await makeSlot(test.services, now(), day, await seller())
    const late = await proposed(await seller())
    const tell = (slot: slots.Slot, answer: 'yes' | 'no' | 'pause') =>
      test.nobody.call(slotsRoutes.answerOffer, { params: link(slot), body: { answer } })
    test.clock.set('2027-05-03T09:00:00Z')
    expect((await tell(late, 'yes')).problem?.code).toBe('offers-closed')
    expect((await tell(early, 'pause')).body?.status).toBe('paused')
    expect((await tell(early, 'yes')).body?.status).toBe('accepted')
    await inTransaction(test.db, (trx) => markPublished(trx, day.id, now()))
    expect((await tell(late, 'yes')).body?.status).toBe('accepted')
    expect((await tell(early, 'pause')).body?.status).toBe('paused')
    test.clock.set('2027-05-21T09:00:00Z')
    expect((await tell(early, 'no')).problem?.code).toBe('day-over')
    test.clock.set('2027-03-01T09:00:00Z')
  })
})

describe('what may be given', () => {
  it('is never a proposal without a yes, nor what is paused, declined, refused or closed', async () => {
    const make = async (made: Parameters<typeof makeSlot>[4]) =>
      makeSlot(test.services, now(), day, await seller(), made)
    const good = await make({})
    await make({ status: 'proposed' })
    await make({ status: 'proposed', release: 'refused' })
    await make({ release: 'pending' })
    await make({ release: 'refused' })
    await make({ status: 'paused' })
    await make({ status: 'declined' })
    const closed = await make({})
    await inTransaction(test.db, (trx) => slots.closeSlot(trx, closed.id, 'host-declined', now()))
    expect(await givable()).toEqual([good.id])
  })

  it('ends the same whichever of a yes and a site’s refusal comes first', async () => {
    for (let round = 0; round < 3; round++) {
      const slot = await proposed(await seller())
      await Promise.all([
        test.nobody.call(slotsRoutes.answerOffer, {
          params: link(slot),
          body: { answer: 'yes' },
        }),
        coordinator.call(slotsRoutes.release, {
          params: { slotId: slot.id },
          body: { release: 'refused', reason: 'Inventaire ce matin-là' },
        }),
      ])
      expect((await slots.slotById(test.db, slot.id))?.release).toBe('refused')
    }
    expect(await givable()).toEqual([])
  })

  it('is not taken back from a site’s refusal by its host’s yes', async () => {
    const refused = { status: 'proposed' as const, release: 'refused' as const }
    const slot = await makeSlot(test.services, now(), day, await seller(), refused)
    const say = (answer: 'yes' | 'no') =>
      test.nobody.call(slotsRoutes.answerOffer, { params: link(slot), body: { answer } })
    expect((await say('yes')).problem?.code).toBe('slot-refused')
    expect((await say('no')).body?.status).toBe('declined')
  })

  it('goes back to the site when its host asks for more than was agreed', async () => {
    const slot = await makeSlot(test.services, now(), day, await seller(), { capacity: 2 })
    const change = (changes: object) =>
      test.nobody.ask(slotsRoutes.answerOffer, {
        params: link(slot),
        body: { answer: 'yes', details: slotDetails(day, 'morning', changes) },
      })
    expect((await change({ capacity: 1, startsAt: '10:00' })).release).toBe('released')
    expect((await change({ capacity: 3, startsAt: '10:00' })).release).toBe('pending')
    expect(await givable()).toEqual([])
  })
})

describe('a site’s coordinator', () => {
  it('releases, refuses with a reason, and takes either back', async () => {
    const slot = await makeSlot(test.services, now(), day, await seller(), { release: 'pending' })
    const params = { slotId: slot.id }
    const set = (body: Parameters<typeof slots.setRelease>[2]) =>
      coordinator.ask(slotsRoutes.release, { params, body })
    await set({ release: 'released' })
    expect(await givable()).toEqual([slot.id])
    await set({ release: 'refused', reason: 'Effectif réduit' })
    const seen = await test.nobody.ask(slotsRoutes.slotLink, { params: link(slot) })
    expect(seen).toMatchObject({ release: 'refused', refusedReason: 'Effectif réduit' })
    await set({ release: 'pending' })
    expect(await givable()).toEqual([])
    const elsewhere = await makeSite(test.db, now(), region.regionId)
    const other = await test.signedIn(await makeCoordinator(test.db, now(), elsewhere))
    const refused = await other.call(slotsRoutes.release, { params, body: { release: 'released' } })
    expect(refused.status).toBe(403)
  })

  it('sets limits that overlapping periods keep together', async () => {
    const params = { dayId: day.id, siteId: site.id }
    const caps = (morning: number | null, afternoon: number | null, whole: number | null) => [
      { periodId: periodOf(day, 'morning').id, capacity: morning },
      { periodId: periodOf(day, 'afternoon').id, capacity: afternoon },
      { periodId: periodOf(day, 'whole-day').id, capacity: whole },
    ]
    const set = (limit: number | null, ...wanted: Parameters<typeof caps>) =>
      coordinator.call(slotsRoutes.setCaps, { params, body: { limit, caps: caps(...wanted) } })
    const tooMany = await set(4, 3, 2, 2)
    expect(tooMany.problem?.code).toBe('caps-exceed-limit')
    expect(tooMany.problem?.title).toContain('09:00')
    expect((await set(4, 2, 2, 2)).body?.caps).toHaveLength(3)
    expect(await slots.capsOfDay(test.db, day.id)).toHaveLength(3)
    expect((await set(4, 4, 4, null)).problem?.code).toBe('caps-exceed-limit')
    expect((await set(null, 4, null, null)).body).toMatchObject({ limit: null })
    expect(await slots.capsOfDay(test.db, day.id)).toHaveLength(1)
  })

  it('keeps one of two sets of caps given at once, whole', async () => {
    const params = { dayId: day.id, siteId: site.id }
    const periodId = periodOf(day, 'morning').id
    const set = (capacity: number) =>
      coordinator.call(slotsRoutes.setCaps, {
        params,
        body: { limit: capacity, caps: [{ periodId, capacity }] },
      })
    await set(1)
    const answers = await Promise.all([set(2), set(3), set(4), set(5)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const [cap, ...more] = await slots.capsOfDay(test.db, day.id)
    expect(more).toEqual([])
    expect(cap?.capacity).toBe(await slots.siteLimit(test.db, day.id, site.id))
  })

  it('prints cards only for hosts without mail, with a code that opens their page', async () => {
    const host = await seller({ email: null, firstName: 'Ahmed' })
    await proposed(host)
    await proposed(await seller())
    const cards = await coordinator.ask(slotsRoutes.cards, {
      params: { dayId: day.id, siteId: site.id },
    })
    expect(cards).toHaveLength(1)
    const [card] = cards
    expect(card?.hostName).toContain('Ahmed')
    const typed = `${card!.code.slice(0, 4).toLowerCase()} ${card!.code.slice(4)}`
    const { token } = await test.nobody.ask(slotsRoutes.card, { body: { code: typed } })
    expect(card?.link).toBe(`http://localhost:3000/creneau/${token}`)
    const page = await test.nobody.ask(slotsRoutes.slotLink, { params: { token } })
    expect(page.host.firstName).toBe('Ahmed')
    const rows = await test.db.selectFrom('slots').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(card!.code)
  })

  it('prints none for the coordinator of a site of another region', async () => {
    const other = await makeRegion(test.db, now())
    const elsewhere = await makeSite(test.db, now(), other.regionId)
    const stranger = await test.signedIn(await makeCoordinator(test.db, now(), elsewhere))
    const params = { dayId: day.id, siteId: elsewhere.id }
    const answer = await stranger.call(slotsRoutes.cards, { params })
    expect(answer.problem?.code).toBe('forbidden')
  })

  it('cannot be guessed at: codes are counted per caller', async () => {
    const guess = () => test.nobody.call(slotsRoutes.card, { body: { code: '0000 0000' } })
    let last = await guess()
    expect(last.problem?.code).toBe('card-unknown')
    for (let count = 0; count < 30; count++) last = await guess()
    expect(last.problem?.code).toBe('too-many-requests')
    test.clock.advance({ minutes: 16 })
  })
})

describe('a host who signs in', () => {
  it('offers a slot of their own accord and finds it again, with its link', async () => {
    const host = await seller()
    const me = await test.signedIn(host.accountId!)
    const params = { dayId: day.id }
    const before = await me.ask(slotsRoutes.mySlots, { params })
    expect(before.slots).toEqual([])
    expect(before.canOffer?.site.name).toBe('Boutique Dax')
    const body = slotDetails(day, 'morning', { capacity: 2 })
    const slot = await me.ask(slotsRoutes.offerSlot, { params, body })
    expect(slot).toMatchObject({ status: 'accepted', release: 'pending' })
    const twice = await me.call(slotsRoutes.offerSlot, { params, body })
    expect(twice.problem?.code).toBe('slot-overlaps')
    const { slots: mine } = await me.ask(slotsRoutes.mySlots, { params })
    expect(mine.map(({ token }) => token)).toEqual([slot.token])
  })

  it('is told when nobody can shadow their job', async () => {
    const office = await makePerson(test.db, now(), site)
    const me = await test.signedIn(office.accountId!)
    const params = { dayId: day.id }
    expect((await me.ask(slotsRoutes.mySlots, { params })).canOffer).toBeNull()
    const refused = await me.call(slotsRoutes.offerSlot, {
      params,
      body: slotDetails(day, 'morning'),
    })
    expect(refused.problem?.code).toBe('no-role-to-show')
  })
})

describe('coverage', () => {
  it('counts places apart from what still waits for a site or a host', async () => {
    await makeSlot(test.services, now(), day, await seller(), { capacity: 3 })
    await makeSlot(test.services, now(), day, await seller(), { capacity: 2, release: 'pending' })
    await proposed(await seller())
    const params = { dayId: day.id }
    const { cells, sites } = await director.ask(slotsRoutes.coverage, { params })
    const periodId = periodOf(day, 'morning').id
    const cell = { siteId: site.id, roleId, periodId }
    expect(cells).toEqual([{ ...cell, places: 3, awaitingRelease: 2, proposed: 1 }])
    expect(sites.find(({ id }) => id === site.id)).toMatchObject({
      name: 'Boutique Dax',
      department: '40',
      target: null,
    })
  })
})
