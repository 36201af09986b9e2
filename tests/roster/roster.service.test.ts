import { afterAll, beforeAll, expect, it } from 'vitest'
import * as roster from '#server/features/roster/roster.service.ts'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { makePerson, makeRegion, makeSite, roleByCode } from './roster.factory.ts'

let test: TestApp
let now: Date
beforeAll(async () => {
  test = await startTestApp()
  now = test.clock.now()
})
afterAll(() => test.close())

it('gives a new region the five roles, each with three lines in both languages', async () => {
  const { administrator } = await makeRegion(test.db, now)
  const caller = await test.signedIn(administrator)
  const region = await caller.ask(accountsRoutes.createRegion, {
    body: { name: 'Grand Ouest', timeZone: 'Europe/Paris' },
  })
  const roles = await roster.rolesOfRegion(test.db, region.id)
  expect(roles.map(({ drawing }) => drawing)).toEqual([
    'headset',
    'headset',
    'callback',
    'counter',
    'van',
  ])
  for (const { teaserFr, teaserEn } of roles) {
    expect(teaserFr.split('\n')).toHaveLength(3)
    expect(teaserEn.split('\n')).toHaveLength(3)
  }
})

it('knows somebody signed in as the person the roster ties to their address', async () => {
  const { regionId } = await makeRegion(test.db, now)
  const site = await makeSite(test.db, now, regionId)
  const person = await makePerson(test.db, now, site)
  const me = await (await test.signedIn(person.accountId!)).ask(accountsRoutes.me)
  expect(me.memberships).toEqual([{ personId: person.id, regionId, siteId: site.id }])
})

it('finds who could host by role and site, through the table of job titles', async () => {
  const { regionId } = await makeRegion(test.db, now)
  const dax = await makeSite(test.db, now, regionId)
  const pau = await makeSite(test.db, now, regionId)
  const seller = await makePerson(test.db, now, dax, { role: 'shop_seller' })
  const shouting = await makePerson(test.db, now, pau, { jobTitle: 'VENDEUR  EN BOUTIQUE' })
  const clerk = await makePerson(test.db, now, dax)
  const role = await roleByCode(test.db, regionId, 'shop_seller')
  const all = await roster.hostCandidates(test.db, regionId, { roleIds: [role.id] })
  expect(all).toEqual([
    { personId: seller.id, siteId: dax.id, roleId: role.id },
    { personId: shouting.id, siteId: pau.id, roleId: role.id },
  ])
  expect(await roster.hostCandidates(test.db, regionId, { siteIds: [pau.id] })).toHaveLength(1)
  expect(await roster.hostCandidates(test.db, regionId, { roleIds: [] })).toEqual([])
  expect(await roster.roleOfPerson(test.db, seller.id)).toBe(role.id)
  expect(await roster.roleOfPerson(test.db, clerk.id)).toBeNull()
})
