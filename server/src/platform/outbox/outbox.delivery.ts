import type { Clock } from '../clock.ts'
import type { SendResult } from '../mail/transport.ts'
import { addJob, type Database } from '../postgres/database.ts'
import * as queries from './outbox.queries.ts'

export type SendMail = (
  mail: queries.OutboxRow,
  /** Message-IDs of what was sent about the same event before, oldest first. */
  references: string[],
) => Promise<SendResult>

/** One attempt may take this long before another process may try: longer than SMTP's own limits. */
const claimSeconds = 120
/** Mails under way at once: what small mail servers bear. */
const lanes = 4

/**
 * Sends everything that is due, then asks to be called again when the next mail is.
 * A mail refused for now (4xx, no connection) waits longer each time, up to an hour; after a day of
 * attempts, or when refused for good (5xx), it is kept as failed for a person to look at.
 */
export async function deliverOutbox(db: Database, clock: Clock, send: SendMail): Promise<void> {
  await Promise.all(Array.from({ length: lanes }, () => deliverLane(db, clock, send)))
  const due = await queries.nextDue(db)
  if (due) await addJob(db, 'deliver-outbox', {}, { key: 'deliver-outbox', runAt: due })
}

async function deliverLane(db: Database, clock: Clock, send: SendMail): Promise<void> {
  for (;;) {
    const mail = await queries.claimNext(db, clock.now(), claimSeconds)
    if (!mail) return
    const result = await send(mail, await queries.earlierMessageIds(db, mail))
    if (result.kind === 'sent') {
      await queries.markSent(db, mail.id, clock.now())
    } else if (result.kind === 'permanent' || mail.attempts >= 30) {
      await queries.markFailed(db, mail.id, result.reason)
    } else {
      const wait = Math.min(3_600, 15 * 2 ** Math.min(mail.attempts, 10))
      const releaseAt = new Date(clock.now().getTime() + wait * 1_000)
      await queries.markRetry(db, mail.id, result.reason, releaseAt)
    }
  }
}
