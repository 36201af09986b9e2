import { z } from 'zod'
import type { Tasks } from '#server/platform/jobs.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import * as accounts from './accounts.service.ts'

const payloadSchema = z.object({ email: z.string() })

/** Looks the address up away from the request, so that its timing tells nothing. */
export function accountsTasks({ db, secret, clock, mailDomain }: Services): Tasks {
  return {
    'send-sign-in-link': async (payload) => {
      const { email } = payloadSchema.parse(payload)
      await inTransaction(db, (trx) =>
        accounts.sendSignInLink(trx, email, { secret, mailDomain }, clock.now()),
      )
    },
  }
}
