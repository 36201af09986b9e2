import { BeyondLimits, limits } from './replies.limits.ts'

/** One property of a calendar: names in capitals, parameters unquoted, the value as written. */
export interface ContentLine {
  name: string
  params: ReadonlyMap<string, string>
  value: string
}

/** The properties of RFC 5545 and 7986 that may begin a line; everything else continues one. */
const propertyNames = new Set(
  `BEGIN END VERSION PRODID METHOD CALSCALE NAME UID DTSTAMP DTSTART DTEND DUE DURATION SEQUENCE
  STATUS SUMMARY DESCRIPTION LOCATION COMMENT ORGANIZER ATTENDEE CONTACT CREATED LAST-MODIFIED CLASS
  TRANSP PRIORITY CATEGORIES URL GEO RESOURCES RELATED-TO ATTACH RRULE RDATE EXDATE EXRULE
  RECURRENCE-ID REQUEST-STATUS TZID TZNAME TZOFFSETFROM TZOFFSETTO TZURL ACTION TRIGGER REPEAT
  FREEBUSY COMPLETED PERCENT-COMPLETE COLOR IMAGE CONFERENCE REFRESH-INTERVAL SOURCE`.split(/\s+/),
)

/**
 * The content lines of a calendar (RFC 5545 3.1) as programs really write them: CRLF, LF or CR, a
 * byte order mark, empty lines, lines broken without the space that says so, or indented as a
 * whole. Throws {@link BeyondLimits}.
 */
export function contentLines(calendar: string): ContentLine[] {
  const raw = calendar.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const begin = raw.find((line) => /^[ \t]+BEGIN:[ \t]*VCALENDAR/i.test(line))
  const indent = begin ? begin.length - begin.trimStart().length : 0
  const lines: string[][] = []
  for (const line of raw) {
    const rest = line.slice(0, indent).trim() === '' ? line.slice(indent) : line
    if (rest.trim() === '') continue
    const folded = /^[ \t]/.test(rest)
    if (folded && lines.length > 0) lines.at(-1)!.push(rest.slice(1))
    else if (beginsProperty(rest) || lines.length === 0) lines.push([rest])
    else lines.at(-1)!.push(rest)
    if (lines.length > limits.calendarLines) throw new BeyondLimits('calendar lines')
  }
  return lines.flatMap((pieces) => {
    const line = pieces.join('')
    if (line.length > limits.lineLength) throw new BeyondLimits('calendar line')
    return contentLine(line) ?? []
  })
}

function beginsProperty(line: string): boolean {
  const name = /^([A-Za-z-]{2,40})[ \t]*[;:]/.exec(line)?.[1]?.toUpperCase()
  return name !== undefined && (propertyNames.has(name) || /^X-[A-Z]/.test(name))
}

function contentLine(line: string): ContentLine | undefined {
  const name = /^[A-Za-z0-9-]{1,80}/.exec(line)?.[0]
  if (!name) return undefined
  const colon = valueAt(line, name)
  if (colon < 0) return undefined
  const params = new Map<string, string>()
  for (const piece of splitParams(line.slice(name.length, colon))) {
    const equals = piece.indexOf('=')
    if (equals < 0) continue
    const key = piece.slice(0, equals).trim().toUpperCase()
    if (!params.has(key)) params.set(key, parameterText(piece.slice(equals + 1).trim()))
  }
  return { name: name.toUpperCase(), params, value: line.slice(colon + 1).trim() }
}

/** Where the value begins: after the first colon outside of quotes, or before an address's scheme. */
function valueAt(line: string, name: string): number {
  const masked = maskQuoted(line)
  if (name.toUpperCase() === 'ATTENDEE') {
    // Names and delegates stand there unquoted, with colons of their own.
    const scheme = [...masked.matchAll(/:[ \t]{0,8}mailto:/gi)].at(-1)
    if (scheme) return scheme.index
  }
  const first = masked.indexOf(':')
  return first >= 0 ? first : line.indexOf(':')
}

function splitParams(text: string): string[] {
  const masked = maskQuoted(text)
  const pieces: string[] = []
  let from = 0
  for (let at = masked.indexOf(';'); at >= 0; at = masked.indexOf(';', at + 1)) {
    pieces.push(text.slice(from, at))
    from = at + 1
  }
  return [...pieces, text.slice(from)]
}

/** Quoted strings made blank, letter for letter; a quote that never closes is a letter. */
function maskQuoted(text: string): string {
  return text.replace(/"[^"]*"/g, (quoted) => '_'.repeat(quoted.length))
}

/** Without quotes and the escapes of RFC 6868. */
function parameterText(text: string): string {
  const bare = text.replace(/^"(.*)"$/s, '$1')
  return bare.replace(/\^([n'^])/g, (_, sign) => (sign === 'n' ? '\n' : sign === "'" ? '"' : '^'))
}

/** A text value without its escapes (RFC 5545 3.3.11). */
export function unescapeText(text: string): string {
  return text.replace(/\\([nN\\;,:"])/g, (_, sign) => (/n/i.test(sign) ? '\n' : sign))
}
