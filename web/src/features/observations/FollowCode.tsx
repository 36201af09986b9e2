import { useTranslation } from 'react-i18next'
import classes from './Observations.module.css'
import { spelled } from './observations.secret.ts'

/** The code in groups of five, large enough to copy onto paper, and where it is asked for. */
export function FollowCode({ code }: { code: string }) {
  const { t } = useTranslation('observations')
  return (
    <div>
      <p className={classes.code}>{spelled(code)}</p>
      <p className={classes.codeWhere}>
        {t('sent.codeWhere', { address: `${location.host}/mes-observations` })}
      </p>
    </div>
  )
}
