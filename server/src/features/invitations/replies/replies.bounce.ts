import {
  addressKey,
  allOf,
  firstOf,
  type Headers,
  messageIdsOf,
  readHeaders,
} from './replies.headers.ts'
import { readCalendar } from './replies.itip.ts'
import { limits } from './replies.limits.ts'
import { calendarsOf, type MailTree, readParts, textOfPart } from './replies.parts.ts'
import { decoded, entities, readable } from './replies.text.ts'

/** A mail of ours did not arrive, or not yet. Nothing proves who says so: show it, undo nothing. */
export interface Bounce {
  /** `failed` for good (class 5), or `delayed`: the server is still trying */
  outcome: 'failed' | 'delayed'
  /** enhanced status code (RFC 3463) such as 5.1.1 */
  status: string | null
  /** the address we wrote to, as it is compared */
  recipient: string | null
  /** Message-IDs that may be of our mail, with angle brackets */
  messageIds: string[]
  /** UID of the calendar in our mail, where it came back with it */
  uid: string | null
  /** what the other server said, for a person */
  diagnostic: string | null
}

const statusPattern = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/

/**
 * A delivery report (RFC 3464), or one of the common bounces that look like a letter; `arrived` for
 * a report of success, undefined for anything else.
 */
export function readBounce(tree: MailTree): Bounce | 'arrived' | undefined {
  const report = tree.leaves.find((part) => /^message\/(global-)?delivery-status$/.test(part.type))
  if (report) return standardBounce(tree, decoded(report.body, report.encoding))
  const letter = letterBounce(tree)
  const lost = tree.params.get('report-type')?.toLowerCase() === 'delivery-status'
  return letter ?? (lost ? standardBounce(tree, Buffer.alloc(0)) : undefined)
}

function standardBounce(tree: MailTree, bytes: Buffer): Bounce | 'arrived' {
  const groups: Headers[] = []
  for (let at = 0; at < bytes.length && groups.length < limits.parts; ) {
    const { headers, bodyAt } = readHeaders(bytes, at)
    groups.push(headers)
    at = Math.max(bodyAt, at + 1)
  }
  const recipients = groups.filter(
    (group) => firstOf(group, 'final-recipient') || firstOf(group, 'action'),
  )
  const outcomes = recipients.map(outcomeOf)
  const worst = outcomes.includes('failed') ? 'failed' : 'delayed'
  if (recipients.length > 0 && !outcomes.includes(worst)) return 'arrived'
  const told = recipients[outcomes.indexOf(worst)] ?? []
  return {
    outcome: recipients.length > 0 ? worst : 'failed',
    status: statusPattern.exec(firstOf(told, 'status'))?.[0] ?? null,
    recipient: recipientOf(told) ?? failedRecipient(tree.headers),
    ...originalOf(tree),
    diagnostic: readable(firstOf(told, 'diagnostic-code').replace(/^[\w-]+;\s*/, ''), 500),
  }
}

function outcomeOf(group: Headers): 'failed' | 'delayed' | 'arrived' {
  const action = firstOf(group, 'action').toLowerCase()
  if (action.startsWith('failed')) return 'failed'
  if (action.startsWith('delayed')) return 'delayed'
  if (action !== '') return 'arrived'
  const kind = firstOf(group, 'status').trim()[0]
  return kind === '2' ? 'arrived' : kind === '4' ? 'delayed' : 'failed'
}

/** The address we used comes first: the final one may be another's behind a redirection. */
function recipientOf(group: Headers): string | null {
  for (const name of ['original-recipient', 'final-recipient']) {
    const address = addressKey(firstOf(group, name).replace(/^[\w-]+\s*;/, ''))
    if (address.includes('@')) return address
  }
  return null
}

function failedRecipient(headers: Headers): string | null {
  const address = addressKey(firstOf(headers, 'x-failed-recipients').split(',')[0]!)
  return address.includes('@') ? address : null
}

/** Which mail it was: the one that came back within, or the thread the report is written into. */
function originalOf(tree: MailTree): Pick<Bounce, 'messageIds' | 'uid'> {
  const returned = tree.leaves.filter((part) =>
    /^(message\/(rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/.test(
      part.type,
    ),
  )
  const ids: string[] = []
  let uid: string | null = null
  for (const part of returned.slice(0, 3)) {
    const original = readParts(decoded(part.body, part.encoding))
    ids.push(...messageIdsOf(firstOf(original.headers, 'message-id')))
    for (const calendar of calendarsOf(original.leaves).calendars) {
      uid ??= readCalendar(calendar.text, calendar.method).entries[0]?.uid ?? null
    }
  }
  return { messageIds: [...new Set([...ids, ...threadOf(tree.headers)])], uid }
}

/** Message-IDs a mail says it answers. */
export function threadOf(headers: Headers): string[] {
  const fields = ['in-reply-to', 'references'].flatMap((name) => allOf(headers, name))
  return [...new Set(fields.flatMap(messageIdsOf))].slice(0, 50)
}

/** Bounces in words: Exim's and older servers', which name recipient and code in plain text. */
function letterBounce(tree: MailTree): Bounce | undefined {
  const failed = failedRecipient(tree.headers)
  const sender = /(^|[<\s:])(mailer-daemon|mail-daemon|postmaster)@/i
  const fromServer = sender.test(firstOf(tree.headers, 'from').slice(0, 1_000))
  // An empty Return-Path alone proves nothing: absence notes have one too.
  if (!failed && !fromServer) return undefined
  const text = lettersOf(tree)
  const status = statusPattern.exec(text)
  const code = /(?<![\d.])([45])\d\d[ -](?=\S)/.exec(text)
  if (!failed && !status && !code) return undefined
  const kind = status?.[1] ?? code?.[1] ?? '5'
  if (kind === '2') return undefined
  const quoted = /^[>\s]{0,4}Message-ID:\s{0,4}(<[^<>\s]{3,300}>)/im.exec(text)?.[1]
  const named = /<([^<>\s@]{1,100}@[^<>\s@]{1,200})>/.exec(text)?.[1]
  const original = originalOf(tree)
  return {
    outcome: kind === '4' ? 'delayed' : 'failed',
    status: status?.[0] ?? null,
    recipient: failed ?? (named ? addressKey(named) : null),
    messageIds: [...new Set([quoted ?? [], original.messageIds].flat())],
    uid: original.uid,
    diagnostic: readable(lineWith(text, status ?? code), 500),
  }
}

function lineWith(text: string, match: RegExpExecArray | null): string {
  if (!match) return ''
  const end = text.indexOf('\n', match.index)
  return text.slice(text.lastIndexOf('\n', match.index) + 1, end < 0 ? undefined : end)
}

/** The beginning of what a person would read; of HTML only the words. */
export function lettersOf(tree: MailTree): string {
  const written = (type: string) =>
    tree.leaves.find((leaf) => leaf.type === type && leaf.fileName === '')
  const part = written('text/plain') ?? written('text/html')
  if (!part) return ''
  const text = textOfPart({ ...part, body: part.body.subarray(0, 64 * 1024) })
  if (part.type === 'text/plain') return text.replaceAll('\r\n', '\n')
  const body = text.slice(Math.max(0, text.search(/<body/i)))
  const lines = body.replace(/\s+/g, ' ').replace(/<(?:br|\/p|\/div)[^<>]*>/gi, '\n')
  return entities(lines.replace(/<[^<>]*>/g, ''))
}
