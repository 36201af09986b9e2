import { describe, expect, it, onTestFinished } from 'vitest'
import type { Refusal } from '#server/platform/mail/catcher.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { deliver, invitationsTo, makeSmallDay, publish, readyPlan } from './invitations.factory.ts'

async function appWith(options: Parameters<typeof startTestApp>[0]): Promise<TestApp> {
  const test = await startTestApp(options)
  onTestFinished(() => test.close())
  return test
}

const mailsOf = (test: TestApp, dayId: string) =>
  test.db
    .selectFrom('outbox')
    .selectAll()
    .where('day_id', '=', dayId)
    .where('calendar_method', 'is not', null)
    .orderBy('written')
    .execute()

describe('a mail server that fails', () => {
  it('delays mail and shows it; nothing is lost and nothing comes twice', async () => {
    let answer: Refusal | null = { code: 451, message: 'try later' }
    const test = await appWith({
      mailbox: { failWith: ({ stage }) => (stage === 'data' ? answer : null) },
    })
    const made = await makeSmallDay(test)
    await publish(made, await readyPlan(test, made.day))
    await deliver(test)
    const params = { dayId: made.day.id }
    const waiting = await made.director.ask(invitationsRoutes.outbox, { params })
    const invitations = waiting.mails.filter(({ calendarMethod }) => calendarMethod)
    expect(invitations).toHaveLength(2)
    for (const mail of invitations) {
      expect(mail).toMatchObject({ status: 'waiting', attempts: 1 })
      expect(mail.lastError).toContain('451')
    }
    answer = 'hang-up'
    await deliver(test)
    answer = null
    await deliver(test)
    await deliver(test)
    expect(await invitationsTo(test, made.guests[0]!.email)).toHaveLength(1)
    expect(await invitationsTo(test, made.hosts[0]!.email)).toHaveLength(1)
    expect((await mailsOf(test, made.day.id)).map(({ status }) => status)).toEqual(['sent', 'sent'])
  })

  it('shows what it refuses for good, with its own words, and sends the rest', async () => {
    const test = await appWith({
      mailbox: {
        failWith: ({ stage, to }) =>
          stage === 'recipient' && to.startsWith('partie')
            ? { code: 550, message: 'no such user' }
            : null,
      },
    })
    const made = await makeSmallDay(test, { guestEmail: 'partie@region.example' })
    await publish(made, await readyPlan(test, made.day))
    await deliver(test)
    await deliver(test)
    const outbox = await made.director.ask(invitationsRoutes.outbox, {
      params: { dayId: made.day.id },
      query: { status: 'failed' },
    })
    const [failed] = outbox.mails.filter(({ calendarMethod }) => calendarMethod)
    expect(failed).toMatchObject({ toAddress: 'partie@region.example', attempts: 1 })
    expect(failed!.lastError).toContain('no such user')
    expect(outbox.counts).toMatchObject({ waiting: 0, failed: outbox.mails.length, stopped: 0 })
    expect(outbox.timeZone).toBe('Europe/Paris')
    expect(await invitationsTo(test, made.hosts[0]!.email)).toHaveLength(1)
  })

  it('is asked again with the same Message-ID when a process died between claim and answer', async () => {
    const test = await appWith({})
    const made = await makeSmallDay(test)
    await publish(made, await readyPlan(test, made.day))
    test.clock.advance({ minutes: 3 })
    // As a process leaves it when it is killed while the mail server is thinking.
    const [claimed] = await mailsOf(test, made.day.id)
    await test.db
      .updateTable('outbox')
      .set({
        status: 'sending',
        attempts: 1,
        claimed_until: new Date(test.clock.now().getTime() + 120_000),
      })
      .where('id', '=', claimed!.id)
      .execute()
    await test.runJobs()
    expect(await invitationsTo(test, claimed!.to_address)).toEqual([])
    await deliver(test)
    const [arrived, ...more] = await invitationsTo(test, claimed!.to_address)
    expect(arrived!.mail.messageId).toBe(claimed!.message_id)
    expect(more).toEqual([])
  })

  it('never lets a cancellation overtake its invitation', async () => {
    let answer: Refusal | null = { code: 451, message: 'try later' }
    const test = await appWith({
      mailbox: { failWith: ({ stage }) => (stage === 'data' ? answer : null) },
    })
    const made = await makeSmallDay(test)
    await publish(made, await readyPlan(test, made.day))
    await deliver(test)
    const params = { dayId: made.day.id }
    const { fingerprint } = await made.director.ask(invitationsRoutes.cancellationPreview, {
      params,
    })
    await made.director.ask(invitationsRoutes.cancelDay, { params, body: { fingerprint } })
    await deliver(test)
    answer = null
    test.clock.advance({ hours: 1 })
    await deliver(test)
    await deliver(test)
    const sent = await invitationsTo(test, made.guests[0]!.email)
    expect(sent.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
  })
})

describe('a rehearsal', () => {
  it('sends everything to one address, marked, and nothing to anybody else', async () => {
    const test = await appWith({ config: { mailRedirect: 'repetition@region.example' } })
    const made = await makeSmallDay(test)
    await publish(made, await readyPlan(test, made.day))
    await deliver(test)
    const all = await test.mailbox.listMails()
    expect(new Set(all.flatMap(({ deliveredTo }) => deliveredTo))).toEqual(
      new Set(['repetition@region.example']),
    )
    const rehearsed = await invitationsTo(test, 'repetition@region.example')
    expect(rehearsed).toHaveLength(2)
    for (const { mail, attendees } of rehearsed) {
      expect(mail.subject).toMatch(/^\[Répétition/)
      // What is rehearsed is what would be sent.
      expect(attendees[0]!.address).not.toContain('repetition@')
    }
  })
})
