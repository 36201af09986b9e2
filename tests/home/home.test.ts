import { afterAll, beforeAll, expect, it } from 'vitest'
import { actionsRoutes } from '#shared/actions/actions.contract.ts'
import { arrivalsRoutes } from '#shared/attendance/attendance.arrivals.contract.ts'
import { homeRoutes as routes } from '#shared/home/home.contract.ts'
import { ofOne, planned } from '../actions/actions.factory.ts'
import { debriefOf } from '../debrief/debrief.factory.ts'
import {
  type LivedDay,
  livedDay,
  placementToken,
  slotToken,
} from '../observations/observations.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'

// One day as it grows old, from its morning to a quarter after it.

let test: TestApp
let lived: LivedDay
/** Of another region. */
let outsider: string
beforeAll(async () => {
  test = await startTestApp()
  const other = await livedDay(test)
  lived = await livedDay(test)
  outsider = other.bystander.accountId!
})
afterAll(() => test.close())

/** A session does not last a season: everybody signs in anew. */
const later = async (at: string) => {
  test.clock.set(at)
  return {
    director: await test.signedIn(lived.region.director),
    bystander: await test.signedIn(lived.bystander.accountId!),
    outsider: await test.signedIn(outsider),
  }
}

const homeOf = (caller: Caller) => caller.ask(routes.home)
const dayOf = async (caller: Caller) =>
  (await homeOf(caller)).days.find(({ id }) => id === lived.day.id)

it('leads guest and host to their sheets on the day, and the sheets to their arrivals', async () => {
  const { guests, host, bystander } = lived.callers
  const params = { dayId: lived.day.id }
  expect(await dayOf(guests[0]!)).toMatchObject({
    today: true,
    guest: { placement: { placementId: lived.placements[0] } },
  })
  expect((await dayOf(host))?.hosting).toMatchObject([{ slotId: lived.slot.id, guests: 5 }])

  // Eight o’clock in Paris, a quarter of an hour before the slot.
  const guest = await guests[0]!.ask(arrivalsRoutes.myArrival, { params })
  expect(guest).toEqual({ placementToken: placementToken(test, lived, 0), slots: [] })
  const hosting = await host.ask(arrivalsRoutes.myArrival, { params })
  const slots = [{ slotId: lived.slot.id, token: slotToken(test, lived.slot) }]
  expect(hosting).toEqual({ placementToken: null, slots })
  const nobody = await bystander.ask(arrivalsRoutes.myArrival, { params })
  expect(nobody).toEqual({ placementToken: null, slots: [] })
})

it('opens the room to its region while the session lasts', async () => {
  const { bystander } = lived.callers
  test.clock.set('2027-05-20T13:00:00Z')
  expect((await dayOf(bystander))?.debriefing).toBe(false)
  const session = debriefOf(test, lived)
  await session.open()
  expect((await dayOf(bystander))?.debriefing).toBe(true)
  await session.goTo('closed')
  expect((await dayOf(bystander))?.debriefing).toBe(false)
})

it('awaits nobody the morning after, while what was seen is still written', async () => {
  const guest = lived.guests[0]!.accountId!
  test.clock.set('2027-05-20T21:30:00Z')
  expect(await dayOf(await test.signedIn(guest))).toMatchObject({ past: false })
  test.clock.set('2027-05-20T22:30:00Z')
  const after = await dayOf(await test.signedIn(guest))
  expect(after).toMatchObject({ past: true, today: false, observing: true })
})

it('tells the region what changed once something is decided, for a quarter', async () => {
  const { director, bystander, outsider } = await later('2027-06-20T08:00:00Z')
  const action = await planned({ ...lived, callers: { ...lived.callers, director } })
  expect((await homeOf(bystander)).changes).toEqual([])
  await director.ask(actionsRoutes.answer, {
    params: ofOne(action),
    body: { version: 1, status: 'declined', words: 'La place manque.' },
  })
  const told = [{ id: lived.day.id, name: lived.day.name, date: lived.day.date }]
  expect((await homeOf(bystander)).changes).toEqual(told)
  expect((await homeOf(outsider)).changes).toEqual([])
  // Its people have nothing left to do there; its director follows what was decided.
  expect(await dayOf(bystander)).toBeUndefined()
  expect(await dayOf(director)).toMatchObject({ directing: true })

  const grown = await later('2027-08-21T08:00:00Z')
  expect(await homeOf(grown.bystander)).toMatchObject({ days: [], changes: [] })
  expect(await homeOf(grown.director)).toMatchObject({ days: [], changes: [] })
})
