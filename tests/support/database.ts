import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { type OpenDatabase, openDatabase } from '#server/platform/postgres/database.ts'
import { templateName } from './postgres.ts'

/**
 * A database of its own, copied from the migrated template (about 0.1 s), for one test file or one
 * test. The caller closes it, or hands it to {@link freshDatabase}'s test to do so.
 */
export async function cloneDatabase(): Promise<OpenDatabase & { url: string }> {
  const server = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await maintain(server, `create database ${name} template ${templateName}`)
  const url = `${server}/${name}`
  // A test may end while a job's connection is being cut: that is no news.
  const database = openDatabase(url, () => {})
  return {
    ...database,
    url,
    close: async () => {
      await database.close()
      await maintain(server, `drop database ${name} with (force)`)
    },
  }
}

/** {@link cloneDatabase}, closed by itself when the running test ends. */
export async function freshDatabase() {
  const database = await cloneDatabase()
  onTestFinished(() => database.close())
  return database
}

async function maintain(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  try {
    // Copies of one template wait for each other instead of failing.
    await client.query('select pg_advisory_lock(10)')
    await client.query(statement)
  } finally {
    await client.end()
  }
}
