import { useTranslation } from 'react-i18next'
import type { HandChances } from '#shared/matching/matching.contract.ts'
import { useWords } from '../../app/words.ts'
import classes from './Chance.module.css'
import { type Chance, chancesIn, chanceWord } from './signup.chances.ts'

/** « 7 sur 10 », never certain in either direction: it is an estimate. */
function useFigure() {
  const { t } = useTranslation('signup')
  return (share: number) => {
    const tenths = Math.round(share * 10)
    if (tenths === 0) return t('chances.least')
    return tenths === 10 ? t('chances.most') : t('chances.figure', { tenths })
  }
}

/** The chances of one card: a plain word, a bar, and the figure. */
export function ChanceBar({ chance }: { chance: Chance | undefined }) {
  const { t } = useTranslation('signup')
  const figure = useFigure()
  if (!chance) {
    return (
      <p className={classes.chance} data-pending>
        <span className={classes.bar} />
        {t('chances.pending')}
      </p>
    )
  }
  const percent = (share: number) => `${Math.round(100 * share)}%`
  return (
    <p className={classes.chance}>
      <span className={classes.bar} aria-hidden>
        <span data-above style={{ width: percent(chance.above) }} />
        <span style={{ width: percent(chance.share) }} />
      </span>
      <span className={classes.label}>{t('chances.label')}</span>{' '}
      <strong>{t(`chances.word.${chanceWord(chance)}`)}</strong>{' '}
      <span className={classes.figure}>{figure(chance.share)}</span>
    </p>
  )
}

/** What the figures are, what they were made from, and when. */
export function ChancesNote({
  chances,
  timeZone,
}: {
  chances: HandChances | undefined
  timeZone: string
}) {
  const { t } = useTranslation('signup')
  const words = useWords()
  const figure = useFigure()
  if (!chances) return <p className={classes.note}>{t('chances.soon')}</p>
  const all = chancesIn(chances).reduce((sum, { share }) => sum + share, 0)
  return (
    <p className={classes.note} role="status">
      <strong>{t('chances.any', { figure: figure(all) })}</strong>{' '}
      {t('chances.from', {
        count: chances.signedUp,
        hour: words.hour(chances.computedAt, timeZone),
      })}
    </p>
  )
}
