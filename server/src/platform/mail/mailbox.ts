import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Database } from '../postgres/database.ts'
import { whileLocked } from '../postgres/session-lock.ts'
import { openFolder } from './mailbox.folder.ts'
import { readNew } from './mailbox.reading.ts'

/** One mail of the folder, as far as it was fetched. */
export interface Delivery {
  /** When the mail server took it (INTERNALDATE). */
  receivedAt: Date
  bytes: Buffer
  /** False for a mail beyond the limit: `bytes` is its beginning, headers first. */
  whole: boolean
}

/** Who makes something of the mails; the mailbox itself knows no feature. */
export interface MailReader {
  /**
   * Commits what a mail changes. Called again with the same mail, by whatever process, it changes
   * nothing and says the same.
   * @returns whether a person must look at the mail.
   */
  take(mail: Delivery): Promise<{ look: boolean }>
  /** `take` failed time and again: notes that a person must look. */
  setAside(mail: Delivery): Promise<void>
}

export interface MailboxSetting {
  /** `imap://user:password@host:port/folder` or `imaps://…`; INBOX without a folder. */
  imapUrl: string
  /** For the lock that lets one process read at a time. */
  databaseUrl: string
  db: Database
  clock: Clock
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>
  limits: {
    /** Octets up to which a mail is fetched whole. */
    mailBytes: number
    /** Octets fetched of a larger one. */
    headerBytes: number
  }
  pace?: Partial<Pace>
}

/** Milliseconds. */
export interface Pace {
  /** Between two looks when the server says nothing by itself. */
  poll: number
  /** Before the first new attempt to connect; doubles each time. */
  retry: number
  /** Between two attempts to take over from another process. */
  takeOver: number
  /** Before a mail that failed is tried again. */
  failed: number
}

const usualPace: Pace = { poll: 60_000, retry: 1_000, takeOver: 5_000, failed: 60_000 }
const longestRetry = 300_000

/** Any number will do, as long as nobody else takes it. */
const lockKey = 720_143_993

/**
 * Reads a folder for as long as the server runs: everything new at once, then whatever the mail
 * server announces (IDLE) or a regular look finds. One process of an installation reads, another
 * takes over when it ends. A connection that breaks is opened again, patiently. Nothing is ever
 * moved, deleted or answered.
 * @returns how to end it: the mail under way is finished first.
 */
export function openMailbox(
  setting: MailboxSetting,
  reader: MailReader,
): { stop(): Promise<void> } {
  const pace = { ...usualPace, ...setting.pace }
  const stopping = new AbortController()
  const running = keepReading({ ...setting, pace }, reader, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function keepReading(
  setting: MailboxSetting & { pace: Pace },
  reader: MailReader,
  stopping: AbortSignal,
): Promise<void> {
  const { databaseUrl, pace, log } = setting
  let failures = 0
  while (!stopping.aborted) {
    let wait = pace.takeOver
    try {
      await whileLocked(databaseUrl, lockKey, stopping, (signal) =>
        follow(setting, reader, signal, () => {
          failures = 0
        }),
      )
    } catch (error) {
      wait = Math.min(longestRetry, pace.retry * 2 ** failures)
      failures += 1
      log.warn(`the mailbox cannot be read, next attempt in ${wait} ms: ${reasonOf(error)}`)
    }
    await pause(wait, undefined, { signal: stopping }).catch(() => {})
  }
}

async function follow(
  setting: MailboxSetting & { pace: Pace },
  reader: MailReader,
  signal: AbortSignal,
  succeeded: () => void,
): Promise<void> {
  const folder = await openFolder(setting.imapUrl, signal)
  try {
    setting.log.info('the mailbox is read')
    while (!signal.aborted) {
      await readNew(folder, setting, reader, signal)
      succeeded()
      if (!signal.aborted) await folder.untilNews(setting.pace.poll)
    }
  } finally {
    await folder.close()
  }
}

/** Without what a mail server may quote of addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code, authenticationFailed } = error as { code?: string; authenticationFailed?: boolean }
  return authenticationFailed ? 'user or password refused' : (code ?? error.message)
}
