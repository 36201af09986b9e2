import { onTestFinished, vi } from 'vitest'
import { openMailbox } from '#server/platform/mail/mailbox.ts'
import { answerReader, limits } from '#server/use-cases/answer-arrives.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import { mailAnswersRoutes } from '#shared/invitations/invitations.answers.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { startImapServer } from '../support/imap-server.ts'
import { invitationsTo, type SmallDay } from './invitations.factory.ts'

export const soon = { timeout: 20_000, interval: 20 }

const partstat = { yes: 'ACCEPTED', no: 'DECLINED', maybe: 'TENTATIVE' } as const

/** The application with a mailbox it reads. */
export async function appWithMailbox() {
  const test = await startTestApp()
  onTestFinished(() => test.close())
  const imap = await startImapServer()
  onTestFinished(() => imap.stop())
  const { db, clock, services } = test
  const reader = answerReader(db, clock, 'mx.coeur.example', repairSetting(services))
  const read = (one = reader, imapUrl = imap.url) => {
    const log = { info: vi.fn(), warn: vi.fn() }
    const setting = { imapUrl, databaseUrl: test.url, db, clock, log, limits }
    const mailbox = openMailbox(
      { ...setting, pace: { poll: 200, retry: 10, takeOver: 20, failed: 0 } },
      one,
    )
    onTestFinished(() => mailbox.stop())
    return mailbox
  }
  /** A mail arrives now, and everything there is has been read. */
  const arrives = async (...mails: Buffer[]) => {
    const total = (await rowsOf(test)).length
    for (const raw of mails) await imap.deliver(raw, clock.now())
    await vi.waitUntil(async () => (await rowsOf(test)).length >= total + mails.length, soon)
  }
  return { test, imap, reader, read, arrives }
}

export const rowsOf = (test: TestApp) =>
  test.db.selectFrom('inbound_mails').selectAll().orderBy('id').execute()

export const heldOf = async (made: SmallDay) =>
  (
    await made.director.ask(mailAnswersRoutes.heldAnswers, {
      params: { regionId: made.day.regionId },
    })
  ).answers

let written = 0

/** Where mails arrive, and what time it is. */
type Post = Pick<TestApp, 'mailbox' | 'clock'>

/** An answer as Outlook writes it, to the last invitation that arrived for an address. */
export async function replyTo(
  test: Post,
  invited: string | null,
  answer: RecordedAnswer,
  changes: { from?: string; attendee?: string; sentAt?: Date; comment?: string; id?: string } = {},
): Promise<Buffer> {
  const invitation = (await invitationsTo(test, invited)).at(-1)
  if (!invitation) throw new Error('nobody was invited there')
  const { from = invited, attendee = invited, sentAt = test.clock.now(), comment } = changes
  const stamp = sentAt.toISOString().replace(/[-:]|\.\d+/g, '')
  const calendar = [
    'BEGIN:VCALENDAR',
    'METHOD:REPLY',
    'PRODID:Microsoft Exchange Server 2010',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    `ATTENDEE;PARTSTAT=${partstat[answer]};CN=${attendee}:MAILTO:${attendee}`,
    `COMMENT;LANGUAGE=fr-FR:${comment ?? '\\n'}`,
    `UID:${invitation.uid}`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${invitation.sequence}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
  return Buffer.from(
    [
      `From: <${from}>`,
      `Date: ${sentAt.toUTCString()}`,
      `Message-ID: <${changes.id ?? `answer-${++written}`}@region.example>`,
      `In-Reply-To: ${invitation.mail.messageId}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="_000_"',
      '',
      '--_000_',
      'Content-Type: text/plain; charset="utf-8"',
      '',
      '',
      '--_000_',
      'Content-Type: text/calendar; charset="utf-8"; method=REPLY',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(calendar).toString('base64').replace(/.{76}/g, '$&\r\n'),
      '--_000_--',
      '',
    ].join('\r\n'),
  )
}

/** A mail server gives one of ours back, as Postfix does. */
export async function bounceOf(test: Post, address: string | null): Promise<Buffer> {
  const invitation = (await invitationsTo(test, address)).at(-1)
  if (!invitation) throw new Error('nobody was invited there')
  return Buffer.from(
    [
      'From: MAILER-DAEMON@mx.region.example (Mail Delivery System)',
      `Date: ${test.clock.now().toUTCString()}`,
      `Message-ID: <bounce-${++written}@mx.region.example>`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
      '',
      '--B',
      'Content-Type: text/plain',
      '',
      'This is the mail system. Your message could not be delivered.',
      '--B',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.region.example',
      '',
      `Final-Recipient: rfc822; ${address}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
      '',
      '--B',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${invitation.mail.messageId}`,
      '',
      '--B--',
      '',
    ].join('\r\n'),
  )
}
