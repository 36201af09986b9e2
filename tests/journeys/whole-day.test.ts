import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { laptop, lookAt, openStage, phone, type Stage, sessionOf } from '../support/browser.ts'
import { MovingClock } from '../support/clock.ts'

const files = new URL('../../server/src/demo/nouvelle-aquitaine/', import.meta.url)
const file = (name: string) => fileURLToPath(new URL(name, files))

const clock = new MovingClock()
let stage: Stage
beforeAll(async () => {
  stage = await openStage(clock)
  const { db } = stage.installation.services
  const given = { kind: 'administrator' as const, regionId: null, siteId: null }
  const person = { email: 'admin@10decoeur.example', displayName: 'Camille' }
  await inTransaction(db, (trx) =>
    accounts.grant(trx, { ...given, ...person }, null, 'fr', clock.now()),
  )
})
afterAll(() => stage.close())

/** The newest mail to somebody, as its reader gets it; with `after`, once there are more than that. */
async function mailTo(to: string, after = 0) {
  const catcher = stage.installation.catcher!
  const [summary] = await vi.waitUntil(
    async () => {
      const found = await catcher.listMails({ to })
      return found.length > after && found
    },
    { timeout: 30_000 },
  )
  return (await catcher.readMail(summary!.id))!
}

const linkIn = (mail: { text: string }, path: string) =>
  new RegExp(`http\\S+${path}\\S+`).exec(mail.text)![0]

async function signInByMail(page: Page, email: string): Promise<void> {
  const before = (await stage.installation.catcher!.listMails({ to: email })).length
  await page.goto(stage.url)
  await page.getByLabel('Votre adresse mail professionnelle').fill(email)
  await page.getByRole('button', { name: 'Recevoir mon lien' }).click()
  await page.getByText('Regardez votre boîte mail').waitFor()
  await page.goto(linkIn(await mailTo(email, before), '/connexion/'))
  await page.getByRole('button', { name: 'Me connecter' }).click()
  await page.getByRole('heading', { level: 1, name: /Bonjour/ }).waitFor()
}

