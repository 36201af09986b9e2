import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmationOf } from '#server/features/confirmations/confirmations.queries.ts'
import { slotById } from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { handoversRoutes } from '#shared/handovers/handovers.contract.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import {
  deliver,
  invitationsTo,
  publishedDay,
  type SmallDay,
} from '../invitations/invitations.factory.ts'
import { makePerson, roleByCode } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { makeSlot } from './slots.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

const move = ({ director, slots }: SmallDay, startsAt: string, endsAt: string) =>
  director.call(slotsRoutes.move, {
    params: { slotId: slots[0]!.id },
    body: { startsAt, endsAt },
  })

const page = ({ slots: [slot] }: SmallDay) => ({
  token: deriveToken(test.services.secret, 'slot', slot!.id, slot!.linkGeneration),
})

describe('a slot that is given other hours', () => {
  it('asks host and guest again, under the same UID and the next SEQUENCE', async () => {
    const made = await publishedDay(test)
    const params = page(made)
    await test.nobody.ask(confirmationsRoutes.answerSlotLink, { params, body: { answer: 'yes' } })
    const answer = await move(made, '10:00', '11:00')
    expect(answer.status).toBe(200)
    expect(await confirmationOf(test.db, 'slot_id', made.slots[0]!.id)).toBeUndefined()
    await deliver(test)
    for (const person of [made.hosts[0]!, made.guests[0]!]) {
      const [before, after] = await invitationsTo(test, person.email)
      expect(after).toMatchObject({
        method: 'REQUEST',
        uid: before!.uid,
        sequence: before!.sequence + 1,
        startsAt: answer.body!.startsAt,
        attendees: [{ partstat: 'NEEDS-ACTION', rsvp: 'TRUE' }],
      })
    }
  })

  it('is told nothing by the same hours again', async () => {
    const made = await publishedDay(test)
    await move(made, '10:00', '11:00')
    await deliver(test)
    expect((await move(made, '10:00', '11:00')).status).toBe(200)
    await deliver(test)
    expect(await invitationsTo(test, made.guests[0]!.email)).toHaveLength(2)
  })

  it('stays within its period', async () => {
    const made = await publishedDay(test)
    for (const [from, to] of [
      ['07:00', '08:00'],
      ['11:00', '10:00'],
      ['10:00', '10:00'],
    ] as const) {
      expect((await move(made, from, to)).problem?.code).toBe('slot-outside-period')
    }
  })

  it('keeps its hours where a guest hosts at the others, or its host has another slot', async () => {
    const made = await publishedDay(test)
    await move(made, '09:00', '10:00')
    const role = await roleByCode(test.db, made.day.regionId, 'shop_seller')
    const offer = { siteId: made.site.id, roleId: role.id }
    const [host, guest] = [made.hosts[0]!, made.guests[0]!]
    for (const [person, from, to] of [
      [guest, '10:00', '10:30'],
      [host, '10:30', '11:00'],
    ] as const) {
      const hours = { startsAt: from, endsAt: to }
      const details = { personId: person.id, ...offer }
      await makeSlot(test.services, test.clock.now(), made.day, details, hours)
      expect((await move(made, from, to)).problem?.code, from).toBe('hours-taken')
    }
    const slot = await slotById(test.db, made.slots[0]!.id)
    expect(+slot!.endsAt - +slot!.startsAt).toBe(3_600_000)
  })

  it('of two people who move it at once keeps one, and tells that', async () => {
    const made = await publishedDay(test)
    await Promise.all([move(made, '09:00', '10:00'), move(made, '10:00', '11:00')])
    await deliver(test)
    const slot = await slotById(test.db, made.slots[0]!.id)
    const told = (await invitationsTo(test, made.hosts[0]!.email)).at(-1)
    expect(told?.startsAt).toEqual(slot?.startsAt)
  })

  it('asks nobody any more to take over at the former hours', async () => {
    const made = await publishedDay(test)
    const colleague = { role: 'shop_seller', firstName: 'Paul' } as const
    const paul = await makePerson(test.db, test.clock.now(), made.site, colleague)
    const params = page(made)
    await test.nobody.ask(handoversRoutes.ask, { params, body: { personId: paul.id } })
    await move(made, '10:00', '11:00')
    expect(await test.nobody.ask(handoversRoutes.slotHandover, { params })).toMatchObject({
      pending: null,
      last: { status: 'withdrawn' },
    })
  })
})
