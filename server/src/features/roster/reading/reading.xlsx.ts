import { setImmediate as breathe } from 'node:timers/promises'
import { type NumberLook, showNumber } from './reading.cells.ts'
import { type ReadingLimits, Refused, type SourceRow } from './reading.limits.ts'
import { attribute, walkXml, type XmlTag } from './reading.xml.ts'
import { type Archive, openArchive } from './reading.zip.ts'

export interface WorkbookRows {
  sheets: string[]
  sheet: string
  rows: SourceRow[]
}

interface Parts {
  sheets: { name: string; path: string }[]
  strings: string | null
  styles: string | null
  date1904: boolean
}

interface Context {
  strings: string[]
  looks: (NumberLook | undefined)[]
  date1904: boolean
  limits: ReadingLimits
}

/**
 * Reads one sheet (the first visible one unless named) of an XLSX workbook (ECMA-376).
 * Formulas give the value the spreadsheet program saved with them. Other requests get their turn
 * while a large sheet is read. Throws `Refused`.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  wanted: string | null,
  limits: ReadingLimits,
): Promise<WorkbookRows> {
  const archive = openArchive(bytes, limits)
  const parts = await readParts(archive)
  const sheets = parts.sheets.map((sheet) => sheet.name)
  const sheet = wanted === null ? parts.sheets[0] : parts.sheets.find((one) => one.name === wanted)
  if (!sheet) {
    if (wanted === null) throw new Refused('file_not_a_workbook')
    throw new Refused('sheet_unknown', { sheet: wanted, sheets: sheets.join(', ') })
  }
  const styles = parts.styles ? await partText(archive, parts.styles) : null
  const strings = parts.strings ? await partText(archive, parts.strings) : null
  const context: Context = {
    strings: strings === null ? [] : await readStrings(strings),
    looks: styles === null ? [] : await readLooks(styles),
    date1904: parts.date1904,
    limits,
  }
  const xml = await partText(archive, sheet.path)
  if (xml === null) throw new Refused('file_damaged')
  return { sheets, sheet: sheet.name, rows: await readRows(xml, context) }
}

/** Visits every tag until one visit returns true, and lets other requests have their turn in between. */
async function visitTags(xml: string, visit: (tag: XmlTag) => boolean | undefined): Promise<void> {
  let seen = 0
  for (const tag of walkXml(xml)) {
    if (visit(tag)) return
    seen += 1
    if (seen % 20_000 === 0) await breathe()
  }
}

async function partText(archive: Archive, path: string): Promise<string | null> {
  const bytes = await archive.part(path)
  if (bytes === null) return null
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes)
}

async function readParts(archive: Archive): Promise<Parts> {
  const roots = await readRelations(archive, '_rels/.rels', '')
  const path = [...roots.values()].find((one) => one.type === 'officeDocument')?.path
  const workbook = path?.endsWith('.xml') ? await partText(archive, path) : null
  if (!path || workbook === null) throw new Refused('file_not_a_workbook')
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const relations = await readRelations(
    archive,
    `${folder}_rels/${path.slice(folder.length)}.rels`,
    folder,
  )
  const visible: Parts['sheets'] = []
  const hidden: Parts['sheets'] = []
  let date1904 = false
  await visitTags(workbook, (tag) => {
    if (!tag.opens) return
    if (tag.name === 'workbookPr')
      date1904 = ['1', 'true'].includes(attribute(tag.attributes, 'date1904') ?? '')
    if (tag.name !== 'sheet') return
    const relation = relations.get(attribute(tag.attributes, 'id') ?? '')
    if (relation?.type !== 'worksheet') return
    const sheet = { name: attribute(tag.attributes, 'name') ?? '', path: relation.path }
    const state = attribute(tag.attributes, 'state')
    if (state === null || state === 'visible') visible.push(sheet)
    else hidden.push(sheet)
  })
  const ofType = (type: string) =>
    [...relations.values()].find((one) => one.type === type)?.path ?? null
  return {
    sheets: visible.length > 0 ? visible : hidden,
    strings: ofType('sharedStrings'),
    styles: ofType('styles'),
    date1904,
  }
}

