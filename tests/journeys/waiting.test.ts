import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { guestCancels } from '#server/use-cases/guest-cancels.ts'
import { hostDeclines } from '#server/use-cases/host-declines.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { TestClock } from '../support/app.ts'
import { laptop, lookAt, openStage, phone, type Stage, signInto } from '../support/browser.ts'
import {
  makeReadyDay,
  offered,
  offerToken,
  pendingOffer,
  seating,
  type WaitingDay,
} from '../waiting/waiting.factory.ts'
import { benchOn, publishOn } from './published.factory.ts'

let stage: Stage
let made: WaitingDay
const clock = new TestClock()
beforeAll(async () => {
  clock.set('2027-04-27T11:00:00+02:00')
  stage = await openStage(clock)
  const ready = await makeReadyDay(
    benchOn(stage, clock),
    { Marion: { period: 'morning' }, Paul: { period: 'afternoon' }, Hugo: { period: 'whole-day' } },
    {
      Léa: ['morning', 'afternoon'],
      Karim: ['whole-day'],
      Inès: ['whole-day'],
      Noé: ['whole-day'],
    },
  )
  made = ready.made
  await publishOn(stage, clock, ready.planId, made)
})
afterAll(() => stage.close())

const signedInPage = async (accountId: string | null, viewport: typeof phone): Promise<Page> => {
  const page = await stage.open(viewport)
  await signInto(stage, page, accountId!)
  return page
}

it('repairs a published plan: declined, cancelled, offered, expired, offered again, accepted', async () => {
  const { services } = stage.installation
  const { db } = services
  const setting = repairSetting(services)
  const cardOf = (page: Page) => page.goto(`${stage.url}/journees/${made.day.id}/ma-carte`)

  // A host declines: their guest has another place at once.
  const { id: slotId } = made.slot('Marion')
  await inTransaction(db, (trx) => hostDeclines(trx, slotId, 'link', clock.now(), setting))
  expect((await seating({ db }, made)).Paul).toEqual(['Léa'])
  const lea = await signedInPage(made.guest('Léa').accountId, phone)
  await cardOf(lea)
  await lea.getByText('Paul vous attend').waitFor()
  await lea.getByText('Pourquoi cette carte').click()
  await lea.getByText(/votre vœu n° 2/).waitFor()
  await lookAt(lea, 'waiting-reseated')

  // A guest cancels: the first on the list is offered the place, on their first screen.
  const [cancels] = (await activePlacements(db, made.day.id)).filter(
    (one) => one.slotId === made.slot('Hugo').id,
  )
  await inTransaction(db, (trx) => guestCancels(trx, cancels!.id, 'link', clock.now(), setting))
  const [first] = await offered({ db }, made)
  const one = await signedInPage(made.guest(first!).accountId, phone)
  await one.goto(stage.url)
  await one.getByText('Une place pour vous').waitFor()
  await lookAt(one, 'waiting-home-offered')
  await one.getByRole('link', { name: 'Répondre' }).click()
  await one.getByRole('button', { name: 'Je prends cette place' }).waitFor()
  await lookAt(one, 'waiting-card-offered')

  // Time is over: whoever looks sees so, and the next is offered the place.
  clock.set('2027-04-28T11:05:00+02:00')
  await cardOf(one)
  await one.getByText('Le temps de réponse est passé').waitFor()
  await one.getByText(/1re personne sur 2/).waitFor()
  await lookAt(one, 'waiting-card-expired')
  await addJob(db, 'expire-offers', { dayId: made.day.id })
  const next = () => offered({ db }, made).then(([name]) => name)
  await vi.waitUntil(async () => ![undefined, first].includes(await next()), { timeout: 20_000 })
  const second = (await next())!

  // The link of their mail opens without an account; a button accepts, on a phone.
  const { token } = offerToken({ services }, await pendingOffer({ db }, made))
  const phoneOfNext = await stage.open(phone)
  await phoneOfNext.goto(`${stage.url}/offre/${token}`)
  await phoneOfNext.getByText('Réservée pour vous').waitFor()
  await lookAt(phoneOfNext, 'waiting-offer-link')
  await phoneOfNext.getByRole('button', { name: 'Je prends cette place' }).click()
  await phoneOfNext.getByRole('heading', { name: 'C’est noté' }).waitFor()
  await lookAt(phoneOfNext, 'waiting-offer-accepted')
  expect(await seating({ db }, made)).toEqual({ Paul: ['Léa'], Hugo: [second] })

  // The director watched all of it.
  const director = await signedInPage(made.directorAccount, laptop)
  await director.goto(`${stage.url}/journees/${made.day.id}/confirmations`)
  await director.getByText('Le plan se répare tout seul').waitFor()
  await director.getByText(/Sans réponse le/).waitFor()
  await director.getByText(/Acceptée le/).waitFor()
  await lookAt(director, 'waiting-board')
})
