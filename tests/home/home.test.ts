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

it('awaits a guest until they are there, a host until all are, and nobody once it is over', async () => {
  const { guests, host } = lived.callers
  const stages = async () => [
    (await dayOf(guests[0]!))?.guest?.placement?.stage,
    (await dayOf(guests[1]!))?.guest?.placement?.stage,
    (await dayOf(host))?.hosting[0]?.stage,
  ]
  expect(await stages()).toEqual(['awaited', 'awaited', 'awaited'])
  const arrives = (guest: number, said: 'present' | 'partly') =>
    host.ask(arrivalsRoutes.hostSays, {
      params: { token: slotToken(test, lived.slot), placementId: lived.placements[guest]! },
      body: { said },
    })
  await arrives(0, 'present')
  expect(await stages()).toEqual(['here', 'awaited', 'awaited'])
  for (const guest of [1, 2, 3, 4]) await arrives(guest, 'partly')
  expect(await stages()).toEqual(['here', 'here', 'here'])
  test.clock.set('2027-05-20T13:00:00Z')
  expect(await stages()).toEqual(['over', 'over', 'over'])
})

it('opens the room to its region on the day of the session, and while it lasts', async () => {
  const { bystander, director } = await later('2027-05-20T13:00:00Z')
  expect((await dayOf(bystander))?.debriefing).toBe(false)
  const session = debriefOf(test, { ...lived, callers: { ...lived.callers, director } })
  await session.open()
  expect((await dayOf(bystander))?.debriefing).toBe(true)
  // Nobody closed it: the next morning it invites nobody, until the room goes on.
  const nextDay = await later('2027-05-21T08:00:00Z')
  expect((await dayOf(nextDay.bystander))?.debriefing).toBe(false)
  const goesOn = debriefOf(test, {
    ...lived,
    callers: { ...lived.callers, director: nextDay.director },
  })
  await goesOn.goTo('vote')
  expect((await dayOf(nextDay.bystander))?.debriefing).toBe(true)
  await goesOn.goTo('closed')
  expect((await dayOf(nextDay.bystander))?.debriefing).toBe(false)
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
