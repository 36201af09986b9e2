import { readFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { guessMapping, type Mapping } from '#server/features/roster/roster.columns.ts'
import { readTable, type Table } from '#server/features/roster/roster.files.ts'
import { judgePeople, type PersonValue } from '#server/features/roster/roster.people.ts'
import { judgeSites, type SiteValue } from '#server/features/roster/roster.sites.ts'
import type { Verdict } from '#server/features/roster/roster.verdicts.ts'
import type { RosterKind } from '#shared/roster/roster.vocabulary.ts'

const demo = new URL('../../server/src/demo/nouvelle-aquitaine/', import.meta.url)

export function demoFile(name: 'effectifs.csv' | 'sites.csv'): Uint8Array {
  return readFileSync(new URL(name, demo))
}

/** The table of a file that must be readable. */
export async function tableOf(file: Uint8Array | string, headerLine?: number): Promise<Table> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const reading = await readTable(bytes, { headerLine })
  if (!reading.ok) throw new Error(`refused: ${JSON.stringify(reading.refusal)}`)
  return reading.table
}

export async function mapped(
  kind: RosterKind,
  bytes: Uint8Array | string,
  siteCodes: string[] = [],
): Promise<{ table: Table; mapping: Mapping }> {
  const table = await tableOf(bytes)
  return { table, mapping: guessMapping(kind, table, siteCodes).mapping }
}

export const twoSites = [
  { code: 'BOU-40-049', name: 'Boutique Dax' },
  { code: 'PLA-33-001', name: 'Plateau Bordeaux' },
]

/** Judges a small people file given as text against two sites. */
export async function judgedPeople(csv: Uint8Array | string, existing: PersonValue[] = []) {
  const { table, mapping } = await mapped('people', csv)
  return judgePeople({ table, mapping, sites: twoSites, existing, jobTitles: new Map() })
}

export async function judgedSites(csv: Uint8Array | string, existing: SiteValue[] = []) {
  const { table, mapping } = await mapped('sites', csv)
  return judgeSites({ table, mapping, existing })
}

export function valuesOf<Value>(verdicts: Verdict<Value>[]): Value[] {
  return verdicts.flatMap(({ value }) => (value === null ? [] : [value]))
}

export function codesOf(verdict: Verdict<unknown> | undefined): string[] {
  return verdict?.findings.map(({ code }) => code) ?? []
}

type Cell = string | number | { raw: string }

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The XML of a sheet; `{ raw }` is put in as written. Strings are shared, as Excel writes them. */
function sheetXml(rows: Cell[][], strings: string[], prefix: string): string {
  const x = (name: string) => prefix + name
  const body = rows.map((cells, row) => {
    const inner = cells.map((cell, column) => {
      const reference = `r="${String.fromCharCode(65 + column)}${row + 1}"`
      if (typeof cell === 'object') return cell.raw.replace('REF', reference)
      if (cell === '') return ''
      if (typeof cell === 'number')
        return `<${x('c')} ${reference}><${x('v')}>${cell}</${x('v')}></${x('c')}>`
      return `<${x('c')} ${reference} t="s"><${x('v')}>${strings.push(cell) - 1}</${x('v')}></${x('c')}>`
    })
    return `<${x('row')} r="${row + 1}">${inner.join('')}</${x('row')}>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?><${x('worksheet')}><${x('sheetData')}>${body.join('')}</${x('sheetData')}></${x('worksheet')}>`
}

/** Parts of a workbook, by sheet name, as a spreadsheet program would write them. */
export function workbookParts(
  sheets: Record<string, Cell[][]>,
  options: { hidden?: string[]; prefix?: string; formats?: string[] } = {},
): Record<string, Uint8Array> {
  const strings: string[] = []
  const names = Object.keys(sheets)
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const sheetParts = Object.fromEntries(
    names.map((name, index) => [
      `xl/worksheets/sheet${index + 1}.xml`,
      strToU8(sheetXml(sheets[name]!, strings, options.prefix ?? '')),
    ]),
  )
  const formats = options.formats ?? []
  return {
    '_rels/.rels': strToU8(
      `<Relationships>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ),
    'xl/workbook.xml': strToU8(
      `<workbook><sheets>${names
        .map(
          (name, index) =>
            `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${options.hidden?.includes(name) ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${names.map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)).join('')}${relation('rId90', 'sharedStrings', 'sharedStrings.xml')}${relation('rId91', 'styles', 'styles.xml')}</Relationships>`,
    ),
    'xl/styles.xml': strToU8(
      `<styleSheet><numFmts>${formats.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code).replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/>${formats.map((_, index) => `<xf numFmtId="${164 + index}"/>`).join('')}</cellXfs></styleSheet>`,
    ),
    ...sheetParts,
    'xl/sharedStrings.xml': strToU8(
      `<sst>${strings.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`,
    ),
  }
}

export function workbook(
  sheets: Record<string, Cell[][]>,
  options: Parameters<typeof workbookParts>[1] = {},
): Uint8Array {
  return zipSync(workbookParts(sheets, options))
}
