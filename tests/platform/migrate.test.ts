import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, inject, it, onTestFinished } from 'vitest'
import { openDatabase } from '#server/platform/postgres/database.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'

it('lets several processes start at once on an empty database', async () => {
  const server = inject('postgresUrl')
  const name = `empty_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  await client.query(`create database ${name}`)
  const processes = [1, 2, 3].map(() => openDatabase(`${server}/${name}`, () => {}))
  onTestFinished(async () => {
    for (const { close } of processes) await close()
    await client.query(`drop database ${name} with (force)`)
    await client.end()
  })
  const ended = await Promise.allSettled(processes.map(({ db, pool }) => migrate(db, pool)))
  expect(ended.map((one) => (one.status === 'rejected' ? String(one.reason) : 'ready'))).toEqual([
    'ready',
    'ready',
    'ready',
  ])
})
