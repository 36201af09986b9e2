import {
  type Day,
  dayById,
  holdDay,
  lockDay,
  periodInstants,
  periodsOfDay,
} from '#server/features/days/days.service.ts'
import { personById } from '#server/features/roster/roster.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { readToken, worthOf } from '#server/platform/capabilities.ts'
import { newId } from '#server/platform/identity.ts'
import { brokenConstraint, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Slot, SlotAnswer, SlotDetails } from '#shared/slots/slots.contract.ts'
import * as queries from './slots.queries.ts'
import {
  asksMore,
  type Candidate,
  cardCode,
  cardCodeHash,
  changesNothing,
  chooseHosts,
  readCardCode,
} from './slots.rules.ts'
import { closedRefusal, settledRefusal } from './slots.settled.ts'

export type { Slot } from '#shared/slots/slots.contract.ts'
export type { Candidate } from './slots.rules.ts'
export { moveSlot, setCaps, setRelease } from './slots.sites.ts'

export const slotById: (db: Reader, id: string) => Promise<Slot | undefined> = queries.slotById
export const slotsOfDay: (db: Reader, dayId: string) => Promise<Slot[]> = queries.slotsOfDay
export const slotsOfSite: (db: Reader, dayId: string, siteId: string) => Promise<Slot[]> =
  queries.slotsOfSite
export const slotsOfHost: (db: Reader, dayId: string, personId: string) => Promise<Slot[]> =
  queries.slotsOfHost
export const hasSlots = queries.hasSlots
export const capsOfDay = queries.capsOfDay
export const siteLimit = queries.siteLimit
/** Holds a slot against any other change of it until the transaction ends. */
export const lockSlot: (trx: Trx, id: string) => Promise<Slot | undefined> = queries.lockSlot

/** What may be given to guests: accepted by its host and not refused, or released, by its site. */
export function givableSlots(
  db: Reader,
  day: Pick<Day, 'id' | 'releaseRequired'>,
): Promise<Slot[]> {
  return queries.givableSlots(db, day.id, day.releaseRequired)
}

/**
 * Whether a slot still stands for those who have a place in it. Giving it anew asks for more: see
 * {@link givableSlots}.
 */
export const stillStands = ({ status, release }: Pick<Slot, 'status' | 'release'>) =>
  status === 'accepted' && release !== 'refused'

/** The slots that keep a host from being a guest at the same hours. */
export async function acceptedSlotsOfHost(
  db: Reader,
  dayId: string,
  personId: string,
): Promise<Slot[]> {
  const slots = await queries.slotsOfHost(db, dayId, personId)
  return slots.filter(stillStands)
}

/**
 * The slot a private link stands for; `link-renewed` for one replaced, `link-expired` for none of ours,
 * `holder-left` while its host is no longer in the region: what it shows is about colleagues.
 */
export async function resolveSlotLink(
  db: Reader,
  secret: string,
  token: string,
): Promise<Slot | Refusal> {
  const read = readToken(token)
  const slot = read && (await queries.slotById(db, read.id))
  if (!slot) return refuse('link-expired')
  const worth = worthOf(secret, 'slot', token, slot.linkGeneration)
  if (worth !== 'current') return refuse(worth === 'former' ? 'link-renewed' : 'link-expired')
  return (await personById(db, slot.hostId))?.leftOn ? refuse('holder-left') : slot
}

/** The slot whose card carries this code, however it was typed. */
export async function slotByCardCode(
  db: Reader,
  secret: string,
  typed: string,
): Promise<Slot | Refusal> {
  const code = readCardCode(typed)
  const slot = code && (await queries.slotByCardHash(db, cardCodeHash(secret, code)))
  return slot || refuse('card-unknown')
}

/** How the offers of a day stand: asked, silent, accepted, given, and the sites they are at. */
export function offerCounts(db: Reader, day: Pick<Day, 'id' | 'releaseRequired'>) {
  return queries.offerCounts(db, day.id, day.releaseRequired)
}

/** The instants of one of a day's periods; `not-found` for another day's. */
export async function slotHours(
  db: Reader,
  day: Day,
  periodId: string,
): Promise<{ startsAt: Date; endsAt: Date } | Refusal> {
  const period = (await periodsOfDay(db, day.id)).find(({ id }) => id === periodId)
  return period ? periodInstants(day, period) : refuse('not-found')
}

export interface Proposal {
  periodId: string
  capacity: number
  /** Hosts asked per site and role at most, those already asked included. */
  perSite: number
}

/**
 * Whom a bulk proposal would ask, without asking anybody.
 * @returns the hosts, and how many candidates are busy at these hours or said no to them.
 */
