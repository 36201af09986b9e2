import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as days from '#server/features/days/days.service.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { pagesIn } from '../reports/pdf.reading.ts'
import { makeObservations } from '../reports/reports.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  lookAt,
  openStage,
  phone,
  plansComputed,
  type Stage,
  signInto,
} from '../support/browser.ts'

let stage: Stage
let made: PublishedDay
const clock = new TestClock()
const words = 'Une cliente a raconté trois fois la même panne. '
const longest = words.repeat(21).slice(0, 1_000)

beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  made = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  const irritants = await days.irritantsOfRegion(db, made.region.regionId)
  const moments = ['pay', 'get-help', 'install', 'use'] as const
  await makeObservations(
    db,
    made,
    irritants.flatMap(({ id }, at) => [
      { irritantId: id, count: 30 - 3 * at, moment: moments[at % 4]!, situation: words },
      {
        irritantId: id,
        count: 1,
        situation: words,
        idea: 'Un seul dossier.',
        moment: 'pay' as const,
      },
    ]),
  )
  clock.set('2027-05-27T09:00:00Z')
}, 120_000)
afterAll(() => stage.close())

describe('the report', () => {
  it('is chosen, looked at on a phone and taken along by a director', async () => {
    const director = await stage.open(laptop)
    await signInto(stage, director, made.region.director)
    await director.goto(`${stage.url}/journees/${made.day.id}`)
    await director.getByRole('link', { name: 'Rapport', exact: true }).click()
    await director.getByRole('heading', { level: 1, name: 'Rapport' }).waitFor()
    await director.getByText('Les paroles (3 au plus)').click()
    const quotes = director.getByRole('checkbox', { name: /raconté trois fois/ })
    await quotes.first().check()
    await quotes.nth(1).check()
    await director.getByLabel('Et maintenant ?').fill('Atelier le 3 juin à Bordeaux.')
    await director.getByRole('button', { name: 'Enregistrer' }).click()
    await director.locator('article').getByText('Atelier le 3 juin à Bordeaux.').first().waitFor()
    await drawn(director)
    await lookAt(director, 'report')
    const [file] = await Promise.all([
      director.waitForEvent('download'),
      director.getByRole('link', { name: 'La page en PDF' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^Rapport – .+ – 2027-05-20\.pdf$/)
    expect(pagesIn(await readFile(await file.path()))).toBe(1)
    await keep('report-server', await readFile(await file.path()))

    const walking = await stage.open(phone)
    await signInto(stage, walking, made.region.director)
    await walking.goto(`${stage.url}/journees/${made.day.id}/rapport`)
    await walking.locator('article').first().waitFor()
    await drawn(walking)
    await lookAt(walking, 'report-phone')
  })

  it('prints on exactly one page, and whole on more', async () => {
    const director = await stage.open(laptop)
    await signInto(stage, director, made.region.director)
    await director.goto(`${stage.url}/journees/${made.day.id}/rapport`)
    await director.locator('article').first().waitFor()
    await drawn(director)
    expect(await pagesPrinted(director, 'one')).toBe(1)
    await holdsEverything(director)
    // The browser's own dialogue cannot be driven: the paper is looked at while it would be open.
    await director.evaluate(() => {
      window.print = () => {
        window.name = document.querySelector('[data-one-page]') ? 'one' : 'whole'
      }
    })
    await director.getByRole('button', { name: 'Imprimer le rapport complet' }).click()
    expect(await director.evaluate(() => window.name)).toBe('whole')
  })

  it('prints on one page as well where everything is as long as it can be', async () => {
    const { db } = stage.installation.services
    const irritants = await days.irritantsOfRegion(db, made.region.regionId)
    const quotes = await makeObservations(db, made, [
      { irritantId: irritants[0]!.id, count: 3, situation: longest, idea: longest },
    ])
    await db
      .updateTable('reports')
      .set({ quotes, coming: longest.slice(0, 400), pictures: ['map', 'severity', 'moments'] })
      .execute()
    await db
      .insertInto('findings')
      .values(
        Array.from({ length: 6 }, (_, at) => ({
          id: `00000000-0000-7000-8000-00000000000${at}`,
          region_id: made.region.regionId,
          day_id: made.day.id,
          irritant_id: irritants[0]!.id,
          title: longest.slice(at, at + 120).trim(),
          note: longest,
          version: 1,
          created_by: null,
          created_at: clock.now(),
          withdrawn_at: null,
          withdrawn_reason: null,
        })),
      )
      .execute()
    const director = await stage.open(laptop)
    await signInto(stage, director, made.region.director)
    await director.goto(`${stage.url}/journees/${made.day.id}/rapport`)
    await director.locator('article').first().waitFor()
    await drawn(director)
    expect(await pagesPrinted(director, 'longest')).toBe(1)
    await holdsEverything(director)
  })
})

/** Every picture has come. */
async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.images].every((one) => one.complete && one.naturalWidth > 0),
  )
}

async function pagesPrinted(page: Page, name: string): Promise<number> {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true })
  await keep(`report-${name}`, pdf)
  return pagesIn(pdf)
}

/** Where SCREENSHOTS names a folder. */
async function keep(name: string, pdf: Buffer): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.pdf`), pdf)
}

/** Nothing ran out at the bottom, where the page would cut it. */
async function holdsEverything(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  // What an A4 page leaves between margins of 14 mm.
  await page.setViewportSize({ width: 688, height: 1017 })
  const [needed, there] = await page.evaluate(() => {
    const paper = document.querySelector('[data-one-page]')!
    return [paper.firstElementChild!.getBoundingClientRect().height, paper.clientHeight] as const
  })
  expect(needed).toBeLessThanOrEqual(there)
  expect(needed).toBeGreaterThan(300)
  const folder = process.env.SCREENSHOTS
  if (folder)
    await page.screenshot({ path: join(folder, `report-paper-${Math.round(needed)}.png`) })
  await page.emulateMedia({ media: null })
  await page.setViewportSize(laptop)
}
