import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as days from '#server/features/days/days.service.ts'
import { reconcileInvitations } from '#server/features/invitations/invitations.service.ts'
import { hostCandidates } from '#server/features/roster/roster.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import { accountsRoutes } from '#shared/accounts/accounts.contract.ts'
import { actionsRoutes } from '#shared/actions/actions.contract.ts'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { handoversRoutes } from '#shared/handovers/handovers.contract.ts'
import { observationsRoutes } from '#shared/observations/observations.contract.ts'
import { rosterRoutes as routes } from '#shared/roster/roster.contract.ts'
import { thanksRoutes } from '#shared/thanks/thanks.contract.ts'
import { ofOne, planned, tellOwners } from '../actions/actions.factory.ts'
import {
  type LivedDay,
  livedDay,
  placementToken,
  seen,
  slotToken,
} from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { makePerson } from './roster.factory.ts'

// Somebody leaves the region: each feature has one answer to it, and what they did stays.

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  lived = await livedDay(test)
  // A Monday, ten days before it; everybody has it in their calendar.
  test.clock.set('2027-05-10T08:00:00Z')
  await inTransaction(test.db, (trx) =>
    reconcileInvitations(trx, lived.day.id, test.clock.now(), repairSetting(test.services)),
  )
  await mailsLeave()
})

async function mailsLeave() {
  test.clock.advance({ minutes: 5 })
  await test.runJobs()
}

const ofRegion = () => ({ params: { regionId: lived.region.regionId } })
const body = (...people: { employeeNumber: string }[]) => ({
  employeeNumbers: people.map(({ employeeNumber }) => employeeNumber),
})
const leave = (...people: { employeeNumber: string }[]) =>
  lived.callers.director.ask(routes.leave, { ...ofRegion(), body: body(...people) })
const director = () => lived.callers.director
const ofDay = () => ({ params: { dayId: lived.day.id } })
const mailsTo = async (address: string) =>
  (await test.mailbox.listMails({ to: address })).map(({ subject }) => subject)
const rowOf = (id: string) =>
  test.db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** The text of the newest mail to somebody. */
