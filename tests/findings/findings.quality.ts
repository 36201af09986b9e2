import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { likenessesOf } from '#server/features/findings/findings.likeness.queries.ts'
import { type Likeness, pilesOf, similarFrom } from '#server/features/findings/findings.rules.ts'
import type { Database } from '#server/platform/postgres/database.ts'
import { makeDay } from '../days/days.factory.ts'
import { makeRegion } from '../roster/roster.factory.ts'
import { readCorpus, type Said } from './findings.corpus.ts'

export interface Placed extends Said {
  id: string
}

/** What a director meets, between 0 and 1. */
export interface Quality {
  /** Of the first five shown as similar, how many really are. */
  precisionAt5: number
  /** Of all that belong together with one, how many are shown beside it. */
  recall: number
  /** Of pairs put into one pile, and of pairs that belong into one (F1 is their harmonic mean). */
  pairPrecision: number
  pairRecall: number
  pairF1: number
}

/** A version 4 UUID that is the same in every run. */
function idOf(name: string): string {
  const hex = createHash('md5').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** A region with an empty day, and what its irritants and roles are called here. */
export async function emptyDay(db: Database, now: Date) {
  const { regionId, director } = await makeRegion(db, now)
  const { id: dayId } = await makeDay(db, now, regionId, { by: director })
  const coded = async (table: 'irritants' | 'roles') =>
    new Map(
      (
        await db
          .selectFrom(table)
          .select(['id', 'code'])
          .where('region_id', '=', regionId)
          .execute()
      ).map(({ id, code }) => [code, id]),
    )
  return { regionId, dayId, irritants: await coded('irritants'), roles: await coded('roles') }
}

export type EmptyDay = Awaited<ReturnType<typeof emptyDay>>

/** Puts observations nobody signed on a day, as the intake would. */
export async function observe(
  db: Database,
  { regionId, dayId, irritants, roles }: EmptyDay,
  said: readonly Placed[],
): Promise<void> {
  const rows = said.map((one) => ({
    id: one.id,
    region_id: regionId,
    day_id: dayId,
    role_id: roles.get(one.role)!,
    irritant_id: irritants.get(one.irritant)!,
    site_id: null,
    moment: one.moment,
    frequency: 3,
    severity: 3,
    situation: one.situation,
    idea: one.idea,
    anonymous: true,
    secret_hash: 'nobody holds it',
    unmasked: false,
    withdrawn: false,
  }))
  for (let from = 0; from < rows.length; from += 1_000) {
    await db
      .insertInto('observations')
      .values(rows.slice(from, from + 1_000))
      .execute()
  }
}

export const placedCorpus = (): Placed[] =>
  readCorpus().map((one) => ({ ...one, id: idOf(one.situation + one.idea) }))

/** What trigrams alone need: the plain texts and an index on them. */
export async function prepareTrigrams(db: Database): Promise<void> {
  await sql`create table trigram_texts as
    select id, day_id, findings_plain(situation, idea) as plain
    from observations where situation <> '' or idea <> ''`.execute(db)
  await sql`create index on trigram_texts using gin (plain gin_trgm_ops)`.execute(db)
  await sql`create unique index on trigram_texts (id)`.execute(db)
  await sql`analyze trigram_texts`.execute(db)
}

/** Each with the twenty that look most alike letter by letter: what trigrams alone would suggest. */
export function trigramLikenesses(
  db: Database,
  dayId: string,
  ids: readonly string[],
): Promise<Likeness[]> {
  return db.connection().execute(async (connection) => {
    // Below what the corpus likes best; the default of 0.3 would hide most of what there is.
    await sql`set pg_trgm.similarity_threshold = 0.2`.execute(connection)
    const { rows } = await sql<Likeness>`
      select a.id as "seedId", b.id, b.score, null as "findingId"
      from trigram_texts a cross join lateral (
        select id, similarity(a.plain, b.plain) as score
        from trigram_texts b
        where b.plain % a.plain and b.day_id = ${dayId} and b.id <> a.id
        order by score desc, b.id limit 20
      ) b where a.id = any(${[...ids]}::uuid[])`.execute(connection)
    return rows
  })
}

/** The whole corpus on one day, asked about at once by our score and by trigrams alone. */
export async function compareOnCorpus(db: Database, now: Date) {
  const said = placedCorpus()
  const day = await emptyDay(db, now)
  await observe(db, day, said)
  await prepareTrigrams(db)
  const ids = said.map(({ id }) => id)
  const ours = await likenessesOf(db, day.dayId, ids)
  const trigrams = tuned(said, await trigramLikenesses(db, day.dayId, ids))
  const quality = (likenesses: Likeness[]) => ({
    tuned: qualityOf(said, likenesses, 'tuned'),
    heldOut: qualityOf(said, likenesses, 'held-out'),
  })
  return { said, ours: quality(ours), trigrams: quality(trigrams) }
}

/** Trigram scores stretched so that our threshold cuts them where the tuned half likes it best. */
function tuned(said: readonly Placed[], likenesses: Likeness[]): Likeness[] {
  const cut = (from: number) =>
    likenesses.map((one) => ({ ...one, score: (one.score / from) * similarFrom }))
  let best = { f1: -1, likenesses }
  for (let from = 0.2; from < 0.6; from += 0.01) {
    const stretched = cut(from)
    const f1 = qualityOf(said, stretched, 'tuned').pairF1
    if (f1 > best.f1) best = { f1, likenesses: stretched }
  }
  return best.likenesses
}

/** What is suggested for one half of the corpus, beside what its groups say. */
export function qualityOf(
  said: readonly Placed[],
  likenesses: readonly Likeness[],
  half: Said['half'],
): Quality {
  const byId = new Map(said.map((one) => [one.id, one]))
  const together = (one: string, other: string) => {
    const group = byId.get(one)!.group
    return group !== null && group === byId.get(other)!.group
  }
  const asked = said.filter((one) => one.half === half)
  const sizes = Map.groupBy(
    said.filter(({ group }) => group),
    ({ group }) => group,
  )
  const mates = asked.map(({ group }) => (group ? sizes.get(group)!.length - 1 : 0))
  const shown = Map.groupBy(
    likenesses.filter(({ score }) => score >= similarFrom),
    ({ seedId }) => seedId,
  )
  const lists = asked.map(({ id }) =>
    (shown.get(id) ?? []).toSorted((a, b) => b.score - a.score).map((one) => together(id, one.id)),
  )
  const firstFive = lists.flatMap((list) => list.slice(0, 5))

  const piles = pilesOf(
    said.map(({ id }) => id),
    likenesses,
  ).map(({ ids }) => ids)
  const isAsked = new Set(asked.map(({ id }) => id))
  const pairs = piles
    .flatMap((ids) => ids.flatMap((one, place) => ids.slice(place + 1).map((two) => [one, two])))
    .filter((pair) => pair.some((id) => isAsked.has(id!)))
  const right = pairs.filter(([one, two]) => together(one!, two!)).length
  // Groups lie in one half, so each pair of theirs is counted twice among the mates.
  const pairPrecision = share(right, pairs.length)
  const pairRecall = share(right, sum(mates) / 2)
  return {
    precisionAt5: share(firstFive.filter(Boolean).length, firstFive.length),
    recall: share(lists.flat().filter(Boolean).length, sum(mates)),
    pairPrecision,
    pairRecall,
    pairF1: share(2 * pairPrecision * pairRecall, pairPrecision + pairRecall),
  }
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
