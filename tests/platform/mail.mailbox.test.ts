import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  type Delivery,
  type MailboxSetting,
  type MailReader,
  openMailbox,
} from '#server/platform/mail/mailbox.ts'
import { MovingClock } from '../support/clock.ts'
import { freshDatabase } from '../support/database.ts'
import { hasDovecot, startDovecot } from '../support/dovecot.ts'
import { startImapServer, type TestMailbox } from '../support/imap-server.ts'

const soon = { timeout: 20_000, interval: 20 }

/** Keeps what it is handed; a mail with « look » in it is for a person, one with « bad » fails. */
function recorder() {
  const taken: Delivery[] = []
  const aside: Delivery[] = []
  const failing = { bad: true }
  const reader: MailReader = {
    async take(mail) {
      if (failing.bad && mail.bytes.includes('bad')) throw new TypeError('beyond me')
      taken.push(mail)
      return { look: mail.bytes.includes('look') }
    },
    async setAside(mail) {
      aside.push(mail)
    },
  }
  const subjects = () => taken.map(({ bytes }) => /Subject: (.*)/.exec(bytes.toString())?.[1])
  return { reader, taken, aside, failing, subjects }
}

const mail = (subject: string, body = '') => `Subject: ${subject}\r\n\r\n${body}\r\n`

async function stage<Server extends TestMailbox>(start: () => Promise<Server>) {
  const database = await freshDatabase()
  const imap = await start()
  onTestFinished(() => imap.stop())
  const log = { info: vi.fn(), warn: vi.fn() }
  const clock = new MovingClock()
  const setting: MailboxSetting = {
    imapUrl: imap.url,
    databaseUrl: database.url,
    db: database.db,
    clock,
    log,
    limits: { mailBytes: 10_000, headerBytes: 500 },
    pace: { poll: 60_000, retry: 10, takeOver: 20, failed: 0 },
  }
  const open = (reader: MailReader, changes: Partial<MailboxSetting> = {}) => {
    const mailbox = openMailbox({ ...setting, ...changes }, reader)
    onTestFinished(() => mailbox.stop())
    return mailbox
  }
  return { imap, log, open, setting }
}

const servers: [string, () => Promise<TestMailbox>][] = [
  ['our own server', startImapServer],
  ...(hasDovecot ? [['dovecot', startDovecot] as [string, typeof startDovecot]] : []),
]

it(`is tried with ${servers.map(([name]) => name).join(' and ')}`, () => {
  expect(servers).toHaveLength(hasDovecot ? 2 : 1)
})

describe.each(servers)('a mailbox on %s', (_, start) => {
  it('hands over what is there and what arrives, in order, and marks it', async () => {
    const { imap, open } = await stage(start)
    const { reader, taken, subjects } = recorder()
    const receivedAt = new Date('2027-04-12T09:30:00Z')
    const first = await imap.deliver(mail('one'), receivedAt)
    open(reader)
    await vi.waitUntil(() => taken.length === 1, soon)
    expect(taken[0]).toMatchObject({ receivedAt, whole: true })
    const second = await imap.deliver(mail('two', 'look'))
    await imap.deliver(mail('three'))
    await vi.waitUntil(() => taken.length === 3, soon)
    expect(subjects()).toEqual(['one', 'two', 'three'])
    await vi.waitUntil(async () => (await imap.flagsOf(second)).length === 2, soon)
    expect(await imap.flagsOf(first)).toEqual(['\\Seen'])
    expect(await imap.flagsOf(second)).toEqual(['\\Flagged', '\\Seen'])
  })

  it('is read on where it was left, by whoever reads next', async () => {
    const { imap, open } = await stage(start)
    const before = recorder()
    const one = await imap.deliver(mail('one'))
    const mailbox = open(before.reader)
    await vi.waitUntil(async () => (await imap.flagsOf(one)).length > 0, soon)
    await mailbox.stop()
    await imap.deliver(mail('two'))
    const after = recorder()
    open(after.reader)
    await vi.waitUntil(() => after.taken.length > 0, soon)
    expect(after.subjects()).toEqual(['two'])
  })

  it('is read anew when the server numbers anew', async () => {
    const { imap, open } = await stage(start)
    const { reader, taken, subjects } = recorder()
    open(reader)
    await imap.deliver(mail('one'))
    await vi.waitUntil(() => taken.length === 1, soon)
    await imap.renumber()
    await imap.deliver(mail('two'))
    await vi.waitUntil(() => taken.length === 3, soon)
    expect(subjects()).toEqual(['one', 'one', 'two'])
  })

  it('hands a mail over again that was taken and not marked when the process died', async () => {
    const { imap, open } = await stage(start)
    const { reader, taken } = recorder()
    const uid = await imap.deliver(mail('one'))
    // Gone after the change is committed, before the mark.
    const dying: MailReader = {
      take: async (mail) => {
        const taking = await reader.take(mail)
        await imap.dropConnections()
        return taking
      },
      setAside: async () => {},
    }
    const first = open(dying)
    await vi.waitUntil(() => taken.length >= 1, soon)
    await first.stop()
    expect(await imap.flagsOf(uid)).toEqual([])
    const before = taken.length
    open(reader)
    await vi.waitUntil(() => taken.length === before + 1, soon)
    await vi.waitUntil(async () => (await imap.flagsOf(uid)).length > 0, soon)
  })

  it('fetches of a mail that is too large only the beginning', async () => {
    const { imap, open } = await stage(start)
    const { reader, taken } = recorder()
    await imap.deliver(mail('huge', 'x'.repeat(1_000_000)))
    await imap.deliver(mail('usual'))
    open(reader)
    await vi.waitUntil(() => taken.length === 2, soon)
    expect(taken.map(({ whole, bytes }) => [whole, bytes.length])).toEqual([
      [false, 500],
      [true, mail('usual').length],
    ])
  })
})

