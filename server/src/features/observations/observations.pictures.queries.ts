import { sql } from 'kysely'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { IdeaSource, Moment } from '#shared/observations/observations.contract.ts'
import type { Cell } from './observations.folding.rules.ts'

/** Everything the pictures of a day are made from, in one statement, read from its index alone. */
export function cellsOfDay(db: Reader, dayId: string): Promise<Cell[]> {
  return db
    .selectFrom('observations')
    .select((eb) => [
      'irritant_id as irritantId',
      'role_id as roleId',
      'moment',
      'site_id as siteId',
      eb.fn.countAll<number>().as('count'),
      eb.fn.countAll<number>().filterWhere('anonymous', '=', true).as('anonymousCount'),
      sql<number>`sum(frequency)::int`.as('frequencies'),
      sql<number>`sum(severity)::int`.as('severities'),
    ])
    .where('day_id', '=', dayId)
    .where('withdrawn', '=', false)
    .groupBy(['irritant_id', 'role_id', 'moment', 'site_id'])
    .execute()
}

/** The words of some observations of a day that stand and say something, each with its cell. */
export function saidBy(db: Reader, dayId: string, ids: readonly string[]) {
  return db
    .selectFrom('observations')
    .select([
      'id',
      'irritant_id as irritantId',
      'role_id as roleId',
      'moment',
      'site_id as siteId',
      'situation',
      'idea',
    ])
    .where('day_id', '=', dayId)
    .where('id', 'in', ids)
    .where('withdrawn', '=', false)
    .where((eb) => eb.or([eb('situation', '<>', ''), eb('idea', '<>', '')]))
    .execute()
}

/**
 * What stands in any of these cells, ordered by identifier: neither time nor author shows.
 * @param cells null: all of them, which need not be looked up one by one.
 */
export async function observationsOfCells(
  db: Reader,
  dayId: string,
  cells: readonly Pick<Cell, 'irritantId' | 'roleId' | 'moment' | 'siteId'>[] | null,
  after: string | undefined,
  limit: number,
) {
  const within =
    cells &&
    sql`join unnest(
      ${cells.map(({ irritantId }) => irritantId)}::uuid[],
      ${cells.map(({ roleId }) => roleId)}::uuid[],
      ${cells.map(({ moment }) => moment)}::text[],
      ${cells.map(({ siteId }) => siteId ?? '')}::text[]
    ) as cell (irritant_id, role_id, moment, site)
      on o.irritant_id = cell.irritant_id and o.role_id = cell.role_id
        and o.moment = cell.moment and coalesce(o.site_id::text, '') = cell.site`
  const { rows } = await sql<{
    id: string
    irritantId: string
    roleId: string
    moment: Moment
    siteId: string | null
    frequency: number
    severity: number
    situation: string
    idea: string
    ideaFrom: IdeaSource | null
    unmasked: boolean
    authorId: string | null
  }>`
    select o.id, o.irritant_id as "irritantId", o.role_id as "roleId", o.moment,
      o.site_id as "siteId", o.frequency, o.severity, o.situation, o.idea,
      o.idea_from as "ideaFrom", o.unmasked, o.author_id as "authorId"
    from observations o ${within ?? sql``}
    where o.day_id = ${dayId} and not o.withdrawn
      and (${after ?? null}::uuid is null or o.id > ${after ?? null}::uuid)
    order by o.id
    limit ${limit}`.execute(db)
  return rows
}
