import type { Workshop, WorkshopSession } from '#shared/workshops/workshops.offers.contract.ts'

/** Where a session is, as every contract tells it. */
export interface HeldSession {
  /** Empty where it is at none of the region’s sites. */
  siteName: string
  town: string
  place: string
}

/** « Nantes Centre, salle Loire »; the place alone where it is at none of the region's sites. */
export const placeOf = ({ siteName, place }: HeldSession): string =>
  [siteName, place].filter(Boolean).join(', ')

const held = ({ status }: WorkshopSession) => status === 'planned'

/** Sessions that take place, the nearest first. */
export const heldSessions = ({ sessions }: Pick<Workshop, 'sessions'>): WorkshopSession[] =>
  sessions.filter(held).toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime())

/** Why somebody else is to lead a session, as a word of the catalogue; null where all is well. */
export function facilitatorMissing({ facilitatorLeft, facilitatorSaid, phase }: WorkshopSession) {
  if (facilitatorLeft) return 'facilitatorLeft' as const
  return facilitatorSaid === 'no' && phase !== 'over' ? ('facilitatorDeclined' as const) : null
}

const isOver = ({ phase, status }: WorkshopSession) => phase === 'over' || status === 'cancelled'

/** All sessions, those one can still act on first, each by its hour. */
export const nextFirst = (sessions: WorkshopSession[]): WorkshopSession[] =>
  sessions.toSorted(
    (one, other) =>
      Number(isOver(one)) - Number(isOver(other)) ||
      one.startsAt.getTime() - other.startsAt.getTime(),
  )

const sum = (sessions: WorkshopSession[], of: (session: WorkshopSession) => number) =>
  sessions.reduce((total, session) => total + of(session), 0)

/** What the sessions of a workshop hold together; what is free or waited for only where it is to come. */
export function seatsOf(workshop: Pick<Workshop, 'sessions'>) {
  const sessions = heldSessions(workshop)
  const seats = sum(sessions, (one) => one.seats)
  const toCome = sessions.filter(({ phase }) => phase !== 'over')
  return {
    seats,
    seated: sum(sessions, (one) => one.seated),
    free: sum(toCome, (one) => Math.max(0, one.seats - one.seated - one.offered)),
    waiting: sum(toCome, (one) => one.waiting),
    came: sum(sessions, (one) => one.came ?? 0),
  }
}

/**
 * Where a workshop stands, as its director acts on it: the words of the catalogue and the one next
 * step hang on it. `today` wins over everything people wait for.
 */
export type Standing = 'preparing' | 'choosing' | 'seated' | 'today' | 'over' | 'cancelled'

/** See `Standing`. */
export function standingOf(workshop: Workshop): Standing {
  const { status } = workshop
  if (status !== 'seated') return status
  const sessions = heldSessions(workshop)
  if (sessions.some(({ phase }) => phase === 'today')) return 'today'
  return sessions.some(({ phase }) => phase === 'to-come') ? 'seated' : 'over'
}
