import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './Answers.module.css'

/** « Anonyme » in two lines, with the way to the whole of it. */
export function AnonymousPromise() {
  const { t } = useTranslation('answers')
  return (
    <>
      {t('promise')}{' '}
      <Link to="/anonymat" hash="reminders" className={classes.link}>
        {t('promiseMore')}
      </Link>
    </>
  )
}
