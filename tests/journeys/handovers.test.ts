import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '#server/features/roster/roster.service.ts'
import { slotById } from '#server/features/slots/slots.service.ts'
import { linkPaths } from '#server/links.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { SmallDay } from '../invitations/invitations.factory.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import { linkMailedTo, lookAt, openStage, phone, type Stage, signInto } from '../support/browser.ts'
import { publishedOn } from './published.factory.ts'

let stage: Stage
let made: SmallDay
let paul: Person
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { db } = stage.installation.services
  made = await publishedOn(stage, clock)
  paul = await makePerson(db, clock.now(), made.site, { role: 'shop_seller', firstName: 'Paul' })
})
afterAll(() => stage.close())

it('a host hands over to a colleague, who says yes, on phones and without an account', async () => {
  const { db, secret } = stage.installation.services
  const slot = made.slots[0]!
  const token = deriveToken(secret, 'slot', slot.id, slot.linkGeneration)
  const marion = await stage.open(phone)
  await marion.goto(stage.url + linkPaths.slot + token)
  await marion.getByText('Ajouter à mon agenda').click()
  await marion.getByRole('link', { name: 'Google Agenda' }).waitFor()
  await lookAt(marion, 'meeting-into-calendar')
  await marion.getByText('Je passe le relais').click()
  await lookAt(marion, 'handover-whom')
  await marion.getByRole('button', { name: /Demander à Paul/ }).click()
  await marion.getByText(/Vous avez demandé à Paul/).waitFor()
  await lookAt(marion, 'handover-pending')

  const asked = await stage.open(phone)
  await asked.goto(await linkMailedTo(stage, paul.email!, linkPaths.handover))
  await asked.getByRole('heading', { name: /Prendriez-vous le relais/ }).waitFor()
  await lookAt(asked, 'handover-link')
  expect((await slotById(db, slot.id))?.hostId).toBe(made.hosts[0]!.id)
  await asked.getByRole('button', { name: 'Oui, j’accueille' }).click()
  await asked.getByRole('heading', { name: 'C’est vous qui accueillez' }).waitFor()
  await lookAt(asked, 'handover-accepted')
  await asked.getByRole('link', { name: 'Voir mon créneau' }).click()
  await asked.getByText('Accueil confirmé').waitFor()
  expect((await slotById(db, slot.id))?.hostId).toBe(paul.id)

  await marion.reload()
  await marion.getByText('Si vous avez passé la main').waitFor()
})

it('somebody follows their meetings, and changes the address', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, made.guests[0]!.accountId!)
  await page.goto(`${stage.url}/compte`)
  const field = page.getByLabel('L’adresse de votre agenda')
  const before = await field.inputValue()
  const follow = page.getByRole('link', { name: 'Suivre dans mon agenda' })
  expect(await follow.getAttribute('href')).toBe(before.replace(/^http:/, 'webcal:'))
  await lookAt(page, 'feed')
  await page.getByRole('button', { name: 'Changer d’adresse' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Changer d’adresse' }).click()
  await page.getByText('Votre agenda a une nouvelle adresse').waitFor()
  expect(await field.inputValue()).not.toBe(before)
  expect((await fetch(before)).status).toBe(404)
  expect((await fetch(await field.inputValue())).status).toBe(200)
})
