import { newId } from '#server/platform/identity.ts'
import { notify } from '#server/platform/live/live.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { WorkshopInput } from '#shared/workshops/workshops.offers.contract.ts'
import {
  afterChange,
  audited,
  type Decider,
  holdSeen,
  type WorkshopSetting,
} from './workshops.changes.ts'
import * as queries from './workshops.queries.ts'
import { addSession } from './workshops.sessions.ts'
import { isShipped } from './workshops.shipped.ts'

export { sayAttended } from './workshops.attendance.ts'
export {
  audienceNow,
  type Decider,
  holdStanding,
  seatsOf,
  sessionsOf,
  type WorkshopSetting,
} from './workshops.changes.ts'
export { workshopsAtHome } from './workshops.home.ts'
export {
  type InvitedRow,
  invitedById,
  invitedOf,
  invitedToWorkshops,
} from './workshops.people.queries.ts'
export { chooseSessions, proposeWorkshop } from './workshops.proposal.ts'
export {
  lockWorkshop,
  type SessionRow,
  sessionById,
  type WorkshopRow,
  workshopById,
  workshopsOfRegion,
} from './workshops.queries.ts'
export { dealSeating, publishSeating } from './workshops.seating.ts'
export { type SeatRow, seatById } from './workshops.seats.queries.ts'
export {
  giveUpSeat,
  holdWorkshops,
  leaveWorkshops,
  workshopsLeft,
} from './workshops.seats.ts'
export { courseTitle } from './workshops.shipped.ts'

/**
 * Prepares a workshop with its sessions; nobody hears of it yet. Refuses what `addSession` does, and a
 * course that does not ship.
 * @returns its id.
 */
export async function createWorkshop(
  trx: Trx,
  regionId: string,
  { course, title, audience, sessions }: WorkshopInput,
  decider: Decider,
  setting: WorkshopSetting,
): Promise<string | Refusal> {
  if (!isShipped(course)) return refuse('not-found')
  const id = newId(decider.now)
  await queries.insertWorkshop(trx, {
    id,
    region_id: regionId,
    course,
    title,
    audience: JSON.stringify(audience),
    choose_until: null,
    created_by: decider.by,
    created_at: decider.now,
  })
  await audited(trx, { id, regionId }, 'workshops.create', decider)
  for (const session of sessions) {
    const refused = await addSession(trx, id, session, decider, setting)
    if (refused) return refused
  }
  return id
}

/** Changes a workshop. Once people know of it, what it is about and whom it is for stays. */
export async function changeWorkshop(
  trx: Trx,
  { id, seen }: { id: string; seen: number },
  { course, title, audience }: Omit<WorkshopInput, 'sessions'>,
  decider: Decider,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdSeen(trx, id, seen)
  if (isRefusal(held)) return held
  if (!isShipped(course)) return refuse('not-found')
  if (held.status === 'preparing') {
    await queries.updateWorkshop(trx, id, { course, title, audience: JSON.stringify(audience) })
  } else {
    if (course !== held.course) return refuse('workshop-proposed')
    await queries.updateWorkshop(trx, id, { title })
  }
  await audited(trx, held, 'workshops.change', decider)
  await afterChange(trx, held, decider.now, setting)
  return undefined
}

/** Throws away what nobody was told of. */
export async function removeWorkshop(
  trx: Trx,
  id: string,
  decider: Decider,
): Promise<undefined | Refusal> {
  const workshop = await queries.lockWorkshop(trx, id)
  if (!workshop) return refuse('not-found')
  if (workshop.status !== 'preparing') return refuse('workshop-proposed')
  await queries.deleteWorkshop(trx, id)
  await audited(trx, workshop, 'workshops.remove', decider)
  await notify(trx, `workshops:${workshop.regionId}`)
  return undefined
}
