import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as findings from '#server/features/findings/findings.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { laptop, phone } from '../support/browser.ts'
import { type KillableStage, openKillableStage } from '../support/killable.ts'

// The server dies twice in front of a full room: with the wall open, and while people vote.

let test: TestApp
let lived: PublishedDay
let stage: KillableStage
const today = new Date().toISOString().slice(0, 10)
const said = [
  'Trois guichets, trois fois la même histoire.',
  'On attend debout, sans savoir combien de temps.',
]
const titles = ['Raconter trois fois la même histoire', 'Attendre sans savoir']

beforeAll(async () => {
  test = await startTestApp()
  // The browser and the process read the machine’s clock: the day is today.
  test.clock.set(new Date(Date.now() - 60 * 86_400_000).toISOString())
  lived = await publishedDay(test, today)
  const { db } = test
  const { region, day, seller, host, shop } = lived
  const irritant = await db
    .selectFrom('irritants')
    .select('id')
    .where('region_id', '=', region.regionId)
    .executeTakeFirstOrThrow()
  const longAgo = new Date(Date.now() - 3 * 3_600_000)
  const rows = said.map((situation) => ({
    id: randomUUID(),
    region_id: region.regionId,
    day_id: day.id,
    role_id: seller.id,
    irritant_id: irritant.id,
    site_id: shop.id,
    moment: 'get-help' as const,
    frequency: 4,
    severity: 5,
    situation,
    idea: '',
    unmasked: false,
    anonymous: false,
    author_id: host.id,
    observed_at: longAgo,
    secret_hash: null,
    withdrawn: false,
  }))
  await db.insertInto('observations').values(rows).execute()
  const by = { regionId: region.regionId, dayId: day.id, accountId: region.director }
  for (const [n, title] of titles.entries()) {
    const wording = { title, irritantId: irritant.id, note: '' }
    const made = await inTransaction(db, (trx) =>
      findings.groupObservations(trx, by, wording, [rows[n]!.id], longAgo),
    )
    if (isRefusal(made)) throw new Error(made.refused)
  }
  stage = await openKillableStage(test)
})
afterAll(async () => {
  await stage.close()
  await test.close()
})

const next = (page: Page) => page.getByRole('button', { name: /Étape suivante/ }).click()

it('loses neither the wall nor a ballot when the server is killed', async () => {
  const first = await stage.serve()
  const directing = await stage.signedIn(lived.region.director, laptop)
  const desk = await directing.newPage()
  await desk.goto(`${stage.url}/journees/${lived.day.id}/debrief`)
  await desk.getByRole('button', { name: 'Ouvrir la séance' }).click()
  await desk.getByText(said[0]!).waitFor()
  const code = (await desk.locator('figcaption strong').textContent())!
  const screen = await directing.newPage()
  await screen.goto(`${stage.url}/journees/${lived.day.id}/debrief/ecran`)
  const phones: Page[] = []
  for (const { accountId } of lived.guests.slice(0, 3)) {
    const page = await (await stage.signedIn(accountId!, phone)).newPage()
    // As typed from a projector: small letters, and O for 0.
    await page.goto(`${stage.url}/debrief/${code.toLowerCase().replaceAll('0', 'o')}`)
    phones.push(page)
  }
  const room = [screen, ...phones]
  const show = (text: string) =>
    desk
      .locator('li', { hasText: text })
      .getByRole('button', { name: 'Montrer', exact: true })
      .click()
  await show(said[0]!)
  for (const page of room) await page.getByText(said[0]!).waitFor()

  // With the wall open: what was read stays, and nobody reloads anything.
  await first.kill()
  for (const page of room) expect(await page.getByText(said[0]!).isVisible()).toBe(true)
  const second = await stage.serve()
  await show(said[1]!)
  for (const page of room) await page.getByText(said[1]!).waitFor()

  await next(desk)
  for (const page of phones) await page.getByText(titles[1]!).waitFor()
  await next(desk)
  const [one, two, three] = phones as [Page, Page, Page]
  const heart = (page: Page, title: string) =>
    page.getByRole('button', { name: new RegExp(title) }).click()
  await one.getByRole('heading', { name: 'Ce qui nous tient à cœur' }).waitFor()
  await heart(one, titles[0]!)
  await one.getByRole('button', { name: 'Envoyer mon bulletin' }).click()
  await one.getByText('Bulletin reçu').waitFor()
  await screen.getByText('1 bulletin').waitFor()
  await heart(two, titles[1]!)

  // During the vote: pressed in vain, a ballot keeps its hearts and is sent by the next press.
  await second.kill()
  await two.getByRole('button', { name: 'Envoyer mon bulletin' }).click()
  await two.getByText(/Le serveur ne répond pas/).waitFor()
  await stage.serve()
  await two.getByRole('button', { name: 'Envoyer mon bulletin' }).click()
  await two.getByText('Bulletin reçu').waitFor()
  await screen.getByText('2 bulletins').waitFor()
  // A change of mind after it is no second ballot, and who had not voted still can.
  await heart(one, titles[1]!)
  await one.getByRole('button', { name: 'Changer mon bulletin' }).click()
  await heart(three, titles[1]!)
  await three.getByRole('button', { name: 'Envoyer mon bulletin' }).click()
  await screen.getByText('3 bulletins').waitFor()
  await next(desk)
  for (const page of phones) await page.getByText('Rideau').waitFor()
  expect(await test.db.selectFrom('debrief_ballots').select('id').execute()).toHaveLength(3)
})
