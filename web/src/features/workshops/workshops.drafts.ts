import type { SessionInput, WorkshopSession } from '#shared/workshops/workshops.offers.contract.ts'
import type { ChosenPerson } from '../roster/roster.person.ts'
import { minutesAfter, minutesBetween } from './workshops.dates.ts'

/** A session as it is being written: nobody may lead it yet. */
export type SessionDraft = Omit<SessionInput, 'facilitatorId'> & {
  key: string
  facilitator: ChosenPerson | null
}

/** A group one still talks with, in an ordinary meeting room. */
const usualSeats = 12

/** The first session of a workshop; nobody minds ten o’clock. */
const first: Omit<SessionDraft, 'key' | 'date'> = {
  siteId: null,
  place: '',
  facilitator: null,
  seats: usualSeats,
  startsAt: '10:00',
  endsAt: '11:00',
  language: 'fr',
}

/** A session on a date: like the one before it, and after it where both are on one day. */
export function sessionOn(
  date: string,
  { at, language }: { at: SessionDraft[]; language: SessionDraft['language'] },
): SessionDraft {
  const like = at.findLast((one) => one.date === date) ?? at.at(-1)
  const key = crypto.randomUUID()
  if (!like) return { ...first, language, key, date }
  const apart = like.date === date ? minutesBetween(like.startsAt, like.endsAt) + 30 : 0
  return {
    ...like,
    key,
    date,
    startsAt: minutesAfter(like.startsAt, apart),
    endsAt: minutesAfter(like.endsAt, apart),
  }
}

/** A session there is, to be written anew; nobody leads it where whoever did has left. */
export const draftOf = (
  session: WorkshopSession,
  hours: { startsAt: string; endsAt: string },
): SessionDraft => {
  const { id, siteId, place, seats, date, language, facilitatorLeft } = session
  const facilitator = { id: session.facilitatorId, name: session.facilitatorName }
  return {
    key: id,
    siteId,
    place,
    seats,
    date,
    language,
    ...hours,
    facilitator: facilitatorLeft ? null : facilitator,
  }
}

/** What is still to be said of a session, as the words of the catalogue; nothing where all is. */
export function missingOf({ facilitator, siteId, place, startsAt, endsAt }: SessionDraft) {
  if (!siteId && place.trim() === '') return 'place'
  if (!facilitator) return 'facilitator'
  return startsAt < endsAt ? undefined : 'hours'
}

/** What the server is told of a session of which nothing is missing. */
export function inputOf({ key: _, facilitator, ...said }: SessionDraft): SessionInput {
  return { ...said, place: said.place.trim(), facilitatorId: facilitator?.id ?? '' }
}
