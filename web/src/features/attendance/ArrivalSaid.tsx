import { useTranslation } from 'react-i18next'
import type { ArrivingGuest } from '#shared/attendance/attendance.arrivals.contract.ts'
import { useWords } from '../../app/words.ts'
import classes from './Arrivals.module.css'

/** Who said it, when, and what somebody else had said before; nothing where nobody said anything. */
export function ArrivalSaid({
  one,
  timeZone,
}: {
  one: Pick<ArrivingGuest, 'said' | 'by' | 'at' | 'before' | 'beforeBy'>
  timeZone: string
}) {
  const { t } = useTranslation('attendance')
  const words = useWords()
  const { said, by, at, before, beforeBy } = one
  if (!said || !by || !at) return null
  return (
    <p className={classes.soft}>
      {t(`said.by.${by}`, { at: words.hour(at, timeZone) })}
      {before && beforeBy && (
        <> · {t(`said.before.${beforeBy}`, { said: t(`said.${before}`).toLowerCase() })}</>
      )}
    </p>
  )
}
