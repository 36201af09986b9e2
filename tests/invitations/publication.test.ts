import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { reconcileInvitations } from '#server/features/invitations/invitations.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { boardRoutes } from '#shared/invitations/invitations.board.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { makePerson } from '../roster/roster.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  deliver,
  invitationsTo,
  makeSmallDay,
  publish,
  publishedDay,
  readyPlan,
} from './invitations.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())

const voice = () => ({
  mailFrom: test.services.config.mailFrom,
  mailDomain: test.services.mailDomain,
  publicUrl: test.services.config.publicUrl,
  quietSeconds: 60,
})
const reconcileAgain = (dayId: string) =>
  inTransaction(test.db, (trx) => reconcileInvitations(trx, dayId, test.clock.now(), voice()))

describe('publishing a plan', () => {
  it('invites host and guest, each to an event of their own, by a mail of their own', async () => {
    const { hosts, guests } = await publishedDay(test)
    const [host] = await invitationsTo(test, hosts[0]!.email)
    const [guest] = await invitationsTo(test, guests[0]!.email)
    for (const [invitation, person] of [
      [host!, hosts[0]!],
      [guest!, guests[0]!],
    ] as const) {
      expect(invitation.method).toBe('REQUEST')
      expect(invitation.mail.calendarMethod).toBe('REQUEST')
      expect(invitation.parts).toHaveLength(2)
      expect(invitation.parts[0]).toBe(invitation.parts[1])
      expect(invitation.sequence).toBe(0)
      expect(invitation.status).toBe('CONFIRMED')
      expect(invitation.startsAt).toEqual(new Date('2027-05-20T07:00:00Z'))
      expect(invitation.organiser).toBe(`mailto:${test.services.config.mailFrom}`)
      expect(invitation.organiserName).toMatch(/^Région /)
      expect(invitation.mail.from?.address).toBe(test.services.config.mailFrom)
      expect(invitation.attendees).toEqual([
        { address: `mailto:${person.email}`, partstat: 'NEEDS-ACTION', rsvp: 'TRUE' },
      ])
      expect(invitation.location).toContain('Boutique Dax')
      // 128 bits that no address or number can be read from.
      expect(invitation.uid).toMatch(/^[0-9a-f-]{36}@/)
    }
    expect(host!.uid).not.toBe(guest!.uid)
    expect(host!.description).toContain('Léa')
    expect(guest!.description).toContain('Marion')
    expect(host!.mail.text).toContain('/creneau/')
    expect(guest!.mail.text).toContain('/affectation/')
  })

  it('shows nobody the address of anybody else, and no name in a title or subject', async () => {
    const { hosts, guests } = await publishedDay(test, { guests: ['Léa', 'Karim'], capacity: 2 })
    for (const person of [...hosts, ...guests]) {
      const [invitation] = await invitationsTo(test, person.email)
      const raw = await test.mailbox.readRaw(invitation!.mail.id)
      const all = `${raw} ${invitation!.parts.join()} ${invitation!.mail.text}`
      for (const other of [...hosts, ...guests].filter(({ id }) => id !== person.id)) {
        expect(all).not.toContain(other.email)
        expect(all).not.toContain(other.lastName)
      }
      expect(`${invitation!.mail.subject} ${invitation!.summary}`).not.toMatch(
        /Marion|Léa|Karim|Nom\d/,
      )
    }
  })

  it('writes nothing more when reconciled again, and sends nothing twice', async () => {
    const { day, hosts } = await publishedDay(test)
    expect((await reconcileAgain(day.id)).told).toEqual([])
    await deliver(test)
    expect(await invitationsTo(test, hosts[0]!.email)).toHaveLength(1)
  })

  it('previews exactly what it then sends, without writing anything or showing a link', async () => {
    const made = await makeSmallDay(test, { hosts: ['Marion', 'Paul'], guests: ['Léa', 'Karim'] })
    const planId = await readyPlan(test, made.day)
    const params = { planId }
    const before = await test.db.selectFrom('outbox').select('id').execute()
    const preview = await made.director.ask(invitationsRoutes.publicationPreview, { params })
    expect(preview.total).toBe(4)
    expect(preview.counts).toContainEqual({ side: 'host', telling: 'invite', count: 2 })
    expect(preview.counts).toContainEqual({ side: 'guest', telling: 'invite', count: 2 })
    expect(JSON.stringify(preview)).not.toMatch(/capability:|\/creneau\/\w|\/affectation\/\w/)
    expect(preview.samples).toHaveLength(2)
    expect(await test.db.selectFrom('outbox').select('id').execute()).toEqual(before)
    expect(
      await test.db
        .selectFrom('placements')
        .selectAll()
        .where('day_id', '=', made.day.id)
        .execute(),
    ).toEqual([])
    const { started } = await publish(made, planId)
    expect(started.mails).toBe(preview.total)
    await deliver(test)
    const written = await test.db
      .selectFrom('outbox')
      .select('to_name')
      .where('batch_id', '=', started.batchId)
      .execute()
    expect(written.map(({ to_name }) => to_name).sort()).toEqual(
      preview.recipients.map(({ name }) => name).sort(),
    )
  })

  it('refuses a fingerprint that is not the one of the preview, and writes nothing', async () => {
    const made = await makeSmallDay(test)
    const planId = await readyPlan(test, made.day)
    const answer = await made.director.call(invitationsRoutes.publish, {
      params: { planId },
      body: { fingerprint: 'something else' },
    })
    expect(answer.problem?.code).toBe('preview-outdated')
    const rows = await test.db
      .selectFrom('outbox')
      .select('id')
      .where('day_id', '=', made.day.id)
      .where('purpose', 'like', 'invite%')
      .execute()
    expect(rows).toEqual([])
  })

  it('happens once when asked twice at the same time', async () => {
    const made = await makeSmallDay(test)
    const planId = await readyPlan(test, made.day)
    const params = { planId }
    const { fingerprint } = await made.director.ask(invitationsRoutes.publicationPreview, {
      params,
    })
    const once = () =>
      made.director.call(invitationsRoutes.publish, { params, body: { fingerprint } })
    const both = await Promise.all([once(), once()])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ problem }) => problem)?.problem?.code).toBe('plan-published')
    await deliver(test)
    expect(await invitationsTo(test, made.guests[0]!.email)).toHaveLength(1)
    expect(await invitationsTo(test, made.hosts[0]!.email)).toHaveLength(1)
  })

  it('is for directors of the region only', async () => {
    const made = await makeSmallDay(test)
    const planId = await readyPlan(test, made.day)
    const guest = await test.signedIn(made.guests[0]!.accountId!)
    const answer = await guest.call(invitationsRoutes.publicationPreview, { params: { planId } })
    expect(answer.problem?.code).toBe('forbidden')
    const board = await guest.call(boardRoutes.confirmationBoard, {
      params: { dayId: made.day.id },
    })
    expect(board.problem?.code).toBe('forbidden')
  })

  it('tells those left without a place, kindly and once', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim'] })
    const subjects = async (address: string | null) =>
      (await test.mailbox.listMails({ to: address ?? '' })).map(({ subject }) => subject)
    const all = await Promise.all(made.guests.map(({ email }) => subjects(email)))
    const told = all.flat().filter((subject) => subject.includes('votre inscription du'))
    expect(told).toHaveLength(1)
    const again = await readyPlan(test, made.day)
    const { started } = await publish(made, again)
    expect(started.mails).toBe(0)
  })

  it('shows whoever is left without a place the way to their card', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim'] })
    const boxes = made.guests.map(({ email }) => test.mailbox.listMails({ to: email ?? '' }))
    const told = (await Promise.all(boxes)).flat()
    const [leftOut] = told.filter(({ subject }) => subject.includes('votre inscription du'))
    const mail = await test.mailbox.readMail(leftOut!.id)
    expect(mail?.text).toContain(`/journees/${made.day.id}/ma-carte`)
  })

  it('lists whoever is left without a place and has no mail either', async () => {
    const made = await makeSmallDay(test, { guests: ['Léa', 'Karim'] })
    const ids = made.guests.map(({ id }) => id)
    await test.db.updateTable('people').set({ email: null }).where('id', 'in', ids).execute()
    const { preview } = await publish(made, await readyPlan(test, made.day))
    expect(preview.unreachable).toHaveLength(2)
    expect(preview.unreachable.map(({ about }) => about)).toContain('sans place')
  })

  it('lists whom no mail reaches, and invites the others', async () => {
    const made = await makeSmallDay(test, { hostEmail: null })
    const planId = await readyPlan(test, made.day)
    const { preview, started } = await publish(made, planId)
    expect(preview.unreachable).toMatchObject([{ side: 'host' }])
    expect(started.mails).toBe(1)
    await deliver(test)
    expect(await invitationsTo(test, made.guests[0]!.email)).toHaveLength(1)
  })
})

