import { forgetOldSignInLinks } from './features/accounts/accounts.service.ts'
import { accountsTasks } from './features/accounts/accounts.tasks.ts'
import { actionsTasks } from './features/actions/actions.tasks.ts'
import { answersTasks } from './features/answers/answers.tasks.ts'
import { debriefTasks } from './features/debrief/debrief.tasks.ts'
import { handoversTasks } from './features/handovers/handovers.tasks.ts'
import { forgetOldMails } from './features/invitations/invitations.answers.ts'
import { maybesTasks } from './features/invitations/invitations.maybes.tasks.ts'
import { invitationsTasks } from './features/invitations/invitations.tasks.ts'
import { chancesTasks } from './features/matching/matching.chances.tasks.ts'
import { matchingTasks } from './features/matching/matching.tasks.ts'
import { observationsTasks } from './features/observations/observations.tasks.ts'
import { programmesTasks } from './features/programmes/programmes.tasks.ts'
import { recordsTasks } from './features/records/records.tasks.ts'
import { forgetOldDrafts } from './features/roster/roster.imports.ts'
import { thanksTasks } from './features/thanks/thanks.tasks.ts'
import { waitingTasks } from './features/waiting/waiting.tasks.ts'
import { workshopsTasks } from './features/workshops/workshops.tasks.ts'
import { forgetOldAnswers } from './platform/http/idempotency.ts'
import { forgetFailedJobs, releaseAbandonedJobs, type Tasks } from './platform/jobs.ts'
import { outboxDelivery, type SendMail } from './platform/outbox/outbox.delivery.ts'
import type { Services } from './platform/services.ts'
import { forgetOldAttempts } from './platform/throttle.ts'
import { repairPlan, repairSetting } from './use-cases/repair-plan.ts'
import { workshopSetting } from './use-cases/workshop-setting.ts'

/** Everything done away from a request, feature by feature. */
export function buildTasks(services: Services, sendMail: SendMail): Tasks {
  const { db, clock } = services
  const deliver = outboxDelivery(db, clock, sendMail, services.config.mailRate)
  return {
    'deliver-outbox': (_, { abortSignal }) => deliver(abortSignal),
    'release-abandoned-jobs': () => releaseAbandonedJobs(db),
    'forget-old': async () => {
      await forgetOldAttempts(db, clock.now())
      await forgetOldAnswers(db, clock.now())
      await forgetOldSignInLinks(db, clock.now())
      await forgetOldDrafts(db, clock.now())
      await forgetOldMails(db, clock.now())
      await forgetFailedJobs(db)
    },
    ...accountsTasks(services),
    ...matchingTasks(services),
    ...maybesTasks(services),
    ...waitingTasks(services, (trx, dayId, now) =>
      repairPlan(trx, dayId, now, repairSetting(services)),
    ),
    ...invitationsTasks(services, repairSetting(services)),
    ...handoversTasks(services),
    ...chancesTasks(services),
    ...observationsTasks(services),
    ...thanksTasks(services),
    ...debriefTasks(services),
    ...actionsTasks(services),
    ...recordsTasks(services),
    ...workshopsTasks(services, workshopSetting(repairSetting(services))),
    ...programmesTasks(services),
    ...answersTasks(services),
  }
}

/**
 * In UTC. The outbox is also woken by whatever writes to it; this is for claims left by a crash, as
 * restarting is for plans and releasing for any other job.
 */
export const crontab = `
* * * * * deliver-outbox
* * * * * release-observations
2,7,12,17,22,27,32,37,42,47,52,57 * * * * fill-walls
* * * * * restart-plans
* * * * * release-abandoned-jobs
*/10 * * * * send-reminders
*/10 * * * * tell-owners
*/10 * * * * deliver-cards
*/10 * * * * refresh-chances
4,19,34,49 * * * * send-programmes
* * * * * mix-answers
41 3 * * 1 release-answers ?fill=6d
7 * * * * nudge-maybes
27 * * * * tell-observers
37 * * * * send-records
17 * * * * forget-old
`
