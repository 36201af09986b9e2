import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let administrator: Caller
beforeAll(async () => {
  test = await startTestApp()
  const person = { email: 'admin@10decoeur.example', displayName: 'Camille' }
  const given = { kind: 'administrator' as const, regionId: null, siteId: null }
  const outcome = await inTransaction(test.db, (trx) =>
    accounts.grant(trx, { ...person, ...given }, null, 'fr', test.clock.now()),
  )
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  administrator = await test.signedIn(outcome.accountId)
})
afterAll(() => test.close())

const region = (name: string) => ({ body: { name, timeZone: 'Europe/Paris' } })

describe('a write with an Idempotency-Key', () => {
  it('is done once and answered alike when it is repeated', async () => {
    const key = { 'idempotency-key': 'first-region' }
    const create = () => administrator.ask(accountsRoutes.createRegion, region('Bretagne'), key)
    const once = await create()
    expect(await create()).toEqual(once)
    const all = await administrator.ask(accountsRoutes.regions)
    expect(all.filter(({ name }) => name === 'Bretagne')).toHaveLength(1)
  })

  it('keeps its answer sealed: some hold personal links', async () => {
    const key = { 'idempotency-key': 'sealed-answer' }
    await administrator.ask(accountsRoutes.createRegion, region('Picardie'), key)
    const rows = await test.db.selectFrom('idempotency_records').selectAll().execute()
    expect(rows.find((row) => row.key === 'sealed-answer')?.body).toBeTruthy()
    expect(JSON.stringify(rows)).not.toContain('Picardie')
  })

  it('is done once when both arrive together', async () => {
    const key = { 'idempotency-key': 'twice-at-once' }
    const answers = await Promise.all(
      [1, 2, 3].map(() => administrator.call(accountsRoutes.createRegion, region('Corse'), key)),
    )
    const codes = answers.map((answer) => answer.problem?.code ?? 'done')
    expect(codes.filter((code) => code === 'done').length).toBeGreaterThanOrEqual(1)
    expect(codes.every((code) => code === 'done' || code === 'already-running')).toBe(true)
    const all = await administrator.ask(accountsRoutes.regions)
    expect(all.filter(({ name }) => name === 'Corse')).toHaveLength(1)
  })

  it('may be tried again after a refusal', async () => {
    const key = { 'idempotency-key': 'refused-first' }
    const taken = await administrator.call(accountsRoutes.createRegion, region('Bretagne'), key)
    expect(taken.problem?.code).toBe('conflict')
    const free = await administrator.call(accountsRoutes.createRegion, region('Normandie'), key)
    expect(free.status).toBe(200)
  })

  it('is done anew when the process died that was doing it', async () => {
    const key = { 'idempotency-key': 'died-at-work' }
    await administrator.ask(accountsRoutes.createRegion, region('Auvergne'), key)
    await test.db
      .updateTable('idempotency_records')
      .set({ status: null, body: null })
      .where('key', '=', 'died-at-work')
      .execute()
    const again = () => administrator.call(accountsRoutes.createRegion, region('Limousin'), key)
    expect((await again()).problem?.code).toBe('already-running')
    test.clock.advance({ minutes: 6 })
    expect((await again()).status).toBe(200)
  })

  it('is refused when the key comes back with another request', async () => {
    const key = { 'idempotency-key': 'another-body' }
    await administrator.ask(accountsRoutes.createRegion, region('Alsace'), key)
    const other = await administrator.call(accountsRoutes.createRegion, region('Lorraine'), key)
    expect(other.problem?.code).toBe('conflict')
  })
})

describe('bad input', () => {
  it('names the field in the reader’s language', async () => {
    const french = await administrator.call(accountsRoutes.createRegion, {
      body: { name: '', timeZone: 'Mars/Olympus' },
    })
    expect(french.problem?.fields?.map(({ path }) => path)).toEqual(['name', 'timeZone'])
    const english = await test.nobody.call(
      accountsRoutes.requestSignIn,
      { body: { email: 'not an address' } },
      { 'accept-language': 'en-GB,en;q=0.9,fr;q=0.1' },
    )
    expect(english.problem?.title).toMatch(/^Something is missing/)
  })

  it('is answered as a problem when it is not JSON at all', async () => {
    const response = await test.app.inject({
      method: 'POST',
      url: '/api/sign-in-links',
      headers: { 'content-type': 'application/json' },
      payload: '{"email":',
    })
    expect(response.statusCode).toBe(400)
    expect(response.json().code).toBe('invalid-input')
  })
})
