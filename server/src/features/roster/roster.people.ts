import type { Mapping } from './roster.columns.ts'
import type { Table } from './roster.files.ts'
import { jobTitleKey, suggestRole } from './roster.jobtitles.ts'
import { clean, displayName, fold, readCode, readEmail, readPhone } from './roster.values.ts'
import {
  compareRows,
  type Draft,
  type DryRun,
  draftRows,
  point,
  type RowReader,
  settleRows,
} from './roster.verdicts.ts'

/** What is stored of a person, and nothing else. */
export interface PersonValue {
  employeeNumber: string
  lastName: string
  firstName: string
  /** null: reached by a printed card. */
  email: string | null
  phone: string | null
  entity: string | null
  jobTitle: string | null
  siteCode: string
}

export interface KnownSite {
  code: string
  name: string
}

export interface JobTitleLine {
  key: string
  title: string
  /** People of this file who would be stored with it. */
  people: number
  /** Whether the region's table knows the title; `role` is then what it says, else a suggestion. */
  known: boolean
  role: string | null
}

export interface PeopleDryRun<Existing> extends DryRun<PersonValue, Existing> {
  jobTitles: JobTitleLine[]
}

/** Longer than any real one; a cell beyond is a paragraph in the wrong column. */
const LONGEST = { number: 30, name: 100, email: 254, phone: 40, text: 200 }

/**
 * Judges every row of a people file. Each gets one outcome and any number of warnings. `jobTitles` maps `jobTitleKey(title)` to a role or to null for
 * "nothing to shadow". Pure; linear in rows plus existing people.
 */
export function judgePeople<Existing extends PersonValue>(input: {
  table: Table
  mapping: Mapping
  sites: KnownSite[]
  existing: Existing[]
  jobTitles: ReadonlyMap<string, string | null>
  /** Addresses whose account holds grants → employee number of whoever it is tied to. */
  entrusted?: ReadonlyMap<string, string>
}): PeopleDryRun<Existing> {
  const { table, mapping, existing } = input
  const findSite = siteFinder(input.sites)
  const drafts = draftRows(table, mapping, (row) => readPerson(row, findSite, mapping))
  warnOfUnknownManagers(drafts, existing)
  const repetitions = compareRows(drafts, {
    keyField: 'employeeNumber',
    sharedCode: 'employee_number_shared',
  })
  if (mapping.email === undefined) warnOfMissingMail(drafts, existing)
  else {
    keepAddressesPersonal(drafts, repetitions, existing)
    keepTrustWithPeople(drafts, input.entrusted ?? new Map())
  }
  const run = settleRows(drafts, repetitions, existing, (person) => person.employeeNumber, mapping)
  return { ...run, jobTitles: listJobTitles(run, input.jobTitles) }
}

type SiteFinder = (cell: string) => { code: string; byName: boolean } | null

function siteFinder(sites: KnownSite[]): SiteFinder {
  const byCode = new Map(sites.map(({ code }) => [readCode(code), code]))
  const byName = Map.groupBy(sites, ({ name }) => fold(name))
  return (cell) => {
    const code = byCode.get(readCode(cell))
    if (code !== undefined) return { code, byName: false }
    const named = byName.get(fold(cell)) ?? []
    return named.length === 1 ? { code: named[0]!.code, byName: true } : null
  }
}

function readPerson(
  row: RowReader,
  findSite: SiteFinder,
  mapping: Mapping,
): Omit<Draft<PersonValue>, 'row'> {
  const employeeNumber = readCode(row.text('employeeNumber', LONGEST.number))
  const lastName = displayName(row.text('lastName', LONGEST.name))
  const firstName = displayName(row.text('firstName', LONGEST.name))
  if (employeeNumber === '') row.find('employee_number_missing', 'employeeNumber')
  if (lastName === '') row.find('last_name_missing', 'lastName')
  if (firstName === '') row.find('first_name_missing', 'firstName')

  const emailText = row.text('email', LONGEST.email)
  const email = readEmail(emailText)
  if (emailText === '') {
    if (mapping.email !== undefined) row.find('email_missing', 'email')
  } else if (email === null) row.find('email_malformed', 'email')

  const phoneText = row.text('phone', LONGEST.phone)
  const phone = readPhone(phoneText)
  if (phoneText !== '' && phone === null) row.find('phone_unreadable', 'phone')

  const siteText = row.text('siteCode', LONGEST.text)
  const site = findSite(siteText)
  if (siteText === '') row.find('site_missing', 'siteCode')
  else if (site === null) row.find('site_unknown', 'siteCode')
  else if (site.byName) row.find('site_matched_by_name', 'siteCode')

  const value: PersonValue = {
    employeeNumber,
    lastName,
    firstName,
    email,
    phone,
    entity: row.text('entity', LONGEST.text) || null,
    jobTitle: row.text('jobTitle', LONGEST.text) || null,
    siteCode: site?.code ?? '',
  }
  return {
    key: employeeNumber || null,
    identity: lastName && firstName ? `${fold(lastName)}|${fold(firstName)}` : null,
    value: row.rejected ? null : value,
  }
}

