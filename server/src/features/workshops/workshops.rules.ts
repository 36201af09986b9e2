import { dateOf } from '#server/features/days/days.rules.ts'
import { keyedHash } from '#server/platform/secrets.ts'
import type { ArrivalState } from '#shared/attendance/attendance.vocabulary.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import type {
  SeatState,
  SessionStatus,
  WorkshopAttended,
  WorkshopSayer,
} from '#shared/workshops/workshops.vocabulary.ts'

interface Hours {
  startsAt: Date
  endsAt: Date
}

/** Early birds are let in, as on the day. */
const opensBeforeMilliseconds = 3_600_000
/** A facilitator may tick people off in the week after; by then programmes have begun from it. */
const closesAfterMilliseconds = 7 * 24 * 3_600_000
/** Figures and picture travel to whoever stayed at home: they count while people are in the room. */
const selfClosesAfterMilliseconds = 3_600_000

/** Who says it of themselves, with what is shown in the room. */
const isSelf = (by: WorkshopSayer): boolean => by === 'code' || by === 'person'

/** From when attendance of a session can be said. */
export const attendingOpensAt = ({ startsAt }: Hours): Date =>
  new Date(startsAt.getTime() - opensBeforeMilliseconds)

/** Whether attendance of a session can be said now, by somebody of this kind. */
export function attendingState(
  session: Hours & { status: SessionStatus },
  seated: boolean,
  by: WorkshopSayer,
  now: Date,
): ArrivalState {
  if (session.status === 'cancelled' || !seated) return 'off'
  if (now < attendingOpensAt(session)) return 'early'
  const closesAfter = isSelf(by) ? selfClosesAfterMilliseconds : closesAfterMilliseconds
  return now.getTime() < session.endsAt.getTime() + closesAfter ? 'open' : 'closed'
}

/** Where a session lies: its own date is `today` until it ends, where the region is. */
export function phaseOf(session: Hours, timeZone: string, now: Date) {
  if (now >= session.endsAt) return 'over' as const
  return now >= attendingOpensAt(session) ||
    dateOf(now, timeZone) === dateOf(session.startsAt, timeZone)
    ? ('today' as const)
    : ('to-come' as const)
}

/** Something can still be done about a session: it is planned, and has not begun. */
export const isToCome = (session: { status: SessionStatus; startsAt: Date }, now: Date): boolean =>
  session.status === 'planned' && now < session.startsAt

/** A seat nobody else can have. */
export const isLive = ({ state }: { state: SeatState }): boolean =>
  state === 'seated' || state === 'offered'

/**
 * A seat that keeps its holder from another: to come, under way, or attended. Who missed their session
 * may be given another seat, which then takes the place of the missed one.
 */
export const isKept = (
  seat: { state: SeatState; attended: WorkshopAttended | null },
  session: { endsAt: Date } | undefined,
  now: Date,
): boolean =>
  isLive(seat) && (seat.attended === 'came' || (session !== undefined && now < session.endsAt))

/** Seats of a session that are free, walk-ins left out: they took none. */
export function freeSeats(
  session: { id: string; seats: number },
  seats: readonly { sessionId: string; state: SeatState; walkIn: boolean }[],
): number {
  const taken = seats.filter(
    (seat) => seat.sessionId === session.id && isLive(seat) && !seat.walkIn,
  )
  return Math.max(0, session.seats - taken.length)
}

const codeLength = 6

/**
 * The six figures shown in the room, derived from the session and the generation of its facilitator’s
 * link. They open nothing by themselves: only who has a seat in this very session is asked for them.
 */
export function sessionCode(secret: string, sessionId: string, generation: number): string {
  const hash = keyedHash(secret, 'workshop-code', `${sessionId}:${generation}`)
  const drawn = Number.parseInt(hash.slice(0, 12), 16) % 10 ** codeLength
  return String(drawn).padStart(codeLength, '0')
}

/** Wrong figures are misread twice or thrice; guessing a million takes longer than the hour. */
export const codesPerPerson = { purpose: 'workshop-code', limit: 10, windowMinutes: 15 }

/** Ranks below all choices: who was asked nothing, or did not say, goes where there is room. */
export const rankOfOwnLanguage = 4
export const rankOfOtherLanguage = 5

/** Somebody to be seated, with what they said and what keeps them. */
export interface Candidate {
  personId: string
  language: ContentLanguage
  /** Sessions in the order they were chosen. */
  choices: readonly string[]
  /** Hours at which they are expected elsewhere. */
  busy: readonly Hours[]
}

const overlap = (a: Hours, b: Hours) => a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** Whether somebody is known to be expected elsewhere during a session. */
export const collides = (session: Hours, busy: readonly Hours[]): boolean =>
  busy.some((hours) => overlap(hours, session))

/**
 * Where somebody may be seated, and how gladly. Who chose is taken at their word, whatever else is in
 * their diary; who did not, or chose only what is not held any more, is never seated across something
 * known, and in their own language first.
 * @param silent whether who named no session is seated at all.
 */
export function seatsFor(
  { choices, language, busy }: Candidate,
  sessions: readonly (Hours & { id: string; language: ContentLanguage })[],
  silent: boolean,
): { slot: string; rank: number }[] {
  const open = new Set(sessions.map(({ id }) => id))
  const chosen = choices.flatMap((slot, index) =>
    open.has(slot) ? [{ slot, rank: index + 1 }] : [],
  )
  if (chosen.length > 0 || !silent) return chosen
  return sessions
    .filter((session) => !collides(session, busy))
    .map((session) => ({
      slot: session.id,
      rank: session.language === language ? rankOfOwnLanguage : rankOfOtherLanguage,
    }))
}

/** Somebody who waits, in one session. */
export interface WaitingSeat {
  personId: string
  waitingSince: Date | null
  lostAt: Date | null
}

/**
 * The order of the waiting list: who lost a seat through no doing of their own, the earliest loss
 * first; then by the moment they began to wait. Everybody whom the seating left out began at the same
 * one: these follow the order drawn, as on the day.
 * @param drawn personId → place in the draw.
 */
export function workshopWaitingOrder<W extends WaitingSeat>(
  seats: readonly W[],
  drawn: ReadonlyMap<string, number>,
): W[] {
  const at = (date: Date | null) => date?.getTime() ?? Number.POSITIVE_INFINITY
  const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)
  return seats.toSorted(
    (a, b) =>
      compare(at(a.lostAt), at(b.lostAt)) ||
      compare(at(a.waitingSince), at(b.waitingSince)) ||
      (drawn.get(a.personId) ?? 0) - (drawn.get(b.personId) ?? 0),
  )
}

/** Each person once, where their first row stands. */
export function firstOfEach<W extends { personId: string }>(rows: readonly W[]): W[] {
  const seen = new Set<string>()
  return rows.filter(({ personId }) => !seen.has(personId) && seen.add(personId))
}

/** Where a session is, in one line: its room, its site and the site’s town, as far as they are said. */
export function placeOf(
  { place }: { place: string },
  site: { name: string; town: string } | undefined,
): string {
  return [place, site?.name, site?.town].filter(Boolean).join(', ')
}

/** The postal address of a session’s site; empty where it is at none. */
export const addressOf = (
  site: { address: string; postcode: string; town: string } | undefined,
): string => (site ? `${site.address}, ${site.postcode} ${site.town}` : '')
