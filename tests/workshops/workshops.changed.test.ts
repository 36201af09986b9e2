import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { memberOfPerson } from '#server/features/programmes/programmes.members.queries.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import { facilitatorRoutes as led } from '#shared/workshops/workshops.facilitator.contract.ts'
import { workshopLinksRoutes as links } from '#shared/workshops/workshops.links.contract.ts'
import {
  workshopOffersRoutes as routes,
  type SessionInput,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { launched } from '../programmes/programmes.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  seated,
  sessionInput,
  sessionTokens,
  tokenOf,
  type WorkshopScene,
  workshopScene,
} from './workshops.factory.ts'

// Sessions that change under the people who sit in them, are offered a seat, or are there already.

let test: TestApp
let scene: WorkshopScene
let workshop: Workshop

beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  scene = await workshopScene(test, ['Alice', 'Bruno', 'Chloé'])
  workshop = await seated(test, scene, [{}, { date: '2027-03-18' }])
})
afterAll(() => test.close())

const refusal = (answer: { problem?: { code: string } | undefined }) =>
  answer.problem?.code ?? 'done'
const at = (index = 0) => ({ sessionId: workshop.sessions[index]!.id })
const now = () => scene.director.ask(routes.workshop, { params: { workshopId: workshop.id } })
const versionOf = async (index = 0) => (await now()).sessions[index]!.version
const change = async (given: Partial<SessionInput>) =>
  scene.director.call(routes.changeSession, {
    params: at(),
    body: { ...sessionInput(scene, given), version: await versionOf() },
  })
const page = async (person: Person) =>
  test.nobody.ask(links.linkedWorkshop, {
    params: { token: await tokenOf(test, workshop.id, person) },
  })
/** Of the three who chose the first session, who sits there and who waits. */
async function stateOf(state: 'seated' | 'waiting'): Promise<Person[]> {
  const seats = await scene.director.ask(routes.seats, { params: at() })
  const ids = seats.filter((seat) => seat.state === state).map(({ personId }) => personId)
  return scene.people.filter(({ id }) => ids.includes(id))
}

describe('a session that early birds came to', () => {
  let programmeId: string
  let bird: Person
  const beganOn = async () => (await memberOfPerson(test.db, programmeId, bird.id))?.workshopOn

  beforeEach(async () => {
    test.clock.set('2027-03-16T08:45:00Z')
    const { regionId } = scene.region
    programmeId = await launched(test.db, regionId, { now: test.clock.now(), today: '2027-03-16' })
    bird = (await stateOf('seated'))[0]!
    const { room: token } = await sessionTokens(test, workshop.id)
    await test.nobody.ask(led.arriveInRoom, { params: { token, personId: bird.id } })
    expect(await beganOn()).toBe('2027-03-16')
  })

  it('and is cancelled has been attended by nobody: their six months wait again', async () => {
    const body = { version: await versionOf() }
    await scene.director.ask(routes.cancelSession, { params: at(), body })
    expect(await beganOn()).toBeNull()
  })

  it('and whose workshop is cancelled has been attended by nobody either', async () => {
    const { version } = await now()
    const params = { workshopId: workshop.id }
    await scene.director.ask(routes.cancelWorkshop, { params, body: { version } })
    expect(await beganOn()).toBeNull()
  })

  it('and is put off leaves them a seat they may give up, and whoever walked in none', async () => {
    const [late] = await stateOf('waiting')
    const { facilitator: token } = await sessionTokens(test, workshop.id)
    const walkedIn = { params: { token }, body: { personId: late!.id } }
    await test.nobody.ask(led.addWalkIn, walkedIn)
    expect(refusal(await change({ date: '2027-03-23' }))).toBe('done')
    expect(await beganOn()).toBeNull()
    expect((await page(bird)).seat).toMatchObject({ state: 'seated', attended: null })
    expect((await page(late!)).seat).toBeNull()
    const params = { token: await tokenOf(test, workshop.id, bird) }
    expect(refusal(await test.nobody.call(links.giveSeatUp, { params }))).toBe('done')
  })

  it('and moves to another room has still been attended', async () => {
    expect(refusal(await change({ place: 'Salle rouge' }))).toBe('done')
    expect(await beganOn()).toBe('2027-03-16')
    expect((await page(bird)).seat?.attended).toBe('came')
  })
})

describe('a session that moves under a seat somebody is offered', () => {
  it('asks them anew with what holds, and holds the seat no longer than until it begins', async () => {
    const [sitter] = await stateOf('seated')
    const [asked] = await stateOf('waiting')
    test.clock.set('2027-03-10T09:00:00Z')
    const params = { token: await tokenOf(test, workshop.id, sitter!) }
    await test.nobody.ask(links.giveSeatUp, { params })
    const promised = (await page(asked!)).seat!.offeredUntil!
    expect(promised > new Date('2027-03-10T15:00:00Z')).toBe(true)
    // To another room first, then to this very afternoon.
    await change({ place: 'Salle rouge' })
    expect((await page(asked!)).seat?.offeredUntil).toEqual(promised)
    await change({ date: '2027-03-10', startsAt: '16:00', endsAt: '17:00', place: 'Salle rouge' })
    expect((await page(asked!)).seat).toMatchObject({
      state: 'offered',
      offeredUntil: new Date('2027-03-10T15:00:00Z'),
    })
    await test.runJobs()
    const mails = await test.mailbox.listMails({ to: asked!.email! })
    const offers = mails.filter(({ subject }) => subject.includes('libérée'))
    expect(offers).toHaveLength(3)
    // Two more seats change nothing of what they were told.
    await change({
      seats: 4,
      date: '2027-03-10',
      startsAt: '16:00',
      endsAt: '17:00',
      place: 'Salle rouge',
    })
    await test.runJobs()
    expect(await test.mailbox.listMails({ to: asked!.email! })).toHaveLength(mails.length)
  })
})

it('refuses an hour of the night in March that is none', async () => {
  const night = { date: '2027-03-28', startsAt: '02:30', endsAt: '03:00' }
  expect(refusal(await change(night))).toBe('invalid-input')
})
