import { type Day, isOver, isTheDay, lockDay } from '#server/features/days/days.service.ts'
import { activePlacementOf, activePlacements } from '#server/features/matching/matching.service.ts'
import { hostCandidates, type Person, peopleByIds } from '#server/features/roster/roster.service.ts'
import { optedOut } from '#server/features/signup/signup.service.ts'
import { overlap } from '#server/features/slots/slots.rules.ts'
import {
  type Slot,
  slotById,
  slotsOfDay,
  stillStands,
} from '#server/features/slots/slots.service.ts'
import { offerExpiry } from '#server/features/waiting/waiting.rules.ts'
import { readToken, verifyToken } from '#server/platform/capabilities.ts'
import { newId } from '#server/platform/identity.ts'
import { notify } from '#server/platform/live/live.ts'
import { withdrawAsking } from '#server/platform/outbox/outbox.service.ts'
import { addJob, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { HandoverStatus } from '#shared/handovers/handovers.vocabulary.ts'
import { tellColleague, tellHost, tellWithdrawn } from './handovers.notices.ts'
import * as queries from './handovers.queries.ts'
import { freeAt, type Handover, isPending } from './handovers.rules.ts'

export type { Handover } from './handovers.rules.ts'

/** Two working days to think, or less where the meeting is near: see `offerExpiry`. */
const thinkingHours = 48

export const handoverById: (db: Reader, id: string) => Promise<Handover | undefined> =
  queries.handoverById
export const handoversOfSlot: (db: Reader, slotId: string) => Promise<Handover[]> =
  queries.handoversOfSlot
export const handoversOfDay: (db: Reader, dayId: string) => Promise<Handover[]> =
  queries.handoversOfDay
export { tellHost, tellNewHost } from './handovers.notices.ts'

/** What whoever waits for a request to end listens to: the site for its day, the host for their slot. */
export const handoversTopic = (dayOrSlotId: string) => `handovers:${dayOrSlotId}` as const

async function notifyHandover(
  trx: Trx,
  { dayId, slotId }: { dayId: string; slotId: string },
): Promise<void> {
  for (const id of [dayId, slotId]) await notify(trx, handoversTopic(id))
}

/** Ends a request that waits, and says so to whoever watches; one that ended already stays as it was. */
export async function endHandover(
  trx: Trx,
  id: string,
  status: HandoverStatus,
  now: Date,
): Promise<void> {
  const ended = await queries.endHandover(trx, id, status, now)
  if (ended) await notifyHandover(trx, ended)
}

/** Why a slot cannot be handed over now; undefined while it can, on the day itself until it ends. */
export function handoverRefusal(slot: Slot, day: Day, now: Date): Refusal | undefined {
  if (day.cancelledAt) return refuse('day-cancelled')
  if (isOver(day, now) || now >= slot.endsAt) return refuse('day-over')
  if (slot.status === 'closed') return refuse('slot-closed')
  return stillStands(slot) ? undefined : refuse('slot-not-accepted')
}

/** Which of these people neither host nor visit at a slot's hours. */
async function freeOf(
  db: Reader,
  day: Day,
  slot: Slot,
  personIds: readonly string[],
): Promise<string[]> {
  const slots = await slotsOfDay(db, day.id)
  const slotOf = new Map(slots.map((one) => [one.id, one]))
  // Before publication nobody visits anybody yet, whatever drafts say.
  const placements = day.publishedAt ? await activePlacements(db, day.id) : []
  const visits = new Map(
    placements.map(({ personId, slotId }) => [personId, slotOf.get(slotId)!] as const),
  )
  return freeAt(personIds, slot, slots, visits)
}

/**
 * What stands between a colleague and hosting a slot now: another slot of theirs at these hours,
 * which is final, or a visit, which is theirs to give back. Both may have come after they were asked.
 */
export async function hindrances(
  db: Reader,
  day: Day,
  slot: Slot,
  personId: string,
): Promise<{ hosts: boolean; visit: Visit | undefined }> {
  const slots = await slotsOfDay(db, day.id)
  const hosts = freeAt([personId], slot, slots, new Map()).length === 0
  const placement = day.publishedAt ? await activePlacementOf(db, day.id, personId) : undefined
  const visited = placement && slots.find(({ id }) => id === placement.slotId)
  if (!visited || !overlap(visited, slot)) return { hosts, visit: undefined }
  return { hosts, visit: { placementId: placement.id, slot: visited } }
}

export interface Visit {
  placementId: string
  slot: Slot
}

/**
 * Whom a host may ask: on the day whoever is free, since they can say yes on the spot; before it
 * those of them who can be asked by mail and did not opt out of it.
 */
export async function freeColleagues(
  db: Reader,
  day: Day,
  slot: Slot,
  now: Date,
): Promise<Person[]> {
  const people = await standInsFor(db, day, slot)
  return isTheDay(day, now) ? people : reachable(db, day, people)
}

async function reachable(db: Reader, day: Day, people: Person[]): Promise<Person[]> {
  const silenced = await optedOut(db, day.id)
  return people.filter(({ id, email }) => email !== null && !silenced.has(id))
}

/** Colleagues of the same site and role who neither host nor visit at a slot's hours, in the order of the roster. */
export async function standInsFor(db: Reader, day: Day, slot: Slot): Promise<Person[]> {
  const candidates = await hostCandidates(db, slot.regionId, {
    roleIds: [slot.roleId],
    siteIds: [slot.siteId],
  })
  const ids = candidates.map(({ personId }) => personId)
  const free = await freeOf(db, day, slot, ids)
  const people = new Map((await peopleByIds(db, free)).map((person) => [person.id, person]))
  return free.flatMap((id) => people.get(id) ?? [])
}

/**
 * A host asks one colleague to host in their place: a mail with a link, and nothing else changes.
 * Asking the same colleague again while they think is asking once.
 * @param fromId who asks: the slot may have passed to somebody else meanwhile.
 */
export async function askColleague(
  trx: Trx,
  slotId: string,
  fromId: string,
  toId: string,
  now: Date,
  mailDomain: string,
): Promise<undefined | Refusal> {
  const found = await slotById(trx, slotId)
  const day = found && (await lockDay(trx, found.dayId))
  const slot = day && (await slotById(trx, slotId))
  if (!slot) return refuse('not-found')
  if (slot.hostId !== fromId) return refuse('slot-handed-over')
  const closed = handoverRefusal(slot, day, now)
  if (closed) return closed
  const asked = await queries.handoversOfSlot(trx, slotId)
  const waiting = asked.find(({ status }) => status === 'pending')
  if (waiting && isPending(waiting, now)) {
    return waiting.toId === toId ? undefined : refuse('handover-pending')
  }
  if (waiting) await endHandover(trx, waiting.id, 'expired', now)
  const expiresAt = isTheDay(day, now)
    ? slot.endsAt
    : offerExpiry(now, slot.startsAt, day.timeZone, thinkingHours)
  if (!expiresAt) return refuse('day-over')
  const colleague = (await freeColleagues(trx, day, slot, now)).find(({ id }) => id === toId)
  if (!colleague || refusedBefore(asked).has(toId)) return refuse('colleague-not-free')
  const handover = await openHandover(trx, slot, toId, expiresAt, now)
  await addJob(trx, 'end-handover', { handoverId: handover.id }, { runAt: expiresAt })
  const [mailed] = await reachable(trx, day, [colleague])
  if (mailed) await tellColleague(trx, day, slot, handover, now, mailDomain)
  return undefined
}

/** Writes down that a colleague is asked; who tells them, and how, is the caller's. */
export async function openHandover(
  trx: Trx,
  slot: Slot,
  toId: string,
  expiresAt: Date,
  now: Date,
): Promise<Handover> {
  const id = newId(now)
  await queries.insertHandover(trx, {
    id,
    region_id: slot.regionId,
    day_id: slot.dayId,
    slot_id: slot.id,
    from_id: slot.hostId,
    to_id: toId,
    status: 'pending',
    asked_at: now,
    expires_at: expiresAt,
    ended_at: null,
  })
  await notifyHandover(trx, { dayId: slot.dayId, slotId: slot.id })
  const handover = await queries.handoverById(trx, id)
  if (!handover) throw new Error('a handover just written is not there')
  return handover
}

/**
 * Its host takes a request back, and the colleague hears that nothing is expected of them any more,
 * unless the question never left. A second time there is nothing left to take back.
 */
export async function withdrawHandover(
  trx: Trx,
  slotId: string,
  fromId: string,
  now: Date,
  mailDomain: string,
): Promise<undefined | Refusal> {
  const found = await slotById(trx, slotId)
  const day = found && (await lockDay(trx, found.dayId))
  // Read again under the lock: the colleague may just have said yes.
  const slot = day && (await slotById(trx, slotId))
  if (!slot) return refuse('not-found')
  if (slot.hostId !== fromId) return refuse('slot-handed-over')
  const asked = await queries.handoversOfSlot(trx, slotId)
  for (const handover of asked.filter((one) => isPending(one, now))) {
    await endHandover(trx, handover.id, 'withdrawn', now)
    const unasked = (await withdrawAsking(trx, handover.id)) > 0
    const written = await reachable(trx, day, await peopleByIds(trx, [handover.toId]))
    if (!unasked && written.length > 0)
      await tellWithdrawn(trx, day, slot, handover, now, mailDomain)
  }
  return undefined
}

/** Ends a request nobody answered in time, and tells the host that they still are. */
export async function expireHandover(
  trx: Trx,
  id: string,
  now: Date,
  mailDomain: string,
): Promise<void> {
  const found = await queries.handoverById(trx, id)
  const day = found && (await lockDay(trx, found.dayId))
  const handover = day && (await queries.handoverById(trx, id))
  if (!day || handover?.status !== 'pending' || isPending(handover, now)) return
  await endHandover(trx, id, 'expired', now)
  const slot = await slotById(trx, handover.slotId)
  if (slot && !handoverRefusal(slot, day, now)) {
    await tellHost(trx, day, slot, handover, 'expired', now, mailDomain)
  }
}

/** Who need not be asked again about this slot. */
export const refusedBefore = (asked: readonly Handover[]): Set<string> =>
  new Set(asked.flatMap(({ status, toId }) => (status === 'declined' ? toId : [])))

/** The request a colleague's link stands for; refuses a link not made by us. */
export async function resolveHandoverLink(
  db: Reader,
  secret: string,
  token: string,
): Promise<Handover | Refusal> {
  const read = readToken(token)
  const handover = read && (await queries.handoverById(db, read.id))
  if (!handover || !verifyToken(secret, 'handover', token, handover.linkGeneration)) {
    return refuse('link-expired')
  }
  return handover
}
