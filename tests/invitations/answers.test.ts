import { describe, expect, it, vi } from 'vitest'
import { forgetOldMails } from '#server/features/invitations/invitations.answers.ts'
import { slotById } from '#server/features/slots/slots.service.ts'
import { addJob } from '#server/platform/postgres/database.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { mailAnswersRoutes } from '#shared/invitations/invitations.answers.contract.ts'
import { boardRoutes } from '#shared/invitations/invitations.board.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import type { TestApp } from '../support/app.ts'
import { appWithMailbox, bounceOf, heldOf, replyTo, rowsOf, soon } from './answers.factory.ts'
import { deliver, invitationsTo, publishedDay, type SmallDay } from './invitations.factory.ts'

const boardOf = (made: SmallDay) =>
  made.director.ask(boardRoutes.confirmationBoard, { params: { dayId: made.day.id } })
const answerOf = async (made: SmallDay, side: 'host' | 'guest') => {
  const query = { params: { dayId: made.day.id }, query: { side } }
  return (await made.director.ask(boardRoutes.invitedPeople, query)).people[0]?.answer
}
const hostSays = (made: SmallDay) => answerOf(made, 'host')
const guestSays = (made: SmallDay) => answerOf(made, 'guest')

/** Presses the button of the last invitation. */
async function presses(test: TestApp, made: SmallDay, answer: 'yes' | 'no') {
  const [invitation] = (await invitationsTo(test, made.guests[0]!.email)).slice(-1)
  const params = { token: invitation!.link }
  return test.nobody.call(confirmationsRoutes.answerPlacementLink, { params, body: { answer } })
}

describe('an answer from a calendar', () => {
  it('reaches the director’s board within a second of its arrival, for hosts and guests', async () => {
    const { test, imap, read } = await appWithMailbox()
    const made = await publishedDay(test)
    const [host, guest] = [made.hosts[0]!.email, made.guests[0]!.email]
    read()
    await vi.waitUntil(() => imap.connections() === 1, soon)
    const uid = await imap.deliver(await replyTo(test, host, 'yes'), test.clock.now())
    await vi.waitUntil(async () => (await hostSays(made)) === 'yes', soon)
    await imap.deliver(await replyTo(test, guest, 'maybe'), test.clock.now())
    await vi.waitUntil(async () => (await guestSays(made)) === 'maybe', soon)
    const board = await boardOf(made)
    expect(board.hosts).toMatchObject({ invited: 1, yes: 1 })
    expect(board.guests).toMatchObject({ invited: 1, maybe: 1 })
    await vi.waitUntil(async () => (await imap.flagsOf(uid)).includes('\\Seen'), soon)
    // Nothing is ever answered to an answer.
    const before = (await test.mailbox.listMails()).length
    await deliver(test)
    expect(await test.mailbox.listMails()).toHaveLength(before)
  })

  it('closes the slot of a host who declines, and the guest hears of it', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    read()
    await arrives(await replyTo(test, made.hosts[0]!.email, 'no'))
    await vi.waitUntil(async () => (await hostSays(made)) === 'no', soon)
    expect((await slotById(test.db, made.slots[0]!.id))?.status).toBe('closed')
    await deliver(test)
    const told = await invitationsTo(test, made.guests[0]!.email)
    expect(told.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })

  it('gives back the one place of a guest who declines; the host stays', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test, { guests: ['Léa', 'Noé'], capacity: 2 })
    read()
    await arrives(await replyTo(test, made.guests[0]!.email, 'no'))
    await vi.waitUntil(async () => (await boardOf(made)).guests.no === 1, soon)
    const board = await boardOf(made)
    expect(board.guests).toMatchObject({ no: 1, silent: 1 })
    expect(board.hosts).toMatchObject({ invited: 1, silent: 1 })
  })

  it('counts the later answer, in whatever order mails and the button are met', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    const guest = made.guests[0]!.email
    const early = await replyTo(test, guest, 'no')
    test.clock.advance({ minutes: 10 })
    expect((await presses(test, made, 'yes')).status).toBe(200)
    read()
    await arrives(early)
    expect(await guestSays(made)).toBe('yes')
    test.clock.advance({ minutes: 10 })
    const middle = await replyTo(test, guest, 'no')
    test.clock.advance({ minutes: 10 })
    await arrives(await replyTo(test, guest, 'yes'))
    await arrives(middle)
    expect(await guestSays(made)).toBe('yes')
    test.clock.advance({ minutes: 10 })
    await arrives(await replyTo(test, guest, 'maybe'))
    expect(await guestSays(made)).toBe('maybe')
    const verdicts = (await rowsOf(test)).map(({ verdict }) => verdict)
    expect(verdicts.sort()).toEqual(['apply', 'apply', 'stale', 'stale'])
  })

  it('counts once, however often the mail is met', async () => {
    const { test, imap, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    read()
    await arrives(await replyTo(test, made.hosts[0]!.email, 'yes'))
    await vi.waitUntil(async () => (await hostSays(made)) === 'yes', soon)
    await imap.renumber()
    await arrives(await replyTo(test, made.guests[0]!.email, 'yes'))
    expect(await rowsOf(test)).toHaveLength(2)
  })

  it('is kept for a person when what it answers is over', async () => {
    const { test, imap, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    const late = await replyTo(test, made.guests[0]!.email, 'yes')
    expect((await presses(test, made, 'no')).status).toBe(200)
    read()
    await arrives(late)
    const [held] = await heldOf(made)
    expect(held).toMatchObject({ reason: 'cancelled', answer: 'yes' })
    expect(held!.meeting).toMatchObject({ firstName: 'Léa', side: 'guest', open: false })
    await vi.waitUntil(async () => (await imap.flagsOf(1)).includes('\\Flagged'), soon)
  })
})

