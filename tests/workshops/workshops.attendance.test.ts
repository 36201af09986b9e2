import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { memberOfPerson } from '#server/features/programmes/programmes.members.queries.ts'
import { sessionCode } from '#server/features/workshops/workshops.rules.ts'
import { takeSeat } from '#server/features/workshops/workshops.seats.ts'
import { sessionsOf } from '#server/features/workshops/workshops.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { workshopSetting } from '#server/use-cases/workshop-setting.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { facilitatorRoutes as led } from '#shared/workshops/workshops.facilitator.contract.ts'
import { workshopLinksRoutes as links } from '#shared/workshops/workshops.links.contract.ts'
import {
  workshopOffersRoutes as routes,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { launched } from '../programmes/programmes.factory.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  seated,
  sessionInput,
  sessionTokens,
  tokenOf,
  type WorkshopScene,
  workshopScene,
} from './workshops.factory.ts'

let test: TestApp
let scene: WorkshopScene
let workshop: Workshop
let tokens: { facilitator: string; room: string }

/** Of the four who chose, the two who have a seat in the first session. */
let sitting: WorkshopScene['people']

beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  scene = await workshopScene(test)
  workshop = await seated(test, scene, [{}, { date: '2027-03-17' }])
  tokens = await sessionTokens(test, workshop.id)
  const params = { sessionId: workshop.sessions[0]!.id }
  const seats = await scene.director.ask(routes.seats, { params })
  const ids = seats.filter(({ state }) => state === 'seated').map(({ personId }) => personId)
  sitting = scene.people.filter(({ id }) => ids.includes(id))
  // Five minutes before the hour.
  test.clock.set('2027-03-16T08:55:00Z')
})
afterAll(() => test.close())

const say = (personId: string, attended: 'came' | 'absent' | null) =>
  test.nobody.call(led.sayCame, {
    params: { token: tokens.facilitator, personId },
    body: { attended },
  })
const walkIn = (personId: string) =>
  test.nobody.call(led.addWalkIn, { params: { token: tokens.facilitator }, body: { personId } })
const list = () =>
  test.nobody.ask(led.facilitatedSession, { params: { token: tokens.facilitator } })
const typed = async (person: { id: string }, code: string) =>
  test.nobody.call(links.arriveAtWorkshop, {
    params: { token: await tokenOf(test, workshop.id, person) },
    body: { code },
  })
const codeShown = async (at = 0) => {
  const { id, linkGeneration } = (await sessionsOf(test.db, workshop.id))[at]!
  return sessionCode(test.services.secret, id, linkGeneration)
}
const refusal = (answer: { problem?: { code: string } | undefined }) =>
  answer.problem?.code ?? 'done'

