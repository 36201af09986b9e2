import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import pg from 'pg'
import { linkPaths } from '#server/links.ts'
import { newUntimedId } from '#server/platform/identity.ts'
import { fillMailLinks } from '#server/platform/mail/links.ts'
import { createMailTransport } from '#server/platform/mail/transport.ts'
import { outboxDelivery } from '#server/platform/outbox/outbox.delivery.ts'
import { outboxSender } from '#server/platform/outbox/outbox.sender.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import {
  inTransaction,
  type OpenDatabase,
  openDatabase,
} from '#server/platform/postgres/database.ts'
import { startEmbeddedPostgres } from '#server/platform/postgres/embedded-postgres.ts'
import { migrate } from '#server/platform/postgres/migrate.ts'
import { goldenMails } from '../platform/mail.golden.ts'

const count = 3_000
const rounds = 5
const lanes = 3
const secret = 'a secret for a benchmark, 32 characters'
const publicUrl = 'https://coeur.example'
const mailFrom = 'coeur@coeur.example'

/**
 * 3,000 invitations through the outbox of a durable database to a local SMTP server, beside
 * nodemailer alone with the same mails, composed beforehand, and the same pool: in turns, so that a
 * noisy machine is noisy to both.
 */
export async function sending(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), '10-de-coeur-bench-'))
  const postgres = await startEmbeddedPostgres(folder, { durable: true })
  const sink = fork(join(import.meta.dirname, 'mail.sink.ts'))
  try {
    const [port] = (await once(sink, 'message')) as [number]
    const database = openDatabase(await createDatabase(postgres.serverUrl), () => {})
    await migrate(database.db, database.pool)
    await compare(database, `smtp://127.0.0.1:${port}`)
    await database.close()
  } finally {
    sink.disconnect()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function compare(database: OpenDatabase, smtpUrl: string): Promise<void> {
  const ours: number[] = []
  const alone: number[] = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await nodemailerAlone(smtpUrl))
    ours.push(await throughOutbox(database, smtpUrl))
  }
  const [outbox, nodemailer] = [median(ours), median(alone)]
  const ratios = ours.map((rate, round) => rate / alone[round]!)
  process.stdout.write(
    `sending ${count} invitations, ${lanes} connections, median of ${rounds} rounds\n`,
  )
  process.stdout.write(`  nodemailer alone   ${nodemailer.toFixed(0)} mails/s\n`)
  process.stdout.write(`  through the outbox ${outbox.toFixed(0)} mails/s\n`)
  process.stdout.write(
    `  ratio              ${median(ratios).toFixed(2)} (goal 0.8; rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})\n`,
  )
}

const invitation = goldenMails.find(({ name }) => name === 'guest-invite.fr')!.mail
const invitationTo = (number: number): Mail => ({
  ...invitation,
  to: { name: invitation.to.name, address: `invitee-${number}@region.example` },
})

async function nodemailerAlone(smtpUrl: string): Promise<number> {
  const transporter = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: lanes,
    maxMessages: Number.POSITIVE_INFINITY,
  } as object)
  const { calendar } = invitation
  const filled = fillMailLinks(
    {
      text: invitation.text,
      html: invitation.html,
      calendar: { method: calendar!.method, content: calendar!.body },
    },
    secret,
    publicUrl,
    linkPaths,
  )
  let next = 0
  const lane = async () => {
    while (next < count) {
      const { to, subject } = invitationTo(next++)
      await transporter.sendMail({
        messageId: `<${newUntimedId()}@coeur.example>`,
        from: { name: 'Région', address: mailFrom },
        to,
        envelope: { from: mailFrom, to: [to.address] },
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'OOF, AutoReply',
          'Content-Language': 'fr',
        },
        subject,
        text: filled.text,
        html: filled.html,
        textEncoding: 'quoted-printable',
        icalEvent: {
          method: 'REQUEST',
          content: Buffer.from(filled.calendar!.content),
          filename: 'invite.ics',
        },
      })
    }
  }
  const seconds = await timed(() => Promise.all(Array.from({ length: lanes }, lane)))
  transporter.close()
  return count / seconds
}

async function throughOutbox({ db }: OpenDatabase, smtpUrl: string): Promise<number> {
  const now = new Date()
  const mails = Array.from({ length: count }, (_, number) => invitationTo(number))
  const events = mails.map((mail) => ({ ...mail, eventId: crypto.randomUUID() }))
  await inTransaction(db, (trx) => enqueueMails(trx, events, now, 'coeur.example'))
  const transport = createMailTransport({ smtpUrl, envelopeFrom: mailFrom, connections: lanes })
  const send = outboxSender(transport, { publicUrl, mailFrom }, secret, linkPaths)
  const memory: string[] = []
  let sent = 0
  const deliver = outboxDelivery(db, { now: () => new Date() }, async (mail, references) => {
    if (sent++ % 1_000 === 0 || sent === count) memory.push(memoryNow())
    return send(mail, references)
  })
  const seconds = await timed(() => deliver())
  transport.close()
  const { left } = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('status', '<>', 'sent')
    .executeTakeFirstOrThrow()
  if (left > 0 || sent !== count) throw new Error(`${left} of ${count} did not leave`)
  process.stdout.write(`  memory every 1,000 mails, resident (heap): ${memory.join(', ')} MiB\n`)
  return count / seconds
}

function memoryNow(): string {
  const { rss, heapUsed } = process.memoryUsage()
  const mebibytes = (bytes: number) => Math.round(bytes / 1_048_576)
  return `${mebibytes(rss)} (${mebibytes(heapUsed)})`
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

async function createDatabase(serverUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: `${serverUrl}/postgres` })
  await client.connect()
  await client.query('create database bench')
  await client.end()
  return `${serverUrl}/bench`
}
