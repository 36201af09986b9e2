import { answerForSlot } from '#server/features/confirmations/confirmations.service.ts'
import { lockDay } from '#server/features/days/days.service.ts'
import { tellDirectors } from '#server/features/invitations/invitations.notices.ts'
import {
  reconcileInvitations,
  type Voice,
} from '#server/features/invitations/invitations.service.ts'
import { activePlacementsOfSlot, endPlacement } from '#server/features/matching/matching.service.ts'
import { closeSlot, slotById } from '#server/features/slots/slots.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { AnswerChannel } from '#shared/confirmations/confirmations.contract.ts'

/**
 * A host's « no » after publication: the slot closes for good, whoever was expected there is told
 * and has no place any more, and the directors hear of it. Saying no twice is saying it once.
 */
export async function hostDeclines(
  trx: Trx,
  slotId: string,
  channel: AnswerChannel,
  now: Date,
  voice: Voice & { publicUrl: string },
): Promise<undefined | Refusal> {
  const found = await slotById(trx, slotId)
  const day = found && (await lockDay(trx, found.dayId))
  if (!day) return refuse('not-found')
  const answered = await answerForSlot(trx, slotId, 'no', channel, now)
  if (isRefusal(answered)) return answered
  if (!answered.changed) return undefined
  const guests = await activePlacementsOfSlot(trx, slotId)
  for (const guest of guests) await endPlacement(trx, guest.id, 'host-declined', now)
  const closed = await closeSlot(trx, slotId, 'host-declined', now)
  if (isRefusal(closed)) return closed
  await reconcileInvitations(trx, day.id, now, voice)
  await tellDirectors(trx, day, closed, guests.length, now, voice)
  return undefined
}
