import { isAscii } from 'node:buffer'
import { domainToASCII } from 'node:url'
import { BeyondLimits, limits } from './replies.limits.ts'
import { trimEnd } from './replies.text.ts'

/** Header fields in their order, names in lower case, values unfolded and otherwise as written. */
export type Headers = readonly { name: string; value: string }[]

/** Reads a header block (RFC 5322 2.2) from `start`; what is no field is skipped, not an end. */
export function readHeaders(raw: Buffer, start: number): { headers: Headers; bodyAt: number } {
  const lines: string[] = []
  let at = start
  while (at < raw.length) {
    const end = endOfLine(raw, at)
    if (end - start > limits.headerBytes) throw new BeyondLimits('headers')
    const line = headerText(raw.subarray(at, end))
    // Some gateways lose the empty line before a calendar.
    if (/^BEGIN:[ \t]*VCALENDAR/i.test(line)) break
    at = Math.min(end + 1, raw.length)
    if (line === '') break
    if (/^[ \t]/.test(line) && lines.length > 0) lines.push(`${lines.pop()}${line}`)
    else lines.push(line)
  }
  const headers = lines.flatMap((line) => {
    const field = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line)
    return field ? [{ name: field[1]!.toLowerCase(), value: field[2]!.trim() }] : []
  })
  return { headers, bodyAt: at }
}

/** UTF-8 (RFC 6532) or a byte a letter; a byte order mark stays, so that it makes no field. */
function headerText(bytes: Buffer): string {
  const line = trimEnd(bytes.toString('latin1'), '\r')
  if (isAscii(bytes)) return line
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(0, line.length),
    )
  } catch {
    return line
  }
}

export function endOfLine(raw: Buffer, at: number): number {
  const end = raw.indexOf(0x0a, at)
  return end < 0 ? raw.length : end
}

export function allOf(headers: Headers, name: string): string[] {
  return headers.filter((field) => field.name === name).map((field) => field.value)
}

/** The first of that name: later ones may have been slipped in. */
export function firstOf(headers: Headers, name: string): string {
  return headers.find((field) => field.name === name)?.value ?? ''
}

/** Longer values are no real ones, and patterns below may take the square of their length. */
const longestValue = 8_000

/** A value with parameters, as in Content-Type (RFC 2045 5.1, RFC 2231); of two alike the first. */
export function structured(text: string): { value: string; params: ReadonlyMap<string, string> } {
  const [value = '', ...pieces] = splitOutside(text.slice(0, longestValue), ';')
  const params = new Map<string, string>()
  const runs = new Map<string, string>()
  for (const piece of pieces) {
    const match = /^\s*([^\s=*]+)(\*\d+)?(\*)?\s*=(.*)$/s.exec(piece)
    if (!match) continue
    const name = match[1]!.toLowerCase()
    const content = match[3] ? percentDecoded(unquoted(match[4]!)) : unquoted(match[4]!)
    if (match[2]) runs.set(name, (runs.get(name) ?? '') + content)
    else if (!params.has(name)) params.set(name, content)
  }
  for (const [name, content] of runs) if (!params.has(name)) params.set(name, content)
  return { value: value.trim().toLowerCase(), params }
}

/** Splits outside of quoted strings and leaves comments out (RFC 5322 3.2.2). */
export function splitOutside(text: string, separators: string): string[] {
  return split(text, separators, true) ?? split(text, separators, false)!
}

function split(text: string, separators: string, comments: boolean): string[] | undefined {
  const pieces: string[] = []
  let from = 0
  let kept = ''
  let quoted = false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '\\' && (quoted || depth > 0)) at++
    else if (depth === 0 && character === '"') quoted = !quoted
    else if (quoted) continue
    else if (comments && character === '(') {
      if (depth++ === 0) kept += text.slice(from, at)
    } else if (comments && character === ')' && depth > 0) {
      if (--depth === 0) from = at + 1
    } else if (depth === 0 && separators.includes(character)) {
      pieces.push(kept + text.slice(from, at))
      kept = ''
      from = at + 1
    }
  }
  // An unclosed bracket is no comment: it would swallow the boundary after it.
  if (depth > 0) return undefined
  pieces.push(kept + text.slice(from))
  return pieces
}

