import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { type CaughtMail, type CaughtSummary, readCaught, summarise } from './catcher.read.ts'
import { openStore } from './catcher.store.ts'

export type { CaughtMail, CaughtSummary } from './catcher.read.ts'

/** What a scripted server answers instead of accepting: an SMTP code, or a broken connection. */
export type Refusal = { code: number; message: string } | 'hang-up'

export type CatcherStep = {
  stage: 'recipient' | 'data'
  from: string
  to: string
  /** how many times this stage was reached on this server, from 1 */
  attempt: number
}

export type CatcherOptions = {
  /** where `.eml` files are kept from one start to the next; null keeps them in memory */
  folder: string | null
  /** 0 (the default) takes any free port */
  port?: number
  /** the oldest mails leave when there are more; 2,000 unless told */
  keep?: number
  /** for tests: refuses as a real server would */
  failWith?: (step: CatcherStep) => Refusal | null
}

export type Catcher = {
  /** what to put into SMTP_URL */
  smtpUrl: string
  /** newest first; `to` keeps one recipient's */
  listMails(filter?: { to?: string; limit?: number }): Promise<CaughtSummary[]>
  /** null when there is no such mail; its HTML is as received: show it in a sandboxed frame only */
  readMail(id: string): Promise<CaughtMail | null>
  /** the bytes as received, after Return-Path and Delivered-To lines; null when unknown */
  readRaw(id: string): Promise<Buffer | null>
  stop(): Promise<void>
}

// An invitation weighs some 20 kB; a megabyte leaves room and still bounds the folder to 2 GB.
const mostBytes = 1_000_000

/** A real SMTP server on 127.0.0.1 that delivers nothing and keeps what it is given. */
export async function startCatcher(options: CatcherOptions): Promise<Catcher> {
  const store = await openStore(options.folder, options.keep ?? 2000)
  const summaries = new Map<string, CaughtSummary>()
  const sockets = new Map<number, Socket>()
  const attempts = { recipient: 0, data: 0 }

  /** The scripted answer at this stage, as smtp-server wants it; a broken connection answers nothing. */
  function refusal(stage: CatcherStep['stage'], session: SMTPServerSession, to: string) {
    attempts[stage] += 1
    const step = { stage, from: senderOf(session), to, attempt: attempts[stage] }
    const scripted = options.failWith?.(step) ?? null
    if (scripted === 'hang-up') sockets.get(session.remotePort)?.destroy()
    return scripted === 'hang-up'
      ? smtpError(421, 'bye')
      : scripted && smtpError(scripted.code, scripted.message)
  }

  async function keepMail(session: SMTPServerSession, body: Buffer): Promise<string> {
    const recipients = session.envelope.rcptTo.map((recipient) => recipient.address)
    const trace = [
      `Return-Path: <${senderOf(session)}>`,
      ...recipients.map((address) => `Delivered-To: ${address}`),
    ]
    return store.add(Buffer.concat([Buffer.from(`${trace.join('\r\n')}\r\n`), body]))
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    authOptional: true,
    size: mostBytes,
    closeTimeout: 500,
    onRcptTo: (recipient, session, done) => done(refusal('recipient', session, recipient.address)),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk)
      })
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(', ')
        const refused =
          refusal('data', session, to) ?? (stream.sizeExceeded ? smtpError(552, 'too large') : null)
        if (refused) return done(refused)
        // Answered only once it is kept: an accepted mail is never lost.
        keepMail(session, Buffer.concat(chunks)).then(
          (id) => done(null, `kept as ${id}`),
          () => done(smtpError(451, 'could not keep the mail')),
        )
      })
    },
  })
  // Clients that break off are everyday business, not a reason to stop the process.
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0
    sockets.set(port, socket)
    socket.once('close', () => sockets.delete(port))
  })
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })

  async function summaryOf(id: string): Promise<CaughtSummary | null> {
    const known = summaries.get(id)
    if (known) return known
    const raw = await store.read(id)
    if (!raw) return null
    const summary = await summarise(id, raw)
    summaries.set(id, summary)
    return summary
  }

  return {
    smtpUrl: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    async listMails({ to, limit = Number.POSITIVE_INFINITY } = {}) {
      const found: CaughtSummary[] = []
      const wanted = to?.toLowerCase()
      for (const id of [...store.ids()].reverse()) {
        if (found.length >= limit) break
        const summary = await summaryOf(id)
        if (!summary) continue
        const addressed = summary.deliveredTo.some((address) => address.toLowerCase() === wanted)
        if (wanted === undefined || addressed) found.push(summary)
      }
      const present = new Set(store.ids())
      for (const id of summaries.keys()) if (!present.has(id)) summaries.delete(id)
      return found
    },
    async readMail(id) {
      const raw = await store.read(id)
      return raw && readCaught(id, raw)
    },
    readRaw: (id) => store.read(id),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function senderOf(session: SMTPServerSession): string {
  return session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
}

function smtpError(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code })
}
