import { useTranslation } from 'react-i18next'

/** Dates and hours as the reader writes them: « 9 h », « 9 h 30 » in French, 09:30 in English. */
export interface When {
  /** « jeudi 20 mai », from a local date. */
  date(date: string): string
  /** « jeudi 20 mai 2027 », from a local date. */
  fullDate(date: string): string
  /** « 20 mai 2027 », from a local date: for what was noted on a day, whichever of the week. */
  plainDate(date: string): string
  /** « jeu. », « 20 », « mai » of an instant: the day as the leaf of a calendar. */
  leaf(instant: Date, timeZone?: string): { weekday: string; day: string; month: string }
  /** « mai 2027 », from a `YYYY-MM`. */
  month(month: string): string
  /** « jeudi 20 mai » of an instant, where the day takes place. */
  dayOf(instant: Date, timeZone?: string): string
  /** « 9 h 30 » of an instant. */
  hour(instant: Date, timeZone?: string): string
  /** « 9 h – 12 h 30 ». */
  hours(span: { startsAt: Date; endsAt: Date }, timeZone?: string): string
  /** « 9 h – 12 h 30 », from local times. */
  clock(span: { startsAt: string; endsAt: string }): string
  /** « 20 mai à 9 h 30 », for what happened or is about to. */
  moment(instant: Date, timeZone?: string): string
  /** « jeudi 20 mai à 9 h 30 », for a deadline. */
  until(instant: Date, timeZone?: string): string
}

/** The same words for every page, so that no two pages tell one hour in two ways. */
export function whenIn(language: string): When {
  const english = language === 'en'
  const locale = english ? 'en-GB' : 'fr-FR'
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const zone = (timeZone?: string) => (timeZone ? { timeZone } : {})
  const long = { weekday: 'long', day: 'numeric', month: 'long' } as const
  // French counts the first of a month, and no other day.
  const first = (text: string) => (english ? text : text.replace(/(^|\s)1 (?=\p{L})/u, '$11er '))
  const clockTime = (time: string) => {
    if (english) return time
    const [hours, minutes] = time.split(':')
    return `${Number(hours)}\u00A0h${minutes === '00' ? '' : `\u00A0${minutes}`}`
  }
  const hour = (instant: Date, timeZone?: string) => {
    const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    const parts = format({ ...options, ...zone(timeZone) }).formatToParts(instant)
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
    return clockTime(`${part('hour')}:${part('minute')}`)
  }
  const dated = (options: Intl.DateTimeFormatOptions, instant: Date, timeZone?: string) =>
    first(format({ ...options, ...zone(timeZone) }).format(instant))
  const at = english ? ' at ' : ' à '
  // A date without a zone: noon in UTC is the same day everywhere in Europe.
  const noon = (date: string) => new Date(`${date}T12:00:00Z`)
  return {
    date: (date) => dated(long, noon(date), 'UTC'),
    fullDate: (date) => dated({ ...long, year: 'numeric' }, noon(date), 'UTC'),
    plainDate: (date) =>
      dated({ day: 'numeric', month: 'long', year: 'numeric' }, noon(date), 'UTC'),
    leaf: (instant, timeZone) => {
      const part = (options: Intl.DateTimeFormatOptions) =>
        format({ ...options, ...zone(timeZone) }).format(instant)
      return {
        weekday: part({ weekday: 'short' }),
        day: part({ day: 'numeric' }),
        month: part({ month: 'short' }),
      }
    },
    month: (month) => dated({ month: 'long', year: 'numeric' }, noon(`${month}-15`), 'UTC'),
    dayOf: (instant, timeZone) => dated(long, instant, timeZone),
    hour,
    hours: ({ startsAt, endsAt }, timeZone) =>
      `${hour(startsAt, timeZone)}\u00A0– ${hour(endsAt, timeZone)}`,
    clock: ({ startsAt, endsAt }) => `${clockTime(startsAt)}\u00A0– ${clockTime(endsAt)}`,
    moment: (instant, timeZone) =>
      dated({ day: 'numeric', month: 'long' }, instant, timeZone) + at + hour(instant, timeZone),
    until: (instant, timeZone) => dated(long, instant, timeZone) + at + hour(instant, timeZone),
  }
}

export function useWhen(): When {
  return whenIn(useTranslation().i18n.language)
}
