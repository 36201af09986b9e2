import { type KitLine, type KitSection, titledSections } from '#shared/kits/kits.vocabulary.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'

/** « français », « English », « Nederlands »: a language as its own readers call it. */
export const ownName = (language: ContentLanguage): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language

/** Whether the lines of a part begin with a few words of their own. */
export const isTitled = (section: KitSection): boolean =>
  titledSections.some((one) => one === section)

/** The lines of the first list that the second does not have, word for word. */
export const linesOnlyIn = (lines: KitLine[], others: KitLine[]): KitLine[] =>
  lines.filter(
    ({ title, text }) => !others.some((other) => other.title === title && other.text === text),
  )
