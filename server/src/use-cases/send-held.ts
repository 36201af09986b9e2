import { isOver, lockDay } from '#server/features/days/days.service.ts'
import {
  reconcileInvitations,
  type Voice,
} from '#server/features/invitations/invitations.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { openBatch } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Sent } from './publish-plan.ts'
import { tellLeftOut } from './tell-left-out.ts'

/** Sends what a director had taken back, as things stand now. */
export async function sendHeld(
  trx: Trx,
  dayId: string,
  by: string,
  now: Date,
  voice: Voice,
  releaseAt: Date,
): Promise<Sent | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (isOver(day, now)) return refuse('day-over')
  const batch = { regionId: day.regionId, dayId, purpose: 'held-invitations', createdBy: by }
  const batchId = await openBatch(trx, batch, now)
  const sending = { batchId, releaseAt, release: true }
  const { told, unreachable } = await reconcileInvitations(trx, dayId, now, voice, sending)
  const leftOut = await tellLeftOut(trx, day, told, now, voice, sending)
  const all = [...told, ...leftOut.told]
  const entry = { regionId: day.regionId, accountId: by, action: 'invitations.send-held' }
  await recordAudit(trx, { ...entry, subjectId: dayId, details: { mails: all.length } }, now)
  return { batchId, told: all, unreachable, unheard: leftOut.unheard }
}
