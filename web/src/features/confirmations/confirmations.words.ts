import { useTranslation } from 'react-i18next'
import { whenIn } from '../../app/when.ts'
import type { DrawingName } from '../../ui/drawings/Drawing.tsx'

/** Dates and hours where the day takes place, as the reader writes them. */
export function useWords() {
  const { i18n } = useTranslation()
  const english = i18n.language === 'en'
  const when = whenIn(i18n.language)
  return {
    ...when,
    date: when.dayOf,
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
