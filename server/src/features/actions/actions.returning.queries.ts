import { sql } from 'kysely'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'

/** The actions that answer some findings, the latest decision first; what waits comes last. */
export function answersTo(db: Reader, findingIds: readonly string[]) {
  return db
    .selectFrom('action_findings as f')
    .innerJoin('actions as a', 'a.id', 'f.action_id')
    .select([
      'f.finding_id as findingId',
      'a.title',
      'a.status',
      'a.reason',
      'a.decided_at as decidedAt',
    ])
    .where('f.finding_id', 'in', findingIds)
    .orderBy('a.decided_at', (order) => order.desc().nullsLast())
    .orderBy('a.id')
    .execute()
}

/** Days about which something was decided or moved since. */
export async function decidedDays(db: Reader, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('actions')
    .select('day_id')
    .distinct()
    .where('status', '<>', 'to-decide')
    .where('changed_at', '>=', since)
    .orderBy('day_id')
    .execute()
  return rows.map((row) => row.day_id)
}

/**
 * Takes what named observers of a day have not been told: for each person and action the answer that
 * now stands. One statement notes it as told, so a second process at the same moment takes nothing.
 * Anonymous observations have no author and are not looked at.
 * @param quietSince what changed later may change again: it is told the next time.
 */
export async function takeUntoldReturns(
  trx: Trx,
  dayId: string,
  quietSince: Date,
): Promise<{ personId: string; actionId: string }[]> {
  return trx
    .insertInto('action_returns')
    .columns(['person_id', 'action_id', 'region_id', 'status'])
    .expression((eb) =>
      eb
        .selectFrom('actions as a')
        .innerJoin('action_findings as l', 'l.action_id', 'a.id')
        .innerJoin('findings as f', 'f.id', 'l.finding_id')
        .innerJoin('finding_observations as g', 'g.finding_id', 'f.id')
        .innerJoin('observations as o', 'o.id', 'g.observation_id')
        .select([sql<string>`o.author_id`.as('person_id'), 'a.id', 'a.region_id', 'a.status'])
        .distinct()
        .where('a.day_id', '=', dayId)
        .where('a.status', '<>', 'to-decide')
        .where('a.changed_at', '<=', quietSince)
        .where('f.withdrawn_at', 'is', null)
        .where('o.withdrawn', '=', false)
        .where('o.author_id', 'is not', null)
        // Left out here, or every row told before would be locked and looked at each time.
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('action_returns as r')
                .select('r.person_id')
                .whereRef('r.person_id', '=', 'o.author_id')
                .whereRef('r.action_id', '=', 'a.id')
                .whereRef('r.status', '=', 'a.status'),
            ),
          ),
        ),
    )
    .onConflict((conflict) =>
      conflict
        .constraint('action_returns_pk')
        .doUpdateSet({ status: sql`excluded.status` })
        .where(sql<boolean>`action_returns.status is distinct from excluded.status`),
    )
    .returning(['person_id as personId', 'action_id as actionId'])
    .execute()
}

/** Some actions with the open findings they answer, as an observer is told of them. */
export function toldActions(db: Reader, actionIds: readonly string[]) {
  return db
    .selectFrom('actions as a')
    .innerJoin('action_findings as l', 'l.action_id', 'a.id')
    .innerJoin('findings as f', 'f.id', 'l.finding_id')
    .innerJoin('finding_observations as g', 'g.finding_id', 'f.id')
    .innerJoin('observations as o', 'o.id', 'g.observation_id')
    .select([
      'a.id',
      'a.title',
      'a.status',
      'a.reason',
      'f.title as finding',
      'o.author_id as personId',
    ])
    .distinct()
    .where('a.id', 'in', actionIds)
    .where('f.withdrawn_at', 'is', null)
    .where('o.withdrawn', '=', false)
    .where('o.author_id', 'is not', null)
    .orderBy('finding')
    .orderBy('a.title')
    .execute()
}
