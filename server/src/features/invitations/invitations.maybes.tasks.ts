import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { daysToNudge, nudgeMaybes } from './invitations.maybes.ts'

/** Asks those who said « maybe » once more, every hour that somebody may be at work. */
export function maybesTasks({ db, clock, mailDomain }: Services): Tasks {
  return {
    'nudge-maybes': async () => {
      for (const dayId of await daysToNudge(db, clock.now())) {
        await inTransaction(db, (trx) => nudgeMaybes(trx, dayId, clock.now(), mailDomain))
      }
    },
  }
}
