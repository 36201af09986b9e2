import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'

/** The language of the screen where the story is told in it, else the first it is told in. */
export const languageToRead = (told: readonly ContentLanguage[], screen: string): ContentLanguage =>
  told.find((language) => language === screen) ?? told[0] ?? 'fr'
