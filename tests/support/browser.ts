import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect, onTestFinished, vi } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { type Installation, startInstallation } from '#server/installation.ts'
import { linkPaths } from '#server/links.ts'
import type { Clock } from '#server/platform/clock.ts'
import { readConfig } from '#server/platform/config.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { webFolder } from '#server/web-build.ts'
import type { TestClock } from './app.ts'
import { cloneDatabase } from './database.ts'
import { browserProgram } from './program.ts'
import { followRequests, settled } from './settled.ts'

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

export const phone = { width: 360, height: 740 }
export const laptop = { width: 1440, height: 900 }

export interface Stage {
  installation: Installation
  browser: Browser
  url: string
  /** A fresh browser profile for the running test, closed with it; French unless told. */
  open(viewport: { width: number; height: number }, locale?: string): Promise<Page>
  close(): Promise<void>
}

/**
 * A whole server on a database of its own, listening on a real port, and a real browser.
 * @param settings environment variables of the installation, above those every stage has.
 * @param pages the folder of the built app.
 */
export async function openStage(
  clock: Clock,
  settings: Record<string, string> = {},
  pages = webFolder,
): Promise<Stage> {
  const database = await cloneDatabase()
  const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-journey-'))
  const own = { DATABASE_URL: database.url, DEMO: 'true', PORT: '0', DATA_DIR: folder }
  const read = readConfig({ ...own, ...settings })
  if ('problems' in read) throw new Error(read.problems.join())
  const config = read.config
  const installation = await startInstallation(config, clock, pino({ level: 'error' }), pages)
  const address = installation.app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  // Links in mails must lead to the port that was free.
  config.publicUrl = `http://localhost:${port}`
  const browser = await chromium.launch({
    executablePath: await browserProgram(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  return {
    installation,
    browser,
    url: config.publicUrl,
    async open(viewport, locale = 'fr-FR') {
      const context = await browser.newContext({ viewport, locale, timezoneId: 'Europe/Paris' })
      onTestFinished(() => context.close())
      followRequests(context)
      const page = await context.newPage()
      page.on('pageerror', (error) => {
        throw error
      })
      return page
    },
    async close() {
      await browser.close()
      await installation.stop()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Signs a browser in without its pages: a session of the real kind, as a cookie. */
export async function signInto(stage: Stage, page: Page, accountId: string): Promise<void> {
  const value = await sessionOf(stage, accountId)
  await page.context().addCookies([{ name: 'session', value, url: stage.url }])
}

/** A session token of an account, for calls that need no page. */
export async function sessionOf({ installation }: Stage, accountId: string): Promise<string> {
  const { db, secret, clock } = installation.services
  const session = await inTransaction(db, async (trx) => {
    const link = await accounts.issueSignInLink(trx, accountId, secret, clock.now())
    return accounts.signIn(trx, link.token, clock.now())
  })
  if (isRefusal(session)) throw new Error(session.refused)
  return session.sessionToken
}

/** What a store of this browser’s device holds. */
export function keptOnDevice(page: Page, store: string): Promise<unknown[]> {
  return page.evaluate(
    (name) =>
      new Promise((done, fail) => {
        const opening = indexedDB.open('10-de-coeur')
        opening.onerror = () => fail(opening.error)
        opening.onsuccess = () => {
          const reading = opening.result.transaction(name).objectStore(name).getAll()
          reading.onsuccess = () => done(reading.result)
          reading.onerror = () => fail(reading.error)
          opening.result.close()
        }
      }),
    store,
  )
}

/** Signs in by the page a mail's link leads to. */
export async function signInByLink(stage: Stage, page: Page, accountId: string): Promise<void> {
  const { db, secret, clock } = stage.installation.services
  const { token } = await inTransaction(db, (trx) =>
    accounts.issueSignInLink(trx, accountId, secret, clock.now()),
  )
  await page.goto(`${stage.url}${linkPaths['sign-in']}${token}`)
  await page.getByRole('button', { name: 'Me connecter' }).click()
  await page.getByRole('heading', { level: 1, name: /Bonjour/ }).waitFor()
}

/** The installation runs its own jobs: waits until no plan is at work. */
export async function plansComputed({ installation }: Stage): Promise<void> {
  const working = installation.services.db
    .selectFrom('plans')
    .select('id')
    .where('status', '=', 'computing')
  await vi.waitUntil(async () => (await working.execute()).length === 0, { timeout: 20_000 })
}

/** Lets the waiting time pass; the crontab would wake the outbox within the minute. */
export async function mailsLeave({ installation }: Stage, clock: TestClock): Promise<void> {
  const { db } = installation.services
  clock.advance({ minutes: 3 })
  const left = async () => {
    // The job may be at work, about to ask for its next turn by the clock that has just moved.
    await addJob(db, 'deliver-outbox', {}, { key: 'deliver-outbox' })
    const waiting = db
      .selectFrom('outbox')
      .select('id')
      .where('status', 'in', ['waiting', 'sending'])
    return (await waiting.execute()).length === 0
  }
  await vi.waitUntil(left, { timeout: 40_000, interval: 300 })
}

/** The link of a kind in the newest mail to somebody, once it has come. */
export async function linkMailedTo(stage: Stage, to: string, path: string): Promise<string> {
  const catcher = stage.installation.catcher!
  return vi.waitUntil(
    async () => {
      const [latest] = await catcher.listMails({ to })
      const mail = latest && (await catcher.readMail(latest.id))
      return mail && new RegExp(`http\\S+${path}\\S+`).exec(mail.text)?.[0]
    },
    { timeout: 30_000 },
  ) as Promise<string>
}

/**
 * Looks at the page as a person would: no accessibility violation (axe, WCAG 2.2 AA), nothing
 * wider than the screen, and, where SCREENSHOTS names a folder, a picture to look at.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
  await settled(page)
  const folder = process.env.SCREENSHOTS
  if (folder) {
    await mkdir(folder, { recursive: true })
    const width = page.viewportSize()?.width
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true })
  }
  // Half a megabyte of source, once a document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const violations = await page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: typeof import('axe-core') }).axe
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
  expect(violations, name).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `${name} is wider than the screen`).toBeLessThanOrEqual(0)
}
