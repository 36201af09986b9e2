import { useTranslation } from 'react-i18next'
import type { PlanNumbers, PlanReason } from '#shared/matching/matching.vocabulary.ts'

interface Told {
  rank: number | null
  reason: PlanReason
  numbers: PlanNumbers
}

/**
 * A reason in two sentences with its numbers. `to` is who reads: the guest is spoken to, the
 * director is told. Only counts are ever in it, never another person.
 */
export function useReason(to: 'guest' | 'director') {
  const { t } = useTranslation('matching')
  return ({ rank, reason, numbers }: Told): string => {
    const values = {
      rank: rank ?? 0,
      firstPlaces: t('places', { count: numbers.firstPlaces }),
      firstAsked: t('people', { count: numbers.firstAsked }),
      places: t('places', { count: numbers.places }),
      asked: t('people', { count: numbers.asked }),
      free: t('places', { count: numbers.free }),
      wishes: t('wishes', { count: numbers.wishes }),
    }
    const variant =
      reason === 'later-wish' && numbers.firstPlaces === 0
        ? 'later-wish-none'
        : reason === 'by-hand' && rank === null
          ? 'by-hand-outside'
          : reason
    return t(`${to}.${variant}`, values)
  }
}
