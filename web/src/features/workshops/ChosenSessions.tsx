import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import classes from './LinkedWorkshop.module.css'
import { SessionTicket } from './SessionTicket.tsx'
import type { LinkedPart } from './WorkshopLinkPage.tsx'

/** What was asked for, and what happens next; changed as long as one may choose. */
export function ChosenSessions({
  standing,
  workshop,
  token: _,
  onChange,
}: LinkedPart & {
  standing: 'answered' | 'declined' | 'awaiting' | 'cancelled'
  onChange: () => void
}) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const { choices, sessions, choosing, chooseUntil, timeZone } = workshop
  const chosen = choices.flatMap((id) => sessions.find((one) => one.id === id) ?? [])
  const until = chooseUntil ? words.until(chooseUntil, timeZone) : ''
  return (
    <div className={classes.stack}>
      <Notice
        tone={standing === 'answered' ? 'success' : 'info'}
        title={t(`linked.${standing}.what`, { until })}
        action={
          choosing && (
            <Button variant="default" onClick={onChange}>
              {t(`linked.${standing === 'declined' ? 'declined' : 'answered'}.change`)}
            </Button>
          )
        }
      >
        {t(`linked.${standing}.text`, { until })}
      </Notice>
      {standing !== 'cancelled' && chosen.length > 0 && (
        <ol className={classes.sessions} aria-label={t('choose.yours')}>
          {chosen.map((session, place) => (
            <li key={session.id}>
              <SessionTicket
                session={session}
                timeZone={timeZone}
                level={2}
                off={session.status !== 'to-come'}
                mark={
                  <span className={classes.rank} aria-hidden>
                    {place + 1}
                  </span>
                }
              >
                {session.status === 'cancelled' && <p>{t('session.cancelled')}</p>}
              </SessionTicket>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
