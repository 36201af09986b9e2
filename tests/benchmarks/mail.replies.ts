import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { buildServices } from '#server/app.ts'
import { readMail } from '#server/features/invitations/replies/replies.reader.ts'
import { readConfig } from '#server/platform/config.ts'
import { runDueJobs } from '#server/platform/jobs.ts'
import { type MailReader, openMailbox } from '#server/platform/mail/mailbox.ts'
import {
  type Database,
  inTransaction,
  type OpenDatabase,
  openDatabase,
} from '#server/platform/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/platform/postgres/embedded-postgres.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { buildTasks } from '#server/tasks.ts'
import { answerReader, limits } from '#server/use-cases/answer-arrives.ts'
import { publishPlan } from '#server/use-cases/publish-plan.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { makeSmallDay, readyPlan } from '../invitations/invitations.factory.ts'
import { startImapServer } from '../support/imap-server.ts'

const hosts = 1_000
const guests = 2_000
/** One in so many declines, and each sets off a repair of the plan. */
const declineEvery = 300

const now = () => new Date('2027-03-01T09:00:00Z')

/**
 * 3,000 answers waiting in a mailbox, read over IMAP and applied on a durable database, beside
 * reading and understanding the same mails without applying them.
 */
export async function replies(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-bench-'))
  const server = await startEmbeddedPostgres(folder, { durable: true })
  try {
    const url = await createDatabase(server.serverUrl)
    const database = openDatabase(url, () => {})
    await migrate(database.db, database.pool)
    await measure(database, url)
    await database.close()
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(database: OpenDatabase, url: string): Promise<void> {
  const { db } = database
  const read = readConfig({})
  if ('problems' in read) throw new Error(read.problems.join())
  const secret = 'a secret for a benchmark, 32 characters'
  const services = buildServices({
    config: read.config,
    secret,
    db,
    databaseUrl: url,
    clock: { now },
  })
  const setting = repairSetting(services)
  const tasks = buildTasks(services, async () => ({ kind: 'sent', response: '' }))
  await publishBigDay(database, services, () => runDueJobs(database.pool, tasks))
  const events = await db.selectFrom('calendar_events').selectAll().orderBy('id').execute()

  const reading: MailReader = {
    async take({ bytes, receivedAt }) {
      readMail(bytes, receivedAt, null)
      return { look: false }
    },
    async setAside() {},
  }
  const applying = answerReader(db, { now }, null, setting)
  const alone = await through(db, url, reading, events.map(acceptance))
  const accepted = await through(db, url, applying, events.map(acceptance))
  const answered = await db.selectFrom('confirmations').select('id').execute()
  if (answered.length !== events.length) throw new Error(`${answered.length} answers applied`)
  const later = events.map((event, index) =>
    replyOf(event, index % declineEvery === 0 ? 'DECLINED' : 'TENTATIVE', 1),
  )
  const mixed = await through(db, url, applying, later)

  const line = (name: string, seconds: number) =>
    process.stdout.write(
      `${name.padEnd(48)} ${Math.round(events.length / seconds)} / s  ${(alone / seconds).toFixed(2)}\n`,
    )
  process.stdout.write(
    `${events.length} answers in a mailbox: mails per second, against reading alone\n`,
  )
  line('read over IMAP and understood', alone)
  line('read and applied, all accept', accepted)
  line(`read and applied, one in ${declineEvery} declines`, mixed)
}

async function publishBigDay(
  { db }: OpenDatabase,
  services: ReturnType<typeof buildServices>,
  runJobs: () => Promise<void>,
): Promise<void> {
  const clock = { now } as Parameters<typeof makeSmallDay>[0]['clock']
  const signedIn = async () => ({}) as never
  const names = (count: number) => Array.from({ length: count }, (_, index) => `Nom ${index}`)
  const bench = { db, services, clock, signedIn, runJobs }
  const made = await makeSmallDay(bench, {
    hosts: names(hosts),
    guests: names(guests),
    capacity: 2,
  })
  const planId = await readyPlan(bench, made.day)
  const published = await inTransaction(db, (trx) =>
    publishPlan(trx, planId, made.directorAccount, now(), repairSetting(services), now()),
  )
  if (isRefusal(published)) throw new Error(published.refused)
}

/** Seconds until everything delivered to a fresh mailbox is taken. */
async function through(
  db: Database,
  databaseUrl: string,
  reader: MailReader,
  mails: Buffer[],
): Promise<number> {
  const imap = await startImapServer()
  for (const mail of mails) await imap.deliver(mail, now())
  const done = Promise.withResolvers<void>()
  let taken = 0
  const counting: MailReader = {
    async take(mail) {
      const outcome = await reader.take(mail)
      taken += 1
      if (taken === mails.length) done.resolve()
      return outcome
    },
    async setAside() {
      done.reject(new Error('a mail could not be taken'))
    },
  }
  const log = pino({ level: 'warn' })
  const start = performance.now()
  const mailbox = openMailbox(
    { imapUrl: imap.url, databaseUrl, db, clock: { now }, log, limits },
    counting,
  )
  await done.promise
  const seconds = (performance.now() - start) / 1_000
  await mailbox.stop()
  await imap.stop()
  return seconds
}

type Event = { uid: string; sequence: number; attendee_address: string }

const acceptance = (event: Event) => replyOf(event, 'ACCEPTED', 0)

/** As Outlook writes it: no ORGANIZER, base64. */
function replyOf(event: Event, partstat: string, minutes: number): Buffer {
  const stamp = `20270301T08${String(30 + minutes).padStart(2, '0')}00Z`
  const calendar = [
    'BEGIN:VCALENDAR',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `ATTENDEE;PARTSTAT=${partstat}:MAILTO:${event.attendee_address}`,
    `UID:${event.uid}`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${event.sequence}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
  return Buffer.from(
    [
      `From: <${event.attendee_address}>`,
      `Date: Mon, 01 Mar 2027 08:${30 + minutes}:00 +0000`,
      `Message-ID: <${minutes}-${event.uid}>`,
      'Content-Type: text/calendar; charset=utf-8; method=REPLY',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(calendar).toString('base64'),
      '',
    ].join('\r\n'),
  )
}

async function createDatabase(serverUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: `${serverUrl}/postgres` })
  await client.connect()
  await client.query('create database bench')
  await client.end()
  return `${serverUrl}/bench`
}
