import { say } from '#server/platform/i18n.ts'
import type { Report, Table } from '#shared/reports/reports.contract.ts'
import type { TableKind } from '#shared/reports/reports.vocabulary.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { nameIn } from './reports.words.ts'

export type ColumnKind = Table['columns'][number]['kind']
export type Cell = Table['rows'][number][number]

/** Every table of a report in the reader's words, the order of {@link TableKind}. */
export function tablesOf(report: Report, language: Language): Table[] {
  const word = (key: string, values = {}) => say(language, `reports:${key}`, values)
  const irritant = (id: string | null) => nameIn(report.irritants, id, language)
  const momentOf = (moment: string | null) =>
    moment ? word(`moments.${moment}`) : nameIn([], null, language)
  const columns = (...names: [string, ColumnKind][]) =>
    names.map(([name, kind]) => ({ title: word(`columns.${name}`), kind }))
  const amount: [string, ColumnKind][] = [
    ['observations', 'count'],
    ['frequency', 'mean'],
    ['severity', 'mean'],
  ]
  const amountCells = (one: { count: number; frequency: number; severity: number }) => [
    one.count,
    one.frequency,
    one.severity,
  ]
  const table = (kind: TableKind, heads: Table['columns'], rows: Cell[][]): Table => ({
    kind,
    title: word(`tables.${kind}`),
    columns: heads,
    rows,
  })
  return [
    table('figures', columns(['figure', 'text'], ['value', 'count'], ['date', 'date']), [
      [report.dayName, null, report.date],
      ...figuresOf(report).map(([key, value]) => [word(`figures.${key}`), value, null]),
      [word('figures.threshold'), report.smallestGroup, null],
    ]),
    table(
      'irritants',
      columns(['irritant', 'text'], ...amount),
      report.byIrritant.map((one) => [irritant(one.irritantId), ...amountCells(one)]),
    ),
    table(
      'map',
      columns(['irritant', 'text'], ['role', 'text'], ...amount),
      report.byCell.map((one) => [
        irritant(one.irritantId),
        nameIn(report.roles, one.roleId, language),
        ...amountCells(one),
      ]),
    ),
    table(
      'moments',
      columns(['moment', 'text'], ...amount),
      report.byMoment.map((one) => [momentOf(one.moment), ...amountCells(one)]),
    ),
    table(
      'places',
      columns(
        ['site', 'text'],
        ['town', 'text'],
        ['guests', 'count'],
        ['hosts', 'count'],
        ['observations', 'count'],
      ),
      report.places.map((one) => [one.name, one.town, one.guests, one.hosts, one.observations]),
    ),
    table(
      'findings',
      columns(
        ['finding', 'text'],
        ['irritant', 'text'],
        ['observations', 'count'],
        ['hearts', 'count'],
        ['note', 'text'],
      ),
      report.findings.map((one) => [
        one.title,
        irritant(one.irritantId),
        one.observationCount,
        one.hearts,
        one.note,
      ]),
    ),
    table(
      'actions',
      columns(
        ['action', 'text'],
        ['status', 'text'],
        ['due', 'date'],
        ['reason', 'text'],
        ['findings', 'text'],
      ),
      report.actions.map((one) => [
        one.title,
        word(`status.${one.status}`),
        one.dueOn,
        one.reason ?? '',
        one.findings.join(' · '),
      ]),
    ),
    table(
      'quotes',
      columns(['situation', 'text'], ['idea', 'text'], ['irritant', 'text'], ['moment', 'text']),
      report.choice.quotes.map((one) => [
        one.situation,
        one.idea,
        irritant(one.irritantId),
        momentOf(one.moment),
      ]),
    ),
  ]
}

/** The five kinds of presence, in the order they are told; the others are not known yet. */
export const presenceKinds = ['present', 'partly', 'absent', 'cancelled', 'host-absent'] as const

/** Figures by their word, in the order of the page. */
export function figuresOf({ lived, presence, observations, ballots }: Report): [string, number][] {
  const { expected, late, unseen } = presence
  return [
    ['guests', lived.guests],
    ['hosts', lived.hosts],
    ['sites', lived.sites],
    ...presenceKinds.map((kind): [string, number] => [kind, presence[kind]]),
    ['unknown', expected + late + unseen],
    ['observations', observations],
    ...(ballots === null ? [] : [['ballots', ballots] satisfies [string, number]]),
  ]
}
