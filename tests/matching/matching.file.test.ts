import { afterAll, beforeAll, expect, it } from 'vitest'
import * as matching from '#server/features/matching/matching.service.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import { type Slot, setCaps } from '#server/features/slots/slots.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { matchingRoutes } from '#shared/matching/matching.contract.ts'
import { makeDay } from '../days/days.factory.ts'
import { makePerson, makeRegion, makeSite, roleByCode } from '../roster/roster.factory.ts'
import { makeSignup } from '../signup/signup.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { match } from './match.command.ts'
import { computedPlan } from './matching.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

it('a day taken along as a file is solved by the command as the draft was', async () => {
  const { db, services, clock } = test
  const now = clock.now()
  const region = await makeRegion(db, now)
  const director = await test.signedIn(region.director)
  const day = await makeDay(db, now, region.regionId, { open: true })
  const roleId = (await roleByCode(db, region.regionId, 'shop_seller')).id
  const shops = [await makeSite(db, now, region.regionId), await makeSite(db, now, region.regionId)]
  const slots: Slot[] = []
  for (const [i, period] of ['morning', 'afternoon', 'afternoon', 'morning'].entries()) {
    const site = shops[i % 2]!
    const host = await makePerson(db, now, site, { role: 'shop_seller', lastName: `Hotesse${i}` })
    const hosting = { personId: host.id, siteId: site.id, roleId }
    slots.push(await makeSlot(services, now, day, hosting, { period, capacity: 2 }))
  }
  const people: Person[] = []
  for (let i = 0; i < 9; i++) {
    const person = await makePerson(db, now, shops[i % 2]!, { lastName: `Invitee${i}` })
    const wishes = slots.map(({ periodId, siteId }) => ({
      periodId,
      place: 'site' as const,
      siteId,
    }))
    await makeSignup(
      db,
      now,
      day,
      person,
      [...wishes, ...wishes].slice(i % 4, (i % 4) + 1 + (i % 3)),
    )
    people.push(person)
  }
  const caps = [{ periodId: slots[0]!.periodId, capacity: 1 }]
  await inTransaction(db, (trx) =>
    setCaps(trx, day.id, shops[0]!.id, { limit: null, caps }, region.director, now),
  )
  const hand = { params: { dayId: day.id } }
  const choose = (person: number, slot: number, kind: 'pin' | 'forbid') =>
    director.ask(matchingRoutes.setPin, {
      ...hand,
      body: { personId: people[person]!.id, slotId: slots[slot]!.id, kind },
    })
  await choose(8, 3, 'pin')
  await choose(0, 0, 'forbid')

  const draft = await computedPlan(test, day.id)
  const stats = draft.stats!
  const file = await director.ask(matchingRoutes.instance, hand)
  const text = Buffer.from(file.bytes as Uint8Array).toString()
  const run = await match(['-'], text)
  expect(run).toMatchObject({ code: 0, error: '' })

  const solved = JSON.parse(run.out)
  const planned = await matching.plannedGuests(db, draft.id)
  const cost = planned.reduce((sum, { rank }) => sum + (rank ?? 0) ** 2, 0)
  expect(solved.stats).toMatchObject({ placed: stats.placed, cost })
  expect(stats.placed).toBeGreaterThan(4)
  expect(stats.unplaced).toBeGreaterThan(0)
  expect(
    [
      ...solved.assignments.map((one: { participant: string }) => one.participant),
      ...solved.unplaced,
    ].sort(),
  ).toEqual(people.map(({ id }) => id).sort())

  // Ids alone: who they are stays in the application.
  expect(text).not.toMatch(/hotesse|invitee/i)
  for (const { employeeNumber, email } of people)
    for (const own of [employeeNumber, email]) if (own) expect(text).not.toContain(own)
  expect(Object.keys(JSON.parse(text))).toEqual([
    'participants',
    'slots',
    'groups',
    'pins',
    'forbids',
  ])
})
