import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import * as days from '#server/features/days/days.service.ts'
import { picturesOf, verbatimsOf } from '#server/features/observations/observations.pictures.ts'
import { countObservations } from '#server/features/observations/observations.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { openDatabase } from '#server/platform/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/platform/postgres/embedded-postgres.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'
import { moments } from '#shared/observations/observations.contract.ts'
import { picturesSchema } from '#shared/observations/observations.pictures.contract.ts'
import { makeDay } from '../days/days.factory.ts'
import { makePerson, makeRegion, makeSite } from '../roster/roster.factory.ts'
import { pseudoRandom } from '../support/random.ts'

// `npm run bench:pictures`: a day of 12,000 observations at 40 sites: the server’s time for a director’s pictures, beside a
// plain count(*) of the same day in the same run.

const say = (line: string) => process.stdout.write(`${line}\n`)

const observationCount = 12_000
const siteCount = 40
const rounds = 40

const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-pictures-'))
const server = await startEmbeddedPostgres(folder, { durable: true })
const { db, pool, close } = openDatabase(`${server.serverUrl}/postgres`, () => {})
await migrate(db, pool)
const now = new Date('2027-05-20T08:00:00Z')
const region = await makeRegion(db, now)
const sites: roster.Site[] = []
for (let place = 0; place < siteCount; place += 1) {
  sites.push(await makeSite(db, now, region.regionId, { code: `S-${place}` }))
}
const author = await makePerson(db, now, sites[0]!, {})
const made = await makeDay(db, now, region.regionId, { open: true, by: region.director })
const irritants = await days.irritantsOfRegion(db, region.regionId)
const roles = await roster.rolesOfRegion(db, region.regionId)

// The same day in every run; squares make it uneven.
const draw = pseudoRandom(2027)
const uneven = <T>(list: readonly T[]): T => list[Math.floor(list.length * draw() ** 2)]!
for (let done = 0; done < observationCount; done += 1_000) {
  const rows = Array.from({ length: 1_000 }, () => {
    const anonymous = draw() < 0.6
    return {
      id: randomUUID(),
      region_id: region.regionId,
      day_id: made.id,
      role_id: uneven(roles).id,
      irritant_id: uneven(irritants).id,
      site_id: anonymous && draw() < 0.3 ? null : uneven(sites).id,
      moment: uneven(moments),
      frequency: 1 + Math.floor(5 * draw()),
      severity: 1 + Math.floor(5 * draw()),
      situation: 'Un client raconte son histoire pour la troisième fois.',
      idea: '',
      anonymous,
      author_id: anonymous ? null : author.id,
      observed_at: anonymous ? null : now,
      secret_hash: anonymous ? '0'.repeat(64) : null,
      idea_from: null,
      unmasked: false,
      withdrawn: false,
    }
  })
  await db.insertInto('observations').values(rows).execute()
}
await sql`vacuum analyze observations`.execute(db)

const day = (await days.dayById(db, made.id))!
const first = await picturesOf(db, day)
const measured: Record<string, () => Promise<unknown>> = {
  'count(*) of the day': () => countObservations(db, day.id),
  'all five pictures, as sent': async () => picturesSchema.parse(await picturesOf(db, day)),
  'verbatims of a cell': () =>
    verbatimsOf(db, day.id, { irritantId: irritants[0]!.id, roleId: roles[0]!.id }, undefined),
  'verbatims of the whole day': () => verbatimsOf(db, day.id, {}, undefined),
}
const times = new Map(Object.keys(measured).map((name) => [name, [] as number[]]))
// In turns, so that a busy moment of the machine falls on all alike.
for (let round = 0; round < rounds + 5; round += 1) {
  for (const [name, work] of Object.entries(measured)) {
    const start = performance.now()
    await work()
    if (round >= 5) times.get(name)!.push(performance.now() - start)
  }
}
const at = (name: string, share: number) =>
  times.get(name)!.toSorted((a, b) => a - b)[Math.floor(share * rounds)]!
const told = first.groups.filter(({ siteId }) => siteId !== null)
say(
  `${observationCount} observations in ${first.groups.length} groups, ` +
    `${told.reduce((sum, { count }) => sum + count, 0)} of them told with their site`,
)
const reference = at('count(*) of the day', 0.5)
for (const name of Object.keys(measured)) {
  const [median, p95] = [at(name, 0.5), at(name, 0.95)]
  say(
    `${name.padEnd(28)} median ${median.toFixed(1).padStart(6)} ms   p95 ${p95
      .toFixed(1)
      .padStart(6)} ms   ${(median / reference).toFixed(1)} × count(*)`,
  )
}
await close()
await server.stop()
await rm(folder, { recursive: true, force: true })
