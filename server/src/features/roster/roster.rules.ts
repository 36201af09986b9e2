import type { Language } from '#shared/vocabulary/language.ts'

/** « Léa Durand »; of whoever HR knows by one name alone, that one. */
export function fullName({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return `${firstName} ${lastName}`.trim()
}

/** « Marie D. »: enough to know a colleague by, not enough for a stranger with the link. */
export const shortName = ({ firstName, lastName }: { firstName: string; lastName: string }) =>
  lastName ? `${firstName} ${[...lastName][0]}.` : firstName

/** What a role is called in the reader's language; empty where there is none. */
export function roleName(
  role: { nameFr: string; nameEn: string } | undefined,
  language: Language,
): string {
  return (language === 'fr' ? role?.nameFr : role?.nameEn) ?? ''
}
