import { useTranslation } from 'react-i18next'
import { type When, whenIn } from '../../app/when.ts'
import type { DrawingName } from '../../ui/drawings/Drawing.tsx'

/** Dates, hours, counts and names as the reader writes them. */
export interface Words extends When {
  count(value: number): string
  name(thing: { nameFr: string; nameEn: string }): string
}

export function wordsIn(language: string): Words {
  const number = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'fr-FR')
  return {
    ...whenIn(language),
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