describe('whoever leads a session', () => {
  it('ticks off who came, on a phone and without an account', async () => {
    const before = await list()
    expect(before).toMatchObject({ state: 'open', title: 'Le verre à moitié plein', seats: 2 })
    expect(before.code).toMatch(/^\d{6}$/)
    expect(before.people.map(({ name }) => name)).toEqual(
      sitting.map(({ firstName, lastName }) => `${firstName} ${lastName[0]}.`).sort(),
    )
    await say(sitting[0]!.id, 'came')
    await say(sitting[1]!.id, 'absent')
    const { sessions } = await scene.director.ask(routes.workshop, {
      params: { workshopId: workshop.id },
    })
    expect(sessions[0]).toMatchObject({ came: 1, absent: 1, phase: 'today' })
    // Somebody tapped the wrong row.
    await say(sitting[1]!.id, null)
    expect((await list()).people.find(({ personId }) => personId === sitting[1]!.id)).toMatchObject(
      {
        attended: null,
        attendedBy: null,
      },
    )
  })

  it('can do so from an hour before until a week after, of who has a seat', async () => {
    test.clock.set('2027-03-16T07:59:00Z')
    expect(refusal(await say(sitting[0]!.id, 'came'))).toBe('attending-not-open')
    expect((await list()).code).toBeNull()
    test.clock.set('2027-03-23T09:59:00Z')
    expect(refusal(await say(sitting[0]!.id, 'came'))).toBe('done')
    test.clock.set('2027-03-23T10:00:00Z')
    expect(refusal(await say(sitting[0]!.id, null))).toBe('attending-closed')
    test.clock.set('2027-03-16T09:10:00Z')
    const without = scene.people.find(({ id }) => !sitting.some((one) => one.id === id))!
    expect(refusal(await say(without.id, 'came'))).toBe('not-found')
  })

  it('adds somebody who came without a seat, even where every seat is somebody’s', async () => {
    const extra = await makePerson(test.db, test.clock.now(), scene.pau, { firstName: 'Wanda' })
    const found = await test.nobody.ask(led.findWalkIn, {
      params: { token: tokens.facilitator },
      query: { search: 'Wanda' },
    })
    expect(found.map(({ personId }) => personId)).toContain(extra.id)
    await walkIn(extra.id)
    expect(refusal(await walkIn(extra.id))).toBe('done')
    const { people } = await list()
    expect(people).toHaveLength(3)
    expect(people.find(({ personId }) => personId === extra.id)).toMatchObject({
      walkIn: true,
      attended: 'came',
    })
    const { sessions } = await scene.director.ask(routes.workshop, {
      params: { workshopId: workshop.id },
    })
    expect(sessions[0]).toMatchObject({ seated: 2, came: 1 })
  })

  it('gives the seat a walk-in leaves elsewhere to the next, and counts nobody twice', async () => {
    const early = scene.people.find(({ id }) => !sitting.some((one) => one.id === id))!
    const sessionId = workshop.sessions[1]!.id
    const params = { token: await tokenOf(test, workshop.id, early) }
    await test.nobody.ask(links.takeSeat, { params, body: { sessionId } })
    await walkIn(early.id)
    const later = await scene.director.ask(routes.seats, { params: { sessionId } })
    expect(later).toEqual([])
    // Who has been to one session does not sit in another.
    const again = await test.nobody.call(links.takeSeat, { params, body: { sessionId } })
    expect(refusal(again)).toBe('already-attended')
  })

  it('loses the link once somebody else leads', async () => {
    test.clock.set('2027-03-15T08:55:00Z')
    const other = await makePerson(test.db, test.clock.now(), scene.dax, { firstName: 'Gaël' })
    await scene.director.ask(routes.changeSession, {
      params: { sessionId: workshop.sessions[0]!.id },
      body: { ...sessionInput(scene, { facilitatorId: other.id }), version: 1 },
    })
    const former = await test.nobody.call(led.facilitatedSession, {
      params: { token: tokens.facilitator },
    })
    expect(refusal(former)).toBe('link-renewed')
  })
})

describe('the six figures shown in the room', () => {
  it('are typed by who has a seat there, with spaces or without', async () => {
    const code = await codeShown()
    const answer = await typed(sitting[0]!, `${code.slice(0, 3)} ${code.slice(3)}`)
    expect(answer.body?.seat).toMatchObject({ attended: 'came', canArrive: true })
    expect(refusal(await typed(sitting[1]!, await codeShown(1)))).toBe('attending-code-wrong')
  })

  it('are not guessed: after ten wrong ones nobody tries on', async () => {
    const wrong = (await codeShown()) === '000000' ? '111111' : '000000'
    const said: string[] = []
    for (let tries = 0; tries < 11; tries++) said.push(refusal(await typed(sitting[0]!, wrong)))
    expect(said.at(9)).toBe('attending-code-wrong')
    expect(said.at(10)).toBe('too-many-requests')
  })

  it('and the facilitator’s word at the same moment are one', async () => {
    const code = await codeShown()
    const said = await Promise.all([typed(sitting[0]!, code), say(sitting[0]!.id, 'came')])
    expect(said.map(refusal)).toEqual(['done', 'done'])
    const { people } = await list()
    expect(people.filter(({ attended }) => attended === 'came')).toHaveLength(1)
    const entries = await test.db
      .selectFrom('audit_events')
      .select('id')
      .where('action', '=', 'workshops.say-attended')
      .where('region_id', '=', scene.region.regionId)
      .execute()
    expect(entries).toHaveLength(1)
  })

  it('have a picture beside them: whoever scans it says who they are', async () => {
    const params = { token: tokens.room }
    const room = await test.nobody.ask(led.room, { params })
    expect(room.people).toHaveLength(2)
    const here = { ...params, personId: sitting[1]!.id }
    const after = await test.nobody.ask(led.arriveInRoom, { params: here })
    expect(after.people.find(({ personId }) => personId === sitting[1]!.id)?.attended).toBe('came')
    // The room’s picture is not the facilitator’s link.
    const other = await test.nobody.call(led.facilitatedSession, { params })
    expect(refusal(other)).toBe('not-found')
  })
})

