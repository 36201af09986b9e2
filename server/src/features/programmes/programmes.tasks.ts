import type { Tasks } from '#server/platform/jobs.ts'
import type { Services } from '#server/platform/services.ts'
import { sendProgrammes } from './programmes.sending.ts'

/** Looks every quarter of an hour; what is due is asked of the clock, what left of the database. */
export function programmesTasks({ db, clock, mailDomain }: Services): Tasks {
  return {
    'send-programmes': () => sendProgrammes(db, clock.now(), mailDomain),
  }
}
