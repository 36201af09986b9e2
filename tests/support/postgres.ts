import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#server/platform/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/platform/postgres/embedded-postgres.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a real PostgreSQL, without a database name. */
    postgresUrl: string
  }
}

export const templateName = 'template_decoeur'

/** One server for the whole run, with one migrated database that every test file copies. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-tests-'))
  const server = await startEmbeddedPostgres(folder, { durable: false })
  const client = new pg.Client({ connectionString: `${server.serverUrl}/postgres` })
  await client.connect()
  await client.query(`create database ${templateName}`)
  await client.end()
  const database = openDatabase(`${server.serverUrl}/${templateName}`, () => {})
  await migrate(database.db, database.pool)
  await database.close()
  project.provide('postgresUrl', server.serverUrl)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
