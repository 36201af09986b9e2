import { z } from 'zod'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import type { WorkshopSetting } from './workshops.changes.ts'
import { offerFreeSeats } from './workshops.offers.ts'

const payloadSchema = z.object({ workshopId: z.uuid() })

/**
 * Ends the offers of a workshop whose time is over and offers their seats anew. Late or twice it does
 * no harm: what an offer is worth is asked of the clock, not of this job.
 */
export function workshopsTasks({ db, clock }: Services, setting: WorkshopSetting): Tasks {
  return {
    'expire-workshop-offers': async (payload) => {
      const { workshopId } = payloadSchema.parse(payload)
      await inTransaction(db, (trx) => offerFreeSeats(trx, workshopId, clock.now(), setting))
    },
  }
}
