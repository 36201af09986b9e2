import { fileBytesLimit } from '#shared/roster/roster.contract.ts'
import type { FileRefusalCode } from '#shared/roster/roster.vocabulary.ts'

/** What one uploaded file may cost. Tests pass smaller ones. */
export interface ReadingLimits {
  /** The largest roster seen (2,877 people) is 0.5 MB; the limit leaves forty times that and still fits in memory at once. */
  fileBytes: number
  /** A region has about 3,000 people; 50,000 is a whole country by mistake, not a region. */
  rows: number
  /** HR exports have 10 to 60 columns; Excel's 16,384 only appear when a sheet was painted to its edge. */
  columns: number
  /** 50,000 rows of 40 cells at 50 bytes of XML each; a zip bomb asks for thousands of times more. */
  inflatedBytes: number
  /** Shared strings let a small sheet point ten thousand times at one long text: the sum of all cells counts. */
  characters: number
}

export const readingLimits: ReadingLimits = {
  fileBytes: fileBytesLimit,
  rows: 50_000,
  columns: 200,
  inflatedBytes: 100_000_000,
  characters: 40_000_000,
}

/** An expected refusal of a whole file: a closed code and what its sentence needs (bytes, rows, line, sheet names). */
export interface FileRefusal {
  code: FileRefusalCode
  details: Record<string, number | string>
}

/** Carries a refusal out of nested readers; `readTable` turns it back into a value, nobody else sees it. */
export class Refused extends Error {
  readonly refusal: FileRefusal
  constructor(code: FileRefusalCode, details: FileRefusal['details'] = {}) {
    super(code)
    this.refusal = { code, details }
  }
}

export interface SourceRow {
  /** 1-based, as the spreadsheet program numbers it. */
  line: number
  cells: string[]
}
