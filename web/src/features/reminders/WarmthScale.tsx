import { useTranslation } from 'react-i18next'
import type { Warmth } from '#shared/reminders/reminders.story.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import classes from './WarmthScale.module.css'

/** From grey to warm, with a card where one reaction stands, and numbers where the others do. */
export function WarmthScale({
  warmth,
  others = [],
}: {
  warmth: Warmth
  /** Each with the number it has in the list below. */
  others?: readonly { number: number; warmth: Warmth }[]
}) {
  const { t } = useTranslation('reminders')
  return (
    <div className={classes.scale}>
      <div className={classes.track} role="img" aria-label={t(`scale.${warmth}`)}>
        {others.map((other) => (
          <span key={other.number} className={classes.other} data-warmth={other.warmth}>
            {other.number}
          </span>
        ))}
        <span className={classes.mine} data-warmth={warmth}>
          <Pip size={20} />
        </span>
      </div>
      <p className={classes.ends} aria-hidden>
        <span>{t('scale.grey')}</span>
        <span>{t('scale.warm')}</span>
      </p>
    </div>
  )
}
