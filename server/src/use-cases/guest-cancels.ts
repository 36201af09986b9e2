import { answerForPlacement } from '#server/features/confirmations/confirmations.service.ts'
import { lockDay } from '#server/features/days/days.service.ts'
import {
  activePlacementOf,
  endPlacement,
  placementById,
} from '#server/features/matching/matching.service.ts'
import { cancelSignup } from '#server/features/signup/signup.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { AnswerChannel } from '#shared/confirmations/confirmations.contract.ts'
import { type RepairSetting, repairPlan } from './repair-plan.ts'

/**
 * A guest's « no » after publication: the placement ends, the place is free again, the sign-up is
 * withdrawn so that no later plan places them anew, and the waiting list is offered the place.
 */
export async function guestCancels(
  trx: Trx,
  placementId: string,
  channel: AnswerChannel,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const found = await placementById(trx, placementId)
  const day = found && (await lockDay(trx, found.dayId))
  if (!found || !day) return refuse('not-found')
  const answered = await answerForPlacement(trx, placementId, 'no', channel, now)
  if (isRefusal(answered)) return answered
  if (!answered.changed) return undefined
  await endPlacement(trx, placementId, 'guest-cancelled', now)
  await cancelSignup(trx, day.id, found.personId, now)
  await repairPlan(trx, day.id, now, setting)
  return undefined
}

/** Somebody takes their sign-up back: with it goes the place they hold, or the one offered to them. */
export async function guestLeavesDay(
  trx: Trx,
  dayId: string,
  personId: string,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  if (!(await lockDay(trx, dayId))) return refuse('not-found')
  const placement = await activePlacementOf(trx, dayId, personId)
  if (placement) return guestCancels(trx, placement.id, 'app', now, setting)
  const cancelled = await cancelSignup(trx, dayId, personId, now)
  if (!isRefusal(cancelled)) await repairPlan(trx, dayId, now, setting)
  return cancelled
}
