import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readMail } from '#server/features/invitations/replies/replies.reader.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { answerArrives } from '#server/use-cases/answer-arrives.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { bounceOf, replyTo } from '../invitations/answers.factory.ts'
import type { SmallDay } from '../invitations/invitations.factory.ts'
import { TestClock } from '../support/app.ts'
import {
  laptop,
  lookAt,
  mailsLeave,
  openStage,
  phone,
  type Stage,
  signInto,
} from '../support/browser.ts'
import { publishedOn } from './published.factory.ts'

const guests = ['Anna', 'Bilal', 'Chloé', 'Denis', 'Élise', 'Farid', 'Gaëlle', 'Hugo']
let stage: Stage
let made: SmallDay
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { catcher } = stage.installation
  made = await publishedOn(stage, clock, { hosts: ['Marion', 'Paul'], guests, capacity: 4 })
  await mailsLeave(stage, clock)
  const post = { mailbox: catcher!, clock }
  const [anna, bilal, chloe, denis, elise] = made.guests.map(({ email }) => email)
  clock.advance({ minutes: 20 })
  await arrives(await replyTo(post, anna!, 'yes', { comment: 'Avec plaisir !' }))
  await arrives(await replyTo(post, bilal!, 'no'))
  await arrives(await replyTo(post, chloe!, 'maybe'))
  await arrives(await replyTo(post, denis!, 'yes', { from: 'd.perso@ailleurs.example' }))
  await arrives(await bounceOf(post, elise!))
  await arrives(await replyTo(post, made.hosts[0]!.email, 'yes'))
  // The host Bilal was going to hears of it: nobody is asked while another mail is on its way.
  await mailsLeave(stage, clock)
})
afterAll(() => stage.close())

/** A mail arrives in the mailbox and is judged. */
async function arrives(raw: Buffer) {
  const { services } = stage.installation
  const mail = readMail(raw, clock.now(), null)
  await inTransaction(services.db, (trx) =>
    answerArrives(trx, mail, clock.now(), repairSetting(services)),
  )
}

const part = (page: Page, side: string, said: RegExp) =>
  page.getByRole('figure', { name: side }).getByRole('button', { name: said })

it('shows where everybody stands, follows one conversation, and asks the silent ones', async () => {
  for (const viewport of [phone, laptop]) {
    const page = await stage.open(viewport)
    await signInto(stage, page, made.directorAccount)
    await page.goto(`${stage.url}/journees/${made.day.id}/confirmations`)
    await page.getByText('8 invitations').waitFor()
    await lookAt(page, 'board')
    await part(page, 'Invité·es', /mail non arrivé/).click()
    await page.getByRole('rowheader', { name: /Élise/ }).waitFor()
    await page.getByText('Corriger l’adresse').waitFor()
    await lookAt(page, 'board-unreached')
    await part(page, 'Invité·es', /oui/).click()
    await page.getByRole('link', { name: /fil des échanges avec Anna/ }).click()
    await page.getByText('Son agenda a répondu').waitFor()
    await page.getByText('Avec plaisir !').waitFor()
    await page.getByRole('button', { name: 'Lire le message' }).click()
    await page.locator('iframe').waitFor()
    await lookAt(page, 'conversation')
    await page.goto(`${stage.url}/journees/${made.day.id}/confirmations`)
    await part(page, 'Invité·es', /à regarder/).click()
    await page.getByRole('link', { name: /fil des échanges avec Denis/ }).click()
    await page.getByText('Un message attend votre regard').waitFor()
    await lookAt(page, 'conversation-held')
    await page.goto(`${stage.url}/journees/${made.day.id}/relance`)
    await page.getByText('Ce qu’on leur écrit').waitFor()
    await lookAt(page, 'nudge')
  }
})

it('follows without reloading, and the nudge leaves to those still silent alone', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, made.directorAccount)
  await page.goto(`${stage.url}/journees/${made.day.id}/confirmations`)
  await page.getByRole('link', { name: 'Relancer les 4 sans réponse' }).click()
  await page.getByRole('button', { name: 'Relancer 4 personnes' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Relancer', exact: true }).click()
  await page.getByRole('heading', { name: 'Envois groupés' }).waitFor()
  await page.goto(`${stage.url}/journees/${made.day.id}/confirmations`)
  await part(page, 'Invité·es', /3 ?sans réponse/).waitFor()
  const post = { mailbox: stage.installation.catcher!, clock }
  await arrives(await replyTo(post, made.guests[5]!.email, 'yes'))
  await part(page, 'Invité·es', /2 ?sans réponse/).waitFor({ timeout: 20_000 })
  await mailsLeave(stage, clock)
  const mails = await post.mailbox.listMails()
  const nudged = mails.filter(({ subject }) => /serez-vous là|vous accueillez bien/.test(subject))
  expect(nudged).toHaveLength(3)
  await page.goto(`${stage.url}/journees/${made.day.id}/relance`)
  await page.getByText(/déjà relancées ou prévenues/).waitFor()
  await lookAt(page, 'nudge-nobody')
})
