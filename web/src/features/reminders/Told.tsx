import { createContext, useContext } from 'react'
import type { ContentLanguage, Wording } from '#shared/vocabulary/content-language.ts'

/** The language a story is read in, which may not be the screen’s. */
export const StoryLanguage = createContext<ContentLanguage>('fr')

const marks: Record<ContentLanguage, readonly [string, string]> = {
  fr: ['«\u00a0', '\u00a0»'],
  en: ['“', '”'],
  nl: ['‘', '’'],
}

/** A text of the story in the reader’s language; in quotation marks where somebody says it. */
export function Told({ text, spoken = false }: { text: Wording; spoken?: boolean }) {
  const language = useContext(StoryLanguage)
  const words = text[language] ?? ''
  const [before, after] = marks[language]
  return <span lang={language}>{spoken && words ? before + words + after : words}</span>
}
