import { dayById } from '#server/features/days/days.service.ts'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { summarise, tellOwners } from './actions.notices.ts'
import { daysWithOwners } from './actions.queries.ts'
import { decidedDays } from './actions.returning.queries.ts'
import { tellObservers } from './actions.returning.ts'

/** Looks often and does little: what is due is asked of the clock, what was done of the database. */
export function actionsTasks({ db, clock, mailDomain, config }: Services): Tasks {
  return {
    'tell-observers': async () => {
      const outgoing = { mailDomain, publicUrl: config.publicUrl }
      for (const dayId of await decidedDays(db)) {
        const day = await dayById(db, dayId)
        if (!day) continue
        await inTransaction(db, (trx) => tellObservers(trx, day, clock.now(), outgoing))
      }
    },
    'tell-owners': async () => {
      const now = clock.now()
      for (const dayId of await daysWithOwners(db)) {
        const day = await dayById(db, dayId)
        if (!day) continue
        // In this order: a summary also tells of what is new in it.
        await inTransaction(db, (trx) => summarise(trx, day, now, mailDomain))
        await inTransaction(db, (trx) => tellOwners(trx, day, now, mailDomain))
      }
    },
  }
}
