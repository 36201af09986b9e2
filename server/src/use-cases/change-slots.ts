import { lockDay } from '#server/features/days/days.service.ts'
import { activePlacementOf } from '#server/features/matching/matching.service.ts'
import { overlap } from '#server/features/signup/signup.rules.ts'
import {
  answerSlot,
  type Candidate,
  offerSlot,
  type Slot,
  setCaps,
  setRelease,
  slotById,
  stillStands,
} from '#server/features/slots/slots.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  CapsInput,
  ReleaseInput,
  SlotAnswer,
  SlotDetails,
} from '#shared/slots/slots.contract.ts'
import { hostDeclines } from './host-declines.ts'
import { type RepairSetting, repairPlan } from './repair-plan.ts'

/**
 * A host answers, withdraws or changes an offer; a published plan follows.
 * @param hostId who answers: the slot may have passed to a colleague meanwhile.
 */
export async function hostAnswers(
  trx: Trx,
  slotId: string,
  hostId: string,
  answer: SlotAnswer,
  now: Date,
  setting: RepairSetting,
): Promise<Slot | Refusal> {
  const known = await slotById(trx, slotId)
  const day = known && (await lockDay(trx, known.dayId))
  const found = day && (await slotById(trx, slotId))
  if (!found) return refuse('not-found')
  if (found.hostId !== hostId) return refuse('slot-handed-over')
  if (day.publishedAt && answer.answer === 'no' && found.status === 'accepted') {
    const declined = await hostDeclines(trx, slotId, 'link', now, setting)
    if (isRefusal(declined)) return declined
    return (await slotById(trx, slotId)) ?? refuse('not-found')
  }
  return followed(trx, found.dayId, now, setting, async () => {
    const slot = await answerSlot(trx, slotId, answer, now)
    return isRefusal(slot) ? slot : ((await visiting(trx, slot)) ?? slot)
  })
}

/** A host offers a slot of their own accord; a published plan gives it to whoever waits. */
export function hostOffers(
  trx: Trx,
  secret: string,
  dayId: string,
  host: Candidate,
  details: SlotDetails,
  now: Date,
  setting: RepairSetting,
): Promise<Slot | Refusal> {
  return followed(trx, dayId, now, setting, async () => {
    const slot = await offerSlot(trx, secret, dayId, host, details, now)
    return isRefusal(slot) ? slot : ((await visiting(trx, slot)) ?? slot)
  })
}

/** A site releases or refuses a host; a published plan follows. */
export async function siteDecides(
  trx: Trx,
  slotId: string,
  input: ReleaseInput,
  by: string,
  now: Date,
  setting: RepairSetting,
): Promise<Slot | Refusal> {
  const found = await slotById(trx, slotId)
  if (!found) return refuse('not-found')
  return followed(trx, found.dayId, now, setting, async () => {
    const slot = await setRelease(trx, slotId, input, by, now)
    if (isRefusal(slot)) return slot
    return (await visiting(trx, slot)) ? refuse('host-visits') : slot
  })
}

/** A site says how many visitors it takes; a published plan follows. */
export function siteLimits(
  trx: Trx,
  dayId: string,
  siteId: string,
  input: CapsInput,
  by: string,
  now: Date,
  setting: RepairSetting,
): Promise<undefined | Refusal> {
  return followed(trx, dayId, now, setting, () => setCaps(trx, dayId, siteId, input, by, now))
}

/** The day is locked before anything it holds, so that nobody waits for whom they keep waiting. */
async function followed<T>(
  trx: Trx,
  dayId: string,
  now: Date,
  setting: RepairSetting,
  change: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  await lockDay(trx, dayId)
  const changed = await change()
  if (!isRefusal(changed)) await repairPlan(trx, dayId, now, setting)
  return changed
}

/** Nobody hosts at the hour at which a published plan has them visit a colleague. */
async function visiting(trx: Trx, slot: Slot): Promise<Refusal | undefined> {
  if (!stillStands(slot)) return undefined
  const visit = await activePlacementOf(trx, slot.dayId, slot.hostId)
  const visited = visit && (await slotById(trx, visit.slotId))
  return visited && overlap(visited, slot) ? refuse('slot-overlaps-visit') : undefined
}
