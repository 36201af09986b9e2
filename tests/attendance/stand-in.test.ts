import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slotById } from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { arrivalsRoutes } from '#shared/attendance/attendance.arrivals.contract.ts'
import { handoversRoutes as routes } from '#shared/handovers/handovers.contract.ts'
import { signupRoutes } from '#shared/signup/signup.contract.ts'
import { deliver, invitationsTo, publishedDay } from '../invitations/invitations.factory.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** A quarter past nine on the day: Marion’s meeting with Léa has begun, and Paul is in the shop. */
async function theMorning(more: { email?: null } = {}) {
  test.clock.set('2027-03-01T09:00:00Z')
  const made = await publishedDay(test)
  const person = { role: 'shop_seller' as const, firstName: 'Paul', ...more }
  const paul = await makePerson(test.db, test.clock.now(), made.site, person)
  test.clock.set('2027-05-20T07:15:00Z')
  const slot = (await slotById(test.db, made.slots[0]!.id))!
  const params = { token: deriveToken(test.services.secret, 'slot', slot.id, slot.linkGeneration) }
  return { made, paul, slot, params }
}

const pendingOf = async (params: { token: string }) =>
  (await test.nobody.ask(routes.slotHandover, { params })).pending

describe('on the day a host asks a colleague', () => {
  it('who says yes from the code shown, even without an address and after the hour', async () => {
    const { made, paul, slot, params } = await theMorning({ email: null })
    await test.nobody.ask(routes.ask, { params, body: { personId: paul.id } })
    const pending = await pendingOf(params)
    expect(pending?.expiresAt).toEqual(slot.endsAt)
    const scanned = { params: { token: pending!.token! } }
    const { slotToken } = await test.nobody.ask(routes.answer, {
      ...scanned,
      body: { answer: 'yes' },
    })
    expect((await slotById(test.db, slot.id))?.hostId).toBe(paul.id)
    const received = { params: { token: slotToken! } }
    expect(await test.nobody.ask(arrivalsRoutes.hostArrivals, received)).toMatchObject({
      hostName: 'Paul',
      guests: [{ standing: 'late' }],
    })
    await deliver(test)
    const told = await invitationsTo(test, made.guests[0]!.email)
    // The same event, which now names who receives them.
    expect(new Set(told.map(({ uid }) => uid)).size).toBe(1)
    expect(told.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST'])
    expect(told[1]!.description).toContain('Paul')
    const freed = await invitationsTo(test, made.hosts[0]!.email)
    expect(freed.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })

  it('and nothing changes until they say it; no code is shown before the day', async () => {
    const { made, paul, slot, params } = await theMorning()
    test.clock.set('2027-05-10T08:00:00Z')
    await test.nobody.ask(routes.ask, { params, body: { personId: paul.id } })
    expect((await pendingOf(params))?.token).toBeNull()
    expect((await slotById(test.db, slot.id))?.hostId).toBe(made.hosts[0]!.id)
  })

  it('is too late once the meeting is over', async () => {
    const { paul, slot, params } = await theMorning()
    test.clock.set(slot.endsAt.toISOString())
    const answer = await test.nobody.call(routes.ask, { params, body: { personId: paul.id } })
    expect(answer.problem?.code).toBe('day-over')
  })

  it('writes to nobody who left the mails of the day', async () => {
    const { made, paul, params } = await theMorning()
    const caller = await test.signedIn(paul.accountId!)
    const ofDay = { dayId: made.day.id }
    await caller.ask(signupRoutes.chooseDayMail, { params: ofDay, body: { optedOut: true } })
    await test.nobody.ask(routes.ask, { params, body: { personId: paul.id } })
    await deliver(test)
    expect(await test.mailbox.listMails({ to: paul.email! })).toEqual([])
    expect(await pendingOf(params)).toMatchObject({ token: expect.any(String) })
  })
})

describe('a colleague named in person while they are asked', () => {
  it('hosts once, whichever comes first', async () => {
    const { made, paul, slot, params } = await theMorning()
    await test.nobody.ask(routes.ask, { params, body: { personId: paul.id } })
    const { token } = (await pendingOf(params))!
    const director = await test.signedIn(made.directorAccount)
    const answers = await Promise.all([
      test.nobody.call(routes.answer, { params: { token: token! }, body: { answer: 'yes' } }),
      director.call(arrivalsRoutes.nameStandIn, {
        params: { slotId: slot.id },
        body: { personId: paul.id },
      }),
    ])
    expect(answers[1]!.status).toBe(204)
    expect([200, 409]).toContain(answers[0]!.status)
    expect((await slotById(test.db, slot.id))?.hostId).toBe(paul.id)
    await deliver(test)
    const invited = await invitationsTo(test, paul.email)
    expect(invited.map(({ method }) => method)).toEqual(['REQUEST'])
  })
})
