import { personById } from '#server/features/roster/roster.service.ts'
import { newId } from '#server/platform/identity.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import {
  audited,
  type Decider,
  holdStanding,
  seatsOf,
  sessionsOf,
  type WorkshopSetting,
} from './workshops.changes.ts'
import { offerFreeSeats } from './workshops.offers.ts'
import * as people from './workshops.people.queries.ts'
import * as queries from './workshops.queries.ts'
import { freeSeats, isKept, isLive, isToCome } from './workshops.rules.ts'
import * as seats from './workshops.seats.queries.ts'

/** Who takes, gives up or waits for a seat. */
export interface Sitter {
  workshopId: string
  personId: string
}

/**
 * A workshop whose seats are published, held, with one session that has not begun. Whoever left the
 * region takes nothing: asked once the workshop is held, as leaving holds it too.
 */
async function holdSession(
  trx: Trx,
  { workshopId, personId }: Sitter,
  sessionId: string,
  now: Date,
) {
  const workshop = await holdStanding(trx, workshopId)
  if (isRefusal(workshop)) return workshop
  if (workshop.status !== 'seated') return refuse('workshop-not-seated')
  const session = await queries.sessionById(trx, sessionId)
  if (session?.workshopId !== workshopId) return refuse('not-found')
  if ((await personById(trx, personId))?.leftOn !== null) return refuse('not-found')
  if (session.status === 'cancelled') return refuse('session-cancelled')
  return isToCome(session, now) ? { workshop, session } : refuse('session-past')
}

/**
 * Somebody accepts the seat they are offered, or takes one that is free; one they hold elsewhere is
 * given up, and goes to the next. Whoever waits comes first: what can be offered is, before anything
 * is taken. The same again changes nothing.
 */
export async function takeSeat(
  trx: Trx,
  sitter: Sitter,
  sessionId: string,
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdSession(trx, sitter, sessionId, now)
  if (isRefusal(held)) return held
  const own = await seatsOfPerson(trx, sitter)
  const here = own.find((seat) => seat.sessionId === held.session.id && isLive(seat))
  if (here?.state === 'seated') return undefined
  if (here && here.offeredUntil! <= now) return refuse('seat-offer-over')
  if (!here) await offerFreeSeats(trx, sitter.workshopId, now, setting)
  return sit(trx, sitter, held, now, setting)
}

/** Seats somebody where there is room, whatever they held before. */
async function sit(
  trx: Trx,
  sitter: Sitter,
  { workshop, session }: { workshop: queries.WorkshopRow; session: queries.SessionRow },
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const all = await seatsOf(trx, workshop.id)
  const own = all.filter(({ personId }) => personId === sitter.personId)
  const here = own.find((seat) => seat.sessionId === session.id && seat.state !== 'given-up')
  if (here?.state !== 'offered' && freeSeats(session, all) === 0) return refuse('seat-taken')
  const left = await leaveOthers(trx, own, session.id)
  if (left) return left
  if (here) await seats.updateSeats(trx, [here.id], { state: 'seated', offered_until: null })
  else await seats.insertSeats(trx, [seatRow(workshop, session.id, sitter.personId, 'seated', now)])
  await noLongerDeclined(trx, sitter)
  await offerFreeSeats(trx, workshop.id, now, setting)
  return undefined
}

/** Who sits or waits after all said « not this time » too soon. */
async function noLongerDeclined(trx: Trx, { workshopId, personId }: Sitter): Promise<void> {
  const invited = await people.invitedOf(trx, workshopId, personId)
  if (invited?.declined) await people.updateInvited(trx, invited.id, { declined: false })
}

/**
 * Ends what somebody holds or waits for in other sessions.
 * @returns why not, for whoever has been to one of them: a workshop is attended once.
 */
export async function leaveOthers(
  trx: Trx,
  own: readonly seats.SeatRow[],
  sessionId: string,
): Promise<undefined | Refusal> {
  const others = own.filter((seat) => seat.sessionId !== sessionId)
  if (others.some(({ attended }) => attended === 'came')) return refuse('already-attended')
  await seats.letGo(trx, others)
  return undefined
}

const seatsOfPerson = async (trx: Trx, { workshopId, personId }: Sitter) =>
  (await seatsOf(trx, workshopId)).filter((seat) => seat.personId === personId)

/** A seat to write. */
export const seatRow = (
  { id, regionId }: Pick<queries.WorkshopRow, 'id' | 'regionId'>,
  sessionId: string,
  personId: string,
  state: 'seated' | 'waiting',
  now: Date,
) => ({
  id: newId(now),
  workshop_id: id,
  region_id: regionId,
  session_id: sessionId,
  person_id: personId,
  state,
  waiting_since: state === 'waiting' ? now : null,
  lost_at: null,
  offered_until: null,
})

/**
 * Somebody gives their seat up, or declines the one offered; it goes to the next. Without one there is
 * nothing to give up, and nothing changes.
 */
export async function giveUpSeat(
  trx: Trx,
  sitter: Sitter,
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const workshop = await holdStanding(trx, sitter.workshopId)
  if (isRefusal(workshop)) return workshop
  const own = (await seatsOfPerson(trx, sitter)).find(isLive)
  if (!own) return undefined
  const session = await queries.sessionById(trx, own.sessionId)
  // Whoever is there already does not give it up any more.
  if (!session || !isToCome(session, now) || own.attended === 'came') return refuse('session-past')
  await seats.endSeats(trx, [own.id])
  await offerFreeSeats(trx, workshop.id, now, setting)
  return undefined
}

