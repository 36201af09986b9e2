import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as findings from '#server/features/findings/findings.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { unseal } from '#server/platform/secrets.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  keptOnDevice,
  laptop,
  lookAt,
  openStage,
  phone,
  plansComputed,
  type Stage,
  signInto,
} from '../support/browser.ts'

// One director alone in front of a room: a laptop, a projector and five phones at once.

let stage: Stage
let lived: PublishedDay
/** Texts of the observations that wait for the wall. */
const said = [
  'Trois guichets, trois fois la même histoire.',
  'On attend debout, sans savoir combien de temps.',
  'La facture compte deux fois le même mois.',
]
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  await observed()
  clock.advance({ minutes: 90 })
})
afterAll(() => stage.close())

/** What people wrote that morning, and two findings made of some of it. */
async function observed() {
  const { db } = stage.installation.services
  const { region, day, seller, host } = lived
  const irritant = await db
    .selectFrom('irritants')
    .select('id')
    .where('region_id', '=', region.regionId)
    .executeTakeFirstOrThrow()
  const row = (situation: string) => ({
    id: randomUUID(),
    region_id: region.regionId,
    day_id: day.id,
    role_id: seller.id,
    irritant_id: irritant.id,
    site_id: lived.shop.id,
    moment: 'get-help' as const,
    frequency: 4,
    severity: 5,
    situation,
    idea: '',
    anonymous: false,
    author_id: host.id,
    observed_at: clock.now(),
    secret_hash: null,
    unmasked: false,
    withdrawn: false,
  })
  await db
    .insertInto('observations')
    .values(said.map((situation) => row(situation)))
    .execute()
  const by = { regionId: region.regionId, dayId: day.id, accountId: region.director }
  for (const title of [
    'Raconter trois fois la même histoire',
    'Attendre sans savoir',
    'Payer deux fois',
  ]) {
    const seen = row('')
    await db.insertInto('observations').values(seen).execute()
    const wording = { title, irritantId: irritant.id, note: '' }
    const made = await inTransaction(db, (trx) =>
      findings.groupObservations(trx, by, wording, [seen.id], clock.now()),
    )
    if (isRefusal(made)) throw new Error(made.refused)
  }
}

const next = (page: Page) => page.getByRole('button', { name: /Étape suivante/ }).click()
const titled = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

