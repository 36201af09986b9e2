import { type Day, holdDay } from '#server/features/days/days.service.ts'
import { type Placement, placementById } from '#server/features/matching/matching.service.ts'
import { lockSlot, type Slot, slotById } from '#server/features/slots/slots.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { notify } from '#server/platform/live/live.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Tally } from '#shared/attendance/attendance.arrivals.contract.ts'
import type { Attended, MeetingStage, Sayer } from '#shared/attendance/attendance.vocabulary.ts'
import * as queries from './attendance.queries.ts'
import {
  afterArriving,
  arrivalCode,
  arrivalState,
  meetsHost,
  readArrivalCode,
  standingOf,
  tallyOf,
} from './attendance.rules.ts'

/** Who says something, and with which account; links have none. */
export interface Teller {
  by: Sayer
  accountId: string | null
}

/** One guest and their meeting, held against any other change until the transaction ends. */
interface Held {
  day: Day
  slot: Slot
  placement: Placement
}

/** Says that arrivals of a day, and of one of its slots, are to be read again. */
export async function notifyArrivals(trx: Trx, dayId: string, slotId?: string): Promise<void> {
  await notify(trx, `attendance:${dayId}`)
  if (slotId) await notify(trx, `attendance-slot:${slotId}`)
}

/**
 * A guest shows the code of their host: they are there, and so is the host. Shown again it changes
 * nothing.
 * @param typed as it was typed; wrong figures, those of another slot and those of a former host are
 * refused alike with `arrival-code-wrong`.
 */
export async function arriveByCode(
  trx: Trx,
  secret: string,
  placementId: string,
  typed: string,
  now: Date,
): Promise<undefined | Refusal> {
  const held = await holdMeeting(trx, placementId, now)
  if (isRefusal(held)) return held
  const { slot } = held
  if (readArrivalCode(typed) !== arrivalCode(secret, slot.id, slot.linkGeneration)) {
    return refuse('arrival-code-wrong')
  }
  return arrive(trx, held, now)
}

/**
 * The same by the picture the host shows: whoever scanned it says which of the guests they are.
 * @param scanned the slot as the picture stood for it; its host may have changed since.
 */
export async function arriveByScan(
  trx: Trx,
  scanned: Slot,
  placementId: string,
  now: Date,
): Promise<undefined | Refusal> {
  const held = await holdMeeting(trx, placementId, now)
  if (isRefusal(held)) return held
  // Moved elsewhere meanwhile, or never expected here: this host does not receive them.
  if (held.slot.id !== scanned.id) return refuse('placement-ended')
  if (held.slot.linkGeneration !== scanned.linkGeneration) return refuse('link-renewed')
  return arrive(trx, held, now)
}

async function arrive(trx: Trx, held: Held, now: Date): Promise<undefined> {
  const byCode: Teller = { by: 'code', accountId: null }
  const before = await queries.attendanceOf(trx, held.placement.id)
  await record(trx, held, afterArriving(before?.said ?? null), byCode, now)
  // The code came from the host's hand.
  await endHostAbsence(trx, held.slot, byCode, now)
}

/**
 * Somebody who was there says whether a guest came, or corrects it. Two people who say the same are
 * one; of opposite words the later stands, beside the one it replaced.
 * @param said null where nothing is known after all.
 * @param hostId whose guests a host speaks of: the slot may have passed to a colleague.
 */
export async function sayAttended(
  trx: Trx,
  placementId: string,
  said: Attended | null,
  teller: Teller,
  now: Date,
  hostId?: string,
): Promise<undefined | Refusal> {
  const held = await holdMeeting(trx, placementId, now)
  if (isRefusal(held)) return held
  if (hostId !== undefined && held.slot.hostId !== hostId) return refuse('slot-handed-over')
  return record(trx, held, said, teller, now)
}

async function record(
  trx: Trx,
  { placement, slot }: Held,
  said: Attended | null,
  { by, accountId }: Teller,
  now: Date,
): Promise<undefined> {
  const before = await queries.attendanceOf(trx, placement.id)
  const metHost = meetsHost(before?.metHost ?? false, by)
  // The same word again is nothing new, but for a guest who shows the code or misses their host.
  const ownWord = by === 'code' || by === 'guest'
  const same = (before?.said ?? null) === said
  if (same && !(ownWord && before?.metHost !== metHost)) return undefined
  const other = before && !same && before.by !== by ? before : undefined
  if (said === null) await queries.deleteAttendance(trx, placement.id)
  else {
    await queries.writeAttendance(trx, {
      placement_id: placement.id,
      region_id: placement.regionId,
      day_id: placement.dayId,
      said,
      said_by: by,
      said_at: now,
      met_host: metHost,
      before: other?.said ?? null,
      before_by: other?.by ?? null,
    })
  }
  const entry = { regionId: placement.regionId, accountId, subjectId: placement.id }
  const details = { by, said: said ?? 'unknown', before: before?.said ?? 'unknown' }
  await recordAudit(trx, { ...entry, action: 'attendance.say', details }, now)
  await notifyArrivals(trx, placement.dayId, slot.id)
}

/** A guest who came finds nobody: they are there, their host is not. Only once the hour has struck. */
export async function reportHost(
  trx: Trx,
  placementId: string,
  now: Date,
): Promise<undefined | Refusal> {
  const held = await holdMeeting(trx, placementId, now)
  if (isRefusal(held)) return held
  if (now < held.slot.startsAt) return refuse('host-still-expected')
  const guest: Teller = { by: 'guest', accountId: null }
  const before = await queries.attendanceOf(trx, placementId)
  await record(trx, held, afterArriving(before?.said ?? null), guest, now)
  await beginHostAbsence(trx, held.slot, guest, now)
  return undefined
}

