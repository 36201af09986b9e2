import { afterAll, beforeAll, expect, it } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { type Person, peopleOfRegion } from '#server/features/roster/roster.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { rosterRoutes } from '#shared/roster/roster.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { makePerson, makeRegion, makeSite } from './roster.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

/** Two people of one site, and a way to send HR's next file about them. */
async function pair() {
  const now = test.clock.now()
  const { regionId, director } = await makeRegion(test.db, now)
  const site = await makeSite(test.db, now, regionId)
  const tag = site.code.toLowerCase()
  const addressOf = (name: string) => `${name}-${tag}@region.example`
  const made = (name: string, number: string) =>
    makePerson(test.db, now, site, {
      firstName: name,
      lastName: 'Test',
      employeeNumber: number,
      email: addressOf(name.toLowerCase()),
    })
  const anne = await made('Anne', '1')
  const bruno = await made('Bruno', '2')
  const caller = await test.signedIn(director)
  async function hrSays(addresses: { anne?: string; bruno?: string }) {
    const rows = [
      `1;Test;Anne;${addresses.anne ?? anne.email};${site.code}`,
      `2;Test;Bruno;${addresses.bruno ?? bruno.email};${site.code}`,
    ]
    const { id } = await caller.ask(rosterRoutes.upload, {
      params: { regionId },
      query: { kind: 'people', fileName: 'effectifs.csv' },
      body: Buffer.from(`Matricule;Nom;Prénom;Courriel;Site\n${rows.join('\n')}\n`),
    })
    const params = { regionId, importId: id }
    const run = await caller.ask(rosterRoutes.dryRun, { params })
    await caller.ask(rosterRoutes.commit, { params, body: { fingerprint: run.fingerprint } })
    return run.findings.map(({ code }) => code)
  }
  async function person(number: string): Promise<Person> {
    const people = await peopleOfRegion(test.db, regionId)
    return people.find(({ employeeNumber }) => employeeNumber === number)!
  }
  return { regionId, anne, bruno, addressOf, hrSays, person }
}

it('signs everybody out of an address that goes from one person to another', async () => {
  const { anne, bruno, addressOf, hrSays, person } = await pair()
  const phoneOfBruno = await test.signedIn(bruno.accountId!)
  const { token } = await inTransaction(test.db, (trx) =>
    accounts.issueSignInLink(trx, bruno.accountId!, 'a secret', test.clock.now()),
  )
  expect(await hrSays({ anne: bruno.email!, bruno: addressOf('bruno.new') })).toEqual([])

  expect(await phoneOfBruno.ask(accountsRoutes.me)).toBeNull()
  const late = await test.nobody.call(accountsRoutes.signIn, { body: { token } })
  expect(late.problem?.code).toBe('link-expired')

  expect((await person('1')).accountId).toBe(bruno.accountId)
  expect((await person('2')).accountId).not.toBe(bruno.accountId)
  const me = await (await test.signedIn(bruno.accountId!)).ask(accountsRoutes.me)
  expect(me).toMatchObject({ displayName: 'Anne Test', memberships: [{ personId: anne.id }] })
})

it('lets two people exchange their addresses in one file', async () => {
  const { anne, bruno, hrSays, person } = await pair()
  await hrSays({ anne: bruno.email!, bruno: anne.email! })
  expect((await person('1')).accountId).toBe(bruno.accountId)
  expect((await person('2')).accountId).toBe(anne.accountId)
})

it('gives nobody the access of a director by giving them the director’s address', async () => {
  const { regionId, bruno, addressOf, hrSays, person } = await pair()
  const given = { kind: 'director' as const, email: bruno.email!, displayName: 'Bruno' }
  await inTransaction(test.db, (trx) =>
    accounts.grant(trx, { ...given, regionId, siteId: null }, null, 'fr', test.clock.now()),
  )
  const phoneOfBruno = await test.signedIn(bruno.accountId!)
  const warnings = await hrSays({ anne: bruno.email!, bruno: addressOf('bruno.new') })
  expect(warnings.sort()).toEqual(['access_by_former_address', 'email_entrusted'])

  expect(await person('1')).toMatchObject({ email: null, accountId: null })
  expect(await person('2')).toMatchObject({
    email: addressOf('bruno.new'),
    accountId: bruno.accountId,
  })
  // The director works on undisturbed, as the person they are.
  const me = await phoneOfBruno.ask(accountsRoutes.me)
  expect(me?.memberships).toEqual([expect.objectContaining({ personId: bruno.id })])
  expect(me?.grants).toEqual([expect.objectContaining({ kind: 'director', regionId })])
})

it('does not hand a director’s account to the address a file puts beside their name', async () => {
  const { regionId, bruno, addressOf, hrSays } = await pair()
  const given = { kind: 'director' as const, email: bruno.email!, displayName: 'Bruno' }
  await inTransaction(test.db, (trx) =>
    accounts.grant(trx, { ...given, regionId, siteId: null }, null, 'fr', test.clock.now()),
  )
  await hrSays({ bruno: addressOf('stranger') })
  const [stranger] = await test.db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', addressOf('stranger'))
    .execute()
  const grants = stranger ? await accounts.grantsOf(test.db, stranger.id) : []
  expect(grants).toEqual([])
})

it('leaves an address alone that a file repeats', async () => {
  const { bruno, hrSays } = await pair()
  const phoneOfBruno = await test.signedIn(bruno.accountId!)
  await hrSays({})
  expect((await phoneOfBruno.ask(accountsRoutes.me))?.memberships).toHaveLength(1)
})
