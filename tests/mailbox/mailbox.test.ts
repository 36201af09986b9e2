import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailboxRoutes } from '#shared/mailbox/mailbox.contract.ts'
import { publishedDay } from '../invitations/invitations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

describe('the demo’s mailbox page', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await startTestApp({ demoMailbox: true })
  })
  afterAll(() => test.close())

  it('lists mails, finds them by recipient, and reads their calendar', async () => {
    const made = await publishedDay(test)
    const to = made.guests[0]!.email!
    const { mails } = await test.nobody.ask(mailboxRoutes.demoMails, {
      query: { to: to.toUpperCase() },
    })
    expect(mails.every((mail) => mail.to[0]!.address === to)).toBe(true)
    const invitation = mails.find(({ calendarMethod }) => calendarMethod)!
    const mail = await test.nobody.ask(mailboxRoutes.demoMail, {
      params: { mailId: invitation.id },
    })
    expect(mail.html).toContain('/affectation/')
    expect(mail.calendar).toMatchObject({
      method: 'REQUEST',
      sequence: 0,
      status: 'CONFIRMED',
      startsAt: new Date('2027-05-20T07:00:00Z'),
    })
    expect(mail.calendar!.location).toContain('Boutique Dax, 12 rue des Halles')
    const unknown = await test.nobody.call(mailboxRoutes.demoMail, {
      params: { mailId: '99999999' },
    })
    expect(unknown.problem?.code).toBe('not-found')
  })
})

describe('a real installation', () => {
  it('has no such page', async () => {
    const test = await startTestApp({ demoMailbox: true, config: { demo: false } })
    const answer = await test.nobody.call(mailboxRoutes.demoMails)
    expect(answer.problem?.code).toBe('not-found')
    await test.close()
  })
})
