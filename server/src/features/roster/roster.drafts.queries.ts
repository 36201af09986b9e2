import { type Insertable, sql, type Updateable } from 'kysely'
import type { Database, Reader, Trx } from '#server/platform/postgres/database.ts'
import type { RosterKind } from '#shared/roster/roster.vocabulary.ts'
import type { Mapping } from './roster.columns.ts'
import type { RosterTables } from './roster.table.ts'

const importColumns = [
  'id',
  'kind',
  'file_name as fileName',
  'status',
  'created_at as createdAt',
  'committed_at as committedAt',
  'counts',
] as const

/** One change of a region's roster at a time, whichever server process it comes through. */
export async function lockRoster(trx: Trx, regionId: string): Promise<void> {
  const name = `roster:${regionId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
}

export async function insertImport(trx: Trx, row: Insertable<RosterTables['roster_imports']>) {
  await trx.insertInto('roster_imports').values(row).execute()
}

export function importById(db: Reader, regionId: string, id: string) {
  return db
    .selectFrom('roster_imports')
    .select(importColumns)
    .select(['content', 'sheet', 'header_line as headerLine', 'mapping'])
    .where('region_id', '=', regionId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function updateImport(
  trx: Trx,
  id: string,
  change: Updateable<RosterTables['roster_imports']>,
): Promise<void> {
  await trx.updateTable('roster_imports').set(change).where('id', '=', id).execute()
}

/** The latest twenty: nobody scrolls further back than the last edition's. */
export function importsOfRegion(db: Reader, regionId: string) {
  return db
    .selectFrom('roster_imports')
    .select(importColumns)
    .where('region_id', '=', regionId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
}

export async function expireDraftsOf(
  trx: Trx,
  regionId: string,
  kind: RosterKind,
  by: string,
): Promise<void> {
  await trx
    .updateTable('roster_imports')
    .set({ status: 'expired', content: null })
    .where('region_id', '=', regionId)
    .where('kind', '=', kind)
    .where('created_by', '=', by)
    .where('status', '=', 'draft')
    .execute()
}

export async function expireDraftsBefore(db: Database, instant: Date): Promise<void> {
  await db
    .updateTable('roster_imports')
    .set({ status: 'expired', content: null })
    .where('status', '=', 'draft')
    .where('created_at', '<', instant)
    .execute()
}

export async function rememberedMapping(
  db: Reader,
  regionId: string,
  kind: RosterKind,
  signature: string,
): Promise<Mapping | undefined> {
  const row = await db
    .selectFrom('roster_mappings')
    .select('mapping')
    .where('region_id', '=', regionId)
    .where('kind', '=', kind)
    .where('header_signature', '=', signature)
    .executeTakeFirst()
  return row?.mapping
}

export async function rememberMapping(
  trx: Trx,
  row: { regionId: string; kind: RosterKind; signature: string; mapping: Mapping },
  now: Date,
): Promise<void> {
  const mapping = JSON.stringify(row.mapping)
  await trx
    .insertInto('roster_mappings')
    .values({
      region_id: row.regionId,
      kind: row.kind,
      header_signature: row.signature,
      mapping,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict.constraint('roster_mappings_pk').doUpdateSet({ mapping, updated_at: now }),
    )
    .execute()
}
