import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { attendanceOf } from '#server/features/attendance/attendance.queries.ts'
import { slotById } from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { guestCancels } from '#server/use-cases/guest-cancels.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { arrivalsRoutes as routes } from '#shared/attendance/attendance.arrivals.contract.ts'
import type { Attended } from '#shared/attendance/attendance.vocabulary.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import {
  type LivedDay,
  livedDay,
  placementToken,
  slotToken,
} from '../observations/observations.factory.ts'
import { makeCoordinator, makePerson } from '../roster/roster.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { followEvents } from '../support/events.ts'

let test: TestApp
let lived: LivedDay
let coordinator: Caller
beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  // Half past eight on the day: the meeting is at nine.
  lived = await livedDay(test)
  const account = await makeCoordinator(test.db, test.clock.now(), lived.shop)
  coordinator = await test.signedIn(account)
})
afterAll(() => test.close())

const host = () => ({ token: slotToken(test, lived.slot) })
const guest = (place: number) => ({ token: placementToken(test, lived, place) })
const seenByHost = () => test.nobody.ask(routes.hostArrivals, { params: host() })
const arrive = (place: number, code: string) =>
  test.nobody.call(routes.arriveByCode, { params: guest(place), body: { code } })
const hostSays = (place: number, said: Attended | null) =>
  test.nobody.call(routes.hostSays, {
    params: { ...host(), placementId: lived.placements[place]! },
    body: { said },
  })
const siteSays = (place: number, said: Attended | null, caller = coordinator) =>
  caller.call(routes.say, { params: { placementId: lived.placements[place]! }, body: { said } })
const board = () => lived.callers.director.ask(routes.board, { params: { dayId: lived.day.id } })
const site = () =>
  coordinator.ask(routes.ofSite, { params: { dayId: lived.day.id, siteId: lived.shop.id } })
const guestsAtSite = async () => (await site()).slots[0]!.guests
const isOf = (place: number) => (one: { placementId: string }) =>
  one.placementId === lived.placements[place]

async function audited(action: string) {
  const rows = await test.db
    .selectFrom('audit_events')
    .select(['account_id', 'subject_id', 'details'])
    .where('action', '=', action)
    .where('region_id', '=', lived.region.regionId)
    .orderBy('id')
    .execute()
  return rows
}

