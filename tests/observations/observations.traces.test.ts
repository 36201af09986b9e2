import { Writable } from 'node:stream'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { observationsRoutes as routes } from '#shared/observations/observations.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  anonymously,
  type LivedDay,
  livedDay,
  placementToken,
  release,
  slotToken,
} from './observations.factory.ts'

// What somebody with a copy of the database and of the log could find out about who wrote what.

let test: TestApp
let lived: LivedDay
const log: string[] = []
beforeAll(async () => {
  const stream = new Writable({
    write(chunk, _, done) {
      log.push(String(chunk))
      done()
    },
  })
  test = await startTestApp({ logger: pino({ level: 'trace' }, stream) })
  lived = await livedDay(test)
  // The job runner notes each kind of job it ever met: let it meet this one before.
  await release(test)
})
afterAll(() => test.close())
beforeEach(() => {
  log.length = 0
})

/** Every row of every table of the database, as « table {row} » lines. */
async function dump(): Promise<string[]> {
  const { rows } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2`.execute(test.db)
  const lines: string[] = []
  for (const { schema, name } of rows) {
    const found = await sql<{ row: object }>`
      select to_jsonb(t) as row from ${sql.table(`${schema}.${name}`)} t`.execute(test.db)
    lines.push(...found.rows.map(({ row }) => `${name} ${JSON.stringify(row)}`))
  }
  return lines
}

/** The rows that came and went between two dumps. */
function difference(before: string[], after: string[]) {
  return {
    gone: before.filter((line) => !after.includes(line)),
    come: after.filter((line) => !before.includes(line)),
  }
}

const sessionOf = (cookie: string | undefined) => ({ cookie: cookie ?? '' })

describe('an anonymous observation', () => {
  it('leaves the same single row whoever of the participants wrote it, and nothing else', async () => {
    const { sent } = anonymously(lived)
    const writers = {
      guest: {
        // A careless program that sends its session along all the same.
        headers: sessionOf(lived.callers.guests[0]!.cookie),
        observing: await lived.callers.guests[0]!.ask(routes.observing, {
          params: { dayId: lived.day.id },
        }),
        address: '203.0.113.7',
      },
      hostByLink: {
        headers: {},
        observing: await test.nobody.ask(routes.observingBySlotLink, {
          params: { token: slotToken(test, lived.slot) },
        }),
        address: '203.0.113.8',
      },
      guestByLink: {
        headers: sessionOf(lived.callers.guests[3]!.cookie),
        observing: await test.nobody.ask(routes.observingByPlacementLink, {
          params: { token: placementToken(test, lived, 2) },
        }),
        address: '203.0.113.9',
      },
    }
    const waiting: object[] = []
    const kept: string[] = []
    for (const writer of Object.values(writers)) {
      // Long enough for a session that is looked at to be noted as seen again.
      test.clock.advance({ minutes: 17 })
      const before = await dump()
      log.length = 0
      const response = await test.app.inject({
        method: 'POST',
        url: routes.sendAnonymously.path,
        remoteAddress: writer.address,
        headers: {
          ...writer.headers,
          'idempotency-key': 'a-key-of-this-device',
          'user-agent': 'Écran de Marion',
          'sec-fetch-site': 'same-origin',
        },
        payload: { ...sent, credential: writer.observing.credential },
      })
      expect(response.json()).toEqual({ received: true })
      expect(response.headers['set-cookie']).toBeUndefined()
      expect(log).toEqual([])

      const whileWaiting = difference(before, await dump())
      expect(whileWaiting.gone).toEqual([])
      expect(whileWaiting.come).toHaveLength(1)
      const [table, row] = split(whileWaiting.come[0]!)
      expect(table).toBe('observation_intake')
      const { release_at: releaseAt, ...rest } = row
      expect(Date.parse(String(releaseAt)) % 300_000).toBe(0)
      waiting.push(rest)

      test.clock.advance({ minutes: 61 })
      await release(test)
      const afterwards = difference(before, await dump())
      expect(afterwards.gone).toEqual([])
      expect(afterwards.come).toHaveLength(1)
      expect(afterwards.come[0]).toMatch(/^observations /)
      kept.push(afterwards.come[0]!)
      expect(log.join()).not.toContain(sent.id)
      await test.db.deleteFrom('observations').where('id', '=', sent.id).execute()
    }
    expect(new Set(waiting.map((row) => JSON.stringify(row))).size).toBe(1)
    expect(new Set(kept).size).toBe(1)

    const row = kept[0]!
    expect(row).not.toMatch(/\d{4}-\d\d-\d\d/)
    const people = [lived.host, ...lived.guests]
    const tellTales = [
      ...people.flatMap(({ id, accountId, lastName, email }) => [id, accountId!, lastName, email!]),
      ...Object.values(writers).map(({ address }) => address),
      ...(await test.db.selectFrom('sessions').select('id').execute()).map(({ id }) => id),
      lived.slot.id,
      ...lived.placements,
    ]
    for (const tellTale of tellTales) expect(row).not.toContain(tellTale)
  })

  it('is not told of in the log, not even when the database fails', async () => {
    const { sent, held } = anonymously(lived)
    const post = (url: string, payload: object) =>
      test.app.inject({ method: 'POST', url, payload, remoteAddress: '203.0.113.7' })
    await sql`alter table observation_intake rename to broken`.execute(test.db)
    const answer = await post(routes.sendAnonymously.path, sent)
    await sql`alter table broken rename to observation_intake`.execute(test.db)
    expect(answer.statusCode).toBe(500)
    await post(routes.sendAnonymously.path, { ...sent, severity: 9 })
    await post(routes.sendAnonymously.path, sent)
    await post(routes.followAnonymously.path, held)
    await post(routes.withdrawAnonymously.path, held)
    const said = log.join()
    expect(said).toContain('an anonymous request failed: 42P01')
    for (const word of [sent.id, held.secret, sent.secretHash, sent.situation!, '203.0.113']) {
      expect(said).not.toContain(word)
    }
    // The failure itself is the only line.
    expect(log).toHaveLength(1)
  })

  it('leaves with others in one transaction, so that not even the row’s own marks tell them apart', async () => {
    const all = Array.from({ length: 8 }, () => anonymously(lived).sent)
    for (const sent of all) await test.nobody.ask(routes.sendAnonymously, { body: sent })
    test.clock.advance({ minutes: 61 })
    await release(test)
    const { rows } = await sql<{ id: string; xmin: string }>`
      select id, xmin::text as xmin from observations order by ctid`.execute(test.db)
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1)
    expect(rows.map(({ id }) => id).sort()).toEqual(
      expect.arrayContaining(all.map(({ id }) => id).sort()),
    )
  })

  it('cannot be stored with an author, or under an identifier that tells the time', async () => {
    const { sent } = anonymously(lived)
    const timed = await test.nobody.call(routes.sendAnonymously, {
      body: { ...sent, id: '0196c1f2-7a3b-7c11-9d00-2b1f6e1d2c3a' },
    })
    expect(timed.problem?.code).toBe('invalid-input')
    await test.nobody.ask(routes.sendAnonymously, { body: sent })
    test.clock.advance({ minutes: 61 })
    await release(test)
    const naming = inTransaction(test.db, (trx) =>
      trx
        .updateTable('observations')
        .set({ author_id: lived.host.id })
        .where('id', '=', sent.id)
        .execute(),
    )
    await expect(naming).rejects.toThrow(/observations_anonymous_has_no_author/)
  })
})

function split(line: string): [string, Record<string, unknown>] {
  const at = line.indexOf(' ')
  return [line.slice(0, at), JSON.parse(line.slice(at + 1))]
}
