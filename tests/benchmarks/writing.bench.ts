import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { buildApp, buildServices } from '#server/app.ts'
import * as accounts from '#server/features/accounts/accounts.service.ts'
import { readConfig } from '#server/platform/config.ts'
import { runDueJobs } from '#server/platform/jobs.ts'
import { inTransaction, openDatabase } from '#server/platform/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/platform/postgres/embedded-postgres.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { buildTasks } from '#server/tasks.ts'
import type { Observing } from '#shared/observations/observations.contract.ts'
import { publishedDay } from '../observations/observations.factory.ts'
import { makeSite } from '../roster/roster.factory.ts'
import { MovingClock } from '../support/clock.ts'

// `npm run bench:writing`: a day of 2,900 people who all open the Observe page and write in the same minute:
// what one process needs for each, beside a request that only looks up who asks, in the same run.

const say = (line: string) => process.stdout.write(`${line}\n`)

const siteCount = 40
const hostCount = 725
const guestsEach = 3
const rounds = 60
const people = hostCount * (1 + guestsEach)

const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-writing-'))
const server = await startEmbeddedPostgres(folder, { durable: true })
const databaseUrl = `${server.serverUrl}/postgres`
const { db, pool, close } = openDatabase(databaseUrl, () => {})
await migrate(db, pool)
const clock = new MovingClock()
clock.set('2027-03-01T09:00:00Z')
const read = readConfig({})
if ('problems' in read) throw new Error(read.problems.join())
const secret = 'a secret for a benchmark, 32 characters'
const wiring = { config: read.config, secret, db, databaseUrl, clock }
const services = buildServices(wiring)
const app = await buildApp(wiring, services)
const tasks = buildTasks(services, async () => ({ kind: 'sent', response: 'nowhere' }))
const runJobs = () => runDueJobs(pool, tasks)
const lived = await publishedDay({ db, clock, services, runJobs })
for (let place = 0; place < siteCount; place += 1) {
  await makeSite(db, clock.now(), lived.region.regionId, { code: `S-${place}` })
}
await fillDay()

/** The one shop of the day, seven hundred times: hosts, their slots, and three guests each. */
async function fillDay(): Promise<void> {
  const letters = sql`translate(md5(n::text), '0123456789', 'ghijklmnop')`
  await sql`create temporary table drawn as
    select n, gen_random_uuid() as person, gen_random_uuid() as slot, gen_random_uuid() as placement,
      ((n - 1) / ${1 + guestsEach}) as company, (n - 1) % ${1 + guestsEach} = 0 as hosts
    from generate_series(1, ${people}::int) n`.execute(db)
  await sql`insert into people (id, region_id, site_id, employee_number, last_name, first_name, entity,
      job_title, job_title_key, updated_at)
    select person, p.region_id, s.id, 'B' || n, left(${letters}, 9), right(${letters}, 7), p.entity,
      p.job_title, p.job_title_key, p.updated_at
    from drawn join people p on p.id = ${lived.host.id}
    join (select id, row_number() over (order by id) - 1 as at from sites where code like 'S-%') s
      on s.at = company % ${siteCount}`.execute(db)
  await sql`insert into slots (id, region_id, day_id, site_id, role_id, host_id, period_id, starts_at, ends_at,
      capacity, status, release, created_at)
    select drawn.slot, s.region_id, s.day_id, p.site_id, s.role_id, person, s.period_id, s.starts_at,
      s.ends_at, 6, s.status, s.release, s.created_at
    from drawn join people p on p.id = person join slots s on s.id = ${lived.slot.id}
    where hosts`.execute(db)
  await sql`insert into placements (id, region_id, day_id, person_id, slot_id, plan_id, reason, status, created_at)
    select d.placement, t.region_id, t.day_id, d.person, h.slot, t.plan_id, t.reason, 'active', t.created_at
    from drawn d join drawn h on h.company = d.company and h.hosts
    join placements t on t.id = ${lived.placements[0]}
    where not d.hosts`.execute(db)
  await sql`vacuum analyze`.execute(db)
}

async function signedIn(accountId: string): Promise<string> {
  const outcome = await inTransaction(db, async (trx) => {
    const link = await accounts.issueSignInLink(trx, accountId, secret, clock.now())
    return accounts.signIn(trx, link.token, clock.now())
  })
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return `session=${outcome.sessionToken}`
}

const cookie = await signedIn(lived.guests[0]!.accountId!)
const headers = { cookie, 'sec-fetch-site': 'same-origin' }
const ask = async (request: InjectOptions) => {
  const answer = await app.inject(request)
  if (answer.statusCode >= 300) throw new Error(`${request.url}: ${answer.body}`)
  return answer
}
const observing: Observing = (
  await ask({ url: `/api/days/${lived.day.id}/observing`, headers })
).json()
const payload = {
  irritantId: observing.irritants[0]!.id,
  roleId: lived.seller.id,
  moment: 'use',
  frequency: 3,
  severity: 4,
  situation: 'Un client raconte son histoire pour la troisième fois.',
  idea: 'Un seul dossier.',
}
const measured: Record<string, () => Promise<unknown>> = {
  'who asks, and nothing else': () => ask({ url: '/api/sessions', headers }),
  'the Observe page': () => ask({ url: `/api/days/${lived.day.id}/observing`, headers }),
  'an observation under one’s name': () =>
    ask({
      method: 'PUT',
      url: `/api/days/${lived.day.id}/observations/${randomUUID()}`,
      headers: { ...headers, 'idempotency-key': randomUUID() },
      payload,
    }),
  'an anonymous one, with its site': () =>
    ask({
      method: 'POST',
      url: '/api/anonymous-observations',
      headers: { 'sec-fetch-site': 'same-origin' },
      payload: {
        ...payload,
        id: randomUUID(),
        credential: observing.credential,
        siteId: lived.shop.id,
        secretHash: '0'.repeat(64),
      },
    }),
}

const times: Record<string, number[]> = {}
for (let round = 0; round < rounds; round += 1) {
  for (const [what, work] of Object.entries(measured)) {
    const start = performance.now()
    await work()
    times[what] = [...(times[what] ?? []), performance.now() - start]
  }
}
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!
const reference = median(times['who asks, and nothing else']!)
say(`${people} people at ${siteCount} sites, ${rounds} rounds; medians`)
for (const [what, list] of Object.entries(times)) {
  const time = median(list)
  say(`${what.padEnd(36)} ${time.toFixed(1).padStart(7)} ms   ${(time / reference).toFixed(1)} ×`)
}
const all = ['the Observe page', 'an observation under one’s name'].map((what) =>
  median(times[what]!),
)
const seconds = (people * all.reduce((sum, one) => sum + one, 0)) / 1_000
say(`all ${people} open the page and write once, one after the other: ${seconds.toFixed(0)} s`)

await app.close()
await close()
await server.stop()
await rm(folder, { recursive: true, force: true })
