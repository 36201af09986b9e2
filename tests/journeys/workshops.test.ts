import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Person } from '#server/features/roster/roster.service.ts'
import { linkPaths } from '#server/links.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { type MadeRegion, makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  linkMailedTo,
  lookAt,
  mailsLeave,
  openStage,
  phone,
  type Stage,
  signInto,
} from '../support/browser.ts'

// A course on the shelf; then an hour of it, from its first date to who came: a director, three people
// and whoever leads it, each on the page their link or their account leads to.

let stage: Stage
let region: MadeRegion
let people: Person[]
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { db } = stage.installation.services
  region = await makeRegion(db, clock.now())
  const site = await makeSite(db, clock.now(), region.regionId, { name: 'Boutique des Halles' })
  const called = ['Alice', 'Bruno', 'Chloé']
  people = await Promise.all(
    called.map((firstName) =>
      makePerson(db, clock.now(), site, { firstName, role: 'shop_seller' }),
    ),
  )
  await makePerson(db, clock.now(), site, { firstName: 'Fanny', lastName: 'Guide' })
  await makePerson(db, clock.now(), site, { firstName: 'Hugo', lastName: 'Passage' })
})
afterAll(() => stage.close())

it('a director takes an hour from the shelf, reads it in Dutch, and prints what a room needs', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(stage.url)
  await page.getByRole('button', { name: 'Faire vivre' }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Ateliers' }).click()
  await page.getByText('Aucun atelier pour l’instant').waitFor()
  const glass = page.getByRole('listitem').filter({ hasText: 'Le verre à moitié plein' }).first()
  await glass.getByRole('link', { name: 'Le guide d’animation' }).waitFor()
  await lookAt(page, 'workshops')
  await glass.getByRole('link', { name: 'Le guide d’animation' }).click()
  await page.getByRole('link', { name: 'Et notre verre à nous' }).click()
  expect(new URL(page.url()).hash).toMatch(/^#etape-\d$/)
  await lookAt(page, 'workshop-guide')

  await page.getByRole('button', { name: 'Nederlands' }).click()
  await page.getByRole('heading', { name: 'Vóór het uur' }).waitFor()
  await page.getByRole('link', { name: 'Page', exact: true }).click()
  await page.getByRole('heading', { name: 'Mijn glas van vandaag' }).waitFor()
  await page.setViewportSize(phone)
  await lookAt(page, 'workshop-page')
  for (const language of ['français', 'English', 'Nederlands']) {
    await page.getByRole('button', { name: language }).click()
    expect(await pagesOnPaper(page), language).toBe(1)
    expect(await keepsItsLastSentence(page), language).toBe(true)
  }

  await page.getByRole('link', { name: 'Exercices', exact: true }).click()
  const sheets = page.getByRole('button', { name: 'Imprimer cette feuille' })
  await sheets.first().waitFor()
  await lookAt(page, 'workshop-exercises')
  expect(await pagesOnPaper(page)).toBe(await sheets.count())
})

const directed = () => `${stage.url}/regions/${region.regionId}/ateliers`

it('a director prepares a workshop with two sessions and proposes it', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(directed())
  await page.getByRole('link', { name: 'Préparer un atelier' }).click()
  await page.getByRole('radio', { name: /Le verre à moitié plein/ }).check()
  await page.getByRole('button', { name: 'Ajouter une séance mardi 16 mars' }).click()
  await page.getByLabel('Lieu').selectOption('Boutique des Halles')
  await page.getByLabel('Salle').fill('salle bleue')
  await page.getByLabel('Places').fill('2')
  await page.getByText('Dites qui anime chaque séance.').waitFor()
  await page.getByLabel('Qui anime').fill('Guide')
  await page.getByRole('button', { name: /^Fanny Guide/ }).click()
  // The next one is like it: a tap on its day is all.
  await page.getByRole('button', { name: 'Ajouter une séance jeudi 18 mars' }).click()
  await page.getByText('4 places pour 3 personnes').waitFor()
  await lookAt(page, 'workshop-new')
  await page.setViewportSize(phone)
  await lookAt(page, 'workshop-new')
  await page.getByRole('button', { name: 'Enregistrer l’atelier' }).click()
  await page.getByRole('heading', { name: 'Prêt à proposer' }).waitFor()
  await lookAt(page, 'workshop-preparing')
  await page.setViewportSize(laptop)
  await lookAt(page, 'workshop-preparing')
  await page.getByRole('button', { name: 'Proposer l’atelier' }).click()
  await page.getByRole('heading', { name: 'Proposer à 3 personnes ?' }).waitFor()
  await page.getByRole('button', { name: 'Proposer', exact: true }).click()
  await page.getByRole('heading', { name: '0 réponse sur 3' }).waitFor()
  await lookAt(page, 'workshop-choosing')
})

/** Somebody’s page, on a phone, by the link of the newest mail to them. */
async function linkedPage(person: Person): Promise<Page> {
  const page = await stage.open(phone)
  await page.goto(await linkMailedTo(stage, person.email!, linkPaths.workshop))
  return page
}