describe('publishing anew', () => {
  it('tells only those whose situation changed: another mailbox gets another event', async () => {
    const made = await publishedDay(test, { hosts: ['Marion', 'Paul'], guests: ['Léa', 'Karim'] })
    const guest = made.guests[0]!
    await makePerson(test.db, test.clock.now(), made.site, {
      employeeNumber: guest.employeeNumber,
      firstName: guest.firstName,
      lastName: guest.lastName,
      email: 'nouvelle.adresse@region.example',
    })
    const planId = await readyPlan(test, made.day)
    const { preview } = await publish(made, planId)
    expect(preview.counts).toEqual([
      { side: 'guest', telling: 'cancel', count: 1 },
      { side: 'guest', telling: 'invite', count: 1 },
    ])
    await deliver(test)
    const before = await invitationsTo(test, guest.email)
    expect(before.map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL'])
    const after = await invitationsTo(test, 'nouvelle.adresse@region.example')
    expect(after.map(({ method, sequence }) => [method, sequence])).toEqual([['REQUEST', 0]])
    expect(after[0]!.uid).not.toBe(before[0]!.uid)
  })
})

describe('taking back', () => {
  it('stops what has not left; nothing else goes out until a director sends again', async () => {
    const made = await makeSmallDay(test)
    const planId = await readyPlan(test, made.day)
    const { started } = await publish(made, planId)
    await test.runJobs()
    expect(await invitationsTo(test, made.guests[0]!.email)).toEqual([])
    const { stopped } = await made.director.ask(invitationsRoutes.stopBatch, {
      params: { batchId: started.batchId! },
    })
    expect(stopped).toBe(2)
    await deliver(test)
    await reconcileAgain(made.day.id)
    await deliver(test)
    expect(await invitationsTo(test, made.guests[0]!.email)).toEqual([])

    const params = { dayId: made.day.id }
    expect((await made.director.ask(invitationsRoutes.outbox, { params })).held).toBe(2)
    const preview = await made.director.ask(invitationsRoutes.heldPreview, { params })
    expect(preview.total).toBe(2)
    const body = { fingerprint: preview.fingerprint }
    await made.director.ask(invitationsRoutes.sendHeld, { params, body })
    await deliver(test)
    const [invitation, ...more] = await invitationsTo(test, made.guests[0]!.email)
    expect(invitation).toMatchObject({ method: 'REQUEST', sequence: 0 })
    expect(more).toEqual([])
    expect((await made.director.ask(invitationsRoutes.outbox, { params })).held).toBe(0)
  })

  it('leaves what has left as it is', async () => {
    const made = await makeSmallDay(test)
    const { started } = await publish(made, await readyPlan(test, made.day))
    await deliver(test)
    const { stopped } = await made.director.ask(invitationsRoutes.stopBatch, {
      params: { batchId: started.batchId! },
    })
    expect(stopped).toBe(0)
    expect((await reconcileAgain(made.day.id)).told).toEqual([])
  })
})

describe('cancelling a day', () => {
  it('takes everything out of the calendars again, in the order it came', async () => {
    const made = await publishedDay(test, { guests: ['Léa', 'Karim'] })
    const params = { dayId: made.day.id }
    const preview = await made.director.ask(invitationsRoutes.cancellationPreview, { params })
    expect(preview.total).toBe(3)
    const body = { fingerprint: preview.fingerprint }
    await made.director.ask(invitationsRoutes.cancelDay, { params, body })
    await deliver(test)
    const [request, cancel] = await invitationsTo(test, made.hosts[0]!.email)
    expect(cancel).toMatchObject({ method: 'CANCEL', status: 'CANCELLED', sequence: 1 })
    expect(cancel!.mail.calendarMethod).toBe('CANCEL')
    expect(cancel!.uid).toBe(request!.uid)
    expect(cancel!.stamp > request!.stamp).toBe(true)
    expect(cancel!.attendees[0]!.address).toBe(request!.attendees[0]!.address)
    expect(cancel!.mail.headers.find(({ name }) => name === 'in-reply-to')?.line).toContain(
      request!.mail.messageId!,
    )
    const told = await Promise.all(
      made.guests.map(async ({ email }) =>
        (await test.mailbox.listMails({ to: email ?? '' })).some(({ subject }) =>
          subject.includes('annul'),
        ),
      ),
    )
    expect(told).toEqual([true, true])
    const again = await made.director.call(invitationsRoutes.cancelDay, { params, body })
    expect(again.problem?.code).toBe('day-cancelled')
  })
})

describe('a day that is over', () => {
  it('is neither published nor cancelled any more, and sends nothing held back', async () => {
    const test = await startTestApp()
    onTestFinished(() => test.close())
    const { day, directorAccount } = await publishedDay(test)
    const planId = await readyPlan(test, day)
    const params = { dayId: day.id }
    test.clock.set('2027-05-21T08:00:00Z')
    const director = await test.signedIn(directorAccount)
    const asked = [
      await director.call(invitationsRoutes.publicationPreview, { params: { planId } }),
      await director.call(invitationsRoutes.cancellationPreview, { params }),
      await director.call(invitationsRoutes.heldPreview, { params }),
    ]
    expect(asked.map(({ problem }) => problem?.code)).toEqual(['day-over', 'day-over', 'day-over'])
  })
})
