import {
  eventsOfBatch,
  mailsOfEvents,
  resumeMails,
  stopBatch,
  stopMails,
} from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import * as queries from './invitations.queries.ts'
import { afterTakingBack, keyOf } from './invitations.rules.ts'

/**
 * Stops what has not left of a batch, and notes for each calendar event whether its reader knows of
 * it. What was taken back goes out again only when a director sends; the plan itself stays.
 * @returns how many mails were stopped.
 */
export async function takeBack(trx: Trx, batchId: string, now: Date): Promise<number> {
  const eventIds = await eventsOfBatch(trx, batchId)
  const events = await queries.eventsByIds(trx, eventIds)
  // Nobody may write about these events meanwhile.
  await queries.holdOccasions(
    trx,
    events.flatMap((event) => queries.occasionOf(event) ?? []),
  )
  const before = await mailsOfEvents(trx, eventIds)
  const stopped = await stopBatch(trx, batchId, now)
  const mails = Map.groupBy(await mailsOfEvents(trx, eventIds), ({ eventId }) => eventId)
  const wasWaiting = new Set(before.flatMap((mail) => (mail.status === 'waiting' ? mail.id : [])))
  const anew = await queries.subjectsWithEvent(trx, events.map(queries.subjectOf))
  const changes: queries.EventChange[] = []
  const stopToo: string[] = []
  const letGo: string[] = []
  for (const event of events) {
    // A nudge or a reminder says nothing about what stands in the calendar.
    const ofEvent = (mails.get(event.id) ?? []).filter(({ method }) => method !== null)
    const justStopped = ofEvent.filter(
      ({ id, status }) => status === 'stopped' && wasWaiting.has(id),
    )
    if (justStopped.length === 0) continue
    const after = afterTakingBack(
      ofEvent.map(({ id, method, status, attempts }) => ({
        id,
        method: method ?? 'REQUEST',
        state:
          status === 'stopped' && attempts === 0
            ? ('stopped' as const)
            : status === 'waiting' && attempts === 0
              ? ('waiting' as const)
              : ('left' as const),
      })),
    )
    const cancelled = event.status === 'cancelled'
    if (cancelled && after.status === 'confirmed' && anew.has(keyOf(queries.subjectOf(event)))) {
      // Another host, or another address, has an event by now: the old one must leave its calendar
      // all the same.
      letGo.push(...justStopped.map(({ id }) => id))
      continue
    }
    stopToo.push(...after.stopToo)
    changes.push({ ...event, status: after.status, told: after.told, held: after.held })
  }
  await queries.changeEvents(trx, changes)
  await stopMails(trx, stopToo)
  await resumeMails(trx, letGo)
  return stopped + stopToo.length - letGo.length
}
