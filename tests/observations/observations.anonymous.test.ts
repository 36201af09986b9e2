import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveToken } from '#server/platform/capabilities.ts'
import { observationsRoutes as routes } from '#shared/observations/observations.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  anonymously,
  type LivedDay,
  livedDay,
  placementToken,
  release,
  slotToken,
} from './observations.factory.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
})
afterAll(() => test.close())

const send = (body: ReturnType<typeof anonymously>['sent']) =>
  test.nobody.call(routes.sendAnonymously, { body })
const status = async (held: { id: string; secret: string }) =>
  (await test.nobody.ask(routes.followAnonymously, { body: held })).status
/** A route asked from an address of the outside, as a proxy passes it on. */
const from = (url: string) => (remoteAddress: string, payload: object) =>
  test.app.inject({ method: 'POST', url, remoteAddress, payload })
const rowOf = (id: string) =>
  test.db.selectFrom('observations').selectAll().where('id', '=', id).executeTakeFirst()
async function waitAndRelease() {
  test.clock.advance({ minutes: 61 })
  await release(test)
}

describe('a credential its director replaces', () => {
  it('sends nothing more at once; the new one does, and what was received stays', async () => {
    const own = await livedDay(test)
    const params = { dayId: own.day.id }
    const before = anonymously(own)
    expect((await send(before.sent)).status).toBe(200)
    const stolen = anonymously(own)
    await own.callers.director.ask(routes.renewCredential, { params })
    expect((await send(stolen.sent)).problem?.code).toBe('credential-renewed')
    const { credential } = await own.callers.guests[0]!.ask(routes.observing, { params })
    expect(credential).not.toBe(stolen.sent.credential)
    // The same observation, as the device of its author sends it once the page was opened again.
    expect((await send({ ...stolen.sent, credential })).status).toBe(200)
    expect((await send({ ...before.sent, credential })).status).toBe(200)
    expect(await status(before.held)).toBe('waiting')
    // Another day keeps its own.
    expect((await send(anonymously(lived).sent)).status).toBe(200)
  })

  it('is replaced twice by two directors at once, and is one afterwards', async () => {
    const own = await livedDay(test)
    const params = { dayId: own.day.id }
    const { director, guests, host } = own.callers
    await Promise.all([
      director.ask(routes.renewCredential, { params }),
      director.ask(routes.renewCredential, { params }),
    ])
    const [one, other] = await Promise.all([
      guests[0]!.ask(routes.observing, { params }),
      host.ask(routes.observing, { params }),
    ])
    expect(one.credential).toBe(other.credential)
    const sent = { ...anonymously(own).sent, credential: one.credential }
    expect((await send(sent)).status).toBe(200)
  })
})

describe('the credential', () => {
  it('is the same for every participant, whichever door they came through', async () => {
    const params = { dayId: lived.day.id }
    const all = [
      await lived.callers.host.ask(routes.observing, { params }),
      ...(await Promise.all(
        lived.callers.guests.map((one) => one.ask(routes.observing, { params })),
      )),
      await test.nobody.ask(routes.observingBySlotLink, {
        params: { token: slotToken(test, lived.slot) },
      }),
      await test.nobody.ask(routes.observingByPlacementLink, {
        params: { token: placementToken(test, lived, 0) },
      }),
    ]
    expect(new Set(all.map(({ credential }) => credential)).size).toBe(1)
  })

  it('opens nothing when forged, made for something else, or for no day at all', async () => {
    const { secret } = test.services
    const wrong = [
      'nonsense',
      slotToken(test, lived.slot),
      deriveToken(secret, 'slot', lived.day.id, 1),
      deriveToken(secret, 'observe', lived.day.id, 2),
      deriveToken(secret, 'observe', randomUUID(), 1),
      deriveToken('another secret, also of 32 characters', 'observe', lived.day.id, 1),
    ]
    for (const credential of wrong) {
      const answer = await send({ ...anonymously(lived).sent, credential })
      expect(answer.problem?.code).toBe('link-expired')
    }
  })

  it('is not given to the link of somebody whose placement ended', async () => {
    const token = placementToken(test, lived, 4)
    const cancelled = { ended_at: test.clock.now(), ended_reason: 'guest-cancelled' as const }
    const ended = { status: 'ended' as const, ...cancelled }
    const placement = test.db.updateTable('placements').where('id', '=', lived.placements[4]!)
    await placement.set(ended).execute()
    const answer = await test.nobody.call(routes.observingByPlacementLink, { params: { token } })
    expect(answer.problem?.code).toBe('not-taking-part')
    await placement.set({ status: 'active', ended_at: null, ended_reason: null }).execute()
  })
})

