import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as days from '#server/features/days/days.service.ts'
import * as matching from '#server/features/matching/matching.service.ts'
import type { Person, Site } from '#server/features/roster/roster.service.ts'
import { cancelSignup } from '#server/features/signup/signup.service.ts'
import { closeSlot, type Slot } from '#server/features/slots/slots.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { DayDetails } from '#shared/days/days.contract.ts'
import { matchingRoutes } from '#shared/matching/matching.contract.ts'
import { makeDay } from '../days/days.factory.ts'
import {
  type MadeRegion,
  makePerson,
  makeRegion,
  makeSite,
  roleByCode,
} from '../roster/roster.factory.ts'
import { makeSignup } from '../signup/signup.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'
import { makePlan, makePublication } from './matching.factory.ts'

let test: TestApp
let region: MadeRegion
let shop: Site
let director: Caller
let seller: string
let host: Person
const now = () => test.clock.now()

beforeAll(async () => {
  test = await startTestApp()
  region = await makeRegion(test.db, now())
  shop = await makeSite(test.db, now(), region.regionId)
  seller = (await roleByCode(test.db, region.regionId, 'shop_seller')).id
  host = await makePerson(test.db, now(), shop, { role: 'shop_seller', firstName: 'Marion' })
  director = await test.signedIn(region.director)
})
afterAll(() => test.close())

let day: DayDetails
let morning: Slot
let afternoon: Slot
/** One place in the morning, one in the afternoon, three people: two want the morning first. */
let ann: Person
let ben: Person
let eve: Person
beforeEach(async () => {
  day = await makeDay(test.db, now(), region.regionId, { open: true })
  const hosting = { personId: host.id, siteId: shop.id, roleId: seller }
  morning = await makeSlot(test.services, now(), day, hosting)
  afternoon = await makeSlot(test.services, now(), day, hosting, { period: 'afternoon' })
  const office = () => makePerson(test.db, now(), shop)
  ann = await office()
  ben = await office()
  eve = await office()
  const both = [{ periodId: morning.periodId }, { periodId: afternoon.periodId }]
  await makeSignup(test.db, now(), day, ann, both)
  await makeSignup(test.db, now(), day, ben, [{ periodId: morning.periodId }])
  await makeSignup(test.db, now(), day, eve, [{ roleId: seller, place: 'site', siteId: shop.id }])
})

const seatsOf = async (planId: string) =>
  new Map(
    (await matching.plannedGuests(test.db, planId)).map(({ personId, ...seat }) => [
      personId,
      seat,
    ]),
  )
const publish = (planId: string) =>
  inTransaction(test.db, async (trx) => {
    const outcome = await matching.publishPlan(trx, planId, region.director, now())
    if (!isRefusal(outcome)) await days.markPublished(trx, day.id, now())
    return outcome
  })
const close = () =>
  inTransaction(test.db, (trx) => days.closeSignUp(trx, day.id, region.director, now()))
const pin = (personId: string, slotId: string, kind: 'pin' | 'forbid' | null) =>
  director.call(matchingRoutes.setPin, {
    params: { dayId: day.id },
    body: { personId, slotId, kind },
  })

describe('a draft', () => {
  it('is asked for, followed, and read: who sits where, who does not and why', async () => {
    const { id } = await director.ask(matchingRoutes.requestPlan, { params: { dayId: day.id } })
    const again = await director.call(matchingRoutes.requestPlan, { params: { dayId: day.id } })
    expect(again.problem?.code).toBe('already-running')
    await test.runJobs()
    const { plan, outdated } = await director.ask(matchingRoutes.plan, { params: { planId: id } })
    expect(plan).toMatchObject({ number: 1, status: 'ready', progressDone: 3, progressTotal: 3 })
    expect(plan.stats).toMatchObject({ signedUp: 3, placed: 2, unplaced: 1, seats: 2 })
    expect(plan.stats?.proved).toBe(true)
    expect(outdated).toBe(false)
    const params = { planId: id }
    const page = await director.ask(matchingRoutes.plannedGuests, { params })
    expect(page).toMatchObject({ total: 3, next: null })
    const left = await director.ask(matchingRoutes.plannedGuests, {
      params,
      query: { show: 'unplaced' },
    })
    expect(left.guests).toHaveLength(1)
    expect(left.guests[0]).toMatchObject({ seat: null, reason: 'slots-full' })
    expect(await director.ask(matchingRoutes.idleSlots, { params })).toEqual([])
  })

  it('never gives what is proposed, paused, refused or waiting for a release', async () => {
    const strict = await makeDay(test.db, now(), region.regionId, {
      open: true,
      releaseRequired: true,
    })
    const made: Promise<Slot>[] = (
      [
        { status: 'proposed', release: 'pending' },
        { status: 'accepted', release: 'pending' },
        { status: 'accepted', release: 'refused' },
        { status: 'paused', release: 'released' },
        { status: 'declined', release: 'pending' },
      ] as const
    ).map(async (state) => {
      const one = await makePerson(test.db, now(), shop, { role: 'shop_seller' })
      const hosting = { personId: one.id, siteId: shop.id, roleId: seller }
      return makeSlot(test.services, now(), strict, hosting, state)
    })
    await Promise.all(made)
    await makeSignup(test.db, now(), strict, ann)
    const plan = await makePlan(test, strict.id)
    expect(plan.stats).toMatchObject({ placed: 0, unplaced: 1, slots: 0 })
    const seats = await seatsOf(plan.id)
    expect(seats.get(ann.id)?.reason).toBe('slots-withdrawn')
  })

  it('stops when cancelled, and another can be asked for', async () => {
    const { id } = await director.ask(matchingRoutes.requestPlan, { params: { dayId: day.id } })
    const params = { planId: id }
    const stopped = await director.ask(matchingRoutes.cancelPlan, { params })
    expect(stopped).toMatchObject({ status: 'failed', failure: 'cancelled' })
    await test.runJobs()
    expect((await matching.planById(test.db, id))?.status).toBe('failed')
    expect((await makePlan(test, day.id)).number).toBe(2)
  })

  it('is not for guests to read', async () => {
    const caller = await test.signedIn(ann.accountId!)
    const params = { dayId: day.id }
    expect((await caller.call(matchingRoutes.studio, { params })).problem?.code).toBe('forbidden')
    const asked = await caller.call(matchingRoutes.requestPlan, { params })
    expect(asked.problem?.code).toBe('forbidden')
  })
})

