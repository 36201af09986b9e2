import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seatRow } from '#server/features/workshops/workshops.seats.ts'
import { brokenConstraint } from '#server/platform/postgres/database.ts'
import { workshopLinksRoutes as links } from '#shared/workshops/workshops.links.contract.ts'
import {
  workshopOffersRoutes as routes,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  proposed,
  publish,
  seated,
  tokenOf,
  type WorkshopScene,
  workshopScene,
} from './workshops.factory.ts'

let test: TestApp
let scene: WorkshopScene
let workshop: Workshop
/** People by where the draw left them in the one full session: two sit, then who waits. */
let sitting: number[]
let waiting: number[]

beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  scene = await workshopScene(test, ['Alice', 'Bruno', 'Chloé', 'Driss', 'Elsa'])
  workshop = await seated(test, scene, [{}, { date: '2027-03-17' }])
  const seats = await seatsNow()
  const at = (id: string) => scene.people.findIndex((person) => person.id === id)
  sitting = seats.filter(({ state }) => state === 'seated').map(({ personId }) => at(personId))
  waiting = seats.filter(({ state }) => state === 'waiting').map(({ personId }) => at(personId))
})
afterAll(() => test.close())

const session = (at = 0) => workshop.sessions[at]!.id
const seatsNow = (at = 0) =>
  scene.director.ask(routes.seats, { params: { sessionId: session(at) } })
const paramsOf = async (at: number) => ({
  token: await tokenOf(test, workshop.id, scene.people[at]!),
})
const page = async (at: number) =>
  test.nobody.ask(links.linkedWorkshop, { params: await paramsOf(at) })
const giveUp = async (at: number) =>
  test.nobody.call(links.giveSeatUp, { params: await paramsOf(at) })
const take = async (at: number, sessionId = session()) =>
  test.nobody.call(links.takeSeat, { params: await paramsOf(at), body: { sessionId } })
const wait = async (at: number, sessionId = session(), yes = true) =>
  test.nobody.call(links.waitForSeat, {
    params: await paramsOf(at),
    body: { sessionId, waiting: yes },
  })
const code = (answer: { problem?: { code: string } | undefined }) => answer.problem?.code ?? 'done'

describe('the waiting list of a full session', () => {
  it('offers a freed seat to the next by itself, who answers with a button', async () => {
    const [next, after] = waiting as [number, number]
    expect((await page(next)).sessions[0]).toMatchObject({ waitingPlace: 1, free: 0 })
    await giveUp(sitting[0]!)
    const { seat } = await page(next)
    expect(seat).toMatchObject({ state: 'offered', sessionId: session() })
    expect((await page(after)).sessions[0]!.waitingPlace).toBe(1)
    expect(code(await take(next))).toBe('done')
    expect((await page(next)).seat).toMatchObject({ state: 'seated', offeredUntil: null })
    expect((await seatsNow()).filter(({ state }) => state === 'seated')).toHaveLength(2)
  })

  it('passes an offer on that is declined, or whose time is over, and never makes it twice', async () => {
    const [next, after, last] = waiting as [number, number, number]
    await giveUp(sitting[0]!)
    await giveUp(next)
    const { seat } = await page(after)
    expect(seat?.state).toBe('offered')
    // Answered within working hours: nobody’s time runs out at night.
    expect(seat!.offeredUntil!.getUTCHours()).toBeLessThan(18)
    test.clock.set(seat!.offeredUntil!.toISOString())
    expect((await page(after)).seat).toBeNull()
    expect(code(await take(after))).toBe('seat-offer-over')
    await test.db.transaction().execute((trx) =>
      sql`select graphile_worker.add_job('expire-workshop-offers',
        payload := ${JSON.stringify({ workshopId: workshop.id })}::json)`.execute(trx),
    )
    await test.runJobs()
    expect((await page(last)).seat?.state).toBe('offered')
    expect((await page(next)).seat).toBeNull()
  })

  it('lets nobody pass in front: who comes later waits behind, and a free seat nobody waits for is theirs', async () => {
    const late = waiting[0]!
    expect(code(await take(late))).toBe('seat-taken')
    expect(code(await take(late, session(1)))).toBe('done')
    // A seat taken ends the waiting elsewhere.
    expect((await page(late)).sessions[0]!.waitingPlace).toBeNull()
    expect(code(await wait(late))).toBe('already-seated')
  })

  it('is joined and left by a button, twice as once', async () => {
    const leaving = waiting[0]!
    await wait(leaving, session(), false)
    expect(code(await wait(leaving, session(), false))).toBe('done')
    test.clock.advance({ minutes: 1 })
    await wait(leaving)
    expect(code(await wait(leaving))).toBe('done')
    expect((await page(leaving)).sessions[0]!.waitingPlace).toBe(waiting.length)
  })

  it('makes no offer so near the hour that nobody could answer: then the first to come has it', async () => {
    test.clock.set('2027-03-16T08:30:00Z')
    await giveUp(sitting[0]!)
    expect((await page(waiting[0]!)).seat).toBeNull()
    expect(code(await take(waiting[1]!))).toBe('done')
    test.clock.set('2027-03-16T09:00:00Z')
    expect(code(await giveUp(waiting[1]!))).toBe('session-past')
  })

  it('takes in again who missed their session, once there is a seat in another', async () => {
    const [missed, other] = sitting as [number, number]
    for (const at of waiting) await wait(at, session(), false)
    await take(waiting[0]!, session(1))
    await take(waiting[1]!, session(1))
    expect(code(await wait(missed, session(1)))).toBe('already-seated')
    test.clock.set('2027-03-16T10:00:00Z')
    expect(code(await wait(missed, session(1)))).toBe('done')
    await giveUp(waiting[0]!)
    expect((await page(missed)).seat).toMatchObject({ state: 'offered', sessionId: session(1) })
    expect((await page(other)).seat).toMatchObject({ state: 'seated', sessionId: session() })
  })

  it('gives a seat somebody leaves for another to the next', async () => {
    await take(sitting[0]!, session(1))
    expect((await page(waiting[0]!)).seat).toMatchObject({ state: 'offered' })
    const seats = await seatsNow(1)
    expect(seats).toMatchObject([{ personId: scene.people[sitting[0]!]!.id, state: 'seated' }])
  })
})

