import { sql } from 'kysely'
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
import { computedPlan, makePlan, makePublication } from './matching.factory.ts'

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
/** How many transactions wait for another one. */
const waitingForLocks = async () => {
  const { rows } = await sql`select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(test.db)
  return rows.length
}
const close = () =>
  inTransaction(test.db, (trx) => days.closeSignUp(trx, day.id, region.director, now()))
const pin = (personId: string, slotId: string, kind: 'pin' | 'forbid' | null) =>
  director.call(matchingRoutes.setPin, {
    params: { dayId: day.id },
    body: { personId, slotId, kind },
  })

describe('a draft', () => {
  it('is asked for, followed, and read: who sits where, who does not and why', async () => {
    const { id } = await director.ask(matchingRoutes.requestPlan, {
      params: { dayId: day.id },
      body: {},
    })
    const again = await director.call(matchingRoutes.requestPlan, {
      params: { dayId: day.id },
      body: {},
    })
    expect(again.problem?.code).toBe('already-running')
    await test.runJobs()
    const { plan, outdated } = await director.ask(matchingRoutes.plan, { params: { planId: id } })
    expect(plan).toMatchObject({ number: 1, status: 'ready', progressDone: 3, progressTotal: 3 })
    expect(plan.stats).toMatchObject({ signedUp: 3, placed: 2, unplaced: 1, seats: 2 })
    expect(plan.stats?.proved).toBe(true)
    expect(plan.stats).toMatchObject({ travelKm: 0, mixing: { before: 0, after: 0 } })
    expect(plan.stats?.comparison?.map(({ objective, placed }) => [objective, placed])).toEqual([
      ['fair', 2],
      ['rank-maximal', 2],
      ['first-come', expect.any(Number)],
      ['random-order', expect.any(Number)],
    ])
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
    const { id } = await director.ask(matchingRoutes.requestPlan, {
      params: { dayId: day.id },
      body: {},
    })
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
    const asked = await caller.call(matchingRoutes.requestPlan, { params, body: {} })
    expect(asked.problem?.code).toBe('forbidden')
  })
})

describe('the director’s hand', () => {
  const choices = () => director.ask(matchingRoutes.handChoices, { params: { dayId: day.id } })
  const undo = async () => {
    const { last } = await choices()
    const params = { dayId: day.id, choiceId: last!.id }
    return director.call(matchingRoutes.undoChoice, { params })
  }

  it('places, keeps out and lets go; a draft is computed at once and says what it changed', async () => {
    const first = await makePlan(test, day.id)
    const before = await seatsOf(first.id)
    const left = [ann, ben, eve].find(({ id }) => before.get(id)?.slotId === null)!
    const started = await pin(left.id, morning.id, 'pin')
    expect(started.body).toMatchObject({ status: 'computing', basisId: first.id, kept: false })
    const second = await computedPlan(test, day.id)
    const after = await seatsOf(second.id)
    expect(after.get(left.id)).toMatchObject({ slotId: morning.id, reason: 'by-hand' })
    const { against } = await director.ask(matchingRoutes.plan, { params: { planId: second.id } })
    expect(against).toMatchObject({ number: 1, placed: 0, gained: 1, lost: 1 })

    await pin(left.id, morning.id, 'forbid')
    const third = await seatsOf((await computedPlan(test, day.id)).id)
    expect(third.get(left.id)?.slotId).not.toBe(morning.id)
    await pin(left.id, morning.id, null)
    expect(await seatsOf((await computedPlan(test, day.id)).id)).toEqual(before)
  })

  it('is taken back step by step, the last choice first', async () => {
    const first = await makePlan(test, day.id)
    await pin(ann.id, morning.id, 'pin')
    await pin(ann.id, afternoon.id, 'pin')
    await pin(ben.id, morning.id, 'forbid')
    expect(await choices()).toMatchObject({
      choices: expect.arrayContaining([
        expect.objectContaining({ personId: ann.id, kind: 'pin' }),
        expect.objectContaining({ personId: ben.id, kind: 'forbid' }),
      ]),
      last: { kind: 'forbid', former: null, seat: { slotId: morning.id } },
    })
    expect((await undo()).status).toBe(200)
    expect((await undo()).status).toBe(200)
    expect(await matching.pinsOfDay(test.db, day.id)).toEqual([
      { personId: ann.id, slotId: morning.id, kind: 'pin' },
    ])
    await undo()
    expect(await choices()).toEqual({ choices: [], last: null })
    expect(await seatsOf((await computedPlan(test, day.id)).id)).toEqual(await seatsOf(first.id))
  })

  it('taken back twice at once, is taken back once', async () => {
    await pin(ann.id, morning.id, 'pin')
    await pin(ben.id, morning.id, 'forbid')
    const both = await Promise.all([undo(), undo()])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await choices()).choices).toHaveLength(1)
  })

  it('chosen while a draft is computed, starts that draft over', async () => {
    const asked = await director.ask(matchingRoutes.requestPlan, {
      params: { dayId: day.id },
      body: {},
    })
    await pin(ben.id, morning.id, 'pin')
    const plan = await computedPlan(test, day.id)
    expect(plan).toMatchObject({ status: 'ready', kept: true })
    expect(plan.id).not.toBe(asked.id)
    expect(await matching.planById(test.db, asked.id)).toBeUndefined()
    expect((await seatsOf(plan.id)).get(ben.id)).toMatchObject({ slotId: morning.id })
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
    expect(await computedPlan(test, day.id)).toMatchObject({
      status: 'failed',
      failure: 'pins-exceed',
    })
  })
})

describe('drafts', () => {
  const numbers = async () => (await matching.plansOfDay(test.db, day.id)).map((one) => one.number)
  const keep = (planId: string, name: string) =>
    director.ask(matchingRoutes.keepPlan, { params: { planId }, body: { name } })

  it('of choices by hand make way for the next, but for the one compared with and those kept', async () => {
    await makePlan(test, day.id)
    for (const slot of [morning, afternoon]) {
      await pin(ann.id, slot.id, 'pin')
      await computedPlan(test, day.id)
    }
    expect(await numbers()).toEqual([3, 2, 1])
    const [, second] = await matching.plansOfDay(test.db, day.id)
    expect(await keep(second!.id, ' Anne le matin ')).toMatchObject({ name: 'Anne le matin' })
    for (const kind of [null, 'forbid', null] as const) {
      await pin(ann.id, afternoon.id, kind)
      await computedPlan(test, day.id)
    }
    expect(await numbers()).toEqual([6, 5, 2, 1])
  })

  it('never make way for the next while somebody keeps them', async () => {
    const first = await makePlan(test, day.id)
    await pin(ann.id, afternoon.id, 'pin')
    const byHand = await computedPlan(test, day.id)
    const body = { objective: 'rank-maximal', basisId: first.id } as const
    await director.ask(matchingRoutes.requestPlan, { params: { dayId: day.id }, body })
    const storing = await inTransaction(test.db, async (trx) => {
      await matching.keepPlan(trx, byHand.id, 'La bonne', region.director, now())
      const jobs = test.runJobs()
      await expect.poll(waitingForLocks, { timeout: 20_000 }).toBeGreaterThan(0)
      return { jobs }
    })
    await storing.jobs
    expect(await numbers()).toEqual([3, 2, 1])
    expect((await seatsOf(byHand.id)).size).toBe(3)
  })

  it('leave a line for each thing a director did to them, without what they called them', async () => {
    const { id } = await director.ask(matchingRoutes.requestPlan, {
      params: { dayId: day.id },
      body: {},
    })
    const params = { planId: id }
    await director.ask(matchingRoutes.cancelPlan, { params })
    await keep(id, 'Avec Anne le matin')
    await director.call(matchingRoutes.discardPlan, { params })
    const lines = await test.db
      .selectFrom('audit_events')
      .select(['action', 'account_id', 'details'])
      .where('subject_id', '=', id)
      .orderBy('id')
      .execute()
    const told = ['request-plan', 'cancel-plan', 'keep-plan', 'discard-plan']
    expect(lines.map(({ action }) => action).sort()).toEqual(
      told.map((one) => `matching.${one}`).sort(),
    )
    expect(lines.every(({ account_id }) => account_id === region.director)).toBe(true)
    expect(JSON.stringify(lines)).not.toContain('Anne')
  })

  it('are thrown away with what they say of people, and their number is not given again', async () => {
    const plan = await makePlan(test, day.id)
    const params = { planId: plan.id }
    expect((await director.call(matchingRoutes.discardPlan, { params })).status).toBe(204)
    expect(await matching.plannedGuests(test.db, plan.id)).toEqual([])
    const gone = await director.call(matchingRoutes.plan, { params })
    expect(gone.problem?.code).toBe('not-found')
    expect((await makePlan(test, day.id)).number).toBe(2)
  })

  it('that were published are not thrown away', async () => {
    const plan = await makePlan(test, day.id)
    await makePublication(test.db, now(), plan)
    const params = { planId: plan.id }
    const refused = await director.call(matchingRoutes.discardPlan, { params })
    expect(refused.problem?.code).toBe('plan-published')
  })

  it('are compared with any other of the day', async () => {
    const first = await makePlan(test, day.id)
    await pin(ann.id, morning.id, 'forbid')
    await computedPlan(test, day.id)
    const last = await makePlan(test, day.id)
    const { against } = await director.ask(matchingRoutes.plan, {
      params: { planId: last.id },
      query: { against: first.id },
    })
    expect(against).toMatchObject({ planId: first.id, number: 1 })
  })

  it('are counted as a picture: who comes from where, goes where, and what stays empty', async () => {
    const plan = await makePlan(test, day.id)
    const params = { planId: plan.id }
    const picture = await director.ask(matchingRoutes.planPicture, { params })
    expect(picture.departments).toEqual([{ name: ann.entity, people: 3, placed: 2, first: 2 }])
    expect(picture.flows.toSorted((a, b) => b.people - a.people)).toEqual([
      { department: 0, roleId: seller, people: 2 },
      { department: 0, roleId: null, people: 1 },
    ])
    expect(picture.sites).toMatchObject([
      { siteId: shop.id, seats: 2, taken: 2, hosts: 2, idle: 0 },
    ])
    expect(picture.unplaced).toEqual([{ reason: 'slots-full', people: 1 }])
  })

  it('aim at what was asked for, and the next choice by hand keeps to it', async () => {
    const asked = (objective: 'rank-maximal' | 'fewest-moves') =>
      director.call(matchingRoutes.requestPlan, {
        params: { dayId: day.id },
        body: { objective },
      })
    expect((await asked('fewest-moves')).problem?.code).toBe('not-published')
    await asked('rank-maximal')
    expect(await computedPlan(test, day.id)).toMatchObject({
      status: 'ready',
      objective: 'rank-maximal',
    })
    await pin(ann.id, afternoon.id, 'pin')
    expect((await computedPlan(test, day.id)).objective).toBe('rank-maximal')
  })

  it('after publication keep everybody where they are, if asked to', async () => {
    // Ann could have the morning or the afternoon; Ben, who comes later, only the morning.
    await inTransaction(test.db, (trx) => cancelSignup(trx, day.id, ben.id, now()))
    await pin(ann.id, morning.id, 'pin')
    await pin(eve.id, afternoon.id, 'pin')
    const first = await makePublication(test.db, now(), await computedPlan(test, day.id))
    await pin(ann.id, morning.id, null)
    await pin(eve.id, afternoon.id, null)
    await pin(ann.id, morning.id, 'forbid')
    await test.runJobs()
    const compute = async () => {
      const wanted = { objective: 'fewest-moves' } as const
      const plan = await inTransaction(test.db, (trx) =>
        matching.requestPlan(trx, day.id, null, now(), wanted),
      )
      if (isRefusal(plan)) throw new Error(plan.refused)
      return computedPlan(test, day.id)
    }
    // Ann's seat is forbidden to her; Eve may go anywhere, and only her moving seats them both.
    const moved = await seatsOf((await compute()).id)
    expect(moved.get(ann.id)?.slotId).toBe(afternoon.id)
    expect(moved.get(eve.id)?.slotId).toBe(morning.id)
    await pin(ann.id, morning.id, null)
    await test.runJobs()
    const kept = await makePublication(test.db, now(), await compute())
    expect(kept.kept.map(({ id }) => id).sort()).toEqual(first.placed.map(({ id }) => id).sort())
    expect([kept.placed, kept.ended]).toEqual([[], []])
  })

  it('left half done by a process that died are computed all the same', async () => {
    const { id } = await director.ask(matchingRoutes.requestPlan, {
      params: { dayId: day.id },
      body: {},
    })
    // As after a crash: the job is held by a process that is no more.
    await sql`update graphile_worker._private_jobs
      set locked_at = now(), locked_by = 'gone', attempts = 1`.execute(test.db)
    await test.runJobs()
    expect((await matching.planById(test.db, id))?.status).toBe('computing')
    const restart = async (minutes: number) => {
      const later = new Date(now().getTime() + minutes * 60_000)
      await inTransaction(test.db, (trx) => matching.restartStalledPlans(trx, later))
      await test.runJobs()
      return (await matching.planById(test.db, id))?.status
    }
    expect(await restart(0.2)).toBe('computing')
    expect(await restart(1)).toBe('ready')
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
      // Another service changes who is brought together.
      () => sql`update people set entity = 'Travaux' where id = ${ann.id}`.execute(test.db),
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
    expect(card.why?.wishes[0]).toMatchObject({ rank: 1 })
    const refused = empty.why?.wishes.map(({ outcome, cost }) => [outcome, cost?.placed])
    expect(refused?.[0]).toEqual(['slots-full', 0])
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
