import { type ContentLanguage, contentLanguages } from '#shared/vocabulary/content-language.ts'

/** Every text of a written document (a reminder, a workshop), in every language, with where it stands. */
export function wordingsOf(
  value: unknown,
  path = '',
): { path: string; language: ContentLanguage; text: string }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    const language = contentLanguages.find((each) => each === key)
    return language && typeof one === 'string'
      ? [{ path, language, text: one }]
      : wordingsOf(one, path ? `${path}.${key}` : key)
  })
}

/** Whether a text is printed as its language is: no straight quotes; French spaces before its high points. */
export function typeset(text: string, language: ContentLanguage): boolean {
  if (/['"]|\.\.\./.test(text)) return false
  return language !== 'fr' || !/[^\s:] [;:!?»]|« |[^\s\u00A0\u202F«][;!?»]|coeur|soeur/.test(text)
}
