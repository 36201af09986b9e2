import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Schema } from '#server/schema.ts'
import { isRefusal } from '../refusal.ts'

export type Database = Kysely<Schema>
export type Trx = Transaction<Schema>
/** For reads that serve both inside and outside a transaction. */
export type Reader = Database | Trx

// Dates without a time stay the text they are: a JavaScript Date would move them across midnight.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) => Number(text))

export interface OpenDatabase {
  db: Database
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * Opens one pool and Kysely on it; the same pool serves the job runner.
 * @param onIdleError hears of connections lost while nobody used them; unheard, Node would exit.
 */
export function openDatabase(url: string, onIdleError: (error: Error) => void): OpenDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 20 })
  pool.on('error', onIdleError)
  pool.on('connect', (client) => client.on('error', onIdleError))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => db.destroy() }
}

class RolledBack extends Error {
  readonly refusal: unknown
  constructor(refusal: unknown) {
    super('rolled back')
    this.refusal = refusal
  }
}

/**
 * Runs a use case in one transaction; a refusal it returns undoes what it wrote before saying no.
 * A transaction that lost a serialisation or deadlock race is run once more.
 */
export async function inTransaction<T>(db: Database, work: (trx: Trx) => Promise<T>): Promise<T> {
  const once = () =>
    db
      .transaction()
      .execute(async (trx) => {
        const outcome = await work(trx)
        if (isRefusal(outcome)) throw new RolledBack(outcome)
        return outcome
      })
      .catch((error: unknown) => {
        if (error instanceof RolledBack) return error.refusal as T
        throw error
      })
  try {
    return await once()
  } catch (error) {
    if (error instanceof pg.DatabaseError && ['40001', '40P01'].includes(error.code ?? '')) {
      return once()
    }
    throw error
  }
}

/**
 * Runs a use case inside a transaction that goes on whatever it says: a refusal undoes only what
 * the use case wrote.
 */
export async function inSavepoint<T>(trx: Trx, work: (trx: Trx) => Promise<T>): Promise<T> {
  await sql`savepoint attempt`.execute(trx)
  const outcome = await work(trx)
  await sql.raw(`${isRefusal(outcome) ? 'rollback to' : 'release'} savepoint attempt`).execute(trx)
  return outcome
}

/** The name of the constraint an error broke, so that a service can turn it into a refusal. */
export function brokenConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined
}

/** True where an error is a row that something else still refers to, or a reference to none. */
export function brokenReference(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23503'
}

/** Adds a job in the caller's transaction: it exists if and only if the change does. */
export async function addJob(
  trx: Reader,
  task: string,
  payload: Record<string, unknown>,
  options: { key?: string; runAt?: Date; queue?: string; maxAttempts?: number } = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(${task}, payload := ${JSON.stringify(payload)}::json,
    job_key := ${options.key ?? null}, run_at := ${options.runAt ?? null},
    queue_name := ${options.queue ?? null},
    max_attempts := ${options.maxAttempts ?? null})`.execute(trx)
}
