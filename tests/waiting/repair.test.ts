import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import { slotsRoutes } from '#shared/slots/slots.contract.ts'
import { waitingRoutes as routes } from '#shared/waiting/waiting.contract.ts'
import { periodOf } from '../days/days.factory.ts'
import { deliver, invitationsTo, publish, readyPlan } from '../invitations/invitations.factory.ts'
import { roleByCode } from '../roster/roster.factory.ts'
import { makeSignup } from '../signup/signup.factory.ts'
import { slotDetails } from '../slots/slots.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  answerOffer,
  declineSlot,
  giveBack,
  makeReadyDay,
  makeWaitingDay,
  offered,
  offers,
  pendingOffer,
  repair,
  seating,
  type WaitingDay,
} from './waiting.factory.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
beforeEach(() => test.clock.set('2027-04-27T11:00:00+02:00'))
afterAll(() => test.close())

const reasonsNow = async (made: WaitingDay) => {
  const placed = await activePlacements(test.db, made.day.id)
  return Object.fromEntries(
    placed.map(({ personId, reason }) => [
      made.guests.find(({ id }) => id === personId)!.firstName,
      reason,
    ]),
  )
}
const release = (made: WaitingDay, host: string, release: 'refused' | 'released') =>
  made.director.ask(slotsRoutes.release, {
    params: { slotId: made.slot(host).id },
    body: release === 'refused' ? { release, reason: 'Inventaire' } : { release },
  })
const setCap = (made: WaitingDay, period: string, capacity: number) =>
  made.director.ask(slotsRoutes.setCaps, {
    params: { dayId: made.day.id, siteId: made.site.id },
    body: { limit: null, caps: [{ periodId: periodOf(made.day, period).id, capacity }] },
  })
async function hostOf(made: WaitingDay, name: string) {
  const host = made.hosts.find(({ firstName }) => firstName === name)!
  return test.signedIn(host.accountId!)
}