describe('a stolen credential', () => {
  it('adds to what is seen that day until its window closes, and shows, changes or names nothing', async () => {
    test.clock.set('2027-05-20T10:00:00Z')
    const { sent: theirs, held } = anonymously(lived)
    await send(theirs)
    // The thief has the credential every participant holds, and no session.
    const { credential } = lived.observing
    const thief = { ...anonymously(lived).sent, credential }
    expect(await test.nobody.ask(routes.sendAnonymously, { body: thief })).toEqual({
      received: true,
    })
    const params = { dayId: lived.day.id }
    for (const route of [routes.observing, routes.myObservations] as const) {
      expect((await test.nobody.call(route, { params })).status).toBe(401)
    }
    const byLink = { params: { token: credential } }
    for (const route of [routes.observingBySlotLink, routes.observingByPlacementLink] as const) {
      expect((await test.nobody.call(route, byLink)).problem?.code).toBe('link-expired')
    }
    const over = await test.nobody.call(routes.sendAnonymously, {
      body: { ...thief, id: theirs.id },
    })
    expect(over.problem?.code).toBe('conflict')
    const guess = { id: theirs.id, secret: '9'.repeat(25) }
    const withdrawn = await test.nobody.call(routes.withdrawAnonymously, { body: guess })
    expect(withdrawn.problem?.code).toBe('not-found')
    expect(await status(held)).toBe('waiting')
    test.clock.set('2027-05-28T10:00:00Z')
    const late = { ...anonymously(lived).sent, credential }
    const closed = await test.nobody.call(routes.sendAnonymously, { body: late })
    expect(closed.problem?.code).toBe('observing-closed')
    test.clock.set('2027-05-20T10:00:00Z')
  })

  it('floods no day: what comes from one address in a minute is a region’s worth at most', {
    timeout: 60_000,
  }, async () => {
    test.clock.set('2027-05-20T11:00:00Z')
    const one = from(routes.sendAnonymously.path)
    const { sent } = anonymously(lived)
    const answers = []
    // A retry is cheap, and counted as well.
    for (let n = 0; n < 3_001; n += 100) {
      const many = Array.from({ length: Math.min(100, 3_001 - n) }, () => one('203.0.113.70', sent))
      answers.push(...(await Promise.all(many)))
    }
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(3_000)
    expect((await one('203.0.113.71', sent)).statusCode).toBe(200)
    test.clock.advance({ minutes: 1 })
    expect((await one('203.0.113.70', sent)).statusCode).toBe(200)
  })
})

