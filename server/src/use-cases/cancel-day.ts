import { isOver, lockDay, markCancelled } from '#server/features/days/days.service.ts'
import { tellPeople } from '#server/features/invitations/invitations.notices.ts'
import {
  reconcileInvitations,
  type Voice,
} from '#server/features/invitations/invitations.service.ts'
import { activePlacements, endPlacement } from '#server/features/matching/matching.service.ts'
import { peopleByIds } from '#server/features/roster/roster.service.ts'
import { signedUp } from '#server/features/signup/signup.service.ts'
import { slotsOfDay } from '#server/features/slots/slots.service.ts'
import { withdrawAll } from '#server/features/waiting/waiting.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { openBatch } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Sent } from './publish-plan.ts'

/**
 * Cancels a whole day: placements end, every calendar is freed, and whoever had signed up or offered
 * a slot without having anything in their calendar yet is told by a plain mail.
 */
export async function cancelDay(
  trx: Trx,
  dayId: string,
  by: string,
  now: Date,
  voice: Voice,
  releaseAt: Date,
): Promise<Sent | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  if (isOver(day, now)) return refuse('day-over')
  for (const placement of await activePlacements(trx, dayId)) {
    await endPlacement(trx, placement.id, 'day-cancelled', now)
  }
  await withdrawAll(trx, dayId, 'day-cancelled', now)
  await markCancelled(trx, dayId, now)
  const batch = { regionId: day.regionId, dayId, purpose: 'cancellation', createdBy: by }
  const batchId = await openBatch(trx, batch, now)
  const sending = { batchId, releaseAt, release: true }
  const { told, unreachable } = await reconcileInvitations(trx, dayId, now, voice, sending)
  const informed = new Set(told.map(({ personId }) => personId))
  const offered = (await slotsOfDay(trx, dayId)).filter(({ status }) =>
    ['accepted', 'paused'].includes(status),
  )
  const hosts = new Set(offered.map(({ hostId }) => hostId).filter((id) => !informed.has(id)))
  const guests = [...(await signedUp(trx, dayId)).active].filter(
    (id) => !informed.has(id) && !hosts.has(id),
  )
  const rest: Sent['told'] = []
  const sides = { host: [...hosts], guest: guests }
  for (const side of ['host', 'guest'] as const) {
    const people = await peopleByIds(trx, sides[side])
    rest.push(...(await tellPeople(trx, 'dayCancelled', day, people, side, now, voice, sending)))
  }
  const entry = { regionId: day.regionId, accountId: by, action: 'days.cancel', subjectId: dayId }
  const details = { mails: told.length + rest.length }
  await recordAudit(trx, { ...entry, details }, now)
  return { batchId, told: [...told, ...rest], unreachable }
}