async function lastTextTo(address: string) {
  const last = await test.db
    .selectFrom('outbox')
    .select('text_body')
    .where('to_address', '=', address)
    .orderBy('written', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.text_body ?? ''
}

/** Of the newest mail somebody was written that day’s calendar in. */
async function lastCalendarTo(address: string) {
  const last = await test.db
    .selectFrom('outbox')
    .select('calendar_method')
    .where('to_address', '=', address)
    .orderBy('written', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.calendar_method
}

describe('a guest who leaves', () => {
  it('is told of in a preview, frees the place and the calendar, and hears nothing else', async () => {
    const alice = lived.guests[0]!
    const before = (await mailsTo(alice.email!)).length
    const preview = await director().ask(routes.previewLeaving, {
      ...ofRegion(),
      body: body(alice),
    })
    const none = { slots: 0, guests: 0, actions: 0, seats: 0, sessions: 0 }
    const told = { names: [`Alice ${alice.lastName}`], places: 1, ...none }
    expect(preview).toEqual(told)
    expect((await rowOf(alice.id)).left_on).toBeNull()
    expect(await leave(alice)).toEqual(told)
    const link = { params: { token: placementToken(test, lived, 0) } }
    const opened = await test.nobody.call(confirmationsRoutes.placementLinkMeeting, link)
    expect(opened.problem?.code).toBe('holder-left')
    await mailsLeave()
    expect(await mailsTo(alice.email!)).toHaveLength(before + 1)
    expect(await lastCalendarTo(alice.email!)).toBe('CANCEL')
    // Who comes is told to the host by an update of theirs.
    const host = await test.nobody.ask(confirmationsRoutes.slotLinkMeeting, {
      params: { token: slotToken(test, lived.slot) },
    })
    expect(host.company).not.toContain('Alice')
    expect(await leave(alice)).toEqual({ names: [], places: 0, ...none })
  })

  it('is signed out, cannot sign in, and neither signs up nor is chosen for anything', async () => {
    const alice = lived.guests[0]!
    await leave(alice)
    expect(
      (await lived.callers.guests[0]!.call(observationsRoutes.myObservations, ofDay())).status,
    ).toBe(401)
    const before = (await mailsTo(alice.email!)).length
    await test.nobody.ask(accountsRoutes.requestSignIn, { body: { email: alice.email! } })
    await test.runJobs()
    expect(await mailsTo(alice.email!)).toHaveLength(before)
    const { people } = await director().ask(routes.people, {
      ...ofRegion(),
      query: { search: alice.lastName },
    })
    expect(people.map(({ id }) => id)).not.toContain(alice.id)
    const host = lived.host
    await leave(host)
    const candidates = await hostCandidates(test.db, lived.region.regionId)
    expect(candidates.map(({ personId }) => personId)).not.toContain(host.id)
  })

  it('keeps what they observed, under their name', async () => {
    test.clock.set('2027-05-20T10:00:00Z')
    const observationId = crypto.randomUUID()
    await lived.callers.guests[1]!.ask(observationsRoutes.putObservation, {
      params: { dayId: lived.day.id, observationId },
      body: seen(lived),
    })
    test.clock.set('2027-05-21T08:00:00Z')
    await leave(lived.guests[1]!)
    const kept = await test.db
      .selectFrom('observations')
      .select(['author_id', 'withdrawn'])
      .where('id', '=', observationId)
      .executeTakeFirstOrThrow()
    expect(kept).toEqual({ author_id: lived.guests[1]!.id, withdrawn: false })
    // The day is over: who was there, was there.
    const placement = await test.db
      .selectFrom('placements')
      .select('status')
      .where('id', '=', lived.placements[1]!)
      .executeTakeFirstOrThrow()
    expect(placement.status).toBe('active')
  })
})

describe('a host who leaves', () => {
  it('closes their slots; their guests are told, and their own calendar is freed', async () => {
    const told = await leave(lived.host)
    expect(told).toMatchObject({ places: 0, slots: 1, guests: 5 })
    const link = { params: { token: slotToken(test, lived.slot) } }
    const opened = await test.nobody.call(confirmationsRoutes.slotLinkMeeting, link)
    expect(opened.problem?.code).toBe('holder-left')
    const before = (await mailsTo(lived.guests[2]!.email!)).length
    await mailsLeave()
    expect((await mailsTo(lived.guests[2]!.email!)).length).toBeGreaterThan(before)
    expect(await lastCalendarTo(lived.host.email!)).toBe('CANCEL')
    const placement = await test.nobody.ask(confirmationsRoutes.placementLinkMeeting, {
      params: { token: placementToken(test, lived, 2) },
    })
    expect(placement).toMatchObject({ state: 'ended', endedReason: 'host-unavailable' })
    expect(JSON.stringify(placement)).not.toContain('left')
    // Neither mail says why, and each says what follows for its own reader.
    const toGuest = await lastTextTo(lived.guests[2]!.email!)
    expect(toGuest).toContain('ne peut plus le faire')
    const toHost = await lastTextTo(lived.host.email!)
    expect(toHost).toContain('Vous ne faites plus partie de la région')
    expect(toHost).not.toContain('/creneau/')
  })

  it('opens no link of a day that is over either, until they are back', async () => {
    const slotLink = { params: { token: slotToken(test, lived.slot) } }
    const doors = () =>
      Promise.all([
        test.nobody.call(confirmationsRoutes.slotLinkMeeting, slotLink),
        test.nobody.call(thanksRoutes.receivedByLink, slotLink),
        test.nobody.call(observationsRoutes.observingBySlotLink, slotLink),
      ])
    test.clock.set('2027-05-21T08:00:00Z')
    expect((await doors()).map(({ status }) => status)).toEqual([200, 200, 200])
    await leave(lived.host)
    const closed = (await doors()).map(({ problem }) => problem?.code)
    expect(closed).toEqual(['holder-left', 'holder-left', 'holder-left'])
    await test.db
      .updateTable('people')
      .set({ left_on: null })
      .where('id', '=', lived.host.id)
      .execute()
    expect((await doors()).map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it('and a colleague who was asked to take over and leaves has said no', async () => {
    const { db, clock } = test
    const colleague = await makePerson(db, clock.now(), lived.shop, {
      role: 'shop_seller',
      firstName: 'Inès',
    })
    const token = slotToken(test, lived.slot)
    await test.nobody.ask(handoversRoutes.ask, {
      params: { token },
      body: { personId: colleague.id },
    })
    await leave(colleague)
    const handover = await test.nobody.ask(handoversRoutes.slotHandover, { params: { token } })
    expect(handover).toMatchObject({ pending: null, last: { status: 'declined' } })
    await mailsLeave()
    expect((await mailsTo(lived.host.email!)).length).toBeGreaterThan(0)
  })
})

describe('an owner who leaves', () => {
  it('is shown as gone; the action waits for somebody else, unmailed, and the link says so', async () => {
    test.clock.set('2027-05-26T08:00:00Z')
    const action = await planned(lived)
    test.clock.advance({ minutes: 11 })
    await tellOwners(test)
    const [mail] = await test.mailbox.listMails({ to: lived.bystander.email! })
    const text = (await test.mailbox.readMail(mail!.id))?.text ?? ''
    const token = /\/mes-actions\/(\S+)/.exec(text)![1]!
    const orphans = async () =>
      (await director().ask(daysRoutes.timeline, ofDay())).watch.find(
        ({ code }) => code === 'actions-without-owner',
      )?.count ?? 0
    expect(await orphans()).toBe(0)
    expect((await leave(lived.bystander)).actions).toBe(1)
    expect(await orphans()).toBe(1)
    const [shown] = (await director().ask(actionsRoutes.actions, ofDay())).actions
    expect(shown?.owner).toMatchObject({ id: lived.bystander.id, hasMail: false, left: true })
    const linked = await test.nobody.call(actionsRoutes.linked, { params: { token } })
    expect(linked.problem?.code).toBe('holder-left')
    const before = (await mailsTo(lived.bystander.email!)).length
    test.clock.set('2027-05-31T08:00:00Z')
    await tellOwners(test)
    expect(await mailsTo(lived.bystander.email!)).toHaveLength(before)
    // Worded anew without a choice of owner it may stay as it is; nobody gives it to them again.
    const plan = { title: 'Autrement dit', findingIds: [], dueOn: null }
    const kept = { ...plan, ownerId: lived.bystander.id, version: 1 }
    await director().ask(actionsRoutes.change, { params: ofOne(action), body: kept })
    const other = await planned(lived, { ownerId: lived.guests[0]!.id })
    const again = { ...kept, version: 1 }
    const refused = await director().call(actionsRoutes.change, {
      params: ofOne(other),
      body: again,
    })
    expect(refused.problem?.code).toBe('not-found')
  })
})

describe('somebody who comes back', () => {
  it('is brought back by the next file with their number: mail, account and all', async () => {
    const alice = lived.guests[0]!
    await leave(alice)
    const file = [
      'matricule;nom;prénom;email;site',
      `${alice.employeeNumber};${alice.lastName};Alice;${alice.email};BUR-33-001`,
    ].join('\n')
    const draft = await director().ask(routes.upload, {
      ...ofRegion(),
      query: { kind: 'people', fileName: 'retour.csv' },
      body: new TextEncoder().encode(file),
    })
    const params = { regionId: lived.region.regionId, importId: draft.id }
    const run = await director().ask(routes.dryRun, { params })
    expect(run.counts.created).toBe(1)
    await director().ask(routes.commit, { params, body: { fingerprint: run.fingerprint } })
    expect(await rowOf(alice.id)).toMatchObject({
      left_on: null,
      email: alice.email,
      account_id: alice.accountId,
    })
    const before = (await mailsTo(alice.email!)).length
    await test.nobody.ask(accountsRoutes.requestSignIn, { body: { email: alice.email! } })
    await test.runJobs()
    expect(await mailsTo(alice.email!)).toHaveLength(before + 1)
  })
})

describe('two at once', () => {
  it('a guest who confirms while they are said to have left: the place is free afterwards', async () => {
    const link = { params: { token: placementToken(test, lived, 3) } }
    const [answer] = await Promise.all([
      test.nobody.call(confirmationsRoutes.answerPlacementLink, {
        ...link,
        body: { answer: 'yes' },
      }),
      leave(lived.guests[3]!),
    ])
    expect([200, 409, 410]).toContain(answer.status)
    const placement = await test.db
      .selectFrom('placements')
      .select(['status', 'ended_reason'])
      .where('id', '=', lived.placements[3]!)
      .executeTakeFirstOrThrow()
    expect(placement).toEqual({ status: 'ended', ended_reason: 'guest-cancelled' })
  })

  it('two directors who say the same of one person: it happens once', async () => {
    const told = await Promise.all([leave(lived.guests[4]!), leave(lived.guests[4]!)])
    expect(told.map(({ places }) => places).sort()).toEqual([0, 1])
    const audited = await test.db
      .selectFrom('audit_events')
      .select('id')
      .where('action', '=', 'roster.leave')
      .where('subject_id', '=', lived.guests[4]!.id)
      .execute()
    expect(audited).toHaveLength(1)
  })
})

it('ends nobody of another region', async () => {
  const other = await livedDay(test)
  await leave(other.guests[0]!)
  expect((await rowOf(other.guests[0]!.id)).left_on).toBeNull()
  expect(await days.dayById(test.db, other.day.id)).toBeDefined()
})
