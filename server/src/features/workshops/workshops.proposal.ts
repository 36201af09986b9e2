import { timeZoneOf } from '#server/features/accounts/accounts.service.ts'
import { dateOf, endOfDate } from '#server/features/days/days.rules.ts'
import { newId } from '#server/platform/identity.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import {
  afterChange,
  audienceNow,
  audited,
  type Decider,
  holdSeen,
  holdStanding,
  seatsOf,
  sessionsOf,
  type WorkshopSetting,
} from './workshops.changes.ts'
import { tellProposal } from './workshops.mails.ts'
import { offerFreeSeats } from './workshops.offers.ts'
import * as people from './workshops.people.queries.ts'
import * as queries from './workshops.queries.ts'
import { isToCome } from './workshops.rules.ts'
import * as seats from './workshops.seats.queries.ts'

/**
 * Asks everybody a workshop is for which sessions suit them, by a link of their own. Another number of
 * people than the director was shown is refused, and shown anew.
 * @param chooseUntil date where the region is; one may choose to the end of it.
 */
export async function proposeWorkshop(
  trx: Trx,
  { id, seen }: { id: string; seen: number },
  { people: shown, chooseUntil }: { people: number; chooseUntil: string },
  decider: Decider,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdSeen(trx, id, seen)
  if (isRefusal(held)) return held
  if (held.status !== 'preparing') return refuse('workshop-proposed')
  const { now } = decider
  const timeZone = await timeZoneOf(trx, held.regionId)
  if (chooseUntil < dateOf(now, timeZone)) return refuse('date-past')
  const open = (await sessionsOf(trx, id)).filter((session) => isToCome(session, now))
  if (open.length === 0) return refuse('workshop-without-sessions')
  const invited = await inviteAudience(trx, held, now, setting)
  if (invited === 0) return refuse('workshop-without-people')
  if (invited !== shown) return refuse('workshop-people-changed', { count: invited })
  await queries.updateWorkshop(trx, id, {
    status: 'choosing',
    choose_until: endOfDate(chooseUntil, timeZone),
  })
  const workshop = (await queries.workshopById(trx, id))!
  const asked = await people.invitedToWorkshops(trx, [id])
  await tellProposal(trx, workshop, asked, open, now, setting.mailDomain)
  await audited(trx, held, 'workshops.propose', decider, { people: invited })
  await afterChange(trx, held, now, setting)
  return undefined
}

/**
 * Notes whoever the workshop is for, as the roster stands now.
 * @returns how many there are.
 */
export async function inviteAudience(
  trx: Trx,
  workshop: queries.WorkshopRow,
  now: Date,
  setting: WorkshopSetting,
): Promise<number> {
  const found = await audienceNow(trx, workshop, setting)
  const rows = found.map((person) => ({
    id: newId(now),
    workshop_id: workshop.id,
    region_id: workshop.regionId,
    person_id: person.id,
  }))
  await people.insertInvited(trx, rows)
  return found.length
}

/**
 * Somebody says which sessions suit them, the best first, or « not this time ». Said again it replaces
 * what was said. Once seats are published there is nothing to choose any more; « not this time » then
 * ends their waiting, so that nobody writes to them again.
 */
export async function chooseSessions(
  trx: Trx,
  invited: people.InvitedRow,
  { choices, declined }: { choices: string[]; declined: boolean },
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdStanding(trx, invited.workshopId)
  if (isRefusal(held)) return held
  if (held.status === 'seated' && declined) return stopWaiting(trx, invited, now, setting)
  if (held.status !== 'choosing') return refuse('choosing-over')
  // Not to be written to any more is heard until seats are published.
  if (!declined && held.chooseUntil! < now) return refuse('choosing-over')
  if (new Set(choices).size < choices.length) return refuse('wish-repeated')
  const sessions = await sessionsOf(trx, held.id)
  if (!choices.every((id) => sessions.some((session) => session.id === id))) {
    return refuse('not-found')
  }
  const open = new Set(sessions.flatMap((one) => (isToCome(one, now) ? one.id : [])))
  if (!choices.every((id) => open.has(id))) return refuse('session-cancelled')
  await people.updateInvited(trx, invited.id, { choices, declined, chosen_at: now })
  await afterChange(trx, held, now, setting)
  return undefined
}

/** Whoever sits keeps their seat: giving it up is said apart. */
async function stopWaiting(
  trx: Trx,
  invited: people.InvitedRow,
  now: Date,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const own = (await seatsOf(trx, invited.workshopId)).filter(
    ({ personId }) => personId === invited.personId,
  )
  if (own.some(({ state }) => state === 'seated')) return refuse('already-seated')
  await seats.letGo(trx, own)
  await people.updateInvited(trx, invited.id, { choices: [], declined: true, chosen_at: now })
  await offerFreeSeats(trx, invited.workshopId, now, setting)
  return undefined
}
