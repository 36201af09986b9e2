import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as actions from '#server/features/actions/actions.service.ts'
import { dayById } from '#server/features/days/days.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { hashToken } from '#server/platform/secrets.ts'
import { observationIdOf } from '#web/features/observations/observations.secret.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  linkMailedTo,
  lookAt,
  openStage,
  phone,
  plansComputed,
  type Stage,
  signInto,
} from '../support/browser.ts'

// What was seen comes back: to its named author by mail, to who holds a code by the code alone.

let stage: Stage
let lived: PublishedDay
const clock = new TestClock()
/** 25 letters kept on paper at a shared workstation. */
const code = '7ZKQ4M9XWT2BVN8RJC5HDPG3F'

beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  const { region, seller, host, shop } = lived
  const day = (await dayById(db, lived.day.id))!
  const irritant = await db
    .selectFrom('irritants')
    .select('id')
    .where('region_id', '=', region.regionId)
    .executeTakeFirstOrThrow()
  const seen = {
    region_id: region.regionId,
    day_id: day.id,
    role_id: seller.id,
    irritant_id: irritant.id,
    moment: 'get-help' as const,
    frequency: 4,
    severity: 5,
    idea: '',
    unmasked: false,
    withdrawn: false,
  }
  const named = { id: randomUUID(), author_id: host.id, observed_at: clock.now() }
  const anonymous = { id: observationIdOf(code), secret_hash: hashToken(code) }
  await db
    .insertInto('observations')
    .values([
      { ...seen, ...named, anonymous: false, site_id: shop.id, situation: 'Trois guichets.' },
      { ...seen, ...anonymous, anonymous: true, site_id: null, situation: 'Tout redire.' },
    ])
    .execute()
  const by = { regionId: region.regionId, dayId: day.id, accountId: region.director }
  const wording = { title: 'Raconter trois fois', irritantId: irritant.id, note: '' }
  const expected = async <T>(work: Parameters<typeof inTransaction<T>>[1]) => {
    const outcome = await inTransaction(db, work)
    if (isRefusal(outcome)) throw new Error(outcome.refused)
    return outcome as Exclude<T, { refused: unknown }>
  }
  const finding = await expected((trx) =>
    findings.groupObservations(trx, by, wording, [named.id, anonymous.id], clock.now()),
  )
  const director = { accountId: region.director, personId: null }
  const plan = {
    title: 'Ouvrir un seul dossier',
    findingIds: [finding.id],
    ownerId: null,
    dueOn: null,
  }
  const id = await expected((trx) => actions.createAction(trx, day, plan, director, clock.now()))
  const answer = { version: 1, status: 'under-way' as const, words: '' }
  await expected((trx) =>
    actions.answerAction(trx, { dayId: day.id, id }, answer, director, clock.now()),
  )
})
afterAll(() => stage.close())

it('tells the named author by mail, and step by step on their page', async () => {
  clock.set('2027-05-21T08:00:00Z')
  await addJob(stage.installation.services.db, 'tell-observers', {})
  const link = await linkMailedTo(stage, lived.host.email!, '/journees/')
  const page = await stage.open(phone)
  await signInto(stage, page, lived.host.accountId!)
  await page.goto(link)
  await page.getByText('Réuni avec d’autres dans « Raconter trois fois »').waitFor()
  await page.getByText('Ouvrir un seul dossier').waitFor()
  await lookAt(page, 'observations-became')
})

it('tells whoever types the code from the paper, who is nobody to us', async () => {
  const page = await stage.open(phone)
  await page.goto(`${stage.url}/mes-observations`)
  await page.getByRole('textbox').fill(code)
  await page.getByRole('textbox').press('Enter')
  await page.getByText('Décidé :').waitFor()
  await page.getByText('Ouvrir un seul dossier').waitFor()
  await lookAt(page, 'observations-became-anonymous')
  const cookies = await page.context().cookies()
  expect(cookies.filter(({ name }) => name === 'session')).toEqual([])
})
