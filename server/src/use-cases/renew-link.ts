import {
  placementRefusal,
  slotRefusal,
} from '#server/features/confirmations/confirmations.service.ts'
import { type Day, lockDay } from '#server/features/days/days.service.ts'
import { reconcileInvitations } from '#server/features/invitations/invitations.service.ts'
import { placementById, renewPlacementLink } from '#server/features/matching/matching.service.ts'
import { proposeAgain } from '#server/features/slots/slots.proposals.ts'
import { renewSlotLink, type Slot, slotById } from '#server/features/slots/slots.service.ts'
import { settledRefusal } from '#server/features/slots/slots.settled.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { RepairSetting } from './repair-plan.ts'

/** Whether the next link is on its way; otherwise it is on the next printed card. */
interface Renewed {
  mailed: boolean
}

/**
 * Takes the links mailed so far from a host, because one was passed on or lost, and mails them the
 * next as an update of their invitation: the link is part of what it says.
 */
export async function renewHostLink(
  trx: Trx,
  secret: string,
  slotId: string,
  now: Date,
  setting: RepairSetting,
): Promise<Renewed | Refusal> {
  const found = await slotById(trx, slotId)
  const day = found && (await lockDay(trx, found.dayId))
  const slot = day && (await slotById(trx, slotId))
  if (!slot) return refuse('not-found')
  if (!day.publishedAt || slot.status === 'proposed')
    return renewProposal(trx, secret, day, slot, now, setting)
  const closed = slotRefusal(slot, day, now)
  if (closed) return closed
  const renewed = await renewSlotLink(trx, secret, slotId)
  if (isRefusal(renewed)) return renewed
  const { told } = await reconcileInvitations(trx, day.id, now, setting)
  return { mailed: told.some((one) => one.side === 'host' && one.meetingId === slotId) }
}

/** Whoever was only asked is not invited yet: the question itself is asked anew. */
async function renewProposal(
  trx: Trx,
  secret: string,
  day: Day,
  slot: Slot,
  now: Date,
  { mailDomain }: RepairSetting,
): Promise<Renewed | Refusal> {
  const settled = settledRefusal(day, now)
  if (settled) return settled
  if (slot.status === 'closed') return refuse('slot-closed')
  const renewed = await renewSlotLink(trx, secret, slot.id)
  if (isRefusal(renewed)) return renewed
  return { mailed: await proposeAgain(trx, day, renewed, now, mailDomain) }
}

/** The same for a guest and their place. */
export async function renewGuestLink(
  trx: Trx,
  placementId: string,
  now: Date,
  setting: RepairSetting,
): Promise<Renewed | Refusal> {
  const found = await placementById(trx, placementId)
  const day = found && (await lockDay(trx, found.dayId))
  const placement = day && (await placementById(trx, placementId))
  if (!placement) return refuse('not-found')
  const closed = placementRefusal(placement, day, now)
  if (closed) return closed
  await renewPlacementLink(trx, placementId)
  const { told } = await reconcileInvitations(trx, day.id, now, setting)
  const { personId } = placement
  return { mailed: told.some((one) => one.side === 'guest' && one.personId === personId) }
}
