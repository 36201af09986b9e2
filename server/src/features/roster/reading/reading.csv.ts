import { Readable } from 'node:stream'
import { setImmediate as breathe } from 'node:timers/promises'
import { parse } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import { type ReadingLimits, Refused, type SourceRow } from './reading.limits.ts'

export const csvEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh'] as const
export type CsvEncoding = (typeof csvEncodings)[number]
export const csvSeparators = [';', ',', '\t', '|'] as const
export type CsvSeparator = (typeof csvSeparators)[number]

export interface CsvRows {
  encoding: CsvEncoding
  separator: CsvSeparator
  rows: SourceRow[]
}

/**
 * Reads a CSV file whose encoding and separator nobody tells us. `recognised` counts how many cells
 * of a row are column names we know: the strongest sign that a separator is the right one.
 * A row's line is its number in a spreadsheet program: a cell with line breaks does not shift it.
 * Throws `Refused`.
 */
export async function readCsv(
  bytes: Uint8Array,
  limits: ReadingLimits,
  recognised: (cells: string[]) => number,
): Promise<CsvRows> {
  const encoding = guessEncoding(bytes)
  let text = new TextDecoder(encoding).decode(bytes)
  // Excel writes and obeys a first line `sep=;`, and does not show it as a row.
  const hint = /^sep=([;,|\t])\r?\n?/i.exec(text)
  if (hint) text = text.slice(hint[0].length)
  const separator = (hint?.[1] as CsvSeparator | undefined) ?? guessSeparator(text, recognised)
  return { encoding, separator, rows: await readRows(text, separator, limits) }
}

function guessEncoding(bytes: Uint8Array): CsvEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 4096)
  let zeros = 0
  let oddZeros = 0
  for (let at = 0; at < start.length; at++)
    if (start[at] === 0) {
      zeros += 1
      if (at % 2 === 1) oddZeros += 1
    }
  // Western text in UTF-16 without a mark has a zero in nearly every second byte.
  if (zeros > start.length / 4) {
    if (oddZeros > zeros * 0.9) return 'utf-16le'
    if (oddZeros < zeros * 0.1) return 'utf-16be'
  }
  if (bytes.includes(0)) throw new Refused('file_unreadable')
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    // These bytes mean nothing in Windows-1252, but are ç, è, ê, ì and ù as Excel for Mac writes them.
    const mac = [0x81, 0x8d, 0x8f, 0x90, 0x9d].some((byte) => bytes.includes(byte))
    return mac ? 'macintosh' : 'windows-1252'
  }
}

const shape = {
  relax_quotes: true,
  relax_column_count: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  // One record this long is a quote nobody closed, not a row.
  max_record_size: 500_000,
}

/** More empty rows than this at the end are a column painted to its edge, which Excel writes as a million `;;;`. */
const MOST_BLANKS_AT_END = 1000

function guessSeparator(text: string, recognised: (cells: string[]) => number): CsvSeparator {
  const sample = text.slice(0, 40_000)
  let best: { separator: CsvSeparator; score: number[] } = { separator: ';', score: [0, 0, 0] }
  for (const separator of csvSeparators) {
    const records = sampleRecords(sample, separator)
    const widths = new Map<number, number>()
    for (const record of records)
      if (record.length > 1) widths.set(record.length, (widths.get(record.length) ?? 0) + 1)
    const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0]
    const known = Math.max(0, ...records.slice(0, 30).map(recognised))
    const score = [width > 1 ? known : 0, count, width]
    if (isGreater(score, best.score)) best = { separator, score }
  }
  return best.separator
}

function sampleRecords(sample: string, separator: CsvSeparator): string[][] {
  try {
    return parseAtOnce(sample, {
      ...shape,
      delimiter: separator,
      to: 60,
      skip_empty_lines: true,
    }) as string[][]
  } catch {
    // The sample may end inside a quoted cell; the first rows are enough then.
    return sample
      .split(/\r\n|\n|\r/)
      .slice(0, 30)
      .map((line) => line.split(separator))
  }
}

function isGreater(a: number[], b: number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index])
  return at >= 0 && a[at]! > b[at]!
}

async function readRows(
  text: string,
  separator: CsvSeparator,
  limits: ReadingLimits,
): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  let blanks: SourceRow[] = []
  let line = 0
  const parser = Readable.from(slices(text)).pipe(parse({ ...shape, delimiter: separator }))
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line += 1
      if (cells.every((cell) => cell === '')) {
        if (blanks.length <= limits.rows) blanks.push({ line, cells })
        continue
      }
      if (cells.length > limits.columns)
        throw new Refused('file_too_many_columns', { limit: limits.columns, line })
      for (const blank of blanks) rows.push(blank)
      blanks = []
      rows.push({ line, cells })
      // The header is a row of the file but not of the roster.
      if (rows.length > limits.rows + 1)
        throw new Refused('file_too_many_rows', { limit: limits.rows })
    }
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
      throw new Refused('file_quote_not_closed', { line: line + 1 })
    if (code?.startsWith('CSV_')) throw new Refused('file_damaged')
    throw error
  }
  if (blanks.length <= MOST_BLANKS_AT_END) for (const blank of blanks) rows.push(blank)
  return rows
}

/** Pieces small enough that other requests get their turn between two of them. */
async function* slices(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  const size = 256 * 1024
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size)
    await breathe()
  }
}
