import { DateTime } from 'luxon'
import type { Day } from '#shared/days/days.contract.ts'
import type { StandardPeriod } from '#shared/days/days.vocabulary.ts'

/**
 * An instant from a local date (`YYYY-MM-DD`) and time (`HH:MM`) in an IANA zone. An hour that comes
 * twice in October is its first; one that March leaves out is as much later as the clock jumps
 * (RFC 5545 3.3.5). Left alone, luxon takes the first or the second by the season it is asked in.
 */
export function instantOf(date: string, time: string, timeZone: string): Date {
  const local = DateTime.fromISO(`${date}T${time}`, { zone: timeZone })
  if (!local.isValid) throw new Error(`not a local time: ${date} ${time} in ${timeZone}`)
  return new Date(Math.min(...local.getPossibleOffsets().map((one) => one.toMillis())))
}

/** When a period happens on its day; the zone's daylight saving is accounted for. */
export function periodInstants(
  day: Pick<Day, 'date' | 'timeZone'>,
  period: { startsAt: string; endsAt: string },
): { startsAt: Date; endsAt: Date } {
  return {
    startsAt: instantOf(day.date, period.startsAt, day.timeZone),
    endsAt: instantOf(day.date, period.endsAt, day.timeZone),
  }
}

/** A deadline given as a date runs to the end of it: the last minute people read on a clock. */
export function endOfDate(date: string, timeZone: string): Date {
  return instantOf(date, '23:59', timeZone)
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function dateOf(instant: Date, timeZone: string): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toISODate() ?? ''
}

/** The local time of an instant, `HH:MM`. */
export function timeOf(instant: Date, timeZone: string): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toFormat('HH:mm')
}

/**
 * Deadlines counted back from the day: offers close three weeks before, sign-up two, confirmations
 * three days. A day planned with less than four weeks to go keeps the same proportions.
 */
export function defaultDeadlines(
  date: string,
  today: string,
): { offersCloseOn: string; signUpClosesOn: string; confirmUntil: string } {
  const day = DateTime.fromISO(date, { zone: 'utc' })
  const lead = Math.max(0, day.diff(DateTime.fromISO(today, { zone: 'utc' }), 'days').days)
  const before = (days: number) => day.minus({ days }).toISODate() ?? date
  return {
    offersCloseOn: before(Math.min(21, Math.floor((lead * 3) / 4))),
    signUpClosesOn: before(Math.min(14, Math.floor(lead / 2))),
    confirmUntil: before(Math.min(3, Math.floor(lead / 8))),
  }
}

export const defaultPeriods: readonly {
  code: StandardPeriod
  nameFr: string
  nameEn: string
  startsAt: string
  endsAt: string
}[] = [
  { code: 'morning', nameFr: 'Matin', nameEn: 'Morning', startsAt: '09:00', endsAt: '12:30' },
  {
    code: 'afternoon',
    nameFr: 'Après-midi',
    nameEn: 'Afternoon',
    startsAt: '13:30',
    endsAt: '17:00',
  },
  { code: 'whole-day', nameFr: 'Journée', nameEn: 'Whole day', startsAt: '09:00', endsAt: '17:00' },
]

/** What fits no irritant of the region: it says nothing without a few words. */
export const otherIrritant = 'other'

/** The four irritants of the first edition and what fits none of them; a region adds its own. */
export const defaultIrritants = [
  {
    code: 'waiting-on-the-phone',
    nameFr: 'Attente au téléphone',
    nameEn: 'Waiting on the phone',
  },
  { code: 'waiting-in-the-shop', nameFr: 'Attente en boutique', nameEn: 'Waiting in the shop' },
  {
    code: 'fault-not-solved',
    nameFr: 'Problème technique non résolu',
    nameEn: 'Technical fault not solved',
  },
  {
    code: 'too-many-contacts',
    nameFr: 'Multiplicité des interlocuteurs',
    nameEn: 'Too many people to talk to',
  },
  { code: otherIrritant, nameFr: 'Autre chose', nameEn: 'Something else' },
] as const

export type DayState = Pick<
  Day,
  | 'date'
  | 'timeZone'
  | 'signUpOpenedAt'
  | 'signUpClosedAt'
  | 'signUpClosesAt'
  | 'publishedAt'
  | 'cancelledAt'
>

/** Whether wishes can be given and changed at this instant. */
export function isSignUpOpen(day: DayState, now: Date): boolean {
  return (
    day.signUpOpenedAt !== null &&
    day.signUpClosedAt === null &&
    day.publishedAt === null &&
    day.cancelledAt === null &&
    now <= day.signUpClosesAt
  )
}

/** The first midnight of a day where it takes place; hours are counted from it by the calendar. */
export function morningOf(day: Pick<Day, 'date' | 'timeZone'>): DateTime {
  return DateTime.fromISO(day.date, { zone: day.timeZone }).startOf('day')
}

/** The day itself, where it takes place: colleagues stand beside each other. */
export const isTheDay = (day: Pick<Day, 'date' | 'timeZone'>, now: Date): boolean =>
  dateOf(now, day.timeZone) === day.date

/**
 * When people are at work, and mails that ask something of them leave (decision 86): from nine to
 * six where the day takes place, Monday to Friday. Public holidays are not known.
 */
export const workingHours = { opens: 9, closes: 18 }

export const isWorkingDay = ({ weekday }: Pick<DateTime, 'weekday'>): boolean => weekday <= 5

export function isWorkingHour(now: Date, timeZone: string): boolean {
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  const { opens, closes } = workingHours
  return isWorkingDay(local) && local.hour >= opens && local.hour < closes
}

/** Over from the midnight that ends its date, where it takes place. */
export function isOver(day: Pick<Day, 'date' | 'timeZone'>, now: Date): boolean {
  return dateOf(now, day.timeZone) > day.date
}

/**
 * Public holidays of France (Code du travail, article L3133-1), `MM-DD` of a year; those of other
 * countries, of Alsace-Moselle and of overseas are not known.
 */
function frenchHolidays(year: number): string[] {
  const easter = easterSunday(year)
  const movable = [1, 39, 50].map((days) => easter.plus({ days }).toFormat('MM-dd'))
  return ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25', ...movable]
}

/** Gregorian Easter (Meeus, Astronomical Algorithms, chapter 8, after Jones and Butcher). */
function easterSunday(year: number): DateTime {
  const golden = year % 19
  const [century, rest] = [Math.floor(year / 100), year % 100]
  const leaps = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - leaps + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const days = epact + weekday - 7 * late + 114
  return DateTime.utc(year, Math.floor(days / 31), (days % 31) + 1)
}

const holidaysOfYear = new Map<number, ReadonlySet<string>>()

/** Monday to Friday and no public holiday, as far as the zone tells the country. */
export function isWorkingDate(date: string, timeZone: string): boolean {
  const weekday = new Date(`${date}T00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  if (timeZone !== 'Europe/Paris') return true
  const year = Number(date.slice(0, 4))
  const holidays = holidaysOfYear.get(year) ?? new Set(frenchHolidays(year))
  holidaysOfYear.set(year, holidays)
  return !holidays.has(date.slice(5))
}
