import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkPaths } from '#server/links.ts'
import { type Catcher, startCatcher } from '#server/platform/mail/catcher.ts'
import { createMailTransport } from '#server/platform/mail/transport.ts'
import type { OutboxRow } from '#server/platform/outbox/outbox.queries.ts'
import { outboxSender } from '#server/platform/outbox/outbox.sender.ts'
import { composers, type GoldenMail, goldenMails, guest, host } from './mail.golden.ts'

/**
 * Every mail the product can send, byte for byte as it reaches a mail server. After a change that is
 * meant: `npm run golden` writes the files anew, and the difference is read before it is committed.
 */
const folder = 'tests/platform/golden/'
const renew = process.env.GOLDEN === 'renew'
const secret = 'a secret for golden mails, 32 characters and more'
const mailFrom = 'coeur@coeur.example'
const messageId = '<0b5e0f5c8d7c4bdb9a3e8f1f60a2c003@coeur.example>'

let catcher: Catcher
/** The bytes that arrived, as latin1 so that each character is one octet. */
const arrived = new Map<string, string>()

function rowOf({ mail }: GoldenMail): OutboxRow {
  return {
    id: '',
    written: 1,
    batch_id: null,
    region_id: mail.regionId,
    day_id: mail.dayId ?? null,
    workshop_id: mail.workshopId ?? null,
    purpose: mail.purpose,
    asks_about: null,
    event_id: mail.eventId ?? null,
    to_address: mail.to.address,
    to_name: mail.to.name,
    language: mail.language,
    from_name: mail.fromName ?? null,
    subject: mail.subject,
    text_body: mail.text,
    html_body: mail.html,
    calendar_method: mail.calendar?.method ?? null,
    calendar_body: mail.calendar?.body ?? null,
    event_before: null,
    unsubscribe: mail.unsubscribe ?? null,
    message_id: messageId,
    status: 'sending',
    release_at: new Date(0),
    attempts: 1,
    bounced_at: null,
    claimed_until: null,
    last_error: null,
    created_at: new Date(0),
    sent_at: null,
  }
}

