import { DateTime } from 'luxon'
import type { Language } from '#shared/vocabulary/language.ts'
import { dateOf } from './days.rules.ts'

/** « jeudi 20 mai » or « Thursday 20 May », from a local date. */
export function dateWords(date: string, language: Language): string {
  const local = DateTime.fromISO(date, { zone: 'utc', locale: language })
  const first = language === 'fr' && local.day === 1
  return `${local.toFormat('cccc')} ${first ? '1er' : local.day} ${local.toFormat('LLLL')}`
}

/** « 8 h 45 » or « 08:45 », in the day's own time zone. */
export function timeWords(instant: Date, timeZone: string, language: Language): string {
  const local = DateTime.fromJSDate(instant, { zone: timeZone })
  if (language === 'en') return local.toFormat('HH:mm')
  const minutes = local.minute === 0 ? '' : `\u00A0${local.toFormat('mm')}`
  return `${local.hour}\u00A0h${minutes}`
}

/** « jeudi 12 mai à 10 h » or « Thursday 12 May at 10:00 ». */
export function instantWords(instant: Date, timeZone: string, language: Language): string {
  const date = dateWords(dateOf(instant, timeZone), language)
  return `${date} ${language === 'fr' ? 'à' : 'at'} ${timeWords(instant, timeZone, language)}`
}

/** « de 9 h à 12 h 30 » or « 09:00 to 12:30 ». */
export function hoursWords(
  hours: { startsAt: Date; endsAt: Date },
  timeZone: string,
  language: Language,
): string {
  const from = timeWords(hours.startsAt, timeZone, language)
  const to = timeWords(hours.endsAt, timeZone, language)
  return language === 'fr' ? `de ${from} à ${to}` : `${from} to ${to}`
}
