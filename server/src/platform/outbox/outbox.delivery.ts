import type { Clock } from '../clock.ts'
import type { SendResult } from '../mail/transport.ts'
import { addJob, type Database } from '../postgres/database.ts'
import { type ClaimedMail, markFailed, markRetry, nextDue } from './outbox.claims.ts'
import { type Hand, openHand } from './outbox.hand.ts'
import { type Marks, outboxMarks } from './outbox.marks.ts'
import { pause } from './outbox.pace.ts'
import type { OutboxRow } from './outbox.queries.ts'

export type SendMail = (
  mail: OutboxRow,
  /** Message-IDs of what was sent about the same event before, oldest first. */
  references: string[],
) => Promise<SendResult>

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
  const course: Course = { db, clock, send, marks: outboxMarks(db, clock), pauses: 0 }
  let atWork = false
  let again = false
  return async (stopping) => {
    again = true
    if (atWork) return
    atWork = true
    try {
      while (again && !stopping?.aborted) {
        again = false
        const nextTurn = await deliverDue(course, perMinute, stopping)
        const due = later(await nextDue(db), nextTurn)
        if (due) await addJob(db, 'deliver-outbox', {}, { key: 'deliver-outbox', runAt: due })
      }
    } finally {
      atWork = false
    }
  }
}

/** What the lanes of one process share. */
interface Course {
  db: Database
  clock: Clock
  send: SendMail
  marks: Marks
  /** How often in a row the server has asked for patience. */
  pauses: number
}

/** Sends until nothing is due. @returns when the rate lets the next mail go; null while it does. */
async function deliverDue(
  course: Course,
  perMinute: number | null,
  stopping: AbortSignal | undefined,
): Promise<Date | null> {
  const hand = openHand(course.db, course.clock, perMinute, course.marks.settle)
  const under = Array.from({ length: lanes }, () => deliverLane(course, hand, stopping))
  const ended = await Promise.allSettled(under)
  const nextTurn = await hand.empty()
  await course.marks.settle()
  const broken = ended.find((lane) => lane.status === 'rejected')
  if (broken) throw broken.reason
  return nextTurn
}

/** Nothing is looked for before the server bears it. */
function later(due: Date | undefined, nextTurn: Date | null): Date | undefined {
  return due && nextTurn && nextTurn > due ? nextTurn : due
}

async function deliverLane(
  course: Course,
  hand: Hand,
  stopping: AbortSignal | undefined,
): Promise<void> {
  while (!stopping?.aborted) {
    const mail = await hand.next()
    if (!mail) return
    try {
      await deliverOne(course, hand, mail)
    } finally {
      hand.done(mail)
    }
  }
}

async function deliverOne(course: Course, hand: Hand, mail: ClaimedMail): Promise<void> {
  const { db, clock } = course
  const result = await attempt(course.send, mail)
  if (result.kind === 'sent') {
    course.pauses = 0
    await course.marks.accepted(mail.id)
  } else if (result.kind === 'permanent' || mail.attempts >= 30) {
    await markFailed(db, mail, result.reason)
  } else {
    const wait = Math.min(3_600, 15 * 2 ** Math.min(mail.attempts, 10))
    await markRetry(db, mail, result.reason, secondsAfter(clock.now(), wait))
    if (!result.slower) return
    hand.close()
    const rest = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** course.pauses)
    course.pauses = Math.min(course.pauses + 1, 10)
    await pause(db, secondsAfter(clock.now(), rest))
  }
}

const secondsAfter = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1_000)

/** One try at one mail. What cannot even be made ready waits like a refused one, and holds up no other. */
async function attempt(send: SendMail, mail: ClaimedMail): Promise<SendResult> {
  try {
    return await send(mail, mail.references)
  } catch (error) {
    return { kind: 'temporary', reason: error instanceof Error ? error.message : String(error) }
  }
}
