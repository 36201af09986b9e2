import { z } from 'zod'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import * as chances from './matching.chances.service.ts'
import { estimateInThread } from './matching.chances.thread.ts'

const payloadSchema = z.object({ dayId: z.uuid() })

/** Estimates leave like trains: whoever asked since the last one rides along with the next. */
export function chancesTasks({ db, clock }: Services): Tasks {
  return {
    'refresh-chances': () => chances.refreshChances(db, clock.now()),
    'estimate-chances': async (payload, { abortSignal }) => {
      const { dayId } = payloadSchema.parse(payload)
      const wanted = await chances.chancesToEstimate(db, dayId, clock.now())
      if (!wanted) return
      const started = performance.now()
      const found = await estimateInThread(wanted.input, abortSignal)
      const took = performance.now() - started
      await inTransaction(db, (trx) => chances.storeChances(trx, wanted, found, took, clock.now()))
    },
  }
}
