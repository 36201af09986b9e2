import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { buildApp, buildServices } from '#server/app.ts'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { readConfig } from '#server/platform/config.ts'
import { implement } from '#server/platform/http/routing.ts'
import { notify, type Topic } from '#server/platform/live/live.ts'
import { inTransaction, openDatabase } from '#server/platform/postgres/database.ts'
import { isRefusal, refuse } from '#server/platform/refusal.ts'
import { route } from '#shared/contract.ts'
import { makeRegion } from '../roster/roster.factory.ts'
import { TestClock } from '../support/app.ts'
import { cloneDatabase } from '../support/database.ts'
import { type Followed, followEvents } from '../support/events.ts'

const ofThing = z.object({ thing: z.string() })
const live = route({
  method: 'GET',
  path: '/api/things/:thing/live',
  summary: 'When a thing changes',
  access: 'session',
  params: ofThing,
  response: 'events',
  refusals: ['forbidden'],
})

interface Server {
  app: FastifyInstance
  url: string
  stop(): Promise<void>
}

let databaseUrl: string
let cookie: string
const clock = new TestClock()
const secret = 'a secret for tests, 32 characters and more'

beforeAll(async () => {
  const database = await cloneDatabase()
  databaseUrl = database.url
  const { director } = await makeRegion(database.db, clock.now())
  const signedIn = await inTransaction(database.db, async (trx) => {
    const link = await accounts.issueSignInLink(trx, director, secret, clock.now())
    return accounts.signIn(trx, link.token, clock.now())
  })
  if (isRefusal(signedIn)) throw new Error(signedIn.refused)
  cookie = `session=${signedIn.sessionToken}`
  return () => database.close()
})

/** One process of the installation: a pool, a listening connection and a port of its own. */
async function startServer(port = 0): Promise<Server> {
  const { db, close } = openDatabase(databaseUrl, () => {})
  const read = readConfig({ PUBLIC_URL: 'http://localhost:3000' })
  if ('problems' in read) throw new Error(read.problems.join())
  const wiring = { config: read.config, secret, db, databaseUrl, clock }
  const services = buildServices(wiring)
  const app = await buildApp(wiring, services)
  implement(app, services, live, async ({ params }) =>
    params.thing === 'secret'
      ? refuse('forbidden')
      : { topics: [`thing:${params.thing}`, 'weather:everywhere'] as const },
  )
  const url = await app.listen({ port, host: '127.0.0.1' })
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await app.close()
    await close()
  }
  onTestFinished(stop)
  return { app, url, stop }
}

async function follow({ url }: Server, thing: string, by: string | undefined = cookie) {
  const stream = await followEvents(`${url}/api/things/${thing}/live`, by)
  onTestFinished(() => stream.close())
  return stream
}

/** The first to follow at this server: as listening begins, everything followed may be new. */
async function following(server: Server, thing: string) {
  const stream = await follow(server, thing)
  await Promise.all([stream.next(), stream.next()])
  return stream
}

async function until(stream: Followed, topic: string) {
  while ((await stream.next()).data !== topic);
}

/** A change somebody commits, in no server process at all. */
async function change(...topics: Topic[]) {
  const { db, close } = openDatabase(databaseUrl, () => {})
  await inTransaction(db, (trx) => notify(trx, ...topics))
  await close()
}

/** The connections that listen, one a process. */
async function listeners(): Promise<number[]> {
  const rows = await ask(
    `select pid from pg_stat_activity where application_name = 'live' and datname = current_database()`,
  )
  return rows.map(({ pid }) => pid)
}

async function ask(statement: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query(statement, values)
  await client.end()
  return rows
}

describe('a stream of changes', () => {
  it('hears in one process what another commits, and only what it follows', async () => {
    const [first, second] = [await startServer(), await startServer()]
    const [here, there] = [await following(first, 'a'), await following(second, 'b')]
    await change('thing:c', 'thing:b')
    expect(await there.next()).toEqual({ event: 'changed', data: 'thing:b' })
    await change('weather:everywhere')
    for (const stream of [here, there]) await until(stream, 'weather:everywhere')
    expect(await listeners()).toHaveLength(2)
  })

  it('is told after the commit, never of what was undone', async () => {
    const stream = await following(await startServer(), 'a')
    const { db, close } = openDatabase(databaseUrl, () => {})
    await inTransaction(db, async (trx) => {
      await notify(trx, 'weather:everywhere')
      return refuse('conflict')
    })
    await inTransaction(db, (trx) => notify(trx, 'thing:a'))
    await close()
    expect((await stream.next()).data).toBe('thing:a')
  })

  it('gathers a burst: told at once, and once more for all that came after', async () => {
    const stream = await following(await startServer(), 'burst')
    for (let n = 0; n < 30; n += 1) await change('weather:everywhere')
    await change('thing:burst')
    const told: string[] = []
    while (told.at(-1) !== 'thing:burst') told.push((await stream.next()).data)
    expect(told.length).toBeLessThan(10)
  })

  it('goes on when the connection that listens is cut, and says that something may be new', async () => {
    const server = await startServer()
    const stream = await following(server, 'a')
    const [pid] = await listeners()
    await ask('select pg_terminate_backend($1)', [pid])
    const told = new Set<string>()
    while (told.size < 2) told.add((await stream.next()).data)
    expect(told).toEqual(new Set(['thing:a', 'weather:everywhere']))
    await expect.poll(listeners, { timeout: 10_000 }).toHaveLength(1)
    expect(await listeners()).not.toEqual([pid])
    await change('thing:a')
    await until(stream, 'thing:a')
  })

  it('ends when the server stops, and is taken up again where it starts', async () => {
    const first = await startServer()
    const stream = await following(first, 'a')
    await first.stop()
    await stream.ended
    expect(await listeners()).toEqual([])
    const again = await following(await startServer(Number(new URL(first.url).port)), 'a')
    await change('thing:a')
    await until(again, 'thing:a')
  })

  it('is neither kept, compressed nor gathered on its way', async () => {
    const { url } = await startServer()
    const response = await fetch(`${url}/api/things/a/live`, {
      headers: { cookie, 'accept-encoding': 'gzip, br' },
    })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'referrer-policy': 'no-referrer',
    })
    expect(response.headers.get('content-encoding')).toBeNull()
    await response.body?.cancel()
  })

  it('is asked for like any other route: who are you, and may you', async () => {
    const server = await startServer()
    const unknown = await fetch(`${server.url}/api/things/a/live`)
    expect(unknown.status).toBe(401)
    const refused = await fetch(`${server.url}/api/things/secret/live`, { headers: { cookie } })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ code: 'forbidden' })
    const head = await fetch(`${server.url}/api/things/a/live`, { method: 'HEAD' })
    expect(head.status).toBe(404)
  })

  it('lets go of whoever went away', async () => {
    const server = await startServer()
    const streams = await Promise.all(Array.from({ length: 20 }, () => follow(server, 'a')))
    const connections = () =>
      new Promise<number>((done) => server.app.server.getConnections((_, count) => done(count)))
    expect(await connections()).toBeGreaterThanOrEqual(20)
    for (const stream of streams) stream.close()
    await expect.poll(connections, { timeout: 10_000 }).toBe(0)
  })
})
