import type { Page } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { makeSmallDay, readyPlan, type SmallDay } from '../invitations/invitations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  lookAt,
  mailsLeave,
  openStage,
  phone,
  type Stage,
  signInto,
} from '../support/browser.ts'
import { benchOn } from './published.factory.ts'

let stage: Stage
let made: SmallDay
let planId: string
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const bench = benchOn(stage, clock)
  made = await makeSmallDay(bench, {
    hosts: ['Marion', 'Paul'],
    guests: ['Léa', 'Karim', 'Inès', 'Tom'],
    capacity: 2,
  })
  planId = await readyPlan(bench, made.day)
})
afterAll(() => stage.close())

/** Opens the newest mail with a calendar for somebody in the demo's mailbox and follows its button. */
async function answerByMail(page: Page, address: string, look?: string) {
  await page.goto(`${stage.url}/mailbox`)
  await page.getByLabel('Chercher un destinataire').fill(address)
  await page
    .getByRole('button', { name: /votre carte|votre rendez-vous d’accueil/ })
    .filter({ hasText: address })
    .first()
    .click()
  await page.getByText('Dans l’agenda').waitFor()
  if (look) await lookAt(page, look)
  await page.frameLocator('iframe').getByRole('link', { name: 'Je réponds' }).click()
  await page.waitForURL(/\/(affectation|creneau)\//)
}

it('publishes after reading who is told what, takes back, and sends again', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, made.directorAccount)
  await page.goto(`${stage.url}/journees/${made.day.id}/affectations/${planId}/publication`)
  await page.getByRole('heading', { name: 'Publier ce plan' }).waitFor()
  await page.getByText('Ce qu’on leur écrit').waitFor()
  await lookAt(page, 'publication')
  await page.getByRole('button', { name: 'Publier et envoyer 6 messages' }).click()
  await page.getByRole('dialog').getByText('Ils partiront dans').waitFor()
  await lookAt(page, 'publication-confirm')
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByRole('heading', { name: 'Envois groupés' }).waitFor()
  await lookAt(page, 'outbox-held')
  await page.getByRole('button', { name: 'Retenir l’envoi' }).click()
  await page.getByText('6 messages retenus').waitFor()
  await lookAt(page, 'outbox-taken-back')
  await page.getByRole('link', { name: 'Voir et envoyer' }).click()
  await page.getByRole('button', { name: 'Envoyer 6 messages' }).click()
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await page.getByRole('heading', { name: 'Envois groupés' }).waitFor()
  await mailsLeave(stage, clock)
  await page.reload()
  await page.getByText('6 partis').waitFor()
  await page
    .getByRole('button', { name: /votre carte/ })
    .first()
    .click()
  await page.getByRole('heading', { name: 'Lecture' }).waitFor()
  await lookAt(page, 'outbox-sent')
})

it('lets a guest confirm from the mail on a phone, then give the place back', async () => {
  const page = await stage.open(phone)
  await answerByMail(page, made.guests[0]!.email!, 'mailbox')
  await page.getByRole('heading', { name: 'Votre carte' }).waitFor()
  await lookAt(page, 'placement')
  await page.getByRole('button', { name: 'J’y serai' }).click()
  await page.getByText('Vous y serez, c’est noté').waitFor()
  await lookAt(page, 'placement-confirmed')

  await answerByMail(page, made.guests[1]!.email!)
  await page.getByRole('button', { name: 'Je ne peux plus venir' }).click()
  await page.getByRole('dialog').getByText('vous passerez par la liste d’attente').waitFor()
  await lookAt(page, 'placement-giving-back')
  await page.getByRole('button', { name: 'Je libère ma place' }).click()
  await page.getByText('Vous avez libéré votre place').waitFor()
  await lookAt(page, 'placement-ended')
  await page.getByRole('button', { name: 'Me remettre sur la liste d’attente' }).click()
  await page.getByText('Vous êtes sur la liste d’attente').waitFor()
  await lookAt(page, 'placement-waiting-again')
})

