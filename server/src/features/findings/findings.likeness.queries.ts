import { sql } from 'kysely'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Likeness, likenessWeights as weights } from './findings.rules.ts'

/** How common a word is need not be known better: a larger day is judged by so many of its texts. */
const textsCounted = 2_000
/** Others are found by an observation's rarest words; that many, and none commoner than this share. */
const tellingWords = 4
const tellingShare = 0.02
/** Compared with each observation; a pile holds a dozen. */
const candidatesEach = 16

/**
 * What resembles each of these observations among those of the day, in one statement: the rarest
 * words of each find candidates through the index, which are then compared by the cosine of their
 * words, weighed by rarity (Spärck Jones, 1972), by trigrams, and by what was ticked.
 * @returns about {@link candidatesEach} for each id that has words, whatever the score.
 */
export async function likenessesOf(
  db: Reader,
  dayId: string,
  ids: readonly string[],
): Promise<Likeness[]> {
  const { rows } = await sql<Likeness>`
    with size as materialized (
      select least(count(*), ${textsCounted})::float as texts
      from observations where day_id = ${dayId} and not withdrawn
    ),
    frequency as materialized (
      select word, ndoc as texts,
        case when ndoc = 1 then ${weights.lonelyWord}::float else 1 end
          * ln(1 + size.texts / ndoc) as weight
      from size, ts_stat(format(
        'select words from observations where day_id = %L and not withdrawn
         order by md5(id::text) limit %s', ${dayId}::uuid, ${textsCounted}::integer))
    ),
    seed as materialized (
      select id, word, coalesce(weight, ${weights.lonelyWord} * ln(1 + size.texts)) as weight,
        coalesce(frequency.texts, 1) <= greatest(20, ${tellingShare} * size.texts)
          and row_number() over (partition by id order by coalesce(frequency.texts, 1), word)
            <= ${tellingWords} as telling
      from size, (
        select id, word from observations, unnest(tsvector_to_array(words)) as word
        where day_id = ${dayId} and id = any(${[...ids]}::uuid[]) and not withdrawn offset 0
      ) asked left join frequency using (word)
    ),
    candidate as materialized (
      select seed_id, id from (
        select seed.id as seed_id, found.id,
          row_number() over (partition by seed.id order by sum(seed.weight ^ 2) desc, found.id) as place
        from (select distinct word from seed where telling) telling
        cross join lateral (
          select id from observations
          where words @@ quote_literal(telling.word)::tsquery and day_id = ${dayId} and not withdrawn
          offset 0
        ) found
        join seed on seed.word = telling.word and seed.telling and seed.id <> found.id
        group by seed.id, found.id
      ) met where place <= ${candidatesEach}
    ),
    weighed as materialized (
      select o.id, irritant_id, role_id, moment, word,
        coalesce(weight, ${weights.lonelyWord} * ln(1 + size.texts)) as weight
      from size, unnest(array(select id from candidate union select id from seed)) as met(id)
      join observations o on o.id = met.id
      cross join lateral unnest(tsvector_to_array(o.words)) as word
      left join frequency using (word)
    ),
    compared as materialized (
      select id, irritant_id, role_id, moment,
        sqrt(sum(weight ^ 2)) as length, string_agg(word, ' ' order by word) as line
      from weighed group by id, irritant_id, role_id, moment
    ),
    shared as materialized (
      select seed_id, candidate.id, sum(weighed.weight ^ 2) as weight
      from candidate
      join seed on seed.id = candidate.seed_id
      join weighed on weighed.id = candidate.id and weighed.word = seed.word
      group by seed_id, candidate.id
    )
    select shared.seed_id as "seedId", shared.id, grouped.finding_id as "findingId",
      shared.weight / (a.length * b.length)
        + ${weights.trigrams} * similarity(a.line, b.line)
        + case when a.irritant_id = b.irritant_id then ${weights.sameIrritant}::float else 0 end
        + case when a.role_id = b.role_id then ${weights.sameRole}::float else 0 end
        + case when a.moment = b.moment then ${weights.sameMoment}::float else 0 end as score
    from shared
    join compared a on a.id = shared.seed_id
    join compared b on b.id = shared.id
    left join finding_observations grouped on grouped.observation_id = shared.id
    left join findings on findings.id = grouped.finding_id
    -- What a withdrawn finding holds is neither free nor to be joined.
    where findings.withdrawn_at is null`.execute(db)
  return rows
}
