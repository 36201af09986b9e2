import type { Insertable } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { ReportsTables } from './reports.table.ts'

type Row = Insertable<ReportsTables['reports']>

export function choiceOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('reports')
    .select(['pictures', 'quotes', 'coming', 'version'])
    .where('day_id', '=', dayId)
    .executeTakeFirst()
}

/**
 * Writes the choice if nobody wrote it since `seen`: one statement, so of two at once one is refused.
 * @param seen the version its writer looked at; 0 where nothing was ever chosen.
 * @returns whether it was written.
 */
export async function writeChoice(trx: Trx, row: Row, seen: number): Promise<boolean> {
  if (seen === 0) {
    const inserted = await trx
      .insertInto('reports')
      .values(row)
      .onConflict((conflict) => conflict.constraint('reports_pk').doNothing())
      .executeTakeFirst()
    return inserted.numInsertedOrUpdatedRows === 1n
  }
  const updated = await trx
    .updateTable('reports')
    .set(row)
    .where('day_id', '=', row.day_id)
    .where('version', '=', seen)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
