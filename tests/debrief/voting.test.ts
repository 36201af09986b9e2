import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as debriefs from '#server/features/debrief/debrief.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { findingsRoutes } from '#shared/findings/findings.contract.ts'
import { blindedOf, newBallot } from '#web/features/debrief/debrief.ballot.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { debriefOf, makeFinding, type SignedBallot } from './debrief.factory.ts'

let test: TestApp
let lived: LivedDay
let session: ReturnType<typeof debriefOf>
/** Three findings to choose from. */
let ids: string[]
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  lived = await livedDay(test)
  session = debriefOf(test, lived)
  await session.open(2)
  const made = []
  for (const title of ['Attendre', 'Répéter', 'Payer deux fois']) {
    made.push(await makeFinding(test, lived, title))
  }
  ids = made.map(({ id }) => id)
  await session.goTo('vote')
})

/** As the director does, from the page of findings. */
const withdraw = (findingId: string) =>
  lived.callers.director.ask(findingsRoutes.withdraw, {
    params: { dayId: lived.day.id, findingId },
    body: { version: 1, reason: 'Hors sujet' },
  })
const everybody = () => [...lived.callers.guests, lived.callers.host]
const ballots = () => Promise.all(everybody().map((caller) => session.ballotFor(caller)))
const codesOf = (answers: { problem?: { code: string } }[]) =>
  answers.map(({ problem }) => problem?.code ?? 'cast')
async function hearts() {
  await session.goTo('decide')
  const { room } = await session.desk()
  return Object.fromEntries(room!.findings.map((one) => [one.title, one.hearts]))
}