export async function planProposals(
  db: Reader,
  day: Day,
  candidates: Candidate[],
  proposal: Proposal,
): Promise<{ chosen: Candidate[]; busy: number } | Refusal> {
  const hours = await slotHours(db, day, proposal.periodId)
  if (isRefusal(hours)) return hours
  const existing = await queries.slotsOfDay(db, day.id)
  return chooseHosts(candidates, existing, { ...proposal, ...hours })
}

/**
 * Asks hosts for slots, which stay proposals until each of them says yes. The day is locked, so
 * that two people proposing at once ask nobody twice.
 */
export async function proposeSlots(
  trx: Trx,
  secret: string,
  dayId: string,
  candidates: Candidate[],
  proposal: Proposal,
  by: string | null,
  now: Date,
): Promise<Slot[] | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  const settled = settledRefusal(day, now)
  if (settled) return settled
  const plan = await planProposals(trx, day, candidates, proposal)
  if (isRefusal(plan)) return plan
  const hours = await slotHours(trx, day, proposal.periodId)
  if (isRefusal(hours)) return hours
  const rows = plan.chosen.map((candidate) => ({
    ...newSlot(secret, day, candidate, now),
    period_id: proposal.periodId,
    starts_at: hours.startsAt,
    ends_at: hours.endsAt,
    capacity: proposal.capacity,
    status: 'proposed' as const,
    proposed_by: by,
    answered_at: null,
  }))
  const written = new Set(await queries.insertFreeSlots(trx, rows))
  const details = { asked: written.size, perSite: proposal.perSite }
  const entry = { regionId: day.regionId, accountId: by, action: 'slots.propose' }
  await recordAudit(trx, { ...entry, subjectId: dayId, details }, now)
  return (await queries.slotsOfDay(trx, dayId)).filter((slot) => written.has(slot.id))
}

/** A host offers a slot of their own accord: accepted from the start, released like any other. */
export async function offerSlot(
  trx: Trx,
  secret: string,
  dayId: string,
  host: Candidate,
  details: SlotDetails,
  now: Date,
): Promise<Slot | Refusal> {
  const day = await holdDay(trx, dayId)
  if (!day) return refuse('not-found')
  const settled = settledRefusal(day, now) ?? closedRefusal(day, now)
  if (settled) return settled
  const columns = await detailColumns(trx, day, details)
  if (isRefusal(columns)) return columns
  const row = {
    ...newSlot(secret, day, host, now),
    ...columns,
    status: 'accepted' as const,
    proposed_by: null,
    answered_at: now,
  }
  return keepingHours(async () => {
    await queries.insertSlot(trx, row)
    return (await queries.slotById(trx, row.id)) ?? refuse('not-found')
  })
}

/**
 * A host's word on a slot. Saying the same again changes nothing; a yes may carry other hours,
 * capacity or conditions, and then goes back to a coordinator who agreed to less. After publication
 * the hours stay, and what it means for guests is the use case's.
 */
export async function answerSlot(
  trx: Trx,
  slotId: string,
  answer: SlotAnswer,
  now: Date,
): Promise<Slot | Refusal> {
  const found = await queries.slotById(trx, slotId)
  const day = found && (await holdDay(trx, found.dayId))
  const slot = day && (await queries.lockSlot(trx, slotId))
  if (!slot) return refuse('not-found')
  const settled = settledRefusal(day, now)
  if (settled) return settled
  if (slot.status === 'closed') return refuse('slot-closed')
  if (changesNothing(slot, answer)) return slot
  if (answer.answer !== 'yes') {
    if (answer.answer === 'pause' && slot.status !== 'accepted') return refuse('slot-not-accepted')
    const status = answer.answer === 'no' ? 'declined' : 'paused'
    await queries.updateSlot(trx, slotId, { status, answered_at: now })
    return (await queries.slotById(trx, slotId)) ?? refuse('not-found')
  }
  if (slot.release === 'refused') return refuse('slot-refused')
  // Guests were told these hours: another time is another slot.
  const told = day.publishedAt !== null && slot.status === 'accepted'
  if (told && answer.details && !(await keepsHours(trx, day, slot, answer.details))) {
    return refuse('day-published')
  }
  const isNew = slot.status === 'proposed' || slot.status === 'declined'
  const closed = isNew ? closedRefusal(day, now) : undefined
  if (closed) return closed
  const columns = answer.details ? await detailColumns(trx, day, answer.details) : {}
  if (isRefusal(columns)) return columns
  return keepingHours(async () => {
    await queries.updateSlot(trx, slotId, { ...columns, status: 'accepted', answered_at: now })
    const after = await queries.slotById(trx, slotId)
    if (!after) return refuse('not-found')
    if (after.release !== 'released' || !asksMore(slot, after)) return after
    const again = { release: 'pending' as const, released_by: null, released_at: null }
    await queries.updateSlot(trx, slotId, again)
    return { ...after, release: 'pending' as const }
  })
}

