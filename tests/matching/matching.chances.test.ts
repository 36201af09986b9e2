import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeSignUp } from '#server/features/days/days.service.ts'
import {
  chancesToEstimate,
  refreshChances,
} from '#server/features/matching/matching.chances.service.ts'
import { estimateInThread } from '#server/features/matching/matching.chances.thread.ts'
import type { Person, Site } from '#server/features/roster/roster.service.ts'
import { releaseAbandonedJobs } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { DayDetails } from '#shared/days/days.contract.ts'
import { matchingRoutes } from '#shared/matching/matching.contract.ts'
import { signupRoutes } from '#shared/signup/signup.contract.ts'
import { makeDay } from '../days/days.factory.ts'
import {
  type MadeRegion,
  makePerson,
  makeRegion,
  makeSite,
  roleByCode,
} from '../roster/roster.factory.ts'
import { anything, makeSignup } from '../signup/signup.factory.ts'
import { makeSlot } from '../slots/slots.factory.ts'
import { type Caller, startTestApp, type TestApp } from '../support/app.ts'

let test: TestApp
let region: MadeRegion
let shop: Site
let host: Person
let seller: string
const now = () => test.clock.now()

beforeAll(async () => {
  test = await startTestApp()
  region = await makeRegion(test.db, now())
  shop = await makeSite(test.db, now(), region.regionId)
  seller = (await roleByCode(test.db, region.regionId, 'shop_seller')).id
  host = await makePerson(test.db, now(), shop, { role: 'shop_seller' })
})
afterAll(() => test.close())

let day: DayDetails
let ann: Person
let caller: Caller
beforeEach(async () => {
  test.clock.set('2027-03-01T09:00:00Z')
  day = await makeDay(test.db, now(), region.regionId, { open: true })
  const hosting = { personId: host.id, siteId: shop.id, roleId: seller }
  await makeSlot(test.services, now(), day, hosting)
  await makeSlot(test.services, now(), day, hosting, { period: 'afternoon' })
  ann = await makePerson(test.db, now(), shop)
  caller = await test.signedIn(ann.accountId!)
  await makeSignup(test.db, now(), day, await makePerson(test.db, now(), shop))
})

const near = (radiusKm: number) => ({ ...anything, place: 'near' as const, radiusKm })
const ask = async (wishes = [anything]) =>
  (
    await caller.ask(matchingRoutes.handChances, {
      params: { dayId: day.id },
      body: { wishes },
    })
  ).chances
const refresh = async () => {
  await refreshChances(test.db, now())
  await test.runJobs()
}
const kept = async () => {
  const rows = await sql<{ kind: string; person_id: string }>`
    select kind, person_id from hand_chances where day_id = ${day.id} order by kind`.execute(
    test.db,
  )
  return rows.rows.map(({ kind, person_id }) => [kind, person_id === ann.id ? 'ann' : 'other'])
}

describe('a hand being put together', () => {
  it('is answered by the next estimate, which says what it was made from', async () => {
    expect(await ask([near(30), anything])).toBeNull()
    await test.runJobs()
    const chances = await ask([near(30), anything])
    expect(chances).toMatchObject({ signedUp: 1, computedAt: now() })
    expect(chances?.times).toHaveLength(2)
    expect(chances?.samples).toBeGreaterThanOrEqual(200)
    expect(chances?.expected).toBeGreaterThanOrEqual(2)
    expect(chances!.times[0]! + chances!.times[1]!).toBeLessThanOrEqual(chances!.samples)
  })

  it('is another hand as soon as a card of it changes', async () => {
    await ask([near(30)])
    await test.runJobs()
    expect(await ask([near(60)])).toBeNull()
    expect(await kept()).toEqual([
      ['held', 'ann'],
      ['sent', 'other'],
    ])
  })

  it('keeps its answer when it is handed in, and is then no longer kept as unsent', async () => {
    await ask([near(30)])
    await test.runJobs()
    const before = await ask([near(30)])
    const wishes = [near(30)]
    await caller.ask(signupRoutes.submitWishes, { params: { dayId: day.id }, body: { wishes } })
    expect(await ask([near(30)])).toEqual(before)
    test.clock.advance({ minutes: 11 })
    await refresh()
    expect(await ask([near(30)])).toMatchObject({ signedUp: 2, computedAt: now() })
    expect((await kept()).sort()).toEqual([
      ['sent', 'ann'],
      ['sent', 'other'],
    ])
  })

  it('is forgotten two hours after it was last looked at', async () => {
    await ask([near(30)])
    await test.runJobs()
    test.clock.advance({ hours: 1 })
    await ask([near(30)])
    test.clock.advance({ minutes: 119 })
    await refreshChances(test.db, now())
    expect(await kept()).toContainEqual(['held', 'ann'])
    test.clock.advance({ minutes: 1 })
    await refreshChances(test.db, now())
    expect(await kept()).not.toContainEqual(['held', 'ann'])
  })

  it('may change often, but not without end', async () => {
    const codes = new Set<string>()
    for (let km = 1; km <= 61; km++) {
      const { problem } = await caller.call(matchingRoutes.handChances, {
        params: { dayId: day.id },
        body: { wishes: [near(km)] },
      })
      codes.add(problem?.code ?? 'noted')
    }
    expect([...codes]).toEqual(['noted', 'too-many-requests'])
    test.clock.advance({ minutes: 16 })
    expect(await ask([near(62)])).toBeNull()
  })
})

