import { z } from 'zod'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'

const payloadSchema = z.object({ dayId: z.uuid() })

/**
 * Ends the offers of a day whose time is over and offers their places anew. Late or twice it does
 * no harm: what an offer is worth is asked of the clock, not of this job.
 * @param repairPlan told by the use cases, which a feature may not import.
 */
export function waitingTasks(
  { db, clock }: Services,
  repairPlan: (trx: Trx, dayId: string, now: Date) => Promise<void>,
): Tasks {
  return {
    'expire-offers': async (payload) => {
      const { dayId } = payloadSchema.parse(payload)
      await inTransaction(db, (trx) => repairPlan(trx, dayId, clock.now()))
    },
  }
}
