import { useTranslation } from 'react-i18next'
import type { DrawingName } from '../../ui/drawings/Drawing.tsx'

/** Dates, hours, counts and names as the reader writes them. */
export interface Words {
  /** « jeudi 20 mai », from a local date. */
  date(date: string): string
  /** « 20 mai » of an instant, where the day takes place. */
  dayOf(instant: Date, timeZone: string): string
  /** « 9 h – 12 h 30 ». */
  hours(hours: { startsAt: Date; endsAt: Date }, timeZone: string): string
  /** « 9 h – 12 h 30 », from local times. */
  clock(hours: { startsAt: string; endsAt: string }): string
  count(value: number): string
  name(thing: { nameFr: string; nameEn: string }): string
}

export function wordsIn(language: string): Words {
  const locale = language === 'en' ? 'en-GB' : 'fr-FR'
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const long = format({ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  const number = new Intl.NumberFormat(locale)
  const hour = (instant: Date, timeZone: string) => {
    const parts = format({ hour: 'numeric', minute: '2-digit', timeZone }).formatToParts(instant)
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
    if (language === 'en') return `${part('hour').padStart(2, '0')}:${part('minute')}`
    const minutes = part('minute') === '00' ? '' : `\u00A0${part('minute')}`
    return `${Number(part('hour'))}\u00A0h${minutes}`
  }
  const clockTime = (time: string) => {
    if (language === 'en') return time
    const [hours, minutes] = time.split(':')
    return `${Number(hours)}\u00A0h${minutes === '00' ? '' : `\u00A0${minutes}`}`
  }
  return {
    clock: ({ startsAt, endsAt }) => `${clockTime(startsAt)}\u00A0– ${clockTime(endsAt)}`,
    // A date without a zone: noon in UTC is the same day everywhere in Europe.
    date: (date) =>
      long
        .format(new Date(`${date}T12:00:00Z`))
        .replace(/ 1 (?=\p{L})/u, language === 'en' ? ' 1 ' : ' 1er '),
    dayOf: (instant, timeZone) =>
      format({ weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(instant),
    hours: ({ startsAt, endsAt }, timeZone) =>
      `${hour(startsAt, timeZone)}\u00A0– ${hour(endsAt, timeZone)}`,
    count: (value) => number.format(value),
    name: ({ nameFr, nameEn }) => (language === 'en' ? nameEn : nameFr),
  }
}

export function useWords(): Words {
  return wordsIn(useTranslation().i18n.language)
}

/** The roles' drawings are named by the database; ours by their component. */
export function drawingOf(drawing: string): DrawingName {
  return drawing === 'callback' ? 'callBack' : (drawing as DrawingName)
}

/** What stands in the corner of a role's card. */
export const indexOf = (name: string): string => name.slice(0, 1).toUpperCase()
