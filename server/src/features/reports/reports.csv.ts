import type { Table } from '#shared/reports/reports.contract.ts'
import type { Cell, ColumnKind } from './reports.tables.ts'

/** Tells Excel that the file is UTF-8. */
const byteOrderMark = '\uFEFF'
/** Decimals as the screens round them. */
const meanDecimals = 2

/**
 * A table as a French Excel opens it by a double click: semicolons, decimal commas, dates as
 * 20/05/2027, CRLF (RFC 4180). The same in every language: what decides is the Excel, not its reader.
 */
export function csvOf({ columns, rows }: Table): string {
  const head = columns.map(({ title }) => quoted(harmless(title)))
  const body = rows.map((row) => row.map((cell, at) => cellOf(cell, columns[at]!.kind)))
  return byteOrderMark + [head, ...body].map((line) => `${line.join(';')}\r\n`).join('')
}

function cellOf(cell: Cell, kind: ColumnKind): string {
  if (cell === null) return ''
  if (kind === 'mean') return Number(cell).toFixed(meanDecimals).replace('.', ',')
  if (kind === 'count') return String(cell)
  if (kind === 'date') return String(cell).split('-').toReversed().join('/')
  return quoted(harmless(String(cell)))
}

/**
 * What people wrote never becomes a formula: Excel computes a cell that begins with one of these
 * (OWASP, « CSV Injection »), quotes or not. An apostrophe before it is how Excel itself marks text.
 */
const harmless = (text: string) => (/^[\s]*[=+\-@|%]/.test(text) ? `'${text}` : text)

const quoted = (text: string) =>
  /[";\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
