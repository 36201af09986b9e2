import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkPaths } from '#server/links.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { kitSections } from '#shared/kits/kits.vocabulary.ts'
import { standardRoles } from '#shared/roster/roster.vocabulary.ts'
import { type PublishedDay, publishedDay } from '../observations/observations.factory.ts'
import { makeCoordinator, makePerson, roleByCode } from '../roster/roster.factory.ts'
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

let stage: Stage
let made: PublishedDay
let link: string
const clock = new TestClock()
const theDayBefore = '2027-05-19T09:00:00Z'
const theMorning = '2027-05-20T06:30:00Z'

beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db, secret } = services
  made = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  await makeCoordinator(db, clock.now(), made.shop)
  await makePerson(db, clock.now(), made.shop, {
    role: 'shop_seller',
    firstName: 'Marion',
    lastName: made.host.lastName,
    employeeNumber: made.host.employeeNumber,
    email: made.host.email,
    phone: '05 56 00 00 01',
  })
  link = stage.url + linkPaths.placement + deriveToken(secret, 'placement', made.placements[0]!, 1)
})
afterAll(() => stage.close())

describe('the day sheet', () => {
  it('is one tap from the guest’s page, and keeps the number for the day', async () => {
    clock.set(theDayBefore)
    const guest = await stage.open(phone)
    await guest.goto(link)
    await guest.getByRole('link', { name: 'Ma fiche du jour' }).click()
    await guest.getByRole('heading', { name: 'Votre fiche du jour' }).waitFor()
    await guest.getByText('Vous verrez ici son numéro le matin même').first().waitFor()
    expect(await guest.getByRole('link', { name: '05 56 00 00 01' }).count()).toBe(0)
    await lookAt(guest, 'sheet-before')

    clock.set(theMorning)
    await guest.reload()
    const number = guest.getByRole('link', { name: '05 56 00 00 01' })
    expect(await number.getAttribute('href')).toBe('tel:0556000001')
    const map = guest.getByRole('link', { name: 'Voir sur la carte' })
    expect(await map.getAttribute('href')).toContain('openstreetmap.org/?mlat=43.71&mlon=-1.05')
    await guest.getByRole('button', { name: 'Nederlands' }).click()
    await guest.getByRole('heading', { name: 'Meebrengen' }).waitFor()
    await lookAt(guest, 'sheet')
    await guest.getByRole('link', { name: 'Dire ce que j’ai vu' }).click()
    await guest.waitForURL(/\/observer$/)
  })

  it('shows the host who comes and the coordinator, and the director anybody’s', async () => {
    clock.set(theMorning)
    const { secret } = stage.installation.services
    const { id, linkGeneration } = made.slot
    const host = await stage.open(laptop)
    const token = deriveToken(secret, 'slot', id, linkGeneration)
    await host.goto(`${stage.url + linkPaths.slot + token}/fiche`)
    await host.getByText('Alice').first().waitFor()
    await lookAt(host, 'sheet-host')

    const director = await stage.open(laptop)
    await signInto(stage, director, made.region.director)
    await director.goto(`${stage.url}/affectations/${made.placements[1]}/fiche`)
    await director.getByRole('heading', { name: 'Fiche du jour : Bruno' }).waitFor()
    expect(await director.getByRole('link', { name: 'Dire ce que j’ai vu' }).count()).toBe(0)
  })

  it('says on a clear page that a placement is over', async () => {
    clock.set(theMorning)
    const { db, secret } = stage.installation.services
    const id = made.placements[4]!
    await db
      .updateTable('placements')
      .set({ status: 'ended', ended_at: clock.now(), ended_reason: 'guest-cancelled' })
      .where('id', '=', id)
      .execute()
    const guest = await stage.open(phone)
    await guest.goto(
      `${stage.url}${linkPaths.placement}${deriveToken(secret, 'placement', id, 1)}/fiche`,
    )
    await guest.getByText('Vous avez libéré votre place.').waitFor()
    expect(await guest.getByText('Marion').count()).toBe(0)
    await lookAt(guest, 'sheet-ended')
  })
})

