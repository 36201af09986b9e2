import { sql } from 'kysely'
import type { Database } from '../postgres/database.ts'

/**
 * Asks how many more mails may be tried now, all processes together.
 * @param perMinute tries the mail server bears a minute.
 * @param wanted how many would be tried.
 * @returns how many of them may, at least one; or when to ask again.
 */
export function takeTurns(
  db: Database,
  now: Date,
  perMinute: number,
  wanted: number,
): Promise<{ granted: number } | { next: Date }> {
  return db.transaction().execute(async (trx) => {
    const pace = await trx
      .selectFrom('outbox_pace')
      .select(['minute_began', 'tries'])
      .forUpdate()
      .executeTakeFirstOrThrow()
    const next = new Date(pace.minute_began.getTime() + 60_000)
    const fresh = next <= now
    const taken = fresh ? 0 : pace.tries
    const granted = Math.min(wanted, perMinute - taken)
    if (granted <= 0) return { next }
    await trx
      .updateTable('outbox_pace')
      .set({ tries: taken + granted, minute_began: fresh ? now : pace.minute_began })
      .execute()
    return { granted }
  })
}

/** Gives back turns nobody used. */
export async function returnTurns(db: Database, unused: number): Promise<void> {
  await sql`update outbox_pace set tries = greatest(tries - ${unused}, 0)`.execute(db)
}

/** The mail server asked for patience: no process claims anything before then. */
export async function pause(db: Database, until: Date): Promise<void> {
  await sql`update outbox_pace set paused_until = greatest(paused_until, ${until})`.execute(db)
}
