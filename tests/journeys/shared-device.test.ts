import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  keptOnDevice,
  lookAt,
  openStage,
  phone,
  plansComputed,
  type Stage,
  signInto,
} from '../support/browser.ts'
import { next, write } from './observing.ts'

// One workstation, several people after one another: what one wrote without a name is not for the
// next, and is not lost to its author either.

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

const sitDown = (page: Page, guest: number) =>
  signInto(stage, page, lived.guests[guest]!.accountId!)

/** Writes without a name, and says the code that stands for it. */
async function writeAnonymously(page: Page, situation: string): Promise<string> {
  await page.goto(`${stage.url}/journees/${lived.day.id}/observer`)
  await write(page, situation)
  await next(page)
  await page.getByRole('radio', { name: /Anonyme/ }).check()
  await page.getByRole('button', { name: 'Envoyer' }).click()
  return (await page.getByText(/^(\w{5}-){4}\w{5}$/).textContent())!
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Ouvrir le menu' }).click()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
}

/** The page has read what the device holds: it shows who is signed in, and its own place for codes. */
async function mine(page: Page) {
  await page.goto(`${stage.url}/mes-observations`)
  await page.getByLabel('Votre code').waitFor()
  await page.waitForLoadState('networkidle')
}

it('wipes codes when their author leaves, after showing them once more', async () => {
  const page = await stage.open(phone)
  await sitDown(page, 0)
  const code = await writeAnonymously(page, 'Ce que seule son autrice relit.')
  await page.getByText('Notez vos codes').waitFor()
  await lookAt(page, 'shared-device-sent')
  await mine(page)
  await page.getByText('Ce que seule son autrice relit.').waitFor()
  await lookAt(page, 'shared-device-mine')
  await signOut(page)
  await page.getByRole('dialog').getByText(code).waitFor()
  await lookAt(page, 'shared-device-leaving')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Se déconnecter', exact: true })
    .click()
  await page.waitForURL('**/connexion')
  expect(await keptOnDevice(page, 'codes')).toEqual([])

  await sitDown(page, 1)
  await mine(page)
  expect(await page.getByText('Ce que seule son autrice relit.').count()).toBe(0)
  await page.getByLabel('Votre code').fill(code)
  await page.getByRole('button', { name: 'Retrouver' }).click()
  await page.getByText('Ce que seule son autrice relit.').waitFor()
})

it('wipes them too when another signs in where nobody signed out', async () => {
  const page = await stage.open(phone)
  await sitDown(page, 0)
  await writeAnonymously(page, 'Partie sans se déconnecter.')
  await sitDown(page, 1)
  await mine(page)
  expect(await page.getByText('Partie sans se déconnecter.').count()).toBe(0)
  await sitDown(page, 0)
  await mine(page)
  expect(await page.getByText('Partie sans se déconnecter.').count()).toBe(0)
  expect(await keptOnDevice(page, 'codes')).toEqual([])
})

it('keeps for the next person what they read as they sat down, and nothing of the one before', async () => {
  const page = await stage.open(phone)
  for (const guest of [0, 1]) {
    await sitDown(page, guest)
    await page.goto(stage.url)
    await page.getByRole('link', { name: 'Ouvrir ma fiche du jour' }).waitFor()
  }
  const kept = async () => JSON.stringify(await keptOnDevice(page, 'answers'))
  await expect.poll(kept, { timeout: 20_000 }).toContain(lived.placements[1]!)
  expect(await kept()).not.toContain(lived.placements[0]!)
})

it('keeps them on a device that is somebody’s own, out of sight of whoever borrows it', async () => {
  const page = await stage.open(phone)
  await sitDown(page, 2)
  await writeAnonymously(page, 'Sur mon propre téléphone.')
  await page.getByRole('button', { name: 'C’est mon appareil' }).click()
  await page.getByText('reste sur cet appareil').waitFor()
  await signOut(page)
  await page.waitForURL('**/connexion')
  await mine(page)
  await page.getByText('Sur mon propre téléphone.').waitFor()
  await sitDown(page, 3)
  await mine(page)
  expect(await page.getByText('Sur mon propre téléphone.').count()).toBe(0)
  await sitDown(page, 2)
  await mine(page)
  await page.getByText('Sur mon propre téléphone.').waitFor()
})

it('lets the next person neither read nor delete what still waits to be sent', async () => {
  const page = await stage.open(phone)
  await page.route('**/api/anonymous-observations', (route) => route.abort())
  await sitDown(page, 4)
  const code = await writeAnonymously(page, 'Pas encore partie.')
  await sitDown(page, 1)
  await mine(page)
  await page.getByText('1 observation anonyme attend ici').waitFor()
  expect(await page.getByText('Pas encore partie.').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Effacer d’ici' }).count()).toBe(0)
  await lookAt(page, 'shared-device-waiting')
  await page.getByLabel('Votre code').fill(code)
  await page.getByRole('button', { name: 'Retrouver' }).click()
  await page.getByText('Pas encore partie.').waitFor()
})

it('gives the codes an older version kept to whoever was here last', async () => {
  const page = await stage.open(phone)
  await sitDown(page, 0)
  await writeAnonymously(page, 'Gardée par l’ancienne version.')
  const code = (await page.getByText(/^(\w{5}-){4}\w{5}$/).textContent())!.replaceAll('-', '')
  await page.getByRole('button', { name: 'Effacer le code d’ici' }).click()
  await page.getByText('Le code n’est pas gardé ici').waitFor()
  await page.evaluate((one) => localStorage.setItem('observation-codes', `["${one}"]`), code)
  await mine(page)
  await page.getByText('Gardée par l’ancienne version.').waitFor()
  await page.evaluate((one) => localStorage.setItem('observation-codes', `["${one}"]`), code)
  await sitDown(page, 1)
  await mine(page)
  expect(await page.getByText('Gardée par l’ancienne version.').count()).toBe(0)
  expect(await page.evaluate(() => localStorage.getItem('observation-codes'))).toBeNull()
})
