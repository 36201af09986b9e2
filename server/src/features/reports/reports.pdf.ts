import { createRequire } from 'node:module'
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { dateWords } from '#server/features/days/days.service.ts'
import { say } from '#server/platform/i18n.ts'
import type { Report, Table } from '#shared/reports/reports.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { pictureOf, pictureSize } from './reports.pictures.ts'
import { beginningOf, printable } from './reports.rules.ts'
import { type Cell, type ColumnKind, figuresOf, tablesOf } from './reports.tables.ts'

// Roboto ships with pdfmake. Our own faces come as WOFF2, of which pdfmake’s font reader cannot embed
// accented letters: it reads the packed outlines as if they were plain ones.
const bundled = createRequire(import.meta.url)
const [textFace, titleFace] = ['Regular', 'Medium'].map((weight) =>
  bundled.resolve(`pdfmake/fonts/Roboto/Roboto-${weight}.ttf`),
) as [string, string]
pdfmake.setFonts({
  Roboto: { normal: textFace, bold: titleFace, italics: textFace, bolditalics: titleFace },
})
// A report is made of what it was handed: it fetches nothing and opens no file but its fonts.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === textFace || path === titleFace)

const margin = 40
const innerWidth = 595 - 2 * margin
/** What one page holds of what was decided; of what was found while nothing is. */
const linesOnPage = 5
const ink = '#1a1613'
const soft = '#5c5650'
const line = '#cfc8be'

/**
 * Drawings stand two in a row, where their words can be read at arm’s length, unless what else is on the
 * page needs the room: then three.
 * @param whole everything with its tables, on as many pages as it takes; else the one page.
 */
export async function pdfOf(report: Report, language: Language, whole: boolean): Promise<Buffer> {
  const roomy = await made(report, language, false, 2)
  const inRow = roomy.pages === 1 ? 2 : 3
  if (!whole && inRow === 2) return roomy.pdf
  return (await made(report, language, whole, inRow)).pdf
}

async function made(report: Report, language: Language, whole: boolean, inRow: number) {
  const word = (key: string, values = {}) => say(language, `reports:${key}`, values)
  const title = `${word(whole ? 'wholeReport' : 'title')} – ${report.dayName}`
  const content = [...onePage(report, language, inRow), ...(whole ? theRest(report, language) : [])]
  let pages = 0
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [margin, margin, margin, margin],
    info: { title: plain(title), creator: '10 de cœur' },
    // Read out in the right language, and told by its title instead of its file name.
    ...{ tagged: true, displayTitle: true, language },
    defaultStyle: { font: 'Roboto', fontSize: 9.5, color: ink, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 22, bold: true },
      heading: { fontSize: 12.5, bold: true, margin: [0, 9, 0, 3] },
      soft: { color: soft },
    },
    content,
    footer: (page: number, count: number) => {
      pages = count
      const text = whole ? word('page.pageOf', { page, pages }) : ''
      return { text, alignment: 'center', color: soft, fontSize: 8 }
    },
  }
  return { pdf: await pdfmake.createPdf(definition).getBuffer(), pages }
}

function onePage(report: Report, language: Language, inRow: number): Content[] {
  const word = (key: string, values = {}) => say(language, `reports:${key}`, values)
  const { pictures, quotes, coming } = report.choice
  const gap = 14
  const width = (innerWidth - (inRow - 1) * gap) / inRow
  const rows = pictures.flatMap((_, at) =>
    at % inRow === 0 ? [pictures.slice(at, at + inRow)] : [],
  )
  const kept =
    report.actions.length > 0
      ? report.actions.slice(0, linesOnPage).map((one) => actionLine(one, language))
      : report.findings.slice(0, linesOnPage).map((one) => findingLine(one, language))
  const heading = (key: string): Content => ({ text: word(`page.${key}`), style: 'heading' })
  return [
    { text: plain(report.dayName), style: 'title' },
    { text: plain(dated(report.date, language)), style: 'soft', margin: [0, 0, 0, 2] },
    heading('lived'),
    { text: plain(livedLine(report, language)) },
    { text: plain(presenceLine(report, language)), style: 'soft', margin: [0, 2, 0, 0] },
    heading('seen'),
    { text: word('page.observed', { count: report.observations }), margin: [0, 0, 0, 4] },
    ...rows.map(
      (row): Content => ({
        columns: row.map((kind) => ({
          width,
          stack: [
            { text: word(`pictures.${kind}`), bold: true, fontSize: 9, margin: [0, 0, 0, 4] },
            {
              svg: plain(pictureOf(kind, report, language)),
              width,
              height: (width * pictureSize.height) / pictureSize.width,
            },
          ],
        })),
        columnGap: gap,
      }),
    ),
    ...(quotes.length > 0 ? [heading('said')] : []),
    ...quotes.map((one) => said(one, word)),
    heading('decided'),
    ...(kept.length === 0 ? [{ text: word('page.nothingDecided') }] : []),
    ...kept.map((one): Content => ({ text: plain(one), margin: [0, 0, 0, 2] })),
    ...(coming ? [heading('coming'), { text: plain(coming) }] : []),
    {
      text: plain(word('page.methodText', { least: report.smallestGroup })),
      style: 'soft',
      fontSize: 7.5,
      margin: [0, 10, 0, 0],
    },
  ]
}

/** With its year: a report is read again at the next edition. */
const dated = (date: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'full',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))

