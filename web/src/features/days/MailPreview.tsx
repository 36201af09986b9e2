import { useTranslation } from 'react-i18next'
import type { MailPreview as Preview } from '#shared/days/days.contract.ts'
import classes from './Days.module.css'

/** A mail exactly as it will read, in a frame where nothing can run or lead anywhere. */
export function MailPreview({ mail }: { mail: Preview }) {
  const { t } = useTranslation('days')
  return (
    <figure className={classes.mail}>
      <figcaption className={classes.subject}>
        <span className={classes.soft}>{t('mail.subject')}</span> {mail.subject}
      </figcaption>
      <iframe className={classes.frame} title={t('mail.preview')} sandbox="" srcDoc={mail.html} />
    </figure>
  )
}
