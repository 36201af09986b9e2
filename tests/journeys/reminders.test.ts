import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Irritant, irritantsOfRegion } from '#server/features/days/days.service.ts'
import { remindersRoutes } from '#shared/reminders/reminders.contract.ts'
import { type Story, storySchema } from '#shared/reminders/reminders.story.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { written } from '../reminders/reminders.factory.ts'
import { toTheEmotion } from '../reminders/reminders.player.ts'
import type { MadeRegion } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  lookAt,
  openStage,
  phone,
  plansComputed,
  type Stage,
  sessionOf,
  signInto,
} from '../support/browser.ts'

let stage: Stage
let region: MadeRegion
/** Waited for on the phone: what a director writes about. */
let irritant: Irritant
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  const lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  region = lived.region
  irritant = (await irritantsOfRegion(db, region.regionId))[0]!
  await observed(lived)
})
afterAll(() => stage.close())

/** As many observations as are told together, each with the name of somebody. */
async function observed({ day, shop, seller, guests }: PublishedDay) {
  const rows = Array.from({ length: 6 }, (_, place) => ({
    id: randomUUID(),
    region_id: region.regionId,
    day_id: day.id,
    role_id: seller.id,
    irritant_id: irritant.id,
    site_id: shop.id,
    moment: 'get-help' as const,
    frequency: 4,
    severity: 4,
    situation: `Madame Lefebvre a attendu quarante minutes au guichet ${place + 1}.`,
    idea: '',
    anonymous: false,
    author_id: guests[0]!.id,
    observed_at: clock.now(),
    secret_hash: null,
    idea_from: null,
    unmasked: false,
    withdrawn: false,
  }))
  await stage.installation.services.db.insertInto('observations').values(rows).execute()
}

const shelf = () => `${stage.url}/regions/${region.regionId}/rappels`

it('a reminder is read from its first scene to the mission, with one thumb or by keys', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, region.director)
  await page.goto(`${shelf()}/on-hold`)
  await page.getByRole('button', { name: 'Adapter ce rappel' }).click()
  await page.getByText('Rien n’est changé. Votre premier mot crée un brouillon.').waitFor()
  await lookAt(page, 'reminder-to-adapt')
  await page.getByRole('button', { name: 'Revenir au texte' }).click()
  await page.getByRole('heading', { name: 'Le texte entier' }).waitFor()
  await lookAt(page, 'reminder')
  await page.getByRole('link', { name: 'Voir sur tout l’écran' }).click()
  const player = page.getByRole('region', { name: 'Le rappel' })
  await player.getByRole('button', { name: 'Commencer' }).waitFor()
  await lookAt(page, 'reminder-cover')
  await player.getByRole('button', { name: 'Commencer' }).click()
  await player.getByRole('heading', { name: /scène 1/ }).waitFor()
  await lookAt(page, 'reminder-scene')

  await toTheEmotion(player)
  await lookAt(page, 'reminder-emotion')
  await page.keyboard.press('ArrowLeft')
  await player.getByRole('heading', { name: /raconte, scène/ }).waitFor()
  await swipe(page, 'left')
  await player.getByText(/^Ce que .+ ressent$/).waitFor()
  await swipe(page, 'right')
  await player.getByRole('heading', { name: /raconte, scène/ }).waitFor()
  await page.keyboard.press('ArrowRight')
  await player.getByText(/^Ce que .+ ressent$/).waitFor()
  await page.keyboard.press('ArrowRight')
  await player.getByText('Choisissez ce qui vous viendrait vraiment.').waitFor()
  await lookAt(page, 'reminder-reactions')

  await player.getByRole('listitem').getByRole('button').first().click()
  await player.getByRole('button', { name: 'Je garde ce geste en tête' }).click()
  await player.getByRole('button', { name: 'Voir où se placent les autres' }).click()
  await player.getByRole('heading', { name: 'Les autres réactions' }).waitFor()
  await lookAt(page, 'reminder-place')
  await player.getByRole('button', { name: 'Suite' }).click()

  const line = player.getByRole('textbox', { name: 'Ce que je dirais' })
  await line.fill('Je rappelle Madame Lefebvre au 06 12 34 56 78.')
  await player.getByRole('button', { name: 'Tout masquer' }).click()
  expect(await line.inputValue()).not.toMatch(/Lefebvre|06 12/)
  await lookAt(page, 'reminder-line')
  await player.getByRole('button', { name: 'Suite' }).click()

  const take = player.getByRole('button', { name: 'Je la prends en main' })
  await take.waitFor()
  expect(await take.isDisabled()).toBe(true)
  await player.getByRole('listitem').getByRole('button').first().click()
  await lookAt(page, 'reminder-missions')
  await take.click()
  await player.getByRole('heading', { name: 'Merci' }).waitFor()
  await lookAt(page, 'reminder-end')
})

