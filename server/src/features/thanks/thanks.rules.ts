import { DateTime } from 'luxon'
import { isObservable } from '#server/features/observations/observations.rules.ts'

/** Cards leave Monday to Friday between these hours of the day’s place: after work, all at once. */
const opens = 18
const closes = 21

export function isEvening(timeZone: string, now: Date): boolean {
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  return local.weekday <= 5 && local.hour >= opens && local.hour < closes
}

/**
 * The evening on which a card written now leaves: the first of a working day that has not begun.
 * @returns its date, `YYYY-MM-DD` where the day took place.
 */
export function leavesOn(timeZone: string, now: Date): string {
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  let evening = local.hour < opens ? local : local.plus({ days: 1 })
  while (evening.weekday > 5) evening = evening.plus({ days: 1 })
  return evening.toISODate()!
}

/** From the hour they meet, for as long as one observes. */
export function cardWindow(
  day: { date: string; timeZone: string; cancelledAt: Date | null },
  slot: { startsAt: Date },
  now: Date,
): 'early' | 'open' | 'closed' {
  if (now < slot.startsAt && !day.cancelledAt) return 'early'
  return isObservable(day, now) ? 'open' : 'closed'
}