describe('the code a host shows', () => {
  it('says that the guest is there, once, however it is typed', async () => {
    const { code } = await seenByHost()
    expect(code).toMatch(/^\d{6}$/)
    expect((await arrive(0, `${code!.slice(0, 3)} ${code!.slice(3)}`)).body).toMatchObject({
      state: 'open',
      said: 'present',
      by: 'code',
    })
    const first = await attendanceOf(test.db, lived.placements[0]!)
    test.clock.advance({ minutes: 5 })
    expect((await arrive(0, code!)).status).toBe(200)
    expect(await attendanceOf(test.db, lived.placements[0]!)).toEqual(first)
    expect((await board()).tally).toMatchObject({ present: 1, expected: 4 })
  })

  it('pressed twice at once is one arrival and one line of the audit', async () => {
    const { code } = await seenByHost()
    const presses = await Promise.all([1, 2, 3].map(() => arrive(0, code!)))
    expect(presses.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await audited('attendance.say')).toHaveLength(1)
  })

  it('is refused when wrong, or of another slot; guessing is stopped', async () => {
    const { code } = await test.nobody.ask(routes.hostArrivals, {
      params: { token: slotToken(test, lived.unvisited) },
    })
    expect((await arrive(0, code!)).problem?.code).toBe('arrival-code-wrong')
    for (let tries = 0; tries < 9; tries++) await arrive(0, 'abcdef')
    expect((await arrive(0, (await seenByHost()).code!)).problem?.code).toBe('too-many-requests')
    // Somebody else misreading is not held against the others.
    expect((await arrive(1, (await seenByHost()).code!)).status).toBe(200)
    test.clock.advance({ minutes: 16 })
    expect((await arrive(0, (await seenByHost()).code!)).status).toBe(200)
  })

  it('counts from an hour before the meeting to the next day', async () => {
    const { code } = await seenByHost()
    test.clock.set('2027-05-20T05:59:00Z')
    expect((await arrive(0, code!)).problem?.code).toBe('arrivals-not-open')
    expect(await seenByHost()).toMatchObject({ state: 'early', code: null, arrivalToken: null })
    test.clock.set('2027-05-21T21:59:00Z')
    expect((await arrive(0, code!)).status).toBe(200)
    test.clock.set('2027-05-21T22:00:00Z')
    expect((await arrive(1, code!)).problem?.code).toBe('arrivals-closed')
    expect((await hostSays(1, 'absent')).problem?.code).toBe('arrivals-closed')
    expect((await siteSays(1, 'absent')).problem?.code).toBe('arrivals-closed')
  })

  it('scanned, asks who one is, and says so only on a press', async () => {
    const { arrivalToken } = await seenByHost()
    const params = { token: arrivalToken! }
    for (const method of ['GET', 'HEAD'] as const) {
      await test.app.inject({ method, url: `/api/arrival-links/${arrivalToken}` })
    }
    const before = await test.nobody.ask(routes.scanned, { params })
    expect(before.guests.map(({ name, said }) => [name.split(' ')[0], said])).toEqual(
      ['Alice', 'Bruno', 'Chloé', 'Driss', 'Elsa'].map((name) => [name, null]),
    )
    const pressed = { params: { ...params, placementId: lived.placements[2]! } }
    const after = await test.nobody.ask(routes.arriveByScan, pressed)
    expect(after.guests.find(isOf(2))).toMatchObject({ said: 'present' })
    expect((await guestsAtSite()).find(isOf(2))).toMatchObject({ standing: 'present', by: 'code' })
  })

  it('opens nothing of the host’s, and the host’s link is no picture', async () => {
    const { arrivalToken } = await seenByHost()
    const asHost = { params: { token: arrivalToken! } }
    expect((await test.nobody.call(routes.hostArrivals, asHost)).problem?.code).toBe('link-expired')
    expect((await test.nobody.call(routes.scanned, { params: host() })).problem?.code).toBe(
      'link-expired',
    )
  })

  it('receives nobody who gave their place back or moved meanwhile', async () => {
    const { code, arrivalToken } = await seenByHost()
    await inTransaction(test.db, (trx) =>
      guestCancels(
        trx,
        lived.placements[0]!,
        'link',
        test.clock.now(),
        repairSetting(test.services),
      ),
    )
    expect((await arrive(0, code!)).problem?.code).toBe('placement-ended')
    const scan = { token: arrivalToken!, placementId: lived.placements[0]! }
    expect((await test.nobody.call(routes.arriveByScan, { params: scan })).problem?.code).toBe(
      'placement-ended',
    )
    expect((await hostSays(0, 'present')).problem?.code).toBe('placement-ended')
    expect((await test.nobody.ask(routes.guestArrival, { params: guest(0) })).state).toBe('off')
    expect((await board()).tally).toMatchObject({ cancelled: 1, absent: 0, expected: 4 })
  })

  it('counts for nothing once the day is cancelled', async () => {
    const { code } = await seenByHost()
    const params = { dayId: lived.day.id }
    const { director } = lived.callers
    const { fingerprint } = await director.ask(invitationsRoutes.cancellationPreview, { params })
    await director.ask(invitationsRoutes.cancelDay, { params, body: { fingerprint } })
    expect((await arrive(0, code!)).problem?.code).toBe('day-cancelled')
    expect((await siteSays(0, 'absent')).problem?.code).toBe('day-cancelled')
    expect(Object.values((await board()).tally).every((count) => count === 0)).toBe(true)
  })
})

