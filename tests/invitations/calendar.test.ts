import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import {
  buildCalendar,
  type CalendarEvent,
} from '#server/features/invitations/calendar/calendar.event.ts'

const event: CalendarEvent = {
  method: 'REQUEST',
  uid: '5f0c6a2e9b7d4f18a3c2e1d0b9a87654@coeur.example',
  sequence: 0,
  stampedAt: new Date('2027-04-01T08:00:00Z'),
  startsAt: DateTime.fromISO('2027-05-20T08:45', { zone: 'Europe/Paris' }),
  endsAt: DateTime.fromISO('2027-05-20T12:15', { zone: 'Europe/Paris' }),
  summary: 'Immersion « 10 de cœur » : vente en boutique',
  description: 'Marion vous attend à 8 h 45.\nDemandez-la à l’accueil; venez léger, sans badge.',
  location: 'Boutique Dax, 12 rue des Carmes',
  organiser: { name: 'Région Nouvelle-Aquitaine', address: 'coeur@coeur.example' },
  attendee: { name: 'Maëlle Ørsted', address: 'maelle@boutique.example' },
  url: 'https://coeur.example/creneau/AZKgtHwefS-KO0xdbn-AkQ.mh2pLOQy0gN5a8Zk1w3vUQ',
}

const golden = {
  REQUEST: [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//10 de coeur//Vis ma vie//FR',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:5f0c6a2e9b7d4f18a3c2e1d0b9a87654@coeur.example',
    'SEQUENCE:0',
    'DTSTAMP:20270401T080000Z',
    'DTSTART:20270520T064500Z',
    'DTEND:20270520T101500Z',
    'SUMMARY:Immersion « 10 de cœur » : vente en boutique',
    'LOCATION:Boutique Dax\\, 12 rue des Carmes',
    'DESCRIPTION:Marion vous attend à 8 h 45.\\nDemandez-la à l’accueil\\; ven',
    ' ez léger\\, sans badge.\\n\\nhttps://coeur.example/creneau/AZKgtHwefS-KO0xdb',
    ' n-AkQ.mh2pLOQy0gN5a8Zk1w3vUQ',
    'ORGANIZER;CN="Région Nouvelle-Aquitaine":mailto:coeur@coeur.example',
    'ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RSVP=',
    ' TRUE;CN="Maëlle Ørsted":mailto:maelle@boutique.example',
    'STATUS:CONFIRMED',
    'URL:https://coeur.example/creneau/AZKgtHwefS-KO0xdbn-AkQ.mh2pLOQy0gN5a8Zk1w',
    ' 3vUQ',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n'),
  CANCEL: [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//10 de coeur//Vis ma vie//FR',
    'METHOD:CANCEL',
    'BEGIN:VEVENT',
    'UID:5f0c6a2e9b7d4f18a3c2e1d0b9a87654@coeur.example',
    'SEQUENCE:1',
    'DTSTAMP:20270402T080000Z',
    'DTSTART:20270520T064500Z',
    'DTEND:20270520T101500Z',
    'SUMMARY:Immersion « 10 de cœur » : vente en boutique',
    'LOCATION:Boutique Dax\\, 12 rue des Carmes',
    'DESCRIPTION:Ce créneau n’a plus lieu.',
    'ORGANIZER;CN="Région Nouvelle-Aquitaine":mailto:coeur@coeur.example',
    'ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;CN="Maëlle Ørsted":mailto',
    ' :maelle@boutique.example',
    'STATUS:CANCELLED',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n'),
}

const { url: _, ...withoutUrl } = event
const cancel: CalendarEvent = {
  ...withoutUrl,
  method: 'CANCEL',
  sequence: 1,
  stampedAt: new Date('2027-04-02T08:00:00Z'),
  description: 'Ce créneau n’a plus lieu.',
}

function parse(calendar: string) {
  const root = new ICAL.Component(ICAL.parse(calendar))
  return { root, vevent: root.getFirstSubcomponent('vevent')! }
}

describe('the bytes', () => {
  test('of an invitation are these', () => {
    expect(buildCalendar(event)).toBe(golden.REQUEST)
  })

  test('of a cancellation are these', () => {
    expect(buildCalendar(cancel)).toBe(golden.CANCEL)
  })

  test.each(['UTC', 'Europe/Paris', 'America/New_York'])(
    'are the same on a server that lives in %s',
    (zone) => {
      const program = `
        import { buildCalendar } from '#server/features/invitations/calendar/calendar.event.ts'
        import { DateTime } from 'luxon'
        const event = JSON.parse(process.argv[1])
        const paris = (iso) => DateTime.fromISO(iso, { zone: 'Europe/Paris' })
        const bytes = buildCalendar({
          ...event,
          stampedAt: new Date(event.stampedAt),
          startsAt: paris('2027-05-20T08:45'),
          endsAt: new Date('2027-05-20T10:15:00Z'),
        })
        process.stdout.write(JSON.stringify({ bytes, offset: new Date(1.8e12).getTimezoneOffset() }))`
      const run = spawnSync(
        process.execPath,
        ['--input-type=module', '-e', program, JSON.stringify(event)],
        { env: { ...process.env, TZ: zone }, encoding: 'utf8' },
      )
      expect(run.stderr).toBe('')
      const { bytes, offset } = JSON.parse(run.stdout)
      expect(offset).toBe({ UTC: 0, 'Europe/Paris': -60, 'America/New_York': 300 }[zone])
      expect(bytes).toBe(golden.REQUEST)
    },
  )

  test.each(['é', '♥', '🎴'])('fold before a %s that would cross the 75th octet', (character) => {
    for (let before = 0; before < 80; before++) {
      const summary = `x${'a'.repeat(before)}${character.repeat(60)}`
      const bytes = buildCalendar({ ...event, summary })
      const folded = bytes.slice(bytes.indexOf('SUMMARY'), bytes.indexOf('LOCATION')).split('\r\n')
      for (const line of folded) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(folded.map((line) => line.replace(/^ /, '')).join('')).toBe(`SUMMARY:${summary}`)
    }
  })

  test('give October’s doubled hour twice in UTC', () => {
    const startsAt = DateTime.fromISO('2027-10-31T02:30+02:00', { setZone: true })
    const endsAt = DateTime.fromISO('2027-10-31T02:30+01:00', { setZone: true })
    const bytes = buildCalendar({ ...event, startsAt, endsAt })
    expect(bytes).toContain('\r\nDTSTART:20271031T003000Z\r\nDTEND:20271031T013000Z\r\n')
  })
})

describe('whatever people write', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'é',
          '🎴',
          '👩‍👩‍👧',
          '"',
          '\n',
          '\r\n',
          '\\',
          ';',
          ',',
          ':',
          '^',
          '{{',
          ' ',
          'n',
          '\t',
          '\u2028',
        ),
        { maxLength: 60 },
      )
      .map((parts) => parts.join('')),
    fc.constant('\uD83D'),
  )

  test('lines stay within 75 octets, whole characters, CRLF, and everything reads back', () => {
    fc.assert(
      fc.property(
        anything,
        anything,
        anything,
        anything,
        (name, summary, description, location) => {
          const bytes = Buffer.from(
            buildCalendar({
              ...event,
              summary,
              description,
              location,
              organiser: { ...event.organiser, name },
              attendee: { ...event.attendee, name },
            }),
          )
          const text = bytes.toString('utf8')
          expect(Buffer.from(text).equals(bytes)).toBe(true)
          expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
          expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
          let at = 0
          for (const line of text.split('\r\n')) {
            const octets = Buffer.byteLength(line)
            expect(octets).toBeLessThanOrEqual(75)
            const cut = bytes.subarray(at, at + octets)
            expect(cut.toString('utf8')).not.toContain('\uFFFD'.repeat(2))
            expect(Buffer.from(cut.toString('utf8')).equals(cut)).toBe(true)
            at += octets + 2
          }
          const { root, vevent } = parse(text)
          expect(root.getAllSubcomponents()).toHaveLength(1)
          expect(vevent.getAllProperties('attendee')).toHaveLength(1)
          const attendee = vevent.getFirstProperty('attendee')!
          expect(attendee.getFirstValue()).toBe('mailto:maelle@boutique.example')
          expect(attendee.getFirstParameter('cn')).toBe(flat(name, true) || event.attendee.address)
          expect(vevent.getFirstPropertyValue('summary') ?? '').toBe(flat(summary, false))
          expect(vevent.getFirstPropertyValue('location') ?? '').toBe(flat(location, false))
          expect(text).not.toContain('{{')
        },
      ),
      { numRuns: 500 },
    )
  })

  /** What is kept of a one-line text: characters as written, breaks and controls as spaces. */
  function flat(text: string, asName: boolean): string {
    const line = text
      .toWellFormed()
      .replace(/\r\n?|\n|\u2028|\u2029/g, ' ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones
      .replace(/[\u0000-\u001F\u007F]/g, ' ')
      .replace(/\{(?=\{)/g, '{\u200B')
      .trim()
    return asName
      ? line
          .replaceAll('"', "'")
          .replace(/[\^\\]/g, ' ')
          .trim()
      : line
  }
})

describe('refused, because only a mistake in the program can bring it', () => {
  test.each<[string, Partial<CalendarEvent>]>([
    ['an end before the start', { endsAt: new Date('2027-05-20T06:00:00Z') }],
    ['no length', { endsAt: event.startsAt }],
    ['an impossible time', { startsAt: DateTime.invalid('gap') }],
    ['a UID that could break a line', { uid: 'abcdefgh\r\nX-A:1' }],
    ['a negative sequence', { sequence: -1 }],
    ['two addresses', { attendee: { name: '', address: 'a@b.example, c@d.example' } }],
    ['a URL that could break a line', { url: 'https://x.example/\r\nX-A:1' }],
  ])('%s', (_, change) => {
    expect(() => buildCalendar({ ...event, ...change })).toThrow(RangeError)
  })
})
