import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { webFolder } from '#server/web-build.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { TestClock } from '../support/app.ts'
import { openStage, phone, plansComputed, type Stage, signInto } from '../support/browser.ts'
import { next, write } from './observing.ts'

// A newer version of the app comes while people write.

let stage: Stage
let lived: PublishedDay
let pages: string
const clock = new TestClock()
beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), '10-de-coeur-pages-'))
  await cp(webFolder, pages, { recursive: true })
  stage = await openStage(clock, {}, pages)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
})
afterAll(async () => {
  await stage.close()
  await rm(pages, { recursive: true })
})

const line = (page: Page) => page.getByLabel('En une ligne')
const isNewer = async (page: Page) => (await page.locator('meta[name="newer"]').count()) > 0

async function observe(page: Page) {
  await page.goto(`${stage.url}/journees/${lived.day.id}/observer`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Puts another version of the app where the server takes its pages from. */
async function deploy() {
  const [index, worker] = [join(pages, 'index.html'), join(pages, 'worker.js')]
  const page = await readFile(index, 'utf8')
  await writeFile(index, page.replace('<head>', '<head><meta name="newer" />'))
  const kept = await readFile(worker, 'utf8')
  const revised = kept.replace(/(\/index\.html[^}]*?revision:\s*[`"'])/, '$1newer-')
  expect(revised).not.toBe(kept)
  await writeFile(worker, revised)
}

/**
 * Looks for a newer version, as the app does each hour, until it is on the device and waits; a browser
 * looks by itself too, some time after a page was opened, and may have found it already.
 */
const fetchNewer = (page: Page) =>
  page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!
    await registration.update()
    const { installing } = registration
    if (installing?.state !== 'installing') return
    await new Promise<void>((done) => {
      installing.addEventListener('statechange', () => done(), { once: true })
    })
  })

it('lets a newer version take over between two screens, and none of two open drafts notices', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.guests[3]!.accountId!)
  await observe(page)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await write(page, 'Le premier brouillon.')
  const other = await page.context().newPage()
  await observe(other)
  await write(other, 'Le second brouillon.')

  await deploy()
  await fetchNewer(page)
  await line(page).fill('Le premier brouillon, continué.')
  await next(page)
  await page.getByRole('radio', { name: /Avec mon prénom/ }).check()
  expect(await isNewer(page)).toBe(false)

  // A worker in use goes once it has come to rest: the page asks it to at this step, and the other
  // tab learns of it whenever it did.
  const told = await other.evaluateHandle(() => {
    const change = new Promise((done) => {
      navigator.serviceWorker.addEventListener('controllerchange', done, { once: true })
    })
    return { change }
  })
  await page.getByRole('link', { name: '10 de cœur' }).first().click()
  await told.evaluate(async ({ change }) => void (await change))
  expect(await isNewer(other)).toBe(false)
  await line(other).fill('Le second brouillon, continué.')
  await next(other)
  await other.getByRole('button', { name: 'Revenir' }).click()
  expect(await line(other).inputValue()).toBe('Le second brouillon, continué.')

  // Too late for that step, it is the next one; and one arrives where one wanted to go.
  await other.getByRole('link', { name: 'Mon compte' }).first().click()
  await other.locator('meta[name="newer"]').waitFor({ state: 'attached' })
  await other.getByRole('heading', { level: 1, name: 'Mon compte' }).waitFor()
  expect(new URL(other.url()).pathname).toBe('/compte')

  await observe(page)
  expect(await isNewer(page)).toBe(true)
  await page.getByRole('button', { name: 'Revenir' }).click()
  expect(await line(page).inputValue()).toBe('Le premier brouillon, continué.')
}, 120_000)
