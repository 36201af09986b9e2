import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { makeRegion } from '../roster/roster.factory.ts'
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

// The ways that begin on the first screen, for those who are signed in.

let stage: Stage
let lived: PublishedDay
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
})
afterAll(() => stage.close())

it('leads guest and host to their sheets on the day, and from there to the arrival', async () => {
  const guest = await stage.open(phone)
  await signInto(stage, guest, lived.guests[0]!.accountId!)
  await guest.goto(stage.url)
  await guest.getByRole('link', { name: 'Ouvrir ma fiche du jour' }).waitFor()
  await lookAt(guest, 'home-guest-today')
  await guest.getByRole('link', { name: 'Ouvrir ma fiche du jour' }).click()
  await guest.getByRole('link', { name: 'Je suis arrivé·e' }).click()
  await guest.getByLabel(/Le code que vous montre/).waitFor()

  const host = await stage.open(phone)
  await signInto(stage, host, lived.host.accountId!)
  await host.goto(stage.url)
  await host.getByText('5 personnes viennent vous voir').waitFor()
  await lookAt(host, 'home-host-today')
  await host.getByRole('link', { name: 'Ouvrir ma fiche du jour' }).click()
  await host.getByRole('link', { name: /code et arrivées/ }).click()
  await host.getByRole('img', { name: /Code à scanner/ }).waitFor()
})

it('lets a director of two regions go from one to the other', async () => {
  const { db } = stage.installation.services
  const other = await makeRegion(db, clock.now())
  const grant = await db
    .selectFrom('grants')
    .selectAll()
    .where('account_id', '=', lived.region.director)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('grants')
    .values({ ...grant, id: randomUUID(), region_id: other.regionId })
    .execute()
  for (const size of [phone, laptop]) {
    const page = await stage.open(size)
    await signInto(stage, page, lived.region.director)
    await page.goto(`${stage.url}/journees/${lived.day.id}`)
    await page.getByRole('link', { name: 'Constats' }).waitFor()
    if (size === phone) await page.getByRole('button', { name: 'Ouvrir le menu' }).click()
    const picker = page.getByLabel('Région')
    // It stands on the region of the day one looks at.
    await picker.waitFor()
    expect(await picker.inputValue()).toBe(lived.region.regionId)
    await lookAt(page, 'home-regions')
    await picker.selectOption(other.regionId)
    await page.waitForURL(`**/regions/${other.regionId}/journees`)
    await page.getByRole('heading', { level: 1, name: 'Journées' }).waitFor()
    // The menu stays open on a phone: its links are what one came for.
    const links = page.getByRole('navigation', { name: 'Navigation principale' })
    if (size === laptop) {
      const prepare = links.getByRole('button', { name: 'Préparer' })
      await prepare.click()
      await lookAt(page, 'home-links')
      // Escape gives the focus back to the word; Enter opens its links again.
      await page.keyboard.press('Escape')
      await links.getByRole('link', { name: 'Irritants' }).waitFor({ state: 'hidden' })
      await page.keyboard.press('Enter')
    }
    await links.getByRole('link', { name: 'Irritants' }).click()
    await page.waitForURL(`**/regions/${other.regionId}/irritants`)
  }
})
