import { timeZoneOf } from '#server/features/accounts/accounts.service.ts'
import { dateOf } from '#server/features/days/days.rules.ts'
import { workshopAnswers } from '#server/features/invitations/invitations.service.ts'
import { drawnOrder } from '#server/features/matching/matching.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { type Person, peopleByIds, sitesById } from '#server/features/roster/roster.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import type {
  Seating,
  TakenSeat,
  Workshop,
  WorkshopSession,
} from '#shared/workshops/workshops.offers.contract.ts'
import type { SeatSilent } from '#shared/workshops/workshops.vocabulary.ts'
import { audienceNow, type WorkshopSetting } from './workshops.changes.ts'
import { type InvitedRow, invitedToWorkshops } from './workshops.people.queries.ts'
import * as queries from './workshops.queries.ts'
import { attendingOpensAt, isToCome, phaseOf, workshopWaitingOrder } from './workshops.rules.ts'
import { dealSeating } from './workshops.seating.ts'
import { type SeatRow, seatsOfWorkshops } from './workshops.seats.queries.ts'

/** The workshops of a region, the newest first, with how full their sessions are. */
export async function workshopsOf(
  db: Reader,
  regionId: string,
  now: Date,
  setting: WorkshopSetting,
) {
  const rows = await queries.workshopsOfRegion(db, regionId)
  const workshops = await viewsOf(db, regionId, rows, now, setting)
  const timeZone = await timeZoneOf(db, regionId)
  return { timeZone, today: dateOf(now, timeZone), workshops }
}

/** One of them. */
export async function workshopView(
  db: Reader,
  id: string,
  now: Date,
  setting: WorkshopSetting,
): Promise<Workshop | Refusal> {
  const row = await queries.workshopById(db, id)
  if (!row) return refuse('not-found')
  const [view] = await viewsOf(db, row.regionId, [row], now, setting)
  return view!
}

async function viewsOf(
  db: Reader,
  regionId: string,
  rows: queries.WorkshopRow[],
  now: Date,
  setting: WorkshopSetting,
): Promise<Workshop[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const sessions = await queries.sessionsOfWorkshops(db, ids)
  const seats = Map.groupBy(await seatsOfWorkshops(db, ids), ({ workshopId }) => workshopId)
  const invited = Map.groupBy(await invitedToWorkshops(db, ids), ({ workshopId }) => workshopId)
  const answers = await workshopAnswers(db, ids)
  const asked = [...invited.values()].flat()
  const scene = await sceneOf(db, regionId, sessions, asked, answers, now)
  const views: Workshop[] = []
  for (const row of rows) {
    const own = {
      sessions: sessions.filter(({ workshopId }) => workshopId === row.id),
      seats: seats.get(row.id) ?? [],
      invited: invited.get(row.id) ?? [],
    }
    const audience = row.status === 'preparing' ? await audienceNow(db, row, setting) : null
    views.push(viewOf(row, own, audience, scene))
  }
  return views
}

/** What every view of a region reads from. */
interface Scene {
  now: Date
  timeZone: string
  sites: Map<string, { name: string; town: string }>
  people: Map<string, Person>
  /** What facilitators answered from their calendars, by session. */
  answers: ReadonlyMap<string, RecordedAnswer>
}

async function sceneOf(
  db: Reader,
  regionId: string,
  sessions: queries.SessionRow[],
  invited: InvitedRow[],
  answers: Scene['answers'],
  now: Date,
): Promise<Scene> {
  const ids = [
    ...sessions.map(({ facilitatorId }) => facilitatorId),
    ...invited.map(({ personId }) => personId),
  ]
  const people = await peopleByIds(db, [...new Set(ids)])
  return {
    now,
    answers,
    timeZone: await timeZoneOf(db, regionId),
    sites: await sitesById(db, regionId),
    people: new Map(people.map((person) => [person.id, person])),
  }
}

interface Own {
  sessions: queries.SessionRow[]
  seats: SeatRow[]
  invited: InvitedRow[]
}

function viewOf(
  row: queries.WorkshopRow,
  { sessions, seats, invited }: Own,
  audience: Person[] | null,
  scene: Scene,
): Workshop {
  // Whoever left the region is not asked any more.
  const here = invited.filter(({ personId }) => scene.people.get(personId)?.leftOn === null)
  const reached = audience ?? here.map(({ personId }) => scene.people.get(personId)!)
  const seated = new Set(seats.flatMap((one) => (one.state === 'seated' ? [one.personId] : [])))
  const answered = here.filter(({ choices }) => choices.length > 0)
  return {
    id: row.id,
    regionId: row.regionId,
    course: row.course,
    title: row.title,
    audience: row.audience,
    status: row.status,
    chooseUntil: row.chooseUntil,
    version: row.version,
    timeZone: scene.timeZone,
    today: dateOf(scene.now, scene.timeZone),
    people: reached.length,
    withoutAddress: reached.filter(({ email }) => email === null).length,
    answered: answered.length,
    declined: here.filter(({ declined }) => declined).length,
    withoutSeat:
      audience?.length ??
      here.filter(({ personId, declined }) => !declined && !seated.has(personId)).length,
    sessions: sessions.map((session) => sessionView(session, seats, answered, scene)),
  }
}

