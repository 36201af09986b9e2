import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reminderDue } from '#server/features/invitations/invitations.reminders.ts'
import { invitationsTasks } from '#server/features/invitations/invitations.tasks.ts'
import { setOptOut } from '#server/features/signup/signup.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { deliver, publishedDay, type SmallDay } from './invitations.factory.ts'

describe('which reminder is due', () => {
  // 20 May 2027 is a Thursday, 24 May a Monday; Paris is two hours ahead of UTC.
  it.each<[string, string, 'week' | 'day' | null]>([
    ['2027-05-20', '2027-05-12T10:00:00Z', null],
    ['2027-05-20', '2027-05-13T06:59:00Z', null],
    ['2027-05-20', '2027-05-13T07:00:00Z', 'week'],
    ['2027-05-20', '2027-05-13T15:59:00Z', 'week'],
    ['2027-05-20', '2027-05-13T16:00:00Z', null],
    // Hours missed are made up for, at a weekend never, and not when it is too close for a week.
    ['2027-05-20', '2027-05-14T10:00:00Z', 'week'],
    ['2027-05-20', '2027-05-15T10:00:00Z', null],
    ['2027-05-20', '2027-05-17T10:00:00Z', null],
    ['2027-05-20', '2027-05-19T07:00:00Z', 'day'],
    ['2027-05-20', '2027-05-19T16:30:00Z', null],
    ['2027-05-20', '2027-05-20T05:00:00Z', null],
    ['2027-05-20', '2027-05-20T07:00:00Z', null],
    ['2027-05-24', '2027-05-21T10:00:00Z', 'day'],
    ['2027-05-24', '2027-05-23T10:00:00Z', null],
    // The clocks change on the Sunday in between.
    ['2027-03-29', '2027-03-26T08:00:00Z', 'day'],
    ['2027-11-02', '2027-10-26T07:00:00Z', 'week'],
  ])('for %s at %s: %s', (date, now, due) => {
    expect(reminderDue(date, 'Europe/Paris', new Date(now))).toBe(due)
  })
})

let test: TestApp
let made: SmallDay
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())
beforeEach(() => test.clock.set('2027-05-10T07:00:00Z'))

const look = () =>
  invitationsTasks(test.services, repairSetting(test.services))['send-reminders']!({}, {} as never)
const reminders = async () =>
  (
    await test.db
      .selectFrom('outbox')
      .selectAll()
      .where('day_id', '=', made.day.id)
      .where('purpose', 'like', 'reminder-%')
      .orderBy('purpose')
      .execute()
  ).map(({ purpose, to_address }) => [purpose, to_address])

describe('reminders', () => {
  it('go a week and a day before to host and guest, once each, whoever looks at once', async () => {
    made = await publishedDay(test)
    const [host, guest] = [made.hosts[0]!.email, made.guests[0]!.email]
    await look()
    expect(await reminders()).toEqual([])
    test.clock.set('2027-05-13T08:00:00Z')
    await Promise.all([look(), look(), look()])
    await look()
    expect(new Set(await reminders())).toEqual(
      new Set([
        ['reminder-week', host],
        ['reminder-week', guest],
      ]),
    )
    test.clock.set('2027-05-19T08:00:00Z')
    await Promise.all([look(), look()])
    expect((await reminders()).map(([purpose]) => purpose)).toEqual([
      'reminder-day',
      'reminder-day',
      'reminder-week',
      'reminder-week',
    ])
    await deliver(test)
    const [mail] = await test.mailbox.listMails({ to: guest ?? '', limit: 1 })
    const read = await test.mailbox.readMail(mail!.id)
    expect(read!.text).toContain('jeudi 20')
    expect(read!.text).not.toMatch(/demain/i)
    const names = read!.headers.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['list-unsubscribe-post', 'in-reply-to']))
    expect(read!.calendars).toEqual([])
  })

  it('leave out who opted out, said no, was cancelled, or read about it today', async () => {
    made = await publishedDay(test, { guests: ['Léa', 'Karim', 'Inès'], capacity: 3 })
    const [lea, karim, ines] = made.guests
    const { regionId, id: dayId } = made.day
    await inTransaction(test.db, (trx) =>
      setOptOut(trx, { regionId, dayId, personId: lea!.id }, true, test.clock.now()),
    )
    const placed = await test.db
      .selectFrom('placements')
      .select(['id', 'person_id'])
      .where('day_id', '=', dayId)
      .execute()
    await test.db
      .updateTable('placements')
      .set({ status: 'ended', ended_at: test.clock.now(), ended_reason: 'guest-cancelled' })
      .where('id', '=', placed.find(({ person_id }) => person_id === karim!.id)!.id)
      .execute()
    test.clock.set('2027-05-13T08:00:00Z')
    await test.db
      .updateTable('calendar_events')
      .set({ stamped_at: test.clock.now() })
      .where('day_id', '=', dayId)
      .where('slot_id', 'is not', null)
      .execute()
    await look()
    expect(await reminders()).toEqual([['reminder-week', ines!.email]])
    // Who read about it yesterday is reminded today.
    test.clock.set('2027-05-14T08:00:00Z')
    await look()
    expect((await reminders()).map(([, to]) => to).sort()).toEqual(
      [ines!.email, made.hosts[0]!.email].sort(),
    )
  })

  it('leave in peace whom a director asked less than two days ago, and reach them after', async () => {
    made = await publishedDay(test)
    test.clock.set('2027-05-12T08:00:00Z')
    const params = { dayId: made.day.id }
    const { fingerprint } = await made.director.ask(invitationsRoutes.nudgePreview, { params })
    await made.director.ask(invitationsRoutes.nudge, { params, body: { fingerprint } })
    await deliver(test)
    test.clock.set('2027-05-13T08:00:00Z')
    await look()
    expect(await reminders()).toEqual([])
    test.clock.set('2027-05-14T09:00:00Z')
    await look()
    expect(await reminders()).toHaveLength(2)
  })
})
