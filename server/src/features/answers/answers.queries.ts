import { type Insertable, sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { AnswersTables } from './answers.table.ts'

const cellColumns = [
  'id',
  'programme_id as programmeId',
  'site_id as siteId',
  'role_id as roleId',
  'people',
] as const

/** The largest first, that of everybody else last. */
export function cellsOfProgramme(db: Reader, programmeId: string) {
  return db
    .selectFrom('answer_cells')
    .select(cellColumns)
    .where('programme_id', '=', programmeId)
    .orderBy(sql`role_id is null`)
    .orderBy('people', 'desc')
    .orderBy('id')
    .execute()
}
export type CellRow = Awaited<ReturnType<typeof cellsOfProgramme>>[number]

export function cellById(db: Reader, id: string) {
  return db.selectFrom('answer_cells').select(cellColumns).where('id', '=', id).executeTakeFirst()
}

export async function insertCells(
  trx: Trx,
  rows: Insertable<AnswersTables['answer_cells']>[],
): Promise<void> {
  await trx.insertInto('answer_cells').values(rows).execute()
}

export async function isKnown(db: Reader, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('answer_known')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** One that waits already is left as it is. */
export async function insertIntake(
  trx: Trx,
  row: Insertable<AnswersTables['answer_intake']>,
): Promise<void> {
  await trx
    .insertInto('answer_intake')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

export async function deleteIntake(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('answer_intake').where('id', '=', id).execute()
}

/** Takes out everything due; two processes at once share it between them. */
export function takeDue(trx: Trx, now: Date) {
  return trx
    .deleteFrom('answer_intake')
    .where('release_at', '<=', now)
    .returning(['id', 'sealed'])
    .execute()
}

/** In the order given. */
export async function insertKnown(trx: Trx, ids: readonly string[], weekOn: string): Promise<void> {
  await sql`insert into answer_known (id, week_on)
    select id, ${weekOn}::date from unnest(${ids}::uuid[]) as came (id)
    on conflict do nothing`.execute(trx)
}

export async function forgetKnown(trx: Trx, before: string): Promise<void> {
  await trx.deleteFrom('answer_known').where('week_on', '<', before).execute()
}

/** What waits of a programme, sealed and held until the transaction ends; two at once wait for each other. */
export async function holdWaiting(trx: Trx, programmeId: string): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`answers:${programmeId}`}, 0))`.execute(
    trx,
  )
  return waitingOf(trx, programmeId)
}

export async function waitingOf(db: Reader, programmeId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('answer_waiting')
    .select('sealed')
    .where('programme_id', '=', programmeId)
    .executeTakeFirst()
  return row?.sealed
}

export async function keepWaiting(trx: Trx, programmeId: string, sealed: string): Promise<void> {
  await trx
    .insertInto('answer_waiting')
    .values({ programme_id: programmeId, sealed })
    .onConflict((conflict) => conflict.column('programme_id').doUpdateSet({ sealed }))
    .execute()
}

/** Every programme of which something waits. */
export async function programmesWaiting(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom('answer_waiting')
    .select('programme_id')
    .orderBy('programme_id')
    .execute()
  return rows.map((row) => row.programme_id)
}

export async function deleteWaiting(trx: Trx, programmeId: string): Promise<void> {
  await trx.deleteFrom('answer_waiting').where('programme_id', '=', programmeId).execute()
}

/** Adds a batch to what is told. */
export async function addCounts(
  trx: Trx,
  rows: Insertable<AnswersTables['answer_counts']>[],
): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('answer_counts')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .constraint('answer_counts_pk')
        .doUpdateSet({ count: sql`answer_counts.count + excluded.count` }),
    )
    .execute()
}

/** What is told of a programme. */
export function countsOf(db: Reader, programmeId: string) {
  return db
    .selectFrom('answer_counts')
    .innerJoin('answer_cells', 'answer_cells.id', 'answer_counts.cell_id')
    .select(['cell_id as groupId', 'position', 'question', 'value', 'count'])
    .where('programme_id', '=', programmeId)
    .orderBy('position')
    .orderBy('question')
    .orderBy('value')
    .orderBy('cell_id')
    .execute()
}

export async function insertLines(
  trx: Trx,
  rows: Insertable<AnswersTables['answer_lines']>[],
): Promise<void> {
  if (rows.length > 0) await trx.insertInto('answer_lines').values(rows).execute()
}

/** By their random identifiers: in no order. */
export function linesOf(db: Reader, programmeId: string) {
  return db
    .selectFrom('answer_lines')
    .select(['position', 'question', 'words'])
    .where('programme_id', '=', programmeId)
    .orderBy('position')
    .orderBy('id')
    .execute()
}