describe('an estimate', () => {
  it('asked for by two at once is one job', async () => {
    await Promise.all([ask([near(30)]), ask([near(30)])])
    const { rows } = await sql`select 1 from graphile_worker.jobs
      where key = ${`chances ${day.id}`}`.execute(test.db)
    expect(rows).toHaveLength(1)
  })

  it('of one day waits for that of another, so that mails never wait for several', async () => {
    const other = await makeDay(test.db, now(), region.regionId, { open: true })
    const params = { dayId: other.id }
    const wishes = [anything]
    await ask()
    await caller.ask(matchingRoutes.handChances, { params, body: { wishes } })
    const { rows } = await sql`select distinct queue_name from graphile_worker.jobs
      where task_identifier = 'estimate-chances'`.execute(test.db)
    expect(rows).toEqual([{ queue_name: 'chances' }])
    await test.runJobs()
    const asked = await caller.ask(matchingRoutes.handChances, { params, body: { wishes } })
    expect([await ask(), asked.chances]).not.toContain(null)
  })

  it('asked to stop before it began, stops', async () => {
    await ask()
    const wanted = await chancesToEstimate(test.db, day.id, now())
    const before = estimateInThread(wanted!.input, AbortSignal.abort())
    await expect(before).rejects.toThrow('aborted')
  })

  it('asked to stop while it begins, stops before its end', async () => {
    await ask()
    const wanted = await chancesToEstimate(test.db, day.id, now())
    const stop = new AbortController()
    const stopped = estimateInThread(wanted!.input, stop.signal)
    stop.abort()
    await expect(stopped).rejects.toThrow('stopped before its end')
  })

  it('keeps nobody waiting for hours behind one whose process died', async () => {
    await ask()
    // As after a crash: job and queue are held by a process that is no more.
    const held = (since: string) =>
      sql`with held as (
        update graphile_worker._private_jobs set locked_at = now() - ${since}::interval,
          locked_by = 'gone', attempts = 1 where key = ${`chances ${day.id}`} returning job_queue_id
      ) update graphile_worker._private_job_queues queues
        set locked_at = now() - ${since}::interval, locked_by = 'gone'
        from held where queues.id = held.job_queue_id`.execute(test.db)
    await held('9 minutes')
    await releaseAbandonedJobs(test.db)
    await test.runJobs()
    expect(await ask()).toBeNull()
    await held('11 minutes')
    await releaseAbandonedJobs(test.db)
    await test.runJobs()
    expect(await ask()).not.toBeNull()
  })

  it('is made again when somebody signs up, and not for nothing', async () => {
    await ask()
    await test.runJobs()
    const first = await ask()
    test.clock.advance({ minutes: 10 })
    await refresh()
    expect(await ask()).toEqual(first)
    await makeSignup(test.db, now(), day, await makePerson(test.db, now(), shop))
    await refresh()
    const second = await ask()
    expect(second).toMatchObject({ signedUp: 2, computedAt: now() })
  })

  it('is made again when places come', async () => {
    await ask()
    await test.runJobs()
    const before = await ask()
    test.clock.advance({ minutes: 10 })
    const other = await makePerson(test.db, now(), shop, { role: 'shop_seller' })
    const roomy = { personId: other.id, siteId: shop.id, roleId: seller }
    await makeSlot(test.services, now(), day, roomy, { period: 'whole-day', capacity: 5 })
    await refresh()
    expect((await ask())?.times[0]).toBeGreaterThan(before!.times[0]!)
  })

  it('learns from past days when people came and what they wished', async () => {
    for (let i = 0; i < 12; i++) {
      await makeSignup(test.db, now(), day, await makePerson(test.db, now(), shop))
    }
    await sql`update days set published_at = ${now()} where id = ${day.id}`.execute(test.db)
    test.clock.advance({ days: 10 })
    day = await makeDay(test.db, now(), region.regionId, { open: true, date: '2027-09-16' })
    await ask()
    await test.runJobs()
    // All of the twelve came at once after the opening: hardly anybody is expected to follow ann.
    const chances = await ask()
    expect(chances?.signedUp).toBe(0)
    expect(chances?.expected).toBeLessThan(15)
  })

  it('is no longer made or kept once sign-up is closed', async () => {
    await ask([near(30)])
    await test.runJobs()
    await inTransaction(test.db, (trx) => closeSignUp(trx, day.id, region.director, now()))
    const { problem } = await caller.call(matchingRoutes.handChances, {
      params: { dayId: day.id },
      body: { wishes: [near(30)] },
    })
    expect(problem?.code).toBe('sign-up-closed')
    await refresh()
    expect(await kept()).toEqual([])
  })
})