it('a mission taken is asked about some days later, and stays in the hand', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(`${shelf()}/on-hold`)
  const player = page.getByRole('region', { name: 'Le rappel' })
  await player.getByRole('button', { name: 'Commencer' }).click()
  await toTheEmotion(player)
  await player.getByRole('button', { name: 'Suite' }).click()
  await player.getByRole('listitem').getByRole('button').last().click()
  await player.getByRole('button', { name: 'Suite' }).click()
  await player.getByRole('button', { name: 'Passer' }).click()
  await player.getByRole('listitem').getByRole('button').last().click()
  await player.getByRole('button', { name: 'Je la prends en main' }).click()
  await player.getByRole('heading', { name: 'Votre main' }).waitFor()
  await page.getByRole('button', { name: /jours : la question/ }).click()
  await page.getByRole('radio', { name: 'Difficile' }).check({ force: true })
  await lookAt(page, 'reminder-later')
  await page.getByRole('button', { name: 'Répondre' }).click()
  await page.getByText('Une mission essayée. Merci pour la personne en face !').waitFor()
  await lookAt(page, 'reminder-hand')
})

it('a director writes a reminder from an irritant, is told what is missing, and publishes it', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(shelf())
  await page.getByLabel('À partir d’un irritant').selectOption(irritant.id)
  await lookAt(page, 'reminders-shelf')
  await page.getByRole('button', { name: 'Commencer à écrire' }).click()
  await page.getByRole('heading', { level: 2, name: irritant.nameFr }).waitFor()
  await page.getByLabel('Titre').fill('Quarante minutes')
  await page.getByText('Tout est enregistré.').waitFor()
  const publish = page.getByRole('button', { name: 'Publier', exact: true })
  expect(await publish.isDisabled()).toBe(true)
  await page.getByText(/points à revoir/).click()
  await page
    .getByRole('button', { name: /^Scène 2/ })
    .first()
    .click()
  const scene = page.getByRole('group', { name: 'Scène 2' }).getByLabel('Ce qui arrive')
  await vi.waitUntil(() => scene.evaluate((field) => field === document.activeElement))
  const observations = page.getByRole('complementary', { name: 'Ce qui a été observé' })
  await observations.getByText('a attendu quarante minutes au guichet 3').waitFor()
  expect(await observations.textContent()).not.toContain('Lefebvre')
  await scene.fill('Une dame a attendu quarante minutes au guichet.')
  await page
    .getByText(/^Six mots à la suite/)
    .first()
    .waitFor()
  await lookAt(page, 'reminder-word-for-word')
  await scene.fill('La musique recommence.')
  await page
    .getByText(/^Six mots à la suite/)
    .first()
    .waitFor({ state: 'detached' })
  await lookAt(page, 'reminder-writing')
  const parts = page.getByRole('navigation', { name: 'Les parties du rappel' })
  await parts.getByRole('button', { name: 'Les réactions' }).click()
  const slider = page.getByRole('slider').first()
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await slider.getAttribute('aria-valuetext')).toBe('Dans la zone chaude')
  await lookAt(page, 'reminder-writing-reactions')

  // The rest comes as a colleague brought it, while this page is open.
  await page.getByText('Tout est enregistré.').waitFor()
  const reminder = page.url().split('/').at(-1)!
  await somebodyElseSaves(reminder)
  await parts.getByRole('button', { name: 'Qui raconte' }).click()
  await page.getByLabel('Prénom').fill('Louise')
  await page.getByText(/vient d’enregistrer ce rappel/).waitFor()
  await page.evaluate(() => scrollTo(0, 0))
  await lookAt(page, 'reminder-overtaken')
  await page.getByRole('button', { name: 'Prendre le sien' }).click()
  expect(await page.getByLabel('Prénom').inputValue()).toBe('Maryse')
  await page.getByText('Tout est enregistré.').waitFor()

  await publish.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByText('Votre texte, version 1.').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Télécharger en fichier' }).click(),
  ])
  const file = JSON.parse(await readFile(await download.path(), 'utf8')) as Story
  expect(storySchema.safeParse(file).success).toBe(true)
  expect(file.teller.firstName).toBe('Maryse')
})

/** A thumb drawn across the middle of the screen. */
async function swipe(page: Page, towards: 'left' | 'right') {
  const session = await page.context().newCDPSession(page)
  const xs = towards === 'left' ? [280, 180, 80] : [80, 180, 280]
  const at = (x: number) => [{ x, y: 300 }]
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(xs[0]!) })
  for (const x of xs.slice(1)) {
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) })
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

async function somebodyElseSaves(reminder: string) {
  const headers = {
    'content-type': 'application/json',
    cookie: `session=${await sessionOf(stage, region.director)}`,
    'sec-fetch-site': 'same-origin',
  }
  const at = (path: string) =>
    stage.url + path.replace(':regionId', region.regionId).replace(':reminder', reminder)
  const found = await fetch(at(remindersRoutes.reminder.path), { headers })
  const { draft } = remindersRoutes.reminder.response.parse(await found.json())
  const saved = await fetch(at(remindersRoutes.saveDraft.path), {
    method: 'PUT',
    headers,
    body: JSON.stringify({ saved: draft!.saved, story: written() }),
  })
  expect(saved.status).toBe(200)
}
