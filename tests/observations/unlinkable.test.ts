import { createHash, createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { addJob } from '#server/platform/postgres/database.ts'
import { observationsRoutes as routes } from '#shared/observations/observations.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { changed, dump, type Row } from '../support/dump.ts'
import { freePort, startProcess, untilHealthy } from '../support/process.ts'
import { anonymously, type LivedDay, livedDay, seen } from './observations.factory.ts'

// A thief with the whole database (every table, column, hidden mark and counter, from any hour of
// the day) and everything the server process ever said looks for who wrote. The process is the real
// one, spoken to over HTTP by six people with sessions, names and programs of their own.

let test: TestApp
let lived: LivedDay
let url: string
let said: () => string
beforeAll(async () => {
  test = await startTestApp()
  lived = await livedDay(test)
  await test.runJobs()
  const today = new Date().toISOString().slice(0, 10)
  // The process reads the machine’s clock: the day is today, and everybody signed in just now.
  await sql`update days set date = ${today}`.execute(test.db)
  await sql`update sessions set created_at = now(), last_seen_at = now(),
    expires_at = now() + interval '1 day'`.execute(test.db)
}, 120_000)
afterAll(() => test.close())

async function serve() {
  const port = await freePort()
  const process = startProcess({
    PORT: String(port),
    DATABASE_URL: test.url,
    PUBLIC_URL: test.services.config.publicUrl,
    SESSION_SECRET: test.services.secret,
    SMTP_URL: test.mailbox.smtpUrl,
  })
  await untilHealthy(process, port)
  url = `http://127.0.0.1:${port}`
  said = process.said
}

const people = () => [lived.callers.host, ...lived.callers.guests]
const deviceOf = (person: number) => `Device-of-person-${person}`

/** As a careless program would: session, program and key sent along, whatever the route. */
async function send(person: number, method: string, path: string, body?: object) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      cookie: people()[person]!.cookie ?? '',
      'user-agent': deviceOf(person),
      'x-forwarded-for': `203.0.113.${person + 1}`,
      'idempotency-key': `key-of-person-${person}`,
      'sec-fetch-site': 'same-origin',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(response.status, `${path} ${said()}`).toBeLessThan(300)
}

/** A trace without what is random on purpose. */
function bare({ table, row }: Row) {
  const { id: _, release_at: __, payload, ...rest } = row
  const { secretHash: ___, ...content } = payload as Record<string, unknown>
  return { table, ...rest, ...content }
}

/** One anonymous observation, with a nervous network: sent three times, then looked after. */
async function observe(person: number) {
  const made = anonymously(lived, { situation: 'La même phrase pour tout le monde.' })
  for (let attempt = 0; attempt < 3; attempt += 1)
    await send(person, 'POST', routes.sendAnonymously.path, made.sent)
  await send(person, 'POST', routes.followAnonymously.path, made.held)
  return made
}

it('keeps an author hidden among those present, from the whole database and all logs', {
  timeout: 180_000,
}, async () => {
  await serve()
  const ids = { params: { dayId: lived.day.id } }
  for (const [person] of people().entries()) {
    await send(person, 'GET', routes.observing.path.replace(':dayId', ids.params.dayId))
    const named = `/api/days/${lived.day.id}/observations/${crypto.randomUUID()}`
    await send(person, 'PUT', named, seen(lived))
  }

  // Whoever writes leaves the same row, once, and touches nothing else of the house.
  const written: { id: string; person: number }[] = []
  const traces: unknown[] = []
  // What a process says comes a moment after it answered.
  await vi.waitUntil(() => said().split('"PUT"').length > people().length)
  const heardBefore = said()
  for (const [person] of people().entries()) {
    const before = await dump(test.db)
    const { sent } = await observe(person)
    written.push({ id: sent.id, person })
    const come = changed(before, await dump(test.db))
    expect(come.map(({ table }) => table)).toEqual(['public.observation_intake'])
    traces.push(bare(come[0]!))
  }
  for (const trace of traces) expect(trace).toEqual(traces[0])

  // A whole day of it, one taken back.
  for (let round = 0; round < 42; round += 1) {
    const person = (round * 5) % 6
    written.push({ id: (await observe(person)).sent.id, person })
  }
  const regretted = await observe(2)
  await send(2, 'POST', routes.withdrawAnonymously.path, regretted.held)
  expect(said()).toBe(heardBefore)
  const waiting = await dump(test.db)

  // An hour goes by.
  await sql`update observation_intake set release_at = release_at - interval '2 hours'`.execute(
    test.db,
  )
  await addJob(test.db, 'release-observations', {})
  const intake = () => test.db.selectFrom('observation_intake').select('id').execute()
  await vi.waitUntil(async () => (await intake()).length === 0, { timeout: 90_000, interval: 100 })
  const kept = await dump(test.db)

  // By what is written: nothing about anybody present stands in any row an observation appears in.
  for (const rows of [waiting, kept]) {
    const about = rows.filter((row) =>
      written.some(({ id }) => JSON.stringify(row.row).includes(id)),
    )
    expect(about).toHaveLength(written.length)
    const text = JSON.stringify(about)
    for (const word of await tellTales()) expect(text).not.toContain(word)
    // By hashes of an author and an observation together, with and without the house’s own key.
    for (const { id, person } of written.slice(0, 6))
      for (const word of await tellTalesOf(person))
        for (const hash of hashesOf(id, word)) expect(text).not.toContain(hash)
  }

  // By time: what is kept has none; those waiting leave on marks of the clock they share.
  const anonymous = kept.filter(
    ({ table, row }) => table === 'public.observations' && row.anonymous,
  )
  expect(anonymous).toHaveLength(written.length + 1)
  expect(JSON.stringify(anonymous)).not.toMatch(/\d{4}-\d\d-\d\d/)
  for (const { table, row } of waiting)
    if (table === 'public.observation_intake')
      expect(Date.parse(String(row.release_at)) % 300_000).toBe(0)

  // By order: neither place, transaction, identifier nor hash goes along with the order of writing.
  const placeOf = new Map(written.map(({ id }, place) => [id, place]))
  const orders: Record<string, (row: Row) => string | number> = {
    place: ({ ctid }) => placeInFile(ctid),
    transaction: ({ xmin }) => Number(xmin),
    id: ({ row }) => String(row.id),
    hash: ({ row }) => String(row.secret_hash),
  }
  for (const [name, order] of Object.entries(orders)) {
    const sorted = anonymous
      .filter(({ row }) => placeOf.has(String(row.id)))
      .toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
      .map(({ row }) => placeOf.get(String(row.id))!)
    // Of 48 in random order, once in a million days.
    if (new Set(anonymous.map(order)).size > 1)
      expect(Math.abs(likeness(sorted)), name).toBeLessThan(0.7)
  }

  // By hearing: the process said nothing of any of it.
  for (const { id } of written) expect(said()).not.toContain(id)
  expect(said()).not.toMatch(/Device-of-person|203\.0\.113|La même phrase/)
})

