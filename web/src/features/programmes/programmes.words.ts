import { useTranslation } from 'react-i18next'
import type { PlannedStep } from '#shared/programmes/programmes.contract.ts'
import type { Wording } from '#shared/vocabulary/content-language.ts'
import { useWords } from '../../app/words.ts'

/** The title of a story in the reader’s language, or in one it has. */
export const titleIn = (title: Wording, language: string): string =>
  Object.entries(title).find(([one]) => one === language)?.[1] ??
  title.fr ??
  Object.values(title)[0] ??
  ''

/** « Le 2 mars », « Entre le 2 mars et le 30 avril », of a story of a programme. */
export function useSpan(): (step: Pick<PlannedStep, 'earliest' | 'latest'>) => string {
  const { t } = useTranslation('programmes')
  const words = useWords()
  return ({ earliest, latest }) => {
    if (!earliest || !latest) return t('when.unknown')
    if (earliest === latest) return t('when.same', { date: words.fullDate(earliest) })
    return t('when.between', { from: words.fullDate(earliest), to: words.fullDate(latest) })
  }
}
