import { z } from 'zod'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { expireHandover } from './handovers.service.ts'

const payloadSchema = z.object({ handoverId: z.uuid() })

/** Late or twice it does no harm: what a request is worth is asked of the clock, not of this job. */
export function handoversTasks({ db, clock, mailDomain }: Services): Tasks {
  return {
    'end-handover': async (payload) => {
      const { handoverId } = payloadSchema.parse(payload)
      await inTransaction(db, (trx) => expireHandover(trx, handoverId, clock.now(), mailDomain))
    },
  }
}
