import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type pg from 'pg'
import type { Database } from './database.ts'

const folder = fileURLToPath(new URL('../../../../migrations/', import.meta.url))

/**
 * Brings the database up to date: the job runner's own tables, then every file of `migrations/`
 * in the order of their names, each in its own transaction. Two processes starting together wait
 * for each other on the migrator's lock.
 * @throws Error naming the step that failed, with PostgreSQL's words.
 */
export async function migrate(db: Database, pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool })
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    const failed = results?.find((step) => step.status === 'Error')?.migrationName ?? 'unknown'
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`Migration ${failed} failed, nothing was changed by it: ${reason}`)
  }
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const steps: [string, Migration][] = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return [name.replace(/\.sql$/, ''), { up: (db) => run(db, text) }]
    }),
  )
  return Object.fromEntries(steps)
}

async function run(db: Parameters<Migration['up']>[0], text: string): Promise<void> {
  await sql.raw(text).execute(db)
}