it('people choose on a phone by the link of a mail, in the order they tap', async () => {
  await mailsLeave(stage, clock)
  for (const person of people) {
    const page = await linkedPage(person)
    await page.getByRole('heading', { name: 'Quelle séance vous convient ?' }).waitFor()
    const tuesday = page.getByRole('checkbox', { name: /^mardi 16 mars/ })
    await tuesday.check()
    if (person === people[0]) {
      await page.getByRole('checkbox', { name: /^jeudi 18 mars/ }).check()
      await page.getByRole('checkbox', { name: /mardi 16 mars.*votre 1re préférence/ }).waitFor()
      await lookAt(page, 'workshop-choose')
      await page.getByRole('checkbox', { name: /^jeudi 18 mars/ }).uncheck()
    }
    await page.getByRole('button', { name: 'Valider mon choix' }).click()
    await page.getByRole('heading', { name: 'C’est noté' }).waitFor()
    await lookAt(page, 'workshop-chosen')
  }
  const page = await linkedPage(people[2]!)
  await page.getByRole('button', { name: 'Changer mon choix' }).click()
  await page.getByRole('button', { name: /^Aucune ne me convient/ }).click()
  await page.getByRole('heading', { name: 'Pas cette fois' }).waitFor()
  await lookAt(page, 'workshop-declined')
  await page.getByRole('button', { name: 'Choisir une séance' }).click()
  await page.getByRole('checkbox', { name: /^mardi 16 mars/ }).check()
  await page.getByRole('button', { name: 'Valider mon choix' }).click()
  await page.getByRole('heading', { name: 'C’est noté' }).waitFor()
})

/** Who of the three has a seat and who waits, as their own pages tell them. */
const seated: Person[] = []
const waiting: Person[] = []