describe('the director’s hand', () => {
  it('places, keeps out and lets go, and the next draft says what it changed', async () => {
    const first = await makePlan(test, day.id)
    const before = await seatsOf(first.id)
    const left = [ann, ben, eve].find(({ id }) => before.get(id)?.slotId === null)!
    expect((await pin(left.id, morning.id, 'pin')).status).toBe(204)
    const second = await makePlan(test, day.id)
    const after = await seatsOf(second.id)
    expect(after.get(left.id)).toMatchObject({ slotId: morning.id, reason: 'by-hand' })
    const { against } = await director.ask(matchingRoutes.plan, { params: { planId: second.id } })
    expect(against).toMatchObject({ number: 1, placed: 0, gained: 1, lost: 1 })

    await pin(left.id, morning.id, 'forbid')
    const third = await seatsOf((await makePlan(test, day.id)).id)
    expect(third.get(left.id)?.slotId).not.toBe(morning.id)
    await pin(left.id, morning.id, null)
    expect(await seatsOf((await makePlan(test, day.id)).id)).toEqual(before)
  })

  it('holds one place per guest, and never against role or hours', async () => {
    await pin(ann.id, morning.id, 'pin')
    await pin(ann.id, afternoon.id, 'pin')
    const pins = await matching.pinsOfDay(test.db, day.id)
    expect(pins).toEqual([{ personId: ann.id, slotId: afternoon.id, kind: 'pin' }])
    const colleague = await makePerson(test.db, now(), shop, { role: 'shop_seller' })
    await makeSignup(test.db, now(), day, colleague)
    await makeSignup(test.db, now(), day, host)
    const own = await pin(colleague.id, morning.id, 'pin')
    expect(own.problem?.code).toBe('pin-impossible')
    expect((await pin(host.id, morning.id, 'pin')).problem?.code).toBe('pin-impossible')
  })

  it('too heavy for a slot, makes no plan and says so', async () => {
    await pin(ann.id, morning.id, 'pin')
    await pin(ben.id, morning.id, 'pin')
    const asked = await director.ask(matchingRoutes.requestPlan, { params: { dayId: day.id } })
    await test.runJobs()
    const plan = await matching.planById(test.db, asked.id)
    expect(plan).toMatchObject({ status: 'failed', failure: 'pins-exceed' })
  })
})

