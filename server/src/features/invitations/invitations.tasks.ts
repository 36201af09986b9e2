import { daysBetween } from '#server/features/days/days.service.ts'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { remind, reminderDue } from './invitations.reminders.ts'
import type { Voice } from './invitations.service.ts'

const dateAfter = (now: Date, days: number) =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)

/** Looks often and does little: what is due is asked of the clock, what was done of the database. */
export function invitationsTasks({ db, clock }: Services, voice: Voice): Tasks {
  return {
    'send-reminders': async () => {
      const now = clock.now()
      // A day more on each side, since dates are of the day's own place.
      for (const day of await daysBetween(db, dateAfter(now, -1), dateAfter(now, 9))) {
        const kind = day.cancelledAt ? null : reminderDue(day.date, day.timeZone, now)
        if (kind && day.publishedAt) {
          await inTransaction(db, (trx) => remind(trx, day.id, kind, now, voice))
        }
      }
    },
  }
}
