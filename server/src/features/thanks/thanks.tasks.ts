import { randomInt } from 'node:crypto'
import { dayById } from '#server/features/days/days.service.ts'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { deliverCards } from './thanks.evening.ts'
import { daysWithCards } from './thanks.queries.ts'

/** Looks often for all cards: a job for each would tell when it was written. */
export function thanksTasks({ db, clock, secret, mailDomain, config }: Services): Tasks {
  return {
    'deliver-cards': async () => {
      const leaving = { secret, mailDomain, publicUrl: config.publicUrl, draw: randomInt }
      for (const dayId of await daysWithCards(db)) {
        const day = await dayById(db, dayId)
        if (!day) continue
        await inTransaction(db, (trx) => deliverCards(trx, day, clock.now(), leaving))
      }
    },
  }
}
