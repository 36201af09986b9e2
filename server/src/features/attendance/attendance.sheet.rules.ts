import { morningOf } from '#server/features/days/days.rules.ts'
import type { Contact } from '#shared/attendance/attendance.sheet.contract.ts'

/**
 * When people of a day can be reached: from its midnight to the next one where it takes place. Not
 * 24 hours when the clocks change.
 */
export function reachOf(
  day: { date: string; timeZone: string },
  now: Date,
): { from: Date; until: Date; open: boolean } {
  const midnight = morningOf(day)
  const from = midnight.toJSDate()
  const until = midnight.plus({ days: 1 }).toJSDate()
  return { from, until, open: from <= now && now < until }
}

/** Outside the day a first name is enough to look forward to somebody, and all that is told. */
export const withheld = (contact: Contact): Contact => ({
  ...contact,
  lastName: null,
  phone: null,
  email: null,
})
