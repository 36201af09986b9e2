import { sql } from 'kysely'
import { notify, notifying } from '../live/live.ts'
import type { Database, Reader, Trx } from '../postgres/database.ts'
import type { OutboxRow } from './outbox.queries.ts'
import { mailsTopic } from './outbox.topic.ts'

/** A mail this process alone may try, as long as `claimed_until` is not past. */
export type ClaimedMail = OutboxRow & {
  claimed_until: Date
  /** Message-IDs of what was sent about the same event before, oldest first: a thread in mail programs. */
  references: string[]
}

/** Mails about one event leave in the order they were written. */
const behindAnother = sql<boolean>`exists (
  select from outbox earlier
  where earlier.event_id = mail.event_id and earlier.written < mail.written
    and earlier.status in ('waiting', 'sending'))`

/**
 * Takes the next due mails for this process alone, at most one about each event. Skips what another
 * process holds, and a mail whose event still has an earlier one to send. A claim that ran out (the
 * process died) is due again. Nothing is due while the mail server is left in peace.
 * @param most how many at most.
 * @returns them in the order they should leave.
 */
export async function claimDue(
  db: Database,
  now: Date,
  claimSeconds: number,
  most: number,
): Promise<ClaimedMail[]> {
  const until = new Date(now.getTime() + claimSeconds * 1_000)
  return db.transaction().execute(async (trx) => {
    // In a table of sent mails the planner expects a handful to wait and would sort all that do, for
    // each claim anew; the index has them in order.
    await sql`set local enable_sort = off`.execute(trx)
    const { rows } = await sql<ClaimedMail>`
      with due as (
        select mail.id from outbox mail
        where mail.release_at <= ${now} and mail.status in ('waiting', 'sending')
          and (mail.status = 'waiting' or mail.claimed_until < ${now})
          and not ${behindAnother}
          and (select paused_until from outbox_pace) <= ${now}
        order by mail.release_at, mail.written
        limit ${most} for update skip locked),
      claimed as (
        update outbox set status = 'sending', claimed_until = ${until}, attempts = attempts + 1
        where id in (select id from due)
        returning *)
      select claimed.*, array(
        select earlier.message_id from outbox earlier
        where earlier.event_id = claimed.event_id and earlier.written < claimed.written
          and earlier.status = 'sent'
        order by earlier.written) as "references"
      from claimed order by release_at, written`.execute(trx)
    return rows
  })
}

/** Keeps claims for a process that is still at it. */
export async function renewClaims(
  db: Database,
  mails: ClaimedMail[],
  now: Date,
  claimSeconds: number,
): Promise<void> {
  const until = new Date(now.getTime() + claimSeconds * 1_000)
  const ids = mails.map(({ id }) => id)
  const attempts = mails.map((mail) => mail.attempts)
  const { rows } = await sql<{ id: string }>`
    update outbox set claimed_until = ${until}
    from unnest(${ids}::uuid[], ${attempts}::int[]) as held (id, attempts)
    where outbox.id = held.id and outbox.attempts = held.attempts and outbox.status = 'sending'
    returning outbox.id`.execute(db)
  const kept = new Set(rows.map(({ id }) => id))
  for (const mail of mails) if (kept.has(mail.id)) mail.claimed_until = until
}

/**
 * What left has left, whoever holds the mails by now; the first to say so is believed. One statement,
 * since this is said every few mails.
 */
export async function markSent(db: Database, ids: string[], now: Date): Promise<void> {
  await sql`
    with sent as (
      update outbox set status = 'sent', sent_at = ${now}, claimed_until = null, last_error = null
      where id = any(${ids}::uuid[]) and status <> 'sent'
      returning coalesce(day_id, workshop_id) as followed)
    select ${notifying(sql`${mailsTopic('')}::text || followed`)}
    from (select distinct followed from sent where followed is not null) as topics`.execute(db)
}

/** Lets a mail wait for its next try, see {@link letWait}. */
export function markRetry(
  db: Database,
  mail: ClaimedMail,
  reason: string,
  releaseAt: Date,
): Promise<void> {
  return letWait(db, mail, { last_error: reason, release_at: releaseAt })
}

/** Gives a mail back that was claimed and never tried, see {@link letWait}. */
export function returnClaim(db: Database, mail: ClaimedMail): Promise<void> {
  return letWait(db, mail, { attempts: mail.attempts - 1 })
}

/**
 * A claimed mail waits again; one of a batch that was stopped meanwhile stays here. A mail about a
 * calendar event goes on: it counts as gone, and its event is noted as told.
 */
async function letWait(
  db: Database,
  mail: ClaimedMail,
  change: { last_error: string; release_at: Date } | { attempts: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Held, so that stopping the batch comes wholly before or wholly after.
    const batch = await trx
      .selectFrom('outbox_batches')
      .select('stopped_at')
      .where('id', '=', mail.batch_id)
      .forShare()
      .executeTakeFirst()
    const status = batch?.stopped_at && mail.event_id === null ? 'stopped' : 'waiting'
    await claimed(trx, mail)
      .set({ ...change, status, claimed_until: null })
      .execute()
  })
}

export async function markFailed(db: Database, mail: ClaimedMail, reason: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await claimed(trx, mail)
      .set({ status: 'failed', claimed_until: null, last_error: reason })
      .execute()
    await notifyFollowers(trx, [mail])
  })
}

async function notifyFollowers(
  trx: Trx,
  mails: { day_id: string | null; workshop_id: string | null }[],
): Promise<void> {
  const followed = new Set(mails.flatMap((mail) => mail.day_id ?? mail.workshop_id ?? []))
  await notify(trx, ...[...followed].map(mailsTopic))
}

/** A mail as long as it is this claim's: each claim counts one attempt more. */
function claimed(db: Reader, mail: ClaimedMail) {
  return db
    .updateTable('outbox')
    .where('id', '=', mail.id)
    .where('status', '=', 'sending')
    .where('attempts', '=', mail.attempts)
}

/**
 * When the next mail is due at the earliest, counting claims that will run out. A mail behind another
 * is due no sooner than that one, or its instant, long past, would be asked for again and again.
 * Nothing is due while the mail server is left in peace.
 */
export async function nextDue(db: Database): Promise<Date | undefined> {
  const row = await db
    .selectFrom('outbox as mail')
    .select([
      sql<Date | null>`greatest(
        min(case when status = 'sending' then claimed_until else release_at end),
        (select paused_until from outbox_pace))`.as('at'),
      sql<number>`count(*)::int`.as('count'),
    ])
    .where('status', 'in', ['waiting', 'sending'])
    .where(sql<boolean>`not ${behindAnother}`)
    .executeTakeFirst()
  return row?.count ? (row.at ?? undefined) : undefined
}
