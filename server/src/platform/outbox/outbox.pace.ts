import { sql } from 'kysely'
import type { Database } from '../postgres/database.ts'

/**
 * Asks whether one more mail may be tried now, all processes together.
 * @param perMinute tries the mail server bears a minute.
 * @returns null when it may, else when to ask again.
 */
export async function takeTurn(db: Database, now: Date, perMinute: number): Promise<Date | null> {
  const fresh = sql<boolean>`minute_began <= ${now}::timestamptz - interval '1 minute'`
  const { rows } = await sql`
    update outbox_pace set
      minute_began = case when ${fresh} then ${now}::timestamptz else minute_began end,
      tries = case when ${fresh} then 1 else tries + 1 end
    where ${fresh} or tries < ${perMinute}
    returning one`.execute(db)
  if (rows.length > 0) return null
  const pace = await db
    .selectFrom('outbox_pace')
    .select(sql<Date>`minute_began + interval '1 minute'`.as('next'))
    .executeTakeFirstOrThrow()
  return pace.next
}

/** Gives back a turn nobody used. */
export async function returnTurn(db: Database): Promise<void> {
  await sql`update outbox_pace set tries = greatest(tries - 1, 0)`.execute(db)
}

/** The mail server asked for patience: no process claims anything before then. */
export async function pause(db: Database, until: Date): Promise<void> {
  await sql`update outbox_pace set paused_until = greatest(paused_until, ${until})`.execute(db)
}
