import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Person } from '#server/features/roster/roster.service.ts'
import { addJob } from '#server/platform/postgres/database.ts'
import { toTheEmotion } from '../reminders/reminders.player.ts'
import { type MadeRegion, makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  linkMailedTo,
  lookAt,
  openStage,
  phone,
  type Stage,
  signInto,
} from '../support/browser.ts'

// The months after: a director prepares and launches, somebody reads on a phone from the mail’s link,
// pauses and stops; some days later one question, and a card in the hand.

let stage: Stage
let region: MadeRegion
let reader: Person
let colleague: Person
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { db } = stage.installation.services
  region = await makeRegion(db, clock.now())
  const site = await makeSite(db, clock.now(), region.regionId)
  const jobs = ['shop_seller', 'field_technician', 'service_operator'] as const
  const people = await Promise.all(
    jobs.map((role) => makePerson(db, clock.now(), site, { role, firstName: 'Maëlle' })),
  )
  reader = people[0]!
  colleague = people[1]!
  await makePerson(db, clock.now(), site, { role: 'support_operator', email: null })
})
afterAll(() => stage.close())

const programmes = () => `${stage.url}/regions/${region.regionId}/parcours`

/** The afternoon of a day: what the quarter of an hour sends, and who was written to. */
async function afternoonOf(date: string, mails: number): Promise<void> {
  const { db } = stage.installation.services
  clock.set(`${date}T14:00:00Z`)
  await addJob(db, 'send-programmes', {})
  const left = db.selectFrom('outbox').select('id').where('to_address', '=', reader.email!)
  const sent = async () => {
    const rows = await left.where('status', '=', 'sent').execute()
    return rows.length === mails
  }
  await vi.waitUntil(sent, { timeout: 30_000, interval: 200 })
}

const saved = (page: Page) => page.getByText('Enregistré', { exact: true }).waitFor()

it('a director prepares a programme, reads it whole, launches it once and pauses it', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(programmes())
  await page.getByText('Aucun parcours pour l’instant').waitFor()
  await lookAt(page, 'programmes-none')
  await page.getByRole('button', { name: 'Préparer un parcours' }).click()
  await page.getByText('4 personnes', { exact: true }).waitFor()
  await page.getByLabel('Nom du parcours').fill('Les mois du cœur')
  const first = page.getByRole('button', { name: /^Reculer / }).first()
  await first.click()
  await saved(page)
  await page.getByRole('radio', { name: /De l’atelier/ }).press('Space')
  await page.getByText('4 personnes n’ont pas encore fait leur atelier').waitFor()
  await page.getByRole('radio', { name: /D’une date/ }).press('Space')
  await page.getByText('n’ont pas encore fait leur atelier').waitFor({ state: 'detached' })
  await saved(page)
  await page.getByRole('heading', { level: 1, name: 'Les mois du cœur' }).waitFor()
  await lookAt(page, 'programme-draft')
  await page.getByRole('button', { name: /^1\. .+ 4 personnes$/ }).click()
  await page.getByRole('dialog').getByText('Objet').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Lancer le parcours' }).click()
  await page.getByRole('heading', { name: 'Lancer pour 4 personnes ?' }).waitFor()
  await page.getByRole('button', { name: 'Lancer', exact: true }).click()
  await page.getByText('En cours', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Mettre en pause', exact: true }).click()
  await page.getByText('Sans date de reprise.').waitFor()
  await page.getByRole('button', { name: 'Reprendre maintenant' }).click()
  await page.getByText('Sans date de reprise.').waitFor({ state: 'detached' })
  await page.getByLabel('Son nom').fill(reader.lastName)
  await page.getByRole('button', { name: /^Mettre en pause pour Maëlle/ }).waitFor()
  await lookAt(page, 'programme')
  await page.getByLabel('Un rappel').selectOption('2')
  await page.getByRole('button', { name: 'Voir ce que cela change' }).click()
  await page.getByRole('columnheader', { name: 'Avec ce changement' }).waitFor()
  await lookAt(page, 'programme-dates')
  await page.setViewportSize(phone)
  await lookAt(page, 'programme')
})

