import { useTranslation } from 'react-i18next'
import { type Step, steps } from '#shared/debrief/debrief.vocabulary.ts'
import classes from './Debrief.module.css'

/** The session as five words, the present one filled. Counting belongs to voting. */
export function StepsLine({ step }: { step: Step }) {
  const { t } = useTranslation('debrief')
  const present = step === 'count' ? 'vote' : step
  return (
    <ol className={classes.steps} aria-label={t('steps.label')}>
      {steps
        .filter((one) => one !== 'count')
        .map((one) => (
          <li key={one} aria-current={one === present ? 'step' : undefined}>
            {t(`steps.${one}`)}
          </li>
        ))}
    </ol>
  )
}
