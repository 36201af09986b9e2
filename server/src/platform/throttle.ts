import { sql } from 'kysely'
import type { Database } from './postgres/database.ts'

export interface ThrottleRule {
  purpose: string
  /** How many attempts one subject has within the window. */
  limit: number
  windowMinutes: number
}

/**
 * Counts an attempt and says whether it is still within the limit. Shared by all server processes;
 * a subject is a keyed hash, so the table names nobody. Locked per subject, so that a burst of
 * simultaneous attempts cannot slip under the limit together.
 */
export async function allowAttempt(
  db: Database,
  rule: ThrottleRule,
  subjectHash: string,
  now: Date,
): Promise<boolean> {
  const since = new Date(now.getTime() - rule.windowMinutes * 60_000)
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${rule.purpose + subjectHash}, 0))`.execute(
      trx,
    )
    const { count } = await trx
      .selectFrom('attempts')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('purpose', '=', rule.purpose)
      .where('subject_hash', '=', subjectHash)
      .where('attempted_at', '>', since)
      .executeTakeFirstOrThrow()
    if (count >= rule.limit) return false
    await trx
      .insertInto('attempts')
      .values({ purpose: rule.purpose, subject_hash: subjectHash, attempted_at: now })
      .execute()
    return true
  })
}

/** Forgets attempts older than a day; no rule looks further back. */
export async function forgetOldAttempts(db: Database, now: Date): Promise<void> {
  await db
    .deleteFrom('attempts')
    .where('attempted_at', '<', new Date(now.getTime() - 24 * 3_600_000))
    .execute()
}
