import { afterAll, beforeAll, expect, it } from 'vitest'
import * as days from '#server/features/days/days.service.ts'
import type { Person, Site } from '#server/features/roster/roster.service.ts'
import { linkPaths } from '#server/links.ts'
import { systemClock } from '#server/platform/clock.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { DayDetails } from '#shared/days/days.contract.ts'
import type { StandardRole } from '#shared/roster/roster.vocabulary.ts'
import { makeDay } from '../days/days.factory.ts'
import {
  type MadeRegion,
  makePerson,
  makeRegion,
  makeSite,
  roleByCode,
} from '../roster/roster.factory.ts'
import { makeSignup } from '../signup/signup.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import {
  laptop,
  linkMailedTo,
  lookAt,
  openStage,
  phone,
  type Stage,
  signInByLink,
} from '../support/browser.ts'

let stage: Stage
let region: MadeRegion
let day: DayDetails
let guest: Person
const services = () => stage.installation.services
const now = () => services().clock.now()

/** Three towns, a handful of hosts, more people than places for the popular job. */
beforeAll(async () => {
  stage = await openStage(systemClock)
  const { db } = services()
  region = await makeRegion(db, now(), { name: 'Nouvelle-Aquitaine' })
  const soon = new Date(now().getTime() + 60 * 86_400_000).toISOString().slice(0, 10)
  day = await makeDay(db, now(), region.regionId, { open: true, date: soon })
  const site = (
    name: string,
    town: string,
    latitude: number,
    longitude: number,
    kind = 'boutique',
  ) =>
    makeSite(db, now(), region.regionId, {
      name,
      town,
      latitude,
      longitude,
      kind: kind as Site['kind'],
    })
  const dax = await site('Boutique Dax', 'Dax', 43.71, -1.05)
  const pau = await site('Boutique Pau', 'Pau', 43.3, -0.37)
  const bordeaux = await site('Plateau Bordeaux Lac', 'Bordeaux', 44.88, -0.56, 'plateau')
  const limoges = await site('Base de Limoges', 'Limoges', 45.83, 1.26, 'intervention')
  const offers: [Site, StandardRole, string][] = [
    [dax, 'shop_seller', 'Marion'],
    [pau, 'shop_seller', 'Idriss'],
    [bordeaux, 'callback_operator', 'Lou'],
    [bordeaux, 'support_operator', 'Noé'],
    [limoges, 'field_technician', 'Sacha'],
  ]
  for (const [where, role, firstName] of offers) {
    const host = await makePerson(db, now(), where, { role, firstName })
    const roleId = (await roleByCode(db, region.regionId, role)).id
    const hosting = { personId: host.id, siteId: where.id, roleId }
    await makeSlot(services(), now(), day, hosting, { capacity: 2 })
  }
  const seller = (await roleByCode(db, region.regionId, 'shop_seller')).id
  for (let i = 0; i < 7; i++) {
    const one = await makePerson(db, now(), dax)
    const wishes = [{ roleId: seller, place: 'town' as const }, { roleId: seller }]
    await makeSignup(db, now(), day, one, i < 6 ? wishes : [{ place: 'site', siteId: dax.id }])
  }
  guest = await makePerson(db, now(), dax, { firstName: 'Claude' })
})
afterAll(() => stage.close())

