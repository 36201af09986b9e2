import type { Tasks } from '#server/platform/jobs.ts'
import type { Services } from '#server/platform/services.ts'
import { sendRecords } from './records.service.ts'
import { openRecordStore } from './records.store.ts'

/** Looks every hour: that is the patience with a store out of reach. */
export function recordsTasks({ db, clock, config }: Services): Tasks {
  return {
    'send-records': async (_, { abortSignal }) => {
      if (config.xapiUrl === undefined) return
      const store = openRecordStore(config.xapiUrl, abortSignal)
      await sendRecords(db, store, config.publicUrl, clock.now())
    },
  }
}
