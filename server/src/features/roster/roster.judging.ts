import { createHash } from 'node:crypto'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { ProblemCode } from '#shared/problems/problems.ts'
import type { MappingRefusalCode, RosterKind } from '#shared/roster/roster.vocabulary.ts'
import type { FileRefusal } from './reading/reading.limits.ts'
import { checkMapping, type Mapping } from './roster.columns.ts'
import { readTable, type Table } from './roster.files.ts'
import { type JobTitleLine, judgePeople, type PersonValue } from './roster.people.ts'
import * as queries from './roster.queries.ts'
import { fullName } from './roster.rules.ts'
import { judgeSites, type SiteValue } from './roster.sites.ts'
import { displayName } from './roster.values.ts'
import type { DryRun, Verdict } from './roster.verdicts.ts'

/** An uploaded file, as far as judging it goes. */
export interface WaitingFile {
  regionId: string
  kind: RosterKind
  content: Uint8Array
  sheet: string | null
  headerLine: number | null
  mapping: Mapping
}

/** A dry run of either kind, with what its presentation and its commit need. */
export interface Judged {
  kind: RosterKind
  table: Table
  verdicts: Verdict<PersonValue | SiteValue>[]
  counts: DryRun<unknown, unknown>['counts']
  findingCounts: DryRun<unknown, unknown>['findingCounts']
  /** Known and not in the file, by key. */
  absent: { key: string; name: string }[]
  jobTitles: JobTitleLine[]
  /** What created and updated rows store. */
  people: PersonValue[]
  sites: SiteValue[]
  /** The name in each row of the table, in its order; empty where there is none. */
  names: string[]
  fingerprint: string
}

/** {@link readTable}, a refused file being a problem like any other. */
export async function tableOf(
  file: Pick<WaitingFile, 'content' | 'sheet' | 'headerLine'>,
): Promise<Table | Refusal> {
  const reading = await readTable(file.content, {
    sheet: file.sheet,
    headerLine: file.headerLine,
  })
  return reading.ok
    ? reading.table
    : refuse(problemOf(reading.refusal.code), reading.refusal.details)
}

/** The vocabulary of files and columns is part of the closed set of problems, written their way. */
export function problemOf(code: FileRefusal['code'] | MappingRefusalCode): ProblemCode {
  return code.replaceAll('_', '-') as Hyphened<typeof code>
}
type Hyphened<Code extends string> = Code extends `${infer Start}_${infer Rest}`
  ? `${Start}-${Hyphened<Rest>}`
  : Code

/**
 * Judges a file against the region as it is now: reading it again costs a tenth of a second, and
 * what is shown is never older than the click.
 */
export async function judgeFile(db: Reader, file: WaitingFile): Promise<Judged | Refusal> {
  const table = await tableOf(file)
  if (isRefusal(table)) return table
  const wrong = checkMapping(file.kind, file.mapping, table)
  if (wrong) {
    return refuse(problemOf(wrong.code), { field: wrong.field })
  }
  return file.kind === 'sites' ? judgeSitesFile(db, file, table) : judgePeopleFile(db, file, table)
}

async function judgeSitesFile(db: Reader, file: WaitingFile, table: Table): Promise<Judged> {
  const known = await queries.sitesOfRegion(db, file.regionId)
  const existing = known.map(
    ({ code, kind, name, address, postcode, town, latitude, longitude }): SiteValue => ({
      code,
      kind,
      name,
      address: address || null,
      postcode: postcode || null,
      town: town || null,
      latitude,
      longitude,
    }),
  )
  const run = judgeSites({ table, mapping: file.mapping, existing })
  return {
    ...settled(file, table, run),
    absent: byKey(run.absent.map(({ code, name }) => ({ key: code, name }))),
    jobTitles: [],
    people: [],
    sites: changedValues(run.verdicts),
    names: namesOf(table, file.mapping, ['name']),
  }
}

async function judgePeopleFile(db: Reader, file: WaitingFile, table: Table): Promise<Judged> {
  const { regionId, mapping } = file
  const sites = await queries.sitesOfRegion(db, regionId)
  const known = await queries.peopleForJudging(db, regionId)
  const existing = known.map((row): PersonValue => {
    const { accountId: _, ...person } = row
    return { ...person, entity: row.entity || null, jobTitle: row.jobTitle || null }
  })
  const titles = await queries.jobTitleRoles(db, regionId)
  const run = judgePeople({
    table,
    mapping,
    sites,
    existing,
    jobTitles: new Map(titles.map(({ key, roleCode }) => [key, roleCode])),
    entrusted: await entrustedAddresses(db, known),
  })
  return {
    ...settled(file, table, run),
    absent: byKey(
      run.absent.map((one) => ({
        key: one.employeeNumber,
        name: fullName(one),
      })),
    ),
    jobTitles: run.jobTitles,
    people: changedValues(run.verdicts),
    sites: [],
    names: namesOf(table, mapping, ['firstName', 'lastName']),
  }
}

/** Address → employee number, for accounts that hold grants and are tied to somebody of the region. */
async function entrustedAddresses(
  db: Reader,
  people: { accountId: string | null; employeeNumber: string }[],
): Promise<Map<string, string>> {
  const entrusted = await accounts.entrustedAccounts(db)
  return new Map(
    people.flatMap(({ accountId, employeeNumber }) => {
      const email = accountId === null ? undefined : entrusted.get(accountId)
      return email === undefined ? [] : [[email, employeeNumber] as const]
    }),
  )
}

function settled<Value extends PersonValue | SiteValue>(
  file: WaitingFile,
  table: Table,
  { verdicts, counts, findingCounts, absent }: DryRun<Value, unknown>,
): Pick<Judged, 'kind' | 'table' | 'verdicts' | 'counts' | 'findingCounts' | 'fingerprint'> {
  const shown = [file.kind, file.mapping, verdicts, absent]
  const fingerprint = createHash('sha256').update(JSON.stringify(shown)).digest('base64url')
  return { kind: file.kind, table, verdicts, counts, findingCounts, fingerprint }
}

function changedValues<Value>(verdicts: Verdict<Value>[]): Value[] {
  return verdicts.flatMap(({ outcome, value }) =>
    value !== null && (outcome === 'created' || outcome === 'updated') ? [value] : [],
  )
}

/** Even a rejected row has a name people look for. */
function namesOf(table: Table, mapping: Mapping, fields: (keyof Mapping)[]): string[] {
  return table.rows.map(({ cells }) =>
    fields
      .map((field) => displayName(cells[mapping[field] ?? -1] ?? ''))
      .filter(Boolean)
      .join(' ')
      .slice(0, 200),
  )
}

const byKey = <T extends { key: string }>(rows: T[]): T[] =>
  rows.sort((a, b) => (a.key < b.key ? -1 : 1))