describe('a mailbox that is read', () => {
  it('looks by itself where the server announces nothing', async () => {
    const { imap, open, setting } = await stage(() => startImapServer({ idle: false }))
    const { reader, taken } = recorder()
    open(reader, { pace: { ...setting.pace, poll: 50 } })
    await vi.waitUntil(() => imap.connections() === 1, soon)
    await imap.deliver(mail('one'))
    await vi.waitUntil(() => taken.length === 1, soon)
  })

  it('is read by one process at a time; another takes over', async () => {
    const { imap, open } = await stage(startImapServer)
    const one = recorder()
    const other = recorder()
    const mailboxes = [open(one.reader), open(other.reader)]
    for (let sent = 0; sent < 5; sent++) await imap.deliver(mail(`mail ${sent}`))
    const all = () => [...one.taken, ...other.taken]
    await vi.waitUntil(() => all().length === 5, soon)
    expect(imap.connections()).toBe(1)
    const reading = one.taken.length > 0 ? 0 : 1
    expect([one, other][1 - reading]!.taken).toEqual([])
    await mailboxes[reading]!.stop()
    await imap.deliver(mail('last'))
    await vi.waitUntil(() => [one, other][1 - reading]!.taken.length > 0, soon)
    expect([one, other][1 - reading]!.subjects()).toContain('last')
  })

  it('is opened again after every broken connection', async () => {
    const { imap, open, log } = await stage(startImapServer)
    const { reader, subjects } = recorder()
    open(reader)
    await vi.waitUntil(() => imap.connections() === 1, soon)
    imap.refuse(true)
    await imap.dropConnections()
    await vi.waitUntil(() => log.warn.mock.calls.length >= 3, soon)
    await imap.deliver(mail('meanwhile'))
    imap.refuse(false)
    await vi.waitUntil(() => subjects().includes('meanwhile'), soon)
  })

  it('goes on after a mail nobody can take, tries it again, and sets it aside at last', async () => {
    const { imap, open, setting } = await stage(startImapServer)
    const { reader, taken, aside, subjects } = recorder()
    const bad = await imap.deliver(mail('one', 'bad'))
    await imap.deliver(mail('two'))
    open(reader, { pace: { ...setting.pace, poll: 20 } })
    await vi.waitUntil(() => taken.length === 1, soon)
    expect(subjects()).toEqual(['two'])
    await vi.waitUntil(async () => (await imap.flagsOf(bad)).length > 0, soon)
    expect(await imap.flagsOf(bad)).toEqual(['\\Flagged', '\\Seen'])
    expect(aside).toHaveLength(1)
    expect(await setting.db.selectFrom('mailbox_failures').selectAll().execute()).toEqual([])
  })

  it('takes a mail that failed as soon as it can be taken', async () => {
    const { imap, open, setting } = await stage(startImapServer)
    const { reader, failing, subjects, aside } = recorder()
    const bad = await imap.deliver(mail('one', 'bad'))
    open(reader, { pace: { ...setting.pace, poll: 20, failed: 200 } })
    const failures = () => setting.db.selectFrom('mailbox_failures').selectAll().execute()
    await vi.waitUntil(async () => (await failures()).length === 1, soon)
    expect(await imap.flagsOf(bad)).toEqual([])
    failing.bad = false
    await vi.waitUntil(() => subjects().length === 1, soon)
    await vi.waitUntil(async () => (await failures()).length === 0, soon)
    expect(await imap.flagsOf(bad)).toEqual(['\\Seen'])
    expect(aside).toEqual([])
  })

  it('says no password and no address when it cannot sign in', async () => {
    const { imap, open, log } = await stage(startImapServer)
    const wrong = imap.url.replace(/:[^:@/]+@/, ':wrong@')
    open(recorder().reader, { imapUrl: wrong })
    await vi.waitUntil(() => log.warn.mock.calls.length > 0, soon)
    expect(String(log.warn.mock.calls[0])).toMatch(/user or password refused/)
    expect(String(log.warn.mock.calls)).not.toMatch(/wrong|answers@/)
  })
})