/** The host a guest reported has come after all. */
export async function hostCame(
  trx: Trx,
  placementId: string,
  now: Date,
): Promise<undefined | Refusal> {
  const held = await holdMeeting(trx, placementId, now)
  if (isRefusal(held)) return held
  await endHostAbsence(trx, held.slot, { by: 'guest', accountId: null }, now)
  return undefined
}

/**
 * Who looks after a site, or the host themself, says whether the host is there.
 * @param hostId whom a host's own link speaks for: the slot may have passed to a colleague.
 */
export async function sayHost(
  trx: Trx,
  slotId: string,
  absent: boolean,
  teller: Teller,
  now: Date,
  hostId?: string,
): Promise<undefined | Refusal> {
  const found = await slotById(trx, slotId)
  const day = found && (await holdDay(trx, found.dayId))
  const slot = day && (await lockSlot(trx, slotId))
  if (!slot) return refuse('not-found')
  if (hostId !== undefined && slot.hostId !== hostId) return refuse('slot-handed-over')
  const outside = outsideWindow(day, slot, now)
  if (outside) return outside
  if (slot.status !== 'accepted') return refuse('slot-closed')
  if (absent && now < slot.startsAt) return refuse('host-still-expected')
  await (absent ? beginHostAbsence : endHostAbsence)(trx, slot, teller, now)
  return undefined
}

async function beginHostAbsence(trx: Trx, slot: Slot, teller: Teller, now: Date): Promise<void> {
  if (await queries.hostAbsenceOf(trx, slot.id)) return
  await queries.writeHostAbsence(trx, {
    slot_id: slot.id,
    region_id: slot.regionId,
    day_id: slot.dayId,
    said_by: teller.by,
    said_at: now,
  })
  await hostSaid(trx, slot, true, teller, now)
}

/** Also where a stand-in has taken over: whoever receives the guests is there. */
export async function endHostAbsence(
  trx: Trx,
  slot: Slot,
  teller: Teller,
  now: Date,
): Promise<void> {
  if (await queries.deleteHostAbsence(trx, slot.id)) await hostSaid(trx, slot, false, teller, now)
}

async function hostSaid(
  trx: Trx,
  slot: Slot,
  absent: boolean,
  { by, accountId }: Teller,
  now: Date,
): Promise<void> {
  const entry = { regionId: slot.regionId, accountId, subjectId: slot.id }
  const action = 'attendance.say-host'
  await recordAudit(trx, { ...entry, action, details: { by, absent } }, now)
  await notifyArrivals(trx, slot.dayId, slot.id)
}

/** The day before the slot, always: whoever locks both locks them in this order. */
async function holdMeeting(trx: Trx, placementId: string, now: Date): Promise<Held | Refusal> {
  const found = await placementById(trx, placementId)
  const day = found && (await holdDay(trx, found.dayId))
  const slot = day && (await lockSlot(trx, found.slotId))
  // Read again: it may have ended while we waited.
  const placement = slot && (await placementById(trx, placementId))
  if (!placement) return refuse('not-found')
  const outside = outsideWindow(day, slot, now)
  if (outside) return outside
  return placement.status === 'active' ? { day, slot, placement } : refuse('placement-ended')
}

function outsideWindow(day: Day, slot: Slot, now: Date): Refusal | undefined {
  const state = arrivalState(day, slot, now)
  if (state === 'off') return refuse(day.cancelledAt ? 'day-cancelled' : 'not-published')
  if (state === 'early') return refuse('arrivals-not-open')
  return state === 'closed' ? refuse('arrivals-closed') : undefined
}

/** Where the guests of a day stand, in figures: the same for every screen and report. */
export async function arrivalsTally(db: Reader, dayId: string, now: Date): Promise<Tally> {
  const guests = await queries.guestsOfDay(db, dayId)
  return tallyOf(guests.flatMap((guest) => guestStanding(guest, now) ?? []))
}

type GuestRow = Awaited<ReturnType<typeof queries.guestsOfDay>>[number]

/** Where one guest of a day stands; null where their meeting went without them. */
export function guestStanding(guest: GuestRow, now: Date) {
  const { endedAt, endedReason, startsAt, endsAt, said } = guest
  const ended = endedAt && endedReason ? { at: endedAt, reason: endedReason } : null
  const hostAbsent = guest.hostAbsentAt !== null
  const metHost = guest.metHost ?? false
  return standingOf({ startsAt, endsAt, ended, said, hostAbsent, metHost }, now)
}

/**
 * How far a meeting of the day is for whoever lives it: `here` once all its guests are there.
 * @param placementIds its guests’, or the one guest’s who asks.
 */
export async function stageOf(
  db: Reader,
  meeting: { endsAt: Date },
  placementIds: readonly string[],
  now: Date,
): Promise<MeetingStage> {
  if (now >= meeting.endsAt) return 'over'
  const arrived = await queries.arrivedAmong(db, placementIds)
  return arrived.length > 0 && arrived.length === placementIds.length ? 'here' : 'awaited'
}

/** Who is said not to have come; whom nobody spoke of is not among them. */
export const absentGuests = queries.absentGuests
