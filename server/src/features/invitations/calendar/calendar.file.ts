import { neutraliseCapabilities } from '#server/platform/capabilities.ts'
import { foldCalendar, unfoldCalendar } from '#server/platform/mail/calendar.lines.ts'

/** A meeting as a calendar merely shows it: nobody is invited, nothing is asked. */
export interface CalendarEntry {
  uid: string
  sequence: number
  stampedAt: Date
  startsAt: Date
  endsAt: Date
  summary: string
  description: string
  location: string
}

/** A calendar that programs come back to by themselves. */
export interface FeedHead {
  name: string
  /** How often to come back, in hours; Google decides for itself (8 to 24 hours). */
  refreshHours: number
}

/** What an invitation says of a meeting and a feed repeats; the rest is about answering. */
const repeated =
  /^(UID|SEQUENCE|DTSTAMP|DTSTART|DTEND|SUMMARY|LOCATION|DESCRIPTION|STATUS|URL)(?=[;:])/

/**
 * Content lines of the event in a message of ours, without attendee and organiser: in what is
 * published they would ask for an answer (RFC 5546 3.2.1).
 */
export function entryOfMessage(calendar: string): string[] {
  const lines = unfoldCalendar(calendar)
  const event = lines.slice(lines.indexOf('BEGIN:VEVENT') + 1, lines.indexOf('END:VEVENT'))
  return event.filter((line) => repeated.test(line))
}

/** Content lines of an event, times in UTC (RFC 5545 3.3.5). */
export function entryLines(entry: CalendarEntry): string[] {
  return [
    `UID:${entry.uid}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${utc(entry.stampedAt)}`,
    `DTSTART:${utc(entry.startsAt)}`,
    `DTEND:${utc(entry.endsAt)}`,
    `SUMMARY:${escaped(entry.summary)}`,
    `DESCRIPTION:${escaped(entry.description)}`,
    `LOCATION:${escaped(entry.location)}`,
    'STATUS:CONFIRMED',
  ]
}

/**
 * A calendar without METHOD, ORGANIZER or ATTENDEE: one to download, or with a head one to follow.
 * The same entries in any order make the same bytes.
 */
export function calendarFile(entries: readonly string[][], head?: FeedHead): string {
  const named = head
    ? [
        `NAME:${escaped(head.name)}`,
        `X-WR-CALNAME:${escaped(head.name)}`,
        `REFRESH-INTERVAL;VALUE=DURATION:PT${head.refreshHours}H`,
        `X-PUBLISHED-TTL:PT${head.refreshHours}H`,
      ]
    : []
  const events = entries
    .map((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'])
    .sort((one, other) => (one.join('\n') < other.join('\n') ? -1 : 1))
  return foldCalendar([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//10 de coeur//Vis ma vie//FR',
    'CALSCALE:GREGORIAN',
    ...named,
    ...events.flat(),
    'END:VCALENDAR',
  ])
}

function utc(instant: Date): string {
  return instant.toISOString().replace(/[-:]|\.\d+/g, '')
}

/** TEXT values (RFC 5545 3.3.11): escaped once, without the control characters it forbids. */
function escaped(text: string): string {
  return (
    neutraliseCapabilities(text.toWellFormed())
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those RFC 5545 3.1 forbids in text
      .replace(/[\u0000-\u0009\u000B-\u001F\u007F]/g, ' ')
      .trim()
      .replace(/[\\;,]/g, '\\$&')
      .replaceAll('\n', '\\n')
  )
}
