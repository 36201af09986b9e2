import { sql } from 'kysely'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import * as observations from '#server/features/observations/observations.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { lookAt, phone } from '../support/browser.ts'
import { freePort, startProcess, untilHealthy } from '../support/process.ts'
import { browserProgram } from '../support/program.ts'
import { followRequests } from '../support/settled.ts'
import { next, write } from './observing.ts'

// The real server process is killed and started again under a real browser: what somebody writes
// meanwhile, or had open, must be there, and arrive once.

let test: TestApp
let lived: PublishedDay
let port: number
let url: string
let browser: Awaited<ReturnType<typeof chromium.launch>>
const today = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  test = await startTestApp()
  // The browser and the process read the machine’s clock: the day is today.
  test.clock.set(new Date(Date.now() - 60 * 86_400_000).toISOString())
  lived = await publishedDay(test, today)
  port = await freePort()
  url = `http://localhost:${port}`
  browser = await chromium.launch({
    executablePath: await browserProgram(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
})
afterAll(async () => {
  await browser.close()
  await test.close()
})

/** The real process with its pages, always on the same port; killed when the test ends. */
async function serve() {
  const { secret } = test.services
  const process = startProcess(
    {
      PORT: String(port),
      DATABASE_URL: test.url,
      PUBLIC_URL: url,
      SESSION_SECRET: secret,
      SMTP_URL: test.mailbox.smtpUrl,
    },
    { pages: true },
  )
  await untilHealthy(process, port)
  return {
    kill: async () => {
      process.child.kill('SIGKILL')
      await process.ended
    },
  }
}

/** A phone of somebody’s own, signed in as the guest of that number. */
async function phoneOf(guest: number): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: phone,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    hasTouch: true,
    isMobile: true,
  })
  onTestFinished(() => context.close())
  followRequests(context)
  await signInAgain(context, guest)
  return context
}

async function signInAgain(context: BrowserContext, guest: number): Promise<void> {
  const now = new Date()
  const session = await inTransaction(test.db, async (trx) => {
    const { accountId } = lived.guests[guest]!
    const link = await accounts.issueSignInLink(trx, accountId!, test.services.secret, now)
    return accounts.signIn(trx, link.token, now)
  })
  if (isRefusal(session)) throw new Error(session.refused)
  await context.addCookies([{ name: 'session', value: session.sessionToken, url }])
}

const observePath = () => `/journees/${lived.day.id}/observer`

/** Opens a page and waits until the app is on the phone. */
async function visit(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  // A title stands before what the page needs has come, and is kept.
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  return page
}

/** All but the last press. */
async function fillIn(page: Page, situation: string, how: RegExp) {
  await write(page, situation)
  await next(page)
  await page.getByRole('radio', { name: how }).check()
}
const send = (page: Page) => page.getByRole('button', { name: 'Envoyer' }).click()
const another = (page: Page) => page.getByRole('button', { name: 'Noter autre chose' }).click()

/** How often a sentence is in the database: named, or waiting in the intake. */
async function arrived(situation: string): Promise<number> {
  const named = await sql`select id from observations where situation = ${situation}`.execute(
    test.db,
  )
  const waiting = await sql`select id from observation_intake
    where payload->>'situation' = ${situation}`.execute(test.db)
  return named.rows.length + waiting.rows.length
}
const soon = { timeout: 30_000, interval: 200 }
const arrives = (situation: string) =>
  vi.waitUntil(async () => (await arrived(situation)) > 0, soon)

it('opens, writes and keeps with the server killed and the page closed; all arrives once', async () => {
  const server = await serve()
  const context = await phoneOf(0)
  const first = await visit(context, observePath())
  await server.kill()

  await first.reload()
  await fillIn(first, 'Dans le fourgon, sans réseau.', /Avec mon prénom/)
  await send(first)
  await first.getByRole('heading', { name: 'Merci, c’est gardé' }).waitFor()
  await lookAt(first, 'offline-kept')
  await another(first)
  await fillIn(first, 'Personne ne saura que c’est moi.', /Anonyme/)
  await send(first)
  await first.getByText('Gardé sur ce téléphone, 2 à envoyer').waitFor()
  await another(first)
  await first.getByRole('radio').nth(0).check()
  await next(first)
  await first.close()

  const second = await context.newPage()
  await second.goto(url + observePath())
  await second.getByText('À quel moment de son parcours').waitFor()
  await second.getByRole('link', { name: 'Gardé sur ce téléphone, 2 à envoyer' }).click()
  await second.getByText('Dans le fourgon').waitFor()
  await lookAt(second, 'offline-outbox')
  expect(await arrived('Dans le fourgon, sans réseau.')).toBe(0)

  await serve()
  await second.evaluate(() => dispatchEvent(new Event('online')))
  await second.getByText('à envoyer').waitFor({ state: 'detached', timeout: 30_000 })
  expect(await arrived('Dans le fourgon, sans réseau.')).toBe(1)
  expect(await arrived('Personne ne saura que c’est moi.')).toBe(1)
})