it('takes a guest from five cards to a dealt one, and the director through the studio', async () => {
  const page = await stage.open(phone)
  page.setDefaultTimeout(10_000)
  await signInByLink(stage, page, guest.accountId!)
  await page.goto(`${stage.url}/journees/${day.id}/voeux`)
  await page.getByRole('heading', { name: 'Quel métier voulez-vous découvrir' }).waitFor()
  await lookAt(page, 'signup-cards')

  const pick = async (role: string) => {
    await page.getByRole('button', { name: role }).first().click()
    return page.getByRole('dialog')
  }
  const seller = await pick('Vendeur·se en boutique')
  await seller.getByRole('radio', { name: 'Un site précis' }).check()
  await seller.getByRole('radio', { name: /Boutique Dax/ }).check()
  await lookAt(page, 'signup-wish')
  await seller.getByRole('button', { name: 'Je le veux' }).click()
  const callback = await pick('Opérateur·rice de rappel')
  await callback.getByRole('radio', { name: /^Matin/ }).check()
  await callback.getByRole('button', { name: 'Je le veux' }).click()
  await page.getByRole('button', { name: /^Avancer.*rappel/ }).click()
  await lookAt(page, 'signup-hand')

  // What is in the hand outlives a reload.
  await page.reload()
  await page.getByRole('button', { name: 'Valider mes vœux' }).click()
  await page.getByText('Vos vœux sont enregistrés').waitFor()
  await lookAt(page, 'signup-done')
  const wishes = await page.getByRole('listitem').filter({ hasText: 'rappel' }).count()
  expect(wishes).toBeGreaterThan(0)
  await page.setViewportSize(laptop)
  await page.getByRole('button', { name: 'Changer mes vœux' }).click()
  await lookAt(page, 'signup-hand')
  await page.setViewportSize(phone)
  await page.goto(await linkMailedTo(stage, guest.email!, linkPaths['opt-out']))
  await page.getByRole('button', { name: 'Ne plus recevoir de mail' }).click()
  await page.getByText('Vous ne recevrez plus de mail').waitFor()
  await lookAt(page, 'opt-out')
  await page.getByRole('button', { name: 'Les recevoir de nouveau' }).click()
  await page.getByRole('button', { name: 'Ne plus recevoir de mail' }).waitFor()

  await page.goto(`${stage.url}/journees/${day.id}/ma-carte`)
  await page.getByText('Votre carte n’est pas encore tirée').waitFor()
  await lookAt(page, 'card-waiting')

  const { db } = services()
  await inTransaction(db, (trx) => days.closeSignUp(trx, day.id, region.director, now()))
  const desk = await stage.open(laptop)
  desk.setDefaultTimeout(10_000)
  await signInByLink(stage, desk, region.director)
  await desk.goto(`${stage.url}/journees/${day.id}/affectations`)
  await desk.getByText('Aucun plan pour l’instant').waitFor()
  await lookAt(desk, 'studio-empty')
  await desk.getByRole('button', { name: 'Calculer un plan' }).click()
  await desk.getByRole('heading', { name: 'Qui est où' }).waitFor()
  await lookAt(desk, 'studio')

  await desk.getByLabel('Montrer').selectOption({ label: 'Sans place' })
  await desk.getByRole('table', { name: '3 personnes' }).waitFor()
  // At the foot of the page no button stands half under the bar at its top.
  await desk.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await desk
    .getByRole('button', { name: /^Autres choix/ })
    .first()
    .click()
  await desk.getByRole('menuitem', { name: 'Placer à la main…' }).click()
  await desk.getByRole('dialog').getByText('Placer ici').first().waitFor()
  await lookAt(desk, 'studio-seats')
  await desk.getByRole('dialog').getByRole('button', { name: 'Placer ici' }).first().click()

  // The draft with this choice comes by itself, says what it changed, and can be taken back.
  await desk.getByText('Par rapport à « Plan 1 »').waitFor()
  await desk.getByRole('heading', { name: 'Vos choix à la main' }).waitFor()
  await lookAt(desk, 'studio-again')
  await desk.setViewportSize(phone)
  await lookAt(desk, 'studio-again')
  await desk.setViewportSize(laptop)
  await desk.getByRole('button', { name: /^Annuler : placer/ }).click()
  await desk.getByText('Par rapport à « Essai 2 »').waitFor()
  await desk.getByRole('heading', { name: 'Vos choix à la main' }).waitFor({ state: 'detached' })

  // Drafts are named, compared and thrown away.
  await desk
    .getByRole('button', { name: /^Renommer/ })
    .first()
    .click()
  await desk.getByLabel('Nom du brouillon').fill('Sans rien forcer')
  await desk.keyboard.press('Enter')
  await desk.getByRole('heading', { name: 'Sans rien forcer' }).waitFor()
  await desk.getByRole('checkbox', { name: 'Comparer Plan 1' }).check()
  await desk.getByRole('checkbox', { name: 'Comparer Sans rien forcer' }).check()
  await desk.getByText('De « Plan 1 » à « Sans rien forcer »').waitFor()
  await lookAt(desk, 'studio-compare')
  await desk.getByRole('button', { name: 'Jeter Plan 1' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Jeter' }).click()
  await desk.getByRole('heading', { name: 'Plan 1', exact: true }).waitFor({ state: 'detached' })

  await desk.getByRole('link', { name: 'Publier', exact: true }).click()
  await desk.getByRole('heading', { level: 1, name: /Publier/ }).waitFor()
  await lookAt(desk, 'publication')
  await desk.getByRole('button', { name: /^Publier et envoyer/ }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Publier', exact: true }).click()
  await desk.waitForURL(/envois/)
  await desk.goto(`${stage.url}/journees/${day.id}/affectations`)
  await desk.getByText('Ce plan est publié').waitFor()
  await desk.getByRole('button', { name: 'English' }).click()
  await desk.getByText('This plan is published').waitFor()
  await lookAt(desk, 'studio-english')

  await page.reload()
  await page.getByText('Lou vous attend').waitFor()
  await page.getByText('Pourquoi cette carte').click()
  await page.getByText(/premier vœu/).waitFor()
  // The card takes its time to turn.
  await page.locator('article:not([inert])').waitFor()
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => one.playState !== 'running'),
  )
  await lookAt(page, 'card-dealt')
  await page.getByRole('button', { name: 'J’y serai' }).click()
  await page.getByText('Vous y serez, c’est noté').waitFor()
})
