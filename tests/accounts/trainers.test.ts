import { beforeAll, expect, it } from 'vitest'
import { accountsRoutes as routes } from '#shared/accounts/accounts.contract.ts'
import { homeRoutes } from '#shared/home/home.contract.ts'
import { remindersRoutes } from '#shared/reminders/reminders.contract.ts'
import { makeDay } from '../days/days.factory.ts'
import { makeRegion } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

// A director entrusts the region’s reminders to somebody, often from outside, and takes that back.

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
  return () => test.close()
})

const farid = { email: 'farid@school.example', displayName: 'Farid Formation' }

it('is appointed by the director, writes, appoints nobody, and is withdrawn', async () => {
  const region = await makeRegion(test.db, test.clock.now())
  const params = { regionId: region.regionId }
  const director = await test.signedIn(region.director)
  const body = { kind: 'trainer' as const, ...farid }
  const both = await Promise.all([1, 2].map(() => director.call(routes.grant, { params, body })))
  expect(both.map(({ status }) => status).sort()[0]).toBe(200)
  const grants = await director.ask(routes.grants, { params })
  const given = grants.filter(({ kind }) => kind === 'trainer')
  expect(given.map(({ email, siteId }) => [email, siteId])).toEqual([[farid.email, null]])

  const { account_id } = await test.db
    .selectFrom('grants')
    .select('account_id')
    .where('id', '=', given[0]!.id)
    .executeTakeFirstOrThrow()
  const trainer = await test.signedIn(account_id)
  const shelf = () => trainer.call(remindersRoutes.shelf, { params })
  expect((await shelf()).body).toHaveLength(6)
  expect((await trainer.call(routes.grants, { params })).status).toBe(403)
  // The days of the region are not theirs to know, neither on the first screen.
  await makeDay(test.db, test.clock.now(), region.regionId, { open: true, by: region.director })
  expect((await director.ask(homeRoutes.home)).days).toHaveLength(1)
  expect((await trainer.ask(homeRoutes.home)).days).toEqual([])
  expect((await trainer.call(routes.grant, { params, body })).status).toBe(403)

  await director.ask(routes.withdrawGrant, { params: { ...params, grantId: given[0]!.id } })
  expect((await shelf()).status).toBe(403)
})

it('is appointed by nobody of another region', async () => {
  const own = await makeRegion(test.db, test.clock.now())
  const other = await makeRegion(test.db, test.clock.now())
  const stranger = await test.signedIn(other.director)
  const params = { regionId: own.regionId }
  const answer = await stranger.call(routes.grant, { params, body: { kind: 'trainer', ...farid } })
  expect(answer.status).toBe(403)
})
