import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator'
import type { DateTime } from 'luxon'
import { neutraliseCapabilities } from '#server/platform/capabilities.ts'
import { foldCalendar, unfoldCalendar } from '#server/platform/mail/calendar.lines.ts'

type Party = { name: string; address: string }

/** One event for one person. `sequence` and `stampedAt` must rise as RFC 5546 2.1.4–2.1.5 ask. */
export type CalendarEvent = {
  method: 'REQUEST' | 'CANCEL'
  /** stored once, the same in every mail about this event: letters, digits, `.`, `-`, `@` */
  uid: string
  sequence: number
  stampedAt: Date | DateTime
  startsAt: Date | DateTime
  endsAt: Date | DateTime
  summary: string
  description: string
  location: string
  /** the installation's own mailbox: programs answer to it, so it must be the From as well */
  organiser: Party
  attendee: Party
  /**
   * what the attendee has said before, nothing they answered to having changed: kept, and after a
   * yes not asked again (RFC 5546 2.1.4); only for a REQUEST that updates. STATUS stays CONFIRMED
   * after a maybe: it speaks of the meeting, PARTSTAT of its one attendee.
   */
  answered?: 'yes' | 'maybe' | null
  /** where to answer without a calendar: a URL, or a capability placeholder to be filled on leaving */
  url?: string
}

/**
 * The exact bytes (as a string, to be sent as UTF-8) of an iTIP REQUEST or CANCEL (RFC 5545, 5546).
 * Times are written in UTC: right in every program and needing no VTIMEZONE.
 * Throws on what only a programming mistake can bring: odd UID, address, or times.
 */
export function buildCalendar(event: CalendarEvent): string {
  const startsAt = instant(event.startsAt)
  const endsAt = instant(event.endsAt)
  // The library would swap them without a word.
  if (endsAt <= startsAt) throw new RangeError('a calendar event ends after it starts')
  if (!/^[\w.@-]{8,200}$/.test(event.uid)) throw new RangeError('odd calendar UID')
  if (!Number.isSafeInteger(event.sequence) || event.sequence < 0)
    throw new RangeError('a SEQUENCE counts from 0')
  const invites = event.method === 'REQUEST'
  const calendar = ical({
    method: ICalCalendarMethod[event.method],
    prodId: { company: '10 de coeur', product: 'Vis ma vie', language: 'FR' },
  })
  const entry = calendar.createEvent({
    id: event.uid,
    sequence: event.sequence,
    stamp: instant(event.stampedAt),
    start: startsAt,
    end: endsAt,
    summary: oneLine(event.summary),
    location: oneLine(event.location),
    description: describe(event),
    status: invites ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    organizer: { name: commonName(event.organiser), email: addressOf(event.organiser) },
  })
  const attendee = {
    name: commonName(event.attendee),
    email: addressOf(event.attendee),
    type: ICalAttendeeType.INDIVIDUAL,
    role: ICalAttendeeRole.REQ,
  }
  entry.createAttendee(
    !invites
      ? attendee
      : { ...attendee, rsvp: event.answered !== 'yes', status: partstat(event.answered) },
  )
  // Some programs compare the scheme letter by letter; the library shouts it for attendees.
  const lines = unfoldCalendar(calendar.toString()).map((line) =>
    line.replace(/:MAILTO:(?=[^:]*$)/, ':mailto:'),
  )
  // The library escapes commas in a URL as if it were text: a URI value takes no escapes.
  if (event.url) lines.splice(lines.indexOf('END:VEVENT'), 0, `URL:${uri(event.url)}`)
  return foldCalendar(lines)
}

function partstat(answered: CalendarEvent['answered']): ICalAttendeeStatus {
  if (answered === 'yes') return ICalAttendeeStatus.ACCEPTED
  return answered === 'maybe' ? ICalAttendeeStatus.TENTATIVE : ICalAttendeeStatus.NEEDSACTION
}

function describe(event: CalendarEvent): string {
  const text = clean(event.description).trim()
  // Outlook and Gmail do not show the URL property: the link is the description's last line too.
  return event.url ? `${text}\n\n${uri(event.url)}`.trim() : text
}

function instant(time: Date | DateTime): Date {
  const date = time instanceof Date ? time : time.toJSDate()
  if (Number.isNaN(date.getTime())) throw new RangeError('not a time')
  return date
}

function clean(text: string): string {
  return neutraliseCapabilities(
    text
      .toWellFormed()
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 3.1 forbids them in text
      .replace(/[\u0000-\u0009\u000B-\u001F\u007F]/g, ' '),
  )
}

function oneLine(text: string): string {
  return clean(text).replaceAll('\n', ' ').trim()
}

/**
 * CN= without double quotes and carets, which Outlook and Gmail show as `^'` (RFC 6868), nor
 * backslashes, which Thunderbird takes for an escape that parameters do not have.
 */
function commonName(party: Party): string {
  const name = oneLine(party.name)
    .replaceAll('"', "'")
    .replace(/[\^\\]/g, ' ')
    .trim()
  return name === '' ? party.address : name
}

function addressOf(party: Party): string {
  if (!/^[^\s"(),:;<>@[\\\]]+@[^\s"(),:;<>@[\\\]]+$/.test(party.address))
    throw new RangeError('not a mail address')
  return party.address
}

function uri(url: string): string {
  if (/[\s"<>\\]/.test(url)) throw new RangeError('not a URL')
  return url
}
