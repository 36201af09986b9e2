import { closeSignUp, markPublished } from '#server/features/days/days.service.ts'
import {
  type Plan,
  type Publication,
  planById,
  plansOfDay,
  publishPlan,
  requestPlan,
} from '#server/features/matching/matching.service.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { TestApp } from '../support/app.ts'

/** A draft, computed by the real job in its real thread. */
export async function makePlan(
  test: Pick<TestApp, 'db' | 'clock' | 'runJobs'>,
  dayId: string,
): Promise<Plan> {
  const asked = await inTransaction(test.db, (trx) =>
    requestPlan(trx, dayId, null, test.clock.now()),
  )
  if (isRefusal(asked)) throw new Error(asked.refused)
  await test.runJobs()
  const plan = await planById(test.db, asked.id)
  if (plan?.status !== 'ready') throw new Error(`no plan: ${plan?.failure}`)
  return plan
}

/** Lets the jobs compute what a choice by hand has started; the newest plan of the day. */
export async function computedPlan(
  test: Pick<TestApp, 'db' | 'runJobs'>,
  dayId: string,
): Promise<Plan> {
  await test.runJobs()
  const [plan] = await plansOfDay(test.db, dayId)
  if (!plan) throw new Error('the day has no plan')
  return plan
}

/** Publishes a plan and marks the day, sign-up closed if it was not; nobody is invited. */
export async function makePublication(
  db: Database,
  now: Date,
  plan: Pick<Plan, 'id' | 'dayId' | 'regionId'>,
): Promise<Publication> {
  const outcome = await inTransaction(db, async (trx) => {
    await closeSignUp(trx, plan.dayId, plan.regionId, now)
    const published = await publishPlan(trx, plan.id, null, now)
    if (isRefusal(published)) return published
    await markPublished(trx, plan.dayId, now)
    return published
  })
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome
}