describe('at the same time', () => {
  it('two processes that read the same mail apply it once', async () => {
    const { test, reader } = await appWithMailbox()
    const made = await publishedDay(test)
    const bytes = await replyTo(test, made.hosts[0]!.email, 'no')
    const mail = { bytes, receivedAt: test.clock.now(), whole: true }
    const taken = await Promise.all([1, 2, 3, 4].map(() => reader.take(mail)))
    expect(taken).toEqual(Array(4).fill({ look: false }))
    expect(await rowsOf(test)).toHaveLength(1)
    expect(await hostSays(made)).toBe('no')
    await deliver(test)
    const told = await invitationsTo(test, made.guests[0]!.email)
    expect(told.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })

  it('a mail and a press of the button leave one answer and no error', async () => {
    const { test, reader } = await appWithMailbox()
    const made = await publishedDay(test)
    const bytes = await replyTo(test, made.guests[0]!.email, 'yes')
    const mail = { bytes, receivedAt: test.clock.now(), whole: true }
    const [taken, pressed] = await Promise.all([reader.take(mail), presses(test, made, 'no')])
    expect(pressed.status).toBe(200)
    expect(await guestSays(made)).toBe('no')
    // Before the press it counted for a moment; after it, it came too late.
    expect([true, false]).toContain(taken.look)
  })

  it('a host declines by mail while their guest cancels by link', async () => {
    const { test, reader } = await appWithMailbox()
    const made = await publishedDay(test)
    const bytes = await replyTo(test, made.hosts[0]!.email, 'no')
    const mail = { bytes, receivedAt: test.clock.now(), whole: true }
    const [taken, pressed] = await Promise.all([reader.take(mail), presses(test, made, 'no')])
    expect([200, 409]).toContain(pressed.status)
    expect(pressed.problem?.code ?? 'placement-ended').toBe('placement-ended')
    // After the guest’s no the event of the host is gone: there is nothing left to decline.
    expect(taken).toEqual({ look: false })
    const placements = await test.db.selectFrom('placements').select('status').execute()
    expect(placements).toEqual([{ status: 'ended' }])
    await deliver(test)
    for (const { email } of [made.hosts[0]!, made.guests[0]!]) {
      const told = await invitationsTo(test, email)
      expect(told.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
    }
  })

  it('two directors deal with one held answer: one of them hears that it is done', async () => {
    const { test, reader } = await appWithMailbox()
    const made = await publishedDay(test)
    const bytes = await replyTo(test, made.hosts[0]!.email, 'yes', { from: 'perso@free.example' })
    await reader.take({ bytes, receivedAt: test.clock.now(), whole: true })
    const [held] = await heldOf(made)
    const params = { answerId: held!.id }
    const outcomes = await Promise.all([
      made.director.call(mailAnswersRoutes.dismissHeldAnswer, { params }),
      made.director.call(mailAnswersRoutes.applyHeldAnswer, {
        params,
        body: { answer: 'yes', remember: true },
      }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual([204, 409])
    const applied = outcomes[1]!.status === 204
    expect(await hostSays(made)).toBe(applied ? 'yes' : null)
  })
})

describe('what waits for a person', () => {
  it('is an answer from another address; recognised, it counts, and the next by itself', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    const host = made.hosts[0]!.email
    const from = { from: 'marion.perso@free.example', comment: 'Je vous attends' }
    read()
    await arrives(await replyTo(test, host, 'yes', from))
    const [held] = await heldOf(made)
    expect(held).toMatchObject({
      reason: 'somebody-else',
      answer: 'yes',
      from: 'marion.perso@free.example',
      comment: 'Je vous attends',
      meeting: { firstName: 'Marion', side: 'host', answer: null, open: true },
    })
    expect(await hostSays(made)).toBeNull()
    const watch = await made.director.ask(daysRoutes.timeline, { params: { dayId: made.day.id } })
    expect(watch.watch).toContainEqual({ code: 'held-answers', count: 1 })

    await made.director.ask(mailAnswersRoutes.applyHeldAnswer, {
      params: { answerId: held!.id },
      body: { answer: 'yes', remember: true },
    })
    expect(await hostSays(made)).toBe('yes')
    expect(await heldOf(made)).toEqual([])
    test.clock.advance({ hours: 1 })
    await arrives(await replyTo(test, host, 'maybe', from))
    await vi.waitUntil(async () => (await hostSays(made)) === 'maybe', soon)
    expect(await heldOf(made)).toEqual([])
  })

  it('is put aside without any effect, and keeps nothing of what was written', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    read()
    const from = { from: 'inconnu@free.example', attendee: 'inconnu@free.example' }
    await arrives(await replyTo(test, made.hosts[0]!.email, 'no', from))
    const [held] = await heldOf(made)
    expect(held).toMatchObject({ reason: 'forwarded', answer: 'no' })
    await made.director.ask(mailAnswersRoutes.dismissHeldAnswer, { params: { answerId: held!.id } })
    expect(await heldOf(made)).toEqual([])
    expect(await hostSays(made)).toBeNull()
    const [row] = await rowsOf(test)
    expect(row).toMatchObject({ from_address: null, attendee_address: null, comment: null })
  })

  it('is closed by the answer somebody gives afterwards', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    const host = made.hosts[0]!.email
    read()
    await arrives(await replyTo(test, host, 'no', { from: 'assistante@region.example' }))
    expect(await heldOf(made)).toHaveLength(1)
    test.clock.advance({ minutes: 5 })
    await arrives(await replyTo(test, host, 'yes'))
    expect(await heldOf(made)).toEqual([])
    expect(await hostSays(made)).toBe('yes')
  })

  it('is forgotten thirty days after the day, whoever did not look', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    read()
    await arrives(await replyTo(test, made.hosts[0]!.email, 'no', { from: 'autre@free.example' }))
    const forget = () => forgetOldMails(test.db, test.clock.now())
    await forget()
    expect(await heldOf(made)).toHaveLength(1)
    test.clock.set('2027-12-01T09:00:00Z')
    await forget()
    const [row] = await rowsOf(test)
    expect(row).toMatchObject({ from_address: null, comment: null, settled_how: 'over' })
    expect(row!.identity).not.toBe('')
  })

  it('is what nobody can judge, and the next mail is read', async () => {
    const { test, imap, reader, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    const bad = await replyTo(test, made.guests[0]!.email, 'yes', { id: 'bad-one' })
    const failing = {
      ...reader,
      take: async (mail: Parameters<typeof reader.take>[0]) => {
        if (mail.bytes.includes('bad-one')) throw new Error('a fault of ours')
        return reader.take(mail)
      },
    }
    read(failing)
    await imap.deliver(bad, test.clock.now())
    await arrives(await replyTo(test, made.hosts[0]!.email, 'yes'))
    await vi.waitUntil(async () => (await heldOf(made)).length === 1, soon)
    expect(await heldOf(made)).toMatchObject([{ reason: 'failed', meeting: null }])
    expect(await hostSays(made)).toBe('yes')
  })
})

describe('a « maybe »', () => {
  it('is asked about once, in working hours, and again only if it is said again', async () => {
    const { test, reader } = await appWithMailbox()
    const made = await publishedDay(test)
    const guest = made.guests[0]!.email
    const sayMaybe = async () => {
      const bytes = await replyTo(test, guest, 'maybe')
      await reader.take({ bytes, receivedAt: test.clock.now(), whole: true })
    }
    const nudges = async (instant: string) => {
      test.clock.set(instant)
      await addJob(test.db, 'nudge-maybes', {})
      await deliver(test)
      const mails = await test.mailbox.listMails({ to: guest ?? '' })
      return mails.filter(({ subject }) => /un oui ou un non/.test(subject)).length
    }
    // A Monday; in Paris it is an hour later than in UTC.
    await sayMaybe()
    expect(await nudges('2027-03-02T10:00:00Z')).toBe(0)
    expect(await nudges('2027-03-03T20:00:00Z')).toBe(0)
    expect(await nudges('2027-03-06T10:00:00Z')).toBe(0)
    expect(await nudges('2027-03-08T08:00:00Z')).toBe(1)
    expect(await nudges('2027-03-12T10:00:00Z')).toBe(1)
    expect((await presses(test, made, 'yes')).status).toBe(200)
    test.clock.advance({ hours: 1 })
    await sayMaybe()
    expect(await nudges('2027-03-16T10:00:00Z')).toBe(2)
  })
})

describe('a mail that comes back', () => {
  it('stands among the failed ones with the reason, and undoes nothing', async () => {
    const { test, read, arrives } = await appWithMailbox()
    const made = await publishedDay(test)
    read()
    await arrives(await bounceOf(test, made.guests[0]!.email))
    const params = { dayId: made.day.id }
    const failed = { params, query: { status: 'failed' as const } }
    const { mails } = await made.director.ask(invitationsRoutes.outbox, failed)
    expect(mails).toMatchObject([{ toAddress: made.guests[0]!.email }])
    expect(mails[0]!.lastError).toContain('5.1.1')
    expect((await boardOf(made)).guests).toMatchObject({ invited: 1, unreached: 1 })
    const { watch } = await made.director.ask(daysRoutes.timeline, { params })
    expect(watch).toContainEqual({ code: 'mails-failed', count: 1 })
  })
})