it('a reminder left in the middle goes on there, and another reader of the same phone begins their own', async () => {
  await afternoonOf('2027-03-30', 1)
  const context = (await stage.open(phone)).context()
  const fromMail = async (address: string) => {
    const page = await context.newPage()
    await page.goto(await linkMailedTo(stage, address, '/rappel/'))
    return { page, player: page.getByRole('region', { name: 'Le rappel' }) }
  }
  const first = await fromMail(reader.email!)
  await first.player.getByRole('button', { name: 'Commencer' }).click()
  await first.player.getByRole('button', { name: 'Suite' }).click()
  const progress = first.player.getByRole('progressbar')
  await vi.waitUntil(async () => Number(await progress.getAttribute('aria-valuenow')) > 10)
  const scene = await first.player.getByRole('heading', { level: 2 }).textContent()
  const crashed = first.page.waitForEvent('crash')
  // Nothing is asked before it dies, as when a phone needs the memory.
  const devtools = await context.newCDPSession(first.page)
  void devtools.send('Page.crash').catch(() => {})
  await crashed

  const other = await fromMail(colleague.email!)
  await other.player.getByRole('button', { name: 'Commencer' }).waitFor()
  const again = await fromMail(reader.email!)
  await again.player.getByRole('heading', { level: 2, name: scene!, exact: true }).waitFor()
  expect(await again.player.getByRole('button', { name: 'Commencer' }).count()).toBe(0)
})

it('somebody reads from the mail to the mission without an account, and is asked once how it went', async () => {
  const page = await stage.open(phone)
  const link = await linkMailedTo(stage, reader.email!, '/rappel/')
  await page.goto(link)
  const player = page.getByRole('region', { name: 'Le rappel' })
  await player.getByRole('button', { name: 'Commencer' }).waitFor()
  await lookAt(page, 'reminder-link')
  await player.getByRole('button', { name: 'Commencer' }).click()
  await toTheEmotion(player)
  await player.getByRole('button', { name: 'Suite' }).click()
  await player.getByRole('listitem').getByRole('button').last().click()
  await player.getByRole('button', { name: 'Suite' }).click()
  await player.getByRole('button', { name: 'Passer' }).click()
  await player.getByRole('listitem').getByRole('button').last().click()
  await player.getByRole('button', { name: 'Je la prends en main' }).click()
  await player.getByRole('heading', { name: 'Votre main' }).waitFor()
  await lookAt(page, 'reminder-link-end')
  const { db } = stage.installation.services
  const finished = db.selectFrom('programme_mails').select('id').where('finished', '=', true)
  await vi.waitUntil(async () => (await finished.execute()).length === 1)

  await afternoonOf('2027-04-12', 2)
  await page.goto(await linkMailedTo(stage, reader.email!, '/rappel/'))
  await page.getByRole('radio', { name: 'Difficile' }).check({ force: true })
  await lookAt(page, 'reminder-link-question')
  await page.getByRole('button', { name: 'Répondre' }).click()
  await page.getByText('Une mission essayée. Merci pour la personne en face !').waitFor()
  await lookAt(page, 'reminder-link-hand')
})

it('somebody pauses, goes on and stops from the foot of a mail, and a link cut short says so', async () => {
  const page = await stage.open(phone)
  await page.goto(await linkMailedTo(stage, reader.email!, '/parcours/'))
  await page.getByRole('button', { name: 'Deux semaines' }).waitFor()
  await lookAt(page, 'programme-link')
  await page.getByRole('button', { name: 'Deux semaines' }).click()
  await page.getByText(/^En pause jusqu’au/).waitFor()
  await page.getByRole('button', { name: 'Reprendre maintenant' }).click()
  await page.getByRole('button', { name: 'Arrêter ce parcours' }).click()
  await page.getByText('C’est arrêté').waitFor()
  await lookAt(page, 'programme-link-stopped')
  await page.getByRole('button', { name: 'Revenir dans le parcours' }).click()
  await page.getByRole('button', { name: 'Arrêter ce parcours' }).waitFor()
  const before = page.url()
  await page.getByRole('button', { name: 'Mon lien circule : le remplacer' }).click()
  await page.getByRole('button', { name: 'Oui, les remplacer' }).click()
  await page.getByText('Liens remplacés').waitFor()
  await page.goto(before)
  await page.getByText('Ce lien a été remplacé').waitFor()
  await lookAt(page, 'programme-link-renewed')
  await page.getByRole('button', { name: 'Recevoir le nouveau lien' }).click()
  await page.getByText('Le nouveau lien est parti').waitFor()
  await page.goto(`${stage.url}/rappel/coupé-en-route`)
  await page.getByText('Ce lien ne mène nulle part').waitFor()
  await lookAt(page, 'reminder-link-unknown')
  expect(await page.getByRole('button', { name: 'Arrêter ce parcours' }).count()).toBe(0)
})
