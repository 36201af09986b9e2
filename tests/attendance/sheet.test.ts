import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { placementById } from '#server/features/matching/matching.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { guestCancels } from '#server/use-cases/guest-cancels.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { sheetRoutes as routes } from '#shared/attendance/attendance.sheet.contract.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { makeCoordinator, makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let lived: LivedDay
const theMorning = '2027-05-20T06:30:00Z'
beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
  const { db, clock } = test
  await makeCoordinator(db, clock.now(), lived.shop)
  // Marion again, now that HR knows how to reach her.
  await makePerson(db, clock.now(), lived.shop, {
    role: 'shop_seller',
    firstName: 'Marion',
    lastName: lived.host.lastName,
    employeeNumber: lived.host.employeeNumber,
    email: lived.host.email,
    phone: '05 56 00 00 01',
  })
})
afterAll(() => test.close())
beforeEach(() => test.clock.set(theMorning))

const guestLink = (at = 0) => ({
  params: { token: deriveToken(test.services.secret, 'placement', lived.placements[at]!, 1) },
})
const hostLink = () => ({
  params: {
    token: deriveToken(test.services.secret, 'slot', lived.slot.id, lived.slot.linkGeneration),
  },
})

describe('the day sheet of a guest', () => {
  it('says when, where, whom to ask for and all about the role, by the link alone', async () => {
    const sheet = await test.nobody.ask(routes.placementLinkSheet, guestLink())
    expect(sheet.meeting).toMatchObject({ kind: 'placement', state: 'open', firstName: 'Alice' })
    expect(sheet.place).toEqual({ latitude: 43.71, longitude: -1.05 })
    expect(sheet.kits.map(({ language }) => language)).toEqual(['fr', 'en', 'nl'])
    expect(sheet.kits[0]?.kit.bring.length).toBeGreaterThan(0)
    expect(sheet.contacts).toEqual([
      {
        as: 'host',
        firstName: 'Marion',
        lastName: lived.host.lastName,
        phone: '05 56 00 00 01',
        email: lived.host.email,
      },
      {
        as: 'coordinator',
        firstName: 'Camille',
        lastName: 'Coordination',
        phone: null,
        email: expect.stringContaining('coordinator-'),
      },
    ])
  })

  it.each([
    ['a minute before the day begins where it takes place', '2027-05-19T21:59:00Z', false],
    ['from its first midnight', '2027-05-19T22:00:00Z', true],
    ['until the last minute of it', '2027-05-20T21:59:00Z', true],
    ['and no longer once it is over', '2027-05-20T22:00:00Z', false],
  ])('tells how to reach people on the day only: %s', async (_, instant, open) => {
    test.clock.set(instant)
    const sheet = await test.nobody.ask(routes.placementLinkSheet, guestLink())
    expect(sheet.reach.open).toBe(open)
    const [host, coordinator] = sheet.contacts
    expect(host?.firstName).toBe('Marion')
    expect(host?.phone).toBe(open ? '05 56 00 00 01' : null)
    expect(host?.lastName).toBe(open ? lived.host.lastName : null)
    expect(coordinator?.firstName).toBe('Camille')
    expect(coordinator?.email === null).toBe(!open)
    const told = JSON.stringify(sheet)
    expect(told.includes(lived.host.email!)).toBe(open)
    expect(told.includes(lived.host.lastName)).toBe(open)
  })

  it('is nobody else’s, signed in: the guest, the coordinator of the site, the director', async () => {
    const params = { placementId: lived.placements[0]! }
    const { guests, host, bystander, director } = lived.callers
    const status = async (caller: typeof director) =>
      (await caller.call(routes.placementSheet, { params })).status
    expect(await status(guests[0]!)).toBe(200)
    expect(await status(director)).toBe(200)
    expect(await status(guests[1]!)).toBe(403)
    expect(await status(host)).toBe(403)
    expect(await status(bystander)).toBe(403)
    expect(await status(test.nobody)).toBe(401)
  })

  it('opens for no link but its own', async () => {
    const { secret } = test.services
    const forged = deriveToken(`${secret} or so`, 'placement', lived.placements[0]!, 1)
    const slotToken = hostLink().params.token
    for (const token of [forged, slotToken]) {
      const answer = await test.nobody.call(routes.placementLinkSheet, { params: { token } })
      expect(answer.problem?.code).toBe('link-expired')
    }
  })

  it('says plainly that a placement is over, and then names nobody', async () => {
    const voice = repairSetting(test.services)
    const now = test.clock.now()
    const id = lived.placements[4]!
    await inTransaction(test.db, (trx) => guestCancels(trx, id, 'link', now, voice))
    const { linkGeneration = 1 } = (await placementById(test.db, id)) ?? {}
    const token = deriveToken(test.services.secret, 'placement', id, linkGeneration)
    const sheet = await test.nobody.ask(routes.placementLinkSheet, { params: { token } })
    expect(sheet.meeting).toMatchObject({ state: 'ended', company: [] })
    expect(sheet).toMatchObject({ contacts: [], kits: [], place: null })
    expect(JSON.stringify(sheet)).not.toContain('Marion')
  })
})

describe('the day sheet of a host', () => {
  it('names who comes by first names, and the coordinator as the one to call', async () => {
    const sheet = await test.nobody.ask(routes.slotLinkSheet, hostLink())
    expect(sheet.meeting).toMatchObject({ kind: 'slot', firstName: 'Marion' })
    expect(sheet.meeting.company).toContain('Alice')
    expect(sheet.contacts.map(({ as }) => as)).toEqual(['coordinator'])
    const told = JSON.stringify(sheet)
    for (const guest of lived.guests) {
      expect(told).not.toContain(guest.email)
      expect(told).not.toContain(guest.lastName)
    }
  })

  it('does not name the host to themselves where they coordinate the site, too', async () => {
    const { db } = test
    await db
      .insertInto('grants')
      .values({
        id: '01980000-0000-7000-8000-000000000001',
        account_id: lived.host.accountId!,
        kind: 'coordinator',
        region_id: lived.region.regionId,
        site_id: lived.shop.id,
        granted_by: null,
        granted_at: test.clock.now(),
      })
      .execute()
    const sheet = await test.nobody.ask(routes.slotLinkSheet, hostLink())
    expect(sheet.contacts.map(({ firstName }) => firstName)).toEqual(['Camille'])
    const guest = await test.nobody.ask(routes.placementLinkSheet, guestLink())
    expect(guest.contacts.map(({ firstName }) => firstName)).toEqual(['Marion', 'Camille'])
  })
})
