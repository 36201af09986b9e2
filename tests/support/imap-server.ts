import { createServer, type Socket } from 'node:net'

/** A mailbox a test fills, as a mail server would keep it. */
export interface TestMailbox {
  url: string
  /** Puts a mail into INBOX. @returns its UID. */
  deliver(raw: Buffer | string, receivedAt?: Date): Promise<number>
  flagsOf(uid: number): Promise<string[]>
  /** As after a restored backup: the same mails under other UIDs. */
  renumber(): Promise<void>
  dropConnections(): Promise<void>
  stop(): Promise<void>
}

interface Mail {
  uid: number
  raw: Buffer
  receivedAt: Date
  flags: Set<string>
}

interface Session {
  socket: Socket
  signedIn: boolean
  selected: boolean
  /** Tag of the IDLE under way. */
  idling: string | undefined
  told: number
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * An IMAP4rev1 server (RFC 3501) on a socket, with IDLE (RFC 2177) and one folder: as much of it as
 * a program that reads a mailbox uses, and nothing it would not find elsewhere. Commands it does not
 * know are answered BAD.
 * @param options.idle false for a server that cannot announce new mail.
 * @param options.onMark called before a mail is marked; false leaves the command undone, unanswered.
 */
export async function startImapServer(
  options: { idle?: boolean; onMark?: () => boolean } = {},
): Promise<
  TestMailbox & { fetchedOctets(): number; connections(): number; refuse(yes: boolean): void }
> {
  const capabilities = options.idle === false ? 'IMAP4rev1' : 'IMAP4rev1 IDLE'
  const user = 'answers@coeur.example'
  const password = 'pass "word" \\ é'
  const mails: Mail[] = []
  const sessions = new Set<Session>()
  let uidValidity = 1_700_000_000
  let uidNext = 1
  let fetched = 0
  let refusing = false

  const server = createServer((socket) => {
    if (refusing) {
      socket.destroy()
      return
    }
    const session: Session = {
      socket,
      signedIn: false,
      selected: false,
      idling: undefined,
      told: 0,
    }
    // Many small answers: each would wait for the client to acknowledge the one before.
    socket.setNoDelay(true)
    sessions.add(session)
    socket.on('close', () => sessions.delete(session))
    socket.on('error', () => {})
    send(session, `* OK [CAPABILITY ${capabilities}] ready`)
    readCommands(session)
  })

  const send = ({ socket }: Session, line: string) => void socket.write(`${line}\r\n`)

  /** Splits what arrives into commands; a literal is asked for and becomes part of its command. */
  function readCommands(session: Session) {
    let waiting: Buffer = Buffer.alloc(0)
    let command = ''
    let asked = false
    session.socket.on('data', (data) => {
      waiting = Buffer.concat([waiting, data])
      for (;;) {
        const end = waiting.indexOf('\r\n')
        if (end < 0) return
        const line = command + waiting.subarray(0, end).toString('utf8')
        const literal = /\{(\d+)\}$/.exec(line)
        if (literal) {
          const length = Number(literal[1])
          if (waiting.length < end + 2 + length) {
            if (!asked) send(session, '+ go on')
            asked = true
            return
          }
          asked = false
          const text = waiting.subarray(end + 2, end + 2 + length).toString('utf8')
          command = `${line.slice(0, literal.index)}${JSON.stringify(text)}`
          waiting = waiting.subarray(end + 2 + length)
          continue
        }
        waiting = waiting.subarray(end + 2)
        command = ''
        answer(session, line)
      }
    })
  }

  function answer(session: Session, line: string) {
    if (session.idling) {
      const tag = session.idling
      session.idling = undefined
      return send(session, line.toUpperCase() === 'DONE' ? `${tag} OK IDLE ended` : `${tag} BAD`)
    }
    const [, tag = '*', name = '', rest = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/is.exec(line) ?? []
    const ok = () => send(session, `${tag} OK done`)
    const command = name.toUpperCase()
    if (command === 'CAPABILITY') {
      send(session, `* CAPABILITY ${capabilities}`)
      return ok()
    }
    if (command === 'LOGOUT') {
      send(session, '* BYE')
      ok()
      return void session.socket.end()
    }
    if (command === 'LOGIN') {
      session.signedIn = wordsOf(rest).join('\n') === `${user}\n${password}`
      return send(session, `${tag} ${session.signedIn ? 'OK' : 'NO [AUTHENTICATIONFAILED]'} login`)
    }
    if (!session.signedIn) return send(session, `${tag} NO sign in first`)
    if (command === 'LIST' || command === 'LSUB') {
      send(session, `* ${command} (\\HasNoChildren) "/" INBOX`)
      return ok()
    }
    if (command === 'SELECT') return select(session, tag, rest)
    if (!session.selected) return send(session, `${tag} NO select first`)
    if (command === 'NOOP') {
      tellExists(session)
      return ok()
    }
    if (command === 'IDLE' && options.idle !== false) {
      send(session, '+ idling')
      session.idling = tag
      return tellExists(session)
    }
    if (command === 'UID SEARCH') {
      const set = /^UID (\S+)$/i.exec(rest)?.[1]
      if (!set) return send(session, `${tag} BAD`)
      send(
        session,
        `* SEARCH${inSet(set)
          .map(({ uid }) => ` ${uid}`)
          .join('')}`,
      )
      return ok()
    }
    if (command === 'UID FETCH') return fetchMails(session, tag, rest)
    if (command === 'UID STORE') return store(session, tag, rest)
    return send(session, `${tag} BAD unknown command`)
  }

  function select(session: Session, tag: string, rest: string) {
    if (wordsOf(rest)[0]?.toUpperCase() !== 'INBOX') {
      session.selected = false
      return send(session, `${tag} NO [NONEXISTENT] no such folder`)
    }
    session.selected = true
    session.told = mails.length
    send(session, '* FLAGS (\\Seen \\Flagged \\Answered \\Deleted \\Draft)')
    send(session, '* OK [PERMANENTFLAGS (\\Seen \\Flagged \\Answered \\Deleted \\Draft \\*)] flags')
    send(session, `* ${mails.length} EXISTS`)
    send(session, '* 0 RECENT')
    send(session, `* OK [UIDVALIDITY ${uidValidity}] numbers`)
    send(session, `* OK [UIDNEXT ${uidNext}] next`)
    return send(session, `${tag} OK [READ-WRITE] selected`)
  }

  function tellExists(session: Session) {
    if (session.told === mails.length) return
    session.told = mails.length
    send(session, `* ${mails.length} EXISTS`)
  }

  function fetchMails(session: Session, tag: string, rest: string) {
    const [, set = '', items = ''] = /^(\S+) (.*)$/.exec(rest) ?? []
    for (const mail of inSet(set)) {
      const parts: Buffer[] = [Buffer.from(`* ${mails.indexOf(mail) + 1} FETCH (UID ${mail.uid}`)]
      if (/RFC822\.SIZE/i.test(items)) parts.push(Buffer.from(` RFC822.SIZE ${mail.raw.length}`))
      if (/INTERNALDATE/i.test(items)) {
        parts.push(Buffer.from(` INTERNALDATE "${internalDate(mail.receivedAt)}"`))
      }
      if (/FLAGS/i.test(items)) parts.push(Buffer.from(` FLAGS (${[...mail.flags].join(' ')})`))
      const body = /BODY(?:\.PEEK)?\[\](?:<(\d+)\.(\d+)>)?/i.exec(items)
      if (body) {
        const from = Number(body[1] ?? 0)
        const bytes = mail.raw.subarray(from, body[2] ? from + Number(body[2]) : undefined)
        fetched += bytes.length
        const origin = body[1] ? `<${from}>` : ''
        parts.push(Buffer.from(` BODY[]${origin} {${bytes.length}}\r\n`), bytes)
        if (!/PEEK/i.test(items)) mail.flags.add('\\Seen')
      }
      session.socket.write(Buffer.concat([...parts, Buffer.from(')\r\n')]))
    }
    send(session, `${tag} OK fetched`)
  }

  function store(session: Session, tag: string, rest: string) {
    const [, set = '', flags = ''] = /^(\S+) \+FLAGS(?:\.SILENT)? \((.*)\)$/i.exec(rest) ?? []
    if (!flags) return send(session, `${tag} BAD`)
    if (options.onMark?.() === false) return
    for (const mail of inSet(set)) {
      for (const flag of flags.split(' ')) mail.flags.add(flag)
    }
    return send(session, `${tag} OK stored`)
  }

  function inSet(set: string): Mail[] {
    const last = mails.at(-1)?.uid ?? 0
    const ranges = set.split(',').map((range) => {
      const ends = range.split(':').map((end) => (end === '*' ? last : Number(end)))
      return [Math.min(...ends), Math.max(...ends)] as const
    })
    return mails.filter(({ uid }) => ranges.some(([from, to]) => uid >= from && uid <= to))
  }

  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const at = `${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}`
  async function dropConnections() {
    for (const { socket } of sessions) socket.destroy()
  }
  return {
    url: `imap://${at}/INBOX`,
    async deliver(raw, receivedAt = new Date()) {
      const uid = uidNext++
      mails.push({ uid, raw: Buffer.from(raw), receivedAt, flags: new Set() })
      for (const session of sessions) if (session.idling) tellExists(session)
      return uid
    },
    async flagsOf(uid) {
      return [...(mails.find((mail) => mail.uid === uid)?.flags ?? [])].sort()
    },
    async renumber() {
      uidValidity += 1
      for (const mail of mails) mail.uid = uidNext++
      await dropConnections()
    },
    dropConnections,
    fetchedOctets: () => fetched,
    connections: () => sessions.size,
    refuse(yes) {
      refusing = yes
    },
    async stop() {
      for (const { socket } of sessions) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Atoms and quoted strings of a command. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, atom]) =>
    quoted === undefined ? (atom ?? '') : quoted.replace(/\\(.)/g, '$1'),
  )
}

function internalDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  const day = String(date.getUTCDate()).padStart(2, ' ')
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':')
  return `${day}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()} ${time} +0000`
}