/** Somebody waits for a seat in a session, or no longer. Twice is once. */
export async function waitForSeat(
  trx: Trx,
  sitter: Sitter,
  { sessionId, waiting }: { sessionId: string; waiting: boolean },
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdSession(trx, sitter, sessionId, now)
  if (isRefusal(held)) return held
  const own = await seatsOfPerson(trx, sitter)
  const { id } = held.session
  const here = own.find((seat) => seat.sessionId === id && seat.state !== 'given-up')
  if (!waiting) {
    if (here?.state === 'waiting') await seats.deleteSeats(trx, [here.id])
  } else {
    const sessions = await sessionsOf(trx, sitter.workshopId)
    const sessionOf = new Map(sessions.map((session) => [session.id, session]))
    const kept = own.filter((seat) => isKept(seat, sessionOf.get(seat.sessionId), now))
    if (kept.some(({ state }) => state === 'seated')) return refuse('already-seated')
    if (here) return undefined
    const row = seatRow(held.workshop, id, sitter.personId, 'waiting', now)
    await seats.insertSeats(trx, [row])
    await noLongerDeclined(trx, sitter)
  }
  await offerFreeSeats(trx, sitter.workshopId, now, setting)
  return undefined
}

/**
 * A director seats somebody of the region in a session, whether they were asked or not, or takes them
 * away: their seat, the one they are offered, or their place on waiting lists. There must be a seat: whoever was offered one keeps it.
 */
export async function movePerson(
  trx: Trx,
  sitter: Sitter,
  sessionId: string | null,
  decider: Decider,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const { now } = decider
  const workshop = await holdStanding(trx, sitter.workshopId)
  if (isRefusal(workshop)) return workshop
  if (workshop.status !== 'seated') return refuse('workshop-not-seated')
  await audited(trx, workshop, 'workshops.move', decider, { away: sessionId === null })
  if (sessionId === null) return takeAway(trx, sitter, now, setting)
  const held = await holdSession(trx, sitter, sessionId, now)
  if (isRefusal(held)) return held
  const personId = await ensureInvited(trx, workshop, sitter.personId, now)
  if (!personId) return refuse('not-found')
  const own = await seatsOfPerson(trx, { ...sitter, personId })
  const { id } = held.session
  if (own.some((seat) => seat.sessionId === id && seat.state === 'seated')) return undefined
  return sit(trx, { ...sitter, personId }, held, now, setting)
}

/** Whoever waits or is offered a seat waits for none any more; whoever sits loses their seat. */
async function takeAway(
  trx: Trx,
  sitter: Sitter,
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const hoped = (await seatsOfPerson(trx, sitter)).filter(
    ({ state }) => state === 'waiting' || state === 'offered',
  )
  if (hoped.length === 0) return giveUpSeat(trx, sitter, now, setting)
  await seats.letGo(trx, hoped)
  await offerFreeSeats(trx, sitter.workshopId, now, setting)
  return undefined
}

/**
 * Counts somebody of the region among those a workshop is for.
 * @param named their id as it was sent.
 * @returns their id as it is stored; undefined for whoever the region does not have, or no longer.
 */
export async function ensureInvited(
  trx: Trx,
  { id, regionId }: queries.WorkshopRow,
  named: string,
  now: Date,
): Promise<string | undefined> {
  const person = await personById(trx, named)
  if (person?.regionId !== regionId || person.leftOn !== null) return undefined
  const row = { id: newId(now), workshop_id: id, region_id: regionId, person_id: person.id }
  await people.insertInvited(trx, [row])
  return person.id
}

/**
 * Holds the workshops of a region that are not over, in the order of their ids: before people leave,
 * so that nobody is seated meanwhile who has just left.
 */
export async function holdWorkshops(trx: Trx, regionId: string, now: Date): Promise<void> {
  for (const id of await queries.workshopsToCome(trx, regionId, now)) {
    await queries.lockWorkshop(trx, id)
  }
}

/**
 * People left the region: their seats in sessions to come are free and offered on, they wait for none,
 * and the link of whoever led a session ends. Their workshop’s director finds the session without a
 * facilitator. The caller holds the workshops: see `holdWorkshops`.
 */
export async function leaveWorkshops(
  trx: Trx,
  regionId: string,
  personIds: readonly string[],
  now: Date,
  setting: WorkshopSetting,
): Promise<void> {
  if (personIds.length === 0) return
  for (const workshopId of await queries.workshopsBoundTo(trx, regionId, personIds, now)) {
    await seats.letGo(trx, await boundSeats(trx, workshopId, personIds, now))
    await queries.endFacilitatorLinks(trx, workshopId, personIds, now)
    await offerFreeSeats(trx, workshopId, now, setting)
  }
}

/** What people’s leaving would free: seats of sessions to come, and sessions without a facilitator. */
export async function workshopsLeft(
  trx: Trx,
  regionId: string,
  personIds: readonly string[],
  now: Date,
): Promise<{ seats: number; sessions: number }> {
  const left = { seats: 0, sessions: 0 }
  if (personIds.length === 0) return left
  for (const workshopId of await queries.workshopsBoundTo(trx, regionId, personIds, now)) {
    const bound = await boundSeats(trx, workshopId, personIds, now)
    const led = (await sessionsOf(trx, workshopId)).filter(
      (session) => isToCome(session, now) && personIds.includes(session.facilitatorId),
    )
    left.seats += bound.filter(isLive).length
    left.sessions += led.length
  }
  return left
}

/** Seats of people in sessions to come, and what they wait for there. */
async function boundSeats(trx: Trx, workshopId: string, personIds: readonly string[], now: Date) {
  const toCome = new Set(
    (await sessionsOf(trx, workshopId)).flatMap((one) => (isToCome(one, now) ? one.id : [])),
  )
  return (await seatsOf(trx, workshopId)).filter(
    (seat) => personIds.includes(seat.personId) && toCome.has(seat.sessionId),
  )
}
