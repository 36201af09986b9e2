import type { Refusal } from '#server/platform/refusal.ts'
import type { DryRunView, ImportDraft, VerdictRow } from '#shared/roster/roster.contract.ts'
import {
  type FindingCode,
  type RosterField,
  type RowOutcome,
  requiredFields,
} from '#shared/roster/roster.vocabulary.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { fieldsOf, missingFields } from './roster.columns.ts'
import type { Draft } from './roster.imports.ts'
import type { Judged } from './roster.judging.ts'
import type { Role } from './roster.service.ts'
import { reportTexts } from './roster.texts.ts'
import { type Finding, isRejection } from './roster.verdicts.ts'

/** A waiting file for the person who checks its columns. */
export function draftView(draft: Draft, language: Language): ImportDraft {
  const { waiting, table, mapping, guess, remembered } = draft
  const names = reportTexts[language].fields
  const required: readonly RosterField[] = requiredFields[waiting.kind]
  const fieldAt = new Map(
    Object.entries(mapping).map(([field, column]) => [column, field as RosterField]),
  )
  return {
    ...waiting,
    format: table.format,
    encoding: table.encoding,
    separator: table.separator,
    sheets: table.sheets,
    sheet: table.sheet,
    headerLine: table.headerLine,
    rows: table.rows.length,
    remembered,
    fields: fieldsOf[waiting.kind].map((field) => ({
      field,
      name: names[field],
      required: required.includes(field),
    })),
    columns: guess.columns.map((column) => {
      const field = fieldAt.get(column.column) ?? null
      const guessed = field === column.field
      return { ...column, field, by: guessed ? column.by : field === null ? null : 'hand' }
    }),
    missing: missingFields(waiting.kind, mapping),
  }
}

/** The figures of a dry run. */
export function dryRunView(judged: Judged, roles: Role[], language: Language): DryRunView {
  const idOf = new Map(roles.map(({ code, id }) => [code, id]))
  const sentences = reportTexts[language].findings
  return {
    rows: judged.verdicts.length,
    counts: judged.counts,
    findings: (Object.entries(judged.findingCounts) as [FindingCode, number][])
      .map(([code, count]) => ({
        code,
        severity: severityOf(code),
        sentence: sentences[code],
        count,
      }))
      .sort((a, b) => a.severity.localeCompare(b.severity) || b.count - a.count),
    absent: judged.absent.length,
    jobTitles: judged.jobTitles.map(({ title, people, known, role }) => ({
      title,
      people,
      known,
      roleId: role === null ? null : (idOf.get(role) ?? null),
    })),
    fingerprint: judged.fingerprint,
  }
}

export interface RowFilter {
  outcome?: RowOutcome | undefined
  finding?: FindingCode | undefined
  remarkable: boolean
  /** Line of the last row seen. */
  after: number
  limit: number
}

/** A page of verdicts, in the order of the file. */
export function verdictRows(
  judged: Judged,
  filter: RowFilter,
  language: Language,
): { rows: VerdictRow[]; next: number | null } {
  const found = judged.verdicts
    .map((verdict, index) => ({ verdict, name: judged.names[index] ?? '' }))
    .filter(
      ({ verdict: { line, outcome, findings } }) =>
        line > filter.after &&
        (filter.outcome === undefined || outcome === filter.outcome) &&
        (filter.finding === undefined || findings.some(({ code }) => code === filter.finding)) &&
        (!filter.remarkable || findings.length > 0),
    )
  const page = found.slice(0, filter.limit)
  const names = reportTexts[language].fields
  const text = (value: string | number | null) => (value === null ? '' : String(value))
  return {
    rows: page.map(({ verdict: { line, outcome, key, changes, findings }, name }) => ({
      line,
      outcome,
      key,
      name,
      changes: changes.map(({ field, before, after }) => ({
        field,
        fieldName: names[field],
        before: text(before),
        after: text(after),
      })),
      findings: findings.map((finding) => findingView(finding, language)),
    })),
    next: found.length > page.length ? (page.at(-1)?.verdict.line ?? null) : null,
  }
}

function findingView(finding: Finding, language: Language): VerdictRow['findings'][number] {
  const { fields, findings } = reportTexts[language]
  return {
    ...finding,
    severity: severityOf(finding.code),
    fieldName: finding.field === null ? '' : fields[finding.field],
    sentence: findings[finding.code],
  }
}

const severityOf = (code: FindingCode): 'rejection' | 'warning' =>
  isRejection(code) ? 'rejection' : 'warning'

/** A page of who is absent, by key. */
export function absentRows(judged: Judged, after: string, limit: number) {
  const found = judged.absent.filter(({ key }) => key > after)
  const rows = found.slice(0, limit)
  return { rows, next: found.length > rows.length ? (rows.at(-1)?.key ?? null) : null }
}

/** Puts the column's name, as the reader knows it, into a refusal that names a field. */
export function worded(refusal: Refusal, language: Language): Refusal {
  const field = refusal.details?.field
  const name = reportTexts[language].fields[field as RosterField]
  return name ? { ...refusal, details: { ...refusal.details, field: name } } : refusal
}
