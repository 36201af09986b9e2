import { type CsvEncoding, type CsvSeparator, readCsv } from './reading/reading.csv.ts'
import {
  type FileRefusal,
  type ReadingLimits,
  Refused,
  readingLimits,
  type SourceRow,
} from './reading/reading.limits.ts'
import { readWorkbook } from './reading/reading.xlsx.ts'
import { findHeader, recognisedHeaders } from './roster.headers.ts'

/** A file as a person sees it in a spreadsheet program: column names, then rows of text. */
export interface Table {
  format: 'csv' | 'xlsx'
  /** null for XLSX, as is `separator`. */
  encoding: CsvEncoding | null
  separator: CsvSeparator | null
  /** Names of the visible sheets and of the one read; empty and null for CSV. */
  sheets: string[]
  sheet: string | null
  /** 1-based line of the column names. Filled rows above it (a title, a date) are not data. */
  headerLine: number
  titleLines: number[]
  headers: string[]
  /** Every row under the header, empty ones too. A row may be shorter or longer than `headers`. */
  rows: SourceRow[]
}

export type Reading = { ok: true; table: Table } | { ok: false; refusal: FileRefusal }

export interface ReadingOptions {
  /** The sheet to read; the first visible one by default. */
  sheet?: string | null
  /** The line of the column names when the guess was wrong. */
  headerLine?: number | null
  limits?: ReadingLimits
}

/**
 * Turns the bytes of an uploaded CSV or XLSX file into a table, whatever its name says.
 * A file that is too large, too dear to unpack, or of another kind is refused before it is read.
 */
export async function readTable(bytes: Uint8Array, options: ReadingOptions = {}): Promise<Reading> {
  try {
    return { ok: true, table: await read(bytes, options) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal }
    throw error
  }
}

async function read(bytes: Uint8Array, options: ReadingOptions): Promise<Table> {
  const limits = options.limits ?? readingLimits
  if (bytes.length > limits.fileBytes)
    throw new Refused('file_too_large', { bytes: bytes.length, limit: limits.fileBytes })
  if (bytes.length === 0) throw new Refused('file_empty')
  refuseOtherKinds(bytes)
  if (startsWith(bytes, [0x50, 0x4b])) {
    const { rows, sheets, sheet } = await readWorkbook(bytes, options.sheet ?? null, limits)
    return {
      format: 'xlsx',
      encoding: null,
      separator: null,
      sheets,
      sheet,
      ...split(rows, options),
    }
  }
  const { rows, encoding, separator } = await readCsv(bytes, limits, recognisedHeaders)
  return { format: 'csv', encoding, separator, sheets: [], sheet: null, ...split(rows, options) }
}

function split(
  rows: SourceRow[],
  options: ReadingOptions,
): Pick<Table, 'headerLine' | 'titleLines' | 'headers' | 'rows'> {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  if (filled.length === 0) throw new Refused('file_empty')
  const header =
    filled.find(({ line }) => line === options.headerLine) ?? findHeader(filled.slice(0, 30))
  const last = header.cells.findLastIndex((cell) => cell.trim() !== '')
  if (filled.at(-1) === header) throw new Refused('file_without_rows', { line: header.line })
  return {
    headerLine: header.line,
    titleLines: filled.filter(({ line }) => line < header.line).map(({ line }) => line),
    headers: header.cells.slice(0, last + 1).map((cell) => cell.trim()),
    rows: rows.filter(({ line }) => line > header.line),
  }
}

/** Files people really send by mistake, told apart by their first bytes so that the message can help. */
function refuseOtherKinds(bytes: Uint8Array): void {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    // An XLSX with a password is wrapped in the container of the old .xls format (MS-OFFCRYPTO 2.3.4.4).
    const wrapped = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const encrypted = wrapped.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw new Refused(encrypted ? 'file_encrypted' : 'file_old_excel')
  }
  const start = Buffer.from(bytes.subarray(0, 300)).toString('latin1').trimStart().toLowerCase()
  if (/^(%pdf|\{\\rtf|(ï»¿)?\s*(<!doctype|<html|<table|<\?xml))/.test(start))
    throw new Refused('file_unreadable')
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}