function sessionView(
  session: queries.SessionRow,
  seats: SeatRow[],
  answered: InvitedRow[],
  { now, timeZone, sites, people, answers }: Scene,
): WorkshopSession {
  const here = seats.filter(({ sessionId }) => sessionId === session.id)
  const count = (of: (seat: SeatRow) => boolean) => here.filter(of).length
  const site = sites.get(session.siteId ?? '')
  const facilitator = people.get(session.facilitatorId)
  const attendable = session.status === 'planned' && now >= attendingOpensAt(session)
  const { id, siteId, place, facilitatorId, startsAt, endsAt, language, status, version } = session
  return {
    id,
    siteId,
    siteName: site?.name ?? '',
    town: site?.town ?? '',
    place,
    facilitatorId,
    facilitatorName: facilitator ? fullName(facilitator) : '',
    facilitatorLeft: (facilitator?.leftOn ?? null) !== null,
    facilitatorSaid: answers.get(id) ?? null,
    startsAt,
    endsAt,
    date: dateOf(startsAt, timeZone),
    language,
    status,
    version,
    seats: session.seats,
    seated: count(({ state, walkIn }) => state === 'seated' && !walkIn),
    offered: count(({ state }) => state === 'offered'),
    // Once it has begun nobody waits for it any more.
    waiting: isToCome(session, now) ? count(({ state }) => state === 'waiting') : 0,
    firstChoices: answered.filter(({ choices }) => choices[0] === id).length,
    came: attendable ? count(({ attended }) => attended === 'came') : null,
    absent: attendable ? count(({ attended }) => attended === 'absent') : null,
    phase: phaseOf(session, timeZone, now),
  }
}

/** How many people an audience stands for now. */
export async function audienceCount(
  db: Reader,
  regionId: string,
  audience: Workshop['audience'],
  setting: WorkshopSetting,
) {
  const people = await setting.audienceOf(db, regionId, audience)
  return {
    people: people.length,
    withoutAddress: people.filter(({ email }) => email === null).length,
  }
}

/** The preview of a seating, by session and name; nothing is written. */
export async function seatingView(
  db: Reader,
  workshop: queries.WorkshopRow,
  silent: SeatSilent,
  now: Date,
  setting: WorkshopSetting,
): Promise<Seating | Refusal> {
  const dealt = await dealSeating(db, workshop, silent, now, setting)
  if (isRefusal(dealt)) return dealt
  const sites = await sitesById(db, workshop.regionId)
  const placed = dealt.people.filter(({ sessionId }) => sessionId !== null)
  const people = dealt.people.map(({ person, sessionId, rank, kilometres }) => ({
    personId: person.id,
    name: fullName(person),
    siteName: sites.get(person.siteId)?.name ?? '',
    sessionId,
    rank,
    kilometres,
  }))
  return {
    fingerprint: dealt.fingerprint,
    people: people.sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    seats: dealt.sessions.reduce((sum, session) => sum + session.seats, 0),
    placed: placed.length,
    withoutSeat: people.length - placed.length,
    byRank: [1, 2, 3].map((rank) => placed.filter((one) => one.rank === rank).length),
    silent: placed.filter(({ rank }) => rank === null).length,
    kilometres: placed.reduce((sum, { kilometres }) => sum + (kilometres ?? 0), 0),
  }
}

/** Who has to do with a session: seated and offered by name, then the waiting list in its order. */
export async function seatsOfSession(
  db: Reader,
  session: queries.SessionRow,
): Promise<TakenSeat[]> {
  const all = await seatsOfWorkshops(db, [session.workshopId])
  const here = all.filter((one) => one.sessionId === session.id && one.state !== 'given-up')
  const found = await peopleByIds(
    db,
    here.map(({ personId }) => personId),
  )
  const people = new Map(found.map((person) => [person.id, person]))
  const sites = await sitesById(db, session.regionId)
  const name = ({ personId }: SeatRow) => {
    const person = people.get(personId)
    return person ? fullName(person) : ''
  }
  const waiting = waitingList(here, session)
  const places = new Map(waiting.map(({ id }, index) => [id, index + 1]))
  const sitting = here
    .filter(({ state }) => state !== 'waiting')
    .sort((a, b) => name(a).localeCompare(name(b), 'fr'))
  return [...sitting, ...waiting].map((seat) => ({
    seatId: seat.id,
    personId: seat.personId,
    name: name(seat),
    siteName: sites.get(people.get(seat.personId)?.siteId ?? '')?.name ?? '',
    state: seat.state,
    walkIn: seat.walkIn,
    place: places.get(seat.id) ?? null,
    offeredUntil: seat.offeredUntil,
    attended: seat.attended,
    attendedBy: seat.attendedBy,
  }))
}

/** The waiting list of a session, in order. */
export function waitingList(
  seats: readonly SeatRow[],
  { id, workshopId }: Pick<queries.SessionRow, 'id' | 'workshopId'>,
): SeatRow[] {
  const waiting = seats.filter((one) => one.sessionId === id && one.state === 'waiting')
  const ids = waiting.map(({ personId }) => personId)
  return workshopWaitingOrder(waiting, drawnOrder(workshopId, ids))
}