describe('an anonymous observation', () => {
  it('waits between ten minutes and an hour, then counts with the others', async () => {
    const { sent, held } = anonymously(lived)
    await send(sent)
    expect(await status(held)).toBe('waiting')
    test.clock.advance({ minutes: 9 })
    await release(test)
    expect(await status(held)).toBe('waiting')
    test.clock.advance({ minutes: 52 })
    await release(test)
    expect(await status(held)).toBe('kept')
    expect(await rowOf(sent.id)).toMatchObject({ anonymous: true, author_id: null })
  })

  it('is one observation however often it is sent: at once, while it waits, and afterwards', async () => {
    const { sent } = anonymously(lived)
    const answers = await Promise.all([send(sent), send(sent), send(sent)])
    expect(answers.map((answer) => answer.body)).toEqual(Array(3).fill({ received: true }))
    expect((await send(sent)).status).toBe(200)
    await waitAndRelease()
    expect((await send(sent)).status).toBe(200)
    await waitAndRelease()
    const waiting = await test.db.selectFrom('observation_intake').select('id').execute()
    expect(waiting).toEqual([])
    const kept = await test.db
      .selectFrom('observations')
      .select('id')
      .where('id', '=', sent.id)
      .execute()
    expect(kept).toHaveLength(1)
  })

  it('cannot be replaced by somebody who only knows its identifier', async () => {
    const { sent } = anonymously(lived)
    await send(sent)
    const other = { ...sent, secretHash: anonymously(lived).sent.secretHash }
    expect((await send(other)).problem?.code).toBe('conflict')
    await waitAndRelease()
    expect((await send(other)).problem?.code).toBe('conflict')
  })

  it('shows itself to its secret alone', async () => {
    const { sent, held } = anonymously(lived)
    await send(sent)
    const guess = { id: sent.id, secret: anonymously(lived).held.secret }
    for (const contract of [routes.followAnonymously, routes.withdrawAnonymously]) {
      const answer = await test.nobody.call(contract, { body: guess })
      expect(answer.problem?.code).toBe('not-found')
    }
    const found = await test.nobody.ask(routes.followAnonymously, { body: held })
    expect(found.observation.situation).toBe(sent.situation)
    expect(found.role?.id).toBe(lived.seller.id)
  })

  it('is taken back while it waits or afterwards, its words erased, a retry notwithstanding', async () => {
    const early = anonymously(lived)
    await send(early.sent)
    await test.nobody.ask(routes.withdrawAnonymously, { body: early.held })
    const late = anonymously(lived)
    await send(late.sent)
    await send(early.sent)
    await waitAndRelease()
    await test.nobody.ask(routes.withdrawAnonymously, { body: late.held })
    await test.nobody.ask(routes.withdrawAnonymously, { body: late.held })
    for (const { sent, held } of [early, late]) {
      await send(sent)
      expect(await status(held)).toBe('withdrawn')
      expect(await rowOf(sent.id)).toMatchObject({ situation: '', idea: '', withdrawn: true })
    }
  })

  it('stays withdrawn when it is released at the very same moment', async () => {
    const { sent, held } = anonymously(lived)
    await send(sent)
    test.clock.advance({ minutes: 61 })
    await Promise.all([release(test), test.nobody.ask(routes.withdrawAnonymously, { body: held })])
    await release(test)
    expect(await rowOf(sent.id)).toMatchObject({ situation: '', withdrawn: true })
  })

  it('keeps its site only where five people lived this role there', async () => {
    const crowd = anonymously(lived).sent
    await send(crowd)
    const elsewhere = { ...anonymously(lived).sent, siteId: randomUUID() }
    await send(elsewhere)
    // Six people sold in the shop; nobody there called customers back.
    const otherRole = lived.observing.roles.find(({ id }) => id !== lived.seller.id)!
    const few = anonymously(lived, { roleId: otherRole.id }).sent
    await send(few)
    await waitAndRelease()
    expect((await rowOf(crowd.id))?.site_id).toBe(lived.shop.id)
    expect((await rowOf(elsewhere.id))?.site_id).toBeNull()
    expect((await rowOf(few.id))?.site_id).toBeNull()
  })

  it('cannot be written by a host nobody visits', async () => {
    const token = slotToken(test, lived.unvisited)
    const answer = await test.nobody.call(routes.observingBySlotLink, { params: { token } })
    expect(answer.problem?.code).toBe('not-taking-part')
  })

  it('is refused before the day and a week after, but a retry of what was received is not', async () => {
    const { sent } = anonymously(lived)
    await send(sent)
    for (const instant of ['2027-05-19T21:59:59Z', '2027-05-27T22:00:00Z']) {
      test.clock.set(instant)
      expect((await send(anonymously(lived).sent)).problem?.code).toBe('observing-closed')
      expect((await send(sent)).status).toBe(200)
    }
  })

  it('lets nobody try secrets for long, without a trace of them', async () => {
    test.clock.set('2027-05-21T09:00:00Z')
    const { held } = anonymously(lived)
    const ask = from(routes.followAnonymously.path)
    for (let n = 0; n < 300; n += 1) await ask('203.0.113.50', held)
    expect((await ask('203.0.113.50', held)).json().code).toBe('too-many-requests')
    expect((await ask('203.0.113.51', held)).json().code).toBe('not-found')
    expect(await test.db.selectFrom('attempts').selectAll().execute()).toEqual([])
  })

  it('serves a whole company behind one address, and does not let it stop by what others try', async () => {
    test.clock.set('2027-05-20T10:00:00Z')
    const office = '203.0.113.60'
    const send = from(routes.sendAnonymously.path)
    const follow = from(routes.followAnonymously.path)
    const all = Array.from({ length: 320 }, () => anonymously(lived))
    const stranger = { ...all[0]!.sent, credential: 'observe.of.nobody' }
    const tries = await Promise.all(all.map(() => send(office, stranger)))
    expect(new Set(tries.map((one) => one.json().code))).toEqual(new Set(['link-expired']))
    for (const { sent } of all) expect((await send(office, sent)).statusCode).toBe(200)
    for (const { held } of all) expect((await follow(office, held)).statusCode).toBe(200)
  })
})
