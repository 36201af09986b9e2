import {
  type FindingCode,
  type RejectionCode,
  type RosterField,
  type RowOutcome,
  rejectionCodes,
  rowOutcomes,
  type WarningCode,
} from '#shared/roster/roster.vocabulary.ts'
import type { Mapping } from './roster.columns.ts'
import type { Table } from './roster.files.ts'
import { clean, isCellError, looksLikeFormula } from './roster.values.ts'

export interface Finding {
  code: FindingCode
  /** null when the whole row is meant. */
  field: RosterField | null
  /** The cell as the file has it, cut at 200 characters; empty for a whole row. */
  cell: string
  /** Another line of the file this one repeats, contradicts or shares something with. */
  otherLine: number | null
}

export interface Change {
  field: RosterField
  before: string | number | null
  after: string | number | null
}

export interface Verdict<Value> {
  line: number
  outcome: RowOutcome
  /** Employee number or site code, when the row has one. */
  key: string | null
  /** What to store: set exactly for created, updated, and unchanged rows that repeat no other. */
  value: Value | null
  changes: Change[]
  findings: Finding[]
}

/** What an import would do; nothing is written. `verdicts` has one entry per row under the header. */
export interface DryRun<Value, Existing> {
  verdicts: Verdict<Value>[]
  counts: Record<RowOutcome, number>
  findingCounts: Partial<Record<FindingCode, number>>
  /** Known already, and in no row of this file. Nobody deletes them but a person. */
  absent: Existing[]
}

export function isRejection(code: FindingCode): code is RejectionCode {
  return (rejectionCodes as readonly FindingCode[]).includes(code)
}

/** One row on its way to a verdict: reads cells by field and collects what it finds. */
export class RowReader {
  readonly findings: Finding[] = []
  readonly line: number
  readonly blank: boolean
  readonly #cells: string[]
  readonly #mapping: Mapping

  constructor(line: number, cells: string[], width: number, mapping: Mapping) {
    this.line = line
    this.#cells = cells
    this.#mapping = mapping
    this.blank = cells.every((cell) => clean(cell) === '')
    const beyond = cells.slice(width).find((cell) => clean(cell) !== '')
    if (beyond !== undefined) this.#add('cells_beyond_headers', null, beyond)
  }

  raw(field: RosterField): string {
    const column = this.#mapping[field]
    return column === undefined ? '' : (this.#cells[column] ?? '')
  }

  /** The cleaned text of a field; empty for a broken formula. Warns of both kinds of formula. */
  text(field: RosterField, longest: number): string {
    const raw = this.raw(field)
    const text = clean(raw)
    if (isCellError(text)) {
      this.find('cell_error', field)
      return ''
    }
    if (looksLikeFormula(raw)) this.find('formula_like', field)
    if (text.length > longest) this.find('value_too_long', field)
    return text.slice(0, longest)
  }

  find(code: RejectionCode | WarningCode, field: RosterField): void {
    this.#add(code, field, this.raw(field))
  }

  get rejected(): boolean {
    return this.findings.some(({ code }) => isRejection(code))
  }

  #add(code: FindingCode, field: RosterField | null, cell: string): void {
    this.findings.push({ code, field, cell: cell.slice(0, 200), otherLine: null })
  }
}

/** A row that has been read alone, before it is compared with the others. */
export interface Draft<Value> {
  row: RowReader
  key: string | null
  /** Who or what the row is about, beyond its key: two identities under one key exclude each other. */
  identity: string | null
  /** null when the row is rejected or blank. */
  value: Value | null
}

export interface Rules {
  /** The field that holds the key. */
  keyField: RosterField
  sharedCode: RejectionCode
}

/** Reads every row of a table alone. */
export function draftRows<Value>(
  table: Table,
  mapping: Mapping,
  read: (row: RowReader) => Omit<Draft<Value>, 'row'>,
): Draft<Value>[] {
  return table.rows.map(({ line, cells }) => {
    const row = new RowReader(line, cells, table.headers.length, mapping)
    return row.blank ? { row, key: null, identity: null, value: null } : { row, ...read(row) }
  })
}

