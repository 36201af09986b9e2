import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PlayingCard } from '../../ui/PlayingCard.tsx'
import classes from './LinkedWorkshop.module.css'
import { OtherSessions } from './OtherSessions.tsx'
import type { LinkedPart } from './WorkshopLinkPage.tsx'
import { sessionsToCome } from './workshops.linked.ts'

/** A card still face down: why, where one stands in line, and what is free. */
export function NoSeat({
  standing,
  justLeft,
  workshop,
  token,
}: LinkedPart & { standing: 'waiting' | 'unseated'; justLeft: boolean }) {
  const { t } = useTranslation('workshops')
  if (sessionsToCome(workshop).length === 0) {
    return <EmptyState title={t('linked.over.what')}>{t('linked.over.text')}</EmptyState>
  }
  const free = sessionsToCome(workshop).some((session) => session.free > 0)
  return (
    <div className={classes.stack}>
      {justLeft ? (
        <Notice tone="success" title={t('linked.gaveUp.what')}>
          {t('linked.gaveUp.text')}
        </Notice>
      ) : (
        <>
          <div className={classes.back}>
            <PlayingCard index="" title="" faceDown backLabel={t('linked.faceDown')} />
          </div>
          <Notice title={t(`linked.${standing}.what`)}>
            {t(free ? 'linked.unseated.free' : `linked.${standing}.text`)}
          </Notice>
        </>
      )}
      <OtherSessions workshop={workshop} token={token} />
    </div>
  )
}
