import type { Clock } from '../clock.ts'
import type { Database } from '../postgres/database.ts'
import { type ClaimedMail, claimDue, renewClaims, returnClaim } from './outbox.claims.ts'
import { returnTurns, takeTurns } from './outbox.pace.ts'

/**
 * Mails claimed in one statement: enough that claiming costs little beside sending, few enough that
 * a director who stops a batch is obeyed at once.
 */
const handful = 32
/** How long a mail is left to a process that fell silent; one that lives renews its claim. */
const claimSeconds = 120
const renewEveryMilliseconds = 40_000

/** The mails one process has claimed: those it will try next and those under way. */
export interface Hand {
  /** The next mail to try; null when there is none, or the rate bears no more. */
  next(): Promise<ClaimedMail | null>
  /** A mail given out is settled, and its claim need not be kept. */
  done(mail: ClaimedMail): void
  /** Gives nothing out any more. */
  close(): void
  /** Gives back what was not tried. @returns when the rate lets the next mail go, if it held any up. */
  empty(): Promise<Date | null>
}

/**
 * @param perMinute tries the mail server bears a minute, counted over all processes; null: no limit.
 * @param settle called before claiming: marks what has left, so that what waited behind it is found.
 */
export function openHand(
  db: Database,
  clock: Clock,
  perMinute: number | null,
  settle: () => Promise<void>,
): Hand {
  const held: ClaimedMail[] = []
  const under = new Set<ClaimedMail>()
  let filling: Promise<void> | null = null
  /** The last claim fell short of what was asked for. */
  let dry = false
  /** A mail was settled since the last claim began: one behind it may be due. */
  let settled = false
  let closed = false
  let nextTurn: Date | null = null
  const renewing = setInterval(() => {
    renewClaims(db, [...held, ...under], clock.now(), claimSeconds).catch(() => {})
  }, renewEveryMilliseconds)

  async function claimMore(): Promise<void> {
    settled = false
    // With mails left to try, those behind what just left can wait for the next claim.
    if (held.length === 0) await settle()
    const now = clock.now()
    const turns = perMinute ? await takeTurns(db, now, perMinute, handful) : { granted: handful }
    if ('next' in turns) {
      nextTurn = turns.next
      dry = true
      return
    }
    nextTurn = null
    const mails = await claimDue(db, now, claimSeconds, turns.granted)
    if (perMinute && mails.length < turns.granted) {
      await returnTurns(db, turns.granted - mails.length)
    }
    held.push(...mails)
    dry = mails.length < turns.granted
  }

  /** One at a time, whoever asks. */
  function fill(): Promise<void> {
    filling ??= claimMore().finally(() => {
      filling = null
    })
    return filling
  }

  async function next(): Promise<ClaimedMail | null> {
    while (!closed) {
      const mail = held.shift()
      if (!mail) {
        if (dry && !settled && !filling) return null
        await fill()
        continue
      }
      // Ran out while it waited in the hand: it may be another process's by now.
      if (mail.claimed_until <= clock.now()) continue
      under.add(mail)
      if (!dry && !filling && held.length < handful / 2) fill().catch(() => {})
      return mail
    }
    return null
  }

  return {
    next,
    done(mail) {
      under.delete(mail)
      settled = true
    },
    close() {
      closed = true
    },
    async empty() {
      closed = true
      clearInterval(renewing)
      await filling?.catch(() => {})
      for (const mail of held) await returnClaim(db, mail)
      if (perMinute && held.length > 0) await returnTurns(db, held.length)
      return nextTurn
    },
  }
}