async function readRelations(
  archive: Archive,
  path: string,
  folder: string,
): Promise<Map<string, { type: string; path: string }>> {
  const relations = new Map<string, { type: string; path: string }>()
  const xml = await partText(archive, path)
  if (xml === null) return relations
  await visitTags(xml, (tag) => {
    if (tag.name !== 'Relationship') return
    const target = attribute(tag.attributes, 'Target') ?? ''
    const type = attribute(tag.attributes, 'Type') ?? ''
    relations.set(attribute(tag.attributes, 'Id') ?? '', {
      type: type.slice(type.lastIndexOf('/') + 1),
      path: target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''),
    })
  })
  return relations
}

async function readStrings(xml: string): Promise<string[]> {
  const strings: string[] = []
  let current = ''
  let phonetic = false
  await visitTags(xml, (tag) => {
    if (tag.name === 'rPh') phonetic = tag.opens && !tag.closes
    else if (tag.name === 't' && !tag.opens && !phonetic) current += tag.text
    else if (tag.name === 'si' && tag.closes) {
      strings.push(current)
      current = ''
    }
    return undefined
  })
  return strings
}

async function readLooks(xml: string): Promise<NumberLook[]> {
  const codes = new Map<number, string>()
  const looks: NumberLook[] = []
  let inCells = false
  await visitTags(xml, (tag) => {
    if (tag.name === 'numFmt' && tag.opens)
      codes.set(
        Number(attribute(tag.attributes, 'numFmtId')),
        attribute(tag.attributes, 'formatCode') ?? '',
      )
    else if (tag.name === 'cellXfs') inCells = tag.opens && !tag.closes
    else if (tag.name === 'xf' && tag.opens && inCells) {
      const formatId = Number(attribute(tag.attributes, 'numFmtId') ?? 0)
      looks.push({ formatId, formatCode: codes.get(formatId) ?? null })
    }
    return undefined
  })
  return looks
}

async function readRows(xml: string, context: Context): Promise<SourceRow[]> {
  const { limits } = context
  const rows: SourceRow[] = []
  // Rows painted but empty cost nothing until a filled one follows them; those at the end are dropped.
  let emptyLines: number[] = []
  let line = 0
  let cells: string[] = []
  let filled = false
  let column = -1
  let type = 'n'
  let style = 0
  let text = ''
  let phonetic = false
  let characters = 0
  await visitTags(xml, (tag) => {
    if (tag.name === 'row') {
      if (tag.opens) {
        line = Number(attribute(tag.attributes, 'r') ?? line + 1)
        cells = []
        filled = false
        column = -1
      }
      if (!tag.closes) return
      if (!filled) {
        if (emptyLines.length < limits.rows) emptyLines.push(line)
        return
      }
      for (const empty of emptyLines) rows.push({ line: empty, cells: [] })
      emptyLines = []
      rows.push({ line, cells })
      if (rows.length > limits.rows + 1)
        throw new Refused('file_too_many_rows', { limit: limits.rows })
    } else if (tag.name === 'c' && tag.opens) {
      column = columnOf(attribute(tag.attributes, 'r'), column + 1)
      type = attribute(tag.attributes, 't') ?? 'n'
      style = Number(attribute(tag.attributes, 's') ?? 0)
      text = ''
    } else if (tag.name === 'rPh') phonetic = tag.opens && !tag.closes
    else if (!tag.opens && !phonetic && (tag.name === 'v' || tag.name === 't')) text += tag.text
    else if (!tag.opens && tag.name === 'c') {
      const shown = showCell(text, type, style, context)
      if (shown.trim() === '') return
      characters += shown.length
      if (characters > limits.characters)
        throw new Refused('file_inflates_too_much', { limit: limits.characters })
      if (column >= limits.columns)
        throw new Refused('file_too_many_columns', { limit: limits.columns, line })
      while (cells.length < column) cells.push('')
      cells[column] = shown
      filled = true
    }
    return tag.name === 'sheetData' && tag.closes
  })
  return rows
}

function columnOf(reference: string | null, next: number): number {
  if (reference === null) return next
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column === 0 ? next : column - 1
}

function showCell(text: string, type: string, style: number, context: Context): string {
  if (type === 's') return context.strings[Number(text)] ?? ''
  if (type === 'n') return showNumber(text, context.looks[style], context.date1904)
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
  return text
}
