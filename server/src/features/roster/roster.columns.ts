import { createHash } from 'node:crypto'
import {
  type MappingRefusalCode,
  peopleFields,
  type RosterField,
  type RosterKind,
  requiredFields,
  siteFields,
  type UnneededColumn,
} from '#shared/roster/roster.vocabulary.ts'
import type { Table } from './roster.files.ts'
import { readHeader } from './roster.headers.ts'
import { fold, readCode, readDegrees, readEmail, readPhone, readSiteKind } from './roster.values.ts'

/** Field → 0-based column. A field that is absent has no column in this file. */
export type Mapping = Partial<Record<RosterField, number>>

/** What we think of one column, for the person who checks it. */
export interface ColumnGuess {
  column: number
  header: string
  field: RosterField | null
  /** Set when the column is recognised and left out on purpose. */
  unneeded: UnneededColumn | null
  /** Whether the column name or the cells told us; null when nothing did. */
  by: 'header' | 'content' | null
  /** Up to three filled cells; none for a column we leave out. */
  samples: string[]
}

export interface MappingGuess {
  mapping: Mapping
  columns: ColumnGuess[]
  missing: RosterField[]
}

export const fieldsOf = {
  people: peopleFields,
  sites: siteFields,
} as const satisfies Record<RosterKind, readonly RosterField[]>

/** A column is told by its cells when this share of the filled ones looks the part. */
const CLEAR_SHARE = 0.6
/** Enough to judge a column by, few enough to be instant. */
const SAMPLE_ROWS = 200

/**
 * Guesses which column holds which field: by exact column names, then by looser ones, then by
 * content for columns whose name says nothing. `siteCodes` helps to find the site of people.
 */
export function guessMapping(
  kind: RosterKind,
  table: Table,
  siteCodes: Iterable<string> = [],
): MappingGuess {
  const columns = table.headers.map((header, column): ColumnGuess => {
    const samples = samplesOf(table, column, 3)
    return { column, header, field: null, unneeded: null, by: null, samples }
  })
  const mapping: Mapping = {}
  const take = (guess: ColumnGuess, field: RosterField, by: 'header' | 'content') => {
    if (mapping[field] !== undefined) return
    mapping[field] = guess.column
    guess.field = field
    guess.by = by
  }
  const meanings = table.headers.map((header, column) =>
    // « Titre » and "Title" head forms of address in one file and jobs in the next: the cells decide.
    kind === 'people' && share(samplesOf(table, column, SAMPLE_ROWS), isCivility) >= CLEAR_SHARE
      ? { unneeded: 'civility' as const, exact: true }
      : readHeader(kind, header),
  )
  for (const exact of [true, false])
    for (const guess of columns) {
      const meaning = meanings[guess.column]
      if (!meaning || meaning.exact !== exact) continue
      if ('field' in meaning) take(guess, meaning.field, 'header')
      else {
        guess.unneeded = meaning.unneeded
        guess.by = 'header'
        guess.samples = []
      }
    }
  const codes = new Set([...siteCodes].map(readCode))
  for (const guess of columns) {
    if (meanings[guess.column]) continue
    const cells = samplesOf(table, guess.column, SAMPLE_ROWS)
    const field = kind === 'people' ? peopleContent(cells, codes) : siteContent(cells)
    if (field) take(guess, field, 'content')
  }
  return { mapping, columns, missing: missingFields(kind, mapping) }
}

export function missingFields(kind: RosterKind, mapping: Mapping): RosterField[] {
  return requiredFields[kind].filter((field) => mapping[field] === undefined)
}

export interface MappingRefusal {
  code: MappingRefusalCode
  field: RosterField
}

/** Checks a mapping corrected by hand against the table; null when it can be used. */
export function checkMapping(
  kind: RosterKind,
  mapping: Mapping,
  table: Table,
): MappingRefusal | null {
  const used = new Set<number>()
  for (const [key, column] of Object.entries(mapping)) {
    const field = key as RosterField
    const known = (fieldsOf[kind] as readonly RosterField[]).includes(field)
    if (!known || !Number.isInteger(column) || column < 0 || column >= table.headers.length)
      return { code: 'mapping_column_unknown', field }
    if (used.has(column)) return { code: 'mapping_column_twice', field }
    used.add(column)
  }
  const missing = missingFields(kind, mapping)[0]
  return missing ? { code: 'mapping_field_missing', field: missing } : null
}

/** The key under which a corrected mapping is remembered: same column names in the same order. */
export function headerSignature(kind: RosterKind, headers: string[]): string {
  return createHash('sha256')
    .update([kind, ...headers.map(fold)].join('\n'))
    .digest('hex')
}

function samplesOf(table: Table, column: number, count: number): string[] {
  const samples: string[] = []
  for (const { cells } of table.rows) {
    const cell = cells[column]?.trim()
    if (cell) samples.push(cell)
    if (samples.length === count) break
  }
  return samples
}

function share(cells: string[], test: (cell: string) => boolean): number {
  return cells.length === 0 ? 0 : cells.filter(test).length / cells.length
}

function isCivility(cell: string): boolean {
  return /^(m|mr|mme|mlle|mrs|ms|miss|mx|dr|monsieur|madame|mademoiselle)$/.test(fold(cell))
}

function peopleContent(cells: string[], siteCodes: Set<string>): RosterField | null {
  const most = (test: (cell: string) => boolean) => share(cells, test) >= CLEAR_SHARE
  if (most((cell) => readEmail(cell) !== null)) return 'email'
  if (most((cell) => siteCodes.has(readCode(cell)))) return 'siteCode'
  if (most((cell) => /^(\+33|0)[\s.]?[1-9]/.test(cell) && readPhone(cell) !== null)) return 'phone'
  // Numbers that never repeat: a postcode or a manager's number comes back.
  const distinct = new Set(cells).size / Math.max(1, cells.length)
  if (distinct > 0.95 && most((cell) => /^[A-Za-z]{0,3}\d{4,12}$/.test(cell)))
    return 'employeeNumber'
  return null
}

function siteContent(cells: string[]): RosterField | null {
  const most = (test: (cell: string) => boolean) => share(cells, test) >= CLEAR_SHARE
  if (most((cell) => readSiteKind(cell) !== null && cell.length < 30)) return 'kind'
  if (most((cell) => /^\d{5}$/.test(cell))) return 'postcode'
  if (most((cell) => /[.,]\d{2,}/.test(cell) && readDegrees(cell) !== null)) {
    // Metropolitan France and Belgium lie between 41 and 52 degrees north, and never so far east.
    const north = most((cell) => Math.abs(readDegrees(cell)! - 46.5) <= 5.5)
    return north ? 'latitude' : 'longitude'
  }
  if (new Set(cells).size === cells.length && most((cell) => /^[A-Z]{2,4}[-_ ]?\d/.test(cell)))
    return 'code'
  return null
}
