import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import type { KitsTables } from './kits.table.ts'

type Row = Insertable<KitsTables['kit_parts']>

/** What a region wrote, for one role and language or for all of them. */
export function partsOf(
  db: Reader,
  regionId: string,
  filter: { roleId?: string; language?: ContentLanguage } = {},
) {
  let query = db
    .selectFrom('kit_parts')
    .leftJoin('accounts', 'accounts.id', 'kit_parts.edited_by')
    .select([
      'role_id as roleId',
      'kit_parts.language',
      'section',
      'lines',
      'replaced',
      'version',
      'accounts.display_name as editedBy',
      'edited_at as editedAt',
    ])
    .where('region_id', '=', regionId)
  if (filter.roleId) query = query.where('role_id', '=', filter.roleId)
  if (filter.language) query = query.where('kit_parts.language', '=', filter.language)
  return query.execute()
}

/**
 * Writes a part if nobody wrote it since `seen`: one statement, so of two at once one is refused.
 * @param seen the version its writer looked at; 0 where nothing was ever written.
 * @returns whether it was written.
 */
export async function writePart(trx: Trx, row: Row, seen: number): Promise<boolean> {
  if (seen === 0) {
    const inserted = await trx
      .insertInto('kit_parts')
      .values(row)
      .onConflict((conflict) => conflict.constraint('kit_parts_pk').doNothing())
      .executeTakeFirst()
    return inserted.numInsertedOrUpdatedRows === 1n
  }
  const updated = await trx
    .updateTable('kit_parts')
    .set(row)
    .where('region_id', '=', row.region_id)
    .where('role_id', '=', row.role_id)
    .where('language', '=', row.language)
    .where('section', '=', row.section)
    .where('version', '=', seen)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