const said = (
  { situation, idea }: Report['choice']['quotes'][number],
  word: (key: string, values?: Record<string, string>) => string,
): Content => ({
  text: [
    ...(situation ? [`« ${short(situation)} » `] : []),
    ...(idea ? [word('page.idea', { idea: short(idea) })] : []),
  ].map(plain),
  margin: [0, 0, 0, 3],
})

/** A quote is a line or two; whole, it is in the exports. */
const longestSaid = 180
const short = (text: string) =>
  text.length > longestSaid ? `${beginningOf(text, longestSaid).trimEnd()}…` : text

/** « 12 personnes chez 8 hôtes, sur 1 site ». */
function livedLine({ lived }: Report, language: Language): string {
  const counted = (key: 'guests' | 'hosts' | 'sites') =>
    say(language, `reports:page.${key}`, { count: lived[key] })
  const [guests, hosts, sites] = [counted('guests'), counted('hosts'), counted('sites')]
  return say(language, 'reports:page.people', { guests, hosts, sites })
}

/** « Un seul dossier · En cours ». */
const actionLine = (
  { title, status, dueOn }: Report['actions'][number],
  language: Language,
): string =>
  [
    title,
    say(language, `reports:status.${status}`),
    // The date is that of the decision: once it has been taken, it says nothing.
    ...(status === 'to-decide' && dueOn ? [dateWords(dueOn, language)] : []),
  ].join(' · ')

/** « Devoir tout répéter · vu 12 fois · 7 cœurs ». */
function findingLine(
  { title, observationCount, hearts }: Report['findings'][number],
  language: Language,
): string {
  const times = observationCount
  const seen = times === null ? [] : [say(language, 'reports:page.seenTimes', { count: times })]
  const given = hearts === null ? [] : [say(language, 'reports:page.hearts', { count: hearts })]
  return [title, ...seen, ...given].join(' · ')
}

/** The five kinds of presence, and how many nobody said anything of. */
function presenceLine(report: Report, language: Language): string {
  const kinds = figuresOf(report).slice(3, 9)
  const parts = kinds.map(([key, value]) => `${say(language, `reports:figures.${key}`)} ${value}`)
  return parts.join(' · ')
}

function theRest(report: Report, language: Language): Content[] {
  const tables = tablesOf(report, language).filter(({ rows }) => rows.length > 0)
  return tables.map(
    (table, at): Content => ({
      ...drawn(table, language),
      margin: [0, 9, 0, 0],
      ...(at === 0 ? { pageBreak: 'before' as const } : {}),
    }),
  )
}

/** Lines between rows, a strong one under the head, none around; no cell touches the edge of its colour. */
const ruled = {
  hLineWidth: (at: number, { table }: { table: { body: unknown[] } }) => {
    if (at <= 1 || at === table.body.length) return 0
    return at === 2 ? 1.5 : 0.5
  },
  vLineWidth: () => 0,
  hLineColor: (at: number) => (at === 2 ? ink : line),
  paddingLeft: () => 5,
  paddingRight: () => 5,
}

/** Columns in which nothing stands would only make the others narrow. */
function filled({ columns, rows }: Table): Pick<Table, 'columns' | 'rows'> {
  const kept = columns.flatMap((_, at) =>
    rows.some((row) => row[at] !== null && row[at] !== '') ? [at] : [],
  )
  return {
    columns: kept.map((at) => columns[at]!),
    rows: rows.map((row) => kept.map((at) => row[at]!)),
  }
}

/** With its title in its head: it goes to the next page with its rows, and is said again there. */
const drawn = (table: Table, language: Language) => laidOut(table.title, filled(table), language)

const laidOut = (
  title: string,
  { columns, rows }: Pick<Table, 'columns' | 'rows'>,
  language: Language,
) => ({
  table: {
    headerRows: 2,
    dontBreakRows: true,
    keepWithHeaderRows: 1,
    widths: columns.map(({ kind }) => (kind === 'text' ? '*' : 'auto')),
    body: [
      [
        { text: plain(title), style: 'heading', marginLeft: -5, colSpan: columns.length },
        ...columns.slice(1).map(() => ''),
      ],
      columns.map(({ title, kind }) => ({
        text: plain(title),
        bold: true,
        fillColor: '#ffe2c4',
        alignment: sideOf(kind),
      })),
      ...rows.map((row) =>
        row.map((cell, at) => {
          const { kind } = columns[at]!
          return { text: plain(cellText(cell, kind, language)), alignment: sideOf(kind) }
        }),
      ),
    ],
  },
  layout: ruled,
})

const sideOf = (kind: ColumnKind): 'left' | 'right' => (kind === 'text' ? 'left' : 'right')

function cellText(cell: Cell, kind: ColumnKind, language: Language): string {
  if (cell === null) return ''
  const locale = language === 'en' ? 'en-GB' : 'fr-FR'
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  if (kind === 'mean') return new Intl.NumberFormat(locale, decimals).format(Number(cell))
  if (kind === 'count') return new Intl.NumberFormat(locale).format(Number(cell))
  return kind === 'date' ? dateWords(String(cell), language) : String(cell)
}

/** Narrow spaces are not among the letters that are bundled; a plain unbreakable one reads alike. */
const plain = (text: string) => printable(text).replace(/[\u202F\u2009]/g, '\u00A0')