/** Only what is drawn or read from a clock at the moment of sending is evened out. */
function evened(raw: string): string {
  const boundaries = [
    ...new Set([...raw.matchAll(/boundary="([^"]+)"/g)].map((match) => match[1]!)),
  ]
  return boundaries
    .reduce((text, boundary, index) => text.replaceAll(boundary, `boundary-${index + 1}`), raw)
    .replace(/^Date: .*$/m, 'Date: Fri, 07 May 2027 08:00:00 +0000')
}

beforeAll(async () => {
  catcher = await startCatcher({ folder: null })
  const transport = createMailTransport({ smtpUrl: catcher.smtpUrl, envelopeFrom: mailFrom })
  const send = outboxSender(
    transport,
    { publicUrl: 'https://coeur.example', mailFrom },
    secret,
    linkPaths,
  )
  for (const golden of goldenMails) {
    const result = await send(rowOf(golden), golden.references)
    expect(result).toMatchObject({ kind: 'sent' })
    const [last] = await catcher.listMails({ limit: 1 })
    const raw = (await catcher.readRaw(last!.id))!
    arrived.set(golden.name, evened(raw.toString('latin1')))
  }
  transport.close()
  if (!renew) return
  for (const file of readdirSync(folder)) rmSync(folder + file)
  for (const [name, raw] of arrived) writeFileSync(`${folder}${name}.eml`, raw, 'latin1')
})
afterAll(() => catcher.stop())

describe('the golden mails', () => {
  it('are all there, and no other', () => {
    const files = readdirSync(folder).sort()
    expect(files).toEqual(goldenMails.map(({ name }) => `${name}.eml`).sort())
  })

  it('leave out no file that composes mails', () => {
    const found = execFileSync('git', ['grep', '-l', 'composeMail(', '--', 'server/src/features'], {
      encoding: 'utf8',
    })
    const named = found
      .trim()
      .split('\n')
      .map((path) => path.replace('server/src/features/', ''))
    expect(named.sort()).toEqual(composers)
  })

  it('may be left where they ask or are kind, never where they concern a place one has', () => {
    const left = goldenMails.filter(({ mail }) => mail.unsubscribe)
    const kinds = new Set(left.map(({ name }) => name.replace(/\.(fr|en)$/, '')))
    expect([...kinds].sort()).toEqual([
      'actions-given',
      'actions-weekly',
      'guest-nudge',
      'guest-reminder-day',
      'guest-reminder-week',
      'handover-asked',
      'host-nudge',
      'host-reminder-day',
      'host-reminder-week',
      'observations-became',
      'programme-link',
      'programme-nudge',
      'programme-question',
      'programme-reminder',
      'seat-offer',
      'seat-offer-moved',
      'seat-offer-replanned',
      'seat-offer-slot-gone',
      'sign-up',
      'thanks',
      'thanks-several',
      'wishes',
      'workshop-cancelled',
      'workshop-free',
      'workshop-offer',
      'workshop-proposal',
      'workshop-waiting',
    ])
    expect(left.filter(({ mail }) => mail.calendar)).toEqual([])
  })

  it.each(goldenMails.map(({ name }) => name))('%s is sent as it is kept', (name) => {
    expect(arrived.get(name)).toBe(readFileSync(`${folder}${name}.eml`, 'latin1'))
  })
})

describe.each(goldenMails)('$name', ({ name, mail, references }) => {
  const raw = () => arrived.get(name)!
  const header = (key: string) => headerOf(raw(), key)

  it('has the head of a mail that answers well and asks for no absence note', () => {
    expect(header('Message-ID')).toBe(messageId)
    expect(header('Auto-Submitted')).toBe('auto-generated')
    expect(header('X-Auto-Response-Suppress')).toBe('OOF, AutoReply')
    expect(header('Content-Language')).toBe(mail.language)
    expect(header('In-Reply-To')).toBe(references.at(-1))
    expect(header('References')).toBe(references.length > 0 ? references.join(' ') : undefined)
    expect(header('Reply-To')).toBeUndefined()
    const leave = mail.unsubscribe
      ? /^<https:\/\/coeur\.example\/(?:desinscription|parcours|atelier)\/[\w.-]+>$/
      : /^none$/
    expect(header('List-Unsubscribe') ?? 'none').toMatch(leave)
    const oneClick = mail.unsubscribe ? 'List-Unsubscribe=One-Click' : undefined
    expect(header('List-Unsubscribe-Post')).toBe(oneClick)
  })

  it('travels as seven bits, in CRLF, in lines every server takes', () => {
    expect(raw().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the octets that may travel
    expect(raw()).toMatch(/^[\x09\x0A\x0D\x20-\x7E]*$/)
    for (const line of raw().split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
  })

  it('names nobody’s address but its reader’s and its sender’s', async () => {
    const read = await simpleParser(Buffer.from(raw(), 'latin1'))
    expect(read.to).toMatchObject({ value: [{ address: mail.to.address, name: mail.to.name }] })
    expect(read.from).toMatchObject({ value: [{ address: mailFrom }] })
    const parts = [
      read.text,
      read.html,
      read.subject,
      ...read.attachments.map((one) => one.content),
    ]
    const addresses =
      parts
        .join('\n')
        .replace(/\r\n /g, '')
        .match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? []
    const known = [mail.to.address, mailFrom, ...calendarUids]
    expect(addresses.filter((address) => !known.includes(address))).toEqual([])
    // No address and no name of a person in the subject: it stands on locked screens.
    for (const person of [guest, host]) expect(read.subject).not.toContain(person.name)
  })

  it('says the same in text and in HTML', async () => {
    const read = await simpleParser(Buffer.from(raw(), 'latin1'))
    const text = flat(read.text ?? '')
    const html = flat(readable(String(read.html)))
    for (const block of readable(String(read.html)).split('\n')) {
      const said = flat(block)
      if (said !== '' && !said.startsWith('10 ♥')) expect(text).toContain(said)
    }
    for (const url of (read.text ?? '').match(/https:\S+/g) ?? []) {
      expect(String(read.html)).toContain(`href="${url}"`)
    }
    expect(html).not.toMatch(/\{\{|\b(?:undefined|null)\b|\[object/)
    expect(text).not.toMatch(/\{\{|\b(?:undefined|null)\b|\[object|[a-z]+:[a-z]+\.[a-z]/)
  })
})

const calendarUids = ['5f0c6a2e9b7d4f18a3c2e1d0b9a87654@coeur.example']

describe.each(goldenMails.filter(({ mail }) => mail.calendar))(
  'the calendar of $name',
  (golden) => {
    const { name, mail } = golden
    async function calendars() {
      const read = await simpleParser(Buffer.from(arrived.get(name)!, 'latin1'))
      return read.attachments.map(({ content }) => content)
    }

    it('stands twice in the mail, the same bytes, its method told outside too', async () => {
      const raw = arrived.get(name)!
      const types = [...raw.matchAll(/^Content-Type: (.+)$/gm)].map((match) => match[1]!.trim())
      expect(types.map((type) => type.split(';')[0])).toEqual([
        'multipart/mixed',
        'multipart/alternative',
        'text/plain',
        'text/html',
        'text/calendar',
        'application/ics',
      ])
      expect(types[4]).toBe(`text/calendar; charset=utf-8; method=${mail.calendar!.method}`)
      const [inline, attached, ...more] = await calendars()
      expect(attached!.equals(inline!)).toBe(true)
      expect(more).toEqual([])
    })

    it('is folded at octets, never inside a character, every line ended', async () => {
      const bytes = (await calendars())[0]!
      expect(Buffer.from(bytes.toString('utf8')).equals(bytes)).toBe(true)
      const lines = bytes.toString('latin1').split('\r\n')
      expect(lines.at(-1)).toBe('')
      for (const line of lines) {
        expect(line).not.toMatch(/[\r\n]/)
        expect(line.length).toBeLessThanOrEqual(75)
        const octets = Buffer.from(line, 'latin1')
        expect(Buffer.from(octets.toString('utf8')).equals(octets)).toBe(true)
      }
    })

    it('reads back as the one event of its one reader', async () => {
      const text = (await calendars())[0]!.toString('utf8')
      const root = new ICAL.Component(ICAL.parse(text))
      const events = root.getAllSubcomponents()
      expect(events.map((component) => component.name)).toEqual(['vevent'])
      const event = events[0]!
      const value = (key: string) => event.getFirstPropertyValue(key)?.toString()
      const { method } = mail.calendar!
      expect(root.getFirstPropertyValue('method')).toBe(method)
      expect(text.indexOf('\r\nMETHOD:')).toBeLessThan(text.indexOf('\r\nBEGIN:VEVENT'))
      expect(value('uid')).toBe(calendarUids[0])
      expect(value('status')).toBe(method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED')
      const sequence = /moved|cancel/.test(name) ? '1' : '0'
      expect(value('sequence')).toBe(sequence)
      expect(text).toMatch(/\r\nDTSTAMP:20270507T08000\dZ\r\n/)
      expect(text).toContain('\r\nDTSTART:20270520T064500Z\r\nDTEND:20270520T101500Z\r\n')
      const [attendee, ...others] = event.getAllProperties('attendee')
      expect(others).toEqual([])
      expect(attendee!.getFirstValue()).toBe(`mailto:${mail.to.address}`)
      expect(attendee!.getFirstParameter('cn')).toBe(mail.to.name.replaceAll('"', "'"))
      expect(attendee!.getFirstParameter('role')).toBe('REQ-PARTICIPANT')
      const asked = method === 'REQUEST' ? ['NEEDS-ACTION', 'TRUE'] : [undefined, undefined]
      const kept = name.includes('update-accepted')
        ? ['ACCEPTED', 'FALSE']
        : name.includes('update-maybe')
          ? ['TENTATIVE', 'TRUE']
          : asked
      expect(['partstat', 'rsvp'].map((key) => attendee!.getParameter(key))).toEqual(kept)
      const organizer = event.getFirstProperty('organizer')!
      expect(organizer.getFirstValue()).toBe(`mailto:${mailFrom}`)
      expect(organizer.getFirstParameter('cn')).toBe('Nouvelle-Aquitaine')
      expect(value('location')).toBe('Boutique Dax, 12 rue des Carmes; accès « Œuf », 40100 Dax')
      expect(text).not.toMatch(/X-MICROSOFT-CDO-APPT-SEQUENCE|RDATE|TZID|VTIMEZONE/)
      if (method === 'REQUEST') {
        const link = /https:\S+/.exec(value('description') ?? '')![0]
        const read = await simpleParser(Buffer.from(arrived.get(name)!, 'latin1'))
        expect(read.text).toContain(link)
        expect(value('url')).toBe(link)
      }
    })
  },
)

function headerOf(raw: string, key: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ')
  return head
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${key.toLowerCase()}:`))
    ?.slice(key.length + 1)
    .trim()
}

/** What somebody reads of an HTML part, block by block; the hidden preheader is left out. */
function readable(html: string): string {
  return html
    .replace(
      /<(style|title)[\s\S]*?<\/\1>|<!--[\s\S]*?-->|<div style="display:none[\s\S]*?<\/div>/g,
      '',
    )
    .replace(/<br>|<\/(p|td|h1|table)>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, code) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

const flat = (text: string) =>
  text
    .replace(/\uFE0F|\uFE0E/g, '')
    .replace(/\s+/g, ' ')
    .trim()
