import { notifyArrivals } from '#server/features/attendance/attendance.service.ts'
import { isOver, lockDay } from '#server/features/days/days.service.ts'
import { tellDirectors } from '#server/features/invitations/invitations.notices.ts'
import { quietSeconds } from '#server/features/invitations/invitations.rules.ts'
import {
  reconcileInvitations,
  type Voice,
} from '#server/features/invitations/invitations.service.ts'
import { planInputOf, repairPlacements } from '#server/features/matching/matching.service.ts'
import { type Slot, slotsOfDay } from '#server/features/slots/slots.service.ts'
import * as waiting from '#server/features/waiting/waiting.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'

/** What the parts of a repair need to speak and to wait. */
export interface RepairSetting extends Voice {
  /** Hours a person offered a place is given to think: see `offerExpiry`. */
  offerHours: number
  /** What a director sends waits so long, and can be taken back. */
  holdSeconds: number
}

/** The setting of an installation. */
export const repairSetting = ({
  config,
  mailDomain,
}: Pick<Services, 'config' | 'mailDomain'>): RepairSetting => ({
  mailFrom: config.mailFrom,
  mailDomain,
  quietSeconds: Math.min(quietSeconds, config.mailHoldSeconds),
  publicUrl: config.publicUrl,
  offerHours: config.offerHours,
  holdSeconds: config.mailHoldSeconds,
})

/**
 * Lets a published plan follow what has just happened, in the transaction in which it happened and
 * under the lock on the day: offers that are over or impossible end, whoever lost a place is seated
 * again with the fewest moves, free seats are offered to the waiting list, calendars follow, and the
 * directors hear of it. It reads how things stand rather than what happened, so it can be called
 * after anything and called again; before publication it does nothing.
 * @param closed a slot that has just closed: its directors hear of it even if nobody sat there.
 */
export async function repairPlan(
  trx: Trx,
  dayId: string,
  now: Date,
  setting: RepairSetting,
  closed?: Slot,
): Promise<void> {
  const day = await lockDay(trx, dayId)
  if (!day?.publishedAt || day.cancelledAt || isOver(day, now)) return
  await waiting.expireOffers(trx, day.id, now)
  // Nothing of it changes while the plan is repaired, and reading it is most of the work.
  const input = await planInputOf(trx, day)
  const withdrawn = await waiting.withdrawImpossible(trx, day, input, now)
  const held = (await waiting.pendingOffers(trx, day.id)).map(({ slotId }) => slotId)
  const moves = await repairPlacements(trx, day, input, held, now)
  const offered = await waiting.makeOffers(trx, day, input, now, setting.offerHours)

  await reconcileInvitations(trx, day.id, now, setting)
  await notifyArrivals(trx, day.id)
  await waiting.tellWithdrawn(trx, day, withdrawn, {}, now, setting.mailDomain)
  await waiting.tellOffered(trx, day, offered, now, setting.mailDomain)
  const lost = moves.filter(({ reason }) => reason !== 'moved')
  if (!closed && moves.length === 0) return
  const lostIn = new Set(lost.map(({ placement }) => placement.slotId))
  const slots = await slotsOfDay(trx, day.id)
  const only = lostIn.size === 1 ? slots.find(({ id }) => lostIn.has(id)) : undefined
  const counts = {
    lost: lost.length,
    reseated: lost.filter(({ seat }) => seat !== null).length,
    moved: moves.length - lost.length,
  }
  await tellDirectors(trx, day, closed ?? only, counts, now, setting)
}
