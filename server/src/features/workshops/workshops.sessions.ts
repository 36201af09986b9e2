import { timeZoneOf } from '#server/features/accounts/accounts.service.ts'
import { instantOf } from '#server/features/days/days.rules.ts'
import { holdPerson, siteById } from '#server/features/roster/roster.service.ts'
import { newId } from '#server/platform/identity.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { SessionInput } from '#shared/workshops/workshops.offers.contract.ts'
import { mostSessions } from '#shared/workshops/workshops.vocabulary.ts'
import { forgetAttendance } from './workshops.attendance.ts'
import {
  audited,
  type Decider,
  holdSeen,
  holdStanding,
  seatsOf,
  sessionsOf,
  type WorkshopSetting,
} from './workshops.changes.ts'
import { tellCancelled } from './workshops.mails.ts'
import { offerFreeSeats, tellMovedOffers } from './workshops.offers.ts'
import * as people from './workshops.people.queries.ts'
import * as queries from './workshops.queries.ts'
import { attendingOpensAt, isLive, isToCome } from './workshops.rules.ts'
import * as seats from './workshops.seats.queries.ts'
import { seatRow } from './workshops.seats.ts'

/**
 * Adds a session. Refuses a site or facilitator the region does not have, an hour that has passed,
 * and one at which the facilitator already leads another session.
 */
export async function addSession(
  trx: Trx,
  workshopId: string,
  input: SessionInput,
  decider: Decider,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const workshop = await holdStanding(trx, workshopId)
  if (isRefusal(workshop)) return workshop
  if ((await sessionsOf(trx, workshopId)).length >= mostSessions) return refuse('too-many-sessions')
  const columns = await columnsOf(trx, workshop.regionId, input, decider.now)
  if (isRefusal(columns)) return columns
  const id = newId(decider.now)
  const owner = { id, workshop_id: workshopId, region_id: workshop.regionId }
  await queries.insertSession(trx, { ...owner, ...columns })
  await queries.updateWorkshop(trx, workshopId)
  await audited(trx, workshop, 'workshops.add-session', decider)
  await offerFreeSeats(trx, workshopId, decider.now, setting)
  return undefined
}

/** What is stored of a session; checked against the region. */
async function columnsOf(
  trx: Trx,
  regionId: string,
  input: SessionInput,
  now: Date,
  itself?: string,
) {
  const { siteId, facilitatorId, place, seats: room, language } = input
  const site = siteId === null ? null : await siteById(trx, siteId)
  const facilitator = await holdPerson(trx, facilitatorId)
  if (site === undefined || (site && site.regionId !== regionId)) return refuse('not-found')
  if (facilitator?.regionId !== regionId || facilitator.leftOn !== null) return refuse('not-found')
  const timeZone = await timeZoneOf(trx, regionId)
  const hours = {
    startsAt: instantOf(input.date, input.startsAt, timeZone),
    endsAt: instantOf(input.date, input.endsAt, timeZone),
  }
  if (hours.startsAt <= now) return refuse('session-past')
  // Half an hour of a night in March is none.
  if (hours.endsAt <= hours.startsAt) return refuse('invalid-input')
  const led = await queries.sessionsLedBy(trx, [facilitatorId], hours)
  if (led.some(({ id }) => id !== itself)) return refuse('facilitator-busy')
  return {
    site_id: siteId,
    place,
    facilitator_id: facilitator.id,
    seats: room,
    starts_at: hours.startsAt,
    ends_at: hours.endsAt,
    language,
  }
}

/** A session as its director saw it, its workshop held until the transaction ends. */
async function holdSession(trx: Trx, id: string, seen: number, now: Date) {
  const found = await queries.sessionById(trx, id)
  const workshop = found && (await holdStanding(trx, found.workshopId))
  if (workshop && isRefusal(workshop)) return workshop
  // Read again under the lock.
  const session = workshop && (await queries.sessionById(trx, id))
  if (!workshop || !session) return refuse('not-found')
  if (session.status === 'cancelled') return refuse('session-cancelled')
  if (session.version !== seen) return refuse('session-changed')
  return isToCome(session, now) ? { workshop, session } : refuse('session-past')
}

/**
 * Changes a session that has not begun: whoever has a seat in it hears of another hour or place. Seats
 * that are somebody’s cannot be taken out. Another facilitator has another link.
 */
