import { isTheDay, lockDay } from '#server/features/days/days.service.ts'
import {
  endHandover,
  type Handover,
  handoverRefusal,
  handoversOfSlot,
  openHandover,
  standInsFor,
  withdrawHandover,
} from '#server/features/handovers/handovers.service.ts'
import { type Slot, slotById } from '#server/features/slots/slots.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { withdrawAsking } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { takeOver } from './hand-over.ts'
import type { RepairSetting } from './repair-plan.ts'

/**
 * On the day itself who looks after the site names a colleague who stands there and has said yes:
 * they host at once, are told by mail, and can hand back by their own link. Naming the one who
 * hosts already changes nothing.
 * @param accountId who names them; kept in the audit.
 */
export async function nameStandIn(
  trx: Trx,
  secret: string,
  slotId: string,
  personId: string,
  accountId: string,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  const found = await slotById(trx, slotId)
  const day = found && (await lockDay(trx, found.dayId))
  const slot = day && (await slotById(trx, slotId))
  if (!slot) return refuse('not-found')
  if (slot.hostId === personId) return undefined
  if (!day.publishedAt) return refuse('not-published')
  const closed = handoverRefusal(slot, day, now)
  if (closed) return closed
  if (!isTheDay(day, now)) return refuse('not-the-day')
  const free = await standInsFor(trx, day, slot)
  if (!free.some(({ id }) => id === personId)) return refuse('colleague-not-free')
  const handover = await agreed(trx, slot, personId, now, setting)
  const entry = { regionId: slot.regionId, accountId, subjectId: slotId }
  await recordAudit(trx, { ...entry, action: 'attendance.name-stand-in' }, now)
  return takeOver(trx, secret, slot, handover, now, setting)
}

/** The request that stands for their yes: the one that waits for it, or one made now in its stead. */
async function agreed(
  trx: Trx,
  slot: Slot,
  personId: string,
  now: Date,
  setting: RepairSetting,
): Promise<Handover> {
  const waiting = (await handoversOfSlot(trx, slot.id)).find(({ status }) => status === 'pending')
  if (waiting?.toId === personId) {
    await withdrawAsking(trx, waiting.id)
    return waiting
  }
  // Whoever was asked before hears that nobody needs them any more.
  await withdrawHandover(trx, slot.id, slot.hostId, now, setting.mailDomain)
  if (waiting) await endHandover(trx, waiting.id, 'expired', now)
  return openHandover(trx, slot, personId, slot.endsAt, now)
}
