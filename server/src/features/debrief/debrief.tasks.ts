import { eachApart, type Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { fillWall, openDebriefDays } from './debrief.service.ts'

/** Shortly after each mark of the clock at which anonymous observations are released. */
export function debriefTasks({ db, clock }: Services): Tasks {
  return {
    'fill-walls': async () => {
      await eachApart(await openDebriefDays(db), async (dayId) => {
        await inTransaction(db, (trx) => fillWall(trx, dayId, clock.now()))
      })
    },
  }
}
