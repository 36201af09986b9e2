import { useTranslation } from 'react-i18next'
import type { WishTold } from '#shared/matching/matching.contract.ts'
import { useWords } from '../../app/words.ts'
import { useWishReason } from './matching.words.ts'
import classes from './WishReasons.module.css'

/** What became of each wish, a line a wish: the same words for the guest and for the director. */
export function WishReasons({ wishes }: { wishes: WishTold[] }) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const reason = useWishReason()
  return (
    <ol className={classes.wishes}>
      {wishes.map((wish) => {
        const where = {
          any: t('wish.anywhere'),
          town: t('wish.town'),
          near: t('wish.near', { kilometres: wish.radiusKm }),
          site: wish.siteName ?? '',
        }[wish.place]
        const when = wish.period ? words.name(wish.period) : t('wish.anyPeriod')
        return (
          <li key={wish.rank} data-outcome={wish.outcome}>
            <div className={classes.head}>
              <strong>{wish.role ? words.name(wish.role) : t('wish.anyRole')}</strong>
              <span className={classes.outcome}>{t(`wish.outcome.${wish.outcome}`)}</span>
            </div>
            <small>{`${where} · ${when}`}</small>
            <p>{reason(wish)}</p>
          </li>
        )
      })}
    </ol>
  )
}
