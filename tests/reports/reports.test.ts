import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf } from '#server/features/reports/reports.csv.ts'
import { xlsxOf } from '#server/features/reports/reports.xlsx.ts'
import { findingsRoutes } from '#shared/findings/findings.contract.ts'
import { picturesRoutes } from '#shared/observations/observations.pictures.contract.ts'
import {
  type ReportPage,
  reportsRoutes as routes,
  type Table,
} from '#shared/reports/reports.contract.ts'
import { pictureKinds, tableKinds } from '#shared/reports/reports.vocabulary.ts'
import { planned } from '../actions/actions.factory.ts'
import { type LivedDay, livedDay } from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { pagesIn, wordsIn } from './pdf.reading.ts'
import { makeObservations } from './reports.factory.ts'

let test: TestApp
let lived: LivedDay
let params: { dayId: string }
let quoteId: string
let findingTitle: string

const formula = '=HYPERLINK("http://ailleurs.example";"Cliquez ; ici")'

beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
  params = { dayId: lived.day.id }
  const irritants = lived.observing.irritants.map(({ id }) => id)
  const ids = await makeObservations(test.db, lived, [
    { irritantId: irritants[0]!, count: 12, situation: formula, idea: 'Un seul dossier.' },
    { irritantId: irritants[1]!, count: 7, moment: 'pay' },
    { irritantId: irritants[2]!, count: 2 },
    { irritantId: irritants[3]!, count: 4 },
  ])
  quoteId = ids[0]!
  findingTitle = 'Raconter son histoire à trois personnes'
  const body = {
    irritantId: irritants[0]!,
    title: findingTitle,
    note: '',
    observationIds: ids.slice(0, 9),
  }
  await lived.callers.director.ask(findingsRoutes.group, { params, body })
  await planned(lived)
  const rare = { ...body, title: 'Une facture en anglais', observationIds: ids.slice(12, 13) }
  await lived.callers.director.ask(findingsRoutes.group, { params, body: rare })
}, 60_000)
afterAll(() => test.close())

const report = () => lived.callers.director.ask(routes.report, { params })
const bytes = async (answer: Promise<{ bytes: Uint8Array | string }>) =>
  Buffer.from((await answer).bytes)

describe('the report', () => {
  it('tells who lived the day, and presence in kinds that add up to everybody expected', async () => {
    const told = await report()
    expect(told.lived).toMatchObject({ guests: 5, hosts: 1, sites: 1 })
    const everybody = Object.values(told.presence).reduce((sum, one) => sum + one, 0)
    expect(everybody).toBe(5)
    // A finding of one observation is told without its number.
    expect(told.findings).toMatchObject([
      { title: findingTitle, observationCount: 9, hearts: null },
      { title: 'Une facture en anglais', observationCount: null },
    ])
  })

  it('adds up what the screen shows, and tells nothing smaller', async () => {
    const told = await report()
    const { groups } = await lived.callers.director.ask(picturesRoutes.pictures, { params })
    const onScreen = groups.reduce((sum, { count }) => sum + count, 0)
    expect(told.observations).toBe(onScreen)
    for (const part of [told.byIrritant, told.byCell, told.byMoment]) {
      expect(part.reduce((sum, { count }) => sum + count, 0)).toBe(onScreen)
      expect(Math.min(...part.map(({ count }) => count))).toBeGreaterThanOrEqual(told.smallestGroup)
    }
    // Two and four observations are too few: they stand together, and nobody can tell which is which.
    expect(told.byIrritant.at(-1)).toMatchObject({ irritantId: null })
  })

  it('is of the region’s directors alone', async () => {
    for (const caller of [lived.callers.host, lived.callers.guests[0]!, test.nobody]) {
      const { status } = await caller.call(routes.workbook, { params })
      expect([401, 403]).toContain(status)
    }
  })
})

describe('the same figures', () => {
  it('stand on the screen, in CSV, XLSX and PDF', async () => {
    const { director } = lived.callers
    const told = await report()
    expect(told.tables.map(({ kind }) => kind)).toEqual([...tableKinds])
    const sheets = sheetsOf(await bytes(director.ask(routes.workbook, { params })))
    const pdf = wordsIn(
      await bytes(director.ask(routes.document, { params, query: { whole: 'yes' } })),
    )
    for (const [at, table] of told.tables.entries()) {
      const csv = await bytes(
        director.ask(routes.table, { params: { ...params, table: table.kind } }),
      )
      expect(csv.toString('utf8')).toBe(csvOf(table))
      expect(
        sheets[at]!.map((row) => table.columns.map((_, column) => row[column]?.value ?? null)),
      ).toEqual([
        table.columns.map(({ title }) => title),
        ...table.rows.map((row) => row.map((cell, column) => asInExcel(cell, table, column))),
      ])
      for (const row of table.rows) {
        const counts = row.filter((_, column) => table.columns[column]!.kind === 'count')
        for (const cell of [row[0], ...counts]) {
          expect(pdf).toContain(String(cell ?? '').replace(/[\s\u202F]/g, ''))
        }
      }
    }
  }, 60_000)

  it('name nobody', async () => {
    const { director } = lived.callers
    const pdf = wordsIn(
      await bytes(director.ask(routes.document, { params, query: { whole: 'yes' } })),
    )
    const xlsx = JSON.stringify(sheetsOf(await bytes(director.ask(routes.workbook, { params }))))
    for (const { firstName, lastName } of [lived.host, lived.bystander, ...lived.guests]) {
      for (const name of [firstName, lastName]) {
        expect(pdf).not.toContain(name)
        expect(xlsx).not.toContain(name)
      }
    }
  })
})

