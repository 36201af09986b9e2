import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { changesRoutes as routes } from '#shared/actions/actions.changes.contract.ts'
import { actionsRoutes } from '#shared/actions/actions.contract.ts'
import { findingsRoutes } from '#shared/findings/findings.contract.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { grouped, observed } from '../findings/findings.factory.ts'
import {
  anonymously,
  type LivedDay,
  livedDay,
  release,
  seen,
} from '../observations/observations.factory.ts'
import { roleByCode } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ofOne, planned } from './actions.factory.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  lived = await livedDay(test)
})
afterAll(() => test.close())

it('tells everybody what enough people saw and what was decided, and folds the rest', async () => {
  const five = await observed(lived, {}, {}, {}, {}, {})
  const four = await observed(lived, {}, {}, {}, { situation: 'Mot pour mot.' })
  const seen = await grouped(lived, five, 'Tout répéter')
  const rare = await grouped(lived, four, 'Rare et reconnaissable')
  const loud = await planned(lived, { title: 'Un seul dossier', findingIds: [seen.id] })
  const quiet = await planned(lived, { title: 'Des sièges', findingIds: [rare.id] })
  const waiting = await planned(lived, { title: 'Pas encore décidée', findingIds: [seen.id] })
  const answers = [
    { action: loud, status: 'under-way', words: 'Une note entre nous.' },
    { action: quiet, status: 'declined', words: 'On sait bien qui l’a dit.' },
  ] as const
  for (const { action, status, words } of answers) {
    await lived.callers.director.ask(actionsRoutes.answer, {
      params: ofOne(action),
      body: { version: 1, status, words },
    })
  }
  const told = await lived.callers.bystander.ask(routes.changes, {
    params: { dayId: lived.day.id },
  })
  expect(told.findings).toMatchObject([
    { title: 'Tout répéter', observationCount: 5, decisions: [{ id: loud.id }] },
  ])
  expect(told.foldedFindings).toBe(1)
  expect(told.otherDecisions).toMatchObject([{ id: quiet.id, title: 'Des sièges' }])
  const words = JSON.stringify(told)
  for (const kept of [
    'Rare et reconnaissable',
    'Mot pour mot',
    'Une note entre nous',
    'On sait bien qui',
    waiting.title,
    lived.bystander.id,
  ]) {
    expect(words).not.toContain(kept)
  }
})

describe('the link', () => {
  const params = () => ({ dayId: lived.day.id })

  it('opens the page to whoever holds it, and leads nowhere once it is taken back', async () => {
    const { director } = lived.callers
    expect((await director.ask(routes.sharing, { params: params() })).token).toBeNull()
    // Two directors at once share one link.
    const [one, two] = await Promise.all([
      director.ask(routes.share, { params: params() }),
      director.ask(routes.share, { params: params() }),
    ])
    const token = one.token!
    expect(two.token).toBe(token)
    const own = await director.ask(routes.changes, { params: params() })
    expect(own.mayShare).toBe(true)
    const { mayShare: _, ...told } = own
    expect(await test.nobody.ask(routes.linkedChanges, { params: { token } })).toEqual(told)

    await director.ask(routes.endSharing, { params: params() })
    await director.ask(routes.endSharing, { params: params() })
    const read = (of: string) => test.nobody.call(routes.linkedChanges, { params: { token: of } })
    expect((await read(token)).problem?.code).toBe('share-ended')
    const anew = (await director.ask(routes.share, { params: params() })).token!
    expect(anew).not.toBe(token)
    expect((await read(anew)).status).toBe(200)
    expect((await read(token)).problem?.code).toBe('share-ended')
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    expect((await read(forged)).problem?.code).toBe('link-expired')
  })

  it('is found by no search engine, kept by no cache and told to no other site', async () => {
    const token = (await lived.callers.director.ask(routes.share, { params: params() })).token!
    for (const url of [`/api/changes-links/${token}`, `/ce-qui-a-change/${token}`]) {
      const { headers } = await test.app.inject({ url })
      expect(headers, url).toMatchObject({
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      })
    }
    const { headers } = await test.app.inject({ url: `/api/changes-links/${token}` })
    expect(headers['cache-control']).toBe('no-store')
  })

  it('is the director’s to share', async () => {
    const { bystander } = lived.callers
    expect((await bystander.ask(routes.changes, { params: params() })).mayShare).toBe(false)
    for (const route of [routes.sharing, routes.share, routes.endSharing]) {
      expect((await bystander.call(route, { params: params() })).status).toBe(403)
    }
  })
})

