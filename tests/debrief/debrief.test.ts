import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addJob } from '#server/platform/postgres/database.ts'
import { debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { blindedOf, newBallot } from '#web/features/debrief/debrief.ballot.ts'
import { anonymously, type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { debriefOf, makeFinding } from './debrief.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** A day of its own, with its session. */
async function session() {
  // Before the day: it is prepared, published and lived.
  test.clock.set('2027-03-01T09:00:00Z')
  const lived = await livedDay(test)
  return Object.assign(debriefOf(test, lived), { lived })
}

const roomOf = (lived: LivedDay, params: { code: string }) =>
  lived.callers.guests[0]!.ask(routes.room, { params })

describe('the session', () => {
  it('opens on the day itself, once, with a code for the room', async () => {
    const { lived, params, desk, open } = await session()
    const { director } = lived.callers
    test.clock.set('2027-05-19T20:00:00Z')
    const early = await director.call(routes.open, { params, body: { hearts: 3 } })
    expect(early.problem?.code).toBe('debrief-too-early')
    test.clock.set('2027-05-20T14:00:00Z')
    expect((await desk()).room).toBeNull()
    const [one, other] = await Promise.all([open(), open()])
    expect(one.room!.code).toBe(other.room!.code)
    expect((await roomOf(lived, { code: one.room!.code })).step).toBe('read')
  })

  it('goes one step when two directors press at the same instant', async () => {
    const { lived, params, open, desk } = await session()
    await open()
    const press = () =>
      lived.callers.director.call(routes.step, { params, body: { from: 'read', to: 'group' } })
    const answers = await Promise.all([press(), press(), press()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await desk()).room!.step).toBe('group')
    const late = await lived.callers.director.call(routes.step, {
      params,
      body: { from: 'read', to: 'vote' },
    })
    expect(late.problem?.code).toBe('debrief-moved')
  })

  it('goes back up to the curtain, and not behind it', async () => {
    const { lived, params, open, goTo, desk } = await session()
    await open()
    await goTo('count')
    await goTo('read')
    await goTo('decide')
    const back = await lived.callers.director.call(routes.step, {
      params,
      body: { from: 'decide', to: 'count' },
    })
    expect(back.problem?.code).toBe('votes-counted')
    await goTo('closed')
    await goTo('decide')
    expect((await desk()).room!.step).toBe('decide')
  })

  it('changes the number of hearts until the vote, and not after', async () => {
    const { lived, params, open, goTo } = await session()
    await open(3)
    expect((await open(5)).room!.hearts).toBe(5)
    await goTo('vote')
    const late = await lived.callers.director.call(routes.open, { params, body: { hearts: 2 } })
    expect(late.problem?.code).toBe('vote-begun')
  })

  it('is found by its code alone, by those of the region alone', async () => {
    const { lived, open } = await session()
    const params = { code: (await open()).room!.code }
    for (const caller of [lived.callers.bystander, lived.callers.host, lived.callers.director]) {
      expect((await caller.call(routes.room, { params })).status).toBe(200)
    }
    const { lived: other } = await session()
    expect((await other.callers.host.call(routes.room, { params })).status).toBe(404)
    expect((await test.nobody.call(routes.room, { params })).status).toBe(401)
  })
})

describe('a stolen code', () => {
  it('shows nothing outside the region, gives no ballot and counts none', async () => {
    const { lived, open, goTo, ballotKey } = await session()
    const params = { code: (await open()).room!.code }
    const { id } = await makeFinding(test, lived, 'Attendre')
    await goTo('vote')
    const key = await ballotKey()
    const { lived: elsewhere } = await session()
    test.clock.set('2027-05-20T14:00:00Z')
    const body = { blinded: blindedOf(newBallot(key), key) }
    for (const [thief, status] of [
      [test.nobody, 401],
      [elsewhere.callers.host, 404],
      [elsewhere.callers.director, 404],
    ] as const) {
      expect((await thief.call(routes.room, { params })).status).toBe(status)
      expect((await thief.call(routes.takeBallot, { params, body })).status).toBe(status)
    }
    // Casting asks for no session: there the code alone is worth nothing either.
    const ballot = { ...params, ballotId: randomUUID() }
    const cast = await test.nobody.call(routes.castBallot, {
      params: ballot,
      body: { signature: 'A'.repeat(342), findingIds: [id] },
    })
    expect(cast.problem?.code).toBe('ballot-unknown')
  })
})

describe('the wall', () => {
  it('shows nothing that a director has not read first', async () => {
    const { lived, params, open, observe, fillWall, desk, codeParams } = await session()
    await observe()
    test.clock.advance({ minutes: 65 })
    await fillWall()
    await open()
    expect((await desk()).waitingCards).toBe(4)
    expect((await desk()).room!.cards).toEqual([])
    const { director } = lived.callers
    const { cards } = await director.ask(routes.cards, { params, query: { shown: 'no' } })
    const [first] = cards
    await director.ask(routes.show, { params, body: { ids: [first!.id], shown: true } })
    const room = await roomOf(lived, await codeParams())
    const { unmasked: _, ...onWall } = first!
    expect(room.cards).toEqual([onWall])
    expect(room.irritants.map(({ id }) => id)).toEqual([first!.irritantId])
    await director.ask(routes.show, { params, body: { ids: [first!.id], shown: false } })
    expect((await roomOf(lived, await codeParams())).cards).toEqual([])
  })

  it('names nobody, and says of a named card just what it says of an anonymous one', async () => {
    const { lived, params, open, observe, fillWall } = await session()
    await observe()
    test.clock.advance({ minutes: 65 })
    await fillWall()
    await open()
    const { cards } = await lived.callers.director.ask(routes.cards, {
      params,
      query: { shown: 'no' },
    })
    expect(cards).toHaveLength(4)
    for (const card of cards) {
      expect(Object.keys(card).sort()).toEqual([
        'id',
        'idea',
        'irritantId',
        'moment',
        'situation',
        'unmasked',
      ])
    }
    const text = JSON.stringify(cards)
    for (const { firstName } of lived.guests) expect(text).not.toContain(firstName)
  })

  it('lets named and anonymous ones come alike: ten minutes to an hour later, in batches', async () => {
    const { open, observe, fillWall, desk } = await session()
    await open()
    await observe()
    await fillWall()
    expect((await desk()).waitingCards).toBe(0)
    test.clock.advance({ minutes: 9 })
    await fillWall()
    expect((await desk()).waitingCards).toBe(0)
    test.clock.advance({ minutes: 58 })
    await fillWall()
    expect((await desk()).waitingCards).toBe(4)
    const rows = await test.db.selectFrom('debrief_cards').selectAll().execute()
    expect(Object.keys(rows[0]!).sort()).toEqual(['day_id', 'observation_id', 'shown'])
  })

  it('lets go of a card its author takes back', async () => {
    const { lived, params, open, fillWall, desk, codeParams } = await session()
    const { sent, held } = anonymously(lived)
    await test.nobody.ask(observationsRoutes.sendAnonymously, { body: sent })
    test.clock.advance({ minutes: 65 })
    await fillWall()
    await open()
    const body = { ids: [sent.id], shown: true }
    await lived.callers.director.ask(routes.show, { params, body })
    expect((await roomOf(lived, await codeParams())).cards).toHaveLength(1)
    await test.nobody.ask(observationsRoutes.withdrawAnonymously, { body: held })
    expect((await roomOf(lived, await codeParams())).cards).toEqual([])
    expect((await desk()).waitingCards).toBe(0)
  })

  it('holds sixty cards, also when two directors show at once', async () => {
    const { lived, params, open } = await session()
    await open()
    await test.db
      .insertInto('observations')
      .values(
        Array.from({ length: 62 }, (_, n) => ({
          ...content(lived, `Une chose vue, ${n}.`),
          secret_hash: 'a'.repeat(64),
        })),
      )
      .execute()
    await addJob(test.db, 'fill-walls', {})
    await test.runJobs()
    const { director } = lived.callers
    const page = await director.ask(routes.cards, { params, query: { shown: 'no' } })
    expect(page.cards).toHaveLength(50)
    const rest = await director.ask(routes.cards, {
      params,
      query: { shown: 'no', after: page.next! },
    })
    expect(rest.next).toBeNull()
    const ids = [...page.cards, ...rest.cards].map(({ id }) => id)
    expect(new Set(ids).size).toBe(62)
    const show = (some: string[]) =>
      director.call(routes.show, { params, body: { ids: some, shown: true } })
    const answers = await Promise.all([show(ids.slice(0, 40)), show(ids.slice(40))])
    expect(answers.map(({ status }) => status).sort()).toEqual(
      [200, 409].map((s) => (s === 200 ? 204 : s)),
    )
    const full = answers.find(({ problem }) => problem)
    expect(full?.problem?.code).toBe('wall-full')
  })

  it('knows only cards of its own day', async () => {
    const one = await session()
    await one.observe()
    test.clock.advance({ minutes: 65 })
    await one.fillWall()
    await one.open()
    const { cards } = await one.lived.callers.director.ask(routes.cards, {
      params: one.params,
      query: { shown: 'no' },
    })
    const other = await session()
    await other.open()
    const answer = await other.lived.callers.director.call(routes.show, {
      params: other.params,
      body: { ids: [cards[0]!.id], shown: true },
    })
    expect(answer.problem?.code).toBe('not-found')
  })
})

describe('what the room reads', () => {
  it('is cards, then findings without hearts, then hearts in their order', async () => {
    const { lived, open, goTo, codeParams } = await session()
    await open()
    await makeFinding(test, lived, 'Attendre sans savoir')
    expect((await roomOf(lived, await codeParams())).findings).toEqual([])
    await goTo('vote')
    const [told] = (await roomOf(lived, await codeParams())).findings
    expect(told).toMatchObject({ title: 'Attendre sans savoir', observationCount: 1, hearts: null })
  })
})

const content = (lived: LivedDay, situation: string) => ({
  id: crypto.randomUUID(),
  region_id: lived.region.regionId,
  day_id: lived.day.id,
  role_id: lived.seller.id,
  irritant_id: lived.observing.irritants[0]!.id,
  site_id: null,
  moment: 'use' as const,
  frequency: 3,
  severity: 3,
  situation,
  idea: '',
  anonymous: true,
  author_id: null,
  observed_at: null,
  unmasked: false,
  withdrawn: false,
})