it('tells nobody apart by a card of thanks sent in the same minute', {
  timeout: 60_000,
}, async () => {
  await serve()
  await sql`update slots set starts_at = now() - interval '2 hours',
    ends_at = now() - interval '1 hour' where id = ${lived.slot.id}`.execute(test.db)
  const cards = `/api/days/${lived.day.id}/thanks`
  const traces: unknown[] = []
  for (const person of [1, 2, 3, 4, 5]) {
    // A first look notes that somebody was there today, as every page does.
    await send(person, 'GET', cards)
    const before = await dump(test.db)
    const { sent } = await observe(person)
    const words = 'x'.repeat(person * 30)
    await send(person, 'PUT', cards, { words, signed: person % 2 === 0 })
    // The jobs of the minute may come in between; they write nothing of ours.
    const ours = ({ table }: Row) => table.startsWith('public.')
    const come = changed(before, await dump(test.db)).filter(ours)
    const card = come.find(({ table }) => table === 'public.thanks_intake')
    expect(come.map(({ table }) => table)).toEqual([
      'public.observation_intake',
      'public.thanks_intake',
    ])
    const text = JSON.stringify(come)
    for (const word of [...(await tellTales()), words]) expect(text).not.toContain(word)
    for (const word of [...(await tellTalesOf(person)), sent.id])
      for (const hash of hashesOf(sent.id, word)) expect(JSON.stringify(card)).not.toContain(hash)
    const { key, sealed, ...rest } = card!.row
    traces.push({ ...rest, key: String(key).length, sealed: String(sealed).length })
  }
  for (const trace of traces) expect(trace).toEqual(traces[0])
  expect(JSON.stringify(traces)).not.toMatch(/\d\dT\d\d|\d\d:\d\d/)
})

it('would notice a careless column', { timeout: 60_000 }, async () => {
  await serve()
  await sql`alter table observation_intake
    add column created_at timestamptz default clock_timestamp()`.execute(test.db)
  const traces: unknown[] = []
  for (const person of [0, 1]) {
    const before = await dump(test.db)
    await observe(person)
    traces.push(bare(changed(before, await dump(test.db))[0]!))
  }
  await sql`alter table observation_intake drop column created_at`.execute(test.db)
  expect(traces[0]).not.toEqual(traces[1])
  const inOrder = Array.from({ length: 48 }, (_, place) => place)
  expect(likeness(inOrder)).toBeCloseTo(1)
})

/** What points to somebody present, their session or their device. */
async function tellTales(): Promise<string[]> {
  return (await Promise.all(people().map((_, person) => tellTalesOf(person)))).flat()
}

async function tellTalesOf(person: number): Promise<string[]> {
  const who = [lived.host, ...lived.guests][person]!
  const sessions = await test.db
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', who.accountId!)
    .execute()
  return [
    who.id,
    who.accountId!,
    who.lastName,
    who.email!,
    deviceOf(person),
    `203.0.113.${person + 1}`,
    `key-of-person-${person}`,
    people()[person]!.cookie!.split('=')[1]!,
    ...sessions.map(({ id }) => id),
    ...(person === 0 ? [lived.slot.id] : [lived.placements[person - 1]!]),
  ]
}

function hashesOf(id: string, word: string): string[] {
  const { secret } = test.services
  return [word, `${id}${word}`, `${word}${id}`, `${id}:${word}`].flatMap((text) => [
    createHash('sha256').update(text).digest('hex'),
    createHmac('sha256', secret).update(text).digest('hex'),
    createHmac('sha256', secret).update(text).digest('base64url'),
  ])
}

function placeInFile(ctid: string): number {
  const [page = 0, line = 0] = ctid.slice(1, -1).split(',').map(Number)
  return page * 1_000 + line
}

/** Spearman’s rank correlation of a permutation of 0 to n−1 with its own order: 1 is the same. */
function likeness(order: readonly number[]): number {
  const n = order.length
  const squares = order.reduce((sum, rank, place) => sum + (rank - place) ** 2, 0)
  return 1 - (6 * squares) / (n * (n * n - 1))
}
