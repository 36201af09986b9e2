import { ImapFlow } from 'imapflow'

/** A mail as the server lists it. */
export interface Listed {
  uid: number
  size: number
  receivedAt: Date
}

/** An IMAP folder held open. Any call fails once the connection is gone. */
export interface Folder {
  /** What the progress of this folder is kept under. */
  name: string
  uidValidity: number
  /** UIDs above one, rising. */
  uidsAbove(uid: number): Promise<number[]>
  list(uids: readonly number[]): Promise<Listed[]>
  /** Raw mails by UID, each from its beginning up to `most` octets; marks nothing. */
  fetch(uids: readonly number[], most?: number): Promise<Map<number, Buffer>>
  mark(uids: readonly number[], flags: string[]): Promise<void>
  /** Waits until the server announces something, or for so many milliseconds. */
  untilNews(milliseconds: number): Promise<void>
  close(): Promise<void>
}

/** How long a server that has stopped listening may keep ours from stopping. */
const farewellMilliseconds = 3_000

/**
 * Connects, signs in and opens the folder an address names. With `imap://` the connection is
 * encrypted where the server offers it (STARTTLS); on this same machine its certificate need not
 * be one the world knows.
 * @throws Error when any of it fails.
 */
export async function openFolder(imapUrl: string, signal: AbortSignal): Promise<Folder> {
  const url = new URL(imapUrl)
  const secure = url.protocol === 'imaps:'
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const path = decodeURIComponent(url.pathname.slice(1)) || 'INBOX'
  const client = new ImapFlow({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    tls: { rejectUnauthorized: !local },
    disableAutoIdle: true,
    // Some networks forget silent connections after five minutes.
    maxIdleTime: 240_000,
    logger: false,
  })
  let news = false
  let wake = () => {}
  const ring = () => {
    news = true
    wake()
  }
  client.on('exists', ring)
  client.on('close', ring)
  // Also fails the command under way, which is where it is told.
  client.on('error', () => {})
  const hurry = () => {
    ring()
    setTimeout(() => client.close(), farewellMilliseconds).unref()
  }
  signal.addEventListener('abort', hurry, { once: true })
  const close = async () => {
    signal.removeEventListener('abort', hurry)
    if (client.usable) await client.logout().catch(() => {})
    client.close()
  }
  /** imapflow keeps the failures of some commands to itself. */
  const sure = () => {
    if (!client.usable) throw new Error('the connection was closed')
  }
  try {
    await client.connect()
    const { uidValidity } = await client.mailboxOpen(path)
    return {
      name: `${url.host}/${url.username}/${path}`,
      uidValidity: Number(uidValidity),
      async uidsAbove(uid) {
        sure()
        const found = await client.search({ uid: `${uid + 1}:*` }, { uid: true })
        sure()
        if (!found) throw new Error('the server does not search')
        // « n:* » always finds the last mail, however low its number.
        return found.filter((one) => one > uid).sort((a, b) => a - b)
      },
      async list(uids) {
        sure()
        const query = { uid: true, size: true, internalDate: true }
        const listed = await client.fetchAll([...uids], query, { uid: true })
        // Else what was not listed would pass for deleted.
        sure()
        return listed.map(({ uid, size, internalDate }) => ({
          uid,
          size: size ?? 0,
          receivedAt: new Date(internalDate ?? 0),
        }))
      },
      async fetch(uids, most) {
        sure()
        const source = most === undefined ? true : { start: 0, maxLength: most }
        const fetched = await client.fetchAll([...uids], { uid: true, source }, { uid: true })
        sure()
        return new Map(fetched.map(({ uid, source: raw }) => [uid, raw ?? Buffer.alloc(0)]))
      },
      async mark(uids, flags) {
        sure()
        await client.messageFlagsAdd([...uids], flags, { uid: true })
        // A folder in which we may mark nothing is read all the same; a lost connection is not.
        sure()
      },
      async untilNews(milliseconds) {
        if (!news) {
          client.idle().catch(ring)
          const { promise, resolve } = Promise.withResolvers<void>()
          wake = resolve
          const timer = setTimeout(resolve, milliseconds)
          await promise
          clearTimeout(timer)
        }
        news = false
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
