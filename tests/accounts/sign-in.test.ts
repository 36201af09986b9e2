import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let aline: string
beforeAll(async () => {
  test = await startTestApp()
  const created = await inTransaction(test.db, (trx) =>
    accounts.ensureAccounts(
      trx,
      [{ email: 'aline@region.example', displayName: 'Aline' }],
      'fr',
      test.clock.now(),
    ),
  )
  aline = created.get('aline@region.example')!
})
afterAll(() => test.close())

/** Asks for a link as a person would and reads the token out of the mail that came. */
async function tokenByMail(email: string): Promise<string> {
  await test.nobody.ask(accountsRoutes.requestSignIn, { body: { email } })
  await test.runJobs()
  const [latest] = await test.mailbox.listMails({ to: email })
  const mail = await test.mailbox.readMail(latest!.id)
  const token = /\/connexion\/(\S+)/.exec(mail!.text)?.[1]
  expect(token).toBeDefined()
  return token!
}

describe('signing in by mail link', () => {
  it('opens a session with the token of the mail, once', async () => {
    const token = await tokenByMail('aline@region.example')
    const response = await test.app.inject({
      method: 'POST',
      url: '/api/sessions',
      payload: { token },
    })
    expect(response.statusCode).toBe(200)
    const cookie = String(response.headers['set-cookie'])
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    const again = await test.nobody.call(accountsRoutes.signIn, { body: { token } })
    expect(again.problem?.code).toBe('link-used')
    const me = await test.app.inject({
      url: '/api/me',
      headers: { cookie: cookie.split(';')[0]! },
    })
    expect(me.json().displayName).toBe('Aline')
  })

  it('lets one of two simultaneous exchanges through', async () => {
    const token = await tokenByMail('aline@region.example')
    const both = await Promise.all([
      test.nobody.call(accountsRoutes.signIn, { body: { token } }),
      test.nobody.call(accountsRoutes.signIn, { body: { token } }),
    ])
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 410])
  })

  it('changes nothing when a scanner opens the link', async () => {
    const token = await tokenByMail('aline@region.example')
    await test.app.inject({ method: 'GET', url: `/connexion/${token}` })
    await test.app.inject({ method: 'HEAD', url: `/connexion/${token}` })
    const answer = await test.nobody.call(accountsRoutes.signIn, { body: { token } })
    expect(answer.status).toBe(200)
  })

  it('refuses a link that is too old', async () => {
    const token = await tokenByMail('aline@region.example')
    test.clock.advance({ minutes: 31 })
    const answer = await test.nobody.call(accountsRoutes.signIn, { body: { token } })
    expect(answer.problem?.code).toBe('link-expired')
  })

  it('answers alike for an unknown address, and sends it nothing', async () => {
    const answer = await test.nobody.call(accountsRoutes.requestSignIn, {
      body: { email: 'nobody@region.example' },
    })
    expect(answer.body).toEqual({ asked: true })
    await test.runJobs()
    expect(await test.mailbox.listMails({ to: 'nobody@region.example' })).toEqual([])
  })

  it('limits links per address, known or not, even asked for at the same time', async () => {
    const ask = () =>
      test.nobody.call(accountsRoutes.requestSignIn, { body: { email: 'flood@region.example' } })
    const answers = await Promise.all(Array.from({ length: 9 }, ask))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(5)
    expect(answers.find((answer) => answer.problem)?.problem?.code).toBe('too-many-requests')
  })

  it('forgets the address of a job that failed for good', async () => {
    const body = { email: 'lost@region.example' }
    await test.nobody.ask(accountsRoutes.requestSignIn, { body })
    const jobs = () => sql`select * from graphile_worker._private_jobs`.execute(test.db)
    expect(JSON.stringify((await jobs()).rows)).toContain('lost@region.example')
    await sql`update graphile_worker._private_jobs set attempts = max_attempts`.execute(test.db)
    await addJob(test.db, 'forget-old', {})
    await test.runJobs()
    expect(JSON.stringify((await jobs()).rows)).not.toContain('lost@region.example')
  })

  it('keeps neither token nor link in the database', async () => {
    const token = await tokenByMail('aline@region.example')
    for (const table of ['outbox', 'sign_in_links', 'sessions'] as const) {
      const rows = await test.db.selectFrom(table).selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(token)
    }
  })
})

describe('sessions', () => {
  it('end when revoked, at once', async () => {
    const caller = await test.signedIn(aline)
    await test.signedIn(aline)
    const sessions = await caller.ask(accountsRoutes.mySessions)
    expect(sessions.length).toBeGreaterThan(1)
    await caller.ask(accountsRoutes.signOut, { params: { sessionId: 'current' } })
    expect((await caller.call(accountsRoutes.mySessions)).problem?.code).toBe('not-signed-in')
  })
})

describe('writes from another site', () => {
  it('are refused whatever cookie they carry', async () => {
    const disguises: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example' },
    ]
    for (const headers of disguises) {
      const response = await test.app.inject({
        method: 'POST',
        url: '/api/sign-in-links',
        payload: { email: 'aline@region.example' },
        headers,
      })
      expect(response.json().code).toBe('cross-site')
    }
  })
})