/**
 * Compares rows under one key (architecture, data decision 9). Two identities: all are rejected,
 * nobody can tell whose number it is. One identity: the first valid row counts; a later one that
 * says the same is a repetition, one that says otherwise is rejected so that a person looks.
 * Returns the repetitions; the rejected lose their value.
 */
export function compareRows<Value extends object>(
  drafts: Draft<Value>[],
  rules: Rules,
): Set<Draft<Value>> {
  const repetitions = new Set<Draft<Value>>()
  for (const group of Map.groupBy(drafts, (draft) => draft.key).values()) {
    if (group.length < 2 || group[0]!.key === null) continue
    const byIdentity = Map.groupBy(
      group.filter((draft) => draft.identity !== null),
      (draft) => draft.identity,
    )
    if (byIdentity.size > 1) {
      const firsts = [...byIdentity.values()].map(([first]) => first!)
      for (const draft of group) {
        const other = firsts.find((first) => first.identity !== draft.identity)!
        point(draft, rules.sharedCode, rules.keyField, other.row.line)
        draft.value = null
      }
      continue
    }
    const [first, ...later] = group.filter((draft) => draft.value !== null)
    for (const draft of later) {
      const field = changesBetween(first!.value!, draft.value!)[0]?.field
      if (field) {
        point(draft, 'row_contradicts_earlier', field, first!.row.line)
        draft.value = null
      } else {
        point(draft, 'row_repeated', null, first!.row.line)
        repetitions.add(draft)
      }
    }
  }
  return repetitions
}

/** Adds a finding that leads to another line. */
export function point(
  draft: Draft<unknown>,
  code: FindingCode,
  field: RosterField | null,
  otherLine: number | null,
): void {
  const cell = field === null ? '' : draft.row.raw(field).slice(0, 200)
  draft.row.findings.push({ code, field, cell, otherLine })
}

/**
 * Gives every row its outcome against what is known. Fields without a column in the file keep
 * their known value; an empty cell in a column the file has empties it.
 */
export function settleRows<Value extends object, Existing extends Value>(
  drafts: Draft<Value>[],
  repetitions: Set<Draft<Value>>,
  existing: Existing[],
  keyOf: (value: Value) => string,
  mapping: Mapping,
): DryRun<Value, Existing> {
  const known = new Map(existing.map((one) => [keyOf(one), one]))
  const verdicts = drafts.map((draft): Verdict<Value> => {
    const base = { line: draft.row.line, key: draft.key, changes: [], findings: draft.row.findings }
    if (draft.row.blank) return { ...base, outcome: 'blank', value: null }
    if (draft.value === null) return { ...base, outcome: 'rejected', value: null }
    if (repetitions.has(draft)) return { ...base, outcome: 'unchanged', value: null }
    const before = known.get(draft.key!)
    if (!before) return { ...base, outcome: 'created', value: draft.value }
    const value = { ...draft.value }
    for (const field of Object.keys(value) as (keyof Value)[])
      if (mapping[field as RosterField] === undefined) value[field] = before[field]
    const changes = changesBetween<Value>(before, value)
    return { ...base, outcome: changes.length > 0 ? 'updated' : 'unchanged', value, changes }
  })
  const present = new Set(drafts.map((draft) => draft.key))
  return {
    verdicts,
    ...count(verdicts),
    absent: existing.filter((one) => !present.has(keyOf(one))),
  }
}

/** Differences in the fields of `after`; `before` may carry more (an id, a date), which is no difference. */
function changesBetween<Value extends object>(before: Value, after: Value): Change[] {
  const changes: Change[] = []
  for (const field of Object.keys(after) as (keyof Value & RosterField)[])
    if (before[field] !== after[field])
      changes.push({
        field,
        before: before[field] as Change['before'],
        after: after[field] as Change['after'],
      })
  return changes
}

function count(
  verdicts: Verdict<unknown>[],
): Pick<DryRun<never, never>, 'counts' | 'findingCounts'> {
  const counts = Object.fromEntries(rowOutcomes.map((outcome) => [outcome, 0])) as Record<
    RowOutcome,
    number
  >
  const findingCounts: Partial<Record<FindingCode, number>> = {}
  for (const { outcome, findings } of verdicts) {
    counts[outcome] += 1
    for (const { code } of findings) findingCounts[code] = (findingCounts[code] ?? 0) + 1
  }
  return { counts, findingCounts }
}
