import { lockDay } from '#server/features/days/days.service.ts'
import { endHandover, handoversOfSlot } from '#server/features/handovers/handovers.service.ts'
import {
  activePlacementOf,
  activePlacementsOfSlot,
} from '#server/features/matching/matching.service.ts'
import { overlap } from '#server/features/signup/signup.rules.ts'
import { isLive } from '#server/features/slots/slots.rules.ts'
import {
  answerSlot,
  type Candidate,
  moveSlot,
  offerSlot,
  type Slot,
  setCaps,
  setRelease,
  slotById,
  slotsOfDay,
  stillStands,
} from '#server/features/slots/slots.service.ts'
import {
  moveOffers,
  pendingOffers,
  type SeatOffer,
  tellMoved,
} from '#server/features/waiting/waiting.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  CapsInput,
  ReleaseInput,
  SlotAnswer,
  SlotDetails,
  SlotHours,
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

/**
 * A site moves a slot within its period; of a published plan host and guests are asked again. Nobody
 * loses a place by it: hours at which one of them is expected elsewhere are refused.
 */
export async function siteMoves(
  trx: Trx,
  slotId: string,
  hours: SlotHours,
  by: string,
  now: Date,
  setting: RepairSetting,
): Promise<Slot | Refusal> {
  const known = await slotById(trx, slotId)
  const day = known && (await lockDay(trx, known.dayId))
  const found = day && (await slotById(trx, slotId))
  if (!found) return refuse('not-found')
  let offered: SeatOffer[] = []
  const moved = await followed(trx, day.id, now, setting, async () => {
    const slot = await moveSlot(trx, slotId, hours, by, now)
    if (isRefusal(slot) || sameHours(found, slot)) return slot
    const taken = (await visiting(trx, slot)) || (await guestsHost(trx, slot))
    if (taken) return refuse('hours-taken')
    // A colleague asked to take over was told the former hours: they are not held to a yes to them.
    for (const { id } of await handoversOfSlot(trx, slotId)) {
      await endHandover(trx, id, 'withdrawn', now)
    }
    offered = await moveOffers(trx, slot)
    return slot
  })
  if (isRefusal(moved)) return moved
  const stands = new Set((await pendingOffers(trx, day.id)).map(({ id }) => id))
  const kept = offered.filter(({ id }) => stands.has(id))
  await tellMoved(trx, day, kept, now, setting.mailDomain)
  return moved
}

const sameHours = (one: Slot, other: Slot) =>
  +one.startsAt === +other.startsAt && +one.endsAt === +other.endsAt

/** Whether somebody who visits this slot hosts another one at its hours. */
async function guestsHost(trx: Trx, slot: Slot): Promise<boolean> {
  const placements = await activePlacementsOfSlot(trx, slot.id)
  const guests = new Set(placements.map(({ personId }) => personId))
  return (await slotsOfDay(trx, slot.dayId)).some(
    (one) => guests.has(one.hostId) && isLive(one) && overlap(one, slot),
  )
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
