import { endOfLine, firstOf, type Headers, readHeaders, structured } from './replies.headers.ts'
import { BeyondLimits, limits } from './replies.limits.ts'
import { decoded, decodeWords, fromUuencode, textOf } from './replies.text.ts'

/** A leaf of a mail's tree; a message within it is one leaf and is not entered (RFC 6047 2.4). */
export interface Part {
  headers: Headers
  /** lower case; text/plain where none is said */
  type: string
  params: ReadonlyMap<string, string>
  fileName: string
  encoding: string
  body: Buffer
}

export interface MailTree {
  headers: Headers
  /** Content-Type of the whole mail */
  type: string
  params: ReadonlyMap<string, string>
  leaves: Part[]
}

/** The leaves of a raw mail in their order (RFC 2046). Throws {@link BeyondLimits}. */
export function readParts(raw: Buffer): MailTree {
  if (raw.length > limits.mailBytes) throw new BeyondLimits('size')
  const start = headStart(raw)
  const leaves: Part[] = []
  let count = 0
  const walk = (bytes: Buffer, at: number, depth: number, fallback: string): Part => {
    if (++count > limits.parts || depth > limits.depth) throw new BeyondLimits('parts')
    const part = partAt(bytes, at, fallback)
    if (!part.type.startsWith('multipart/')) {
      leaves.push(part)
      return part
    }
    const within = part.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
    const children = childrenOf(part)
    for (const child of children) walk(child, 0, depth + 1, within)
    // Without one delimiter it is no multipart, whatever it says: a calendar may still be there.
    if (children.length === 0) leaves.push({ ...part, type: 'text/plain' })
    return part
  }
  const { headers, type, params } = walk(raw, start, 0, 'text/plain')
  return { headers, type, params, leaves }
}

/** The mail's own header block. Throws {@link BeyondLimits}. */
export function headersOf(raw: Buffer): Headers {
  return readHeaders(raw, headStart(raw)).headers
}

/** A mailbox file's separator is no header. */
function headStart(raw: Buffer): number {
  return raw.subarray(0, 5).toString('latin1') === 'From ' ? endOfLine(raw, 0) + 1 : 0
}

function partAt(bytes: Buffer, at: number, fallback: string): Part {
  const { headers, bodyAt } = readHeaders(bytes, at)
  const { value, params } = structured(firstOf(headers, 'content-type'))
  const disposition = structured(firstOf(headers, 'content-disposition'))
  return {
    headers,
    type: value.includes('/') ? value : fallback,
    params,
    fileName: decodeWords(disposition.params.get('filename') ?? params.get('name') ?? ''),
    encoding: firstOf(headers, 'content-transfer-encoding').toLowerCase(),
    body: bytes.subarray(bodyAt),
  }
}

/** The pieces between the delimiters; a missing last delimiter ends with the mail. */
function childrenOf({ params, body }: Part): Buffer[] {
  const boundary = params.get('boundary') ?? guessedBoundary(body)
  if (!boundary) return []
  const delimiter = Buffer.from(`--${boundary}`, 'utf8')
  const children: Buffer[] = []
  let start = -1
  let at = body.indexOf(delimiter)
  while (at >= 0) {
    const end = endOfLine(body, at)
    const tail = at === 0 || body[at - 1] === 0x0a ? tailOf(body, at + delimiter.length, end) : null
    if (tail) {
      if (start >= 0) children.push(body.subarray(start, Math.max(start, at)))
      if (children.length > limits.parts) throw new BeyondLimits('parts')
      start = tail === 'last' ? -1 : Math.min(end + 1, body.length)
      if (tail === 'last') break
    }
    at = body.indexOf(delimiter, end)
  }
  if (start >= 0) children.push(body.subarray(start))
  return children
}

/** What follows a delimiter on its line: nothing, two dashes, or it was a longer boundary. */
function tailOf(body: Buffer, at: number, end: number): 'next' | 'last' | null {
  const first = body[at] ?? 0x0a
  if (end - at > 80 || first > 0x2d) return null
  const tail = body.toString('latin1', at, end).trimEnd()
  if (tail === '--') return 'last'
  return tail === '' ? 'next' : null
}

function guessedBoundary(body: Buffer): string | undefined {
  return /^--([^\s-][^\s]{0,69})[ \t]*\r?$/m.exec(body.subarray(0, 4_096).toString('latin1'))?.[1]
}

/** Decoded text of a part, by its charset or by what it looks like. */
export function textOfPart(part: Part): string {
  return textOf(decoded(part.body, part.encoding), part.params.get('charset') ?? null)
}

const calendarTypes = ['text/calendar', 'application/ics', 'text/x-vcalendar', 'text/ics']

/**
 * The calendars of a mail as text: by type, by file name, or by what stands at the beginning.
 * `unread` when a part says it is one and nothing like it can be made of its octets.
 */
export function calendarsOf(leaves: readonly Part[]): {
  calendars: { text: string; method: string | null }[]
  unread: boolean
} {
  const calendars: { text: string; method: string | null }[] = []
  let unread = false
  for (const part of leaves) {
    if (part.type.startsWith('message/')) continue
    const named = calendarTypes.includes(part.type) || /\.(ics|vcs)$/i.test(part.fileName)
    const text = calendarText(part, named)
    if (text !== undefined) calendars.push({ text, method: part.params.get('method') ?? null })
    else if (named) unread = true
    if (calendars.length > limits.calendars) throw new BeyondLimits('calendars')
  }
  return { calendars, unread }
}

/** With its line's end, which is missing where an encoding was not undone. */
const calendarBegin = /BEGIN:[ \t]{0,8}VCALENDAR[ \t]{0,8}[\r\n]/i

function calendarText(part: Part, named: boolean): string | undefined {
  const plain = /^(text\/(?!html)|application\/octet-stream)/.test(part.type)
  if (!named && !plain) return undefined
  // Four octets a character are the most any encoding here takes.
  if (part.body.length > limits.calendarBytes * 4) {
    if (named) throw new BeyondLimits('calendar')
    return undefined
  }
  const text = textOfPart(part)
  if (named ? calendarBegin.test(text) : /^\s*BEGIN:[ \t]*VCALENDAR/i.test(text))
    return bounded(text)
  const file = fromUuencode(text)
  if (file) return calendarText({ ...part, encoding: '', body: file }, false)
  if (!named) return undefined
  // The encoding said may be wrong: a gateway decoded the part, or never did.
  for (const encoding of ['', 'base64', 'quoted-printable']) {
    const other = textOf(decoded(part.body, encoding), null)
    if (calendarBegin.test(other)) return bounded(other)
  }
  return undefined
}

function bounded(text: string): string {
  if (text.length > limits.calendarBytes) throw new BeyondLimits('calendar')
  return text
}
