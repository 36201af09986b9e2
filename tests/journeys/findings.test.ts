import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as findings from '#server/features/findings/findings.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { readCorpus } from '../findings/findings.corpus.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
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
let lived: PublishedDay
let groupedElsewhere: (ids: string[]) => Promise<void>
const clock = new TestClock()
const told = readCorpus().filter(({ group }) =>
  ['box-restarts', 'saturday-queue', 'puk-locked'].includes(group ?? ''),
)

beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  const regionId = lived.region.regionId
  const [irritant] = await db
    .selectFrom('irritants')
    .select('id')
    .where('region_id', '=', regionId)
    .orderBy('position')
    .execute()
  await db
    .insertInto('observations')
    .values(
      told.map(({ moment, situation, idea }) => ({
        id: randomUUID(),
        region_id: regionId,
        day_id: lived.day.id,
        role_id: lived.seller.id,
        irritant_id: irritant!.id,
        site_id: null,
        moment,
        frequency: 4,
        severity: 4,
        situation,
        idea,
        anonymous: true,
        secret_hash: 'nobody holds it',
        unmasked: false,
        withdrawn: false,
      })),
    )
    .execute()
  groupedElsewhere = async (ids) => {
    const by = { regionId, dayId: lived.day.id, accountId: lived.region.director }
    const wording = { title: 'Une collègue a été plus rapide', irritantId: irritant!.id, note: '' }
    await inTransaction(db, (trx) => findings.groupObservations(trx, by, wording, ids, clock.now()))
  }
})
afterAll(() => stage.close())

/** Looks at the whole page at once: scrolled, head and bar lie over cards that are meant to be there. */
async function lookAtWhole(page: Page, name: string) {
  const { width, height } = page.viewportSize()!
  await page.setViewportSize({ width, height: 5_000 })
  await lookAt(page, name)
  await page.setViewportSize({ width, height })
}

it('lets a director gather a suggested pile, undo it, gather again and read every original', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, lived.region.director)
  await page.goto(`${stage.url}/journees/${lived.day.id}/irritants`)
  await page.getByRole('link', { name: 'Réunir en constats' }).click()
  const pile = page.getByRole('list', { name: 'Ce qui se ressemble' }).getByRole('listitem').first()
  await pile.getByText('semblables, les réunir').waitFor()
  await lookAt(page, 'findings-to-gather')
  await pile.getByRole('button', { name: 'Regarder' }).click()
  await lookAt(page, 'findings-pile')
  await pile.getByRole('button', { name: /Réunir/ }).click()
  await page.getByLabel('Le constat, avec vos mots').fill('La box redémarre sans raison')
  await lookAt(page, 'findings-wording')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Réunir/ })
    .click()
  await page.getByText('réunies dans « La box redémarre sans raison »').waitFor()
  await lookAtWhole(page, 'findings-gathered')

  await page.getByRole('button', { name: 'Annuler' }).click()
  const link = page.getByRole('link', { name: 'La box redémarre sans raison' })
  await link.waitFor({ state: 'detached' })
  // What was chosen is chosen again.
  await page
    .getByRole('button', { name: /^Réunir les/ })
    .last()
    .click()
  await page.getByLabel('Le constat, avec vos mots').fill('La box redémarre sans raison')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Réunir/ })
    .click()
  await link.click()
  await page.getByRole('heading', { name: 'Ce qui a été vu' }).waitFor()
  await page.getByRole('button', { name: 'Sortir du constat' }).first().waitFor()
  await lookAt(page, 'finding')
  const before = await page.getByRole('button', { name: 'Sortir du constat' }).count()
  await page.getByRole('button', { name: 'Sortir du constat' }).first().click()
  await page.getByText('de nouveau libre').waitFor()
  expect(await page.getByRole('button', { name: 'Sortir du constat' }).count()).toBe(before - 1)

  await page.getByRole('button', { name: 'Retirer le constat' }).click()
  await page.getByLabel('Pourquoi').fill('Déjà réglé ce matin.')
  await page.getByRole('button', { name: 'Retirer le constat' }).click()
  await page.getByText('il ne compte plus').waitFor()
  await lookAt(page, 'finding-withdrawn')
})

it('tells who is second, and keeps their words and the rest of their choice, on a phone', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.region.director)
  await page.goto(`${stage.url}/journees/${lived.day.id}/constats`)
  const boxes = page.getByRole('list', { name: 'À réunir' }).getByRole('checkbox')
  await boxes.first().waitFor()
  await lookAt(page, 'findings-to-gather')
  for (const at of [0, 1, 2]) await boxes.nth(at).press('Space')
  await page.getByText('3 cartes choisies').waitFor()
  await lookAtWhole(page, 'findings-chosen')
  await page.getByRole('button', { name: 'Réunir les 3' }).click()
  await page.getByLabel('Le constat, avec vos mots').fill('Mes mots à moi')

  const name = await boxes.first().evaluate((box) => {
    const id = box.getAttribute('aria-labelledby')
    return (id && document.getElementById(id)?.textContent) ?? ''
  })
  const { id } = await stage.installation.services.db
    .selectFrom('observations')
    .select('id')
    .where('situation', '=', name.replace(/^«\s|\s»$/g, ''))
    .executeTakeFirstOrThrow()
  await groupedElsewhere([id])

  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Réunir les 3' }).click()
  await dialog.getByText('ont rejoint un constat').waitFor()
  await dialog.getByRole('button', { name: 'Réunir les 2' }).waitFor()
  expect(await page.getByLabel('Le constat, avec vos mots').inputValue()).toBe('Mes mots à moi')
  await lookAt(page, 'findings-outrun')
  await dialog.getByRole('button', { name: 'Réunir les 2' }).click()
  await page.getByText('2 cartes réunies dans « Mes mots à moi »').waitFor()
})
