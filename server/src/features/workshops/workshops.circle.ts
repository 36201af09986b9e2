import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import type { DesiredEvent, StoredEvent } from '#server/features/invitations/invitations.rules.ts'
import {
  type Appointment,
  type Circle,
  forgetEventAnswers,
  standingEvents,
  workshopAnswers,
} from '#server/features/invitations/invitations.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import {
  type Person,
  peopleByIds,
  peopleOfRegion,
  sitesById,
} from '#server/features/roster/roster.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import {
  type GoneReason,
  type SessionFacts,
  sessionLetter,
  sessionWords,
} from './workshops.letters.ts'
import { placeOf } from './workshops.rules.ts'
import {
  invitedToWorkshops,
  lockWorkshop,
  type SeatRow,
  type SessionRow,
  seatsOf,
  sessionById,
  sessionsOf,
  type WorkshopRow,
} from './workshops.service.ts'

/** A workshop as calendars are to show it. */
export interface WorkshopMeetings {
  circle: Circle
  /** What stands in calendars of sessions that are not over: what has been stays there. */
  events: StoredEvent[]
}

/**
 * Reads whom a workshop brings together, and holds it: facilitators by their session, participants by
 * their seat. Nothing for one whose seats nobody published: nobody was told of any.
 */
export async function workshopMeetings(
  trx: Trx,
  workshopId: string,
  now: Date,
): Promise<WorkshopMeetings | undefined> {
  const workshop = await lockWorkshop(trx, workshopId)
  if (workshop?.status !== 'seated' && workshop?.status !== 'cancelled') return undefined
  const occasion = { kind: 'workshop', id: workshopId } as const
  const stored = await standingEvents(trx, occasion)
  const table = await tableOf(trx, workshop, stored)
  const appointmentOf = appointments(workshop, table)
  const toCome = ({ subject }: Pick<StoredEvent, 'subject'>) =>
    (table.sessionOf(subject)?.endsAt ?? now) > now
  const subjects = workshop.status === 'cancelled' ? [] : standing(table, now)
  return {
    circle: {
      occasion,
      regionId: workshop.regionId,
      regionName: table.regionName,
      standing: subjects.flatMap((subject) => appointmentOf({ subject }) ?? []),
      appointmentOf,
      forgetAnswers: forgetEventAnswers,
    },
    events: stored.filter(toCome),
  }
}

/** One session as its facilitator knows it, its workshop held; nothing for one that does not exist. */
export async function sessionMeeting(trx: Trx, sessionId: string) {
  const found = await sessionById(trx, sessionId)
  const workshop = found && (await lockWorkshop(trx, found.workshopId))
  if (!workshop) return undefined
  const table = await tableOf(trx, workshop, [])
  const session = table.sessions.get(sessionId)
  const facilitator = table.people.get(session?.facilitatorId ?? '')
  if (!session || !facilitator) return undefined
  const facts = factsOf(workshop, table, session, facilitator, undefined)
  const said = table.answers.get(sessionId) ?? null
  return { workshop, session, facts, said, regionName: table.regionName }
}

/** Everything the letters of a workshop are made from. */
type Table = Awaited<ReturnType<typeof tableOf>>
type Subject = StoredEvent['subject']

async function tableOf(trx: Trx, workshop: WorkshopRow, stored: readonly StoredEvent[]) {
  const { id, regionId } = workshop
  const sessions = new Map((await sessionsOf(trx, id)).map((one) => [one.id, one]))
  const seats = new Map((await seatsOf(trx, id)).map((one) => [one.id, one]))
  const ids = new Set([
    ...[...sessions.values()].map(({ facilitatorId }) => facilitatorId),
    ...[...seats.values()].map(({ personId }) => personId),
  ])
  const people = new Map((await peopleByIds(trx, [...ids])).map((one) => [one.id, one]))
  const former = await formerFacilitators(trx, regionId, stored, (subject) =>
    people.get(sessions.get(subject.id)?.facilitatorId ?? ''),
  )
  const accountIds = [...people.values(), ...former.values()].flatMap(
    ({ accountId }) => accountId ?? [],
  )
  const region = await regionById(trx, regionId)
  const links = await invitedToWorkshops(trx, [id])
  return {
    sessions,
    seats,
    people,
    former,
    regionName: region?.name ?? '',
    timeZone: region?.timeZone ?? 'UTC',
    sites: await sitesById(trx, regionId),
    languages: await languagesOf(trx, accountIds),
    links: new Map(links.map((one) => [one.personId, one])),
    answers: await workshopAnswers(trx, [id]),
    sessionOf: ({ kind, id }: Subject): SessionRow | undefined =>
      sessions.get(kind === 'workshop-seat' ? (seats.get(id)?.sessionId ?? '') : id),
  }
}

