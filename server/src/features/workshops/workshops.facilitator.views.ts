import { timeZoneOf } from '#server/features/accounts/accounts.service.ts'
import { shortName } from '#server/features/roster/roster.rules.ts'
import {
  findPeople,
  peopleByIds,
  personById,
  siteById,
  sitesById,
} from '#server/features/roster/roster.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { FacilitatedSession, Room } from '#shared/workshops/workshops.facilitator.contract.ts'
import type { WorkshopSayer } from '#shared/workshops/workshops.vocabulary.ts'
import { seatsOf } from './workshops.changes.ts'
import * as queries from './workshops.queries.ts'
import { addressOf, attendingOpensAt, attendingState, sessionCode } from './workshops.rules.ts'
import { courseTitle } from './workshops.shipped.ts'

/** What whoever leads a session sees: who is expected and who came, and the code to show. */
export async function facilitatedView(
  db: Reader,
  secret: string,
  sessionId: string,
  now: Date,
): Promise<FacilitatedSession | Refusal> {
  const held = await heldSession(db, sessionId, 'facilitator', now)
  if (!held) return refuse('not-found')
  const { session, seated, view } = held
  const open = attendingState(session, seated, 'code', now) === 'open'
  const { id, linkGeneration } = session
  return {
    ...view,
    seats: session.seats,
    code: open ? sessionCode(secret, id, linkGeneration) : null,
    roomToken: open ? deriveToken(secret, 'workshop-room', id, linkGeneration) : null,
    people: await peopleOfSession(db, session),
  }
}

/** What whoever scanned the picture of the room sees: who is expected, and whether they are there. */
export async function roomView(db: Reader, sessionId: string, now: Date): Promise<Room | Refusal> {
  const held = await heldSession(db, sessionId, 'person', now)
  if (!held) return refuse('not-found')
  const people = held.view.state === 'open' ? await peopleOfSession(db, held.session) : []
  return {
    ...held.view,
    people: people.map(({ personId, name, attended }) => ({ personId, name, attended })),
  }
}

/** @param by who reads it, and until when they can say something. */
async function heldSession(db: Reader, sessionId: string, by: WorkshopSayer, now: Date) {
  const session = await queries.sessionById(db, sessionId)
  const workshop = session && (await queries.workshopById(db, session.workshopId))
  if (!workshop) return undefined
  const site = session.siteId === null ? undefined : await siteById(db, session.siteId)
  const facilitator = await personById(db, session.facilitatorId)
  const seated = workshop.status === 'seated'
  const view = {
    title: workshop.title,
    course: workshop.course,
    courseTitle: courseTitle(workshop.course),
    siteName: site?.name ?? '',
    address: addressOf(site),
    town: site?.town ?? '',
    place: session.place,
    facilitator: facilitator?.firstName ?? '',
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    timeZone: await timeZoneOf(db, session.regionId),
    language: session.language,
    state: attendingState(session, seated, by, now),
    opensAt: attendingOpensAt(session),
  }
  return { session, seated, view }
}

/** Whoever has a seat, walk-ins too, by name. */
async function peopleOfSession(db: Reader, session: queries.SessionRow) {
  const seated = (await seatsOf(db, session.workshopId)).filter(
    ({ sessionId, state }) => sessionId === session.id && state === 'seated',
  )
  const found = await peopleByIds(
    db,
    seated.map(({ personId }) => personId),
  )
  const people = new Map(found.map((person) => [person.id, person]))
  const sites = await sitesById(db, session.regionId)
  return seated
    .flatMap(({ personId, walkIn, attended, attendedBy }) => {
      const person = people.get(personId)
      if (!person) return []
      const siteName = sites.get(person.siteId)?.name ?? ''
      return [{ personId, name: shortName(person), siteName, walkIn, attended, attendedBy }]
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'fr'))
}

/** A walk-in is looked for by somebody with a link only: a few, and by their short names. */
const mostFound = 8

/** People of the region by name and by nothing else, for whoever came without a seat. */
export async function findWalkIns(db: Reader, session: queries.SessionRow, search: string) {
  const asked = { search, namesOnly: true, limit: mostFound }
  const { people } = await findPeople(db, session.regionId, asked)
  return people.map((person) => ({
    personId: person.id,
    name: shortName(person),
    siteName: person.siteName,
  }))
}
