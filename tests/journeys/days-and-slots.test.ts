import { afterAll, beforeAll, it } from 'vitest'
import { systemClock } from '#server/platform/clock.ts'
import { makeCoordinator, makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
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
let regionId: string
let director: string
let coordinator: string
let volunteer: string
let dax: Awaited<ReturnType<typeof makeSite>>
const clock = systemClock

beforeAll(async () => {
  stage = await openStage(systemClock)
  const db = stage.installation.services.db
  const now = clock.now()
  ;({ regionId, director } = await makeRegion(db, now, { name: 'Nouvelle-Aquitaine' }))
  dax = await makeSite(db, now, regionId, { name: 'Boutique Dax' })
  const bordeaux = await makeSite(db, now, regionId, {
    code: 'PLA-33-001',
    kind: 'plateau',
    name: 'Plateau Bordeaux',
    town: 'Bordeaux',
    latitude: 44.84,
    longitude: -0.58,
  })
  coordinator = await makeCoordinator(db, now, dax)
  const at = { role: 'shop_seller' as const }
  await makePerson(db, now, dax, { ...at, firstName: 'Marion', email: 'marion@region.example' })
  await makePerson(db, now, dax, { ...at, firstName: 'Ahmed', lastName: 'Benali', email: null })
  await makePerson(db, now, bordeaux, { role: 'support_operator', firstName: 'Léa' })
  const own = await makePerson(db, now, bordeaux, { role: 'callback_operator', firstName: 'Inès' })
  volunteer = own.accountId!
  for (let count = 0; count < 4; count++) await makePerson(db, now, bordeaux)
})
afterAll(() => stage.close())

it('takes a day from its creation to open sign-up, with a host and a coordinator', async () => {
  const boss = await stage.open(laptop)
  await signInByLink(stage, boss, director)
  await boss.goto(`${stage.url}/regions/${regionId}/journees`)
  await lookAt(boss, 'days-none')
  await boss.getByRole('link', { name: 'Nouvelle journée' }).click()
  await boss.getByLabel('Nom de la journée').waitFor()
  await lookAt(boss, 'day-new')
  await boss.getByLabel('Combien d’invité·es attendez-vous').fill('6')
  await boss.getByRole('button', { name: 'Créer la journée' }).click()
  await boss.getByRole('heading', { name: 'Proposer des créneaux' }).waitFor()
  await lookAt(boss, 'day-prepare')
  const dayUrl = boss.url()
  const dayId = dayUrl.split('/').at(-1)!

  await boss.getByRole('link', { name: 'Choisir les hôtes' }).click()
  await boss.getByRole('button', { name: 'Voir qui serait sollicité' }).waitFor()
  await lookAt(boss, 'propose')
  await boss.getByRole('button', { name: 'Voir qui serait sollicité' }).click()
  await boss.getByRole('dialog').getByText('Solliciter 4 hôtes').waitFor()
  await lookAt(boss, 'propose-preview')
  await boss.getByRole('button', { name: 'Proposer et envoyer 3 messages' }).click()
  await boss.getByRole('heading', { name: 'Les hôtes ont la parole' }).waitFor()
  await lookAt(boss, 'day-waiting')
  await boss.goto(`${dayUrl}/couverture`)
  await boss.getByText('Boutique Dax').first().waitFor()
  await lookAt(boss, 'coverage')
  await boss.setViewportSize(phone)
  await lookAt(boss, 'coverage')
  await boss.setViewportSize(laptop)
  await boss.goto(`${dayUrl}/reglages`)
  await boss.getByRole('button', { name: 'Enregistrer' }).waitFor()
  await lookAt(boss, 'day-settings')

  const host = await stage.open(phone)
  await host.goto(await linkMailedTo(stage, 'marion@region.example', '/creneau/'))
  await host.getByRole('heading', { name: /Accueilleriez-vous/ }).waitFor()
  await lookAt(host, 'host-asked')
  await host.getByRole('button', { name: 'Oui, mais…' }).click()
  await host.getByLabel('Combien de personnes').fill('2')
  await host.getByLabel('Sans écoute d’appels').check()
  await lookAt(host, 'host-but')
  await host.getByRole('button', { name: 'Oui, comme ceci' }).click()
  await host.getByText('En attente de votre site').waitFor()
  await lookAt(host, 'host-accepted')
  await host.getByRole('button', { name: 'Mettre en pause' }).click()
  await host.getByRole('button', { name: 'Reprendre' }).click()
  await host.getByText('En attente de votre site').waitFor()

  const seller = await stage.open(phone)
  await signInByLink(stage, seller, volunteer)
  await seller.goto(`${stage.url}/journees/${dayId}/mes-creneaux`)
  await seller.getByRole('button', { name: 'Offrir un autre créneau' }).click()
  await lookAt(seller, 'my-slots-offer')
  await seller.getByRole('radio', { name: 'Après-midi' }).check()
  await seller.getByRole('button', { name: 'Offrir ce créneau' }).click()
  await seller.getByRole('link', { name: 'Ouvrir (accepté)' }).waitFor()
  await lookAt(seller, 'my-slots')

  const manager = await stage.open(laptop)
  await signInByLink(stage, manager, coordinator)
  await manager.goto(`${stage.url}/sites/${dax.id}/journees/${dayId}`)
  await manager.getByRole('button', { name: /Libérer Marion/ }).click()
  await manager.getByText('libéré·e', { exact: true }).waitFor()
  await manager.getByLabel('En même temps, au plus').fill('3')
  await manager.getByLabel('Matin').fill('2')
  await manager.getByLabel('Après-midi').fill('2')
  await manager.getByLabel('Journée').fill('1')
  await manager.getByRole('button', { name: 'Enregistrer les limites' }).click()
  await manager.getByText('2/').or(manager.getByLabel('2 places pour 2 au plus')).first().waitFor()
  await lookAt(manager, 'site-offers')
  await manager.setViewportSize(phone)
  await lookAt(manager, 'site-offers')
  await manager.getByRole('link', { name: 'Imprimer les cartes' }).click()
  await manager.getByText('Ahmed Benali').waitFor()
  await lookAt(manager, 'cards')

  const card = await stage.open(phone)
  await card.goto(`${stage.url}/carte`)
  await lookAt(card, 'card-code')
  await card.getByLabel('Code à huit caractères').fill('00000000')
  await card.getByRole('button', { name: 'Ouvrir' }).click()
  await card.getByText('ne correspond à aucune carte').waitFor()
  const printed = /[0-9A-Z]{4}\s[0-9A-Z]{4}/.exec(await manager.locator('main').innerText())
  await card.getByLabel('Code à huit caractères').fill(printed![0])
  await card.getByRole('button', { name: 'Ouvrir' }).click()
  await card.getByText('Bonjour Ahmed').waitFor()
  await card.getByRole('button', { name: 'Pas cette fois' }).click()
  await card.getByRole('heading', { name: /Pas cette fois/ }).waitFor()
  await lookAt(card, 'host-declined')

  await boss.goto(dayUrl)
  await boss.getByRole('button', { name: 'Relire et ouvrir' }).click()
  await boss.getByText('personnes recevront ce message').waitFor()
  await lookAt(boss, 'sign-up-preview')
  await boss.getByRole('button', { name: /Ouvrir et envoyer/ }).click()
  await boss.getByRole('heading', { name: 'Les vœux arrivent' }).waitFor()
  await lookAt(boss, 'day-open')
  await boss.setViewportSize(phone)
  await lookAt(boss, 'day-open')
}, 180_000)
