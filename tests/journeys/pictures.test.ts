import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as days from '#server/features/days/days.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { moments } from '#shared/observations/observations.contract.ts'
import { makeDay } from '../days/days.factory.ts'
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

let stage: Stage
let lived: PublishedDay
const clock = new TestClock()
beforeAll(async () => {
  stage = await openStage(clock)
  const { services } = stage.installation
  const { db } = services
  lived = await publishedDay({ db, clock, services, runJobs: () => plansComputed(stage) })
  const before = await makeDay(db, clock.now(), lived.region.regionId, {
    date: '2027-06-10',
    name: 'Édition de mai 2026',
  })
  // Nobody plans a day in the past: it was planned, and a year went by.
  await db.updateTable('days').set({ date: '2026-05-21' }).where('id', '=', before.id).execute()
  await fill(lived.day.id, 240)
  await fill(before.id, 120)
}, 120_000)
afterAll(() => stage.close())

/** Signed observations, most of them where most are made: no irritant, role or moment alike. */
async function fill(dayId: string, many: number) {
  const { db } = stage.installation.services
  const irritants = await days.irritantsOfRegion(db, lived.region.regionId)
  const roles = await roster.rolesOfRegion(db, lived.region.regionId)
  // A quarter of the first, then ever fewer: squares of an even spread.
  const uneven = <T>(list: readonly T[], spread: number) =>
    list[Math.floor(list.length * ((spread % 1) * (spread % 1)))]!
  const rows = Array.from({ length: many }, (_, place) => ({
    id: randomUUID(),
    region_id: lived.region.regionId,
    day_id: dayId,
    role_id: uneven(roles, place * 0.618).id,
    irritant_id: uneven(irritants, place * 0.414).id,
    site_id: lived.shop.id,
    moment: uneven(moments, place * 0.732),
    frequency: 1 + ((place * 7) % 5),
    severity: 1 + ((place * 3 + (place % 4)) % 5),
    situation: `On a raconté ${place + 2} fois la même histoire.`,
    idea: place % 3 === 0 ? 'Un seul dossier.' : '',
    anonymous: false,
    author_id: lived.guests[place % lived.guests.length]!.id,
    observed_at: clock.now(),
    secret_hash: null,
    idea_from: null,
    unmasked: false,
    withdrawn: false,
  }))
  await db.insertInto('observations').values(rows).execute()
}

it('shows a director five pictures, each leading to what was written', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, lived.region.director)
  await page.goto(`${stage.url}/journees/${lived.day.id}/irritants`)
  await page.getByRole('heading', { name: 'D’une édition à l’autre' }).waitFor()
  await lookAt(page, 'pictures')

  const map = page.getByRole('region', { name: 'Observations par irritant et par métier' })
  await map.getByRole('button').first().click()
  await page.getByText('fois la même histoire').first().waitFor()
  // The header that stays would cover what it scrolled to.
  await page.evaluate(() => scrollTo(0, 0))
  await lookAt(page, 'pictures-heat-opened')

  // The keyboard’s way into every picture is its table.
  await page.getByText('Les chiffres, et ce qui se cache derrière').first().click()
  await page.getByRole('button', { name: '1. Découvrir' }).click()
  await page.getByRole('region', { name: 'Découvrir', exact: true }).waitFor()
  await page.evaluate(() => scrollTo(0, 0))
  await lookAt(page, 'pictures-figures')

  // A day of 240 crosses irritants and roles; moments stand apart, and no filter reaches them.
  expect(await page.getByLabel('Moment', { exact: true }).count()).toBe(0)
  await page.getByLabel('Irritant', { exact: true }).selectOption({ index: 1 })
  await page.getByText('Cette image ne se lit que sans filtre').first().waitFor()
  await page.evaluate(() => scrollTo(0, 0))
  await lookAt(page, 'pictures-filtered')
})

it('lets a picture be taken along, as it stands, with its title, figures and typefaces inside', async () => {
  const page = await stage.open(laptop)
  await signInto(stage, page, lived.region.director)
  await page.goto(`${stage.url}/journees/${lived.day.id}/irritants`)
  for (const title of ['Observations par irritant et par métier', 'Sur le parcours du client']) {
    for (const kind of ['PNG', 'SVG']) {
      const [kept] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: `${title} : garder l’image en ${kind}` }).click(),
      ])
      const file = await readFile(await kept.path())
      if (process.env.SCREENSHOTS) await kept.saveAs(`${process.env.SCREENSHOTS}/${title}.${kind}`)
      if (kind === 'PNG') {
        expect(file.subarray(1, 4).toString()).toBe('PNG')
      } else {
        const text = file.toString()
        expect(text).toContain(title)
        expect(text).toContain('240')
        expect(text).toContain('font/woff2;base64,d09GMg')
        expect(/class=|http:\/\/localhost/.test(text)).toBe(false)
      }
    }
  }
})

it('does so on a phone', async () => {
  const page = await stage.open(phone)
  await signInto(stage, page, lived.region.director)
  await page.goto(`${stage.url}/journees/${lived.day.id}/irritants`)
  await page.getByRole('heading', { name: 'D’une édition à l’autre' }).waitFor()
  await lookAt(page, 'pictures')
})

it('says to anybody what anonymous means', async () => {
  for (const size of [phone, laptop]) {
    const page = await stage.open(size)
    await page.goto(`${stage.url}/anonymat`)
    await page.getByRole('heading', { name: 'Anonyme, pour de vrai' }).waitFor()
    await lookAt(page, 'anonymity')
    expect(await page.getByText('au moins cinq').count()).toBeGreaterThan(0)
  }
})
