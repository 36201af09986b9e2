import type { Clock } from '../clock.ts'
import type { SendResult } from '../mail/transport.ts'
import { addJob, type Database } from '../postgres/database.ts'
import * as queries from './outbox.queries.ts'

export type SendMail = (
  mail: queries.OutboxRow,
  /** Message-IDs of what was sent about the same event before, oldest first. */
  references: string[],
) => Promise<SendResult>

/** How long a mail is left to a process that fell silent; one that lives renews its claim. */
const claimSeconds = 120
const renewEveryMilliseconds = 40_000
/**
 * Mails under way at once: what small mail servers bear, and no more than the transport has
 * connections, so that no claim is used up waiting for one.
 */
const lanes = 3

/**
 * Makes the one delivery of a process. It sends everything that is due, then asks to be called again
 * when the next mail is. A mail refused for now (4xx, no connection) waits longer each time, up to an
 * hour; after a day of attempts, or when refused for good (5xx), it is kept as failed for a person to
 * look at. Called while at work, it only makes sure to look once more at the end.
 * @returns takes a signal that ends it after the mails under way.
 */
export function outboxDelivery(
  db: Database,
  clock: Clock,
  send: SendMail,
): (stopping?: AbortSignal) => Promise<void> {
  let atWork = false
  let again = false
  return async (stopping) => {
    again = true
    if (atWork) return
    atWork = true
    try {
      while (again && !stopping?.aborted) {
        again = false
        const under = Array.from({ length: lanes }, () => deliverLane(db, clock, send, stopping))
        const ended = await Promise.allSettled(under)
        const broken = ended.find((lane) => lane.status === 'rejected')
        if (broken) throw broken.reason
        const due = await queries.nextDue(db)
        if (due) await addJob(db, 'deliver-outbox', {}, { key: 'deliver-outbox', runAt: due })
      }
    } finally {
      atWork = false
    }
  }
}

async function deliverLane(
  db: Database,
  clock: Clock,
  send: SendMail,
  stopping: AbortSignal | undefined,
): Promise<void> {
  while (!stopping?.aborted) {
    const mail = await queries.claimNext(db, clock.now(), claimSeconds)
    if (!mail) return
    const result = await attempt(db, clock, send, mail)
    if (result.kind === 'sent') {
      await queries.markSent(db, mail.id, clock.now())
    } else if (result.kind === 'permanent' || mail.attempts >= 30) {
      await queries.markFailed(db, mail, result.reason)
    } else {
      const wait = Math.min(3_600, 15 * 2 ** Math.min(mail.attempts, 10))
      const releaseAt = new Date(clock.now().getTime() + wait * 1_000)
      await queries.markRetry(db, mail, result.reason, releaseAt)
    }
  }
}

/** One try at one mail. What cannot even be made ready waits like a refused one, and holds up no other. */
async function attempt(
  db: Database,
  clock: Clock,
  send: SendMail,
  mail: queries.OutboxRow,
): Promise<SendResult> {
  const renewing = setInterval(() => {
    queries.renewClaim(db, mail, clock.now(), claimSeconds).catch(() => {})
  }, renewEveryMilliseconds)
  try {
    return await send(mail, await queries.earlierMessageIds(db, mail))
  } catch (error) {
    return { kind: 'temporary', reason: error instanceof Error ? error.message : String(error) }
  } finally {
    clearInterval(renewing)
  }
}
