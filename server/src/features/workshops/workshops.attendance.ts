import { timeZoneOf } from '#server/features/accounts/accounts.service.ts'
import { readArrivalCode } from '#server/features/attendance/attendance.rules.ts'
import { dateOf } from '#server/features/days/days.rules.ts'
import { recordAudit } from '#server/platform/audit.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { WorkshopAttended, WorkshopSayer } from '#shared/workshops/workshops.vocabulary.ts'
import { afterChange, holdStanding, seatsOf, type WorkshopSetting } from './workshops.changes.ts'
import { offerFreeSeats } from './workshops.offers.ts'
import * as queries from './workshops.queries.ts'
import { attendingState, sessionCode } from './workshops.rules.ts'
import * as seats from './workshops.seats.queries.ts'
import { ensureInvited, leaveOthers, type Sitter, seatRow } from './workshops.seats.ts'

/** Who says something, and with which account; links have none. */
export interface Teller {
  by: WorkshopSayer
  accountId: string | null
}

/** A session of which attendance can be said now, its workshop held until the transaction ends. */
async function holdOpen(trx: Trx, sessionId: string, by: WorkshopSayer, now: Date) {
  const found = await queries.sessionById(trx, sessionId)
  const workshop = found && (await holdStanding(trx, found.workshopId))
  if (workshop && isRefusal(workshop)) return workshop
  const session = workshop && (await queries.sessionById(trx, sessionId))
  if (!workshop || !session) return refuse('not-found')
  const refused = refusalOf(session, workshop.status === 'seated', by, now)
  return refused ?? { workshop, session }
}

/** Why attendance of a session cannot be said now, by somebody of this kind. */
export function refusalOf(
  session: queries.SessionRow,
  seated: boolean,
  by: WorkshopSayer,
  now: Date,
): Refusal | undefined {
  const state = attendingState(session, seated, by, now)
  if (state === 'open') return undefined
  if (session.status === 'cancelled') return refuse('session-cancelled')
  return refuse(state === 'closed' ? 'attending-closed' : 'attending-not-open')
}

/**
 * Says whether somebody with a seat came, or that nothing is known after all. Two people who say the
 * same are one; of opposite words the later stands. Who came has been to their workshop: programmes
 * counted from it begin.
 */
export async function sayAttended(
  trx: Trx,
  sessionId: string,
  personId: string,
  attended: WorkshopAttended | null,
  teller: Teller,
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdOpen(trx, sessionId, teller.by, now)
  if (isRefusal(held)) return held
  const seat = (await seatsOf(trx, held.workshop.id)).find(
    (one) => one.sessionId === sessionId && one.personId === personId && one.state === 'seated',
  )
  if (!seat) return refuse('not-found')
  if (seat.attended === attended) return undefined
  await seats.updateSeats(trx, [seat.id], {
    attended,
    attended_by: attended === null ? null : teller.by,
  })
  await attendanceSaid(trx, held, seat, attended, teller, now, setting)
  return undefined
}

async function attendanceSaid(
  trx: Trx,
  { workshop, session }: { workshop: queries.WorkshopRow; session: queries.SessionRow },
  before: Pick<seats.SeatRow, 'id' | 'personId' | 'attended'>,
  attended: WorkshopAttended | null,
  { by, accountId }: Teller,
  now: Date,
  setting: WorkshopSetting,
): Promise<void> {
  const on = await dateOfSession(trx, session)
  const people = [before.personId]
  if (attended === 'came') await setting.workshopTaken(trx, workshop.regionId, people, on)
  else if (before.attended === 'came') {
    await setting.workshopMissed(trx, workshop.regionId, people, on)
  }
  const entry = { regionId: workshop.regionId, accountId, subjectId: before.id }
  const details = { by, said: attended ?? 'unknown', before: before.attended ?? 'unknown' }
  await recordAudit(trx, { ...entry, action: 'workshops.say-attended', details }, now)
  await afterChange(trx, workshop, now, setting)
}

async function dateOfSession(trx: Trx, session: queries.SessionRow): Promise<string> {
  return dateOf(session.startsAt, await timeZoneOf(trx, session.regionId))
}

/**
 * Sessions of a workshop that early birds came to are not held at their hour after all: nobody has been
 * to them, programmes that began with them wait again, and who walked in has no seat. The workshop is
 * held.
 */
export async function forgetAttendance(
  trx: Trx,
  { id, regionId }: Pick<queries.WorkshopRow, 'id' | 'regionId'>,
  sessions: readonly queries.SessionRow[],
  setting: WorkshopSetting,
): Promise<void> {
  const all = (await seatsOf(trx, id)).filter(({ attended }) => attended !== null)
  const idsOf = (those: seats.SeatRow[]) => those.map((seat) => seat.id)
  for (const session of sessions) {
    const said = all.filter(({ sessionId }) => sessionId === session.id)
    if (said.length === 0) continue
    await seats.updateSeats(trx, idsOf(said), { attended: null, attended_by: null })
    await seats.endSeats(trx, idsOf(said.filter(({ walkIn }) => walkIn)))
    const came = said.filter(({ attended }) => attended === 'came').map(({ personId }) => personId)
    await setting.workshopMissed(trx, regionId, came, await dateOfSession(trx, session))
  }
}

/**
 * Somebody types the six figures shown in the room where they have a seat.
 * @param typed as it was typed; figures of another session, or of a former facilitator, are wrong.
 */
export async function arriveByCode(
  trx: Trx,
  secret: string,
  { workshopId, personId }: Sitter,
  typed: string,
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const own = (await seatsOf(trx, workshopId)).find(
    (seat) => seat.personId === personId && seat.state === 'seated',
  )
  const session = own && (await queries.sessionById(trx, own.sessionId))
  if (!session) return refuse('attending-not-open')
  const refused = refusalOf(session, true, 'code', now)
  if (refused) return refused
  const code = sessionCode(secret, session.id, session.linkGeneration)
  if (readArrivalCode(typed) !== code) return refuse('attending-code-wrong')
  const teller = { by: 'code', accountId: null } as const
  return sayAttended(trx, session.id, personId, 'came', teller, now, setting)
}

/**
 * Somebody of the region came without a seat: they were there, whether they were asked or not and
 * whether there was a chair. A seat they hold in another session is given up and offered on.
 * @param named their id as it was sent.
 */
export async function addWalkIn(
  trx: Trx,
  sessionId: string,
  named: string,
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdOpen(trx, sessionId, 'facilitator', now)
  if (isRefusal(held)) return held
  const { workshop, session } = held
  const personId = await ensureInvited(trx, workshop, named, now)
  if (!personId) return refuse('not-found')
  const own = (await seatsOf(trx, workshop.id)).filter((seat) => seat.personId === personId)
  const here = own.find((seat) => seat.sessionId === session.id && seat.state !== 'given-up')
  const teller = { by: 'facilitator', accountId: null } as const
  if (here?.state === 'seated') {
    return sayAttended(trx, session.id, personId, 'came', teller, now, setting)
  }
  const left = await leaveOthers(trx, own, session.id)
  if (left) return left
  if (here) await seats.deleteSeats(trx, [here.id])
  const row = seatRow(workshop, session.id, personId, 'seated', now)
  const came = { walk_in: true, attended: 'came', attended_by: 'facilitator' } as const
  await seats.insertSeats(trx, [{ ...row, ...came }])
  const before = { id: row.id, personId, attended: null }
  await attendanceSaid(trx, held, before, 'came', teller, now, setting)
  await offerFreeSeats(trx, workshop.id, now, setting)
  return undefined
}
