import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import { newId } from '#server/platform/identity.ts'
import { brokenConstraint, inTransaction } from '#server/platform/postgres/database.ts'
import { waitingRoutes as routes } from '#shared/waiting/waiting.contract.ts'
import { publish, readyPlan } from '../invitations/invitations.factory.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  answerOffer,
  declineSlot,
  giveBack,
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

/** One place given back and offered to the first of two who wait. */
async function oneOffered() {
  const made = await makeWaitingDay(
    test,
    { Marion: {} },
    { Léa: ['any'], Karim: ['any'], Inès: ['any'] },
  )
  const [placed] = (await seating(test, made)).Marion!
  await giveBack(test, made, made.guest(placed!))
  return { made, offer: await pendingOffer(test, made) }
}

/** What must hold however things cross: no seat twice, nobody with a place and an offer. */
async function expectOrder(made: WaitingDay): Promise<void> {
  const placed = await activePlacements(test.db, made.day.id)
  const pending = (await offers(test, made)).filter(({ status }) => status === 'pending')
  const seated = new Set(placed.map(({ personId }) => personId))
  expect(pending.filter(({ personId }) => seated.has(personId))).toEqual([])
  for (const slot of made.slots) {
    const here = [...placed, ...pending].filter(({ slotId }) => slotId === slot.id)
    expect(here.length).toBeLessThanOrEqual(slot.capacity)
  }
}

describe('two people at once', () => {
  it('accept the same offer twice: one placement', async () => {
    const { made, offer } = await oneOffered()
    const said = await Promise.all([1, 2, 3].map(() => answerOffer(test, offer, 'yes')))
    expect(said.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await activePlacements(test.db, made.day.id)).toHaveLength(1)
    await expectOrder(made)
  })

  it('say yes and no: one of the two holds', async () => {
    const { made, offer } = await oneOffered()
    const said = await Promise.all([
      answerOffer(test, offer, 'yes'),
      answerOffer(test, offer, 'no'),
    ])
    const refused = said.flatMap(({ problem }) => problem?.code ?? [])
    expect(refused).toEqual(['seat-offer-over'])
    await expectOrder(made)
  })

  it('accept as the time runs out: theirs, or the next one’s, never both', async () => {
    const { made, offer } = await oneOffered()
    const accepting = answerOffer(test, offer, 'yes')
    test.clock.set('2027-04-28T11:00:00+02:00')
    const [accepted] = await Promise.all([accepting, repair(test, made), repair(test, made)])
    await expectOrder(made)
    const placed = await activePlacements(test.db, made.day.id)
    expect(placed.length).toBe(accepted.status === 200 ? 1 : 0)
    expect(await offered(test, made)).toHaveLength(accepted.status === 200 ? 0 : 1)
  })

  it('accept while the host declines: no place in a closed slot', async () => {
    const { made, offer } = await oneOffered()
    const [accepted, declined] = await Promise.all([
      answerOffer(test, offer, 'yes'),
      declineSlot(test, made.slot('Marion')),
    ])
    expect(declined.status).toBe(200)
    if (accepted.problem) expect(accepted.problem.code).toBe('seat-offer-over')
    expect(await activePlacements(test.db, made.day.id)).toEqual([])
    expect(await offered(test, made)).toEqual([])
  })

  it('want the one free seat: the first has it, the other is told', async () => {
    const made = await makeWaitingDay(
      test,
      { Marion: { period: 'morning' }, Hugo: { period: 'afternoon' } },
      { Léa: ['morning'], Karim: ['morning'], Inès: ['morning'] },
    )
    const [placed] = (await seating(test, made)).Marion!
    const others = made.guests.filter(({ firstName }) => firstName !== placed)
    const take = { params: { dayId: made.day.id }, body: { slotId: made.slot('Hugo').id } }
    const callers = await Promise.all(others.map(({ accountId }) => test.signedIn(accountId!)))
    const taken = await Promise.all(callers.map((one) => one.call(routes.takeSeat, take)))
    expect(taken.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['seat-taken'])
    expect((await seating(test, made)).Hugo).toHaveLength(1)
    await expectOrder(made)
  })

  it('accept while a new plan is published: a place once, from one of the two', async () => {
    const { made, offer } = await oneOffered()
    const plan = await readyPlan(test, made.day)
    const [accepted] = await Promise.all([
      answerOffer(test, offer, 'yes'),
      publish(made, plan).catch((error: Error) => error),
    ])
    if (accepted.problem) expect(accepted.problem.code).toBe('seat-offer-over')
    await expectOrder(made)
    expect(await activePlacements(test.db, made.day.id)).toHaveLength(1)
  })

  it('give a place back while another is accepted: each seat is given or offered once', async () => {
    const made = await makeWaitingDay(
      test,
      { Marion: {}, Paul: {} },
      { Léa: ['any'], Karim: ['any'], Inès: ['any'], Noé: ['any'] },
    )
    const [first, second] = Object.values(await seating(test, made)).flat()
    await giveBack(test, made, made.guest(first!))
    const offer = await pendingOffer(test, made)
    const [accepted, given] = await Promise.all([
      answerOffer(test, offer, 'yes'),
      giveBack(test, made, made.guest(second!)),
    ])
    expect([accepted.status, given.status]).toEqual([200, 200])
    await expectOrder(made)
    expect(await activePlacements(test.db, made.day.id)).toHaveLength(1)
    expect(await offered(test, made)).toHaveLength(1)
  })
})

describe('the database itself', () => {
  it('refuses a second person on one seat, and an offer to somebody with a place', async () => {
    const { made, offer } = await oneOffered()
    const offerAnew = (personId: string) =>
      inTransaction(test.db, async (trx) => {
        const row = {
          id: newId(test.clock.now()),
          region_id: offer.regionId,
          day_id: offer.dayId,
          slot_id: offer.slotId,
          person_id: personId,
          rank: 1,
          status: 'pending' as const,
          made_at: offer.madeAt,
          expires_at: offer.expiresAt,
          ended_at: null,
          withdrawn_reason: null,
          placement_id: null,
        }
        await trx.insertInto('seat_offers').values(row).execute()
      }).catch(brokenConstraint)
    const other = made.guests.find(({ id }) => id !== offer.personId)!
    expect(await offerAnew(other.id)).toBe('seats_not_twice')
    await answerOffer(test, offer, 'yes')
    expect(await offerAnew(offer.personId)).toBe('seats_one_each')
  })
})
