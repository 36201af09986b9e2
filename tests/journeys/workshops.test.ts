import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MadeRegion, makeRegion } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import { laptop, lookAt, openStage, phone, type Stage, signInto } from '../support/browser.ts'

let stage: Stage
let region: MadeRegion
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  region = await makeRegion(stage.installation.services.db, clock.now())
})
afterAll(() => stage.close())

it('a director takes an hour from the shelf, reads it in Dutch, and prints what a room needs', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(stage.url)
  await page.getByRole('button', { name: 'Faire vivre' }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Ateliers' }).click()
  const glass = page.getByRole('listitem').filter({ hasText: 'Le verre à moitié plein' }).first()
  await glass.getByRole('link', { name: 'Le guide d’animation' }).waitFor()
  await lookAt(page, 'workshops')
  await glass.getByRole('link', { name: 'Le guide d’animation' }).click()
  await page.getByRole('link', { name: 'Et notre verre à nous' }).click()
  expect(new URL(page.url()).hash).toMatch(/^#etape-\d$/)
  await lookAt(page, 'workshop-guide')

  await page.getByRole('button', { name: 'Nederlands' }).click()
  await page.getByRole('heading', { name: 'Vóór het uur' }).waitFor()
  await page.getByRole('link', { name: 'Page', exact: true }).click()
  await page.getByRole('heading', { name: 'Mijn glas van vandaag' }).waitFor()
  await page.setViewportSize(phone)
  await lookAt(page, 'workshop-page')
  for (const language of ['français', 'English', 'Nederlands']) {
    await page.getByRole('button', { name: language }).click()
    expect(await pagesOnPaper(page), language).toBe(1)
    expect(await keepsItsLastSentence(page), language).toBe(true)
  }

  await page.getByRole('link', { name: 'Exercices', exact: true }).click()
  const sheets = page.getByRole('button', { name: 'Imprimer cette feuille' })
  await sheets.first().waitFor()
  await lookAt(page, 'workshop-exercises')
  expect(await pagesOnPaper(page)).toBe(await sheets.count())
})

/** The page to take away is one sheet; were it cut there, its last sentence would be below the edge. */
async function keepsItsLastSentence(page: Page): Promise<boolean> {
  await page.emulateMedia({ media: 'print' })
  // What an A4 page leaves between margins of 14 mm.
  await page.setViewportSize({ width: 688, height: 1017 })
  const whole = await page.evaluate(() => {
    const paper = document.querySelector('[data-one-page]')!
    return paper.scrollHeight <= paper.clientHeight && paper.clientHeight > 900
  })
  await page.emulateMedia({ media: null })
  await page.setViewportSize(phone)
  return whole
}

async function pagesOnPaper(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}
