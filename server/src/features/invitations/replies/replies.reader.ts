import { createHash } from 'node:crypto'
import { type Bounce, lettersOf, readBounce, threadOf } from './replies.bounce.ts'
import {
  addressesOf,
  allOf,
  dmarcOf,
  firstOf,
  type Headers,
  messageIdsOf,
} from './replies.headers.ts'
import { type CalendarMessage, readCalendar } from './replies.itip.ts'
import { BeyondLimits, limits } from './replies.limits.ts'
import { calendarsOf, headersOf, type MailTree, readParts } from './replies.parts.ts'
import { readable } from './replies.text.ts'

/** What a mail brings, of which exactly one thing counts. */
export type MailContent =
  | { kind: 'calendar'; messages: CalendarMessage[]; uids: string[] }
  | { kind: 'bounce'; bounce: Bounce }
  /** Something is there that cannot be read: a person must look into the mailbox. */
  | { kind: 'closed'; why: 'too-large' | 'too-complex' | 'unreadable' | 'winmail' | 'sealed' }
  /** Written by a machine and of no consequence. */
  | { kind: 'automatic'; what: 'absence' | 'receipt' | 'notice' }
  /** Written by somebody, in words. */
  | { kind: 'letter'; text: string | null }

export interface ReadMail {
  /** what makes two deliveries one: the Message-ID, or a hash of the octets where there is none */
  identity: string
  /** the one address of From as it is compared; null when there is none, several, or an odd one */
  from: string | null
  /** Message-IDs it answers */
  thread: string[]
  /** when it was written, by its own account but never later than it came */
  sentAt: Date
  receivedAt: Date
  dmarc: 'pass' | 'fail' | 'unknown'
  content: MailContent
}

/**
 * Reads one raw mail; pure, and never throws on what stands in it.
 * @param receivedAt when our server took it (IMAP’s INTERNALDATE).
 * @param authservId who writes our server’s Authentication-Results, see {@link dmarcOf}.
 */
export function readMail(raw: Buffer, receivedAt: Date, authservId: string | null): ReadMail {
  if (raw.length > limits.mailBytes) return readHead(raw, receivedAt, authservId)
  const envelope = envelopeOf(raw, receivedAt, authservId)
  const content = within(() => contentOf(readParts(raw)), {
    kind: 'closed' as const,
    why: 'too-complex' as const,
  })
  return { ...envelope, content }
}

/** A mail too large to be fetched, by its header block alone; a person finds it by that. */
export function readHead(head: Buffer, receivedAt: Date, authservId: string | null): ReadMail {
  const content = { kind: 'closed', why: 'too-large' } as const
  return { ...envelopeOf(head, receivedAt, authservId), content }
}

function within<T, U>(read: () => T, beyond: U): T | U {
  try {
    return read()
  } catch (error) {
    if (error instanceof BeyondLimits) return beyond
    throw error
  }
}

function envelopeOf(raw: Buffer, receivedAt: Date, authservId: string | null) {
  const headers: Headers = within(() => headersOf(raw), [])
  const { addresses, odd } = addressesOf(allOf(headers, 'from').join(', '))
  const written = new Date(firstOf(headers, 'date').slice(0, 100))
  return {
    identity:
      messageIdsOf(firstOf(headers, 'message-id'))[0] ??
      `sha256:${createHash('sha256').update(raw).digest('base64url')}`,
    from: addresses.length === 1 && !odd ? addresses[0]! : null,
    thread: threadOf(headers),
    sentAt: written < receivedAt ? written : receivedAt,
    receivedAt,
    dmarc: dmarcOf(headers, authservId),
  }
}

function contentOf(tree: MailTree): MailContent {
  const { calendars, unread } = calendarsOf(tree.leaves)
  const messages = calendars
    .map(({ text, method }) => readCalendar(text, method))
    .filter((message) => message.entries.length > 0)
  const answers = messages.some(({ method }) => method === 'REPLY' || method === 'COUNTER')
  // Reports and absence notes give our own invitation back: only an answer within them counts.
  if (!answers) {
    const machine = machineContent(tree)
    if (machine) return machine
  }
  if (messages.length > 0) {
    const uids = messages.flatMap(({ entries }) => entries.map((entry) => entry.uid))
    return { kind: 'calendar', messages, uids: [...new Set(uids)] }
  }
  if (unread || calendars.length > 0) return { kind: 'closed', why: 'unreadable' }
  const types = [tree.type, ...tree.leaves.map((part) => part.type)]
  if (types.some((type) => /ms-tnef/.test(type)) || tree.leaves.some(isWinmail)) {
    return { kind: 'closed', why: 'winmail' }
  }
  // S/MIME as one block, even only signed, and PGP: the answer may be within.
  if (types.some((type) => /^multipart\/encrypted$|pkcs7-mime$/.test(type))) {
    return { kind: 'closed', why: 'sealed' }
  }
  return { kind: 'letter', text: readable(lettersOf(tree), limits.textLength) }
}

const isWinmail = ({ fileName }: { fileName: string }) => /^winmail\.dat$/i.test(fileName)

function machineContent(tree: MailTree): MailContent | undefined {
  const bounce = readBounce(tree)
  if (bounce) {
    return bounce === 'arrived'
      ? { kind: 'automatic', what: 'receipt' }
      : { kind: 'bounce', bounce }
  }
  const header = (name: string) => firstOf(tree.headers, name).trim().toLowerCase()
  if (tree.type === 'multipart/report') return { kind: 'automatic', what: 'receipt' }
  const said = header('auto-submitted').split(/[;\s]/)[0]!
  const autoReply = ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => header(name))
  if (said === 'auto-replied' || autoReply || header('precedence') === 'auto_reply') {
    return { kind: 'automatic', what: 'absence' }
  }
  // Exchange's rules write « auto-generated » for absences; so does Gmail for answers, kept above.
  const notice = said !== '' && said !== 'no'
  const bulk = /^(bulk|junk)$/.test(header('precedence'))
  const list = header('precedence') === 'list' || header('list-id') !== ''
  // Some companies write through a list: what answers a mail may answer one of ours.
  return notice || bulk || (list && threadOf(tree.headers).length === 0)
    ? { kind: 'automatic', what: 'notice' }
    : undefined
}
