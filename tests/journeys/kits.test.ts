import { afterAll, beforeAll, expect, it } from 'vitest'
import { kitsRoutes } from '#shared/kits/kits.contract.ts'
import { type MadeRegion, makeRegion, roleByCode } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  lookAt,
  openStage,
  phone,
  type Stage,
  sessionOf,
  signInto,
} from '../support/browser.ts'

let stage: Stage
let region: MadeRegion
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  region = await makeRegion(stage.installation.services.db, clock.now())
})
afterAll(() => stage.close())

it('a director words a part, is told that somebody was quicker, and finds the way back', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(`${stage.url}/regions/${region.regionId}/kits`)
  await page.getByRole('heading', { name: 'Vendeur·se en boutique' }).waitFor()
  await lookAt(page, 'kits')
  const seller = page.getByRole('listitem').filter({ hasText: 'Vendeur·se en boutique' })
  await seller.getByRole('link', { name: 'français' }).click()
  await page.getByRole('button', { name: 'Modifier : À apporter' }).click()
  await page.getByRole('textbox', { name: 'À apporter' }).fill('Un badge, remis à l’accueil')
  const preview = page.getByRole('complementary', { name: 'Tel qu’on le lira' })
  await preview.getByText('Un badge, remis à l’accueil').waitFor()
  await page.getByRole('button', { name: 'Modifier : À regarder de près' }).click()
  await lookAt(page, 'kit-writing')

  await somebodyElseSaves('De quoi boire')
  await page.getByRole('button', { name: 'Enregistrer' }).first().click()
  await page.getByText('vient d’enregistrer cette partie').waitFor()
  const theirs = page.getByRole('status').getByText('De quoi boire')
  await theirs.waitFor()
  const mine = page.getByRole('textbox', { name: 'À apporter' })
  expect(await mine.inputValue()).toBe('Un badge, remis à l’accueil')
  // A button half under the bar of the page would be measured as a small one.
  await page.evaluate(() => scrollTo(0, 0))
  await lookAt(page, 'kit-overtaken')
  await page.getByRole('button', { name: 'Enregistrer le mien' }).click()
  await page.getByText('Votre texte', { exact: true }).waitFor()

  await page.getByText('Ce qui diffère du texte d’origine').click()
  await page.getByText('Le moins possible : un seul casier').first().waitFor()
  await page.setViewportSize(phone)
  await page.evaluate(() => scrollTo(0, 0))
  await lookAt(page, 'kit-difference')
  await page.getByRole('button', { name: 'Revenir au texte d’origine' }).click()
  await page.getByText('Votre texte', { exact: true }).waitFor({ state: 'detached' })
})

async function somebodyElseSaves(text: string) {
  const { db } = stage.installation.services
  const { id } = await roleByCode(db, region.regionId, 'shop_seller')
  const params = { regionId: region.regionId, roleId: id, language: 'fr', section: 'bring' }
  const path = kitsRoutes.saveKitPart.path.replace(
    /:(\w+)/g,
    (_, name) => params[name as keyof typeof params],
  )
  const answer = await fetch(stage.url + path, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      cookie: `session=${await sessionOf(stage, region.director)}`,
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify({ version: 0, lines: [{ title: '', text }] }),
  })
  expect(answer.status).toBe(200)
}
