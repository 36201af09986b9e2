import { answerForSlot } from '#server/features/confirmations/confirmations.service.ts'
import { lockDay } from '#server/features/days/days.service.ts'
import { closeSlot, slotById } from '#server/features/slots/slots.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { AnswerChannel } from '#shared/confirmations/confirmations.contract.ts'
import { type RepairSetting, repairPlan } from './repair-plan.ts'

/**
 * A host's « no » after publication: the slot closes for good, and the plan repairs itself around
 * it. Saying no twice is saying it once.
 */
export async function hostDeclines(
  trx: Trx,
  slotId: string,
  channel: AnswerChannel,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const found = await slotById(trx, slotId)
  const day = found && (await lockDay(trx, found.dayId))
  if (!day) return refuse('not-found')
  const answered = await answerForSlot(trx, slotId, 'no', channel, now)
  if (isRefusal(answered)) return answered
  if (!answered.changed) return undefined
  const closed = await closeSlot(trx, slotId, 'host-declined', now)
  if (isRefusal(closed)) return closed
  await repairPlan(trx, day.id, now, setting, closed)
  return undefined
}
