import type { Person } from '#server/features/roster/roster.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { notify } from '#server/platform/live/live.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { WorkshopAudience } from '#shared/workshops/workshops.vocabulary.ts'
import * as queries from './workshops.queries.ts'
import * as seats from './workshops.seats.queries.ts'

// What every change of a workshop begins and ends with.

/** What a workshop needs of its installation, and of features after it. */
export interface WorkshopSetting {
  mailDomain: string
  /** Hours somebody offered a seat is given to think: see `offerExpiry`. */
  offerHours: number
  /** The people a workshop is for, as the roster stands now, with or without an address. */
  audienceOf(db: Reader, regionId: string, audience: WorkshopAudience): Promise<Person[]>
  /** People were at their workshop, on a date of the region: what is counted from it begins. */
  workshopTaken(trx: Trx, regionId: string, personIds: string[], on: string): Promise<void>
  /** They were not, after all: what has begun and told nobody anything yet waits again. */
  workshopMissed(trx: Trx, regionId: string, personIds: string[], on: string): Promise<void>
  /**
   * Brings calendars in line with how a workshop stands.
   * @param by the director whose press wrote to many at once, and who may take it back.
   */
  tellMeetings(trx: Trx, workshopId: string, now: Date, by: string | null): Promise<void>
}

/** Who decides, and when; links have no account. */
export interface Decider {
  by: string | null
  now: Date
}

/** Whom a workshop is for as the roster stands now; whoever leads one of its sessions takes no seat. */
export async function audienceNow(
  db: Reader,
  { id, regionId, audience }: Pick<queries.WorkshopRow, 'id' | 'regionId' | 'audience'>,
  setting: WorkshopSetting,
): Promise<Person[]> {
  const leading = new Set((await sessionsOf(db, id)).map(({ facilitatorId }) => facilitatorId))
  const people = await setting.audienceOf(db, regionId, audience)
  return people.filter((person) => !leading.has(person.id))
}

/** Every session of a workshop, cancelled ones too, the earliest first. */
export const sessionsOf = (db: Reader, workshopId: string): Promise<queries.SessionRow[]> =>
  queries.sessionsOfWorkshops(db, [workshopId])

/** Every seat of a workshop whatever became of it: seated, offered, waiting and given up. */
export const seatsOf = (db: Reader, workshopId: string): Promise<seats.SeatRow[]> =>
  seats.seatsOfWorkshops(db, [workshopId])

/**
 * What every change of a workshop ends with: calendars follow, and whoever looks reads again.
 */
export async function afterChange(
  trx: Trx,
  { id, regionId }: Pick<queries.WorkshopRow, 'id' | 'regionId'>,
  now: Date,
  setting: WorkshopSetting,
  by: string | null = null,
): Promise<void> {
  await setting.tellMeetings(trx, id, now, by)
  await notify(trx, `workshops:${regionId}`, `workshop:${id}`)
}

/** A workshop as its director saw it, held until the transaction ends. */
export async function holdSeen(
  trx: Trx,
  id: string,
  seen: number,
): Promise<queries.WorkshopRow | Refusal> {
  const workshop = await holdStanding(trx, id)
  if (isRefusal(workshop)) return workshop
  return workshop.version === seen ? workshop : refuse('workshop-changed')
}

/** A workshop that is not cancelled, held until the transaction ends. */
export async function holdStanding(trx: Trx, id: string): Promise<queries.WorkshopRow | Refusal> {
  const workshop = await queries.lockWorkshop(trx, id)
  if (!workshop) return refuse('not-found')
  return workshop.status === 'cancelled' ? refuse('workshop-cancelled') : workshop
}

/** Records what a director did with a workshop: counts and codes, nobody’s name. */
export const audited = (
  trx: Trx,
  { id, regionId }: Pick<queries.WorkshopRow, 'id' | 'regionId'>,
  action: string,
  { by, now }: Decider,
  details: Record<string, string | number | boolean> = {},
) => recordAudit(trx, { regionId, accountId: by, action, subjectId: id, details }, now)
