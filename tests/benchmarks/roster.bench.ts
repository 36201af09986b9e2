import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import pg from 'pg'
import { buildApp, buildServices } from '#server/app.ts'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { systemClock } from '#server/platform/clock.ts'
import { readConfig } from '#server/platform/config.ts'
import { inTransaction, openDatabase } from '#server/platform/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/platform/postgres/embedded-postgres.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'
import { createRegion } from '#server/use-cases/create-region.ts'

// `npm run bench:roster`: the real roster, drawn out to 3,000 rows, through the API on a durable
// database, beside the least that could be done with the same bytes and rows in the same run.

const rounds = 5
const rows = 3_000
const demo = new URL('../../server/src/demo/nouvelle-aquitaine/', import.meta.url)
const original = new TextDecoder('windows-1252').decode(
  readFileSync(new URL('effectifs.csv', demo)),
)

/** The demo's roster with as many more people as it lacks, at an address of their own per round. */
function roster(round: number): Buffer {
  const lines = original.trimEnd().split('\r\n')
  const model = lines[1]!.split(';')
  while (lines.length < rows + 1) {
    const number = String(500_000 + lines.length)
    lines.push(
      [
        number,
        ...model.slice(1, 4),
        `p${number}@nouvelle-aquitaine.example`,
        ...model.slice(5),
      ].join(';'),
    )
  }
  const text = lines.join('\r\n').replaceAll('@nouvelle-aquitaine', `@region-${round}`)
  // Every character of the demo file fits in Latin-1.
  return Buffer.from(text, 'latin1')
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)
const times: Record<string, number[]> = {}

async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now()
  const result = await work()
  times[name] = [...(times[name] ?? []), performance.now() - start]
  return result
}

function expected<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.refused)
  return value
}

const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-bench-'))
const server = await startEmbeddedPostgres(folder, { durable: true })
const client = new pg.Client({ connectionString: `${server.serverUrl}/postgres` })
await client.connect()
await client.query('create database bench')
await client.end()
const databaseUrl = `${server.serverUrl}/bench`
const database = openDatabase(databaseUrl, () => {})
const { db } = database
await migrate(db, database.pool)

const read = readConfig({})
if ('problems' in read) throw new Error(read.problems.join())
const secret = 'a secret for a benchmark, 32 characters'
const wiring = { config: read.config, secret, db, databaseUrl, clock: systemClock }
const app = await buildApp(wiring, buildServices(wiring))
const now = systemClock.now()

const person = { email: 'director@region.example', displayName: 'Direction' }
const cookie = await inTransaction(db, async (trx) => {
  const given = { kind: 'administrator' as const, regionId: null, siteId: null, ...person }
  const { accountId } = expected(await accounts.grant(trx, given, null, 'fr', now))
  const link = await accounts.issueSignInLink(trx, accountId, secret, now)
  return `session=${expected(await accounts.signIn(trx, link.token, now)).sessionToken}`
})

async function ask(method: 'GET' | 'POST', url: string, payload?: Buffer | object) {
  const bytes = Buffer.isBuffer(payload)
  const response = await app.inject({
    method,
    url,
    ...(payload ? { payload } : {}),
    headers: { cookie, ...(bytes ? { 'content-type': 'application/octet-stream' } : {}) },
  })
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.body}`)
  return response.json()
}

const before = process.memoryUsage().rss
let peak = before
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 5)

for (let round = 0; round < rounds; round++) {
  const region = expected(
    await inTransaction(db, (trx) =>
      createRegion(trx, { name: `Région ${round}`, timeZone: 'Europe/Paris' }, null, now),
    ),
  )
  const imports = `/api/regions/${region.id}/imports`
  const upload = (kind: string, bytes: Buffer) =>
    ask('POST', `${imports}?kind=${kind}&fileName=${kind}.csv`, bytes)
  const sites = await upload('sites', readFileSync(new URL('sites.csv', demo)))
  const siteRun = await ask('GET', `${imports}/${sites.id}/dry-run`)
  await ask('POST', `${imports}/${sites.id}/commit`, { fingerprint: siteRun.fingerprint })

  const bytes = roster(round)
  const text = new TextDecoder('windows-1252').decode(bytes)
  await timed('csv-parse alone', () => parse(text, { delimiter: ';', relax_column_count: true }))
  const { id } = await timed('upload', () => upload('people', bytes))
  const run = await timed('dry run', () => ask('GET', `${imports}/${id}/dry-run`))
  await timed('commit', () =>
    ask('POST', `${imports}/${id}/commit`, { fingerprint: run.fingerprint }),
  )
  const again = await upload('people', bytes)
  const rerun = await timed('dry run, everybody known', () =>
    ask('GET', `${imports}/${again.id}/dry-run`),
  )
  if (run.counts.created < 2_900 || rerun.counts.created !== 0) throw new Error('wrong figures')

  // The least a commit could be: the same people into an equal table, in one statement.
  await sql`create table plain (like people including all)`.execute(db)
  const people = await db
    .selectFrom('people')
    .selectAll()
    .where('region_id', '=', region.id)
    .execute()
  await timed('one INSERT alone', () =>
    sql`insert into plain select * from json_populate_recordset(null::plain,
      ${JSON.stringify(people)}::json)`.execute(db),
  )
  await sql`drop table plain`.execute(db)
}
clearInterval(watch)
peak = Math.max(peak, process.memoryUsage().rss)

const of = (name: string) => median(times[name]!)
const line = (name: string, reference: string) =>
  `${name.padEnd(26)}${of(name).toFixed(0).padStart(6)} ms   ${(of(name) / of(reference)).toFixed(1)} × ${reference} (${of(reference).toFixed(0)} ms)\n`
process.stdout.write(
  `${rows} rows, median of ${rounds}; through the API, durable PostgreSQL\n` +
    line('upload', 'csv-parse alone') +
    line('dry run', 'csv-parse alone') +
    line('dry run, everybody known', 'csv-parse alone') +
    line('commit', 'one INSERT alone') +
    `memory: ${megabytes(before)} MB before, ${megabytes(peak)} MB at most\n`,
)
const tooSlow = Math.max(...times['dry run']!) > 2_000 || Math.max(...times.commit!) > 3_000
if (tooSlow) process.stdout.write('too slow: 2 s for a dry run, 3 s for a commit were promised\n')

await app.close()
await database.close()
await server.stop()
await rm(folder, { recursive: true, force: true })
process.exitCode = tooSlow ? 1 : 0
