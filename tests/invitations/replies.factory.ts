import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ReadMail, readMail } from '#server/features/invitations/replies/replies.reader.ts'
import {
  type AskedEvent,
  keysOf,
  type Verdict,
  verdictOf,
} from '#server/features/invitations/replies/replies.rules.ts'

const folder = join(import.meta.dirname, 'replies')

/** What the mails in `replies/` answer to: everybody and every address in them is invented. */
export const asked: AskedEvent = {
  uid: '3f1c9a7e5b2d4860a9c4e8d17f60b352@coeur.example.org',
  sequence: 1,
  status: 'confirmed',
  endsAt: new Date('2027-05-20T10:15:00Z'),
  attendeeAddress: 'helene.lefevre@boutique.example.org',
  aliases: ['h.lefevre@boutique.example.org'],
  applied: null,
}

/** Message-ID of our invitation. */
const invitation = '<f0e1d2c3@coeur.example.org>'

export const receivedAt = new Date('2027-04-12T09:30:00Z')

export const mailNames = readdirSync(folder)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => file.slice(0, -4))

export const rawMail = (name: string) => readFileSync(join(folder, `${name}.eml`))

export function read(raw: Buffer, authservId: string | null = 'mx.coeur.example.org'): ReadMail {
  return readMail(raw, receivedAt, authservId)
}

/** Looks events up as the mailbox does, then judges. */
export function judge(mail: ReadMail, event: AskedEvent = asked, now = receivedAt): Verdict {
  const { uids, messageIds } = keysOf(mail)
  const ours = uids.includes(event.uid) || messageIds.includes(invitation)
  return verdictOf(mail, ours ? [event] : [], false, now)
}

export const judgeNamed = (name: string, event?: AskedEvent) => judge(read(rawMail(name)), event)

/** A plain answer, as small as programs write them. */
export function replyMail(given: {
  answer: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE'
  stamp?: string
  sentAt?: Date
  sequence?: number
  id?: string
}): Buffer {
  return Buffer.from(
    [
      `From: Hélène <${asked.attendeeAddress}>`,
      `Date: ${(given.sentAt ?? receivedAt).toUTCString()}`,
      `Message-ID: <${given.id ?? 'answer'}@boutique.example.org>`,
      'Content-Type: text/calendar; method=REPLY; charset=utf-8',
      '',
      'BEGIN:VCALENDAR',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      `UID:${asked.uid}`,
      ...(given.sequence === undefined ? [] : [`SEQUENCE:${given.sequence}`]),
      ...(given.stamp ? [`DTSTAMP:${given.stamp}`] : []),
      `ATTENDEE;PARTSTAT=${given.answer}:mailto:${asked.attendeeAddress}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  )
}
