import { Writable } from 'node:stream'
import { sql } from 'kysely'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isOurProxy, networkOf } from '#server/platform/http/caller.ts'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { makeRegion } from '../roster/roster.factory.ts'
import { startTestApp } from '../support/app.ts'

async function appWith(options: Parameters<typeof startTestApp>[0]) {
  const test = await startTestApp(options)
  onTestFinished(() => test.close())
  return test
}

describe('who calls', () => {
  it('is told by our own proxy and by nobody behind it', () => {
    expect(isOurProxy('10.0.0.9', 0)).toBe(true)
    expect(isOurProxy('::ffff:172.18.0.2', 0)).toBe(true)
    expect(isOurProxy('fd00::1', 0)).toBe(true)
    expect(isOurProxy('203.0.113.7', 0)).toBe(false)
    expect(isOurProxy('10.0.0.9', 1)).toBe(false)
    expect(isOurProxy('no address', 0)).toBe(false)
  })

  it('is one network where a caller holds a whole one', () => {
    expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:db8:1:2::9'))
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('::1')).toBe('0:0:0:0::/64')
  })

  it('is counted under the address our proxy saw, whatever the caller wrote before it', async () => {
    const test = await appWith({ config: { demo: false } })
    const ask = (number: number) =>
      test.app.inject({
        method: 'POST',
        url: '/api/sign-in-links',
        remoteAddress: '172.18.0.2',
        payload: { email: `somebody-${number}@region.example` },
        headers: {
          'sec-fetch-site': 'same-origin',
          // A colleague on the company's network, pretending to be others.
          'x-forwarded-for': `10.1.0.${number}, 10.2.3.4`,
        },
      })
    for (let number = 1; number <= 60; number++) expect((await ask(number)).statusCode).toBe(200)
    expect((await ask(61)).statusCode).toBe(429)
  })
})

describe('an answer', () => {
  it('is kept by no browser, and the session only by this very host over https', async () => {
    const test = await appWith({ config: { publicUrl: 'https://10decoeur.example' } })
    const { director } = await makeRegion(test.db, test.clock.now())
    const me = await test.app.inject({ method: 'GET', url: '/api/me' })
    expect(me.headers['cache-control']).toBe('no-store')
    expect(me.headers['strict-transport-security']).toMatch(/max-age=\d+/)
    const { email } = await test.db
      .selectFrom('accounts')
      .select('email')
      .where('id', '=', director)
      .executeTakeFirstOrThrow()
    await test.nobody.ask(accountsRoutes.requestSignIn, { body: { email } })
    await test.runJobs()
    const [mail] = await test.mailbox.listMails()
    const read = await test.mailbox.readMail(mail!.id)
    const token = /connexion\/([\w.-]+)/.exec(read!.text ?? '')![1]!
    const signedIn = await test.app.inject({
      method: 'POST',
      url: '/api/sessions',
      payload: { token },
    })
    expect(signedIn.headers['set-cookie']).toMatch(
      /^__Host-session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('about our own fault leaves no personal data in the log', async () => {
    let log = ''
    const stream = new Writable({
      write(chunk, _, done) {
        log += chunk
        done()
      },
    })
    const test = await appWith({ logger: pino(stream) })
    const { director } = await makeRegion(test.db, test.clock.now())
    const caller = await test.signedIn(director)
    await test.db.schema
      .alterTable('accounts')
      .addCheckConstraint('accounts_in_french', sql`language = 'fr'`)
      .execute()
    const answer = await caller.call(accountsRoutes.chooseLanguage, { body: { language: 'en' } })
    expect(answer.problem?.code).toBe('unexpected')
    expect(log).toContain('accounts_in_french')
    expect(log).not.toMatch(/@|Failing row contains/)
  })
})
