// How long after a commit 500 phones have read the wall again, one server process, another process
// making the changes.  npm run bench:wall [-- VIEWERS]
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { buildApp, buildServices } from '#server/app.ts'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import * as days from '#server/features/days/days.service.ts'
import { newBallotKey } from '#server/features/debrief/debrief.ballots.ts'
import * as debriefs from '#server/features/debrief/debrief.service.ts'
import { sealedFor } from '#server/features/debrief/debrief.voting.ts'
import { readConfig } from '#server/platform/config.ts'
import { type Database, inTransaction, openDatabase } from '#server/platform/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/platform/postgres/embedded-postgres.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'
import { seal } from '#server/platform/secrets.ts'
import { makeDay } from '../days/days.factory.ts'
import { makePerson, makeRegion, makeSite, roleByCode } from '../roster/roster.factory.ts'
import { followEvents } from '../support/events.ts'

const secret = 'a secret for a benchmark, 32 characters'
const now = () => new Date('2027-05-20T14:00:00Z')
const print = (line: string) => process.stdout.write(`${line}\n`)
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

const people = 100
const cards = 40
const changes = 30
/** More than the half second in which a burst is gathered. */
const between = 900

if (process.send) await serve(process.argv[2]!)
else await measure(Number(process.argv[2] ?? 500))

/** Bytes. */
interface Memory {
  heapUsed: number
  rss: number
}

/** The one server process: says where it listens, then how much memory it holds when asked. */
async function serve(databaseUrl: string): Promise<void> {
  const { db } = openDatabase(databaseUrl, () => {})
  const read = readConfig({})
  if ('problems' in read) throw new Error(read.problems.join())
  const wiring = { config: read.config, secret, db, databaseUrl, clock: { now } }
  const app = await buildApp(wiring, buildServices(wiring))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  process.on('message', () => {
    globalThis.gc?.()
    const { heapUsed, rss } = process.memoryUsage()
    process.send?.({ heapUsed, rss })
  })
  process.send?.(url)
}

