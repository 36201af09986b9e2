import { afterAll, beforeAll, expect, it } from 'vitest'
import { activePlacementsOfSlot } from '#server/features/matching/matching.service.ts'
import type { Person } from '#server/features/roster/roster.service.ts'
import { linkPaths } from '#server/links.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { SmallDay } from '../invitations/invitations.factory.ts'
import { makeCoordinator, makePerson } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import { laptop, lookAt, openStage, phone, type Stage, signInto } from '../support/browser.ts'
import { publishedOn } from './published.factory.ts'

let stage: Stage
let made: SmallDay
let coordinator: string
const links = new Map<string, string>()
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db, secret } = services
  made = await publishedOn(stage, clock, { guests: ['Léa', 'Tom', 'Inès'], capacity: 3 })
  await makePerson(db, clock.now(), made.site, { role: 'shop_seller', firstName: 'Paul' })
  coordinator = await makeCoordinator(db, clock.now(), {
    ...made.site,
    regionId: made.day.regionId,
  })
  const [slot] = made.slots
  const token = deriveToken(secret, 'slot', slot!.id, slot!.linkGeneration)
  links.set('Marion', stage.url + linkPaths.slot + token)
  for (const { id, personId } of await activePlacementsOfSlot(db, slot!.id)) {
    const { firstName } = made.guests.find((one: Person) => one.id === personId)!
    links.set(firstName, stage.url + linkPaths.placement + deriveToken(secret, 'placement', id, 1))
  }
  // A quarter to nine on the day: the meeting is at nine.
  clock.set('2027-05-20T06:45:00Z')
})
afterAll(() => stage.close())

it('guests arrive by code and by picture, and everybody who watches sees it at once', async () => {
  const marion = await stage.open(phone)
  await marion.goto(links.get('Marion')!)
  await marion.getByRole('link', { name: 'Accueillir : code et arrivées' }).click()
  const code = await marion.getByText(/^\d{3}\s\d{3}$/).innerText()
  await lookAt(marion, 'arrivals-host')

  const watching = await stage.open(laptop)
  await signInto(stage, watching, coordinator)
  await watching.goto(stage.url)
  await watching.getByRole('link', { name: 'Voir les arrivées' }).first().click()
  await watching.getByRole('heading', { name: /Marion/ }).waitFor()
  await lookAt(watching, 'arrivals-site-before')

  const lea = await stage.open(phone)
  await lea.goto(links.get('Léa')!)
  await lea.getByRole('link', { name: 'Je suis arrivé·e' }).click()
  await lea.getByLabel(/Le code que vous montre Marion/).fill('000 000')
  await lea.getByRole('button', { name: 'Je suis là' }).click()
  await lea.getByText(/Ce n’est pas le code de votre rendez-vous/).waitFor()
  await lookAt(lea, 'arrival-wrong-code')
  await lea.getByLabel(/Le code que vous montre Marion/).fill(code)
  await lea.getByRole('button', { name: 'Je suis là' }).click()
  await lea.getByText('C’est noté, vous êtes là').waitFor()
  await lookAt(lea, 'arrival-here')

  // Nobody reloads.
  await marion.getByText('avec le code, à 8 h 45').waitFor()
  await watching.getByRole('img', { name: '1 sur place sur 3' }).waitFor()

  const { secret } = stage.installation.services
  const [slot] = made.slots
  const picture = deriveToken(secret, 'arrival', slot!.id, slot!.linkGeneration)
  const tom = await stage.open(phone)
  await tom.goto(`${stage.url}/arrivee/${picture}`)
  await tom.getByRole('heading', { name: 'Qui êtes-vous ?' }).waitFor()
  await lookAt(tom, 'arrival-scanned')
  await tom.getByRole('button', { name: /^Tom .*c’est moi/ }).click()
  await tom.getByText(/Bienvenue, Tom/).waitFor()
  await watching.getByRole('img', { name: '2 sur place sur 3' }).waitFor()

  // Two who saw different things: the later word stands, beside the former.
  const toms = watching.getByRole('group', { name: /^Tom/ })
  await toms.getByRole('button', { name: 'En partie' }).click()
  await marion.getByText(/dit par le site à 8\sh\s45 · avant, avec le code\s: là/).waitFor()
  await lookAt(watching, 'arrivals-site')
})

it('a host who does not come is missed, and a colleague on the spot stands in', async () => {
  clock.set('2027-05-20T07:20:00Z')
  const ines = await stage.open(phone)
  await ines.goto(`${links.get('Inès')!}/arrivee`)
  await ines.getByText('Marion n’est pas là ?').click()
  await lookAt(ines, 'arrival-no-host')
  await ines.getByRole('button', { name: 'Je suis là, sans hôte' }).click()
  await ines.getByText(/Signalé à 9\sh\s20/).waitFor()
  await lookAt(ines, 'arrival-no-host-told')

  const director = await stage.open(laptop)
  await signInto(stage, director, made.directorAccount)
  await director.goto(`${stage.url}/journees/${made.day.id}`)
  await director.getByText('personne sans hôte', { exact: true }).waitFor()
  await lookAt(director, 'arrivals-home')
  await director.getByRole('link', { name: 'Voir les arrivées' }).click()
  await director.getByText('un hôte manque').waitFor()
  await lookAt(director, 'arrivals-board')
  await director.setViewportSize(phone)
  await lookAt(director, 'arrivals-board')

  const watching = await stage.open(phone)
  await signInto(stage, watching, coordinator)
  await watching.goto(`${stage.url}/sites/${made.site.id}/journees/${made.day.id}/arrivees`)
  await watching.getByText('dit par l’invité·e à 9 h 20').first().waitFor()
  await lookAt(watching, 'arrivals-site-missed')
  await watching.getByRole('button', { name: /^Remplacer Marion/ }).click()
  await watching.getByRole('button', { name: /^Paul .* est là et dit oui/ }).waitFor()
  await lookAt(watching, 'arrivals-stand-in')
  await watching.getByRole('button', { name: /^Paul .* est là et dit oui/ }).click()
  await watching.getByRole('heading', { name: /^Paul/ }).waitFor()
  await watching.getByText(/A remplacé Marion/).waitFor()
  await director.getByText('un hôte manque').waitFor({ state: 'detached' })
  await ines.reload()
  await ines.getByText('C’est noté, vous êtes là').waitFor()

  const marion = await stage.open(phone)
  await marion.goto(`${links.get('Marion')!}/arrivees`)
  await marion.getByText(/un·e collègue a pris le relais/).waitFor()
  await lookAt(marion, 'arrivals-former-host')
  expect(await marion.getByText(/^\d{3}\s\d{3}$/).count()).toBe(0)
})