describe('what is quoted', () => {
  /** Six of a role that is told, five of another and one of a third, folded together. */
  let told: string[]
  let folded: string
  let findingId: string
  const said = 'Marion Dubois m’a dit que tout se répète.'
  const words = '[nom] m’a dit que tout se répète.'

  beforeEach(async () => {
    const role = (code: Parameters<typeof roleByCode>[2]) =>
      roleByCode(test.db, lived.region.regionId, code)
    const [other, rare] = [await role('support_operator'), await role('service_operator')]
    told = await observed(lived, ...Array.from({ length: 6 }, () => ({ situation: said })))
    const fewer = await observed(lived, ...Array.from({ length: 5 }, () => ({ roleId: other.id })))
    folded = (await observed(lived, { roleId: rare.id, situation: said }))[0]!
    findingId = (await grouped(lived, [...told, ...fewer, folded], 'Tout se répète')).id
  })

  const at = (observationId: string, part: 'situation' | 'idea' = 'situation') => ({
    dayId: lived.day.id,
    observationId,
    part,
  })
  const quote = (observationId: string, body = { words }) =>
    lived.callers.director.call(routes.quote, { params: at(observationId), body })
  const page = async () =>
    (
      await lived.callers.bystander.ask(routes.changes, { params: { dayId: lived.day.id } })
    ).findings.flatMap(({ quotes }) => quotes)
  const kept = async (observationId: string) =>
    (
      await test.db
        .selectFrom('change_quotes')
        .select('part')
        .where('observation_id', '=', observationId)
        .execute()
    ).length

  it('is offered only where enough people speak of the same irritant and role', async () => {
    const offered = await lived.callers.director.ask(routes.quotable, {
      params: { dayId: lived.day.id, findingId },
    })
    expect(offered.words.map(({ observationId }) => observationId).toSorted()).toEqual(
      told.toSorted(),
    )
    expect((await quote(folded)).problem?.code).toBe('too-few-to-quote')
    const alone = await observed(lived, { situation: said })
    expect((await quote(alone[0]!)).problem?.code).toBe('too-few-to-quote')
  })

  it('stands as it was previewed, names masked, once for two at once, until it is taken back', async () => {
    const both = await Promise.all([quote(told[0]!), quote(told[0]!)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(await page()).toEqual([{ part: 'situation', words }])
    const { director } = lived.callers
    await director.ask(routes.unquote, { params: at(told[0]!) })
    await director.ask(routes.unquote, { params: at(told[0]!) })
    expect(await page()).toEqual([])
  })

  it('puts nothing into anybody’s mouth', async () => {
    const invented = await quote(told[0]!, { words: 'Tout va bien.' })
    expect(invented.problem?.code).toBe('words-changed')
    expect((await quote(told[0]!, { words: said })).status).toBe(200)
    expect((await quote(told[0]!)).status).toBe(200)
    expect(await page()).toEqual([{ part: 'situation', words }])
  })

  it('goes with the words, whether their author corrects them or takes them back', async () => {
    const author = lived.callers.guests[0]!
    const params = (observationId: string) => ({ dayId: lived.day.id, observationId })
    for (const id of told.slice(0, 2)) await quote(id)
    expect(await page()).toHaveLength(2)
    await author.ask(observationsRoutes.putObservation, {
      params: params(told[0]!),
      body: seen(lived, { situation: 'Autre chose.', idea: '' }),
    })
    expect(await page()).toHaveLength(1)
    await author.ask(observationsRoutes.withdrawObservation, { params: params(told[1]!) })
    expect(await page()).toEqual([])
    for (const id of told.slice(0, 2)) expect(await kept(id)).toBe(0)
    expect((await quote(told[1]!)).problem?.code).toBe('words-changed')
  })

  it('goes with an anonymous one as well, by its code', async () => {
    const { sent, held } = anonymously(lived, { situation: said, idea: '' })
    await test.nobody.ask(observationsRoutes.sendAnonymously, { body: sent })
    test.clock.advance({ minutes: 90 })
    await release(test)
    await lived.callers.director.ask(findingsRoutes.addObservations, {
      params: { dayId: lived.day.id, findingId },
      body: { observationIds: [sent.id] },
    })
    expect((await quote(sent.id)).status).toBe(200)
    expect(await page()).toHaveLength(1)
    await test.nobody.ask(observationsRoutes.withdrawAnonymously, { body: held })
    expect(await page()).toEqual([])
    expect(await kept(sent.id)).toBe(0)
  })

  it('is folded again when too few are left beside it', async () => {
    const left = told.slice(2)
    expect((await quote(left[0]!)).status).toBe(200)
    expect(await page()).toHaveLength(1)
    const author = lived.callers.guests[0]!
    for (const observationId of left.slice(1)) {
      await author.ask(observationsRoutes.withdrawObservation, {
        params: { dayId: lived.day.id, observationId },
      })
    }
    expect(await page()).toEqual([])
  })
})
