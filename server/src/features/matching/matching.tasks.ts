import { z } from 'zod'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import * as matching from './matching.service.ts'
import { planInThread } from './matching.thread.ts'

const payloadSchema = z.object({ planId: z.uuid() })

/** How often progress is written and a cancellation looked for: smooth to the eye, light on the database. */
const noteEveryMilliseconds = 400

/** Computes a requested plan in a thread of its own, its progress written where anybody can read it. */
export function matchingTasks({ db, clock }: Services): Tasks {
  async function compute(planId: string): Promise<void> {
    const wanted = await matching.planToCompute(db, planId)
    if (!wanted) return
    const { input, hash } = wanted
    const progress = { done: 0, total: input.guests.length }
    const thread = planInThread(input, (done, total) => Object.assign(progress, { done, total }))
    const note = async () => {
      const going = await matching.noteProgress(db, planId, progress, clock.now())
      if (!going) thread.cancel()
    }
    const timer = setInterval(() => void note().catch(() => {}), noteEveryMilliseconds)
    try {
      await note()
      const outcome = await thread.outcome
      const now = clock.now()
      await inTransaction(db, (trx) => matching.storePlan(trx, planId, outcome, hash, now))
    } finally {
      clearInterval(timer)
    }
  }

  return {
    'restart-plans': () =>
      inTransaction(db, (trx) => matching.restartStalledPlans(trx, clock.now())),
    'compute-plan': async (payload) => {
      const { planId } = payloadSchema.parse(payload)
      try {
        await compute(planId)
      } catch (error) {
        // A plan that waits for a retry looks as if it were computing: better to say so and ask again.
        await matching.failPlan(db, planId, 'unexpected')
        throw error
      }
    },
  }
}
