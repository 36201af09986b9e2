import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as findings from '#server/features/findings/findings.service.ts'
import { findingsRoutes as routes } from '#shared/findings/findings.contract.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { picturesRoutes } from '#shared/observations/observations.pictures.contract.ts'
import {
  anonymously,
  type LivedDay,
  livedDay,
  release,
} from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { grouped, observed, wording } from './findings.factory.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
})
afterAll(() => test.close())

const ofDay = () => ({ dayId: lived.day.id })
const ofOne = (findingId: string) => ({ dayId: lived.day.id, findingId })
const director = () => lived.callers.director
const originalsOf = async (findingId: string) =>
  (await director().ask(routes.finding, { params: ofOne(findingId) })).originals
const ungroupedIds = async () =>
  (await director().ask(routes.ungrouped, { params: ofDay() })).cards.map(({ id }) => id)

describe('a finding', () => {
  it('gathers observations and keeps every one of them to be counted and read', async () => {
    const ids = await observed(lived, {}, { situation: 'Autrement dit.' }, { situation: '' })
    const finding = await grouped(lived, ids)
    expect(finding).toMatchObject({
      title: 'Tout répéter',
      status: 'open',
      observationCount: 3,
      wordlessCount: 1,
      withdrawnCount: 0,
    })
    const originals = await originalsOf(finding.id)
    expect(originals.map(({ id }) => id).sort()).toEqual(ids.toSorted())
    const listed = await director().ask(routes.findings, { params: ofDay() })
    expect(listed.findings).toContainEqual(finding)
    expect(await ungroupedIds()).not.toContain(ids[0])
    const map = await director().ask(picturesRoutes.pictures, { params: ofDay() })
    expect(map.groups.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(3)
  })

  it('tells each observation what it became part of, anonymous ones as well', async () => {
    const { sent } = anonymously(lived)
    await test.nobody.ask(observationsRoutes.sendAnonymously, { body: sent })
    test.clock.advance({ minutes: 61 })
    await release(test)
    const [named, loose] = await observed(lived, {}, {})
    const finding = await grouped(lived, [sent.id, named!])
    const became = await findings.findingOfObservation(test.db, [sent.id, named!, loose!])
    expect([...became.keys()].sort()).toEqual([sent.id, named!].sort())
    expect(became.get(sent.id)).toEqual(finding)
    const originals = await originalsOf(finding.id)
    expect(originals.find(({ id }) => id === sent.id)?.firstName).toBeNull()
    expect(originals.find(({ id }) => id === named)?.firstName).toBe('Alice')
  })

  it('loses what an author takes back from its count, and keeps the trace', async () => {
    const ids = await observed(lived, {}, {})
    const finding = await grouped(lived, ids)
    await lived.callers.guests[0]!.ask(observationsRoutes.withdrawObservation, {
      params: { dayId: lived.day.id, observationId: ids[0]! },
    })
    const after = await findings.findingById(test.db, finding.id)
    expect(after).toMatchObject({ observationCount: 1, withdrawnCount: 1 })
    const gone = (await originalsOf(finding.id)).find(({ id }) => id === ids[0])
    expect(gone).toMatchObject({ withdrawn: true, situation: '' })
  })

  it('gives observations back one by one, or all when it is dissolved', async () => {
    const ids = await observed(lived, {}, {}, {})
    const finding = await grouped(lived, ids)
    const body = { observationIds: [ids[0]!] }
    const params = ofOne(finding.id)
    expect(
      (await director().ask(routes.removeObservations, { params, body })).observationCount,
    ).toBe(2)
    expect(
      (await director().ask(routes.removeObservations, { params, body })).observationCount,
    ).toBe(2)
    expect(await ungroupedIds()).toContain(ids[0])
    expect((await director().ask(routes.addObservations, { params, body })).observationCount).toBe(
      3,
    )
    await director().ask(routes.dissolve, { params })
    expect(await ungroupedIds()).toEqual(expect.arrayContaining(ids))
    const again = await director().call(routes.dissolve, { params })
    expect(again.problem?.code).toBe('not-found')
  })

  it('comes with its originals fifty at a time, each once, in no order of arrival', async () => {
    const ids = await observed(lived, ...Array.from({ length: 53 }, () => ({})))
    const finding = await grouped(lived, ids)
    const params = ofOne(finding.id)
    const first = await director().ask(routes.finding, { params })
    const rest = await director().ask(routes.finding, { params, query: { after: first.next! } })
    const read = [...first.originals, ...rest.originals].map(({ id }) => id)
    expect(first.originals).toHaveLength(50)
    expect(rest.next).toBeNull()
    expect(new Set(read).size).toBe(53)
    expect(read).not.toEqual(ids)
    expect(read).not.toEqual(ids.toSorted())
  })

  it('refuses observations of elsewhere, withdrawn ones and irritants of nowhere, taking none', async () => {
    const ids = await observed(lived, {}, {})
    const params = ofDay()
    const group = async (observationIds: string[], changes = {}) =>
      (
        await director().call(routes.group, {
          params,
          body: { ...wording(lived, observationIds), ...changes },
        })
      ).problem
    expect((await group([...ids, randomUUID()]))?.code).toBe('not-found')
    expect((await group(ids, { irritantId: randomUUID() }))?.code).toBe('not-found')
    await lived.callers.guests[0]!.ask(observationsRoutes.withdrawObservation, {
      params: { dayId: lived.day.id, observationId: ids[1]! },
    })
    const refused = await group(ids)
    expect(refused?.code).toBe('observations-withdrawn')
    expect(refused?.title).toContain('1 de ces observations')
    expect(await ungroupedIds()).toContain(ids[0])
  })
})

describe('a withdrawn finding', () => {
  it('stays with its reason and observations, is not open, and can be brought back', async () => {
    const ids = await observed(lived, {}, {})
    const finding = await grouped(lived, ids)
    const params = ofOne(finding.id)
    const withdrawn = await director().ask(routes.withdraw, {
      params,
      body: { version: finding.version, reason: 'Deux sujets en un.' },
    })
    expect(withdrawn).toMatchObject({
      status: 'withdrawn',
      withdrawnReason: 'Deux sujets en un.',
      observationCount: 2,
    })
    expect(findings.isOpen(withdrawn)).toBe(false)
    const [more] = await observed(lived, {})
    const adding = await director().call(routes.addObservations, {
      params,
      body: { observationIds: [more!] },
    })
    expect(adding.problem?.code).toBe('finding-withdrawn')
    const back = await director().ask(routes.bringBack, { params })
    expect(back).toMatchObject({ status: 'open', withdrawnReason: null, observationCount: 2 })
  })

  it('is all that can be done with a finding something hangs on', async () => {
    const finding = await grouped(lived, await observed(lived, {}))
    await sql`create table hanging (day_id uuid, finding_id uuid,
      constraint hanging_fk foreign key (day_id, finding_id) references findings (day_id, id))`.execute(
      test.db,
    )
    await sql`insert into hanging values (${lived.day.id}, ${finding.id})`.execute(test.db)
    const params = ofOne(finding.id)
    const dissolved = await director().call(routes.dissolve, { params })
    expect(dissolved.problem?.code).toBe('finding-in-use')
    const body = { version: 1, reason: 'Déjà réglé.' }
    expect((await director().ask(routes.withdraw, { params, body })).status).toBe('withdrawn')
    await sql`drop table hanging`.execute(test.db)
  })
})

describe('two directors at once', () => {
  it('never put one observation into two findings: the second is told, and nothing of theirs is half done', async () => {
    const [a, b, c] = await observed(lived, {}, {}, {})
    const before = (await findings.findingsOfDay(test.db, lived.day.id)).length
    const group = (ids: string[], title: string) =>
      director().call(routes.group, { params: ofDay(), body: wording(lived, ids, title) })
    const answers = await Promise.all([group([a!, b!], 'Le premier'), group([c!, b!], 'Le second')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const lost = answers.find(({ problem }) => problem)
    expect(lost?.problem?.code).toBe('observations-grouped')
    expect(lost?.problem?.title).toContain('1 de ces observations')
    const all = await findings.findingsOfDay(test.db, lived.day.id)
    expect(all).toHaveLength(before + 1)
    const free = answers[0]!.problem ? a! : c!
    expect(await ungroupedIds()).toContain(free)
  })

  it('never wait for each other for ever, in whatever order they chose', async () => {
    const ids = await observed(lived, ...Array.from({ length: 12 }, () => ({})))
    const group = (some: string[]) =>
      director().call(routes.group, { params: ofDay(), body: wording(lived, some) })
    const answers = await Promise.all([group(ids), group(ids.toReversed()), group(ids)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it('do not overwrite each other’s words', async () => {
    const finding = await grouped(lived, await observed(lived, {}))
    const reword = (title: string) =>
      director().call(routes.reword, {
        params: ofOne(finding.id),
        body: { version: finding.version, title, irritantId: finding.irritantId },
      })
    const answers = await Promise.all([reword('Dit par l’une'), reword('Dit par l’autre')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ problem }) => problem)?.problem?.code).toBe('finding-changed')
    const kept = await findings.findingById(test.db, finding.id)
    expect(kept?.title).toBe(answers.find(({ body }) => body)?.body?.title)
  })

  it('leave a finding either withdrawn or with one observation more, never with one added after', async () => {
    const finding = await grouped(lived, await observed(lived, {}))
    const [more] = await observed(lived, {})
    const params = ofOne(finding.id)
    const [added, withdrawn] = await Promise.all([
      director().call(routes.addObservations, { params, body: { observationIds: [more!] } }),
      director().call(routes.withdraw, { params, body: { version: 1, reason: 'Doublon.' } }),
    ])
    expect(withdrawn.status).toBe(200)
    const kept = await findings.findingById(test.db, finding.id)
    expect(kept?.observationCount).toBe(added.problem ? 1 : 2)
    if (added.problem) expect(added.problem.code).toBe('finding-withdrawn')
  })

  it('and an author taking back what is being gathered end in one state', async () => {
    const [a, b] = await observed(lived, {}, {})
    const [answer] = await Promise.all([
      director().call(routes.group, { params: ofDay(), body: wording(lived, [a!, b!]) }),
      lived.callers.guests[0]!.ask(observationsRoutes.withdrawObservation, {
        params: { dayId: lived.day.id, observationId: b! },
      }),
    ])
    if (answer.problem) expect(answer.problem.code).toBe('observations-withdrawn')
    else {
      const kept = await findings.findingById(test.db, answer.body.id)
      expect(kept).toMatchObject({ observationCount: 1, withdrawnCount: 1 })
    }
  })
})

describe('what is suggested', () => {
  const told = [
    'Le client a attendu trente minutes que le décodeur redémarre.',
    'Décodeur bloqué : il a attendu une demi-heure le redémarrage.',
    'Le décodeur redémarre sans arrêt, on attend devant l’écran.',
  ]

  it('is a pile of those that resemble, then the finding they became', async () => {
    const irritantId = lived.observing.irritants[3]!.id
    const ids = await observed(lived, ...told.map((situation) => ({ situation, irritantId })))
    await observed(lived, {
      irritantId,
      situation: 'Facture incompréhensible, huit lignes de plus.',
    })
    const ask = async () =>
      (await director().ask(routes.suggestions, { params: ofDay(), query: { irritantId } })).piles
    const [pile] = await ask()
    expect(pile?.findingId).toBeNull()
    expect(pile?.cards.map(({ id }) => id).sort()).toEqual(ids.toSorted())
    const similar = await director().ask(routes.similar, {
      params: { dayId: lived.day.id, observationId: ids[0]! },
    })
    expect(similar.cards.map(({ id }) => id).sort()).toEqual(ids.slice(1).toSorted())

    const finding = await grouped(lived, ids)
    expect(await ask()).toEqual([])
    const [late] = await observed(lived, { irritantId, situation: told[0]! })
    expect(await ask()).toMatchObject([{ findingId: finding.id, cards: [{ id: late }] }])
  })
})

describe('the audit', () => {
  it('says what a director did, and not one word of it', async () => {
    const [id] = await observed(lived, {})
    const finding = await grouped(lived, [id!], 'Un titre tout à fait reconnaissable')
    const params = ofOne(finding.id)
    const body = { version: 1, reason: 'Une raison reconnaissable' }
    await director().ask(routes.withdraw, { params, body })
    const events = await test.db
      .selectFrom('audit_events')
      .selectAll()
      .where('subject_id', '=', finding.id)
      .orderBy('action')
      .execute()
    expect(events.map(({ action }) => action)).toEqual(['findings.group', 'findings.withdraw'])
    expect(events[0]).toMatchObject({
      account_id: lived.region.director,
      details: { observations: 1 },
    })
    expect(JSON.stringify(events)).not.toContain('reconnaissable')
    expect(JSON.stringify(events)).not.toContain(id)
  })
})
