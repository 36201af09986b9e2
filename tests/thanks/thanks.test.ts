import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dayById } from '#server/features/days/days.service.ts'
import { setOptOut } from '#server/features/signup/signup.service.ts'
import { deliverCards } from '#server/features/thanks/thanks.evening.ts'
import { addJob, inTransaction } from '#server/platform/postgres/database.ts'
import { homeRoutes } from '#shared/home/home.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { thanksRoutes as routes } from '#shared/thanks/thanks.contract.ts'
import {
  type LivedDay,
  livedDay,
  placementToken,
  slotToken,
} from '../observations/observations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let lived: LivedDay
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  lived = await livedDay(test)
  // A Thursday, 16 h in Paris: they met in the morning.
  test.clock.set('2027-05-20T14:00:00Z')
})

const ofDay = () => ({ params: { dayId: lived.day.id } })
const ofGuest = (guest: number) => ({ params: { token: placementToken(test, lived, guest) } })
const write = (guest: number, words: string, signed = true) =>
  lived.callers.guests[guest]!.call(routes.write, { ...ofDay(), body: { words, signed } })
const received = () =>
  test.nobody.ask(routes.receivedByLink, { params: { token: slotToken(test, lived.slot) } })
const mails = () =>
  test.db
    .selectFrom('outbox')
    .select(['id', 'to_address', 'subject', 'text_body', 'status', 'day_id'])
    .where('purpose', '=', 'thanks')
    .where('to_address', '=', lived.host.email!)
    .orderBy('written')
    .execute()

async function evening(instant = '2027-05-20T16:10:00Z') {
  test.clock.set(instant)
  await addJob(test.db, 'deliver-cards', {})
  await test.runJobs()
}

describe('a guest', () => {
  it('writes one card, with or without an account, and rewrites it until the evening', async () => {
    expect((await write(0, 'Merci')).body).toMatchObject({
      hostFirstName: 'Marion',
      state: 'open',
      leavesOn: '2027-05-20',
      onlyGuest: false,
    })
    const again = { words: 'Merci Marion, quelle patience !', signed: false }
    await test.nobody.ask(routes.writeByLink, { ...ofGuest(0), body: again })
    expect((await lived.callers.guests[0]!.ask(routes.thanks, ofDay())).own?.card).toEqual(again)
    expect(await received()).toEqual([])
    await evening()
    expect(await received()).toEqual([{ id: expect.any(String), words: again.words, from: null }])
    expect((await write(0, 'Encore')).problem?.code).toBe('thanks-left')
    const withdrawn = await test.nobody.call(routes.withdrawByLink, ofGuest(0))
    expect(withdrawn.problem?.code).toBe('thanks-left')
    expect(await test.nobody.ask(routes.ownByLink, ofGuest(0))).toMatchObject({
      state: 'left',
      card: again,
    })
  })

  it('takes it back, and nothing leaves', async () => {
    await write(0, 'Merci')
    const back = await lived.callers.guests[0]!.ask(routes.withdraw, ofDay())
    expect(back).toMatchObject({ state: 'open', card: null })
    expect((await test.nobody.call(routes.withdrawByLink, ofGuest(0))).status).toBe(200)
    await evening()
    expect(await received()).toEqual([])
    expect(await mails()).toEqual([])
  })

  it('writes from the hour they meet until observing closes', async () => {
    test.clock.set('2027-05-20T06:00:00Z')
    expect((await write(0, 'Merci')).problem?.code).toBe('thanks-closed')
    expect(await test.nobody.ask(routes.ownByLink, ofGuest(0))).toMatchObject({ state: 'early' })
    test.clock.set('2027-05-28T08:00:00Z')
    expect((await test.nobody.ask(routes.ownByLink, ofGuest(0))).state).toBe('closed')
  })

  it('has a place: who has none thanks nobody', async () => {
    const body = { words: 'Merci', signed: true }
    for (const caller of [lived.callers.host, lived.callers.bystander]) {
      const answer = await caller.call(routes.write, { ...ofDay(), body })
      expect(answer.problem?.code).toBe('placement-ended')
      expect((await caller.ask(routes.thanks, ofDay())).own).toBeNull()
    }
  })

  it('writes one line: nothing, or two hundred and one characters, is not a card', async () => {
    for (const words of ['', '   ', 'x'.repeat(201)])
      expect((await write(0, words)).problem?.code).toBe('invalid-input')
    expect((await write(0, '👩🏽‍🔧'.repeat(28))).status).toBe(200)
  })
})

