import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deriveToken } from '#server/platform/capabilities.ts'
import { addJob } from '#server/platform/postgres/database.ts'
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
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
})
afterAll(() => stage.close())

const next = (page: Page) => page.getByRole('button', { name: 'Continuer' }).click()

/** The first three of the four small pages. */
async function answer(page: Page, situation: string, look?: string) {
  await page.getByText('Qu’est-ce qui agace le client').waitFor()
  await page.getByRole('radio').nth(1).check()
  if (look) await lookAt(page, `${look}-1`)
  await next(page)
  await page.getByRole('radio', { name: /Se faire aider/ }).check()
  if (look) await lookAt(page, `${look}-2`)
  await next(page)
  await page.getByRole('slider').first().waitFor()
  for (const slider of await page.getByRole('slider').all()) {
    await slider.focus()
    for (let place = 0; place < 4; place += 1) await page.keyboard.press('ArrowRight')
  }
  await page.getByLabel('En une ligne').fill(situation)
  if (look) await lookAt(page, `${look}-3`)
  await next(page)
}

it('lets a guest observe anonymously on a phone, through a failure and a reload', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.guests[0]!.accountId!)
  await page.goto(`${stage.url}/journees/${lived.day.id}/observer`)
  await next(page)
  await page.getByText('Choisissez une réponse').waitFor()
  await answer(page, 'Trois guichets, trois fois la même histoire.', 'observe')
  await page.getByRole('radio', { name: /Anonyme/ }).check()
  await page.getByText('Anonyme : ce que cela veut dire').click()
  await lookAt(page, 'observe-4')

  await page.reload()
  await page.getByRole('radio', { name: /Anonyme/ }).waitFor()
  await page.getByRole('button', { name: 'Revenir' }).click()
  expect(await page.getByLabel('En une ligne').inputValue()).toContain('Trois guichets')
  await next(page)
  await page.route('**/api/anonymous-observations', (route) => route.abort())
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByRole('heading', { name: 'Merci, c’est gardé' }).waitFor()
  await lookAt(page, 'observe-kept')
  await page.unroute('**/api/anonymous-observations')
  const [request] = await Promise.all([
    page.waitForRequest('**/api/anonymous-observations'),
    page.evaluate(() => dispatchEvent(new Event('online'))),
  ])
  const headers = await request.allHeaders()
  expect(headers.cookie).toBeUndefined()
  expect(headers['idempotency-key']).toBeUndefined()
  await page.getByRole('heading', { name: 'Merci, c’est noté' }).waitFor()
  await lookAt(page, 'observe-sent')

  await page.getByRole('link', { name: 'Mes observations', exact: true }).click()
  await page.getByText('Elle attend').waitFor()
  await lookAt(page, 'my-observations-anonymous')
  await page.getByRole('button', { name: 'Effacer le code d’ici' }).click()
  await page.getByText('Elle attend').waitFor({ state: 'detached' })
})

it('shows what names somebody as one types, masks it with a tap, and asks before it leaves', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.guests[2]!.accountId!)
  await page.goto(`${stage.url}/journees/${lived.day.id}/observer`)
  const [irritants, moments] = [page.getByRole('radio').nth(1), page.getByLabel(/Se faire aider/)]
  await irritants.check()
  await next(page)
  await moments.check()
  await next(page)
  await page.getByRole('slider').first().waitFor()
  for (const slider of await page.getByRole('slider').all()) await slider.press('ArrowRight')
  const field = page.getByLabel('En une ligne')
  const below = page.getByRole('group', { name: 'Noms et numéros repérés' })
  const empty = await below.boundingBox()
  await field.fill('Mme Durand rappelle au 06 12 34 56 78, voir avec Zoé.')
  await below.getByRole('button', { name: 'Masquer Durand' }).waitFor()
  expect((await below.boundingBox())?.height).toBe(empty?.height)
  await page.getByText('3 noms ou numéros repérés').waitFor()
  await lookAt(page, 'observe-names')
  await below.getByRole('button', { name: 'Masquer Durand' }).click()
  expect(await field.inputValue()).toContain('Mme [nom] rappelle au 06')
  await below.getByRole('button', { name: 'Tout masquer' }).click()
  expect(await field.inputValue()).toBe('Mme [nom] rappelle au [numéro], voir avec [nom].')
  await below.getByRole('button', { name: 'Remettre' }).click()
  await next(page)
  const sent: { situation: string; idea: string; unmasked: boolean }[] = []
  await page.route('**/api/anonymous-observations', (route) => {
    sent.push(route.request().postDataJSON())
    return route.fulfill({ json: { received: true } })
  })
  await page.getByText('J’ai une idée').click()
  await page.getByLabel('L’idée, en une ligne').fill('Demander à M. Lopez.')
  await page.getByLabel('Qui a soufflé l’idée').selectOption('Un·e collègue')
  await page.getByRole('radio', { name: /Anonyme/ }).check()
  const send = page.getByRole('button', { name: 'Envoyer', exact: true })
  await send.click()
  await lookAt(page, 'observe-unmasked')
  await page.getByRole('button', { name: 'Envoyer tel quel' }).click()
  await expect.poll(() => sent.length).toBe(1)
  expect(sent[0]).toMatchObject({
    idea: 'Demander à M. Lopez.',
    ideaFrom: 'colleague',
    unmasked: true,
  })

  await page.getByRole('button', { name: 'Noter autre chose' }).click()
  await answer(page, 'Mme [nom] rappelle au [numéro], voir avec [nom].')
  await page.getByText('J’ai une idée').click()
  await page.getByLabel('L’idée, en une ligne').fill('Demander à M. Lopez.')
  await page.getByRole('radio', { name: /Anonyme/ }).check()
  await send.click()
  await page.getByRole('button', { name: 'Tout masquer et envoyer' }).click()
  await expect.poll(() => sent.length).toBe(2)
  expect(sent[1]).toMatchObject({
    situation: 'Mme [nom] rappelle au [numéro], voir avec [nom].',
    idea: 'Demander à M. [nom].',
    unmasked: false,
  })
})

