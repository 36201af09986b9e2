import { useTranslation } from 'react-i18next'
import { type When, whenIn } from './when.ts'

interface Named {
  nameFr: string
  nameEn: string
}

/** Dates, hours, counts and names as the reader writes them. */
export interface Words extends When {
  count(value: number): string
  /** « 61 % » of a share between 0 and 1. */
  percent(share: number): string
  /** « 1re », « 3e », of a person in an order. */
  place(value: number): string
  /** « Léa, Karim et Inès ». */
  list(names: string[]): string
  /** « français », « anglais » of language codes. */
  languages(codes: string[]): string[]
  name(thing: Named): string
  /** The name of one of a list; nothing where it is not among them. */
  nameIn(list: (Named & { id: string })[], id: string): string
}

const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' }

function placeIn(language: string, value: number): string {
  if (language !== 'en') return value === 1 ? '1re' : `${value}e`
  const kind = new Intl.PluralRules('en', { type: 'ordinal' }).select(value)
  return `${value}${endings[kind]}`
}

/** The words of one language. */
export function wordsIn(language: string): Words {
  const locale = language === 'en' ? 'en-GB' : 'fr-FR'
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const name = ({ nameFr, nameEn }: Named) => (language === 'en' ? nameEn : nameFr)
  return {
    ...whenIn(language),
    count: (value) => number.format(value),
    percent: (share) => percent.format(share),
    place: (value) => placeIn(language, value),
    list: (names) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(names),
    languages: (codes) => {
      const names = new Intl.DisplayNames(locale, { type: 'language' })
      return codes.map((code) => names.of(code) ?? code)
    },
    name,
    nameIn: (list, id) => list.filter((one) => one.id === id).map(name)[0] ?? '',
  }
}

export function useWords(): Words {
  return wordsIn(useTranslation().i18n.language)
}
