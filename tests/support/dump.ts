import { sql } from 'kysely'
import type { Database } from '#server/platform/postgres/database.ts'

/** A row as a thief of the whole database has it. */
export type Row = { table: string; row: Record<string, unknown>; ctid: string; xmin: string }

/** Every row of every table of every schema, with its hidden marks, and every counter. */
export async function dump(db: Database): Promise<Row[]> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2`.execute(db)
  const dumped: Row[] = []
  for (const { schema, name } of tables) {
    const { rows } = await sql<Omit<Row, 'table'>>`
      select to_jsonb(t) as row, t.ctid::text as ctid, t.xmin::text as xmin
      from ${sql.table(`${schema}.${name}`)} t`.execute(db)
    dumped.push(...rows.map((row) => ({ ...row, table: `${schema}.${name}` })))
  }
  const { rows: counters } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(s) as row from pg_sequences s`.execute(db)
  return [
    ...dumped,
    ...counters.map(({ row }) => ({ table: 'a counter', row, ctid: '', xmin: '' })),
  ]
}

/** What came or changed; the job runner’s note of the minute comes whoever does what. */
export function changed(before: Row[], after: Row[]): Row[] {
  const known = new Set(before.map((row) => JSON.stringify(row)))
  return after.filter(
    (row) =>
      !known.has(JSON.stringify(row)) && !row.table.startsWith('graphile_worker._private_known'),
  )
}