describe('programmes counted from the workshop', () => {
  it('begin for who came, on the date of the session, and wait again where it was a slip', async () => {
    const { db, clock } = test
    const { regionId } = scene.region
    const programmeId = await launched(db, regionId, { now: clock.now(), today: '2027-03-16' })
    const began = async (person: { id: string }) =>
      (await memberOfPerson(db, programmeId, person.id))?.workshopOn
    await say(sitting[0]!.id, 'came')
    await say(sitting[1]!.id, 'absent')
    expect(await began(sitting[0]!)).toBe('2027-03-16')
    expect(await began(sitting[1]!)).toBeNull()
    await say(sitting[0]!.id, 'absent')
    expect(await began(sitting[0]!)).toBeNull()
  })
})

describe('somebody who leaves the region', () => {
  const leave = (person: { employeeNumber: string }) =>
    scene.director.ask(rosterRoutes.leave, {
      params: { regionId: scene.region.regionId },
      body: { employeeNumbers: [person.employeeNumber] },
    })

  it('frees their seat, which goes to the next', async () => {
    test.clock.set('2027-03-08T09:00:00Z')
    expect(await leave(sitting[0]!)).toMatchObject({ seats: 1, sessions: 0 })
    const params = { sessionId: workshop.sessions[0]!.id }
    const seats = await scene.director.ask(routes.seats, { params })
    expect(seats.map(({ state }) => state).sort()).toEqual(['offered', 'seated', 'waiting'])
    expect(seats.some(({ personId }) => personId === sitting[0]!.id)).toBe(false)
  })

  it('leaves sessions they were to lead for the director to see, and their link ends', async () => {
    test.clock.set('2027-03-08T09:00:00Z')
    expect(await leave(scene.facilitator)).toMatchObject({ seats: 0, sessions: 2 })
    const { sessions } = await scene.director.ask(routes.workshop, {
      params: { workshopId: workshop.id },
    })
    expect(sessions.map(({ facilitatorLeft }) => facilitatorLeft)).toEqual([true, true])
    const link = await test.nobody.call(led.facilitatedSession, {
      params: { token: tokens.facilitator },
    })
    expect(refusal(link)).toBe('link-renewed')
  })

  it('does nothing more with the link of a mail', async () => {
    const params = { token: await tokenOf(test, workshop.id, sitting[0]!) }
    await leave(sitting[0]!)
    expect(refusal(await test.nobody.call(links.linkedWorkshop, { params }))).toBe('not-found')
    // A press whose link was read just before they left comes to hold the workshop just after.
    const late = inTransaction(test.db, (trx) =>
      takeSeat(
        trx,
        { workshopId: workshop.id, personId: sitting[0]!.id },
        workshop.sessions[1]!.id,
        test.clock.now(),
        workshopSetting(repairSetting(test.services)),
      ),
    )
    expect(await late).toEqual({ refused: 'not-found' })
  })

  it('is not seated by a press that comes at the same moment', async () => {
    test.clock.set('2027-03-08T09:00:00Z')
    const person = scene.people.find(({ id }) => !sitting.some((one) => one.id === id))!
    const sessionId = workshop.sessions[1]!.id
    const take = test.nobody.call(links.takeSeat, {
      params: { token: await tokenOf(test, workshop.id, person) },
      body: { sessionId },
    })
    await Promise.all([take, leave(person)])
    const seats = await scene.director.ask(routes.seats, { params: { sessionId } })
    expect(seats).toEqual([])
  })
})