async function put(path: string, body: unknown, cookie?: string): Promise<void> {
  const response = await fetch(`${stage.url}${path}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      ...(cookie ? { cookie: `session=${cookie}` } : {}),
    },
    body: JSON.stringify(body),
  })
  expect(response.status, await response.text()).toBe(200)
}

/** Lets the minutes pass in which a sending can be taken back. */
async function letMailsLeave(): Promise<void> {
  const { db } = stage.installation.services
  clock.advance({ minutes: 5 })
  await addJob(db, 'deliver-outbox', {}, { key: 'deliver-outbox' })
  const waiting = () =>
    db.selectFrom('outbox').select('id').where('status', 'in', ['waiting', 'sending']).execute()
  await vi.waitUntil(async () => (await waiting()).length === 0, { timeout: 90_000 })
}

it('runs a whole day, from HR’s files to an irritant seen', async () => {
  const { db, secret } = stage.installation.services

  // An administrator opens the region and appoints its director.
  const admin = await stage.open(laptop)
  await signInByMail(admin, 'admin@10decoeur.example')
  await lookAt(admin, 'whole-administrator')
  await admin.getByRole('link', { name: 'Voir les régions' }).click()
  await admin.getByLabel('Nom de la région').fill('Nouvelle-Aquitaine')
  await lookAt(admin, 'whole-regions')
  await admin.getByRole('button', { name: 'Créer la région' }).click()
  await admin.getByRole('link', { name: 'Nommer et voir les droits' }).click()
  await admin.getByRole('heading', { name: /^Nommer une directrice/ }).waitFor()
  const appointment = admin.locator('form').first()
  await appointment.getByLabel('Nom').fill('Claude Martin')
  await appointment.getByLabel('Adresse mail').fill('direction@10decoeur.example')
  await appointment.getByRole('button', { name: 'Nommer' }).click()
  await admin.getByRole('rowheader', { name: 'Claude Martin' }).waitFor()
  await lookAt(admin, 'whole-grants')

  // The director brings HR's files in.
  const boss = await stage.open(laptop)
  boss.setDefaultTimeout(30_000)
  await signInByMail(boss, 'direction@10decoeur.example')
  await lookAt(boss, 'whole-director-first')
  await boss.getByRole('link', { name: 'Importer les fichiers' }).click()
  for (const [label, name, button] of [
    ['Fichier des sites', 'sites.csv', /Importer : créer 101/],
    ['Fichier des effectifs', 'effectifs.csv', /Importer : créer 2.861 personnes/],
  ] as const) {
    await boss.getByLabel(label).setInputFiles(file(name))
    await boss.getByRole('button', { name: /^Vérifier les/ }).click()
    await boss.getByRole('button', { name: button }).click()
    const next = name === 'sites.csv' ? 'Importer les effectifs' : 'Voir les métiers'
    await boss.getByRole('link', { name: next }).click()
  }
  await boss
    .getByText(/2.861 personnes/)
    .first()
    .waitFor()
  const regionId = /regions\/([^/]+)/.exec(boss.url())![1]!

  // A day is created and hosts are asked.
  await boss.goto(stage.url)
  await boss.goto(`${stage.url}/regions/${regionId}/journees/nouvelle`)
  await boss.getByLabel('Combien d’invité·es attendez-vous').fill('60')
  await boss.getByRole('button', { name: 'Créer la journée' }).click()
  await boss.getByRole('heading', { name: 'Proposer des créneaux' }).waitFor()
  const dayUrl = boss.url()
  const dayId = dayUrl.split('/').at(-1)!
  await boss.getByRole('link', { name: 'Choisir les hôtes' }).click()
  await boss.getByRole('button', { name: 'Voir qui serait sollicité' }).click()
  await boss.getByRole('button', { name: /Proposer et envoyer .* messages/ }).click()
  await boss.getByRole('heading', { name: 'Les hôtes ont la parole' }).waitFor()
  await letMailsLeave()

  // One host says yes on a phone from the mail; the others by the same call; sites release them.
  const asked = await slots.slotsOfDay(db, dayId)
  const people = new Map((await roster.peopleOfRegion(db, regionId)).map((one) => [one.id, one]))
  const first = asked.find(({ hostId }) => people.get(hostId)?.email)!
  const host = people.get(first.hostId)!
  const hostPhone = await stage.open(phone)
  await hostPhone.goto(linkIn(await mailTo(host.email!), '/creneau/'))
  await hostPhone.getByRole('button', { name: 'Oui', exact: true }).click()
  await hostPhone.getByText('En attente de votre site').waitFor()
  const accepting = asked.filter(({ id }, index) => id !== first.id && index % 8 !== 7)
  for (const slot of accepting) {
    const token = deriveToken(secret, 'slot', slot.id, slot.linkGeneration)
    await put(`/api/slot-links/${token}`, { answer: 'yes' })
  }
  const [director] = await accounts.grantsOfRegion(db, regionId)
  for (const slot of [first, ...accepting]) {
    await inTransaction(db, (trx) =>
      slots.setRelease(trx, slot.id, { release: 'released' }, director!.id, clock.now()),
    )
  }

  // Sign-up opens: everybody's invitation is read first, sent, and stopped on its way.
  await boss.goto(dayUrl)
  await boss.getByRole('button', { name: 'Relire et ouvrir' }).click()
  await boss.getByText('personnes recevront ce message').waitFor()
  await boss.getByRole('button', { name: /Ouvrir et envoyer/ }).click()
  await boss.getByRole('heading', { name: 'Les vœux arrivent' }).waitFor()
  await lookAt(boss, 'whole-open')
  await letMailsLeave()

  // Sixty people wish, one of them on a phone.
  const roles = await roster.rolesOfRegion(db, regionId)
  const guests = [...people.values()].filter(
    ({ jobTitle, accountId }) => accountId && /Analyste|Assistant/.test(jobTitle),
  )
  const guest = guests[0]!
  const guestPhone = await stage.open(phone)
  await signInByMail(guestPhone, guest.email!)
  await lookAt(guestPhone, 'whole-guest')
  await guestPhone.getByRole('link', { name: 'Choisir mes cartes' }).click()
  await guestPhone
    .getByRole('button', { name: /Vendeur·se en boutique/ })
    .first()
    .click()
  await guestPhone.getByRole('dialog').getByRole('button', { name: 'Je le veux' }).click()
  await guestPhone.getByRole('button', { name: 'Valider mes vœux' }).click()
  await guestPhone.getByText('Vos vœux sont enregistrés').waitFor()
  for (const [index, other] of guests.slice(1, 60).entries()) {
    const roleId = roles[index % 5]!.id
    const wishes = [
      { roleId, periodId: null, place: 'near', radiusKm: 30 },
      { roleId: null, periodId: null, place: 'any' },
    ]
    await put(`/api/days/${dayId}/signup`, { wishes }, await sessionOf(stage, other.accountId!))
  }

  // Sign-up closes, a plan is computed, looked at and published.
  await boss.goto(dayUrl)
  await boss.getByRole('button', { name: 'Fermer maintenant' }).click()
  await boss.getByRole('button', { name: 'Fermer maintenant' }).waitFor({ state: 'detached' })
  await lookAt(boss, 'whole-closed')
  await boss.goto(`${dayUrl}/affectations`)
  await boss.getByRole('button', { name: 'Calculer un plan' }).click()
  await boss.getByRole('heading', { name: 'Qui est où' }).waitFor()
  await lookAt(boss, 'whole-studio')
  await boss.getByRole('link', { name: 'Publier', exact: true }).click()
  await boss.getByText('Ce qu’on leur écrit').waitFor()
  await lookAt(boss, 'whole-publication')
  await boss.getByRole('button', { name: /^Publier et envoyer/ }).click()
  await boss.getByRole('dialog').getByRole('button', { name: 'Publier', exact: true }).click()
  await boss.waitForURL(/envois/)
  await letMailsLeave()

  // The guest's card is an invitation in the calendar; the host of the card cannot after all.
  const invitation = await mailTo(guest.email!)
  expect(invitation.calendars[0]?.content).toContain('METHOD:REQUEST')
  expect(invitation.calendars[0]?.content).not.toContain(host.email!)
  await guestPhone.goto(`${dayUrl}/ma-carte`)
  await guestPhone.getByRole('button', { name: 'J’y serai' }).click()
  await guestPhone.getByText('Vous y serez, c’est noté').waitFor()
  await lookAt(guestPhone, 'whole-card')

  const placements = await db
    .selectFrom('placements')
    .selectAll()
    .where('day_id', '=', dayId)
    .where('status', '=', 'active')
    .execute()
  expect(placements.length).toBeGreaterThan(50)
  const guestPlacement = placements.find(({ person_id }) => person_id === guest.id)!
  const lost = placements.find(({ slot_id }) => slot_id !== guestPlacement.slot_id)!
  const leaving = (await slots.slotById(db, lost.slot_id))!
  const leavingPhone = await stage.open(phone)
  const token = deriveToken(secret, 'slot', leaving.id, leaving.linkGeneration)
  await leavingPhone.goto(`${stage.url}/creneau/${token}`)
  await leavingPhone.getByRole('button', { name: 'Je ne peux plus accueillir' }).click()
  await leavingPhone.getByRole('dialog').getByRole('button').last().click()
  await leavingPhone.getByText(/fermé/).first().waitFor()
  await lookAt(leavingPhone, 'whole-host-declined')
  await letMailsLeave()
  const told = await mailTo(people.get(lost.person_id)!.email!)
  expect(told.calendars[0]?.content).toContain('METHOD:CANCEL')

  await boss.goto(`${dayUrl}/confirmations`)
  await boss.getByRole('heading', { name: /sans réponse/ }).waitFor()
  await lookAt(boss, 'whole-confirmations')

  // The day: what the guest saw, alone, stands on the director's picture with the others.
  const day = await db
    .selectFrom('days')
    .selectAll()
    .where('id', '=', dayId)
    .executeTakeFirstOrThrow()
  clock.set(`${day.date}T09:30:00Z`)
  await signInByMail(guestPhone, guest.email!)
  await lookAt(guestPhone, 'whole-guest-on-the-day')
  await guestPhone.getByRole('link', { name: 'Noter une observation' }).click()
  const next = () => guestPhone.getByRole('button', { name: 'Continuer' }).click()
  await guestPhone.getByRole('radio', { name: /Attente en boutique/ }).check()
  await next()
  await guestPhone.getByRole('radio', { name: /Se faire aider/ }).check()
  await next()
  await guestPhone.getByRole('slider').first().waitFor()
  for (const slider of await guestPhone.getByRole('slider').all()) {
    await slider.focus()
    await guestPhone.keyboard.press('ArrowRight')
  }
  await guestPhone.getByLabel('En une ligne').fill('Vingt minutes debout avant d’être reçu.')
  await next()
  await guestPhone.getByRole('radio', { name: /Avec mon prénom/ }).check()
  await guestPhone.getByRole('button', { name: 'Envoyer' }).click()
  await guestPhone.getByRole('heading', { name: 'Merci' }).waitFor()

  await signInByMail(boss, 'direction@10decoeur.example')
  await lookAt(boss, 'whole-director-on-the-day')
  await boss.goto(`${dayUrl}/irritants`)
  await boss
    .getByRole('button', { name: /Autres irritants/ })
    .first()
    .click()
  await boss.getByText('Vingt minutes debout').waitFor()
  await lookAt(boss, 'whole-irritants')
})