it('brings what was written before the day’s credential was replaced, once the page is opened again', async () => {
  const server = await serve()
  const context = await phoneOf(4)
  const first = await visit(context, observePath())
  await server.kill()
  await first.reload()
  const seen = 'Dans le tunnel, avant le nouvel accès.'
  await fillIn(first, seen, /Anonyme/)
  await send(first)
  await first.getByRole('heading', { name: 'Merci, c’est gardé' }).waitFor()
  await inTransaction(test.db, (trx) =>
    observations.renewCredential(trx, lived.day, lived.region.director, new Date()),
  )

  await serve()
  await first.goto(`${url}/mes-observations`)
  await first.getByText('L’accès à cette journée a été changé').waitFor()
  await lookAt(first, 'offline-credential')
  expect(await arrived(seen)).toBe(0)
  await first.goto(url + observePath())
  await arrives(seen)
  await first.goto(`${url}/mes-observations`)
  await first.getByText('Elle attend, mélangée').waitFor()
  expect(await arrived(seen)).toBe(1)
})

it('brings it by itself where the page is still open as the network comes back', async () => {
  await serve()
  const context = await phoneOf(3)
  const page = await visit(context, observePath())
  const seen = 'Dans l’ascenseur, page ouverte.'
  await fillIn(page, seen, /Anonyme/)
  await context.setOffline(true)
  await send(page)
  await page.getByRole('heading', { name: 'Merci, c’est gardé' }).waitFor()
  await inTransaction(test.db, (trx) =>
    observations.renewCredential(trx, lived.day, lived.region.director, new Date()),
  )
  await context.setOffline(false)
  await page.getByRole('heading', { name: 'Merci, c’est noté' }).waitFor()
  expect(await arrived(seen)).toBe(1)
})

it('opens today’s sheet and the first screen with the server killed, after one visit', async () => {
  const server = await serve()
  const context = await phoneOf(1)
  const page = await visit(context, '/')
  await page.goto(`${url}/affectations/${lived.placements[1]}/fiche`)
  await page.getByText(lived.shop.name).first().waitFor()
  await server.kill()
  await page.reload()
  await page.getByText(lived.shop.name).first().waitFor()
  await lookAt(page, 'offline-sheet')
  await page.goto(`${url}/`)
  await page.getByRole('heading', { name: /Bonjour/ }).waitFor()
  await page.getByRole('link', { name: 'Noter une observation' }).waitFor()
})

it('keeps what an expired session cannot send, and sends it to nobody else’s name', async () => {
  await serve()
  const context = await phoneOf(2)
  const page = await visit(context, observePath())
  await fillIn(page, 'Ma session vient de finir.', /Avec mon prénom/)
  await sql`delete from sessions`.execute(test.db)
  await send(page)
  await page.getByRole('link', { name: 'Se reconnecter pour envoyer' }).waitFor()
  await lookAt(page, 'offline-sign-in')

  await signInAgain(context, 3)
  await page.goto(`${url}/mes-observations`)
  await page.getByText('attend ici que la personne').waitFor()
  expect(await page.getByText('Ma session vient de finir').count()).toBe(0)
  expect(await arrived('Ma session vient de finir.')).toBe(0)

  await signInAgain(context, 2)
  await page.goto(`${url}/mes-observations`)
  await arrives('Ma session vient de finir.')
})