describe('two at once', () => {
  it('one of two gets the last seat', async () => {
    const second = session(1)
    await take(sitting[0]!, second)
    await giveUp(waiting[0]!)
    // One seat is left in the second session, and nobody waits for it.
    const said = await Promise.all([take(waiting[1]!, second), take(waiting[2]!, second)])
    expect(said.map(code).sort()).toEqual(['done', 'seat-taken'])
    expect(await seatsNow(1)).toHaveLength(2)
  })

  it('two offers accepted at the same moment are two seats', async () => {
    await giveUp(sitting[0]!)
    await giveUp(sitting[1]!)
    const said = await Promise.all([take(waiting[0]!), take(waiting[1]!), take(waiting[0]!)])
    expect(said.map(code)).toEqual(['done', 'done', 'done'])
    expect((await seatsNow()).filter(({ state }) => state === 'seated')).toHaveLength(2)
  })

  it('giving up and accepting leave one seat to one person', async () => {
    await giveUp(sitting[0]!)
    const said = await Promise.all([take(waiting[0]!), giveUp(waiting[0]!)])
    expect(said.map(code)[1]).toBe('done')
    const seats = await seatsNow()
    expect(seats.filter(({ state }) => state !== 'waiting')).toHaveLength(2)
    expect(new Set(seats.map(({ personId }) => personId)).size).toBe(seats.length)
  })

  it('the database refuses a seat sold twice even to whoever forgets to hold the workshop', async () => {
    const { id, regionId } = workshop
    const now = test.clock.now()
    const sell = (at: number) =>
      test.db.transaction().execute(async (trx) => {
        const row = seatRow({ id, regionId }, session(1), scene.people[at]!.id, 'seated', now)
        await trx.insertInto('workshop_seats').values(row).execute()
        // Both have written before either commits.
        await sql`select pg_sleep(0)`.execute(trx)
      })
    await sell(waiting[0]!)
    const sold = await Promise.allSettled([sell(waiting[1]!), sell(waiting[2]!)])
    expect(sold.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = sold.find((one) => one.status === 'rejected')
    expect(brokenConstraint(refused?.reason)).toBe('workshop_seats_not_twice')
    const twice = await sell(sitting[0]!).catch(brokenConstraint)
    expect(twice).toBe('workshop_seats_one_each')
    const rooms = test.db.updateTable('workshop_sessions').where('id', '=', session(1))
    await rooms.set({ seats: 3 }).execute()
    const left = [waiting[1]!, waiting[2]!].map((at) => scene.people[at]!.id)
    for (const at of [waiting[1]!, waiting[2]!]) await sell(at).catch(brokenConstraint)
    expect((await seatsNow(1)).filter(({ personId }) => left.includes(personId))).toHaveLength(2)
    expect(await rooms.set({ seats: 2 }).execute().catch(brokenConstraint)).toBe(
      'workshop_seats_not_twice',
    )
  })
})

describe('the director’s hand', () => {
  const move = (at: number, sessionId: string | null) =>
    scene.director.call(routes.movePerson, {
      params: { workshopId: workshop.id, personId: scene.people[at]!.id },
      body: { sessionId },
    })

  it('seats whoever it names where there is a seat, and takes seats away', async () => {
    expect(code(await move(waiting[0]!, session()))).toBe('seat-taken')
    expect(code(await move(sitting[0]!, null))).toBe('done')
    expect((await page(waiting[0]!)).seat?.state).toBe('offered')
    expect(code(await move(waiting[1]!, session(1)))).toBe('done')
    const answer = await move(waiting[1]!, session(1))
    expect(answer.body?.sessions[1]).toMatchObject({ seated: 1 })
  })

  it('takes whoever waits, or is offered a seat, off the waiting list', async () => {
    expect(code(await move(waiting[0]!, null))).toBe('done')
    expect(code(await giveUp(sitting[0]!))).toBe('done')
    expect((await page(waiting[1]!)).seat?.state).toBe('offered')
    expect(code(await move(waiting[1]!, null))).toBe('done')
    expect((await page(waiting[2]!)).seat?.state).toBe('offered')
    const gone = [waiting[0]!, waiting[1]!].map((at) => scene.people[at]!.id)
    const hoping = (await seatsNow()).filter(({ state }) => state !== 'given-up')
    expect(hoping.filter(({ personId }) => gone.includes(personId))).toEqual([])
  })

  it('moves nobody before seats are published, and nobody of another region', async () => {
    const other = await workshopScene(test)
    const choosing = await proposed(other)
    const answer = await other.director.call(routes.movePerson, {
      params: { workshopId: choosing.id, personId: other.people[0]!.id },
      body: { sessionId: choosing.sessions[0]!.id },
    })
    expect(code(answer)).toBe('workshop-not-seated')
    const published = await publish(other, choosing.id)
    const foreign = await other.director.call(routes.movePerson, {
      params: { workshopId: published.id, personId: scene.people[0]!.id },
      body: { sessionId: published.sessions[0]!.id },
    })
    expect(code(foreign)).toBe('not-found')
  })
})
