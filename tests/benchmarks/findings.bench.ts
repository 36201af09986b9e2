import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { likenessesOf } from '#server/features/findings/findings.likeness.queries.ts'
import { suggestionsView } from '#server/features/findings/findings.views.ts'
import { type Database, openDatabase } from '#server/platform/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/platform/postgres/embedded-postgres.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'
import { readCorpus } from '../findings/findings.corpus.ts'
import {
  compareOnCorpus,
  emptyDay,
  observe,
  type Placed,
  prepareTrigrams,
  type Quality,
  trigramLikenesses,
} from '../findings/findings.quality.ts'
import { pseudoRandom } from '../support/random.ts'

// `npm run bench:findings`: how good the suggested piles are on a corpus with known groups, and how
// long one page of fifty takes on a day of 12,000 observations, beside trigrams alone in the same run.

const observations = 12_000
/** Earlier editions of the region lie in the same tables. */
const editions = 2
const rounds = 15
const now = new Date('2027-03-01T09:00:00Z')

const random = pseudoRandom(2027)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!

/** Words of no language, as rare as towns and models are in real texts (Zipf). */
const syllables =
  'ba co di fu ga lo mi ne pa ro su ti va re le mo chi tra pli gou ver ton mar'.split(' ')
const rareWords = Array.from({ length: 3_000 }, () =>
  Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join(''),
)
const rareWord = () => rareWords[Math.floor(rareWords.length ** random()) - 1] ?? rareWords[0]!

/** A day drawn from the corpus: a quarter of the words lost, three others mixed in, one in five mute. */
function drawDay(edition: number): Placed[] {
  const corpus = readCorpus()
  const words = corpus.flatMap(({ situation }) => situation.split(' '))
  return Array.from({ length: observations }, (_, number) => {
    const model = pick(corpus)
    const kept = model.situation.split(' ').filter(() => random() > 0.25)
    for (let more = 0; more < 3; more += 1) {
      const word = random() < 0.5 ? pick(words) : rareWord()
      kept.splice(Math.floor(random() * (kept.length + 1)), 0, word)
    }
    const hex = createHash('md5').update(`${edition} ${number}`).digest('hex')
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
    return { ...model, id, situation: random() < 0.2 ? '' : kept.join(' '), idea: '' }
  })
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const percent = (share: number) => `${Math.round(share * 100)} %`.padStart(6)
const say = (line: string) => process.stdout.write(`${line}\n`)

function tell(name: string, quality: Quality) {
  const figures = [
    quality.precisionAt5,
    quality.recall,
    quality.pairPrecision,
    quality.pairRecall,
    quality.pairF1,
  ]
  say(`  ${name.padEnd(30)}${figures.map(percent).join('   ')}`)
}

async function quality(db: Database) {
  const { said, ours, trigrams } = await compareOnCorpus(db, now)
  const groups = new Set(said.flatMap(({ group }) => group ?? []))
  const alone = said.filter(({ group }) => group === null).length
  say(`${said.length} observations, ${groups.size} groups, ${alone} alone`)
  say(`  ${''.padEnd(30)}  P@5   recall    pairs: P       R       F1`)
  tell('ours, half it was tuned on', ours.tuned)
  tell('ours, other half', ours.heldOut)
  tell('trigrams, half tuned on', trigrams.tuned)
  tell('trigrams, other half', trigrams.heldOut)
}

async function speed(db: Database) {
  const days = []
  for (let edition = 0; edition < editions; edition += 1) {
    const day = await emptyDay(db, now)
    await observe(db, day, drawDay(edition))
    days.push(day)
  }
  await sql`vacuum analyze observations`.execute(db)
  await sql`drop table trigram_texts`.execute(db)
  await prepareTrigrams(db)
  const { dayId } = days.at(-1)!
  const pages = await sql<{ id: string }>`
    select id from observations where day_id = ${dayId} and not withdrawn
    order by md5(id::text) limit ${rounds * 50}`.execute(db)
  const times = { score: [] as number[], view: [] as number[], trigrams: [] as number[] }
  let after: string | undefined
  for (let round = 0; round < rounds; round += 1) {
    const ids = pages.rows.slice(round * 50, round * 50 + 50).map(({ id }) => id)
    times.score.push(await timed(() => likenessesOf(db, dayId, ids)))
    times.view.push(await timed(() => suggestionsView(db, dayId, { after })))
    times.trigrams.push(await timed(() => trigramLikenesses(db, dayId, ids)))
    after = ids.at(-1)
  }
  const [score, view, trigrams] = [median(times.score), median(times.view), median(times.trigrams)]
  say(`a page of 50 on a day of ${observations} observations, ${editions} editions, median`)
  say(`  likeness, one statement       ${score.toFixed(0).padStart(6)} ms`)
  say(`  piles with their cards        ${view.toFixed(0).padStart(6)} ms`)
  say(
    `  trigrams alone                ${trigrams.toFixed(0).padStart(6)} ms   ${(trigrams / score).toFixed(1)} × as long`,
  )
}

const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-findings-'))
const server = await startEmbeddedPostgres(folder, { durable: true })
const { db, pool, close } = openDatabase(`${server.serverUrl}/postgres`, () => {})
try {
  await migrate(db, pool)
  await quality(db)
  await speed(db)
} finally {
  await close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