describe('the printed sheet', () => {
  it.each(standardRoles)('is exactly one A4 page for %s, in every language', async (code) => {
    clock.set(theMorning)
    await shadowing(code)
    const page = await stage.open(laptop)
    await page.goto(`${link}/fiche`)
    for (const language of ['français', 'English', 'Nederlands']) {
      await page.getByRole('button', { name: language, exact: true }).click()
      expect(await pagesOf(page, `${code}-${language}`), language).toBe(1)
      await holdsEverything(page)
    }
  })

  it('gives way to the whole kit, on as many pages as it takes, when that is asked for', async () => {
    clock.set(theMorning)
    await shadowing('field_technician')
    const page = await stage.open(laptop)
    await page.goto(`${link}/fiche`)
    // The browser's own dialogue cannot be driven: what it would have printed is kept instead.
    await page.evaluate(() => {
      window.print = () => {
        window.name = document.querySelector('[data-one-page]') ? 'the day' : 'the kit'
      }
    })
    await page.getByRole('button', { name: 'Imprimer le kit entier' }).click()
    expect(await page.evaluate(() => window.name)).toBe('the kit')
    await page.getByRole('button', { name: 'Imprimer la fiche (une page)' }).click()
    expect(await page.evaluate(() => window.name)).toBe('the day')
  })

  it('is one page as well where a director wrote as much as can be written', async () => {
    clock.set(theMorning)
    const { db } = stage.installation.services
    const role = await shadowing('callback_operator')
    const words = 'Une longue explication que personne ne lira debout. '.repeat(5).slice(0, 240)
    const lines = Array.from({ length: 12 }, (_, at) => ({ title: `Étape ${at}`, text: words }))
    await db
      .insertInto('kit_parts')
      .values(
        kitSections.map((section) => ({
          region_id: made.region.regionId,
          role_id: role.id,
          language: 'fr' as const,
          section,
          lines: JSON.stringify(lines),
          replaced: '[]',
          version: 1,
          edited_by: null,
          edited_at: clock.now(),
        })),
      )
      .execute()
    const note = 'Sonnez à la porte de service, côté cour. '.repeat(8).slice(0, 300)
    await db.updateTable('slots').set({ note, safety_equipment: true }).execute()
    const page = await stage.open(laptop)
    await page.goto(`${link}/fiche`)
    await page.getByRole('button', { name: 'français', exact: true }).waitFor()
    expect(await pagesOf(page, 'longest')).toBe(1)
    await holdsEverything(page)
  })
})

/** The guest's slot shows another role from now on. */
async function shadowing(code: (typeof standardRoles)[number]) {
  const { db } = stage.installation.services
  const role = await roleByCode(db, made.region.regionId, code)
  await db.updateTable('slots').set({ role_id: role.id }).where('id', '=', made.slot.id).execute()
  return role
}

/** How many pages the printer gives; kept where SCREENSHOTS names a folder. */
async function pagesOf(page: Page, name: string): Promise<number> {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true })
  const folder = process.env.SCREENSHOTS
  if (folder) {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, `sheet-${name}.pdf`), pdf)
  }
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}

/** Nothing ran out of the two columns, where the page would cut it. */
async function holdsEverything(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  // What an A4 page leaves between margins of 14 mm.
  await page.setViewportSize({ width: 688, height: 1017 })
  const beyond = await page.evaluate(() => {
    const columns = [...document.querySelectorAll('body *')].find(
      (one) => getComputedStyle(one).columnCount === '2',
    )!
    return { wide: columns.scrollWidth - columns.clientWidth, high: columns.clientHeight }
  })
  expect(beyond.wide).toBeLessThanOrEqual(0)
  expect(beyond.high).toBeGreaterThan(300)
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: join(folder, `paper-${Date.now()}.png`) })
  await page.emulateMedia({ media: null })
  await page.setViewportSize(laptop)
}