describe('ticking off', () => {
  it('is one tap for the host and for the coordinator, and can be taken back', async () => {
    const said = (await hostSays(0, 'present')).body!.guests.find(isOf(0))
    expect(said).toMatchObject({ said: 'present', by: 'host', standing: 'present', before: null })
    expect((await siteSays(1, 'absent')).status).toBe(204)
    expect((await guestsAtSite()).find(isOf(1))).toMatchObject({
      standing: 'absent',
      by: 'coordinator',
    })
    await siteSays(1, null)
    expect((await guestsAtSite()).find(isOf(1))).toMatchObject({ standing: 'expected', said: null })
  })

  it('at once by both is one truth, said by one of them', async () => {
    const both = await Promise.all([hostSays(0, 'present'), siteSays(0, 'present')])
    expect(both.map(({ status }) => status)).toEqual([200, 204])
    const found = (await guestsAtSite()).find(isOf(0))!
    expect(found).toMatchObject({ said: 'present', before: null })
    expect((await seenByHost()).guests.find(isOf(0))).toEqual(found)
    expect(await audited('attendance.say')).toHaveLength(1)
  })

  it('in opposite words at once: the later stands, and both see what it replaced', async () => {
    await Promise.all([hostSays(0, 'present'), siteSays(0, 'absent')])
    const atSite = (await guestsAtSite()).find(isOf(0))!
    const [later, earlier] =
      atSite.by === 'host'
        ? [
            { said: 'present', by: 'host' },
            { before: 'absent', beforeBy: 'coordinator' },
          ]
        : [
            { said: 'absent', by: 'coordinator' },
            { before: 'present', beforeBy: 'host' },
          ]
    expect(atSite).toMatchObject({ ...later, ...earlier })
    expect((await seenByHost()).guests.find(isOf(0))).toEqual(atSite)
    expect(await audited('attendance.say')).toHaveLength(2)
  })

  it('is told at once to who looks after the site and to the host, without any data', async () => {
    const address = await test.app.listen({ port: 0, host: '127.0.0.1' })
    const { id } = lived.day
    const followed = await Promise.all([
      followEvents(`${address}/api/days/${id}/arrivals/live`, coordinator.cookie),
      followEvents(`${address}/api/slot-links/${host().token}/arrivals/live`),
    ])
    const told = Promise.all(followed.map((stream) => stream.next()))
    await siteSays(0, 'present')
    expect((await told).map(({ data }) => data)).toEqual([
      `attendance:${id}`,
      `attendance-slot:${lived.slot.id}`,
    ])
    for (const stream of followed) stream.close()
  })

  it('keeps who, when and what before in the audit, without names', async () => {
    await hostSays(0, 'absent')
    test.clock.advance({ minutes: 1 })
    await siteSays(0, 'partly', lived.callers.director)
    const { code } = await seenByHost()
    // Left early, as the director saw: showing the code does not make it a whole morning.
    await arrive(0, code!)
    const lines = await audited('attendance.say')
    expect(lines.map(({ details }) => details)).toEqual([
      { by: 'host', said: 'absent', before: 'unknown' },
      { by: 'director', said: 'partly', before: 'absent' },
    ])
    expect(lines.map(({ account_id }) => account_id)).toEqual([null, lived.region.director])
  })

  it('of an absence by the host gives way to the guest who shows the code', async () => {
    await hostSays(0, 'absent')
    await arrive(0, (await seenByHost()).code!)
    expect((await guestsAtSite()).find(isOf(0))).toMatchObject({
      said: 'present',
      by: 'code',
      before: 'absent',
      beforeBy: 'host',
    })
  })

  it('is only for the host’s own guests', async () => {
    const params = {
      token: slotToken(test, lived.unvisited),
      placementId: lived.placements[0]!,
    }
    const answer = await test.nobody.call(routes.hostSays, { params, body: { said: 'absent' } })
    expect(answer.problem?.code).toBe('placement-ended')
  })
})

describe('a host who does not come', () => {
  const report = (place: number) => test.nobody.call(routes.reportHost, { params: guest(place) })

  it('is reported by a guest, once the hour has struck: the guest is there without a host', async () => {
    expect((await report(0)).problem?.code).toBe('host-still-expected')
    test.clock.set('2027-05-20T07:15:00Z')
    expect((await report(0)).body).toMatchObject({
      said: 'present',
      by: 'guest',
      hostAbsence: { by: 'guest' },
    })
    await siteSays(1, 'absent')
    const { tally, sites } = await board()
    expect(tally).toMatchObject({ 'host-absent': 1, present: 0, absent: 1, late: 3 })
    expect(sites).toMatchObject([{ id: lived.shop.id, hostsAbsent: 1 }])
    const { figures } = await lived.callers.director.ask(daysRoutes.timeline, {
      params: { dayId: lived.day.id },
    })
    expect(figures).toEqual([
      { code: 'guests-present', value: 0 },
      { code: 'guests-awaited', value: 3 },
      { code: 'guests-without-host', value: 1 },
    ])
  })

  it('comes after all, as the host, the guest, the coordinator or the shown code say', async () => {
    test.clock.set('2027-05-20T07:15:00Z')
    const { code } = await seenByHost()
    const slot = { params: { slotId: lived.slot.id } }
    const ways = [
      () => test.nobody.call(routes.hostIsHere, { params: host() }),
      () => test.nobody.call(routes.hostCame, { params: guest(0) }),
      () => coordinator.call(routes.sayHostCame, slot),
      () => arrive(1, code!),
    ]
    for (const way of ways) {
      await report(0)
      expect((await site()).slots[0]!.hostAbsence).not.toBeNull()
      expect((await way()).status).toBeLessThan(300)
      expect((await site()).slots[0]!.hostAbsence).toBeNull()
    }
    expect((await board()).tally).toMatchObject({ present: 2, 'host-absent': 0 })
  })

  it('is said missing by two guests and the coordinator at once: missing once', async () => {
    test.clock.set('2027-05-20T07:15:00Z')
    const slot = { params: { slotId: lived.slot.id } }
    const answers = await Promise.all([
      report(0),
      report(1),
      coordinator.call(routes.sayHostAbsent, slot),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 204])
    expect(await audited('attendance.say-host')).toHaveLength(1)
    expect((await board()).tally).toMatchObject({ 'host-absent': 2 })
  })
})

