import { regionById } from '#server/features/accounts/accounts.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { peopleByIds, personById, sitesOfRegion } from '#server/features/roster/roster.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { LinkedSession, LinkedWorkshop } from '#shared/workshops/workshops.links.contract.ts'
import { busyHours } from './workshops.busy.ts'
import { seatsOf, sessionsOf } from './workshops.changes.ts'
import { type InvitedRow, invitedById } from './workshops.people.queries.ts'
import * as queries from './workshops.queries.ts'
import {
  addressOf,
  attendingState,
  collides,
  freeSeats,
  isLive,
  isToCome,
} from './workshops.rules.ts'
import { distances } from './workshops.seating.ts'
import type { SeatRow } from './workshops.seats.queries.ts'
import { coursePromise, courseTitle } from './workshops.shipped.ts'
import { waitingList } from './workshops.views.ts'

/** What somebody who was asked sees, whatever the workshop’s state; only what concerns themselves. */
export async function linkedView(
  db: Reader,
  invitedId: string,
  now: Date,
): Promise<LinkedWorkshop | Refusal> {
  const invited = await invitedById(db, invitedId)
  const workshop = invited && (await queries.workshopById(db, invited.workshopId))
  const person = invited && (await personById(db, invited.personId))
  if (!workshop || !person) return refuse('not-found')
  const region = await regionById(db, workshop.regionId)
  const sessions = await sessionsOf(db, workshop.id)
  const seats = await seatsOf(db, workshop.id)
  return {
    firstName: person.firstName,
    regionName: region?.name ?? '',
    timeZone: region?.timeZone ?? 'UTC',
    title: workshop.title,
    course: workshop.course,
    courseTitle: courseTitle(workshop.course),
    promise: coursePromise(workshop.course),
    status: workshop.status,
    chooseUntil: workshop.chooseUntil,
    choosing: workshop.status === 'choosing' && workshop.chooseUntil! >= now,
    choices: invited.choices,
    declined: invited.declined,
    seat: ownSeat(workshop, sessions, seats, invited, now),
    sessions: await sessionViews(db, workshop, { sessions, seats, person }, now),
  }
}

/** An offer whose time is over is none, whatever a job has or has not yet done about it. */
function ownSeat(
  { status }: queries.WorkshopRow,
  sessions: queries.SessionRow[],
  seats: SeatRow[],
  { personId }: InvitedRow,
  now: Date,
): LinkedWorkshop['seat'] {
  const own = seats.find((seat) => seat.personId === personId && isLive(seat))
  const session = own && sessions.find(({ id }) => id === own.sessionId)
  if (!session || (own.offeredUntil && own.offeredUntil <= now)) return null
  return {
    sessionId: session.id,
    state: own.state === 'offered' ? 'offered' : 'seated',
    offeredUntil: own.offeredUntil,
    attended: own.attended,
    canArrive:
      own.state === 'seated' &&
      attendingState(session, status === 'seated', 'code', now) === 'open',
  }
}

async function sessionViews(
  db: Reader,
  workshop: queries.WorkshopRow,
  {
    sessions,
    seats,
    person,
  }: {
    sessions: queries.SessionRow[]
    seats: SeatRow[]
    person: { id: string; siteId: string }
  },
  now: Date,
): Promise<LinkedSession[]> {
  const all = await sitesOfRegion(db, workshop.regionId)
  const sites = new Map(all.map((site) => [site.id, site]))
  const far = distances(all)
  const leading = await peopleByIds(db, [
    ...new Set(sessions.map(({ facilitatorId }) => facilitatorId)),
  ])
  const nameOf = new Map(leading.map((one) => [one.id, fullName(one)]))
  const busy = (await busyHours(db, workshop, [person.id], sessions)).get(person.id) ?? []
  return sessions.map((session) => {
    const site = sites.get(session.siteId ?? '')
    const place = waitingList(seats, session).findIndex(({ personId }) => personId === person.id)
    const open = isToCome(session, now)
    return {
      id: session.id,
      siteName: site?.name ?? '',
      address: addressOf(site),
      town: site?.town ?? '',
      place: session.place,
      facilitatorName: nameOf.get(session.facilitatorId) ?? '',
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      language: session.language,
      status: session.status === 'cancelled' ? 'cancelled' : open ? 'to-come' : 'over',
      seats: session.seats,
      free: open && workshop.status === 'seated' ? freeSeats(session, seats) : 0,
      kilometres: far(person.siteId, session.siteId),
      collides: collides(session, busy),
      waitingPlace: place < 0 ? null : place + 1,
    }
  })
}
