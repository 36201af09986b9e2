import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { rememberPage } from '../../app/after-sign-in.ts'
import classes from './Observations.module.css'
import { useIsReaders } from './observations.api.ts'
import { useOutbox } from './observations.outbox.ts'
import { useDeviceWords } from './observations.words.ts'

/** On every page, while something waits on this device: how many, and what they wait for. */
export function OutboxLine() {
  const { t } = useTranslation('observations')
  const device = useDeviceWords()
  const outbox = useOutbox()
  const isReaders = useIsReaders()
  const allRefused = outbox.filter(({ state }) => state === 'refused')
  const refused = allRefused.filter(isReaders).length
  const toSend = outbox.length - allRefused.length
  const needsSignIn = outbox.some(({ state }) => state === 'sign-in')
  return (
    <div role="status" className={classes.outboxLine} data-print="hide">
      {toSend > 0 && <Link to="/mes-observations">{device.toSend(toSend)}</Link>}
      {needsSignIn && (
        <Link to="/connexion" onClick={rememberPage}>
          {t('outbox.signIn')}
        </Link>
      )}
      {refused > 0 && <Link to="/mes-observations">{t('outbox.refused', { count: refused })}</Link>}
    </div>
  )
}
