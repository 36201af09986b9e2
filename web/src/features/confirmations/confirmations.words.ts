import { useTranslation } from 'react-i18next'
import type { DrawingName } from '../../ui/drawings/Drawing.tsx'

type Span = { startsAt: Date; endsAt: Date }

/** Dates and hours where the day takes place, as the reader writes them. */
export function useWords() {
  const { i18n } = useTranslation()
  const english = i18n.language === 'en'
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(english ? 'en-GB' : 'fr-FR', options)
  const hour = (instant: Date, timeZone: string) => {
    const parts = format({ hour: '2-digit', minute: '2-digit', timeZone }).formatToParts(instant)
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
    if (english) return `${part('hour')}:${part('minute')}`
    const minutes = part('minute') === '00' ? '' : `\u00A0${part('minute')}`
    return `${Number(part('hour'))}\u00A0h${minutes}`
  }
  return {
    date: (instant: Date, timeZone: string) =>
      format({ weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(instant),
    hour,
    hours: ({ startsAt, endsAt }: Span, timeZone: string) =>
      `${hour(startsAt, timeZone)}\u00A0– ${hour(endsAt, timeZone)}`,
    moment: (instant: Date) =>
      format({ day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }).format(instant),
    count: (value: number) => new Intl.NumberFormat(english ? 'en-GB' : 'fr-FR').format(value),
    list: (names: string[]) =>
      new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names),
    languages: (codes: string[]) => {
      const names = new Intl.DisplayNames(i18n.language, { type: 'language' })
      return codes.map((code) => names.of(code) ?? code)
    },
    name: ({ nameFr, nameEn }: { nameFr: string; nameEn: string }) => (english ? nameEn : nameFr),
  }
}

/** The roles' drawings are named by the database; ours by their component. */
export function drawingOf(drawing: string): DrawingName {
  return drawing === 'callback' ? 'callBack' : (drawing as DrawingName)
}
