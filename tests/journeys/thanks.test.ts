import { afterAll, beforeAll, expect, it } from 'vitest'
import { deriveToken } from '#server/platform/capabilities.ts'
import { addJob } from '#server/platform/postgres/database.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  keptOnDevice,
  laptop,
  linkMailedTo,
  lookAt,
  openStage,
  phone,
  plansComputed,
  type Stage,
  signInto,
} from '../support/browser.ts'

// A word for the host: from a guest with an account, from one who lives by a link, and what Marion gets.

let stage: Stage
let lived: PublishedDay
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  // They met in the morning; it is four in the afternoon.
  clock.set('2027-05-20T14:00:00Z')
})
afterAll(() => stage.close())

it('is written from the day sheet by who has no account, rewritten, and waits', async () => {
  const page = await stage.open(phone)
  const token = deriveToken(
    stage.installation.services.secret,
    'placement',
    lived.placements[0]!,
    1,
  )
  await page.goto(`${stage.url}/affectation/${token}/fiche`)
  const offer = page.getByRole('region', { name: /Un mot pour Marion/ })
  await offer.getByRole('button', { name: 'Écrire une carte' }).click()
  await page.getByRole('button', { name: 'Envoyer ma carte' }).click()
  await page.getByText('Écrivez quelques mots.').waitFor()
  await page.getByLabel('Votre mot pour Marion').fill('Merci pour ta patience')
  await page.getByRole('button', { name: 'Envoyer ma carte' }).click()
  const waiting = page.getByRole('region', { name: 'Votre carte pour Marion' })
  await waiting.getByRole('button', { name: 'Changer' }).click()
  await page.getByLabel('Votre mot pour Marion').fill('Merci Marion, on en reparle à Pau.')
  await page.getByRole('button', { name: 'Envoyer ma carte' }).click()
  await waiting.getByRole('button', { name: 'Reprendre ma carte' }).waitFor()
  await waiting.getByText('on en reparle à Pau').waitFor()
  await lookAt(page, 'thanks-waits')
})

it('waits on the phone where there is no network, and leaves when its author says so', async () => {
  const page = await stage.open(phone)
  const { secret } = stage.installation.services
  const token = deriveToken(secret, 'placement', lived.placements[2]!, 1)
  await page.goto(`${stage.url}/affectation/${token}/fiche`)
  await page.getByRole('button', { name: 'Écrire une carte' }).click()
  await page.getByLabel('Votre mot pour Marion').fill('Merci, même du fond du parking.')
  const ways = '**/api/placement-links/*/thanks'
  await page.route(ways, (route) => route.abort())
  await page.getByRole('button', { name: 'Envoyer ma carte' }).click()
  const waiting = page.getByRole('region', { name: 'Votre carte pour Marion' })
  await waiting.getByText(/Gardée sur cet appareil/).waitFor()
  await waiting.getByText('Chloé', { exact: true }).waitFor()
  await lookAt(page, 'thanks-kept')
  // A closed tab loses nothing.
  await page.reload()
  await waiting.getByText('Merci, même du fond du parking.').waitFor()
  await waiting.getByText(/Gardée sur cet appareil/).waitFor()
  await page.unroute(ways)
  await waiting.getByRole('button', { name: 'Envoyer maintenant' }).click()
  await waiting.getByText(/Elle part le/).waitFor()
  expect(await keptOnDevice(page, 'outbox')).toEqual([])
  await waiting.getByRole('button', { name: 'Reprendre ma carte' }).click()
  await page.getByRole('region', { name: /Un mot pour Marion/ }).waitFor()
})

it('is asked for on the first screen, and may go without a name', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.guests[1]!.accountId!)
  await page.goto(stage.url)
  await page.getByRole('link', { name: 'Écrire une carte' }).click()
  await page.getByLabel('Votre mot pour Marion').fill('Le café était très bon.')
  await page.getByLabel('Signer de mon prénom').uncheck()
  await lookAt(page, 'thanks-form')
  await page.getByRole('button', { name: 'Envoyer ma carte' }).click()
  await page.getByRole('region', { name: 'Votre carte pour Marion' }).waitFor()
})

it('arrives in the evening, in one mail, and stays', async () => {
  clock.set('2027-05-20T16:10:00Z')
  await addJob(stage.installation.services.db, 'deliver-cards', {})
  const link = await linkMailedTo(stage, lived.host.email!, '/creneau/')
  for (const viewport of [phone, laptop]) {
    const page = await stage.open(viewport)
    await page.goto(link)
    const cards = page.getByRole('region', { name: '2 cartes pour vous' }).getByRole('listitem')
    await cards.filter({ hasText: 'Alice' }).waitFor()
    expect(await cards.filter({ hasText: 'café' }).textContent()).toContain('Sans signature')
    await lookAt(page, 'thanks-received')
  }
  const host = await stage.open(phone)
  await signInto(stage, host, lived.host.accountId!)
  await host.goto(stage.url)
  await host.getByRole('link', { name: 'Lire mes cartes' }).click()
  await host.getByText('Le café était très bon.').waitFor()
})
