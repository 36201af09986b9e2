const aDay = 86_400_000

/** So many days after a local date, `YYYY-MM-DD`. */
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * aDay).toISOString().slice(0, 10)

const weekdayOf = (date: string) => new Date(Date.parse(date)).getUTCDay()

/** A week to answer, and three days between the last answer and the first session to tell people. */
export function lastDayToChoose(today: string, firstSession: string | undefined): string {
  const week = daysAfter(today, 7)
  if (!firstSession) return week
  const before = daysAfter(firstSession, -3)
  const tomorrow = daysAfter(today, 1)
  const wished = before < week ? before : week
  return wished < tomorrow ? tomorrow : wished
}

/** The Monday of a local date’s week. */
const mondayOf = (date: string) => daysAfter(date, -((weekdayOf(date) + 6) % 7))

/** Monday to Friday of some weeks, each a row, from the week of a local date on. */
export const weeksFrom = (date: string, weeks: number): string[][] =>
  Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 5 }, (_, day) => daysAfter(mondayOf(date), week * 7 + day)),
  )

const minutesOf = (time: string) => {
  const [hours, minutes] = time.split(':').map(Number)
  return hours! * 60 + minutes!
}

/** A time of day so many minutes later, at the latest just before midnight. */
export function minutesAfter(time: string, minutes: number): string {
  const at = Math.min(minutesOf(time) + minutes, 23 * 60 + 59)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(at / 60))}:${two(at % 60)}`
}

/** Between two times of a day, in minutes. */
export const minutesBetween = (from: string, to: string): number => minutesOf(to) - minutesOf(from)

/** Hours as a form writes them, where the session is held. */
export function localHours(span: { startsAt: Date; endsAt: Date }, timeZone: string) {
  // Sweden writes times of day as forms do.
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' })
  return { startsAt: time.format(span.startsAt), endsAt: time.format(span.endsAt) }
}
