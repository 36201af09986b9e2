import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import type { Table } from '#shared/reports/reports.contract.ts'
import { beginningOf } from './reports.rules.ts'
import type { Cell, ColumnKind } from './reports.tables.ts'

/** In characters; a sentence is read by widening, a number never is. */
const widths: Record<ColumnKind, number> = { text: 38, count: 16, mean: 16, date: 14 }
/** Excel allows 31 characters, and not these. */
const longestSheetName = 31

/**
 * One sheet a table, its head held while one scrolls; numbers and dates are what they say they are, and
 * texts are texts, whatever they begin with.
 */
export function xlsxOf(tables: readonly Table[]): Promise<Buffer> {
  return writeExcelFile(
    tables.map(({ title, columns, rows }) => ({
      sheet: sheetName(title),
      stickyRowsCount: 1,
      columns: columns.map(({ kind }) => ({ width: widths[kind] })),
      data: [
        columns.map((column) => ({
          value: written(column.title),
          fontWeight: 'bold' as const,
          backgroundColor: '#FFE2C4',
        })),
        ...rows.map((row) => row.map((cell, at) => cellOf(cell, columns[at]!.kind))),
      ] as SheetData,
    })),
  ).toBuffer()
}

function cellOf(cell: Cell, kind: ColumnKind) {
  if (cell === null) return null
  if (kind === 'count') return { type: Number, value: Number(cell), format: '#,##0' }
  if (kind === 'mean') return { type: Number, value: Number(cell), format: '0.00' }
  // Midnight in UTC is a whole number of days, so that no hour shows in any time zone.
  if (kind === 'date')
    return { type: Date, value: new Date(`${cell}T00:00:00Z`), format: 'dd/mm/yyyy' }
  return { type: String, value: written(String(cell)), wrap: true, alignVertical: 'top' as const }
}

/** Without what XML 1.0 cannot hold; Excel refuses the whole file for one of these. */
const written = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')

const sheetName = (title: string) =>
  beginningOf(title.replace(/[[\]:*?/\\]/g, ' '), longestSheetName)