function unquoted(text: string): string {
  const inner = /^\s*"((?:\\.|[^"\\])*)"?/s.exec(text)
  return inner ? inner[1]!.replace(/\\(.)/gs, '$1') : text.trim()
}

function percentDecoded(text: string): string {
  const content = text.replace(/^[\w-]*'[\w-]*'/, '')
  try {
    return decodeURIComponent(content)
  } catch {
    return content
  }
}

const addressPattern = /^[^\s"(),:;<>@[\]\\]+@[^\s"(),:;<>@[\]\\]+$/

/**
 * The addresses of a From or Sender field: names, comments, groups and several mailboxes are
 * understood (RFC 5322 3.4). `odd` when something that may be an address is not plainly one.
 */
export function addressesOf(value: string): { addresses: string[]; odd: boolean } {
  const addresses: string[] = []
  if (value.length > longestValue) return { addresses, odd: true }
  let odd = false
  for (const piece of splitOutside(value, ',;')) {
    // Addresses within a quoted name are only words, whatever a program shows.
    const bare = piece.replace(/"(?:\\.|[^"\\])*"/gs, '""').replace(/^[^<>:@]*:/, '')
    const angles = bare.match(/<[^<>]*>/g) ?? []
    const candidate = (angles.length > 0 ? angles[0]!.slice(1, -1) : bare).trim()
    if (angles.length > 1 || /<[^<>]*$/.test(bare)) odd = true
    else if (addressPattern.test(candidate)) addresses.push(addressKey(candidate))
    else if (candidate.includes('@')) odd = true
  }
  return { addresses: [...new Set(addresses)], odd }
}

const longestAddress = 400

/**
 * An address as it is compared: lower case, its domain as DNS writes it, no « mailto: »; '' for
 * something endless.
 */
export function addressKey(address: string): string {
  if (address.length > longestAddress) return ''
  const bare = address.trim().replace(/^["'<\s]+|[>"'\s]+$/g, '')
  const plain = bare
    .replace(/^mailto:\s*/i, '')
    .normalize('NFC')
    .toLowerCase()
  const at = plain.lastIndexOf('@')
  if (at < 0) return plain
  const domain = plain.slice(at + 1).replace(/\.$/, '')
  return `${plain.slice(0, at)}@${domainToASCII(domain) || domain}`
}

/** Message-IDs in angle brackets, as they stand. */
export function messageIdsOf(value: string): string[] {
  return (value.match(/<[^<>\s]{1,500}>/g) ?? []).slice(0, 50)
}

/**
 * What our own receiving server says about DMARC (RFC 8601). Its fields stand together on top:
 * from the first with its authserv-id to the next Received; whatever is further down came with the
 * mail and is worth nothing.
 * @param authservId as the server signs; '' for one that writes none (Exchange Online); null trusts
 *   nobody.
 */
export function dmarcOf(headers: Headers, authservId: string | null): 'pass' | 'fail' | 'unknown' {
  if (authservId === null) return 'unknown'
  const results: string[] = []
  let found = false
  for (const { name, value } of headers) {
    if (found && name === 'received') break
    if (name !== 'authentication-results') continue
    const pieces = splitOutside(value.slice(0, longestValue), ';')
    const first = pieces[0]!.trim()
    const id = /^\w+\s*=/.test(first) ? '' : (first.split(/\s/)[0] ?? '')
    if (id.toLowerCase() !== authservId.toLowerCase()) continue
    found = true
    results.push(...pieces.flatMap((piece) => /^\s*dmarc\s*=\s*(\w+)/i.exec(piece)?.[1] ?? []))
  }
  const words = results.map((result) => result.toLowerCase())
  if (words.includes('fail')) return 'fail'
  return words.includes('pass') ? 'pass' : 'unknown'
}
