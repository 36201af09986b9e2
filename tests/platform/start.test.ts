import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '#server/platform/config.ts'
import { cloneDatabase } from '../support/database.ts'
import { freePort, startProcess, untilHealthy } from '../support/process.ts'

const stop = (child: ChildProcess, signal: NodeJS.Signals) => child.kill(signal)

describe('the process', () => {
  it('starts on one command, survives being killed, and stops cleanly', {
    timeout: 120_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-start-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
    const port = await freePort()
    const environment = { PORT: String(port), DATA_DIR: join(folder, 'data') }

    const first = startProcess(environment)
    await untilHealthy(first, port)
    // No chance to say goodbye: the database server is left behind, running.
    stop(first.child, 'SIGKILL')
    await first.ended

    const second = startProcess(environment)
    await untilHealthy(second, port)
    stop(second.child, 'SIGINT')
    expect(await second.ended, second.said()).toBe(0)
  })

  it('says which migration failed and does not start', async () => {
    const database = await cloneDatabase()
    onTestFinished(() => database.close())
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    // A database somebody else has used: the first step meets a table of its own name.
    await client.query('drop table kysely_migration, kysely_migration_lock')
    await client.end()
    const process = startProcess({ DATABASE_URL: database.url, DEMO: 'true', PORT: '0' })
    expect(await process.ended).toBe(1)
    expect(process.said()).toContain('Migration 0001_platform failed')
    expect(process.said()).toContain('already exists')
  })
})

describe('the configuration', () => {
  it('asks a real installation for what it cannot guess, all at once', () => {
    const read = readConfig({ DATABASE_URL: 'postgres://u@db/x' })
    expect(read).toEqual({
      problems: [
        'SESSION_SECRET: required when DATABASE_URL is set',
        'SMTP_URL: required when DATABASE_URL is set',
        'PUBLIC_URL: required when DATABASE_URL is set',
      ],
    })
  })

  it('names the variable that makes no sense', () => {
    expect(readConfig({ PORT: 'many', SESSION_SECRET: 'short' })).toEqual({
      problems: [expect.stringMatching(/^PORT: /), expect.stringMatching(/^SESSION_SECRET: /)],
    })
  })

  it('is a demo only by itself without a database, and by wish with one', () => {
    const given = {
      DATABASE_URL: 'postgres://u@db/x',
      SESSION_SECRET: 'x'.repeat(32),
      SMTP_URL: 'smtp://mail',
      PUBLIC_URL: 'https://dix.example/',
    }
    expect(readConfig({})).toMatchObject({ config: { demo: true, host: '127.0.0.1' } })
    expect(readConfig(given)).toMatchObject({
      config: { demo: false, publicUrl: 'https://dix.example', mailFrom: '10decoeur@dix.example' },
    })
    expect(readConfig({ ...given, DEMO: 'true' })).toMatchObject({ config: { demo: true } })
  })
})
