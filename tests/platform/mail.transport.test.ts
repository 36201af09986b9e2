import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { buildCalendar } from '#server/features/invitations/calendar/calendar.event.ts'
import { type CatcherOptions, startCatcher } from '#server/platform/mail/catcher.ts'
import {
  createMailTransport,
  type MailTransportOptions,
  type OutgoingMail,
} from '#server/platform/mail/transport.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function post(
  catching: Partial<CatcherOptions> = {},
  sending: Partial<MailTransportOptions> = {},
) {
  const catcher = await startCatcher({ folder: null, ...catching })
  cleanups.push(() => catcher.stop())
  const transport = createMailTransport({
    smtpUrl: catcher.smtpUrl,
    envelopeFrom: 'retours@coeur.example',
    ...sending,
  })
  cleanups.push(() => transport.close())
  return { catcher, transport }
}

/** Answers the greeting and then one line per command, whatever the command. */
async function scriptedServer(answers: string[]): Promise<string> {
  const server = createServer((socket) => {
    const left = [...answers]
    const answer = () => socket.write(`${left.shift() ?? '221 bye'}\r\n`)
    socket.on('data', answer)
    socket.on('error', () => {})
    answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => server.close())
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const content = buildCalendar({
  method: 'REQUEST',
  uid: '5f0c6a2e9b7d4f18a3c2e1d0b9a87654@coeur.example',
  sequence: 0,
  stampedAt: new Date('2027-04-01T08:00:00Z'),
  startsAt: new Date('2027-05-20T06:45:00Z'),
  endsAt: new Date('2027-05-20T10:15:00Z'),
  summary: 'Accueil d’un·e collègue — « 10 de cœur »',
  description:
    'Une matinée à la boutique, avec tout ce qu’il faut de é, è, œ pour plier les lignes.',
  location: 'Boutique Dax',
  organiser: { name: 'Région Nouvelle-Aquitaine', address: 'coeur@coeur.example' },
  attendee: { name: 'Maëlle Ørsted', address: 'maelle@boutique.example' },
})

const mail: OutgoingMail = {
  messageId: '<0192a0b4-7c1e-7d2f-8a3b-4c5d6e7f8091@coeur.example>',
  from: { name: 'Région Nouvelle-Aquitaine', address: 'coeur@coeur.example' },
  to: { name: 'Maëlle Ørsted', address: 'maelle@boutique.example' },
  language: 'fr',
  subject: 'Accueilleriez-vous un·e collègue ?',
  text: 'Bonjour Maëlle,\n\nhttps://coeur.example/creneau/abc\n',
  html: '<html><body class="x"><p>Bonjour Maëlle</p></body></html>',
}

describe('a delivered mail', () => {
  test('arrives as it was written, with its own Message-ID and the headers of a machine', async () => {
    const { catcher, transport } = await post()
    const result = await transport.sendOne({
      ...mail,
      references: ['<first@coeur.example>', '<second@coeur.example>'],
      unsubscribeUrl: 'https://coeur.example/desinscription/abc',
    })
    expect(result).toMatchObject({ kind: 'sent', response: expect.stringContaining('250') })
    const [summary] = await catcher.listMails()
    expect(summary).toMatchObject({
      subject: mail.subject,
      from: mail.from,
      to: [mail.to],
      deliveredTo: ['maelle@boutique.example'],
      calendarMethod: null,
    })
    const read = await catcher.readMail(summary!.id)
    expect(read?.messageId).toBe('<0192a0b4-7c1e-7d2f-8a3b-4c5d6e7f8091@coeur.example>')
    expect(read?.text).toContain('Bonjour Maëlle')
    expect(read?.html).toContain('<p>Bonjour Maëlle</p>')
    const lines = read!.headers.map(({ line }) => line)
    expect(lines).toContain('Auto-Submitted: auto-generated')
    expect(lines).toContain('X-Auto-Response-Suppress: OOF, AutoReply')
    expect(lines).toContain('List-Unsubscribe: <https://coeur.example/desinscription/abc>')
    expect(lines).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(lines).toContain('In-Reply-To: <second@coeur.example>')
    expect(lines).toContain('References: <first@coeur.example> <second@coeur.example>')
    expect(lines).toContain('Return-Path: <retours@coeur.example>')
  })

  test('carries its calendar as RFC 6047 and Outlook want it: the same bytes twice', async () => {
    const { catcher, transport } = await post()
    await transport.sendOne({ ...mail, calendar: { method: 'REQUEST', content } })
    const [summary] = await catcher.listMails()
    expect(summary?.calendarMethod).toBe('REQUEST')
    const read = await catcher.readMail(summary!.id)
    expect(read?.calendars.map((part) => [part.contentType, part.method, part.fileName])).toEqual([
      ['text/calendar', 'REQUEST', null],
      ['application/ics', null, 'invite.ics'],
    ])
    for (const part of read!.calendars) expect(part.content).toBe(content)

    const raw = (await catcher.readRaw(summary!.id))!.toString('latin1')
    const shape = [...raw.matchAll(/^Content-Type: ([\w/]+)/gim)].map((match) => match[1])
    expect(shape).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
    ])
    expect(raw.replace(/\r\n[ \t]+/g, ' ')).toMatch(
      /Content-Type: text\/calendar; charset=utf-8; method=REQUEST\r\nContent-Transfer-Encoding: (base64|quoted-printable)/i,
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole mail is 7-bit
    expect(raw).toMatch(/^[\x00-\x7F]*$/)
  })

  test('keeps a hostile name or subject out of the headers', async () => {
    const { catcher, transport } = await post()
    const name = 'Zoé "Zou"\r\nBcc: tous@victime.example, <x@y.example>'
    await transport.sendOne({
      ...mail,
      to: { name, address: 'zoe@boutique.example' },
      subject: 'Bonjour\r\nBcc: tous@victime.example',
    })
    const [summary] = await catcher.listMails()
    expect(summary?.deliveredTo).toEqual(['zoe@boutique.example'])
    expect(summary?.to.map((party) => party.address)).toEqual(['zoe@boutique.example'])
    const read = await catcher.readMail(summary!.id)
    expect(read?.headers.map((header) => header.name)).not.toContain('bcc')
  })
})

describe('a refusal', () => {
  test('with 451 is temporary, and the same mail leaves when tried again', async () => {
    const busy = { code: 451, message: 'greylisted' }
    const { catcher, transport } = await post({
      failWith: ({ stage, attempt }) => (stage === 'data' && attempt <= 2 ? busy : null),
    })
    for (let attempt = 0; attempt < 2; attempt++)
      expect(await transport.sendOne(mail)).toMatchObject({
        kind: 'temporary',
        reason: expect.stringContaining('451'),
      })
    expect((await transport.sendOne(mail)).kind).toBe('sent')
    expect(await catcher.listMails()).toHaveLength(1)
  })

  test('with 550 for an address is permanent for that mail and no other', async () => {
    const unknown = { code: 550, message: 'no such mailbox' }
    const { catcher, transport } = await post({
      failWith: ({ stage, to }) =>
        stage === 'recipient' && to === 'parti@boutique.example' ? unknown : null,
    })
    const gone = { ...mail, to: { name: null, address: 'parti@boutique.example' } }
    expect(await transport.sendOne(gone)).toMatchObject({
      kind: 'permanent',
      reason: expect.stringContaining('no such mailbox'),
    })
    expect((await transport.sendOne(mail)).kind).toBe('sent')
    expect(await catcher.listMails()).toHaveLength(1)
  })

  test('by a broken connection is temporary, tried once and not repeated behind our back', async () => {
    let reached = 0
    const { catcher, transport } = await post({
      failWith: ({ stage }) => {
        if (stage !== 'data') return null
        reached += 1
        return 'hang-up'
      },
    })
    expect((await transport.sendOne(mail)).kind).toBe('temporary')
    expect(reached).toBe(1)
    expect(await catcher.listMails()).toHaveLength(0)
  })

  test('by a server that is not there is temporary, and over when it is back', async () => {
    const { catcher, transport } = await post()
    expect((await transport.sendOne(mail)).kind).toBe('sent')
    await catcher.stop()
    expect((await transport.sendOne(mail)).kind).toBe('temporary')
    await post({ port: Number(new URL(catcher.smtpUrl).port) })
    expect((await transport.sendOne(mail)).kind).toBe('sent')
  })

  test.each([
    ['the greeting', ['554 no service for you']],
    ['the login', ['220 hello', '250-hi\r\n250 AUTH PLAIN', '535 wrong password']],
    ['the sender', ['220 hello', '250 hi', '550 sender not allowed']],
  ])('at %s would meet every mail, so it is temporary even with a 5xx', async (_, answers) => {
    const smtpUrl = await scriptedServer(answers)
    const login = answers.length === 3 && answers[2]!.startsWith('535')
    const { transport } = await post(
      {},
      { smtpUrl: login ? smtpUrl.replace('//', '//coeur:wrong@') : smtpUrl },
    )
    expect(await transport.sendOne(mail)).toMatchObject({
      kind: 'temporary',
      reason: expect.stringContaining(answers.at(-1)!.slice(4)),
    })
  })

  test('is ours when the mail should never leave: odd address, method, or links not filled', async () => {
    const { catcher, transport } = await post()
    const unfit: OutgoingMail[] = [
      { ...mail, to: { name: null, address: 'a@x.example, b@x.example' } },
      { ...mail, to: { name: null, address: '' } },
      { ...mail, calendar: { method: 'CANCEL', content } },
      { ...mail, text: '{{capability:slot:0192a0b4-7c1e-7d2f-8a3b-4c5d6e7f8091:0}}' },
      {
        ...mail,
        calendar: { method: 'REQUEST', content: content.replace('Boutique', '{{capabi\r\n lity:') },
      },
    ]
    for (const one of unfit) expect((await transport.sendOne(one)).kind).toBe('permanent')
    expect(await catcher.listMails()).toHaveLength(0)
  })
})

describe('in rehearsal', () => {
  test('everything goes to one address, named in the body only, the calendar untouched', async () => {
    const { catcher, transport } = await post({}, { redirectTo: 'essai@coeur.example' })
    await transport.sendOne({
      ...mail,
      calendar: { method: 'REQUEST', content },
      unsubscribeUrl: 'https://coeur.example/desinscription/abc',
    })
    const [summary] = await catcher.listMails()
    expect(summary).toMatchObject({
      subject: `[Répétition pour Maëlle Ørsted] ${mail.subject}`,
      to: [{ address: 'essai@coeur.example' }],
      deliveredTo: ['essai@coeur.example'],
    })
    const read = await catcher.readMail(summary!.id)
    const headers = read!.headers.map(({ line }) => line).join('\n')
    expect(headers).not.toContain('maelle@boutique.example')
    expect(headers).not.toContain('List-Unsubscribe')
    expect(read?.text).toMatch(/^Répétition\u00A0: .*<maelle@boutique\.example>/)
    expect(read?.html).toContain('&lt;maelle@boutique.example&gt;')
    expect(read?.html).toContain('<p>Bonjour Maëlle</p>')
    expect(read?.calendars[0]?.content).toBe(content)
  })

  test('a name that is an address does not reach the subject', async () => {
    const { catcher, transport } = await post({}, { redirectTo: 'essai@coeur.example' })
    await transport.sendOne({ ...mail, to: { ...mail.to, name: 'maelle@boutique.example' } })
    const [summary] = await catcher.listMails()
    expect(summary?.subject).toBe(`[Répétition] ${mail.subject}`)
  })
})

describe('the catcher', () => {
  test('keeps its mails over a restart, up to its bound, the newest first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'catcher-'))
    cleanups.push(() => rm(folder, { recursive: true }))
    const first = await post({ folder, keep: 3 })
    for (const subject of ['un', 'deux', 'trois', 'quatre'])
      await first.transport.sendOne({ ...mail, subject })
    await first.catcher.stop()
    await writeFile(join(folder, '00000099.eml.part'), 'half a mail')
    const second = await post({ folder, keep: 3 })
    const subjects = async () => (await second.catcher.listMails()).map((one) => one.subject)
    expect(await subjects()).toEqual(['quatre', 'trois', 'deux'])
    await second.transport.sendOne({ ...mail, subject: 'cinq' })
    expect(await subjects()).toEqual(['cinq', 'quatre', 'trois'])
    expect((await readdir(folder)).filter((name) => name.endsWith('.eml'))).toHaveLength(3)
    expect(await second.catcher.listMails({ limit: 1 })).toHaveLength(1)
    expect(await second.catcher.listMails({ to: 'MAELLE@boutique.example' })).toHaveLength(3)
    expect(await second.catcher.listMails({ to: 'other@boutique.example' })).toHaveLength(0)
  })

  test('reads nothing but its own mails', async () => {
    const { catcher, transport } = await post()
    await transport.sendOne(mail)
    for (const id of ['../../etc/passwd', '', '00000002', '1'])
      expect(await catcher.readMail(id)).toBeNull()
  })
})
