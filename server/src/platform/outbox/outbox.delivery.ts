import type { Clock } from '../clock.ts'
import type { SendResult } from '../mail/transport.ts'
import { addJob, type Database } from '../postgres/database.ts'
import { pause, returnTurn, takeTurn } from './outbox.pace.ts'
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
/** A server that asks for patience is left alone so long, twice as long each time, up to the most. */
const firstPauseSeconds = 30
const longestPauseSeconds = 900

/**
 * Makes the one delivery of a process. It sends everything that is due, then asks to be called again
 * when the next mail is. A mail refused for now (4xx, no connection) waits longer each time, up to an
 * hour; after a day of attempts, or when refused for good (5xx), it is kept as failed for a person to
 * look at. Called while at work, it only makes sure to look once more at the end.
 * @param perMinute tries the mail server bears a minute, counted over all processes; null: no limit.
 * @returns takes a signal that ends it after the mails under way.
 */
export function outboxDelivery(
  db: Database,
  clock: Clock,
  send: SendMail,
  perMinute: number | null = null,
): (stopping?: AbortSignal) => Promise<void> {
  let atWork = false
  let again = false
  const course: Course = { db, clock, send, perMinute, pauses: 0, nextTurn: null }
  return async (stopping) => {
    again = true
    if (atWork) return
    atWork = true
    try {
      while (again && !stopping?.aborted) {
        again = false
        course.nextTurn = null
        const under = Array.from({ length: lanes }, () => deliverLane(course, stopping))
        const ended = await Promise.allSettled(under)
        const broken = ended.find((lane) => lane.status === 'rejected')
        if (broken) throw broken.reason
        const due = later(await queries.nextDue(db), course.nextTurn)
        if (due) await addJob(db, 'deliver-outbox', {}, { key: 'deliver-outbox', runAt: due })
      }
    } finally {
      atWork = false
    }
  }
}

/** What the lanes of one delivery share. */
interface Course {
  db: Database
  clock: Clock
  send: SendMail
  perMinute: number | null
  /** How often in a row the server has asked for patience. */
  pauses: number
  /** When the rate lets the next mail go; null while it does. */
  nextTurn: Date | null
}

/** Nothing is looked for before the server bears it. */
function later(due: Date | undefined, nextTurn: Date | null): Date | undefined {
  return due && nextTurn && nextTurn > due ? nextTurn : due
}

async function deliverLane(course: Course, stopping: AbortSignal | undefined): Promise<void> {
  const { db, clock, perMinute } = course
  while (!stopping?.aborted) {
    if (perMinute) course.nextTurn = await takeTurn(db, clock.now(), perMinute)
    if (course.nextTurn) return
    const mail = await queries.claimNext(db, clock.now(), claimSeconds)
    if (!mail) return perMinute ? returnTurn(db) : undefined
    await deliverOne(course, mail)
  }
}

async function deliverOne(course: Course, mail: queries.OutboxRow): Promise<void> {
  const { db, clock, send } = course
  const result = await attempt(db, clock, send, mail)
  if (result.kind === 'sent') {
    course.pauses = 0
    await queries.markSent(db, mail.id, clock.now())
  } else if (result.kind === 'permanent' || mail.attempts >= 30) {
    await queries.markFailed(db, mail, result.reason)
  } else {
    const wait = Math.min(3_600, 15 * 2 ** Math.min(mail.attempts, 10))
    await queries.markRetry(db, mail, result.reason, secondsAfter(clock.now(), wait))
    if (!result.slower) return
    const rest = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** course.pauses)
    course.pauses = Math.min(course.pauses + 1, 10)
    await pause(db, secondsAfter(clock.now(), rest))
  }
}

const secondsAfter = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1_000)

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
