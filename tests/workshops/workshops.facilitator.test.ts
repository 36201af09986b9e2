import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sessionCode } from '#server/features/workshops/workshops.rules.ts'
import { sessionsOf } from '#server/features/workshops/workshops.service.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { facilitatorRoutes as led } from '#shared/workshops/workshops.facilitator.contract.ts'
import { workshopLinksRoutes as links } from '#shared/workshops/workshops.links.contract.ts'
import type { Workshop } from '#shared/workshops/workshops.offers.contract.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  seated,
  sessionTokens,
  tokenOf,
  type WorkshopScene,
  workshopScene,
} from './workshops.factory.ts'

// How far the link of whoever leads a session reaches, and what is shown in its room.

let test: TestApp
let scene: WorkshopScene
let workshop: Workshop
let tokens: { facilitator: string; room: string }

beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  // Everybody who chose has a seat in the one session.
  scene = await workshopScene(test, ['Alice', 'Bruno'])
  workshop = await seated(test, scene, [{}])
  tokens = await sessionTokens(test, workshop.id)
})
afterAll(() => test.close())

const refusal = (answer: { problem?: { code: string } | undefined }) =>
  answer.problem?.code ?? 'done'
const alice = () => scene.people[0]!
const say = (attended: 'came' | 'absent') =>
  test.nobody.call(led.sayCame, {
    params: { token: tokens.facilitator, personId: alice().id },
    body: { attended },
  })

describe('the link of a facilitator who left', () => {
  it.each([
    ['before their session', '2027-03-08T09:00:00Z', 'link-renewed'],
    ['after it', '2027-03-18T09:00:00Z', 'holder-left'],
  ])('%s tells nothing of colleagues and says nothing of them', async (_, at, code) => {
    test.clock.set(at)
    const { regionId } = scene.region
    const { employeeNumber } = scene.facilitator
    const body = { employeeNumbers: [employeeNumber] }
    await scene.director.ask(rosterRoutes.leave, { params: { regionId }, body })
    const params = { token: tokens.facilitator }
    const bruno = { personId: scene.people[1]!.id }
    const answers = [
      await test.nobody.call(led.facilitatedSession, { params }),
      await test.nobody.call(led.findWalkIn, { params, query: { search: 'Bruno' } }),
      await test.nobody.call(led.addWalkIn, { params, body: bruno }),
      await say('came'),
      await test.nobody.call(led.room, { params: { token: tokens.room } }),
    ]
    expect(answers.map(refusal)).toEqual(answers.map(() => code))
  })
})

it('finds who walked in by their name, and nobody by number, address or job', async () => {
  test.clock.set('2027-03-16T09:10:00Z')
  const wanda = await makePerson(test.db, test.clock.now(), scene.pau, {
    firstName: 'Wanda',
    role: 'field_technician',
  })
  const find = (search: string) =>
    test.nobody.ask(led.findWalkIn, { params: { token: tokens.facilitator }, query: { search } })
  expect((await find('wanda')).map(({ personId }) => personId)).toEqual([wanda.id])
  for (const word of [wanda.employeeNumber, wanda.email!, wanda.jobTitle]) {
    expect(await find(word)).toEqual([])
  }
})

describe('what is shown in the room', () => {
  it('counts until an hour after the end; the facilitator corrects for a week', async () => {
    const [session] = await sessionsOf(test.db, workshop.id)
    const code = sessionCode(test.services.secret, session!.id, session!.linkGeneration)
    const params = { token: await tokenOf(test, workshop.id, alice()) }
    const typed = () => test.nobody.call(links.arriveAtWorkshop, { params, body: { code } })
    const room = { token: tokens.room, personId: alice().id }
    const scanned = () => test.nobody.call(led.arriveInRoom, { params: room })

    test.clock.set('2027-03-16T10:59:00Z')
    expect((await test.nobody.ask(links.linkedWorkshop, { params })).seat?.canArrive).toBe(true)
    expect([await typed(), await scanned()].map(refusal)).toEqual(['done', 'done'])

    test.clock.set('2027-03-16T11:00:00Z')
    expect(refusal(await say('absent'))).toBe('done')
    expect([await typed(), await scanned()].map(refusal)).toEqual([
      'attending-closed',
      'attending-closed',
    ])
    const page = await test.nobody.ask(links.linkedWorkshop, { params })
    expect(page.seat).toMatchObject({ attended: 'absent', canArrive: false })
    expect(await test.nobody.ask(led.room, { params: { token: tokens.room } })).toMatchObject({
      state: 'closed',
      people: [],
    })
    const leading = await test.nobody.ask(led.facilitatedSession, {
      params: { token: tokens.facilitator },
    })
    expect(leading).toMatchObject({ state: 'open', code: null, roomToken: null })
  })
})
