import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Person } from '#server/features/roster/roster.service.ts'
import { homeRoutes } from '#shared/home/home.contract.ts'
import { facilitatorRoutes } from '#shared/workshops/workshops.facilitator.contract.ts'
import { workshopLinksRoutes as links } from '#shared/workshops/workshops.links.contract.ts'
import { workshopOffersRoutes as routes } from '#shared/workshops/workshops.offers.contract.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  proposed,
  seated,
  sessionTokens,
  tokenOf,
  type WorkshopScene,
  workshopScene,
} from '../workshops/workshops.factory.ts'

// What a first screen tells of workshops, and to whom: it holds links, so never to anybody else.

let test: TestApp
let scene: WorkshopScene
/** Of the same site, and asked to nothing. */
let colleague: Person
beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  scene = await workshopScene(test)
  colleague = await makePerson(test.db, test.clock.now(), scene.dax)
})
afterAll(() => test.close())

const toldTo = async ({ accountId }: Person) =>
  (await (await test.signedIn(accountId!)).ask(homeRoutes.home)).workshops
const paramsOf = async (workshopId: string, person: Person) => ({
  token: await tokenOf(test, workshopId, person),
})
async function cancel(workshopId: string) {
  const params = { workshopId }
  const { version } = await scene.director.ask(routes.workshop, { params })
  await scene.director.ask(routes.cancelWorkshop, { params, body: { version } })
}
/** Who sits in a session, and who waits for a seat in it. */
async function peopleIn(sessionId: string) {
  const seats = await scene.director.ask(routes.seats, { params: { sessionId } })
  const those = (state: string) =>
    scene.people.filter(({ id }) =>
      seats.some((seat) => seat.personId === id && seat.state === state),
    )
  return { sitting: those('seated'), waiting: those('waiting') }
}

it('asks which session suits, until that is said either way, closed or cancelled', async () => {
  const [alice, bruno, chloe] = scene.people as [Person, Person, Person]
  const { id, sessions, chooseUntil } = await proposed(scene)
  const params = await paramsOf(id, alice)
  const asked = { part: 'asked', until: chooseUntil, nameFr: 'Le verre à moitié plein' }
  expect(await toldTo(alice)).toMatchObject([{ ...asked, ...params }])
  for (const other of [colleague, scene.facilitator]) expect(await toldTo(other)).toEqual([])

  const choices = [sessions[0]!.id]
  await test.nobody.ask(links.chooseSessions, { params, body: { choices, declined: false } })
  expect(await toldTo(alice)).toEqual([])
  const declines = { params: await paramsOf(id, bruno), body: { choices: [], declined: true } }
  await test.nobody.ask(links.chooseSessions, declines)
  expect(await toldTo(bruno)).toEqual([])
  expect(await toldTo(chloe)).toHaveLength(1)
  await cancel(id)
  expect(await toldTo(chloe)).toEqual([])
})

it('tells of a seat, of one that is offered while it is, and of a session to lead', async () => {
  const { id, sessions } = await seated(test, scene, [{}])
  const { sitting, waiting } = await peopleIn(sessions[0]!.id)
  const [leaving, staying] = sitting as [Person, Person]
  const meeting = {
    startsAt: new Date('2027-03-16T09:00:00Z'),
    where: `Salle bleue, ${scene.dax.name}, ${scene.dax.town}`,
  }
  const seat = { ...meeting, part: 'seated', awaited: false }
  expect(await toldTo(staying)).toMatchObject([{ ...seat, ...(await paramsOf(id, staying)) }])
  const { facilitator: token } = await sessionTokens(test, id)
  const lead = { ...meeting, part: 'leading', awaited: false, token }
  expect(await toldTo(scene.facilitator)).toMatchObject([lead])
  for (const other of [...waiting, colleague]) expect(await toldTo(other)).toEqual([])

  await test.nobody.ask(links.giveSeatUp, { params: await paramsOf(id, leaving) })
  expect(await toldTo(leaving)).toEqual([])
  const offers = await Promise.all(waiting.map(toldTo))
  const lucky = waiting[offers.findIndex(({ length }) => length === 1)]!
  const params = await paramsOf(id, lucky)
  const offeredUntil = (await test.nobody.ask(links.linkedWorkshop, { params })).seat!.offeredUntil!
  const offer = { ...meeting, ...params, part: 'offered', until: offeredUntil }
  expect(offers.flat()).toMatchObject([offer])
  test.clock.set(offeredUntil.toISOString())
  expect(await toldTo(lucky)).toEqual([])
  await cancel(id)
  for (const one of [staying, scene.facilitator]) expect(await toldTo(one)).toEqual([])
})

it('awaits people on the day, until they are there, and nobody once it is over', async () => {
  const { id, sessions } = await seated(test, scene, [{}])
  const { sitting } = await peopleIn(sessions[0]!.id)
  const [sitter, late] = sitting as [Person, Person]
  test.clock.set('2027-03-16T07:00:00Z')
  const awaited = async () =>
    (await Promise.all([sitter, late, scene.facilitator].map(toldTo))).map(([one]) =>
      one && 'awaited' in one ? one.awaited : null,
    )
  expect(await awaited()).toEqual([true, true, true])
  test.clock.set('2027-03-16T08:45:00Z')
  const { facilitator: token } = await sessionTokens(test, id)
  await test.nobody.ask(facilitatorRoutes.sayCame, {
    params: { token, personId: sitter.id },
    body: { attended: 'came' },
  })
  expect(await awaited()).toEqual([false, true, true])
  test.clock.set('2027-03-16T10:00:00Z')
  expect(await awaited()).toEqual([null, null, null])
})
