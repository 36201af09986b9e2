import { useTranslation } from 'react-i18next'
import type { WishTold } from '#shared/matching/matching.contract.ts'
import type { PlanNumbers, PlanReason } from '#shared/matching/matching.vocabulary.ts'
import { useWords } from '../../app/words.ts'

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
        : (reason === 'by-hand' || reason === 'taken') && rank === null
          ? `${reason}-outside`
          : reason
    return t(`${to}.${variant}`, values)
  }
}

/**
 * What became of one wish in a few sentences: what there was, who asked, and what granting it would
 * have changed for others, who are only ever counted.
 */
export function useWishReason() {
  const { t } = useTranslation('matching')
  const words = useWords()
  const ordinal = (rank: number) => t(`wish.ordinal.${rank}`)

  function told({ outcome, places, asked }: WishTold): string {
    const people = asked.reduce((sum, count) => sum + count, 0)
    const ranks = asked.flatMap((count, index) =>
      count === 0
        ? []
        : [t('wish.askedAt', { people: words.count(count), rank: ordinal(index + 1) })],
    )
    return t(`wish.why.${outcome}`, {
      places: t('places', { count: places }),
      asked: t('people', { count: people }),
      ranks: words.list(ranks),
    })
  }

  function changeOf({ from, to, people }: NonNullable<WishTold['cost']>['moves'][number]): string {
    const kind = to === 0 ? 'loses' : from === 0 ? 'gains' : 'moves'
    return t(`wish.${kind}`, { count: people, from: ordinal(from), to: ordinal(to) })
  }

  return (wish: WishTold): string => {
    const { cost } = wish
    if (!cost) return told(wish)
    const changes = words.list(cost.moves.map(changeOf))
    const price = changes && t(cost.placed < 0 ? 'wish.costPlace' : 'wish.cost', { changes })
    return [told(wish), price, cost.even && t('wish.even')].filter(Boolean).join(' ')
  }
}