it('lets two tabs write two drafts, and send each observation once', async () => {
  const server = await serve()
  const context = await phoneOf(3)
  const one = await visit(context, observePath())
  const two = await visit(context, observePath())
  await server.kill()
  await fillIn(one, 'Écrit dans le premier onglet.', /Avec mon prénom/)
  await fillIn(two, 'Écrit dans le second onglet.', /Avec mon prénom/)
  await one.close()
  await two.close()

  const again = await context.newPage()
  const puts: string[] = []
  context.on('response', (response) => {
    if (response.request().method() === 'PUT') puts.push(response.url())
  })
  await again.goto(url + observePath())
  await again.getByRole('radio', { name: /Avec mon prénom/ }).waitFor()
  await send(again)
  await another(again)
  await again.getByRole('radio', { name: /Avec mon prénom/ }).waitFor()
  await send(again)
  await again.getByText('Gardé sur ce téléphone, 2 à envoyer').waitFor()
  await serve()
  const other = await visit(context, '/mes-observations')
  await Promise.all(
    [again, other].map((tab) => tab.evaluate(() => dispatchEvent(new Event('online')))),
  )
  await arrives('Écrit dans le premier onglet.')
  await arrives('Écrit dans le second onglet.')
  await again.getByText('à envoyer').waitFor({ state: 'detached' })
  await other.getByText('à envoyer').waitFor({ state: 'detached' })
  expect(await arrived('Écrit dans le premier onglet.')).toBe(1)
  expect(puts).toHaveLength(2)
  expect(new Set(puts).size).toBe(2)
})

it('keeps what a failing server did not take, and tries again by itself', async () => {
  await serve()
  const context = await phoneOf(4)
  const page = await visit(context, observePath())
  await fillIn(page, 'Le serveur a trébuché.', /Avec mon prénom/)
  await sql`alter table observations rename to broken`.execute(test.db)
  await send(page)
  await page.getByText('Gardé sur ce téléphone, 1 à envoyer').waitFor()
  await sql`alter table broken rename to observations`.execute(test.db)
  await page.getByText('à envoyer').waitFor({ state: 'detached', timeout: 30_000 })
  expect(await arrived('Le serveur a trébuché.')).toBe(1)
})

it('says what became of an observation for a day that closed, and leaves its words to copy', async () => {
  await serve()
  const context = await phoneOf(0)
  const page = await visit(context, observePath())
  await fillIn(page, 'Retrouvé au fond d’une poche.', /Anonyme/)
  await sql`update days set date = date - 30 where id = ${lived.day.id}`.execute(test.db)
  await send(page)
  await page.getByRole('link', { name: /1 observation refusée/ }).click()
  await page.getByText('Retrouvé au fond d’une poche').waitFor()
  await page.getByRole('button', { name: 'Copier le texte' }).waitFor()
  await lookAt(page, 'offline-refused')
  await sql`update days set date = date + 30 where id = ${lived.day.id}`.execute(test.db)
  expect(await arrived('Retrouvé au fond d’une poche.')).toBe(0)
})

it('says that a browser keeps nothing, and holds on to the words on the screen', async () => {
  const server = await serve()
  const context = await phoneOf(1)
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('closed', 'SecurityError')
    }
  })
  const page = await visit(context, observePath())
  await fillIn(page, 'Rien ne me garde.', /Avec mon prénom/)
  await page.getByText('Ce navigateur ne garde rien').waitFor()
  await server.kill()
  await send(page)
  await page.getByText('Pas encore envoyé').waitFor()
  await lookAt(page, 'offline-unkept')
  await serve()
  await send(page)
  await arrives('Rien ne me garde.')
})

it('opens again by itself where what is kept of the app is damaged', async () => {
  await serve()
  const context = await phoneOf(2)
  const page = await visit(context, observePath())
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const isScript = /assets\/index-.*\.js/.test(request.url)
        if (isScript) await cache.put(request, new Response('!', { status: 404 }))
      }
    }
  })
  await page.reload()
  await page.getByText('Qu’est-ce qui agace le client').waitFor()
})

it('takes what was read off the phone when its reader signs out', async () => {
  const server = await serve()
  const context = await phoneOf(3)
  const page = await visit(context, observePath())
  await page.getByText('Qu’est-ce qui agace le client').waitFor()
  await page.getByRole('button', { name: 'Ouvrir le menu' }).click()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
  await page.waitForURL('**/connexion')
  await server.kill()
  await page.goto(url + observePath())
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByText('Qu’est-ce qui agace le client').count()).toBe(0)
})
