import { say } from '#server/platform/i18n.ts'
import type { Report } from '#shared/reports/reports.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'

type Named = { id: string; nameFr: string; nameEn: string }

/** The name of one of a list; null stands for those told only together. */
export function nameIn(list: readonly Named[], id: string | null, language: Language): string {
  const found = list.find((one) => one.id === id)
  if (!found) return say(language, 'reports:together')
  return language === 'en' ? found.nameEn : found.nameFr
}

/** What a file of the report is called: « Rapport Vis ma vie 2027-05-20 ». */
export const fileNameOf = ({ dayName, date }: Report, language: Language, what: string): string =>
  say(language, 'reports:fileName', { what, day: dayName.replace(/[/\\:*?"<>|]/g, ' '), date })
