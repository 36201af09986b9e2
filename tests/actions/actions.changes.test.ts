import { afterAll, beforeAll, expect, it } from 'vitest'
import { changesRoutes as routes } from '#shared/actions/actions.changes.contract.ts'
import { actionsRoutes } from '#shared/actions/actions.contract.ts'
import { grouped, observed } from '../findings/findings.factory.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { ofOne, planned } from './actions.factory.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
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
  for (const action of [loud, quiet]) {
    await lived.callers.director.ask(actionsRoutes.answer, {
      params: ofOne(action),
      body: { version: 1, status: 'under-way', words: 'Une note entre nous.' },
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
    waiting.title,
    lived.bystander.id,
  ]) {
    expect(words).not.toContain(kept)
  }
})
