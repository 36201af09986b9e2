import { afterAll, beforeAll, it } from 'vitest'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { systemClock } from '#server/platform/clock.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { linkMailedTo, lookAt, openStage, phone, type Stage } from '../support/browser.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage(systemClock)
  const { db, clock } = stage.installation.services
  const given = { kind: 'administrator' as const, regionId: null, siteId: null }
  const people = [
    { email: 'admin@10decoeur.example', displayName: 'Camille' },
    { email: 'relief@10decoeur.example', displayName: 'Dominique' },
  ]
  for (const person of people) {
    await inTransaction(db, (trx) =>
      accounts.grant(trx, { ...given, ...person }, null, 'fr', clock.now()),
    )
  }
})
afterAll(() => stage.close())

it('signs an administrator in from the mail, on a phone', async () => {
  const page = await stage.open(phone)
  await page.goto(stage.url)
  await page.getByLabel('Votre adresse mail professionnelle').fill('admin@10decoeur.example')
  await lookAt(page, 'sign-in')
  await page.getByRole('button', { name: 'Recevoir mon lien' }).click()
  await page.getByText('Regardez votre boîte mail').waitFor()

  const link = await linkMailedTo(stage, 'admin@10decoeur.example', '/connexion/')
  await page.goto(link)
  await lookAt(page, 'sign-in-link')
  await page.getByRole('button', { name: 'Me connecter' }).click()
  await page.getByRole('heading', { name: 'Bonjour Camille' }).waitFor()
  await lookAt(page, 'home-administrator')

  await page.getByRole('button', { name: 'Ouvrir le menu' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Hello Camille' }).waitFor()
})

it('brings whoever was sent to sign in back to the page a mail led to', async () => {
  const page = await stage.open(phone)
  await page.goto(`${stage.url}/journees/${crypto.randomUUID()}/ma-carte`)
  await lookAt(page, 'sign-in-first')
  const asked = page.url()
  await page.getByRole('link', { name: 'Me connecter' }).click()
  await page.getByLabel('Votre adresse mail professionnelle').fill('relief@10decoeur.example')
  await page.getByRole('button', { name: 'Recevoir mon lien' }).click()
  await page.getByText('Regardez votre boîte mail').waitFor()
  await page.goto(await linkMailedTo(stage, 'relief@10decoeur.example', '/connexion/'))
  await page.getByRole('button', { name: 'Me connecter' }).click()
  await page.waitForURL(asked)
})