it('lets a guest sign an observation, correct it and take it back', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, lived.guests[1]!.accountId!)
  await page.goto(`${stage.url}/journees/${lived.day.id}/observer`)
  await answer(page, 'On attend debout, sans savoir combien de temps.', 'observe')
  await page.getByRole('radio', { name: /Avec mon prénom/ }).check()
  await lookAt(page, 'observe-4')
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByRole('link', { name: 'Mes observations', exact: true }).click()
  await page.getByText('On attend debout').waitFor()
  await lookAt(page, 'my-observations-named')

  await page.getByRole('button', { name: 'Corriger' }).click()
  await next(page)
  await next(page)
  await page.getByLabel('En une ligne').fill('On attend debout vingt minutes.')
  await next(page)
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByRole('link', { name: 'Mes observations', exact: true }).click()
  await page.getByText('vingt minutes').waitFor()

  await page.getByRole('button', { name: 'Retirer' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Retirer' }).click()
  await page.getByText('Retirée').waitFor()
  expect(await page.getByText('vingt minutes').count()).toBe(0)
})

it('lets a host observe from the link of a slot, without any account', async () => {
  const { secret } = stage.installation.services
  const token = deriveToken(secret, 'slot', lived.slot.id, lived.slot.linkGeneration)
  const page = await stage.open(phone, 'en-GB')
  await page.goto(`${stage.url}/creneau/${token}/observer`)
  await page.getByText('What annoys the customer?').waitFor()
  await lookAt(page, 'observe-by-link')
})

it('shows the director where it hurts, on a projector', async () => {
  const { db } = stage.installation.services
  const page = await stage.open(laptop)
  await signInto(stage, page, lived.region.director)
  await page.goto(`${stage.url}/journees/${lived.day.id}/irritants`)
  await page.getByText('Rien n’a encore été observé').waitFor()
  await lookAt(page, 'heat-map-empty')

  clock.advance({ minutes: 61 })
  await addJob(db, 'release-observations', {})
  await expect
    .poll(() => db.selectFrom('observation_intake').select('id').execute(), { timeout: 20_000 })
    .toEqual([])
  await page.reload()
  await page.getByRole('button', { name: /1 observation/ }).click()
  await page.getByText('Trois guichets').waitFor()
  await lookAt(page, 'heat-map')
  await page.setViewportSize(phone)
  await lookAt(page, 'heat-map')
})

it('lets the director word an irritant of the region’s own', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.region.director)
  await page.goto(`${stage.url}/regions/${lived.region.regionId}/irritants`)
  await page.getByText('Attente au téléphone').waitFor()
  await page.getByLabel('Irritant', { exact: true }).fill('attente AU téléphone')
  await page.getByRole('button', { name: 'Ajouter' }).click()
  await page.getByText('Cet irritant existe déjà').waitFor()
  await page.getByLabel('Irritant', { exact: true }).fill('Facture difficile à lire')
  await page.getByRole('button', { name: 'Ajouter' }).click()
  await page.getByRole('heading', { name: 'Facture difficile à lire' }).waitFor()
  await lookAt(page, 'irritants')
})