/** Slots of a day that closed with this word. */
export const slotIdsClosedAs: (db: Reader, dayId: string, reason: string) => Promise<string[]> =
  queries.slotIdsClosedAs

/** Ends a slot for good, whatever its state, with a closed word for why; closing twice keeps the first. */
export async function closeSlot(
  trx: Trx,
  slotId: string,
  reason: string,
  now: Date,
): Promise<Slot | Refusal> {
  const slot = await queries.lockSlot(trx, slotId)
  if (!slot) return refuse('not-found')
  if (slot.status === 'closed') return slot
  const changes = { status: 'closed' as const, closed_at: now, closed_reason: reason }
  await queries.updateSlot(trx, slotId, changes)
  return { ...slot, status: 'closed' }
}

/**
 * Gives a slot another host, who has said yes: the links and card of the one before stop working.
 * What the site released stays so: one colleague of this role, at these hours.
 */
export async function changeHost(
  trx: Trx,
  secret: string,
  slotId: string,
  hostId: string,
  now: Date,
): Promise<Slot | Refusal> {
  const slot = await queries.lockSlot(trx, slotId)
  if (!slot) return refuse('not-found')
  return keepingHours(async () => {
    const host = { host_id: hostId, answered_at: now }
    await queries.updateSlot(trx, slotId, { ...host, ...nextLink(secret, slot) })
    return (await queries.slotById(trx, slotId)) ?? refuse('not-found')
  })
}

/** Makes the links and card of a slot known so far useless; whoever needs the next one is told by the caller. */
export async function renewSlotLink(
  trx: Trx,
  secret: string,
  slotId: string,
): Promise<Slot | Refusal> {
  const slot = await queries.lockSlot(trx, slotId)
  if (!slot) return refuse('not-found')
  await queries.updateSlot(trx, slotId, nextLink(secret, slot))
  return (await queries.slotById(trx, slotId)) ?? refuse('not-found')
}

function nextLink(secret: string, slot: Slot) {
  const generation = slot.linkGeneration + 1
  const code = cardCode(secret, slot.id, generation)
  return { link_generation: generation, card_code_hash: cardCodeHash(secret, code) }
}

async function keepsHours(trx: Trx, day: Day, slot: Slot, details: SlotDetails): Promise<boolean> {
  const columns = await detailColumns(trx, day, details)
  return (
    !isRefusal(columns) &&
    columns.period_id === slot.periodId &&
    columns.starts_at.getTime() === slot.startsAt.getTime() &&
    columns.ends_at.getTime() === slot.endsAt.getTime()
  )
}

/** Runs a write that the rule « no host in two places » may stop. */
async function keepingHours<T>(write: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await write()
  } catch (error) {
    if (brokenConstraint(error) === 'slots_host_not_twice') return refuse('slot-overlaps')
    throw error
  }
}

function newSlot(secret: string, day: Day, host: Candidate, now: Date) {
  const id = newId(now)
  return {
    id,
    region_id: day.regionId,
    day_id: day.id,
    site_id: host.siteId,
    role_id: host.roleId,
    host_id: host.personId,
    release: 'pending' as const,
    card_code_hash: cardCodeHash(secret, cardCode(secret, id, 1)),
    created_at: now,
    released_by: null,
    released_at: null,
    refused_reason: null,
    closed_at: null,
    closed_reason: null,
  }
}

async function detailColumns(trx: Trx, day: Day, details: SlotDetails) {
  const periods = await periodsOfDay(trx, day.id)
  const period = periods.find(({ id }) => id === details.periodId)
  if (!period) return refuse('not-found')
  const within = period.startsAt <= details.startsAt && details.endsAt <= period.endsAt
  const hours = periodInstants(day, details)
  if (!within || hours.endsAt <= hours.startsAt) {
    return refuse('slot-outside-period', { from: period.startsAt, to: period.endsAt })
  }
  return {
    period_id: period.id,
    starts_at: hours.startsAt,
    ends_at: hours.endsAt,
    capacity: details.capacity,
    no_calls: details.noCalls,
    accessible: details.accessible,
    safety_equipment: details.safetyEquipment,
    languages: [...new Set(details.languages)],
    note: details.note,
  }
}

/** The day a slot belongs to; a slot never outlives it. */
export async function dayOfSlot(db: Reader, slot: Pick<Slot, 'dayId'>): Promise<Day> {
  const day = await dayById(db, slot.dayId)
  if (!day) throw new Error('a slot outlived its day')
  return day
}
