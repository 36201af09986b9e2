import { resolve } from 'node:path'
import { z } from 'zod'

const url = z.url()
/** An empty variable in an .env or a compose file means « not set ». */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

const environmentSchema = z.object({
  PORT: optional(z.coerce.number().int().min(0).max(65_535)),
  HOST: optional(z.string()),
  PUBLIC_URL: optional(url),
  DATABASE_URL: optional(url),
  DATA_DIR: optional(z.string()),
  // 32 characters: the shortest text that can carry the 128 bits every derived link relies on.
  SESSION_SECRET: optional(z.string().min(32)),
  SMTP_URL: optional(url),
  MAIL_FROM: optional(z.email()),
  MAIL_REDIRECT: optional(z.email()),
  IMAP_URL: optional(z.url({ protocol: /^imaps?$/ })),
  IMAP_AUTHSERV: optional(z.string()),
  XAPI_URL: optional(
    // Every store knows a key and a secret; without them its answers would be a riddle for later.
    z.url({ protocol: /^https?$/ }).refine((address) => new URL(address).username !== '', {
      message: 'needs a key and a secret: https://key:secret@host/path',
    }),
  ),
  // Up to an hour: whoever publishes at night wants to be asleep by then.
  MAIL_HOLD_SECONDS: optional(z.coerce.number().int().min(0).max(3_600)),
  MAIL_RATE: optional(z.coerce.number().int().min(1).max(100_000)),
  // A month is longer than from publication to any day.
  OFFER_HOURS: optional(z.coerce.number().int().min(1).max(720)),
  DEMO: optional(z.stringbool()),
})

export interface Config {
  port: number
  host: string
  /** Origin without a trailing slash; every link in a mail starts with it. */
  publicUrl: string
  /** Absent: the embedded server under `dataDir` is started. */
  databaseUrl: string | undefined
  dataDir: string
  /** Absent in the demo: one is drawn once and kept in `dataDir`. */
  sessionSecret: string | undefined
  /** Absent in the demo: mail goes to the built-in mailbox. */
  smtpUrl: string | undefined
  mailFrom: string
  /** Rehearsal: every mail goes to this one address. */
  mailRedirect: string | undefined
  /** The mailbox that receives calendar replies; absent: none is read. */
  imapUrl: string | undefined
  /** Whose word on forged senders is believed, see `dmarcOf`; null believes nobody. */
  imapAuthserv: string | null
  /** The learning record store, see `openRecordStore`; absent: nothing is recorded for one. */
  xapiUrl: string | undefined
  /** What a director sends waits so long before the first leaves, and can be taken back. */
  mailHoldSeconds: number
  /** Mails a minute the mail server bears; null where it sets no limit. */
  mailRate: number | null
  /** Hours somebody on the waiting list is given to answer an offer; see `offerExpiry`. */
  offerHours: number
  demo: boolean
}

export type ConfigResult = { config: Config } | { problems: string[] }

/**
 * Reads and checks the whole configuration. The only reader of environment variables.
 * @returns the configuration, or one sentence per problem, each naming its variable.
 */
export function readConfig(environment: Record<string, string | undefined>): ConfigResult {
  const parsed = environmentSchema.safeParse(environment)
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    }
  }
  const given = parsed.data
  const port = given.PORT ?? 3000
  const demo = given.DEMO ?? given.DATABASE_URL === undefined
  const problems: string[] = []
  if (given.DATABASE_URL !== undefined && !demo) {
    for (const name of ['SESSION_SECRET', 'SMTP_URL', 'PUBLIC_URL'] as const) {
      if (given[name] === undefined) problems.push(`${name}: required when DATABASE_URL is set`)
    }
  }
  if (problems.length > 0) return { problems }
  const publicUrl = (given.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, '')
  return {
    config: {
      port,
      host: given.HOST ?? (demo ? '127.0.0.1' : '0.0.0.0'),
      publicUrl,
      databaseUrl: given.DATABASE_URL,
      dataDir: resolve(given.DATA_DIR ?? 'data'),
      sessionSecret: given.SESSION_SECRET,
      smtpUrl: given.SMTP_URL,
      mailFrom: given.MAIL_FROM ?? `10decoeur@${new URL(publicUrl).hostname}`,
      mailRedirect: given.MAIL_REDIRECT,
      imapUrl: given.IMAP_URL,
      xapiUrl: given.XAPI_URL,
      // Exchange Online signs with no name at all.
      imapAuthserv: given.IMAP_AUTHSERV === '-' ? '' : (given.IMAP_AUTHSERV ?? null),
      mailHoldSeconds: given.MAIL_HOLD_SECONDS ?? 120,
      mailRate: given.MAIL_RATE ?? null,
      offerHours: given.OFFER_HOURS ?? 24,
      demo,
    },
  }
}