export async function changeSession(
  trx: Trx,
  { id, seen }: { id: string; seen: number },
  input: SessionInput,
  decider: Decider,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdSession(trx, id, seen, decider.now)
  if (isRefusal(held)) return held
  const { workshop, session } = held
  const columns = await columnsOf(trx, workshop.regionId, input, decider.now, id)
  if (isRefusal(columns)) return columns
  const taken = (await seatsOf(trx, workshop.id)).filter(
    (seat) => seat.sessionId === id && isLive(seat) && !seat.walkIn,
  )
  if (columns.seats < taken.length) return refuse('seats-taken', { count: taken.length })
  const another = columns.facilitator_id !== session.facilitatorId
  await queries.updateSession(trx, id, {
    ...columns,
    link_generation: session.linkGeneration + (another ? 1 : 0),
  })
  await queries.updateWorkshop(trx, workshop.id)
  const moved = (await queries.sessionById(trx, id))!
  if (decider.now < attendingOpensAt(moved)) {
    await forgetAttendance(trx, workshop, [session], setting)
  }
  await tellMovedOffers(trx, workshop, { before: session, now: moved }, decider.now, setting)
  await audited(trx, workshop, 'workshops.change-session', decider)
  await offerFreeSeats(trx, workshop.id, decider.now, setting)
  return undefined
}

/**
 * Cancels a session: one nobody knows of is forgotten; of another, whoever sat there or was offered a
 * seat is first in line for the sessions they chose besides, or for any other.
 */
export async function cancelSession(
  trx: Trx,
  { id, seen }: { id: string; seen: number },
  decider: Decider,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdSession(trx, id, seen, decider.now)
  if (isRefusal(held)) return held.refused === 'session-cancelled' ? undefined : held
  const { workshop } = held
  if (workshop.status === 'preparing') await queries.deleteSession(trx, id)
  else {
    await queries.updateSession(trx, id, { status: 'cancelled' })
    await forgetAttendance(trx, workshop, [held.session], setting)
    await seatsLost(trx, workshop, id, decider.now)
  }
  await queries.updateWorkshop(trx, workshop.id)
  await audited(trx, workshop, 'workshops.cancel-session', decider)
  await offerFreeSeats(trx, workshop.id, decider.now, setting)
  return undefined
}

async function seatsLost(
  trx: Trx,
  workshop: queries.WorkshopRow,
  sessionId: string,
  now: Date,
): Promise<void> {
  const all = await seatsOf(trx, workshop.id)
  const here = all.filter((seat) => seat.sessionId === sessionId)
  await seats.letGo(trx, here)
  await waitElsewhere(trx, workshop, here.filter(isLive), all, now)
}

/** Whoever lost a seat waits, before others, for what they chose besides; or for any session to come. */
async function waitElsewhere(
  trx: Trx,
  workshop: queries.WorkshopRow,
  lost: readonly seats.SeatRow[],
  all: readonly seats.SeatRow[],
  now: Date,
): Promise<void> {
  const open = (await sessionsOf(trx, workshop.id)).filter((one) => isToCome(one, now))
  const invited = await people.invitedToWorkshops(trx, [workshop.id])
  const choicesOf = new Map(invited.map(({ personId, choices }) => [personId, choices]))
  for (const { personId } of lost) {
    const chosen = open.filter(({ id }) => choicesOf.get(personId)?.includes(id))
    const wanted = (chosen.length > 0 ? chosen : open).map(({ id }) => id)
    const waits = all.filter(
      (seat) =>
        seat.personId === personId && seat.state === 'waiting' && wanted.includes(seat.sessionId),
    )
    await seats.updateSeats(
      trx,
      waits.map(({ id }) => id),
      { lost_at: now },
    )
    const anew = wanted.filter((id) => !waits.some(({ sessionId }) => sessionId === id))
    await seats.insertSeats(
      trx,
      anew.map((id) => ({ ...seatRow(workshop, id, personId, 'waiting', now), lost_at: now })),
    )
  }
}

/**
 * Cancels a workshop: its sessions to come do not take place, nobody waits any more, and everybody
 * hears of it, by their calendar or by a mail. What has taken place stays.
 */
export async function cancelWorkshop(
  trx: Trx,
  { id, seen }: { id: string; seen: number },
  decider: Decider,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdSeen(trx, id, seen)
  if (isRefusal(held)) return held
  const { now } = decider
  const toCome = (await sessionsOf(trx, id)).filter((one) => isToCome(one, now))
  const ids = new Set(toCome.map((session) => session.id))
  const all = await seatsOf(trx, id)
  for (const session of toCome)
    await queries.updateSession(trx, session.id, { status: 'cancelled' })
  await forgetAttendance(trx, held, toCome, setting)
  await queries.updateWorkshop(trx, id, { status: 'cancelled' })
  await seats.letGo(
    trx,
    all.filter(({ state, sessionId }) => state === 'waiting' || ids.has(sessionId)),
  )
  await audited(trx, held, 'workshops.cancel', decider, { sessions: toCome.length })
  // Whoever sat or sits somewhere hears of it by their calendar.
  const seated = new Set(all.flatMap((one) => (one.state === 'seated' ? [one.personId] : [])))
  const asked = (await people.invitedToWorkshops(trx, [id])).filter(
    ({ personId, declined }) => !declined && !seated.has(personId),
  )
  await tellCancelled(trx, held, asked, now, setting.mailDomain)
  await offerFreeSeats(trx, id, now, setting, decider.by)
  return undefined
}