describe('publishing', () => {
  it('waits for sign-up to be closed', async () => {
    const plan = await makePlan(test, day.id)
    expect(await publish(plan.id)).toMatchObject({ refused: 'sign-up-still-open' })
    expect(await matching.activePlacements(test.db, day.id)).toEqual([])
  })

  it('is refused when anything the plan was made from has changed', async () => {
    await close()
    const changes: (() => Promise<unknown>)[] = [
      () => inTransaction(test.db, (trx) => closeSlot(trx, morning.id, 'host-declined', now())),
      () => inTransaction(test.db, (trx) => cancelSignup(trx, day.id, ben.id, now())),
      () => pin(ann.id, afternoon.id, 'forbid'),
    ]
    for (const change of changes) {
      const plan = await makePlan(test, day.id)
      await change()
      expect(await publish(plan.id)).toMatchObject({ refused: 'plan-outdated' })
      const seen = await director.ask(matchingRoutes.plan, { params: { planId: plan.id } })
      expect(seen.outdated).toBe(true)
    }
    expect(await matching.activePlacements(test.db, day.id)).toEqual([])
  })

  it('twice at once is publishing once', async () => {
    const plan = await makePlan(test, day.id)
    await close()
    const both = await Promise.all([publish(plan.id), publish(plan.id)])
    expect(both.filter(isRefusal)).toEqual([{ refused: 'plan-published' }])
    expect(await matching.activePlacements(test.db, day.id)).toHaveLength(2)
  })

  it('lets a cancellation come wholly before or wholly after', async () => {
    const plan = await makePlan(test, day.id)
    await close()
    const [published] = await Promise.all([
      publish(plan.id),
      inTransaction(test.db, (trx) => cancelSignup(trx, day.id, ben.id, now())),
    ])
    const placed = await matching.activePlacements(test.db, day.id)
    if (isRefusal(published)) expect(published.refused).toBe('plan-outdated')
    expect(placed.length).toBe(isRefusal(published) ? 0 : 2)
  })

  it('of two drafts at once leaves one in force', async () => {
    const first = await makePlan(test, day.id)
    const second = await makePlan(test, day.id)
    await close()
    await Promise.all([publish(first.id), publish(second.id)])
    const statuses = (await matching.plansOfDay(test.db, day.id)).map(({ status }) => status)
    expect(statuses.sort()).toEqual(['published', 'superseded'])
    const placed = await matching.activePlacements(test.db, day.id)
    const inForce = (await matching.plansOfDay(test.db, day.id)).find(
      ({ status }) => status === 'published',
    )!
    expect(placed.map(({ planId }) => planId)).toEqual([inForce.id, inForce.id])
  })

  it('again is a difference: who stays keeps the placement and its links', async () => {
    await makeSignup(test.db, now(), day, ann, [{ periodId: morning.periodId }])
    await makeSignup(test.db, now(), day, ben, [{ periodId: afternoon.periodId }])
    await makeSignup(test.db, now(), day, eve, [{ periodId: afternoon.periodId }])
    const first = await makePublication(test.db, now(), await makePlan(test, day.id))
    expect(first.placed).toHaveLength(2)
    const stays = first.placed.find(({ personId }) => personId === ann.id)
    const goes = first.placed.find(({ personId }) => personId !== ann.id)
    await inTransaction(test.db, async (trx) => {
      await matching.endPlacement(trx, goes!.id, 'guest-cancelled', now())
      await cancelSignup(trx, day.id, goes!.personId, now())
    })
    const second = await makePublication(test.db, now(), await makePlan(test, day.id))
    expect(second.kept.map(({ id }) => id)).toEqual([stays!.id])
    expect(second.kept[0]?.planId).toBe(second.plan.id)
    expect(second.placed).toHaveLength(1)
    expect(second.ended).toEqual([])
    const third = await makePublication(test.db, now(), await makePlan(test, day.id))
    expect([third.placed, third.ended]).toEqual([[], []])
    expect(third.kept).toHaveLength(2)
  })
})

describe('my card', () => {
  const cardOf = async (person: Person) => {
    const caller = await test.signedIn(person.accountId!)
    return caller.ask(matchingRoutes.myCard, { params: { dayId: day.id } })
  }

  it('stays face down until publication, then says where, with whom and why', async () => {
    const plan = await makePlan(test, day.id)
    expect(await cardOf(ann)).toMatchObject({ state: 'waiting', placement: null, why: null })
    await makePublication(test.db, now(), plan)
    const seats = await seatsOf(plan.id)
    const placed = [ann, ben, eve].find(({ id }) => seats.get(id)?.slotId)!
    const left = [ann, ben, eve].find(({ id }) => seats.get(id)?.slotId === null)!
    const card = await cardOf(placed)
    expect(card).toMatchObject({ state: 'placed', placement: { hostFirstName: 'Marion' } })
    expect(JSON.stringify(card)).not.toContain(host.lastName)
    const empty = await cardOf(left)
    expect(empty).toMatchObject({ state: 'not-placed', placement: null })
    expect(empty.why?.numbers).toMatchObject({ places: left.id === ben.id ? 1 : 2 })
  })

  it('says that a place was lost, and that a sign-up was taken back', async () => {
    const { placed } = await makePublication(test.db, now(), await makePlan(test, day.id))
    const people = new Map([ann, ben, eve].map((person) => [person.id, person]))
    await inTransaction(test.db, (trx) =>
      matching.endPlacement(trx, placed[0]!.id, 'host-declined', now()),
    )
    const lost = await cardOf(people.get(placed[0]!.personId)!)
    expect(lost).toMatchObject({ state: 'ended', endedReason: 'host-declined' })
    const stranger = await makePerson(test.db, now(), shop)
    expect((await cardOf(stranger)).state).toBe('none')
  })
})
