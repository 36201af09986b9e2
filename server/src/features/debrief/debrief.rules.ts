import { createHash } from 'node:crypto'
import { morningOf } from '#server/features/days/days.rules.ts'
import { releaseInstant } from '#server/features/observations/observations.rules.ts'
import type { Tally } from '#shared/debrief/debrief.contract.ts'
import { fewestBallots, type Step, steps } from '#shared/debrief/debrief.vocabulary.ts'

/** Whether a session may be opened: from the first minute of the day itself, where it is. */
export function isTimeToDebrief(day: { date: string; timeZone: string }, now: Date): boolean {
  return morningOf(day).toJSDate() <= now
}

/** Whether one step leads to the other, on or back; behind the curtain there is no way back. */
export function isNeighbour(from: Step, to: Step): boolean {
  return Math.abs(steps.indexOf(from) - steps.indexOf(to)) === 1
}

/** Whether the curtain is up: ballots are counted and gone. */
export const isCounted = (step: Step): boolean => step === 'decide' || step === 'closed'

/** Whether hearts can be shown without telling who gave them. */
export const isTellable = (ballots: number | null): ballots is number =>
  ballots !== null && ballots >= fewestBallots

/** Cards come two minutes after the marks of the clock at which anonymous ones leave the intake. */
const afterMarkMinutes = 2

/**
 * Whether a named observation may come to the wall: it waits as long as an anonymous one does, so
 * that neither shows by coming earlier. The wait follows from its id, and is the same every time.
 */
export function isDue(one: { id: string; observedAt: Date }, now: Date): boolean {
  const drawn = createHash('sha256').update(`wall ${one.id}`).digest().readUInt32BE(0)
  const mark = releaseInstant(one.observedAt, (below) => drawn % below)
  return mark.getTime() + afterMarkMinutes * 60_000 <= now.getTime()
}

/** Findings as a room decides on them: most hearts first, then most seen, then by name. */
export function byHearts<T extends { hearts: number; observationCount: number; title: string }>(
  findings: readonly T[],
): T[] {
  return findings.toSorted(
    (a, b) =>
      b.hearts - a.hearts ||
      b.observationCount - a.observationCount ||
      a.title.localeCompare(b.title, 'fr'),
  )
}

/** An irritant and a role that the pictures tell together. */
interface Pair {
  irritantId: string
  roleId: string
}

/** Adds the cards of a pile up by what one may choose; a role only of the pairs that are told. */
export function tallyOf(
  kinds: readonly (Pair & { moment: string; count: number })[],
  told: readonly Pair[],
): Tally {
  const keyOf = ({ irritantId, roleId }: Pair) => `${irritantId} ${roleId}`
  const isTold = new Set(told.map(keyOf))
  const by = (key: keyof Tally, own = kinds) =>
    [...Map.groupBy(own, (kind) => kind[key])].map(([id, same]) => ({
      id,
      count: same.reduce((sum, { count }) => sum + count, 0),
    }))
  return {
    irritantId: by('irritantId'),
    roleId: by(
      'roleId',
      kinds.filter((kind) => isTold.has(keyOf(kind))),
    ),
    moment: by('moment'),
  }
}