function warnOfUnknownManagers(drafts: Draft<PersonValue>[], existing: PersonValue[]): void {
  const numbers = new Set(existing.map((person) => person.employeeNumber))
  for (const { key } of drafts) if (key) numbers.add(key)
  for (const { row } of drafts) {
    const manager = readCode(clean(row.raw('managerNumber')))
    if (manager !== '' && !numbers.has(manager)) row.find('manager_unknown', 'managerNumber')
  }
}

/** A file without a mail column leaves known addresses alone: only people who have none are warned of. */
function warnOfMissingMail(drafts: Draft<PersonValue>[], existing: PersonValue[]): void {
  const reached = new Set(existing.filter(({ email }) => email).map((one) => one.employeeNumber))
  for (const { row, key } of drafts)
    if (!row.blank && !reached.has(key ?? '')) row.find('email_missing', 'email')
}

/**
 * An address signs one person in, so an address of two people (a shop's shared mailbox, a slip)
 * must not be stored twice. All are accepted, with a warning and without it: they are reached by
 * a printed card like people who have no mail. Whoever holds it already, and still claims it or
 * is not changed by this file, keeps it.
 */
function keepAddressesPersonal(
  drafts: Draft<PersonValue>[],
  repetitions: Set<Draft<PersonValue>>,
  existing: PersonValue[],
): void {
  const accepted = drafts.filter((draft) => draft.value !== null && !repetitions.has(draft))
  const changed = new Set(accepted.map((draft) => draft.key))
  const holders = new Map<string, string>()
  for (const { email, employeeNumber } of existing) if (email) holders.set(email, employeeNumber)
  const claims = Map.groupBy(accepted, (draft) => draft.value!.email)
  for (const [email, claimers] of claims) {
    if (email === null) continue
    const holder = holders.get(email)
    const held = holder !== undefined && !changed.has(holder)
    if (claimers.length === 1 && !held) continue
    for (const draft of claimers) {
      if (draft.key === holder) continue
      const other = claimers.find((claimer) => claimer !== draft)
      point(draft, 'email_shared', 'email', other?.row.line ?? null)
      draft.value = { ...draft.value!, email: null }
    }
  }
}

/**
 * Whoever can read an address can sign in with it, so an address that opens a director's access is
 * not given to somebody else by a file, and a director's access does not follow a new address.
 */
function keepTrustWithPeople(
  drafts: Draft<PersonValue>[],
  entrusted: ReadonlyMap<string, string>,
): void {
  const addressOf = new Map([...entrusted].map(([address, number]) => [number, address]))
  for (const draft of drafts) {
    if (draft.value === null || draft.key === null) continue
    const { email } = draft.value
    const holder = email === null ? undefined : entrusted.get(email)
    if (holder !== undefined && holder !== draft.key) {
      point(draft, 'email_entrusted', 'email', null)
      draft.value = { ...draft.value, email: null }
    }
    const address = addressOf.get(draft.key)
    if (address !== undefined && address !== email)
      point(draft, 'access_by_former_address', 'email', null)
  }
}

function listJobTitles(
  run: DryRun<PersonValue, unknown>,
  table: ReadonlyMap<string, string | null>,
): JobTitleLine[] {
  const lines = new Map<string, JobTitleLine>()
  for (const { value } of run.verdicts) {
    if (!value?.jobTitle) continue
    const title = value.jobTitle
    const key = jobTitleKey(title)
    const line = lines.get(key)
    if (line) line.people += 1
    else {
      const role = table.get(key)
      const known = role !== undefined
      lines.set(key, { key, title, people: 1, known, role: known ? role : suggestRole(title) })
    }
  }
  return [...lines.values()].sort((a, b) => b.people - a.people || (a.key < b.key ? -1 : 1))
}