describe('a ballot', () => {
  it('is counted when the curtain is up, and hidden until then', async () => {
    for (const ballot of await ballots()) await session.cast(ballot, [ids[1]!, ids[2]!])
    const before = await session.desk()
    expect(before.ballotsCast).toBe(6)
    expect(before.room!.findings.map((one) => one.hearts)).toEqual([null, null, null])
    await session.goTo('count')
    expect((await session.desk()).room!.findings.map((one) => one.hearts)).toEqual([
      null,
      null,
      null,
    ])
    await session.goTo('decide')
    const { room } = await session.desk()
    expect(room!.ballots).toBe(6)
    expect(room!.findings.map(({ title, hearts }) => [title, hearts])).toEqual([
      ['Payer deux fois', 6],
      ['Répéter', 6],
      ['Attendre', 0],
    ])
  })

  it('counts once however often it is sent, at once or later, and says what it said last', async () => {
    const [one, ...others] = await ballots()
    for (const other of others) await session.cast(other, [ids[0]!])
    const at = await Promise.all([1, 2, 3, 4].map(() => session.cast(one!, [ids[0]!, ids[1]!])))
    expect(codesOf(at)).toEqual(['cast', 'cast', 'cast', 'cast'])
    await session.cast(one!, [ids[2]!])
    expect((await session.desk()).ballotsCast).toBe(6)
    expect(await hearts()).toEqual({ Attendre: 5, 'Payer deux fois': 1, Répéter: 0 })
  })

  it('is one a person: the same again for a retry, none for a second device', async () => {
    const [caller] = everybody()
    const key = await session.ballotKey()
    const ballot = newBallot(key)
    const first = await session.ballotFor(caller!, ballot)
    expect(await session.ballotFor(caller!, ballot)).toEqual(first)
    const params = await session.codeParams()
    const second = await caller!.call(routes.takeBallot, {
      params,
      body: { blinded: blindedOf(newBallot(key), key) },
    })
    expect(second.problem?.code).toBe('ballot-taken')
  })

  it('is one a person also from two tabs at the same instant', async () => {
    const [caller] = everybody()
    const params = await session.codeParams()
    const key = await session.ballotKey()
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        caller!.call(routes.takeBallot, {
          params,
          body: { blinded: blindedOf(newBallot(key), key) },
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it('is not to be had outside the roster, nor forged, nor altered, nor brought from another day', async () => {
    const params = await session.codeParams()
    const director = await lived.callers.director.call(routes.takeBallot, {
      params,
      body: { blinded: 'A'.repeat(342) },
    })
    expect(director.problem?.code).toBe('forbidden')
    const [mine] = await ballots()
    const elsewhere = mine!
    const key = await session.ballotKey()
    const forged: SignedBallot[] = [
      { ...newBallot(key), signature: 'A'.repeat(342) },
      { ...newBallot(key), signature: `${'_'.repeat(341)}8` },
      { ...newBallot(key), signature: mine!.signature },
    ]
    for (const ballot of forged) {
      expect((await session.cast(ballot, [ids[0]!])).problem?.code).toBe('ballot-unknown')
    }
    test.clock.set('2027-03-01T09:00:00Z')
    const other = await livedDay(test)
    const otherSession = debriefOf(test, other)
    await otherSession.open()
    await otherSession.goTo('vote')
    const carried = await otherSession.cast(elsewhere, [ids[0]!])
    expect(carried.problem?.code).toBe('ballot-unknown')
  })

  it('gives no more hearts than there are, one a finding, and only to findings of the day', async () => {
    const [ballot] = await ballots()
    expect((await session.cast(ballot!, ids)).problem?.code).toBe('too-many-hearts')
    expect((await session.cast(ballot!, [ids[0]!, ids[0]!])).problem?.code).toBe('invalid-input')
    expect((await session.cast(ballot!, [])).problem?.code).toBe('invalid-input')
    expect((await session.cast(ballot!, [crypto.randomUUID()])).problem?.code).toBe('not-found')
  })

  it('is refused before the vote and after it, leaving what was cast as it was', async () => {
    const [ballot, ...others] = await ballots()
    await session.goTo('group')
    expect((await session.cast(ballot!, [ids[0]!])).problem?.code).toBe('vote-not-open')
    await session.goTo('vote')
    for (const one of [ballot!, ...others]) await session.cast(one, [ids[0]!])
    await session.goTo('count')
    expect((await session.cast(ballot!, [ids[1]!])).problem?.code).toBe('vote-closed')
    const latecomer = await lived.callers.bystander.call(routes.takeBallot, {
      params: await session.codeParams(),
      body: { blinded: 'A'.repeat(342) },
    })
    expect(latecomer.problem?.code).toBe('vote-closed')
    expect(await hearts()).toMatchObject({ Attendre: 6, Répéter: 0 })
  })

  it('at the instant of closing is either counted or refused, never lost', async () => {
    const all = await ballots()
    const { params } = session
    const closing = lived.callers.director.ask(routes.step, {
      params,
      body: { from: 'vote', to: 'count' },
    })
    const answers = await Promise.all(all.map((ballot) => session.cast(ballot, [ids[0]!])))
    await closing
    const cast = codesOf(answers).filter((code) => code === 'cast').length
    expect(codesOf(answers).every((code) => ['cast', 'vote-closed'].includes(code))).toBe(true)
    expect((await session.desk()).ballotsCast).toBe(cast)
  })

  it('for a finding withdrawn since is kept and not counted, and returns with it', async () => {
    for (const ballot of await ballots()) await session.cast(ballot, [ids[0]!, ids[1]!])
    const by = {
      regionId: lived.region.regionId,
      dayId: lived.day.id,
      accountId: lived.region.director,
    }
    const dissolved = await inTransaction(test.db, (trx) =>
      findings.dissolveFinding(trx, by, ids[0]!, test.clock.now()),
    )
    expect(dissolved).toEqual({ refused: 'finding-in-use' })
    await withdraw(ids[0]!)
    expect(await hearts()).toEqual({ Répéter: 6, 'Payer deux fois': 0 })
    await inTransaction(test.db, (trx) =>
      findings.bringFindingBack(trx, by, ids[0]!, test.clock.now()),
    )
    expect(await hearts()).toEqual({ Attendre: 6, Répéter: 6, 'Payer deux fois': 0 })
    const outcome = await debriefs.resultsOf(test.db, lived.day.id)
    expect(outcome).toMatchObject({ ballots: 6, told: true })
  })

  it('gives no heart to a finding withdrawn meanwhile, and keeps what was cast before', async () => {
    const [ballot, ...others] = await ballots()
    for (const one of [ballot!, ...others]) await session.cast(one, [ids[1]!])
    await withdraw(ids[0]!)
    const late = await session.cast(ballot!, [ids[0]!, ids[2]!])
    expect(late.problem?.code).toBe('finding-withdrawn')
    expect(await hearts()).toEqual({ Répéter: 6, 'Payer deux fois': 0 })
  })

  it('can be changed as often as people do, not as machines do', async () => {
    const [ballot, other] = await ballots()
    const answers = []
    for (let n = 0; n < 31; n += 1) answers.push(await session.cast(ballot!, [ids[n % 3]!]))
    expect(codesOf(answers).slice(29)).toEqual(['cast', 'too-many-requests'])
    expect(codesOf([await session.cast(other!, [ids[0]!])])).toEqual(['cast'])
    test.clock.advance({ minutes: 1 })
    expect(codesOf([await session.cast(ballot!, [ids[0]!])])).toEqual(['cast'])
  })

  it('tells nothing where fewer than five voted', async () => {
    for (const ballot of (await ballots()).slice(0, 4)) await session.cast(ballot, [ids[0]!])
    expect(await hearts()).toEqual({ Attendre: null, Répéter: null, 'Payer deux fois': null })
    expect(await debriefs.resultsOf(test.db, lived.day.id)).toMatchObject({ told: false })
  })
})

describe('what the room votes on', () => {
  it('keeps its words and its observations until the curtain is up', async () => {
    const { director } = lived.callers
    const params = { dayId: lived.day.id, findingId: ids[0]! }
    const { finding, originals } = await director.ask(findingsRoutes.finding, { params })
    const { irritantId } = finding
    const reword = (version: number) =>
      director.call(findingsRoutes.reword, {
        params,
        body: { version, title: 'Tout autre chose', irritantId, note: '' },
      })
    const empty = () =>
      director.call(findingsRoutes.removeObservations, {
        params,
        body: { observationIds: originals.map(({ id }) => id) },
      })
    for (const step of ['vote', 'count'] as const) {
      await session.goTo(step)
      const dissolve = await director.call(findingsRoutes.dissolve, { params })
      const answers = [await reword(1), await empty(), dissolve]
      expect(codesOf(answers), step).toEqual(Array(3).fill('vote-under-way'))
    }
    await session.goTo('decide')
    expect((await reword(1)).body?.title).toBe('Tout autre chose')
    expect((await empty()).body?.observationCount).toBe(0)
  })

  it('is reworded before the vote or refused, when both happen at once', async () => {
    await session.goTo('group')
    const { director } = lived.callers
    const params = { dayId: lived.day.id, findingId: ids[0]! }
    const { irritantId } = (await director.ask(findingsRoutes.finding, { params })).finding
    const [reworded, step] = await Promise.all([
      director.call(findingsRoutes.reword, {
        params,
        body: { version: 1, title: 'Tout autre chose', irritantId, note: '' },
      }),
      director.call(routes.step, {
        params: { dayId: lived.day.id },
        body: { from: 'group', to: 'vote' },
      }),
    ])
    expect(step.status).toBe(200)
    expect([200, 409]).toContain(reworded.status)
    const { finding } = await director.ask(findingsRoutes.finding, { params })
    expect(finding.title).toBe(reworded.status === 200 ? 'Tout autre chose' : 'Attendre')
  })
})
