import { randomInt } from 'node:crypto'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { releaseDue } from './observations.anonymous.ts'

/** Runs every minute for all observations: a job of its own for each would tell when it came. */
export function observationsTasks({ db, clock }: Services): Tasks {
  return {
    'release-observations': async () => {
      await inTransaction(db, (trx) => releaseDue(trx, clock.now(), randomInt))
    },
  }
}
