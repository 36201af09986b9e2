import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import { publishPlan } from '#server/use-cases/publish-plan.ts'
import { repairSetting } from '#server/use-cases/repair-plan.ts'
import {
  type Bench,
  makeSmallDay,
  readyPlan,
  type SmallDay,
} from '../invitations/invitations.factory.ts'
import type { Caller } from '../support/app.ts'
import { plansComputed, type Stage } from '../support/browser.ts'

/** What a day is made with on a stage, whose own jobs run; a journey signs in by the browser only. */
export function benchOn(stage: Stage, clock: Bench['clock']): Bench {
  const { services } = stage.installation
  return {
    db: services.db,
    services,
    clock,
    signedIn: async () => ({}) as Caller,
    runJobs: () => plansComputed(stage),
  }
}

/** Puts a plan in force; its invitations wait to leave, see `mailsLeave`. */
export async function publishOn(
  stage: Stage,
  clock: Bench['clock'],
  planId: string,
  { directorAccount }: Pick<SmallDay, 'directorAccount'>,
): Promise<void> {
  const { services } = stage.installation
  const now = clock.now()
  const published = await inTransaction(services.db, (trx) =>
    publishPlan(trx, planId, directorAccount, now, repairSetting(services), now),
  )
  if (isRefusal(published)) throw new Error(published.refused)
}

/** A small day on a stage, matched and published. */
export async function publishedOn(
  stage: Stage,
  clock: Bench['clock'],
  options: Parameters<typeof makeSmallDay>[1] = {},
): Promise<SmallDay> {
  const bench = benchOn(stage, clock)
  const made = await makeSmallDay(bench, options)
  await publishOn(stage, clock, await readyPlan(bench, made.day), made)
  return made
}
