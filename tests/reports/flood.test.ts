import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wrapped } from '#server/features/reports/reports.pictures.ts'
import { beginningOf, printable, withoutControls } from '#server/features/reports/reports.rules.ts'
import { debriefRoutes } from '#shared/debrief/debrief.contract.ts'
import { findingsRoutes } from '#shared/findings/findings.contract.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { reportsRoutes } from '#shared/reports/reports.contract.ts'
import { pictureKinds } from '#shared/reports/reports.vocabulary.ts'
import { debriefOf } from '../debrief/debrief.factory.ts'
import { anonymously, type LivedDay, livedDay, seen } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { pagesIn, wordsIn } from './pdf.reading.ts'

// Somebody leans on a key: as much of nothing but emoji as a field takes goes the whole way, from the
// phone to the wall, into piles, a finding, the report and its files.

const family = '👩‍👩‍👧‍👦'
/** A thousand UTF-16 units, less one emoji that would not fit. */
const flood = family.repeat(90)

let test: TestApp
let lived: LivedDay
let params: { dayId: string }
const ids: string[] = []

beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
  params = { dayId: lived.day.id }
  const words = { situation: flood, idea: flood }
  for (const caller of lived.callers.guests) {
    const { sent } = anonymously(lived, words)
    await test.nobody.ask(observationsRoutes.sendAnonymously, { body: sent })
    const observationId = crypto.randomUUID()
    await caller.ask(observationsRoutes.putObservation, {
      params: { ...params, observationId },
      body: seen(lived, words),
    })
    ids.push(observationId)
  }
}, 60_000)
afterAll(() => test.close())

const bytes = async (answer: Promise<{ bytes: Uint8Array | string }>) =>
  Buffer.from((await answer).bytes)

it('of ten thousand characters is refused whole, with nothing kept', async () => {
  const { sent } = anonymously(lived, { situation: 'x'.repeat(10_000) })
  const answer = await test.nobody.call(observationsRoutes.sendAnonymously, { body: sent })
  expect(answer.problem?.code).toBe('invalid-input')
  const row = test.db.selectFrom('observation_intake').select('id').where('id', '=', sent.id)
  expect(await row.executeTakeFirst()).toBeUndefined()
})

it('stands on the wall as it was written, once a director lets it', async () => {
  const { director, guests } = lived.callers
  const session = debriefOf(test, lived)
  await session.open()
  test.clock.advance({ minutes: 65 })
  await session.fillWall()
  const { cards } = await director.ask(debriefRoutes.cards, { params, query: { shown: 'no' } })
  expect(cards).toHaveLength(10)
  await director.ask(debriefRoutes.show, {
    params,
    body: { ids: cards.map(({ id }) => id), shown: true },
  })
  const room = await guests[0]!.ask(debriefRoutes.room, { params: await session.codeParams() })
  expect(room.cards.map(({ situation }) => situation)).toEqual(Array(10).fill(flood))
})

it('resembles nothing, since emoji are no words, and can be grouped by hand', async () => {
  const { director } = lived.callers
  const { piles } = await director.ask(findingsRoutes.suggestions, { params })
  expect(piles).toEqual([])
  const [observationId] = ids as [string]
  const similar = { params: { ...params, observationId } }
  expect((await director.ask(findingsRoutes.similar, similar)).cards).toEqual([])
  const body = {
    title: family.repeat(10),
    note: flood,
    irritantId: lived.observing.irritants[0]!.id,
    observationIds: ids,
  }
  const finding = await director.ask(findingsRoutes.group, { params, body })
  expect(finding).toMatchObject({ title: body.title, observationCount: ids.length })
  // Two emoji are four units and two characters: too short for the table, and so for the contract.
  const short = await director.call(findingsRoutes.reword, {
    params: { ...params, findingId: finding.id },
    body: { version: 1, title: '👍👍', note: '', irritantId: body.irritantId },
  })
  expect(short.problem?.code).toBe('invalid-input')
})

it('leaves a report of one page, without boxes where letters should be, and files that open', async () => {
  const { director } = lived.callers
  const choice = {
    version: 0,
    pictures: pictureKinds.slice(0, 3),
    quoteIds: ids.slice(0, 2),
    coming: `${family.repeat(20)} Merci.`,
  }
  await director.ask(reportsRoutes.choose, { params, body: choice })
  const pdf = await bytes(director.ask(reportsRoutes.document, { params }))
  expect(pagesIn(pdf)).toBe(1)
  expect(wordsIn(pdf)).toContain('«…»')
  expect(wordsIn(pdf)).not.toMatch(/[\u{1f000}-\u{1ffff}\u200d]/u)
  const whole = director.ask(reportsRoutes.document, { params, query: { whole: 'yes' } })
  expect(pagesIn(await bytes(whole))).toBeGreaterThan(1)
  const quotes = { ...params, table: 'quotes' as const }
  const csv = await bytes(director.ask(reportsRoutes.table, { params: quotes }))
  expect(csv.toString()).toContain(flood)
  const book = unzipSync(await bytes(director.ask(reportsRoutes.workbook, { params })))
  expect(Object.keys(book).length).toBeGreaterThan(5)
  for (const picture of pictureKinds) {
    const svg = await bytes(director.ask(reportsRoutes.picture, { params: { ...params, picture } }))
    expect(svg.toString()).toMatch(/^<svg .*<\/svg>$/s)
  }
})

describe('what is cut', () => {
  it('ends between two characters as people see them', () => {
    expect(beginningOf(flood, 180)).toBe(family.repeat(16))
    expect(beginningOf('été', 2)).toBe('ét')
    expect(beginningOf('e\u0301te\u0301', 4)).toBe('e\u0301t')
    expect(beginningOf(family, 5)).toBe('')
    for (let wide = 1; wide < 40; wide += 1) {
      const lines = wrapped(`${'👍'.repeat(30)} ${flood.slice(0, 220)}`, wide, 2)
      expect(
        lines.every((line) => line.isWellFormed()),
        String(wide),
      ).toBe(true)
    }
  })

  it('is what XML or the PDF’s face cannot hold, and nothing else', () => {
    expect(withoutControls('a\u0000\u0008\u000b\ufffe\ud83db\tc')).toBe('a\ufffdb\tc')
    expect(printable(`Trop ${family}👍🏽🇫🇷 long ©, 12 €`)).toBe('Trop … long ©, 12 €')
  })
})
