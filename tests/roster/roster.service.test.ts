import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as roster from '#server/features/roster/roster.service.ts'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { makeCoordinator, makePerson, makeRegion, makeSite, roleByCode } from './roster.factory.ts'

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
  expect(me?.memberships).toEqual([{ personId: person.id, regionId, siteId: site.id }])
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

describe('the list of people', () => {
  it('is found by every word, whatever its accents, and read on page after page', async () => {
    const { regionId, director } = await makeRegion(test.db, now)
    const site = await makeSite(test.db, now, regionId)
    for (const lastName of ['Éclair', 'Eclat', 'Zola', 'Abel'])
      await makePerson(test.db, now, site, { lastName, firstName: 'Noé' })
    const caller = await test.signedIn(director)
    const ask = (query: { search?: string; after?: string; limit?: number }) =>
      caller.ask(rosterRoutes.people, { params: { regionId }, query })
    const names = (people: { lastName: string }[]) => people.map(({ lastName }) => lastName)
    expect(names((await ask({ search: 'noe ECL' })).people)).toEqual(['Éclair', 'Eclat'])
    expect((await ask({ search: '%' })).people).toEqual([])
    const first = await ask({ limit: 3 })
    expect(first.total).toBe(4)
    const second = await ask({ limit: 3, after: first.next! })
    expect([...names(first.people), ...names(second.people)]).toEqual([
      'Abel',
      'Éclair',
      'Eclat',
      'Zola',
    ])
    expect(second.next).toBeNull()
  })

  it('shows a coordinator their own sites, and an employee nobody', async () => {
    const { regionId } = await makeRegion(test.db, now)
    const mine = await makeSite(test.db, now, regionId)
    const other = await makeSite(test.db, now, regionId)
    const here = await makePerson(test.db, now, mine)
    const there = await makePerson(test.db, now, other)
    const coordinator = await test.signedIn(await makeCoordinator(test.db, now, mine))
    const list = (caller: Caller, query: { siteId?: string } = {}) =>
      caller.call(rosterRoutes.people, { params: { regionId }, query })
    const seen = (await list(coordinator)).body?.people.map(({ id }) => id)
    expect(seen).toEqual([here.id])
    expect((await list(coordinator, { siteId: other.id })).body?.people).toEqual([])
    const employee = await test.signedIn(there.accountId!)
    expect((await list(employee)).problem?.code).toBe('forbidden')
    const params = { regionId }
    expect(await employee.ask(rosterRoutes.sites, { params })).toHaveLength(2)
    expect(await employee.ask(rosterRoutes.roles, { params })).toHaveLength(5)
  })
})

describe('the table of job titles', () => {
  it('is the director’s to change, and says who can host from then on', async () => {
    const { regionId, director } = await makeRegion(test.db, now)
    const elsewhere = await makeRegion(test.db, now)
    const site = await makeSite(test.db, now, regionId)
    const person = await makePerson(test.db, now, site, { jobTitle: 'Ambassadeur' })
    const role = await roleByCode(test.db, regionId, 'shop_seller')
    const caller = await test.signedIn(director)
    const set = (roleId: string | null) =>
      caller.call(rosterRoutes.setJobTitles, {
        params: { regionId },
        body: { titles: [{ title: 'AMBASSADEUR', roleId }] },
      })
    expect((await set(role.id)).body).toEqual([
      { title: 'Ambassadeur', people: 1, roleId: role.id },
    ])
    expect(await roster.roleOfPerson(test.db, person.id)).toBe(role.id)
    const foreign = await roleByCode(test.db, elsewhere.regionId, 'shop_seller')
    expect((await set(foreign.id)).problem?.code).toBe('not-found')
    expect((await set(null)).status).toBe(200)
    expect(await roster.roleOfPerson(test.db, person.id)).toBeNull()
  })
})
