import { randomInt } from 'node:crypto'
import { eachApart, type Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import { mixDue, releaseAnswers, waitingProgrammes } from './answers.service.ts'

/** Mixing looks every minute, telling once a week: a job of its own for each answer would say when it came. */
export function answersTasks({ db, clock, secret }: Services): Tasks {
  return {
    'mix-answers': async () => {
      await inTransaction(db, (trx) => mixDue(trx, secret, clock.now(), randomInt))
    },
    'release-answers': async () => {
      await eachApart(await waitingProgrammes(db), (id) =>
        inTransaction(db, (trx) => releaseAnswers(trx, secret, id, clock.now(), randomInt)),
      )
    },
  }
}
