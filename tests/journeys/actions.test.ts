import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as findings from '#server/features/findings/findings.service.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  linkMailedTo,
  lookAt,
  openStage,
  phone,
  plansComputed,
  type Stage,
  signInto,
} from '../support/browser.ts'

// From a finding to an action, from its mail to an answer on a phone, and back to the director.

let stage: Stage
let lived: PublishedDay
const clock = new TestClock()
const title = 'Raconter trois fois la même histoire'

beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  const { region, day, seller, host, shop } = lived
  const irritant = await db
    .selectFrom('irritants')
    .select('id')
    .where('region_id', '=', region.regionId)
    .executeTakeFirstOrThrow()
  const seen = {
    id: randomUUID(),
    region_id: region.regionId,
    day_id: day.id,
    role_id: seller.id,
    irritant_id: irritant.id,
    site_id: shop.id,
    moment: 'get-help' as const,
    frequency: 4,
    severity: 5,
    situation: 'Trois guichets, trois fois la même histoire.',
    idea: '',
    unmasked: false,
    anonymous: false,
    author_id: host.id,
    observed_at: clock.now(),
    secret_hash: null,
    withdrawn: false,
  }
  await db.insertInto('observations').values(seen).execute()
  const by = { regionId: region.regionId, dayId: day.id, accountId: region.director }
  const made = await inTransaction(db, (trx) =>
    findings.groupObservations(
      trx,
      by,
      { title, irritantId: irritant.id, note: '' },
      [seen.id],
      clock.now(),
    ),
  )
  if (isRefusal(made)) throw new Error(made.refused)
})
afterAll(() => stage.close())

it('goes from a finding to somebody’s phone and back, a number before and after included', async () => {
  const desk = await stage.open(laptop)
  await signInto(stage, desk, lived.region.director)
  await desk.goto(`${stage.url}/journees/${lived.day.id}/actions`)
  await desk.getByText(title).waitFor()
  await lookAt(desk, 'actions-waiting')
  await desk.getByRole('link', { name: `En faire une action : ${title}` }).click()
  await desk.getByLabel('Ce que l’on fait').fill('Ouvrir un seul dossier pour tous les métiers')
  await desk.getByLabel('Qui la porte').fill('Alice')
  await desk.getByRole('button', { name: /^Alice/ }).click()
  await lookAt(desk, 'actions-form')
  await desk.getByRole('button', { name: 'Ajouter au plan' }).click()
  const card = desk.getByRole('listitem', { name: 'Ouvrir un seul dossier pour tous les métiers' })
  await card.getByText('Portée par Alice').waitFor()
  await lookAt(desk, 'actions-plan')

  clock.set('2027-05-21T08:00:00Z')
  await addJob(stage.installation.services.db, 'tell-owners', {})
  const link = await linkMailedTo(stage, lived.guests[0]!.email!, '/mes-actions/')
  const page = await stage.open(phone)
  await page.goto(link)
  await page.getByText('Bonjour Alice').waitFor()
  await lookAt(page, 'my-actions')
  await page.getByRole('button', { name: 'Décider' }).click()
  await page.getByRole('radio', { name: 'Non, parce que…' }).check()
  await page.getByRole('button', { name: 'Enregistrer ma réponse' }).click()
  await page.getByText('Un non se dit avec sa raison').waitFor()
  await lookAt(page, 'my-actions-reason')
  await page.getByRole('radio', { name: 'Oui, on s’y met' }).check()
  await page.getByLabel('Où en est-on ?').fill('Le prestataire commence lundi.')
  await page.getByRole('button', { name: 'Enregistrer ma réponse' }).click()
  await page.getByText('En cours').first().waitFor()
  await page.getByRole('button', { name: 'Ajouter une mesure' }).click()
  await page.getByLabel('Ce que l’on compte').fill('Attente au comptoir')
  await page.getByLabel(/^Unité/).fill('minutes')
  await page.getByLabel('Valeur').first().fill('12,5')
  await page.getByLabel('Valeur').last().fill('7')
  await lookAt(page, 'my-actions-measure')
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await page.getByText('12,5\u00A0minutes').waitFor()
  await lookAt(page, 'my-actions-measured')

  await desk.reload()
  await card.getByText('Ce qui s’est dit (1)').click()
  await card.getByText('Le prestataire commence lundi.').waitFor()
  await card.getByText('7\u00A0minutes').waitFor()
  await lookAt(desk, 'actions-answered')
  expect(await card.getByText('En cours').first().isVisible()).toBe(true)

  // One observation is too few to say why or to show its figures; what was decided stands all the same.
  await page.context().clearCookies()
  await signInto(stage, page, lived.bystander.accountId!)
  await page.goto(`${stage.url}/journees/${lived.day.id}/ce-qui-a-change`)
  await page.getByRole('heading', { name: 'Décidé aussi' }).waitFor()
  await page.getByText('Ouvrir un seul dossier pour tous les métiers').waitFor()
  expect(await page.getByText('7\u00A0minutes').count()).toBe(0)
  expect(await page.getByText(title).count()).toBe(0)
  await lookAt(page, 'changes')
})

it('keeps the words of whoever is second, and shows what changed meanwhile', async () => {
  const pages = [await stage.open(phone), await stage.open(phone)]
  for (const page of pages) {
    await signInto(stage, page, lived.guests[0]!.accountId!)
    await page.goto(`${stage.url}/mes-actions`)
    await page.getByRole('button', { name: 'Dire où ça en est' }).click()
  }
  const [first, second] = pages as [(typeof pages)[0], (typeof pages)[0]]
  await first.getByLabel('Où en est-on ?').fill('Écrit en premier.')
  await second.getByLabel('Où en est-on ?').fill('Écrit en second.')
  await first.getByRole('button', { name: 'Enregistrer ma réponse' }).click()
  await first.getByText('Ce qui s’est dit (2)').waitFor()
  await second.getByRole('button', { name: 'Enregistrer ma réponse' }).click()
  await second.getByText('Quelqu’un vient de modifier cette action.').waitFor()
  expect(await second.getByLabel('Où en est-on ?').inputValue()).toBe('Écrit en second.')
  await second.getByText('Ce qui s’est dit (2)').click()
  await second.getByText('Écrit en premier.').waitFor()
  await second.getByRole('button', { name: 'Enregistrer ma réponse' }).click()
  await second.getByText('Ce qui s’est dit (3)').waitFor()
})