it('gives a published meeting other hours, and asks whoever had said yes again', async () => {
  const { db } = stage.installation.services
  const lea = made.guests[0]!
  const placement = await db
    .selectFrom('placements')
    .select('slot_id')
    .where('person_id', '=', lea.id)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  const host = made.hosts[made.slots.findIndex(({ id }) => id === placement.slot_id)]!
  const manager = await stage.open(phone)
  await signInto(stage, manager, made.directorAccount)
  await manager.goto(`${stage.url}/sites/${made.site.id}/journees/${made.day.id}`)
  await manager.getByRole('button', { name: `Déplacer le créneau de ${host.firstName}` }).click()
  const dialog = manager.getByRole('dialog')
  await dialog.getByLabel('De', { exact: true }).fill('10:00')
  await dialog.getByLabel('À', { exact: true }).fill('11:30')
  await lookAt(manager, 'moving')
  await dialog.getByRole('button', { name: 'Déplacer' }).click()
  await manager.getByText('10 h – 11 h 30').waitFor()
  await lookAt(manager, 'moved')
  await mailsLeave(stage, clock)

  const page = await stage.open(phone)
  await page.goto(`${stage.url}/mailbox`)
  await page.getByLabel('Chercher un destinataire').fill(lea.email!)
  await page
    .getByRole('button', { name: /du nouveau pour le/ })
    .first()
    .click()
  await page.frameLocator('iframe').getByRole('link', { name: 'Je réponds' }).click()
  await page.getByText('10 h – 11 h 30').first().waitFor()
  await page.getByRole('button', { name: 'J’y serai' }).waitFor()
  await lookAt(page, 'placement-moved')
})

it('lets a host see who comes, confirm on a phone, then close the slot', async () => {
  const page = await stage.open(phone)
  await answerByMail(page, made.hosts[0]!.email!)
  await page.getByRole('heading', { name: 'Qui vient vous voir' }).waitFor()
  await lookAt(page, 'host-meeting')
  await page.getByRole('button', { name: 'Je confirme' }).click()
  await page.getByText('Accueil confirmé').waitFor()
  await page.getByRole('button', { name: 'Je ne peux plus accueillir' }).click()
  await page.getByRole('dialog').getByText('Le créneau ferme définitivement').waitFor()
  await lookAt(page, 'host-declining')
  await page.getByRole('button', { name: 'Je ferme le créneau' }).click()
  await page.getByText('Vous avez dit ne plus pouvoir accueillir').waitFor()
  await lookAt(page, 'host-declined')
  await mailsLeave(stage, clock)
  await page.goto(`${stage.url}/mailbox`)
  await page.getByRole('button', { name: /le plan vient de se réparer/ }).click()
  await page.getByRole('article').first().waitFor()
  await lookAt(page, 'mailbox-director')
})

it('shows a link that leads nowhere as such', async () => {
  const page = await stage.open(phone)
  await page.goto(`${stage.url}/affectation/${'x'.repeat(22)}.${'y'.repeat(22)}`)
  await page.getByText('Ce lien ne mène plus à rien').waitFor()
  await lookAt(page, 'placement-stale')
})

it('shows the director who confirmed, declined or stays silent', async () => {
  for (const viewport of [laptop, phone]) {
    const page = await stage.open(viewport)
    await signInto(stage, page, made.directorAccount)
    await page.goto(`${stage.url}/journees/${made.day.id}/confirmations`)
    await page.getByRole('heading', { name: /sans réponse/ }).waitFor()
    await lookAt(page, 'confirmations')
    await page.goto(`${stage.url}/journees/${made.day.id}/envois`)
    await page.getByRole('heading', { name: 'Envois groupés' }).waitFor()
    await lookAt(page, 'outbox')
    await page.goto(`${stage.url}/mailbox`)
    await page.getByRole('list', { name: 'Messages' }).waitFor()
    await lookAt(page, 'mailbox-list')
    await page
      .getByRole('button', { name: /votre carte/ })
      .first()
      .click()
    await page.getByText('Dans l’agenda').waitFor()
    await lookAt(page, 'mailbox-invitation')
    await page.goBack()
    await page
      .getByRole('button', { name: /rendez-vous .* est annulé/ })
      .first()
      .click()
    await page.getByText('Dans l’agenda').waitFor()
    await lookAt(page, 'mailbox-cancellation')
  }
  const page = await stage.open(laptop)
  await signInto(stage, page, made.directorAccount)
  await page.goto(`${stage.url}/journees/${made.day.id}/annulation`)
  await page.getByRole('button', { name: 'Annuler la journée' }).waitFor()
  await lookAt(page, 'cancellation')
  await page.getByRole('status').filter({ hasText: 'messages partent' }).waitFor()
})
