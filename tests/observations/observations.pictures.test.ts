import { afterAll, beforeAll, expect, it } from 'vitest'
import { newUntimedId } from '#server/platform/identity.ts'
import { hashToken } from '#server/platform/secrets.ts'
import type { Moment } from '#shared/observations/observations.contract.ts'
import { picturesRoutes as routes } from '#shared/observations/observations.pictures.contract.ts'
import { makeSite } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { type LivedDay, livedDay } from './observations.factory.ts'

// Somebody who reads every picture and every word lays the means of a site beside the two answers that
// each observation shows, and looks for the five that add up to them.

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
})
afterAll(() => test.close())

const [first, second]: [Moment, Moment] = ['use', 'pay']

/** Every way to take so many of a list. */
function* choices<T>(from: readonly T[], many: number): Generator<T[]> {
  if (many === 0) yield []
  for (const [at, one] of from.entries()) {
    for (const rest of choices(from.slice(at + 1), many - 1)) yield [one, ...rest]
  }
}

it('leave it open which observations are a site’s, whatever each shows of itself', async () => {
  const { db, clock } = test
  const { regionId } = lived.region
  const other = await makeSite(db, clock.now(), regionId)
  const rows = [
    { siteId: lived.shop.id, moments: [first, first, first, second, second], answer: 5 },
    { siteId: other.id, moments: [first, first, second, second, second], answer: 2 },
  ].flatMap(({ siteId, moments, answer }) =>
    moments.map((moment) => ({
      id: newUntimedId(),
      region_id: regionId,
      day_id: lived.day.id,
      role_id: lived.seller.id,
      irritant_id: lived.observing.irritants[0]!.id,
      site_id: siteId,
      moment,
      frequency: answer,
      severity: answer,
      situation: 'Une longue attente.',
      idea: '',
      unmasked: false,
      idea_from: null,
      anonymous: true,
      author_id: null,
      observed_at: null,
      secret_hash: hashToken(newUntimedId()),
      withdrawn: false,
    })),
  )
  await db.insertInto('observations').values(rows).execute()
  const { director } = lived.callers
  const params = { dayId: lived.day.id }
  const { apart } = await director.ask(routes.pictures, { params })
  const told = apart
    .find(({ trait }) => trait === 'siteId')!
    .groups.find(({ siteId }) => siteId === lived.shop.id)!
  expect(told.count).toBe(5)
  const { verbatims } = await director.ask(routes.verbatims, { params })
  expect(verbatims).toHaveLength(10)

  const isLike = (scale: 'frequency' | 'severity', five: typeof verbatims) =>
    told[scale] === 0 || five.reduce((sum, one) => sum + one[scale], 0) === told[scale] * told.count
  const possible = [...choices(verbatims, told.count)].filter(
    (five) => isLike('frequency', five) && isLike('severity', five),
  )
  expect(possible).toHaveLength(252)
})