describe('what a director chooses', () => {
  it('stands on the page, once for two directors at once, and falls out when it is withdrawn', async () => {
    const { director } = lived.callers
    const body = {
      version: 0,
      pictures: ['map' as const],
      quoteIds: [quoteId],
      coming: 'Atelier le 3 juin.',
    }
    const both = await Promise.all([
      director.call(routes.choose, { params, body }),
      director.call(routes.choose, { params, body: { ...body, coming: 'Autre chose.' } }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.problem?.code).toBe('report-changed')
    const { choice } = await report()
    expect(choice).toMatchObject({ version: 1, pictures: ['map'] })
    expect(choice.quotes).toMatchObject([{ id: quoteId, situation: formula }])

    await test.db
      .updateTable('observations')
      .set({ withdrawn: true, situation: '', idea: '' })
      .where('id', '=', quoteId)
      .execute()
    expect((await report()).choice.quotes).toEqual([])
    const again = await director.call(routes.choose, { params, body: { ...body, version: 1 } })
    expect(again.status).toBe(404)
  })

  it('leaves a trace, and so does every file that was taken', async () => {
    await lived.callers.director.ask(routes.table, { params: { ...params, table: 'findings' } })
    const traces = await test.db
      .selectFrom('audit_events')
      .select(['action', 'details'])
      .where('action', 'like', 'reports.%')
      .execute()
    expect(traces).toContainEqual({ action: 'reports.export', details: { form: 'csv-findings' } })
    expect(traces.map(({ action }) => action)).toContain('reports.choose')
  })
})

describe('the PDF', () => {
  it('is one page, titled and tagged in the reader’s language, with drawings and no photographs', async () => {
    const pdf = await bytes(lived.callers.director.ask(routes.document, { params }))
    expect(pagesIn(pdf)).toBe(1)
    const raw = pdf.toString('latin1')
    for (const mark of ['/StructTreeRoot', '/Lang (fr)', '/DisplayDocTitle true', '/Title']) {
      expect(raw).toContain(mark)
    }
    expect(raw).not.toContain('/Subtype /Image')
    expect(wordsIn(pdf)).toContain('Unseuldossierpourtouslesmétiers')
  })

  it('is one page still where everything is as long as it can be', async () => {
    const { director } = lived.callers
    const long = 'Une explication qui ne finit plus. '.repeat(30).slice(0, 1_000)
    const ids = await makeObservations(test.db, lived, [
      { irritantId: lived.observing.irritants[0]!.id, count: 60, situation: long, idea: long },
    ])
    for (let at = 0; at < 6; at += 1) {
      const title = `${at} ${long}`.slice(0, 120).trim()
      const observationIds = ids.slice(at * 2, at * 2 + 2)
      const irritantId = lived.observing.irritants[0]!.id
      await director.ask(findingsRoutes.group, {
        params,
        body: { title, irritantId, note: long, observationIds },
      })
    }
    for (let at = 0; at < 6; at += 1) await planned(lived, { title: `${at} ${long}`.slice(0, 160) })
    const { choice } = await report()
    const body = {
      version: choice.version,
      pictures: pictureKinds.slice(0, 3),
      quoteIds: ids.slice(0, 3),
      coming: long.slice(0, 400),
    }
    await director.ask(routes.choose, { params, body })
    expect(pagesIn(await bytes(director.ask(routes.document, { params })))).toBe(1)
    for (const picture of pictureKinds) {
      const svg = await bytes(director.ask(routes.picture, { params: { ...params, picture } }))
      expect(svg.toString()).toMatch(/^<svg .*<\/svg>$/s)
    }
  })

  it('is called by its name, accents and all', async () => {
    const address = `/api/days/${params.dayId}/report/tables/quotes`
    const headers = { cookie: lived.callers.director.cookie! }
    await test.db.updateTable('days').set({ name: 'L’été d’Aïcha (10*)' }).execute()
    const answer = await test.app.inject({ url: address, headers })
    const header = String(answer.headers['content-disposition'])
    expect(header).toContain('filename="Paroles-choisies-L-ete-d-Aicha-10-2027-05-20.csv"')
    const name = decodeURIComponent(/filename\*=UTF-8''([\w%.~!-]+)$/.exec(header)![1]!)
    expect(name).toBe('Paroles choisies – L’été d’Aïcha (10 ) – 2027-05-20.csv')
  })
})

const table = (rows: Table['rows']): Table => ({
  kind: 'figures',
  title: 'Chiffres [1/2]: tout',
  columns: [
    { title: 'Texte', kind: 'text' },
    { title: 'Nombre', kind: 'count' },
    { title: 'Moyenne', kind: 'mean' },
    { title: 'Date', kind: 'date' },
  ],
  rows,
})

describe('a table for Excel', () => {
  it('as CSV begins with a mark, and has semicolons, commas and CRLF', () => {
    expect(csvOf(table([['Été ; « oui »\nnon', 1234, 2.5, '2027-05-20']]))).toBe(
      '\uFEFFTexte;Nombre;Moyenne;Date\r\n"Été ; « oui »\nnon";1234;2,50;20/05/2027\r\n',
    )
  })

  it.each(['=1+1', '+33 6', '-1', '@SUM(A1)', '\t=1', ' =1', '|cmd', '%x'])(
    'never computes %j',
    async (text) => {
      const line = csvOf(table([[text, null, null, null]])).split('\r\n')[1]!
      expect(line).toMatch(/^"?'/)
      const [sheet] = sheetsOf(await xlsxOf([table([[text, 1, 2.5, '2027-05-20']])]))
      expect(sheet![1]![0]).toEqual({ type: 's', value: text })
    },
  )

  it('as XLSX has real numbers and dates, a held head, and nothing XML cannot hold', async () => {
    const odd = 'Un\u0000 drôle\u000b d’emoji 😀 coupé \uD83D <b>&amp;'
    const file = await xlsxOf([table([[odd, 1234, 2.5, '2027-05-20']])])
    const parts = unzipSync(file)
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
    expect(sheet).toContain('state="frozen"')
    expect(sheet).toContain('ySplit="1"')
    expect(sheetsOf(file)[0]![1]).toEqual([
      { type: 's', value: 'Un drôle d’emoji 😀 coupé  <b>&amp;' },
      { type: 'n', value: 1234 },
      { type: 'n', value: 2.5 },
      // 20 May 2027 in days since 30 December 1899, as Excel counts them.
      { type: 'n', value: 46_527 },
    ])
    expect(strFromU8(parts['xl/workbook.xml']!)).toContain('name="Chiffres  1 2   tout"')
  })
})

function asInExcel(
  cell: ReportPage['tables'][number]['rows'][number][number],
  of: Table,
  at: number,
) {
  if (cell === null || cell === '') return null
  if (of.columns[at]!.kind !== 'date') return cell
  return Date.parse(`${cell}T00:00:00Z`) / 86_400_000 + 25_569
}

/** Every sheet of a workbook, cell by cell, read from its XML (ECMA-376, part 1, 18.3). */
function sheetsOf(file: Buffer) {
  const parts = unzipSync(file)
  const strings = [
    ...strFromU8(parts['xl/sharedStrings.xml'] ?? new Uint8Array()).matchAll(/<si>(.*?)<\/si>/gs),
  ].map(([, item = '']) =>
    unescaped([...item.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map((one) => one[1]).join('')),
  )
  const names = Object.keys(parts).filter((name) => /worksheets\/sheet\d+\.xml$/.test(name))
  const numberOf = (name: string) => Number(/(\d+)\.xml$/.exec(name)![1])
  return names
    .toSorted((a, b) => numberOf(a) - numberOf(b))
    .map((name) =>
      [...strFromU8(parts[name]!).matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
        cellsOf(row, strings),
      ),
    )
}

/** Cells by their column; what is not written is empty. */
function cellsOf(row: string, strings: string[]) {
  const cells: { type: string; value: string | number | null }[] = []
  for (const [, attributes = '', inner = ''] of row.matchAll(/<c([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    expect(inner).not.toContain('<f>')
    const at = / r="([A-Z])/.exec(attributes)![1]!.charCodeAt(0) - 65
    const value = /<v>(.*?)<\/v>/s.exec(inner)?.[1]
    const isText = / t="s"/.test(attributes)
    while (cells.length < at) cells.push({ type: 'empty', value: null })
    if (value !== undefined) {
      cells.push(
        isText
          ? { type: 's', value: strings[Number(value)] || null }
          : { type: 'n', value: Number(value) },
      )
    }
  }
  return cells
}

const unescaped = (xml: string) =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