async function measure(viewers: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-bench-'))
  const server = await startEmbeddedPostgres(folder, { durable: true })
  const client = new pg.Client({ connectionString: `${server.serverUrl}/postgres` })
  await client.connect()
  await client.query('create database bench')
  await client.end()
  const databaseUrl = `${server.serverUrl}/bench`
  const database = openDatabase(databaseUrl, () => {})
  await migrate(database.db, database.pool)
  const room = await fillRoom(database.db)
  const child = fork(import.meta.filename, [databaseUrl], { execArgv: ['--expose-gc'] })
  const said = () => new Promise<unknown>((done) => child.once('message', done))
  const url = `${await said()}/api/debriefs/${room.code}`
  const memory = () => {
    child.send('memory')
    return said() as Promise<Memory>
  }
  try {
    await follow(database.db, room, url, viewers, memory)
  } finally {
    child.kill()
    await database.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface RoomMade {
  dayId: string
  code: string
  cookies: string[]
  cardIds: string[]
}

async function follow(
  db: Database,
  { dayId, cookies, cardIds }: RoomMade,
  url: string,
  viewers: number,
  memory: () => Promise<Memory>,
): Promise<void> {
  const cookieOf = (viewer: number) => cookies[viewer % cookies.length]!
  const read = async (viewer: number) => {
    const response = await fetch(url, { headers: { cookie: cookieOf(viewer) } })
    await response.json()
    if (response.status !== 200) throw new Error(`answered ${response.status}`)
  }
  const everybody = Array.from({ length: viewers }, (_, viewer) => viewer)
  // Connections and caches as they are after a while.
  for (let round = 0; round < 3; round += 1) await Promise.all(everybody.map(read))

  const alone: number[] = []
  for (let round = 0; round < 10; round += 1) {
    const begun = performance.now()
    await Promise.all(
      everybody.map(async (viewer) => {
        await read(viewer)
        alone.push(performance.now() - begun)
      }),
    )
  }
  const before = await memory()
  const streams = await Promise.all(
    everybody.map((viewer) => followEvents(`${url}/live`, cookieOf(viewer))),
  )
  // As it begins to listen, the process tells everybody once.
  await pause(2 * between)
  const after = await memory()

  const told: number[] = []
  const reread: number[] = []
  /** An event may be here before the commit’s own answer is. */
  let committed = Promise.withResolvers<number>()
  let since = Number.POSITIVE_INFINITY
  let missing = 0
  for (const [viewer, stream] of streams.entries()) {
    void (async () => {
      for (;;) {
        await stream.next()
        const heardAt = performance.now()
        if (heardAt < since) continue
        await read(viewer)
        const readAt = performance.now()
        told.push(Math.max(0, heardAt - (await committed.promise)))
        reread.push(readAt - (await committed.promise))
        missing -= 1
      }
    })().catch(() => {})
  }
  for (let change = 0; change < changes; change += 1) {
    missing = viewers
    committed = Promise.withResolvers()
    since = performance.now()
    const shown = change % 2 === 0
    await inTransaction(db, (trx) => debriefs.showCards(trx, dayId, [cardIds[0]!], shown))
    committed.resolve(performance.now())
    while (missing > 0) await pause(5)
    since = Number.POSITIVE_INFINITY
    await pause(between)
  }
  for (const stream of streams) stream.close()

  print(`${viewers} viewers in one process, ${cards} cards on the wall, ${changes} changes`)
  print('milliseconds from the commit              median     p99     most')
  print(row('told that something changed', told))
  print(row('wall read again', reread))
  print(row('for comparison: all read at once, untold', alone))
  const ratio = percentile(reread, 0.5) / percentile(alone, 0.5)
  print(`read again / all at once: ${ratio.toFixed(2)} at the median`)
  const each = (after.heapUsed - before.heapUsed) / viewers / 1024
  print(
    `heap of the server: ${megabytes(before.heapUsed)} without, ${megabytes(after.heapUsed)} with the streams (${each.toFixed(0)} kB each), ${megabytes(after.rss)} resident`,
  )
}

/** A region with people signed in, a day, and its debrief with cards on the wall. */
async function fillRoom(db: Database): Promise<RoomMade> {
  const region = await makeRegion(db, now())
  const { regionId } = region
  const site = await makeSite(db, now(), regionId)
  const role = await roleByCode(db, regionId, 'shop_seller')
  const early = new Date('2027-03-01T09:00:00Z')
  const { id: dayId } = await makeDay(db, early, regionId, { open: true, by: region.director })
  const cookies: string[] = []
  for (let n = 0; n < people; n += 1) {
    const { accountId } = await makePerson(db, now(), site)
    const session = await inTransaction(db, async (trx) => {
      const link = await accounts.issueSignInLink(trx, accountId!, secret, now())
      return accounts.signIn(trx, link.token, now())
    })
    cookies.push(`session=${expected(session).sessionToken}`)
  }
  const [irritant] = await days.irritantsOfRegion(db, regionId)
  const cardIds = Array.from({ length: cards }, () => randomUUID())
  await db
    .insertInto('observations')
    .values(
      cardIds.map((id) => ({
        id,
        region_id: regionId,
        day_id: dayId,
        role_id: role.id,
        irritant_id: irritant!.id,
        site_id: null,
        moment: 'get-help' as const,
        frequency: 4,
        severity: 4,
        situation: `Un client raconte son histoire pour la troisième fois. ${'Il attend encore. '.repeat(6)}`,
        idea: 'Un seul dossier, que chacun lit.',
        unmasked: false,
        anonymous: true,
        author_id: null,
        observed_at: null,
        secret_hash: 'a'.repeat(64),
        withdrawn: false,
      })),
    )
    .execute()
  const day = (await days.dayById(db, dayId))!
  const drawn = { code: 'ABC123', ballotKey: seal(secret, sealedFor, await newBallotKey()) }
  const by = { day, accountId: region.director }
  await inTransaction(db, (trx) => debriefs.openDebrief(trx, by, 3, drawn, now()))
  await inTransaction(db, (trx) => debriefs.showCards(trx, dayId, cardIds.slice(1), true))
  return { dayId, code: drawn.code, cookies, cardIds }
}

function expected<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.refused)
  return value
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function row(name: string, values: number[]): string {
  const shares = [0.5, 0.99, 1].map((share) => percentile(values, share).toFixed(0).padStart(7))
  return [name.padEnd(40), ...shares].join(' ')
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(0)} MB`
}
