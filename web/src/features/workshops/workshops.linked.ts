import type { LinkedSession, LinkedWorkshop } from '#shared/workshops/workshops.links.contract.ts'

/**
 * Where somebody stands in a workshop they were asked to; the words and the buttons of their page
 * hang on it. `awaiting`: the time to choose is over and seats are not given yet.
 */
export type LinkedStanding =
  | 'asked'
  | 'answered'
  | 'declined'
  | 'awaiting'
  | 'offered'
  | 'seated'
  | 'arriving'
  | 'came'
  | 'absent'
  | 'waiting'
  | 'unseated'
  | 'cancelled'

/** See `LinkedStanding`. */
export function linkedStandingOf(workshop: LinkedWorkshop): LinkedStanding {
  const { status, seat, choosing, declined, choices } = workshop
  if (status === 'cancelled') return 'cancelled'
  if (seat?.attended) return seat.attended
  if (seat?.state === 'offered') return 'offered'
  if (seat) return seat.canArrive ? 'arriving' : 'seated'
  if (choosing) return declined ? 'declined' : choices.length > 0 ? 'answered' : 'asked'
  if (status !== 'seated') return 'awaiting'
  return workshop.sessions.some(({ waitingPlace }) => waitingPlace !== null)
    ? 'waiting'
    : 'unseated'
}

/** Sessions something can still be done with, the nearest first. */
export const sessionsToCome = ({ sessions }: LinkedWorkshop): LinkedSession[] =>
  sessions
    .filter(({ status }) => status === 'to-come')
    .toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime())

/** The session of one’s seat, whatever became of it. */
export const seatedSession = ({ seat, sessions }: LinkedWorkshop): LinkedSession | undefined =>
  sessions.find(({ id }) => id === seat?.sessionId)