it('lets a director run a session alone, a projector and phones following', async () => {
  const desk = await stage.open(laptop)
  await signInto(stage, desk, lived.region.director)
  await desk.goto(`${stage.url}/journees/${lived.day.id}/debrief`)
  await lookAt(desk, 'debrief-opening')
  await desk.getByRole('button', { name: 'Ouvrir la séance' }).click()
  await desk.getByText(said[0]!).waitFor()
  await lookAt(desk, 'debrief-desk')
  const code = (await desk.locator('figcaption strong').textContent())!
  expect(code).toMatch(/^[0-9A-Z]{6}$/)

  const screen = await desk.context().newPage()
  await screen.goto(`${stage.url}/journees/${lived.day.id}/debrief/ecran`)
  await screen.getByText('Les premières cartes arrivent').waitFor()
  const phones: Page[] = []
  for (const guest of lived.guests) {
    const page = await stage.open(phone)
    await signInto(stage, page, guest.accountId!)
    phones.push(page)
  }
  await phones[0]!.goto(`${stage.url}/debrief`)
  await lookAt(phones[0]!, 'debrief-code')
  await phones[0]!
    .getByLabel('Code de la salle')
    .fill(`${code.slice(0, 3)} ${code.slice(3)}`.toLowerCase())
  await phones[0]!.getByRole('button', { name: 'Entrer' }).click()
  for (const page of phones.slice(1)) await page.goto(`${stage.url}/debrief/${code}`)
  for (const page of phones) await page.getByText('Les premières cartes arrivent').waitFor()

  // One card shown: everywhere at once, without anybody reloading.
  await desk.getByRole('button', { name: 'Montrer', exact: true }).first().click()
  await desk.getByText('Au mur (1)').waitFor()
  for (const page of [screen, ...phones])
    await page.locator('li', { hasText: /\w\./ }).first().waitFor()
  await desk.getByRole('button', { name: /Montrer ensemble 2 cartes/ }).click()
  for (const page of [screen, ...phones]) {
    for (const text of said) await page.getByText(text).waitFor()
    expect(await page.getByText('Marion').count()).toBe(0)
  }
  await lookAt(screen, 'debrief-screen-read')
  await lookAt(phones[0]!, 'debrief-phone-read')
  await desk.getByText('Au mur (3)').click()
  await desk.locator('li', { hasText: said[2]! }).getByRole('button', { name: 'Masquer' }).click()
  await screen.getByText(said[2]!).waitFor({ state: 'detached' })

  await next(screen)
  for (const page of phones) await page.getByText('Attendre sans savoir').waitFor()
  await lookAt(screen, 'debrief-screen-group')
  await next(screen)
  for (const page of phones) await titled(page, 'Ce qui nous tient à cœur')
  await screen.getByText('0 bulletin').waitFor()
  for (const [n, page] of phones.entries()) {
    await page.getByRole('button', { name: /Attendre sans savoir/ }).click()
    if (n < 3) await page.getByRole('button', { name: /Payer deux fois/ }).click()
    if (n === 0) await lookAt(page, 'debrief-phone-vote')
    const [request] = await Promise.all([
      page.waitForRequest('**/ballots/*'),
      page.getByRole('button', { name: 'Envoyer mon bulletin' }).click(),
    ])
    expect((await request.allHeaders()).cookie).toBeUndefined()
    await page.getByText('Bulletin reçu').waitFor()
  }
  await screen.getByText('5 bulletins').waitFor()
  // Beside an account, what was signed would name its ballot to whoever has the key.
  const { db, secret } = stage.installation.services
  const records = await db.selectFrom('idempotency_records').select('body').execute()
  const kept = records.map(({ body }) => unseal(secret, 'idempotency', body ?? '') ?? '')
  expect(kept.some((answer) => answer.includes(lived.day.name))).toBe(true)
  expect(kept.filter((answer) => answer.includes('signed'))).toEqual([])
  // A change of mind is no second ballot.
  await phones[0]!.reload()
  await phones[0]!.getByText('Bulletin reçu').waitFor()
  await phones[0]!.getByRole('button', { name: /Raconter trois fois/ }).click()
  await phones[0]!.getByRole('button', { name: 'Changer mon bulletin' }).click()
  await phones[0]!.getByText('Bulletin reçu').waitFor()
  await screen.getByText('5 bulletins').waitFor()
  // A phone that is lent: her ballot is her own, and his is neither shown nor replaced.
  const lent = phones[4]!
  await signInto(stage, lent, lived.host.accountId!)
  await lent.reload()
  await lent.getByRole('button', { name: /Attendre sans savoir/ }).click()
  await lent.getByRole('button', { name: 'Envoyer mon bulletin' }).click()
  await lent.getByText('Bulletin reçu').waitFor()
  await screen.getByText('6 bulletins').waitFor()
  await signInto(stage, lent, lived.guests[4]!.accountId!)
  await lent.reload()
  await lent.getByText('Bulletin reçu').waitFor()
  expect(await keptOnDevice(lent, 'ballots')).toHaveLength(2)
  await lookAt(screen, 'debrief-screen-vote')
  await lookAt(desk, 'debrief-desk-vote')

  await next(desk)
  for (const page of phones) await page.getByText('Rideau').waitFor()
  await lookAt(screen, 'debrief-screen-count')
  await next(desk)
  for (const page of [screen, ...phones]) await page.getByText('6 personnes ont voté').waitFor()
  const order = await screen.locator('ol li:has(strong)').allTextContents()
  expect(order.map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
    expect.stringMatching(/^Attendre sans savoir ?6/),
    expect.stringMatching(/^Payer deux fois ?3/),
    expect.stringMatching(/^Raconter trois fois la même histoire ?1/),
  ])
  // Counted: how each voted is on no device any more.
  for (const page of phones) expect(await keptOnDevice(page, 'ballots')).toEqual([])
  await lookAt(screen, 'debrief-screen-decide')
  await lookAt(phones[1]!, 'debrief-phone-decide')
  await next(desk)
  for (const page of phones) await titled(page, 'Merci !')
})
