import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '#server/platform/postgres/database.ts'
import type { Moment } from '#shared/observations/observations.contract.ts'
import type { PublishedDay } from '../observations/observations.factory.ts'

export interface Written {
  irritantId: string
  count: number
  moment?: Moment
  situation?: string
  idea?: string
}

/** Many anonymous observations at once, as they stand after their release. */
export async function makeObservations(
  db: Database,
  { region, day, seller }: Pick<PublishedDay, 'region' | 'day' | 'seller'>,
  written: Written[],
): Promise<string[]> {
  const rows = written.flatMap(({ irritantId, count, moment, situation = '', idea = '' }) =>
    Array.from({ length: count }, (_, at) => ({
      id: randomUUID(),
      region_id: region.regionId,
      day_id: day.id,
      role_id: seller.id,
      irritant_id: irritantId,
      site_id: null,
      moment: moment ?? ('get-help' as const),
      frequency: 1 + (at % 5),
      severity: 5 - (at % 2),
      situation,
      idea,
      anonymous: true,
      author_id: null,
      observed_at: null,
      secret_hash: sql<string>`md5(random()::text)`,
      unmasked: false,
      withdrawn: false,
    })),
  )
  await db.insertInto('observations').values(rows).execute()
  return rows.map(({ id }) => id)
}
