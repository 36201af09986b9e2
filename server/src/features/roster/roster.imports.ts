import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import type { Database, Reader, Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { RosterImport } from '#shared/roster/roster.contract.ts'
import type { RosterKind } from '#shared/roster/roster.vocabulary.ts'
import {
  checkMapping,
  guessMapping,
  headerSignature,
  type Mapping,
  type MappingGuess,
} from './roster.columns.ts'
import * as drafts from './roster.drafts.queries.ts'
import type { Table } from './roster.files.ts'
import { type Judged, judgeFile, problemOf, tableOf, type WaitingFile } from './roster.judging.ts'
import * as queries from './roster.queries.ts'
import { storePeople, storeSites } from './roster.store.ts'
import { setJobTitles } from './roster.titles.ts'

/** How long HR's file waits for a decision; names of people are kept no longer than needed. */
export const draftHours = 24

/** An uploaded file as it was understood. */
export interface Draft {
  waiting: RosterImport
  table: Table
  mapping: Mapping
  guess: MappingGuess
  remembered: boolean
}

/**
 * Takes a file in: reads it, proposes columns (those chosen last time for the same column names,
 * else a guess) and keeps the bytes until somebody commits. An earlier draft of the same person
 * and kind makes room.
 */
export async function startImport(
  trx: Trx,
  upload: { regionId: string; kind: RosterKind; fileName: string; bytes: Uint8Array },
  by: string,
  now: Date,
): Promise<{ id: string } | Refusal> {
  const { regionId, kind, fileName, bytes } = upload
  const table = await tableOf({ content: bytes, sheet: null, headerLine: null })
  if (isRefusal(table)) return table
  const mapping = await proposedMapping(trx, regionId, kind, table)
  await drafts.expireDraftsOf(trx, regionId, kind, by)
  const id = newId(now)
  await drafts.insertImport(trx, {
    id,
    region_id: regionId,
    kind,
    file_name: fileName,
    content: Buffer.from(bytes),
    sheet: table.sheet,
    header_line: table.headerLine,
    mapping: JSON.stringify(mapping),
    status: 'draft',
    created_by: by,
    created_at: now,
  })
  return { id }
}

async function proposedMapping(db: Reader, regionId: string, kind: RosterKind, table: Table) {
  const signature = headerSignature(kind, table.headers)
  const kept = await drafts.rememberedMapping(db, regionId, kind, signature)
  if (kept && checkMapping(kind, kept, table) === null) return kept
  return (await guess(db, regionId, kind, table)).mapping
}

async function guess(db: Reader, regionId: string, kind: RosterKind, table: Table) {
  const sites = kind === 'people' ? await queries.sitesOfRegion(db, regionId) : []
  return guessMapping(
    kind,
    table,
    sites.map(({ code }) => code),
  )
}

/** The file of a draft; a refusal once it is committed, abandoned or forgotten. */
export async function waitingFile(
  db: Reader,
  regionId: string,
  id: string,
): Promise<(WaitingFile & { row: RosterImport }) | Refusal> {
  const row = await drafts.importById(db, regionId, id)
  if (!row) return refuse('not-found')
  const { content, sheet, headerLine, mapping, ...rest } = row
  if (row.status !== 'draft' || content === null) return refuse('import-over')
  return { regionId, kind: row.kind, content, sheet, headerLine, mapping, row: rest }
}

/** How a waiting file was understood. */
export async function draftOf(db: Reader, regionId: string, id: string): Promise<Draft | Refusal> {
  const file = await waitingFile(db, regionId, id)
  if (isRefusal(file)) return file
  const table = await tableOf(file)
  if (isRefusal(table)) return table
  const signature = headerSignature(file.kind, table.headers)
  const kept = await drafts.rememberedMapping(db, regionId, file.kind, signature)
  return {
    waiting: file.row,
    table,
    mapping: file.mapping,
    guess: await guess(db, regionId, file.kind, table),
    remembered: kept !== undefined,
  }
}

/**
 * Reads the file anew with another sheet or header line, or with columns chosen by hand, which are
 * remembered for the next file with the same column names.
 */
export async function correctImport(
  trx: Trx,
  regionId: string,
  id: string,
  change: { sheet: string | null; headerLine: number | null; mapping?: Mapping | undefined },
  now: Date,
): Promise<undefined | Refusal> {
  await drafts.lockRoster(trx, regionId)
  const file = await waitingFile(trx, regionId, id)
  if (isRefusal(file)) return file
  const table = await tableOf({ ...file, ...change })
  if (isRefusal(table)) return table
  let { mapping } = change
  if (mapping) {
    const wrong = checkMapping(file.kind, mapping, table)
    if (wrong) return refuse(problemOf(wrong.code), { field: wrong.field })
    const signature = headerSignature(file.kind, table.headers)
    await drafts.rememberMapping(trx, { regionId, kind: file.kind, signature, mapping }, now)
  } else mapping = await proposedMapping(trx, regionId, file.kind, table)
  await drafts.updateImport(trx, id, {
    sheet: table.sheet,
    header_line: table.headerLine,
    mapping: JSON.stringify(mapping),
  })
  return undefined
}

/** What committing the import would do now; nothing is written. */
export async function dryRun(db: Reader, regionId: string, id: string): Promise<Judged | Refusal> {
  const file = await waitingFile(db, regionId, id)
  return isRefusal(file) ? file : judgeFile(db, file)
}

/**
 * Does what the dry run said, all of it or nothing. Commits of one region wait for each other; the
 * file is judged again inside, and if that differs from what the fingerprint stands for, nothing is
 * written and the caller is asked to look again. The file's bytes go with it.
 */
export async function commitImport(
  trx: Trx,
  regionId: string,
  id: string,
  fingerprint: string,
  by: string,
  now: Date,
): Promise<RosterImport | Refusal> {
  await drafts.lockRoster(trx, regionId)
  const file = await waitingFile(trx, regionId, id)
  if (isRefusal(file)) return file
  const judged = await judgeFile(trx, file)
  if (isRefusal(judged)) return judged
  if (judged.fingerprint !== fingerprint) return refuse('roster-changed')
  if (judged.sites.length > 0) await storeSites(trx, regionId, judged.sites, now)
  if (judged.kind === 'people') {
    await storePeople(trx, regionId, judged.people, now)
    await keepSuggestedRoles(trx, regionId, judged)
  }
  const { counts } = judged
  await drafts.updateImport(trx, id, {
    status: 'committed',
    content: null,
    counts: JSON.stringify(counts),
    committed_at: now,
  })
  const action = `roster.import-${judged.kind}`
  const entry = { regionId, accountId: by, action, subjectId: id, details: { ...counts } }
  await recordAudit(trx, entry, now)
  return { ...file.row, status: 'committed', counts, committedAt: now }
}

/** Titles the region has not decided on take the role we suggest; the director can change it. */
async function keepSuggestedRoles(trx: Trx, regionId: string, judged: Judged): Promise<void> {
  const roles = await queries.rolesOfRegion(trx, regionId)
  const idOf = new Map(roles.map(({ code, id }) => [code, id]))
  const titles = judged.jobTitles
    .filter(({ known }) => !known)
    .map(({ title, role }) => ({ title, roleId: role === null ? null : (idOf.get(role) ?? null) }))
  await setJobTitles(trx, regionId, titles)
}

/** Forgets a file nobody wants to import. */
export async function abandonImport(
  trx: Trx,
  regionId: string,
  id: string,
): Promise<undefined | Refusal> {
  await drafts.lockRoster(trx, regionId)
  const file = await waitingFile(trx, regionId, id)
  if (isRefusal(file)) return file
  await drafts.updateImport(trx, id, { status: 'expired', content: null })
  return undefined
}

export const importsOfRegion = (db: Reader, regionId: string): Promise<RosterImport[]> =>
  drafts.importsOfRegion(db, regionId)

/** Erases files nobody decided on within {@link draftHours}. */
export async function forgetOldDrafts(db: Database, now: Date): Promise<void> {
  await drafts.expireDraftsBefore(db, new Date(now.getTime() - draftHours * 3_600_000))
}
