import { morningOf } from '#server/features/days/days.rules.ts'

export { smallestGroup } from './observations.folding.rules.ts'

/** People come home, sleep on it, and still write within the week. */
export const daysToObserve = 7

/**
 * From when to when a day can be observed: from its first midnight in its own time zone until
 * seven whole days after it.
 */
export function observingWindow(day: { date: string; timeZone: string }): {
  opensAt: Date
  closesAt: Date
} {
  const morning = morningOf(day)
  return {
    opensAt: morning.toJSDate(),
    closesAt: morning.plus({ days: daysToObserve + 1 }).toJSDate(),
  }
}

/** Whether one can observe now; a cancelled day has nothing to see. */
export function isObservable(
  day: { date: string; timeZone: string; cancelledAt: Date | null },
  now: Date,
): boolean {
  const { opensAt, closesAt } = observingWindow(day)
  return day.cancelledAt === null && opensAt <= now && now < closesAt
}

/** Below five, a site and a role together come close to a name. */
export const smallestCrowd = 5

/** Somebody who takes part in a day, and where: at one site, in one role. */
export interface Participation {
  personId: string
  siteId: string
  roleId: string
  as: 'guest' | 'host'
}

/**
 * The site of an anonymous observation, kept only where at least five different people took part
 * in this very role at this very site: the role is stored as well, so the crowd is counted for both.
 */
export function siteOfCrowd(
  participations: readonly Participation[],
  siteId: string | null,
  roleId: string,
): string | null {
  if (siteId === null) return null
  const crowd = new Set(
    participations
      .filter((one) => one.siteId === siteId && one.roleId === roleId)
      .map((one) => one.personId),
  )
  return crowd.size >= smallestCrowd ? siteId : null
}

const soonestMinutes = 10
const latestMinutes = 60
/** Releases share the marks of the clock, so that several leave the intake together. */
const markMinutes = 5

/**
 * When an anonymous observation leaves the intake: one of the five-minute marks between ten and
 * sixty minutes from now, each as likely, so that neither the instant nor the order tells when it
 * was written.
 * @param draw gives a whole number from 0 up to, not including, its argument.
 */
export function releaseInstant(now: Date, draw: (below: number) => number): Date {
  const mark = markMinutes * 60_000
  const first = Math.ceil((now.getTime() + soonestMinutes * 60_000) / mark)
  const last = Math.floor((now.getTime() + latestMinutes * 60_000) / mark)
  return new Date((first + draw(last - first + 1)) * mark)
}

/** A new array in an order that tells nothing (Fisher and Yates, as Durstenfeld wrote it). */
export function shuffled<T>(items: readonly T[], draw: (below: number) => number): T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = draw(last + 1)
    ;[result[last], result[other]] = [result[other]!, result[last]!]
  }
  return result
}
