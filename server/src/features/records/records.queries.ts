import { type Insertable, sql } from 'kysely'
import type { Database, Reader, Trx } from '#server/platform/postgres/database.ts'
import type { RecordsTables } from './records.table.ts'

/**
 * The account of a person; the one given where they have none yet, and none where they have left. Two at
 * once make one.
 */
export async function accountOf(
  trx: Trx,
  personId: string,
  otherwise: string,
): Promise<string | undefined> {
  // Writing what is there hands the row back, whoever wrote it; who is just leaving is waited for.
  const { rows } = await sql<{ account: string }>`
    insert into record_accounts (person_id, account)
    select id, ${otherwise}::uuid from people where id = ${personId} and left_on is null for share
    on conflict on constraint record_accounts_pk do update set person_id = excluded.person_id
    returning account`.execute(trx)
  return rows[0]?.account
}

export async function insertStatements(
  trx: Trx,
  rows: Insertable<RecordsTables['record_statements']>[],
): Promise<void> {
  await trx
    .insertInto('record_statements')
    .values(rows)
    .onConflict((conflict) => conflict.constraint('record_statements_once').doNothing())
    .execute()
}

/** Forgets whose the accounts are, and what still waits under them. */
export async function deleteAccounts(trx: Trx, personIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('record_accounts')
    .where(sql<boolean>`person_id = any(${personIds}::uuid[])`)
    .execute()
}

/** The next statements of weeks that began on or before a day, in the order of random numbers. */
export function dueStatements(db: Reader, weekOn: string, most: number) {
  return db
    .selectFrom('record_statements')
    .select(['id', 'account', 'verb', 'programme_id as programmeId', 'reminder_id as reminderId'])
    .select(['version', 'week_on as weekOn'])
    .where('refused', 'is', null)
    .where('week_on', '<=', weekOn)
    .orderBy('id')
    .limit(most)
    .execute()
}

export type StatementRow = Awaited<ReturnType<typeof dueStatements>>[number]

export async function deleteStatements(db: Database, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('record_statements').where(sql<boolean>`id = any(${ids}::uuid[])`).execute()
}

export async function noteRefused(db: Database, id: string, said: string): Promise<void> {
  await db.updateTable('record_statements').set({ refused: said }).where('id', '=', id).execute()
}

export async function letRefusedWait(trx: Trx): Promise<void> {
  await trx
    .updateTable('record_statements')
    .set({ refused: null })
    .where('refused', 'is not', null)
    .execute()
}

/** How many wait, and how many were refused with which words, most first. */
export function countStatements(db: Reader) {
  return db
    .selectFrom('record_statements')
    .select((eb) => ['refused', eb.fn.countAll<number>().as('count')])
    .groupBy('refused')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .execute()
}

export function trouble(db: Reader) {
  return db.selectFrom('record_trouble').select(['since', 'said']).executeTakeFirst()
}

/** Notes what is wrong now; since when stays. */
export async function noteTrouble(db: Database, since: Date, said: string): Promise<void> {
  await db
    .insertInto('record_trouble')
    .values({ since, said })
    .onConflict((conflict) => conflict.constraint('record_trouble_pk').doUpdateSet({ said }))
    .execute()
}

export async function forgetTrouble(db: Reader): Promise<void> {
  await db.deleteFrom('record_trouble').execute()
}
