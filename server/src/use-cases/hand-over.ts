import { endHostAbsence, notifyArrivals } from '#server/features/attendance/attendance.service.ts'
import {
  answerForSlot,
  forgetAnswers,
} from '#server/features/confirmations/confirmations.service.ts'
import { lockDay } from '#server/features/days/days.service.ts'
import { isPending } from '#server/features/handovers/handovers.rules.ts'
import {
  endHandover,
  type Handover,
  handoverById,
  handoverRefusal,
  hindrances,
  tellHost,
  tellNewHost,
} from '#server/features/handovers/handovers.service.ts'
import {
  cancelForHost,
  reconcileInvitations,
} from '#server/features/invitations/invitations.service.ts'
import { worksAs } from '#server/features/roster/roster.service.ts'
import { changeHost, type Slot, slotById } from '#server/features/slots/slots.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Answer } from '#shared/confirmations/confirmations.contract.ts'
import { guestCancels } from './guest-cancels.ts'
import { type RepairSetting, repairPlan } from './repair-plan.ts'

/**
 * A colleague's answer to « would you host in my place? ». A yes makes them the host at once: the
 * old host's calendar is freed, the new one is invited and counts as confirmed, guests learn who
 * receives them. A no changes nothing but that the host is told. The same answer twice is one.
 * @param givesUp the place of a visit at these hours that the colleague was told a yes gives back;
 * one they were not told of is refused with `handover-visits`.
 */
export async function answerHandover(
  trx: Trx,
  secret: string,
  handoverId: string,
  { answer, givesUp }: { answer: Answer; givesUp: string | null },
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const found = await handoverById(trx, handoverId)
  const day = found && (await lockDay(trx, found.dayId))
  // Read again under the lock: it may have been answered, taken back, or the slot closed.
  const handover = day && (await handoverById(trx, handoverId))
  const slot = handover && (await slotById(trx, handover.slotId))
  if (!slot) return refuse('not-found')
  const said = { yes: 'accepted', no: 'declined' } as const
  if (handover.status === said[answer]) return undefined
  const closed = handoverRefusal(slot, day, now)
  if (closed) return closed
  if (!isPending(handover, now) || slot.hostId !== handover.fromId) return refuse('handover-over')
  if (answer === 'no') {
    await endHandover(trx, handover.id, 'declined', now)
    await tellHost(trx, day, slot, handover, 'declined', now, setting.mailDomain)
    return undefined
  }
  if (!(await worksAs(trx, handover.toId, slot))) return refuse('colleague-elsewhere')
  const { hosts, visit } = await hindrances(trx, day, slot, handover.toId)
  if (hosts) return refuse('colleague-not-free')
  if (visit && visit.placementId !== givesUp) return refuse('handover-visits')
  if (visit) {
    const given = await guestCancels(trx, visit.placementId, 'link', now, setting)
    if (given) return given
  }
  return takeOver(trx, secret, slot, handover, now, setting)
}

/**
 * Makes the colleague of a handover the host, once they have said yes: the old host's calendar is
 * freed, the new one's invited, guests keep place and UID, and whoever watches arrivals sees it.
 */
export async function takeOver(
  trx: Trx,
  secret: string,
  before: Slot,
  handover: Handover,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const day = await lockDay(trx, before.dayId)
  if (!day) return refuse('not-found')
  // While the slot is still theirs: the cancellation is written to them, in their language.
  const freed = await cancelForHost(trx, before, now, setting)
  await endHandover(trx, handover.id, 'accepted', now)
  const slot = await changeHost(trx, secret, before.id, handover.toId, now)
  if (isRefusal(slot)) return slot
  await forgetAnswers(trx, { slotIds: [slot.id], placementIds: [] })
  // Whoever did not come, it is not the one who receives them now.
  await endHostAbsence(trx, slot, { by: 'host', accountId: null }, now)
  await notifyArrivals(trx, day.id, slot.id)
  let invited = false
  if (day.publishedAt) {
    const confirmed = await answerForSlot(trx, slot.id, 'yes', 'link', now)
    if (isRefusal(confirmed)) return confirmed
    const { told } = await reconcileInvitations(trx, day.id, now, setting)
    invited = told.some(({ side, meetingId }) => side === 'host' && meetingId === slot.id)
    // Who hosts now is no longer free for a place somewhere else at these hours.
    await repairPlan(trx, day.id, now, setting)
  }
  const { mailDomain } = setting
  if (!freed) await tellHost(trx, day, slot, handover, 'accepted', now, mailDomain)
  if (!invited) await tellNewHost(trx, day, slot, handover, now, mailDomain)
  return undefined
}
