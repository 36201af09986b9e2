import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Became as BecameShape } from '#shared/actions/actions.returning.contract.ts'
import { useWords } from '../../app/words.ts'
import classes from './Actions.module.css'

/** « Ce que c’est devenu »: received, grouped with others, answered; as far as it has come. */
export function Became({ became, dayId }: { became: BecameShape | null; dayId: string }) {
  const { t } = useTranslation('actions')
  const words = useWords()
  return (
    <div className={classes.became}>
      <p className={classes.becameTitle}>{t('became.title')}</p>
      <ol className={classes.steps}>
        <li>{t('became.received')}</li>
        {became && <li>{t('became.grouped', { finding: became.finding })}</li>}
        {became?.actions.map((action) => (
          <li key={`${action.title} ${action.status}`} data-status={action.status}>
            <strong>{t(`became.${action.status}`)}</strong> {action.title}
            {action.reason && <span className={classes.becameReason}>{action.reason}</span>}
            {action.decidedAt && (
              <span className={classes.quiet}> {words.dayOf(action.decidedAt)}</span>
            )}
          </li>
        ))}
        {!became && <li data-next>{t('became.next')}</li>}
        {became?.actions.length === 0 && <li data-next>{t('became.undecided')}</li>}
      </ol>
      {became !== null && became.actions.length > 0 && (
        <Link to="/journees/$dayId/ce-qui-a-change" params={{ dayId }}>
          {t('became.changes')}
        </Link>
      )}
    </div>
  )
}