it('a director reads who would go where, and gives the seats', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(directed())
  await page.getByRole('link', { name: /^Voir les réponses/ }).click()
  await page.getByRole('heading', { name: '3 réponses sur 3' }).waitFor()
  await page.getByRole('link', { name: 'Répartir les places' }).click()
  await page.getByRole('heading', { name: '1 personne sans place' }).waitFor()
  await lookAt(page, 'workshop-seating')
  await page.setViewportSize(phone)
  await lookAt(page, 'workshop-seating')
  await page.getByRole('button', { name: 'Publier les places' }).click()
  await page.getByRole('heading', { name: 'Donner leur place à 2 personnes ?' }).waitFor()
  await page.getByRole('button', { name: 'Publier', exact: true }).click()
  await page.getByRole('heading', { name: /^Prochaine séance mardi 16 mars/ }).waitFor()
  await lookAt(page, 'workshop-seated')
  await page.setViewportSize(laptop)
  await lookAt(page, 'workshop-seated')
  await page.getByRole('link', { name: 'Voir cette séance' }).click()
  await page.getByRole('heading', { name: 'La liste d’attente' }).waitFor()
  await lookAt(page, 'workshop-session')
  await page.setViewportSize(phone)
  await lookAt(page, 'workshop-session')
  // Nobody is written to by a menu alone.
  await page
    .getByLabel(/^Déplacer /)
    .first()
    .selectOption('none')
  await page.getByRole('heading', { name: /^Retirer la place de/ }).waitFor()
  await page.getByRole('button', { name: 'Annuler', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

it('a seat given up is offered to who waits, who takes it', async () => {
  await mailsLeave(stage, clock)
  for (const person of people) {
    const page = await linkedPage(person)
    await page.getByRole('heading', { level: 1, name: /Votre place|Pas de place/ }).waitFor()
    const has = (await page.getByRole('heading', { name: 'Votre place' }).count()) > 0
    ;(has ? seated : waiting).push(person)
    await lookAt(page, has ? 'workshop-my-seat' : 'workshop-no-seat')
  }
  expect([seated.length, waiting.length]).toEqual([2, 1])

  const leaving = await linkedPage(seated[0]!)
  await leaving.getByRole('button', { name: 'Je ne peux plus venir' }).click()
  await leaving.getByRole('button', { name: 'Rendre ma place' }).click()
  await leaving.getByRole('heading', { level: 1, name: 'C’est noté' }).waitFor()
  await leaving.getByText('Votre place est rendue').waitFor()
  await lookAt(leaving, 'workshop-given-up')
  await mailsLeave(stage, clock)

  const next = await linkedPage(waiting[0]!)
  await next.getByRole('heading', { name: 'Une place s’est libérée pour vous' }).waitFor()
  await lookAt(next, 'workshop-offered')
  await next.getByRole('button', { name: 'Je prends cette place' }).click()
  await next.getByRole('heading', { level: 1, name: 'Votre place' }).waitFor()
})

it('whoever leads shows a code, says who came, and adds somebody who was not expected', async () => {
  const { db, secret } = stage.installation.services
  const session = await db
    .selectFrom('workshop_sessions')
    .select(['id', 'link_generation'])
    .orderBy('starts_at')
    .executeTakeFirstOrThrow()
  const token = deriveToken(secret, 'facilitator', session.id, session.link_generation)
  const leading = await stage.open(phone)
  await leading.goto(stage.url + linkPaths.facilitator + token)
  await leading.getByRole('heading', { name: 'Vous animez cette séance' }).waitFor()
  await lookAt(leading, 'workshop-leading')
  // Without an account, the guide opens all the same, and leads back from any of its pages.
  await leading.getByRole('link', { name: /Le guide d’animation/ }).click()
  await leading.getByRole('heading', { name: 'Le guide d’animation' }).waitFor()
  await leading.getByRole('link', { name: 'Et notre verre à nous' }).click()
  await leading.getByRole('link', { name: 'Exercices', exact: true }).click()
  await leading.getByRole('button', { name: 'Nederlands' }).click()
  await leading.getByRole('link', { name: 'Revenir à votre séance' }).click()
  await leading.getByText('Bonjour Fanny', { exact: true }).waitFor()

  clock.set('2027-03-16T08:30:00Z')
  await leading.reload()
  await leading.getByRole('heading', { name: 'Qui est là ?' }).waitFor()
  const code = await leading.getByText(/^\d{3} \d{3}$/).innerText()
  const room = leading.getByRole('img', { name: 'Code à photographier pour se noter présent·e' })
  await room.waitFor()

  const arriving = await linkedPage(waiting[0]!)
  await arriving.getByLabel('Les six chiffres affichés dans la salle').fill(code)
  await lookAt(arriving, 'workshop-arriving')
  await arriving.getByRole('button', { name: 'Je suis là' }).click()
  await arriving.getByRole('heading', { name: 'Merci d’avoir été là' }).waitFor()
  await lookAt(arriving, 'workshop-came')

  // Whoever scans the picture instead says which of the expected they are.
  const roomToken = deriveToken(secret, 'workshop-room', session.id, session.link_generation)
  const scanned = await stage.open(phone, 'en-GB')
  await scanned.goto(`${stage.url}/presence/${roomToken}`)
  const me = scanned.getByRole('button', { name: /^I am/ })
  await me.first().waitFor()
  expect(await me.allInnerTexts()).toEqual([expect.stringContaining(seated[1]!.firstName)])
  await lookAt(scanned, 'workshop-room')

  // It shows by itself, as they come in.
  await leading.getByText('1 présence').waitFor()
  const other = leading.getByRole('group', { name: new RegExp(`^${seated[1]!.firstName}`) })
  await other.getByRole('button', { name: 'Présent·e' }).click()
  await leading.getByText('2 présences').waitFor()
  await leading.getByText('Quelqu’un est là sans être sur la liste').click()
  await leading.getByLabel('Son nom').fill('Passage')
  await leading.getByRole('button', { name: /^Hugo/ }).click()
  await leading.getByText('3 présences').waitFor()
  await lookAt(leading, 'workshop-leading-today')

  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(directed())
  await page.getByRole('link', { name: /^Voir qui est là/ }).waitFor()
  await lookAt(page, 'workshops-today')
  await page.setViewportSize(phone)
  await lookAt(page, 'workshops-today')
})

it('says where a link cut short leads, and what a workshop called off asks of people', async () => {
  const lost = await stage.open(phone)
  await lost.goto(`${stage.url}/atelier/coupé-en-route`)
  await lost.getByText('Ce lien ne mène nulle part').waitFor()
  await lookAt(lost, 'workshop-link-unknown')

  const page = await stage.open(laptop)
  await signInto(stage, page, region.director)
  await page.goto(directed())
  await page.getByRole('link', { name: /^Voir qui est là/ }).click()
  await page.getByText('Changer ou annuler l’atelier').click()
  await page.getByRole('button', { name: 'Annuler cet atelier' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler l’atelier' }).click()
  await page.getByRole('heading', { name: 'Cet atelier est annulé' }).waitFor()
  await lookAt(page, 'workshop-cancelled')

  const linked = await linkedPage(seated[0]!)
  await linked.getByRole('heading', { level: 1, name: 'Cet atelier est annulé' }).waitFor()
  await lookAt(linked, 'workshop-link-cancelled')
})

/** The page to take away is one sheet; were it cut there, its last sentence would be below the edge. */
async function keepsItsLastSentence(page: Page): Promise<boolean> {
  await page.emulateMedia({ media: 'print' })
  // What an A4 page leaves between margins of 14 mm.
  await page.setViewportSize({ width: 688, height: 1017 })
  const whole = await page.evaluate(() => {
    const paper = document.querySelector('[data-one-page]')!
    return paper.scrollHeight <= paper.clientHeight && paper.clientHeight > 900
  })
  await page.emulateMedia({ media: null })
  await page.setViewportSize(phone)
  return whole
}

async function pagesOnPaper(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}