describe('a published plan repairs itself', () => {
  it('seats whom a host’s no left without a place, and touches nobody else', async () => {
    const made = await makeWaitingDay(
      test,
      { Marion: { period: 'morning' }, Paul: { period: 'afternoon', capacity: 2 } },
      { Léa: ['morning', 'afternoon'], Karim: ['afternoon'] },
    )
    await deliver(test)
    const before = await activePlacements(test.db, made.day.id)
    await declineSlot(test, made.slot('Marion'))
    expect(await seating(test, made)).toEqual({ Paul: ['Karim', 'Léa'] })
    expect(await reasonsNow(made)).toEqual({ Léa: 'repaired', Karim: 'first-wish' })
    const after = await activePlacements(test.db, made.day.id)
    const karim = made.guest('Karim').id
    const idOf = (some: typeof after) => some.find(({ personId }) => personId === karim)!.id
    expect(idOf(after)).toBe(idOf(before))
    await deliver(test)
    const sent = await invitationsTo(test, made.guest('Léa').email)
    expect(sent.map(({ method }) => method).sort()).toEqual(['CANCEL', 'REQUEST', 'REQUEST'])
    const cancelled = sent.find(({ method }) => method === 'CANCEL')!
    expect(cancelled.mail.text).toContain('Une autre place')
    expect(await invitationsTo(test, made.guest('Karim').email)).toHaveLength(1)
    const told = await test.db
      .selectFrom('outbox')
      .select('text_body')
      .where('day_id', '=', made.day.id)
      .where('purpose', '=', 'plan-repaired')
      .execute()
    expect(told).toHaveLength(1)
    expect(told[0]!.text_body).toContain('Elle en a déjà une autre')
  })

  it('moves somebody only to keep everybody placed, and tells them why', async () => {
    const made = await makeWaitingDay(
      test,
      {
        Marion: { period: 'morning' },
        Paul: { period: 'afternoon' },
        Hugo: { period: 'whole-day' },
      },
      { Léa: ['morning', 'afternoon'], Karim: ['afternoon', 'whole-day'] },
    )
    expect(await seating(test, made)).toEqual({ Marion: ['Léa'], Paul: ['Karim'] })
    await deliver(test)
    await declineSlot(test, made.slot('Marion'))
    expect(await seating(test, made)).toEqual({ Paul: ['Léa'], Hugo: ['Karim'] })
    await deliver(test)
    const sent = await invitationsTo(test, made.guest('Karim').email)
    const cancelled = sent.find(({ method }) => method === 'CANCEL')!
    expect(cancelled.mail.text).toContain('Quelqu’un venait de perdre sa place')
    const params = { dayId: made.day.id }
    const { repaired } = await made.director.ask(routes.board, { params })
    expect(repaired.map(({ person, reason }) => [person.firstName, reason]).sort()).toEqual([
      ['Karim', 'moved'],
      ['Léa', 'host-declined'],
    ])
  })

  it('never moves somebody for a person who merely waits', async () => {
    const made = await makeWaitingDay(
      test,
      { Marion: { period: 'morning' }, Paul: { period: 'whole-day' } },
      // Whoever has the morning, the other waits; each could also come in the afternoon.
      { Léa: ['morning', 'afternoon'], Karim: ['morning'] },
    )
    const [placed] = (await seating(test, made)).Marion!
    const waiter = placed === 'Léa' ? 'Karim' : 'Léa'
    const marion = await hostOf(made, 'Marion')
    const body = slotDetails(made.day, 'afternoon')
    await marion.ask(slotsRoutes.offerSlot, { params: { dayId: made.day.id }, body })
    // Moving Léa would seat Karim too; she was told the morning, so she keeps it.
    expect((await seating(test, made)).Marion).toEqual([placed])
    expect(await offered(test, made)).toEqual(waiter === 'Léa' ? ['Léa'] : [])
  })

  it.each([
    ['its site refuses the host', (made: WaitingDay) => release(made, 'Marion', 'refused')],
    ['the site takes nobody any more', (made: WaitingDay) => setCap(made, 'morning', 0)],
    [
      'the host pauses',
      async (made: WaitingDay) =>
        test.nobody.ask(slotsRoutes.answerOffer, {
          params: { token: (await slotToken(made, 'Marion')).token },
          body: { answer: 'pause' },
        }),
    ],
  ])('when %s', async (_, change) => {
    const made = await makeWaitingDay(
      test,
      { Marion: { period: 'morning' }, Paul: { period: 'afternoon' } },
      { Léa: ['morning', 'afternoon'] },
    )
    await change(made)
    expect(await seating(test, made)).toEqual({ Paul: ['Léa'] })
  })

  it('lets one go when a host takes fewer, and offers what a host takes more', async () => {
    const made = await makeWaitingDay(
      test,
      { Marion: { period: 'morning', capacity: 2 } },
      { Léa: ['morning'], Karim: ['morning'], Inès: ['morning'] },
    )
    const resize = async (capacity: number) =>
      test.nobody.ask(slotsRoutes.answerOffer, {
        params: await slotToken(made, 'Marion'),
        body: { answer: 'yes', details: slotDetails(made.day, 'morning', { capacity }) },
      })
    const before = (await seating(test, made)).Marion!
    await resize(1)
    const [kept, ...others] = (await seating(test, made)).Marion!
    expect(others).toEqual([])
    await resize(2)
    const lost = before.find((name) => name !== kept)!
    // Who lost a place through no doing of their own is asked first.
    expect(await offered(test, made)).toEqual([lost])
    expect((await seating(test, made)).Marion).toEqual([kept])
  })

  it('gives a host’s new slot to whoever waits, and takes an offer back with its slot', async () => {
    const made = await makeWaitingDay(
      test,
      { Marion: { period: 'morning' }, Paul: { period: 'whole-day' } },
      { Léa: ['morning', 'afternoon'], Karim: ['morning', 'afternoon'] },
    )
    const marion = await hostOf(made, 'Marion')
    const params = { dayId: made.day.id }
    const slot = await marion.ask(slotsRoutes.offerSlot, {
      params,
      body: slotDetails(made.day, 'afternoon'),
    })
    const [to] = await offered(test, made)
    expect(to).toBeDefined()
    await test.nobody.ask(slotsRoutes.answerOffer, {
      params: { token: slot.token },
      body: { answer: 'pause' },
    })
    expect((await offers(test, made))[0]).toMatchObject({
      to,
      status: 'withdrawn',
      withdrawnReason: 'slot-gone',
    })
    await deliver(test)
    const mails = await test.mailbox.listMails({ to: made.guest(to!).email! })
    const subjects = mails.map(({ subject }) => subject)
    expect(subjects.filter((one) => one.includes('n’est plus disponible'))).toHaveLength(1)
  })

  it('lets nobody host at the hour of their own visit', async () => {
    const made = await makeWaitingDay(test, { Marion: {} }, { Léa: ['any'] })
    await test.db
      .updateTable('people')
      .set({ job_title: 'Vendeur en boutique', job_title_key: 'vendeur en boutique' })
      .where('id', '=', made.guest('Léa').id)
      .execute()
    const lea = await test.signedIn(made.guest('Léa').accountId!)
    const answer = await lea.call(slotsRoutes.offerSlot, {
      params: { dayId: made.day.id },
      body: slotDetails(made.day, 'whole-day'),
    })
    expect(answer.problem?.code).toBe('slot-overlaps-visit')
  })

  it('lets no site call a host back to the hour of their own visit', async () => {
    const { made } = await makeReadyDay(test, { Marion: {}, Paul: {} }, {})
    const [marion, paul] = made.hosts
    const { id } = await roleByCode(test.db, made.day.regionId, 'support_operator')
    const paulsSlot = made.slot('Paul').id
    await test.db.updateTable('slots').set({ role_id: id }).where('id', '=', paulsSlot).execute()
    // Refused by her site, she hosts nobody and visits Paul instead.
    await release(made, 'Marion', 'refused')
    const signUpClosed = (at: Date | null) =>
      test.db
        .updateTable('days')
        .set({ sign_up_closed_at: at })
        .where('id', '=', made.day.id)
        .execute()
    await signUpClosed(null)
    await makeSignup(test.db, test.clock.now(), made.day, marion!, [{}])
    await signUpClosed(test.clock.now())
    await publish(made, await readyPlan(test, made.day))
    const placed = await activePlacements(test.db, made.day.id)
    expect(placed).toMatchObject([{ personId: marion!.id, slotId: made.slot(paul!.firstName).id }])
    const answer = await made.director.call(slotsRoutes.release, {
      params: { slotId: made.slot('Marion').id },
      body: { release: 'released' },
    })
    expect(answer.problem?.code).toBe('host-visits')
    await release(made, 'Marion', 'refused')
  })

  it('does nothing before publication, and nothing twice', async () => {
    const { made } = await makeReadyDay(
      test,
      { Marion: {}, Paul: {} },
      { Léa: ['morning'], Karim: ['morning'] },
    )
    await release(made, 'Marion', 'refused')
    expect(await offers(test, made)).toEqual([])
    expect(await activePlacements(test.db, made.day.id)).toEqual([])
    const published = await makeWaitingDay(test, { Marion: {} }, { Léa: ['any'], Karim: ['any'] })
    const [placed] = (await seating(test, published)).Marion!
    await giveBack(test, published, published.guest(placed!))
    await repair(test, published)
    await repair(test, published)
    expect(await offers(test, published)).toHaveLength(1)
    await answerOffer(test, await pendingOffer(test, published), 'yes')
    await repair(test, published)
    expect(await offers(test, published)).toHaveLength(1)
  })
})

/** The link of a host’s mail. */
async function slotToken(made: WaitingDay, name: string): Promise<{ token: string }> {
  const host = await hostOf(made, name)
  const { slots } = await host.ask(slotsRoutes.mySlots, { params: { dayId: made.day.id } })
  return { token: slots[0]!.token }
}
