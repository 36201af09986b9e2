import { dayById } from '#server/features/days/days.service.ts'
import { eachApart, type Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { summarise, tellOwners } from './actions.notices.ts'
import { daysWithOwners } from './actions.queries.ts'
import { decidedDays } from './actions.returning.queries.ts'
import { tellObservers } from './actions.returning.ts'

/** Milliseconds: half a year after the last answer about a day nobody is written to about it. */
const toldFor = 183 * 24 * 3_600_000

/** Looks often and does little: what is due is asked of the clock, what was done of the database. */
export function actionsTasks({ db, clock, mailDomain, config }: Services): Tasks {
  return {
    'tell-observers': async () => {
      const outgoing = { mailDomain, publicUrl: config.publicUrl }
      const now = clock.now()
      await eachApart(await decidedDays(db, new Date(now.getTime() - toldFor)), async (dayId) => {
        const day = await dayById(db, dayId)
        if (day) await inTransaction(db, (trx) => tellObservers(trx, day, now, outgoing))
      })
    },
    'tell-owners': async () => {
      const now = clock.now()
      await eachApart(await daysWithOwners(db), async (dayId) => {
        const day = await dayById(db, dayId)
        if (!day) return
        // In this order: a summary also tells of what is new in it.
        await inTransaction(db, (trx) => summarise(trx, day, now, mailDomain))
        await inTransaction(db, (trx) => tellOwners(trx, day, now, mailDomain))
      })
    },
  }
}
