import { sql } from 'kysely'
import { onTestFinished, vi } from 'vitest'
import type { CatcherStep } from '#server/platform/mail/catcher.ts'
import { addJob } from '#server/platform/postgres/database.ts'
import { soon } from '../invitations/answers.factory.ts'
import { publishedDay, type SmallDay } from '../invitations/invitations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { startImapServer } from '../support/imap-server.ts'
import { freePort, startProcess, untilHealthy } from '../support/process.ts'

export interface Scene {
  test: TestApp
  made: SmallDay
  imap: Awaited<ReturnType<typeof startImapServer>>
  /** Starts a server process, and makes it the one that is killed next. */
  serve(): Promise<{ url: string; ended: Promise<unknown> }>
  kill(): void
}

/** What the mail server and the mailbox do at their steps; each test arms one of them. */
export interface Steps {
  smtp?: (step: CatcherStep) => void
  mark?: () => boolean
}

/** A published day, Marion hosting Léa unless told; nobody serves the installation yet. */
export async function scene(
  steps: Steps,
  options: Parameters<typeof publishedDay>[1] = {},
): Promise<Scene> {
  const mailbox = {
    failWith: (step: CatcherStep) => {
      steps.smtp?.(step)
      return null
    },
  }
  const test = await startTestApp({ mailbox })
  onTestFinished(() => test.close())
  const imap = await startImapServer({ onMark: () => steps.mark?.() ?? true })
  onTestFinished(() => imap.stop())
  // The process reads the machine's clock: everything before happened a quarter of an hour ago.
  test.clock.set(new Date(Date.now() - 15 * 60_000).toISOString())
  const inThreeMonths = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  const made = await publishedDay(test, { date: inThreeMonths, ...options })
  let child: ReturnType<typeof startProcess>['child'] | undefined
  async function serve() {
    const port = await freePort()
    const { config, secret } = test.services
    const process = startProcess({
      PORT: String(port),
      DATABASE_URL: test.url,
      PUBLIC_URL: config.publicUrl,
      SESSION_SECRET: secret,
      SMTP_URL: test.mailbox.smtpUrl,
      IMAP_URL: imap.url,
      MAIL_HOLD_SECONDS: '0',
    })
    child = process.child
    await untilHealthy(process, port)
    return { url: `http://127.0.0.1:${port}`, ended: process.ended }
  }
  return { test, made, imap, serve, kill: () => void child?.kill('SIGKILL') }
}

export const outbox = ({ test }: Scene) =>
  test.db.selectFrom('outbox').selectAll().orderBy('written').execute()

/** Another server, once the clock has brought about two minutes of silence and a minute’s cron. */
export async function serveAgain({ test, serve }: Scene) {
  await sql`update outbox set claimed_until = now() - interval '1 second'
    where status = 'sending'`.execute(test.db)
  await addJob(test.db, 'deliver-outbox', {}, { key: 'deliver-outbox' })
  return serve()
}

export async function allSent(scene: Scene) {
  const waiting = async () => (await outbox(scene)).filter(({ status }) => status !== 'sent')
  await vi.waitUntil(async () => (await waiting()).length === 0, soon)
}

/** Everything that arrived: address, METHOD, Message-ID, calendar. */
export async function arrived({ test }: Scene) {
  const found = []
  for (const { id } of await test.mailbox.listMails()) {
    const mail = (await test.mailbox.readMail(id))!
    const calendar = mail.calendars[0]?.content
    found.push({
      to: mail.deliveredTo[0]!,
      method: mail.calendarMethod,
      id: mail.messageId,
      calendar,
    })
  }
  return found.reverse()
}