describe('a stand-in', () => {
  const colleague = (firstName: string, more: { email?: null } = {}) =>
    makePerson(test.db, test.clock.now(), lived.shop, { role: 'shop_seller', firstName, ...more })
  const slot = () => ({ slotId: lived.slot.id })
  const offered = async () =>
    (await coordinator.ask(routes.standIns, { params: slot() })).map(({ id }) => id)
  const name = (personId: string) =>
    coordinator.call(routes.nameStandIn, { params: slot(), body: { personId } })

  it('named in person hosts at once: guests keep their places, old code and link are over', async () => {
    const paul = await colleague('Paul', { email: null })
    test.clock.set('2027-05-20T07:15:00Z')
    const { code, arrivalToken } = await seenByHost()
    await test.nobody.ask(routes.reportHost, { params: guest(0) })
    expect(await offered()).toEqual([paul.id])
    expect((await name(paul.id)).status).toBe(204)
    expect((await name(paul.id)).status).toBe(204)
    const [held] = (await site()).slots
    expect(held).toMatchObject({ hostAbsence: null, replaceable: true })
    expect(held!.hostName).toMatch(/^Paul /)
    expect(held!.guests).toHaveLength(5)
    expect(held!.guests.find(isOf(0))).toMatchObject({ standing: 'present' })
    const former = await test.nobody.call(routes.hostArrivals, { params: host() })
    expect(former.problem?.code).toBe('link-renewed')
    const scan = { params: { token: arrivalToken! } }
    expect((await test.nobody.call(routes.scanned, scan)).problem?.code).toBe('link-renewed')
    expect((await arrive(1, code!)).problem?.code).toBe('arrival-code-wrong')
    const { linkGeneration } = (await slotById(test.db, lived.slot.id))!
    const token = deriveToken(test.services.secret, 'slot', lived.slot.id, linkGeneration)
    const now = await test.nobody.ask(routes.hostArrivals, { params: { token } })
    expect((await arrive(1, now.code!)).status).toBe(200)
    expect(await audited('attendance.name-stand-in')).toHaveLength(1)
  })

  it('is nobody who hosts or visits at these hours, and nobody before the day', async () => {
    await makePerson(test.db, test.clock.now(), lived.shop, { firstName: 'Bureau' })
    expect(await offered()).toEqual([])
    expect((await name(lived.guests[0]!.id)).problem?.code).toBe('colleague-not-free')
    const paul = await colleague('Paul')
    test.clock.set('2027-05-19T12:00:00Z')
    expect((await name(paul.id)).problem?.code).toBe('not-the-day')
    test.clock.set('2027-05-20T10:30:00Z')
    expect((await name(paul.id)).problem?.code).toBe('day-over')
  })

  it('named by two at once is one of them', async () => {
    const people = [await colleague('Paul'), await colleague('Marie')]
    const answers = await Promise.all(people.map(({ id }) => name(id)))
    // Both were named, one after the other: the later hosts, and the earlier is free again.
    expect(answers.map(({ status }) => status)).toEqual([204, 204])
    const { hostId } = (await slotById(test.db, lived.slot.id))!
    expect(people.map(({ id }) => id)).toContain(hostId)
    expect(await offered()).toContain(people.find(({ id }) => id !== hostId)!.id)
  })
})
