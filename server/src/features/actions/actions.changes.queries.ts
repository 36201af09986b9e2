import { sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { QuotePart } from '#shared/actions/actions.changes.contract.ts'

export function linkOfDay(
  db: Reader,
  dayId: string,
): Promise<{ generation: number; shared: boolean } | undefined> {
  return db
    .selectFrom('change_links')
    .select(['generation', 'shared'])
    .where('day_id', '=', dayId)
    .executeTakeFirst()
}

/** Opens the link, under a new generation where it was taken back; open already, it stays as it is. */
export async function openLink(trx: Trx, regionId: string, dayId: string): Promise<void> {
  await trx
    .insertInto('change_links')
    .values({ region_id: regionId, day_id: dayId })
    .onConflict((conflict) =>
      conflict
        .constraint('change_links_pk')
        .doUpdateSet({ shared: true, generation: sql`change_links.generation + 1` })
        .where('change_links.shared', '=', false),
    )
    .execute()
}

/** @returns whether it was open. */
export async function closeLink(trx: Trx, dayId: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('change_links')
    .set({ shared: false })
    .where('day_id', '=', dayId)
    .where('shared', '=', true)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The quotes of a day with the open finding each stands under, in an order that tells nothing. */
export function quotesOfDay(db: Reader, dayId: string) {
  return db
    .selectFrom('change_quotes as q')
    .innerJoin('finding_observations as g', 'g.observation_id', 'q.observation_id')
    .innerJoin('findings as f', 'f.id', 'g.finding_id')
    .select(['q.observation_id as observationId', 'q.part', 'q.words', 'f.id as findingId'])
    .where('q.day_id', '=', dayId)
    .where('f.withdrawn_at', 'is', null)
    .orderBy(sql`md5(q.observation_id::text)`)
    .orderBy('q.part', 'desc')
    .execute()
}

/** Observations of a finding, by a hash of their identifiers: neither time nor author shows. */
export async function idsInFinding(
  db: Reader,
  { dayId, findingId }: { dayId: string; findingId: string },
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('finding_observations')
    .select('observation_id')
    .where('day_id', '=', dayId)
    .where('finding_id', '=', findingId)
    .where(
      after === undefined
        ? sql<boolean>`true`
        : sql<boolean>`md5(observation_id::text) > md5(${after})`,
    )
    .orderBy(sql`md5(observation_id::text)`)
    .limit(limit)
    .execute()
  return rows.map((row) => row.observation_id)
}

/** Held while it is quoted: its author, taking it back at this moment, waits and then takes the quote along. */
export function holdWords(trx: Trx, dayId: string, observationId: string) {
  return trx
    .selectFrom('observations')
    .select(['situation', 'idea', 'withdrawn'])
    .where('day_id', '=', dayId)
    .where('id', '=', observationId)
    .forShare()
    .executeTakeFirst()
}

export async function writeQuote(
  trx: Trx,
  row: {
    region_id: string
    day_id: string
    observation_id: string
    part: QuotePart
    words: string
  },
): Promise<void> {
  await trx
    .insertInto('change_quotes')
    .values(row)
    .onConflict((conflict) =>
      conflict.constraint('change_quotes_pk').doUpdateSet({ words: row.words }),
    )
    .execute()
}

/** @returns whether it was quoted. */
export async function deleteQuote(
  trx: Trx,
  { dayId, observationId, part }: { dayId: string; observationId: string; part: QuotePart },
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('change_quotes')
    .where('day_id', '=', dayId)
    .where('observation_id', '=', observationId)
    .where('part', '=', part)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