/** Who led a session until somebody else did: their calendar still shows it. By address. */
async function formerFacilitators(
  trx: Trx,
  regionId: string,
  stored: readonly StoredEvent[],
  facilitatorOf: (subject: Subject) => Person | undefined,
): Promise<Map<string, Person>> {
  const addresses = stored
    .filter(({ subject }) => subject.kind === 'workshop-session')
    .filter(({ subject, attendee }) => facilitatorOf(subject)?.email !== attendee.address)
    .map(({ attendee }) => attendee.address)
  if (addresses.length === 0) return new Map()
  const known = await peopleOfRegion(trx, regionId)
  return new Map(
    known.flatMap((person) =>
      person.email && addresses.includes(person.email) ? [[person.email, person]] : [],
    ),
  )
}

const takesPlace = (session: SessionRow | undefined, now: Date) =>
  session?.status === 'planned' && session.endsAt > now

/** What is to stand in calendars: planned sessions to come, and seats that are somebody’s. */
function standing({ sessions, seats, people, sessionOf }: Table, now: Date): Subject[] {
  const led = [...sessions.values()].filter(
    (session) => takesPlace(session, now) && people.get(session.facilitatorId)?.leftOn === null,
  )
  // Who walked in is there already.
  const taken = [...seats.values()].filter(({ state, walkIn }) => state === 'seated' && !walkIn)
  return [
    ...led.map(({ id }) => ({ kind: 'workshop-session', id }) as const),
    ...taken.map(({ id }) => ({ kind: 'workshop-seat', id }) as const),
  ].filter((subject) => takesPlace(sessionOf(subject), now))
}

function appointments(workshop: WorkshopRow, table: Table) {
  return ({
    subject,
    attendee,
  }: Pick<StoredEvent, 'subject'> & Partial<Pick<StoredEvent, 'attendee'>>):
    | Appointment
    | undefined => {
    const session = table.sessionOf(subject)
    const seat = table.seats.get(subject.id)
    const facilitator = table.people.get(session?.facilitatorId ?? '')
    const person = seat
      ? table.people.get(seat.personId)
      : (table.former.get(attendee?.address ?? '') ?? facilitator)
    if (!session || !person) return undefined
    const facts = factsOf(workshop, table, session, person, seat)
    const language = table.languages.get(person.accountId ?? '') ?? 'fr'
    const reader = { firstName: person.firstName, language }
    return {
      side: seat ? 'guest' : 'host',
      subject,
      meetingId: session.id,
      person,
      language,
      answer: table.answers.get(subject.id) ?? null,
      desired: desiredOf(facts, person),
      about: (language) => sessionWords(facts, language),
      letter: (step) => sessionLetter(step, facts, reader, goneOf(workshop, table, session, seat)),
    }
  }
}

function factsOf(
  { title }: WorkshopRow,
  { people, sites, links, timeZone }: Table,
  session: SessionRow,
  person: Person,
  seat: SeatRow | undefined,
): SessionFacts {
  const site = sites.get(session.siteId ?? '')
  const town = site ? `${site.postcode} ${site.town}`.trim() : ''
  const page = links.get(person.id)
  const link = seat
    ? { kind: 'workshop', id: page?.id ?? seat.id, generation: page?.linkGeneration ?? 1 }
    : { kind: 'facilitator', id: session.id, generation: session.linkGeneration }
  return {
    role: seat ? 'participant' : 'facilitator',
    subject: seat
      ? { kind: 'workshop-seat', id: seat.id }
      : { kind: 'workshop-session', id: session.id },
    link: capabilityPlaceholder(link.kind, link.id, link.generation),
    linkGeneration: link.generation,
    title,
    timeZone,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    language: session.language,
    where: placeOf(session, site),
    place: [session.place, site?.name, site?.address, town].filter(Boolean).join(', '),
    facilitator: people.get(session.facilitatorId)?.firstName ?? '',
  }
}

/** What a session puts into a calendar; nothing without a mail address. */
function desiredOf(facts: SessionFacts, person: Person): DesiredEvent | undefined {
  if (!person.email) return undefined
  const { subject, startsAt, endsAt, place, linkGeneration } = facts
  return {
    subject,
    attendee: { name: fullName(person), address: person.email },
    startsAt,
    endsAt,
    place,
    topic: `${facts.title} (${facts.language})`,
    // Who comes is on the facilitator’s page: a mail at every seat that changes hands would be noise.
    company: facts.role === 'participant' ? [facts.facilitator] : [],
    linkGeneration,
  }
}

function goneOf(
  workshop: WorkshopRow,
  { seats }: Table,
  session: SessionRow,
  seat: SeatRow | undefined,
): GoneReason {
  if (workshop.status === 'cancelled') return 'workshop-cancelled'
  if (session.status === 'cancelled') return 'session-cancelled'
  if (!seat) return 'not-leading'
  const elsewhere = [...seats.values()].some(
    ({ id, personId, state }) => id !== seat.id && personId === seat.personId && state === 'seated',
  )
  return elsewhere ? 'elsewhere' : 'given-up'
}
