import { afterAll, beforeAll, expect, it } from 'vitest'
import { activePlacementsOfSlot } from '#server/features/matching/matching.service.ts'
import { slotById } from '#server/features/slots/slots.service.ts'
import { linkPaths } from '#server/links.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { SmallDay } from '../invitations/invitations.factory.ts'
import { makeCoordinator, makePerson } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import { laptop, lookAt, openStage, phone, type Stage, signInto } from '../support/browser.ts'
import { publishedOn } from './published.factory.ts'

// On the morning itself Marion cannot come: two phones held side by side, the site’s board, and the
// guest who is on the way.

let stage: Stage
let made: SmallDay
let slotLink: string
let guestLink: string
let paul: string
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { db, secret } = stage.installation.services
  made = await publishedOn(stage, clock, { guests: ['Léa'], capacity: 2 })
  paul = (await makePerson(db, clock.now(), made.site, { role: 'shop_seller', firstName: 'Paul' }))
    .id
  const slot = made.slots[0]!
  const token = deriveToken(secret, 'slot', slot.id, slot.linkGeneration)
  slotLink = stage.url + linkPaths.slot + token
  const [placement] = await activePlacementsOfSlot(db, slot.id)
  guestLink = stage.url + linkPaths.placement + deriveToken(secret, 'placement', placement!.id, 1)
  // Half past eight: the meeting is at nine.
  clock.set('2027-05-20T06:30:00Z')
})
afterAll(() => stage.close())

/** Where the picture on this phone leads whoever scans it. */
async function scanned(): Promise<string> {
  const { db, secret } = stage.installation.services
  const { id } = await db
    .selectFrom('handovers')
    .select('id')
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow()
  return `${stage.url}${linkPaths.handover}${deriveToken(secret, 'handover', id, 1)}`
}

/** The guest’s calendar entry as a calendar takes it from their page. */
async function calendarOf(link: string): Promise<string> {
  const token = link.split('/').at(-1)!
  const response = await fetch(`${stage.url}/api/placement-links/${token}/meeting.ics`)
  return (await response.text()).replaceAll(/\r?\n[ \t]/g, '')
}

it('passes the relay beside each other, and board, sheet and calendar follow', async () => {
  const { db } = stage.installation.services
  const coordinator = await makeCoordinator(db, clock.now(), {
    ...made.site,
    regionId: made.day.regionId,
  })
  const board = await stage.open(laptop)
  await signInto(stage, board, coordinator)
  await board.goto(`${stage.url}/sites/${made.site.id}/journees/${made.day.id}/arrivees`)
  await board.getByRole('heading', { name: /Marion/ }).waitFor()

  const lea = await stage.open(phone)
  await lea.goto(guestLink)
  await lea.getByRole('link', { name: 'Ma fiche du jour' }).click()
  await lea
    .getByText(/^Marion/)
    .first()
    .waitFor()
  const before = await calendarOf(guestLink)
  expect(before).toContain('Marion')

  const marion = await stage.open(phone)
  await marion.goto(slotLink)
  await lookAt(marion, 'stand-in-host')
  await marion.getByRole('link', { name: 'Accueillir : code et arrivées' }).click()
  await marion.getByText(/^\d{3}\s\d{3}$/).waitFor()
  await marion.getByText('Je passe le relais').click()
  await lookAt(marion, 'stand-in-whom')
  await marion.getByRole('button', { name: /Demander à Paul/ }).click()
  await marion.getByRole('img', { name: /Code à scanner par Paul/ }).waitFor()
  await lookAt(marion, 'stand-in-asked')
  // Who watches sees that it is asked, and who still hosts.
  await board.getByText(/Relais demandé à Paul/).waitFor()
  await lookAt(board, 'stand-in-board-asked')

  const colleague = await stage.open(phone)
  await colleague.goto(await scanned())
  await colleague.getByRole('heading', { name: 'Prendriez-vous le relais ?' }).waitFor()
  await lookAt(colleague, 'stand-in-colleague')
  await colleague.getByRole('button', { name: 'Oui, j’accueille' }).click()
  await colleague.getByRole('heading', { name: 'C’est vous qui accueillez' }).waitFor()
  await lookAt(colleague, 'stand-in-yes')
  await colleague.getByRole('link', { name: 'Voir mon créneau' }).click()
  await lookAt(colleague, 'stand-in-new-host')
  await colleague.getByRole('link', { name: 'Accueillir : code et arrivées' }).click()
  const code = await colleague.getByText(/^\d{3}\s\d{3}$/).innerText()

  // The phone that asked says by itself what became of it.
  await marion.getByText(/un·e collègue a pris le relais/).waitFor()
  await lookAt(marion, 'stand-in-former-host')
  await board.getByRole('heading', { name: /^Paul/ }).waitFor()
  await board.getByText(/A remplacé Marion/).waitFor()
  await lookAt(board, 'stand-in-board')

  await lea.reload()
  await lea.getByText(/^Paul/).first().waitFor()
  expect(await lea.getByText(/^Marion/).count()).toBe(0)
  await lookAt(lea, 'stand-in-guest-sheet')
  const after = await calendarOf(guestLink)
  expect(after).toContain('Paul')
  expect(after).not.toContain('Marion')
  const uid = /^UID:(.+)$/m
  expect(uid.exec(after)?.[1]).toBe(uid.exec(before)?.[1])
  expect(Number(/^SEQUENCE:(\d+)/m.exec(after)?.[1])).toBeGreaterThanOrEqual(
    Number(/^SEQUENCE:(\d+)/m.exec(before)?.[1]),
  )

  // Paul’s code is the one that counts now.
  await lea.getByRole('link', { name: 'Je suis arrivé·e' }).click()
  await lea.getByLabel('Le code que vous montre Paul').fill(code)
  await lea.getByRole('button', { name: 'Je suis là' }).click()
  await lea.getByText('C’est noté, vous êtes là').waitFor()
  await board.getByRole('img', { name: '1 sur place sur 1' }).waitFor()
})

it('closes the slot where nobody is free, once what follows is read', async () => {
  const { db, secret } = stage.installation.services
  const slot = (await slotById(db, made.slots[0]!.id))!
  // Whoever else shows this role there has left.
  const others = [paul, made.hosts[0]!.id].filter((id) => id !== slot.hostId)
  const gone = { left_on: '2027-05-20', email: null, phone: null, account_id: null }
  await db.updateTable('people').set(gone).where('id', 'in', others).execute()
  const token = deriveToken(secret, 'slot', slot.id, slot.linkGeneration)
  const page = await stage.open(phone)
  await page.goto(`${stage.url}${linkPaths.slot}${token}/arrivees`)
  await page.getByText('Je passe le relais').click()
  await page.getByText(/Aucun·e collègue/).waitFor()
  await page.getByRole('button', { name: 'Je ne peux plus accueillir' }).click()
  const dialog = page.getByRole('dialog', { name: 'Fermer ce créneau ?' })
  await dialog.getByText(/Léa est prévenu·e/).waitFor()
  await lookAt(page, 'stand-in-nobody')
  await dialog.getByRole('button', { name: 'Je ferme le créneau' }).click()
  await page.getByText('Ce rendez-vous n’a pas lieu').waitFor()
  await lookAt(page, 'stand-in-closed')
})
