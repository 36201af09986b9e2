import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Moment, moments } from '#shared/observations/observations.contract.ts'
import classes from './Observations.module.css'

/** The customer's journey as a little path, from discovering to leaving; radio buttons underneath. */
export function MomentPath({
  value,
  onChange,
  error,
}: {
  value: Moment | undefined
  onChange: (moment: Moment) => void
  error?: string
}) {
  const { t } = useTranslation('observations')
  const id = useId()
  return (
    <fieldset className={classes.fieldset} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={classes.legend}>{t('moment')}</legend>
      {error && (
        <p id={`${id}-error`} className={classes.error}>
          {error}
        </p>
      )}
      <div className={classes.path}>
        {moments.map((moment) => (
          <label key={moment} className={classes.stop}>
            <input
              type="radio"
              name={id}
              className={classes.radio}
              checked={moment === value}
              onChange={() => onChange(moment)}
            />
            <span className={classes.dot} aria-hidden />
            <span className={classes.stopWords}>
              <span className={classes.stopName}>{t(`moments.${moment}.name`)}</span>
              <span className={classes.stopHint}>{t(`moments.${moment}.hint`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
