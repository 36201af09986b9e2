import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
import { next, write } from './observing.ts'

// What a device keeps outlives the moment it dies in, and the version of the app that wrote it.

let stage: Stage
let lived: PublishedDay
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
})
afterAll(() => stage.close())

const send = (page: Page) => page.getByRole('button', { name: 'Envoyer' })

async function observe(page: Page) {
  await page.goto(`${stage.url}/journees/${lived.day.id}/observer`)
  await page.getByRole('heading', { level: 1 }).waitFor()
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
