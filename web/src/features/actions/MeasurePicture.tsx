import { useTranslation } from 'react-i18next'
import type { Measure, Taken } from '#shared/actions/actions.contract.ts'
import { useWords } from '../../app/words.ts'
import classes from './Actions.module.css'

/** Before and after as two bars of one scale, each with its number and its date. */
export function MeasurePicture({ measure }: { measure: Measure }) {
  const { t } = useTranslation('actions')
  const { before, after } = measure
  const scale = Math.max(Math.abs(before?.value ?? 0), Math.abs(after?.value ?? 0)) || 1
  return (
    <figure className={classes.measure}>
      <figcaption>{measure.name}</figcaption>
      <Bar label={t('measure.before')} taken={before} unit={measure.unit} scale={scale} />
      <Bar label={t('measure.after')} taken={after} unit={measure.unit} scale={scale} isAfter />
    </figure>
  )
}

function Bar({
  label,
  taken,
  unit,
  scale,
  isAfter = false,
}: {
  label: string
  taken: Taken | null
  unit: string
  /** The value that fills the whole width. */
  scale: number
  isAfter?: boolean
}) {
  const { t } = useTranslation('actions')
  const words = useWords()
  return (
    <div className={classes.bar} data-after={isAfter || undefined}>
      <span className={classes.barLabel}>{label}</span>
      {taken ? (
        <>
          <span className={classes.track} aria-hidden>
            <span style={{ width: `${(100 * Math.abs(taken.value)) / scale}%` }} />
          </span>
          <span className={classes.value}>
            <strong>{[words.count(taken.value), unit].filter(Boolean).join('\u00A0')}</strong>{' '}
            <span className={classes.quiet}>{words.plainDate(taken.on)}</span>
          </span>
        </>
      ) : (
        <span className={classes.quiet}>{t('measure.notYet')}</span>
      )}
    </div>
  )
}
