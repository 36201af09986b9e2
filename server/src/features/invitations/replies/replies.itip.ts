import { addressKey } from './replies.headers.ts'
import { BeyondLimits, limits } from './replies.limits.ts'
import { type ContentLine, contentLines, unescapeText } from './replies.lines.ts'
import { entities, readable } from './replies.text.ts'
import { type ProposedTime, stampOf, timeOf } from './replies.times.ts'

export interface CalendarAttendee {
  /** the value and EMAIL=, both compared forms; usually one */
  addresses: string[]
  /** PARTSTAT in capitals; NEEDS-ACTION where none is said (RFC 5545 3.2.12) */
  partstat: string
  /** who pressed the button instead, if it was another person */
  sentBy: string | null
  delegated: boolean
  comment: string | null
}

/** One VEVENT of an iTIP object. */
export interface CalendarEntry {
  uid: string
  /** names one occurrence of a series, which our events never are */
  recurrence: boolean
  sequence: number
  stampedAt: Date | null
  attendees: CalendarAttendee[]
  comment: string | null
  startsAt: ProposedTime | null
  endsAt: ProposedTime | null
}

export interface CalendarMessage {
  /** in capitals; '' where neither the calendar nor its part says */
  method: string
  entries: CalendarEntry[]
}

/**
 * What an iTIP object says (RFC 5546). Only what an answer stands on is read: time zones, alarms
 * and times may be wrong in any way, ORGANIZER and SUMMARY missing, END lines lost.
 * @param outerMethod of the part's Content-Type: only counts where the calendar says none.
 */
export function readCalendar(text: string, outerMethod: string | null): CalendarMessage {
  const entries: ContentLine[][] = []
  let method = ''
  let path: string[] = []
  for (const line of contentLines(text)) {
    const component = line.value.toUpperCase()
    if (line.name === 'BEGIN') {
      if (path.length > limits.depth) throw new BeyondLimits('components')
      // Whatever was left open before, an event does not stand within it.
      path = ['VCALENDAR', 'VEVENT', 'VTIMEZONE'].includes(component)
        ? [component]
        : [...path, component]
      if (component === 'VEVENT') entries.push([])
    } else if (line.name === 'END') path = path.slice(0, Math.max(0, path.lastIndexOf(component)))
    else if (path.length === 1 && path[0] === 'VEVENT') entries.at(-1)!.push(line)
    else if (line.name === 'METHOD' && method === '') method = component
  }
  return {
    method: method || (outerMethod ?? '').trim().toUpperCase(),
    entries: entries.flatMap((lines) => entryOf(lines) ?? []),
  }
}

/** The second is Apple’s. */
const commentNames = ['COMMENT', 'X-CALENDARSERVER-ATTENDEE-COMMENT']

function entryOf(lines: readonly ContentLine[]): CalendarEntry | undefined {
  const first = (name: string) => lines.find((line) => line.name === name)
  const uid = plainUid(first('UID')?.value ?? '')
  if (uid === '') return undefined
  const comments = lines.filter((line) => commentNames.includes(line.name))
  const start = first('DTSTART')
  const end = first('DTEND')
  return {
    uid,
    recurrence: first('RECURRENCE-ID') !== undefined,
    sequence: Number(/^\d{1,9}$/.exec(first('SEQUENCE')?.value ?? '')?.[0] ?? 0),
    stampedAt: stampOf(first('DTSTAMP')?.value ?? ''),
    attendees: lines.filter((line) => line.name === 'ATTENDEE').map(attendeeOf),
    comment: readable(
      comments.map((line) => unescapeText(line.value)).join('\n'),
      limits.textLength,
    ),
    startsAt: start ? timeOf(start.value, start.params.get('TZID')) : null,
    endsAt: end ? timeOf(end.value, end.params.get('TZID')) : null,
  }
}

function attendeeOf({ value, params }: ContentLine): CalendarAttendee {
  const stated = [decodedAddress(value), addressKey(params.get('EMAIL') ?? '')]
  const addresses = [...new Set(stated.filter((address) => address.includes('@')))]
  const sender = addressKey(params.get('SENT-BY') ?? '')
  return {
    addresses,
    partstat: params.get('PARTSTAT')?.trim().toUpperCase() || 'NEEDS-ACTION',
    sentBy: sender === '' || addresses.includes(sender) ? null : sender,
    delegated:
      params.has('DELEGATED-TO') ||
      params.has('DELEGATED-FROM') ||
      params.get('PARTSTAT') === 'DELEGATED',
    // Google writes its notes with HTML's entities.
    comment: readable(
      entities(unescapeText(params.get('X-RESPONSE-COMMENT') ?? '')),
      limits.textLength,
    ),
  }
}

/** A mailto: URI may write signs as %2B (RFC 6068). */
function decodedAddress(value: string): string {
  try {
    return addressKey(/^["<]?mailto:/i.test(value) ? decodeURIComponent(value) : value)
  } catch {
    return addressKey(value)
  }
}

const longestUid = 1_000

/**
 * Exchange keeps foreign UIDs within a GlobalObjectId, and some phones answer with that
 * (MS-OXCICAL 2.1.3.1.1.20.26: « vCal-Uid », 01000000, the UID, 00, in hexadecimal).
 */
function plainUid(uid: string): string {
  if (uid.length > longestUid) return ''
  const packed =
    /^040000008200E00074C5B7101A82E008[0-9A-F]{48}7643616C2D55696401000000([0-9A-F]+?)(?:00)*$/i
  const hex = packed.exec(uid)?.[1]
  return hex ? Buffer.from(hex, 'hex').toString('latin1') : uid
}