describe('a host', () => {
  it('gets the cards of an evening in one mail, after six, and keeps them in the app', async () => {
    await write(0, 'Merci Marion, je ne verrai plus la file comme avant.')
    await write(1, 'Le café était bon.', false)
    await evening('2027-05-20T15:50:00Z')
    expect(await mails()).toEqual([])
    await evening()
    await evening('2027-05-20T16:20:00Z')
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail?.status).toBe('sent')
    expect(mail?.subject).toContain('2 cartes pour vous')
    expect(mail?.text_body).toContain('Alice vous écrit')
    expect(mail?.text_body).toContain('Sans signature')
    expect(mail?.text_body).not.toContain('Bruno')
    const kept = await lived.callers.host.ask(routes.thanks, ofDay())
    expect(kept.received.map(({ from }) => from).sort()).toEqual(['Alice', null])
    // What comes later is told alone.
    await write(2, 'Merci aussi.')
    await evening('2027-05-21T16:00:00Z')
    const [, second] = await mails()
    expect(second?.text_body).toContain('Merci aussi.')
    expect(second?.text_body).not.toContain('café')
    expect(await received()).toHaveLength(3)
  })

  it('who wants no mail finds them in the app alone', async () => {
    const who = {
      regionId: lived.region.regionId,
      dayId: lived.day.id,
      personId: lived.host.id,
    }
    await inTransaction(test.db, (trx) => setOptOut(trx, who, true, test.clock.now()))
    await write(0, 'Merci')
    await evening()
    expect(await mails()).toEqual([])
    expect(await received()).toHaveLength(1)
  })

  it('is the only one to read them: not the director, among the mails of the day', async () => {
    await write(0, 'Entre nous deux.')
    await evening()
    const [mail] = await mails()
    const outbox = await lived.callers.director.ask(invitationsRoutes.outbox, {
      ...ofDay(),
      query: {},
    })
    expect(outbox.mails.map(({ id }) => id)).not.toContain(mail?.id)
    const read = await lived.callers.director.call(invitationsRoutes.outboxMail, {
      params: { mailId: mail!.id },
    })
    expect(read.problem?.code).toBe('not-found')
  })
})

describe('two at once', () => {
  const deliver = async () => {
    const day = (await dayById(test.db, lived.day.id))!
    const leaving = {
      secret: test.services.secret,
      mailDomain: 'coeur.example',
      publicUrl: 'http://localhost',
      draw: randomInt,
    }
    await inTransaction(test.db, (trx) => deliverCards(trx, day, test.clock.now(), leaving))
  }

  it('deliver each card once', async () => {
    await write(0, 'Merci')
    test.clock.set('2027-05-20T16:10:00Z')
    await Promise.all([deliver(), deliver()])
    expect(await received()).toHaveLength(1)
    expect(await mails()).toHaveLength(1)
  })

  it('rewrite and deliver: the card leaves once, as one of the two', async () => {
    await write(0, 'Avant')
    test.clock.set('2027-05-20T16:10:00Z')
    const [rewritten] = await Promise.all([write(0, 'Après'), deliver()])
    await evening('2027-05-21T16:10:00Z')
    const cards = (await received()).map(({ words }) => words)
    expect(cards).toEqual([rewritten.status === 200 ? 'Après' : 'Avant'])
    const waiting = await test.db.selectFrom('thanks_intake').select('key').execute()
    expect(waiting).toEqual([])
  })
})

describe('the first screen', () => {
  const thanksOf = async (caller: LivedDay['callers']['host']) =>
    (await caller.ask(homeRoutes.home)).days[0]?.thanks

  it('asks a guest for a card until it is written, and tells a host of those that came', async () => {
    expect(await thanksOf(lived.callers.guests[0]!)).toEqual({ toThank: 'Marion', received: 0 })
    await write(0, 'Merci')
    expect(await thanksOf(lived.callers.guests[0]!)).toEqual({ toThank: null, received: 0 })
    expect(await thanksOf(lived.callers.host)).toEqual({ toThank: null, received: 0 })
    await evening()
    expect(await thanksOf(lived.callers.host)).toEqual({ toThank: null, received: 1 })
    expect(await thanksOf(lived.callers.bystander)).toBeNull()
  })
})

it('keeps no note of when a card was written, not even of a repetition', async () => {
  const key = { 'idempotency-key': 'the same intention' }
  const records = () =>
    test.db
      .selectFrom('idempotency_records')
      .select('key')
      .where('key', '=', key['idempotency-key'])
  const body = { words: 'Merci', signed: true }
  for (let attempt = 0; attempt < 2; attempt += 1)
    await lived.callers.guests[0]!.ask(routes.write, { ...ofDay(), body }, key)
  expect(await records().execute()).toEqual([])
  const [waiting] = await test.db.selectFrom('thanks_intake').selectAll().execute()
  expect(Object.keys(waiting!).sort()).toEqual(['day_id', 'key', 'leaves_on', 'sealed'])
  await evening()
  const [card] = await test.db.selectFrom('thanks').selectAll().execute()
  expect(JSON.stringify(card)).not.toMatch(/\d\dT\d\d/)
})
