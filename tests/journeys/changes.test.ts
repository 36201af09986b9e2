import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as findings from '#server/features/findings/findings.service.ts'
import { withdrawNamed } from '#server/features/observations/observations.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  lookAt,
  openStage,
  phone,
  plansComputed,
  type Stage,
  signInto,
} from '../support/browser.ts'

// The region's page, from the director who opens it to a canteen where nobody signs in.

let stage: Stage
let lived: PublishedDay
const clock = new TestClock()
const title = 'Raconter trois fois la même histoire'
let quotedId: string
const said = 'Marion Dubois, au 05 58 12 34 56, m’a fait tout répéter.'

beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  const { region, day, seller, host, shop } = lived
  const irritant = await db
    .selectFrom('irritants')
    .select('id')
    .where('region_id', '=', region.regionId)
    .executeTakeFirstOrThrow()
  const rows = Array.from({ length: 6 }, (_, n) => ({
    id: randomUUID(),
    region_id: region.regionId,
    day_id: day.id,
    role_id: seller.id,
    irritant_id: irritant.id,
    site_id: shop.id,
    moment: 'get-help' as const,
    frequency: 4,
    severity: 5,
    situation: n === 0 ? said : '',
    idea: '',
    unmasked: n === 0,
    anonymous: false,
    author_id: host.id,
    observed_at: clock.now(),
    secret_hash: null,
    withdrawn: false,
  }))
  await db.insertInto('observations').values(rows).execute()
  const by = { regionId: region.regionId, dayId: day.id, accountId: region.director }
  const ids = rows.map(({ id }) => id)
  quotedId = ids[0]!
  const wording = { title, irritantId: irritant.id, note: '' }
  const made = await inTransaction(db, (trx) =>
    findings.groupObservations(trx, by, wording, ids, clock.now()),
  )
  if (isRefusal(made)) throw new Error(made.refused)
})
afterAll(() => stage.close())

it('quotes a colleague without naming anybody, and opens the page to a canteen until it is closed', async () => {
  const desk = await stage.open(laptop)
  await signInto(stage, desk, lived.region.director)
  await desk.goto(`${stage.url}/journees/${lived.day.id}/ce-qui-a-change`)
  await desk.getByRole('heading', { name: title }).waitFor()
  await desk.getByRole('link', { name: 'Partager et citer' }).click()
  await desk.getByRole('heading', { name: 'Un lien à partager' }).waitFor()
  await lookAt(desk, 'sharing')

  await desk.getByRole('button', { name: /^Choisir des mots/ }).click()
  const offered = desk.getByText('[nom], au [numéro], m’a fait tout répéter.')
  await offered.waitFor()
  expect(await desk.getByText('Dubois').count()).toBe(0)
  await desk.getByRole('button', { name: /^Citer/ }).click()
  const preview = desk.getByRole('dialog')
  await preview.getByText('[nom], au [numéro], m’a fait tout répéter.').waitFor()
  await lookAt(desk, 'sharing-preview')
  await preview.getByRole('button', { name: 'Citer ces mots' }).click()
  await desk.getByRole('button', { name: /^Ne plus citer/ }).waitFor()

  await desk.getByRole('button', { name: 'Créer le lien' }).click()
  const address = await desk.getByLabel('Adresse à partager').inputValue()
  expect(address).toContain(`${stage.url}/ce-qui-a-change/`)
  await lookAt(desk, 'sharing-open')

  const canteen = await stage.open(phone)
  await canteen.clock.install()
  await canteen.goto(address)
  await canteen.getByRole('heading', { name: title }).waitFor()
  await canteen.getByText('[nom], au [numéro], m’a fait tout répéter.').waitFor()
  expect(await canteen.getByText('Partager et citer').count()).toBe(0)
  await lookAt(canteen, 'changes-linked')

  // Its author takes it back: nobody reads it any more.
  await inTransaction(stage.installation.services.db, (trx) =>
    withdrawNamed(trx, lived.day.id, lived.host.id, quotedId),
  )
  // On a screen that nobody reloads.
  await canteen.clock.fastForward('05:01')
  await canteen.getByText('tout répéter').waitFor({ state: 'detached' })
  await canteen.getByRole('heading', { name: title }).waitFor()

  await desk.getByRole('button', { name: 'Ne plus partager' }).click()
  await lookAt(desk, 'sharing-end')
  await desk.getByRole('dialog').getByRole('button', { name: 'Ne plus partager' }).click()
  await desk.getByRole('button', { name: 'Créer le lien' }).waitFor()
  await canteen.clock.fastForward('05:01')
  await canteen.getByRole('heading', { name: 'Cette page n’est plus partagée' }).waitFor()
  await lookAt(canteen, 'changes-ended')
})
