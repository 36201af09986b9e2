import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import type SMTPPool from 'nodemailer/lib/smtp-pool'
import type { Language } from '#shared/vocabulary/language.ts'
import { unfoldCalendar } from './calendar.lines.ts'
import { wholeMessage } from './message.ts'
import { markRehearsal } from './rehearsal.ts'

export type MailAddress = { name: string | null; address: string }

/** A mail ready to leave: its links filled, its Message-ID decided when it was written. */
export type OutgoingMail = {
  /** `<…@…>`, kept from try to try so that a repeated delivery is recognised as the same mail */
  messageId: string
  from: MailAddress
  to: MailAddress
  language: Language
  subject: string
  text: string
  html: string
  /** Message-IDs of earlier mails about the same thing, oldest first */
  references?: readonly string[]
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string } | null
  /** https address that unsubscribes on a POST (RFC 8058); only for mail one may leave */
  unsubscribeUrl?: string | null
}

/** `temporary`: try again later, nothing is wrong with this mail. `permanent`: a person must look. */
export type SendResult =
  | { kind: 'sent'; response: string }
  /** `slower`: the server bears no more for now, whatever the mail. */
  | { kind: 'temporary'; reason: string; slower?: boolean }
  | { kind: 'permanent'; reason: string }

export type MailTransportOptions = {
  /** smtp:// or smtps://, with user and password where the server wants them */
  smtpUrl: string
  /** where bounces go: MAIL FROM of every mail */
  envelopeFrom: string
  /** rehearsal: every mail goes to this one address and says so */
  redirectTo?: string | null
  connections?: number
}

export type MailTransport = {
  /** Never throws: the outcome of one SMTP delivery as a value. */
  sendOne(mail: OutgoingMail): Promise<SendResult>
  /** Lets deliveries under way finish, then closes the connections. */
  close(): void
}

/** Pooled SMTP connections for the installation's mailbox. */
export function createMailTransport(options: MailTransportOptions): MailTransport {
  const pool: SMTPPool.Options & { url: string; maxRequeues: number } = {
    url: options.smtpUrl,
    pool: true,
    maxConnections: options.connections ?? 3,
    // A connection lost after the text was handed over may have delivered it: the outbox decides
    // about the next try, the pool must not repeat on its own.
    maxRequeues: 0,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  const transporter: Transporter<SMTPPool.SentMessageInfo> = createTransport(pool)
  return {
    async sendOne(mail) {
      const unfit = refusal(mail)
      if (unfit) return { kind: 'permanent', reason: unfit }
      const marked = options.redirectTo ? markRehearsal(mail, options.redirectTo) : mail
      try {
        const raw = wholeMessage(new MailComposer(compose(marked)).compile())
        const envelope = { from: options.envelopeFrom, to: [marked.to.address] }
        const sent = await transporter.sendMail({ raw, envelope })
        return { kind: 'sent', response: sent.response }
      } catch (error) {
        return readFailure(error)
      }
    },
    close: () => transporter.close(),
  }
}

function compose(mail: OutgoingMail): SendMailOptions {
  const headers: Record<string, string> = {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
    'Content-Language': mail.language,
  }
  if (mail.unsubscribeUrl) {
    headers['List-Unsubscribe'] = `<${mail.unsubscribeUrl}>`
    headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click'
  }
  const references = [...(mail.references ?? [])]
  return {
    messageId: mail.messageId,
    from: party(mail.from),
    to: party(mail.to),
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    textEncoding: 'quoted-printable',
    headers,
    ...(references.length > 0 && { references, inReplyTo: references.at(-1) }),
    // Only `icalEvent` builds the alternative part that shows buttons in Outlook and Gmail; the
    // method is not read from the content and would become PUBLISH if left out.
    ...(mail.calendar && {
      icalEvent: {
        method: mail.calendar.method,
        content: Buffer.from(mail.calendar.content),
        filename: 'invite.ics',
      },
    }),
  }
}

function party(address: MailAddress): { name: string; address: string } {
  return { name: oneLine(address.name ?? ''), address: address.address }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, (space) => (/[\r\n\t]/.test(space) ? ' ' : space)).trim()
}

/** What must never reach the wire: an address that reads as several, a calendar of another method. */
function refusal(mail: OutgoingMail): string | null {
  for (const { address } of [mail.from, mail.to])
    if (!/^[^\s"(),:;<>@[\\\]]+@[^\s"(),:;<>@[\\\]]+$/.test(address)) return 'malformed address'
  const method = mail.calendar?.content.match(/^METHOD:(\w+)\r?$/m)?.[1]
  if (mail.calendar && method !== mail.calendar.method) return 'calendar method mismatch'
  const calendar = unfoldCalendar(mail.calendar?.content ?? '').join('\n')
  const parts = [mail.text, mail.html, calendar, mail.unsubscribeUrl ?? '']
  if (parts.some((part) => part.includes('{{capability:'))) return 'links not filled'
  return null
}

/**
 * SMTP's answer as a value (RFC 5321 4.2.1: 4xx transient, 5xx permanent). A refused login, greeting
 * or sender is the installation's fault, the same for every mail: it delays mail and loses none.
 */
function readFailure(error: unknown): SendResult {
  const { code, command, responseCode, response, message } = error as {
    code?: string
    command?: string
    responseCode?: number
    response?: string
    message?: string
  }
  const reason = (response ?? message ?? String(error)).replace(/\s+/g, ' ').slice(0, 300)
  const aboutThisMail =
    command === 'RCPT TO' || command === 'DATA' || (command === undefined && code === 'EMESSAGE')
  const answeredNo = responseCode !== undefined && responseCode >= 500
  return answeredNo && aboutThisMail && code !== 'EAUTH'
    ? { kind: 'permanent', reason }
    : { kind: 'temporary', reason, slower: asksForPatience(responseCode, reason) }
}

/**
 * 421 closes the service for now (RFC 5321 3.8), 4.7.28 and words of rates are about how much we send.
 * A bare 450 or 451 is about one recipient, as greylisting is: the others may leave meanwhile.
 */
function asksForPatience(code: number | undefined, reason: string): boolean {
  if (code === undefined || code < 400 || code >= 500) return false
  return code === 421 || /\b4\.7\.28\b|\brate\b|too (many|much|fast)|throttl|limit/i.test(reason)
}
