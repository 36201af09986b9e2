import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { webFolder } from '#server/web-build.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  keptOnDevice,
  openStage,
  phone,
  plansComputed,
  type Stage,
  signInto,
} from '../support/browser.ts'

// What a device keeps outlives the moment it dies in, and the version of the app that wrote it.

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

const next = (page: Page) => page.getByRole('button', { name: 'Continuer' }).click()
const send = (page: Page) => page.getByRole('button', { name: 'Envoyer' })

async function observe(page: Page) {
  await page.goto(`${stage.url}/journees/${lived.day.id}/observer`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Up to the third small page, where the words are. */
async function write(page: Page, situation: string) {
  await page.getByText('Qu’est-ce qui agace le client').waitFor()
  await page.getByRole('radio').nth(1).check()
  await next(page)
  await page.getByRole('radio', { name: /Se faire aider/ }).check()
  await next(page)
  await page.getByRole('slider').first().waitFor()
  for (const slider of await page.getByRole('slider').all()) await slider.fill('4')
  await page.getByLabel('En une ligne').fill(situation)
}

it.each(['outbox', 'drafts', 'codes'])(
  'keeps one observation and its code when the device dies while it writes to its %s',
  async (store) => {
    const situation = `La batterie lâche (${store}).`
    const page = await stage.open(phone)
    await signInto(stage, page, lived.guests[0]!.accountId!)
    await observe(page)
    await write(page, situation)
    await next(page)
    await page.getByRole('radio', { name: /Anonyme/ }).check()
    await page.evaluate((at) => {
      for (const how of ['put', 'delete'] as const) {
        const real = IDBObjectStore.prototype[how] as (...given: unknown[]) => IDBRequest
        IDBObjectStore.prototype[how] = function (this: IDBObjectStore, ...given: unknown[]) {
          // Nothing of this page runs any more from here on.
          if (this.name === at) {
            // biome-ignore lint/suspicious/noConsole: the last word that leaves a page that hangs
            console.info('dying')
            for (;;);
          }
          return real.apply(this, given)
        } as never
      }
    }, store)
    const dying = page.waitForEvent('console', (message) => message.text() === 'dying')
    void send(page)
      .click({ noWaitAfter: true })
      .catch(() => {})
    await dying
    const context = page.context()
    await page.close()

    const again = await context.newPage()
    await observe(again)
    await send(again).click()
    await again.getByRole('heading', { name: 'Merci, c’est noté' }).waitFor()
    const arrived = await sql`select id from observation_intake
      where payload->>'situation' = ${situation}`.execute(stage.installation.services.db)
    expect(arrived.rows).toHaveLength(1)
    expect(await keptOnDevice(again, 'codes')).toHaveLength(1)
    expect(await keptOnDevice(again, 'drafts')).toEqual([])
  },
)

it('spots what names somebody with no network, though the lists were never needed before', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.guests[4]!.accountId!)
  await observe(page)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.getByText('Qu’est-ce qui agace le client').waitFor()
  await page.context().setOffline(true)
  await page.reload()
  await write(page, 'Mme Durand rappelle au 06 12 34 56 78.')
  await page.getByRole('button', { name: 'Masquer Durand' }).waitFor()
})

it('goes on keeping a draft once a later version, in another tab, has changed the device', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.guests[1]!.accountId!)
  await observe(page)
  await write(page, 'Écrit avant.')
  const other = await page.context().newPage()
  await other.goto(`${stage.url}/manifest.webmanifest`)
  await other.evaluate(
    () =>
      new Promise<void>((done, fail) => {
        const opening = indexedDB.open('10-de-coeur', 99)
        opening.onupgradeneeded = () => opening.result.createObjectStore('of-a-later-version')
        opening.onerror = () => fail(opening.error)
        opening.onsuccess = () => {
          opening.result.close()
          done()
        }
      }),
  )
  await page.getByLabel('En une ligne').fill('Écrit avant, puis après.')
  await page.reload()
  await page.getByLabel('En une ligne').waitFor()
  expect(await page.getByLabel('En une ligne').inputValue()).toBe('Écrit avant, puis après.')
  expect(await page.getByText('Ce navigateur ne garde rien').count()).toBe(0)
})

it('opens the draft an older version left in another place', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.guests[2]!.accountId!)
  await page.goto(`${stage.url}/manifest.webmanifest`)
  await page.evaluate((day) => {
    const draft = { situation: 'Écrit il y a longtemps.', idea: '', frequency: 4, step: 2 }
    localStorage.setItem(`observation-draft:${day}`, JSON.stringify(draft))
  }, lived.day.id)
  await observe(page)
  await page.getByLabel('En une ligne').waitFor()
  expect(await page.getByLabel('En une ligne').inputValue()).toBe('Écrit il y a longtemps.')
  expect(await page.evaluate(() => Object.keys(localStorage))).not.toContain(
    `observation-draft:${lived.day.id}`,
  )
})

it('lets a new version take over between two screens, and none of two open drafts notices', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.guests[3]!.accountId!)
  await observe(page)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await write(page, 'Le premier brouillon.')
  const other = await page.context().newPage()
  await observe(other)
  await write(other, 'Le second brouillon.')

  const [index, worker] = [join(pages, 'index.html'), join(pages, 'worker.js')]
  const newer = (await readFile(index, 'utf8')).replace('<head>', '<head><meta name="newer" />')
  await writeFile(index, newer)
  const kept = await readFile(worker, 'utf8')
  const revised = kept.replace(/(\/index\.html[^}]*?revision:\s*[`"'])/, '$1newer-')
  expect(revised).not.toBe(kept)
  await writeFile(worker, revised)
  await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!
    const isHere = new Promise<void>((done) => {
      registration.addEventListener('updatefound', () => {
        const { installing } = registration
        installing!.addEventListener('statechange', () => {
          if (installing!.state === 'installed') done()
        })
      })
    })
    await registration.update()
    await isHere
  })
  const isNewer = (one: Page) => one.locator('meta[name="newer"]').count()
  await page.getByLabel('En une ligne').fill('Le premier brouillon, continué.')
  await next(page)
  await page.getByRole('radio', { name: /Avec mon prénom/ }).check()
  expect(await isNewer(page)).toBe(0)

  // A worker in use goes once it has come to rest, which takes a browser up to half a minute: the new
  // version shows at this step where it goes at once, else at the next one.
  const browser = await page.context().newCDPSession(page)
  await browser.send('ServiceWorker.enable')
  await browser.send('ServiceWorker.stopAllWorkers')
  await page.getByRole('link', { name: '10 de cœur' }).first().click()
  await page.waitForFunction(
    async () => !(await navigator.serviceWorker.getRegistration())?.waiting,
    undefined,
    { timeout: 60_000 },
  )
  await page.getByRole('link', { name: 'Mon compte' }).first().click()
  await page.locator('meta[name="newer"]').waitFor({ state: 'attached' })
  expect(await isNewer(other)).toBe(0)
  await other.getByLabel('En une ligne').fill('Le second brouillon, continué.')
  await next(other)
  await observe(page)
  await send(page).waitFor()
  await page.getByRole('button', { name: 'Revenir' }).click()
  expect(await page.getByLabel('En une ligne').inputValue()).toBe('Le premier brouillon, continué.')
  await other.reload()
  await other.getByRole('button', { name: 'Revenir' }).click()
  expect(await other.getByLabel('En une ligne').inputValue()).toBe('Le second brouillon, continué.')
  expect(await isNewer(other)).toBe(1)
}, 120_000)
