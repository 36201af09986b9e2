import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type Workshop,
  type WorkshopSession,
} from '#shared/workshops/workshops.offers.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Seats } from './DirectedTicket.tsx'
import { SessionChange } from './SessionChange.tsx'
import { SessionSeats } from './SessionSeats.tsx'
import classes from './Workshops.module.css'
import { facilitatorMissing, placeOf } from './workshops.sessions.ts'

/** One hour of a workshop for its director: how full it is, who sits there, and what can change. */
export function SessionPage() {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const params = useParams({ from: '/regions/$regionId/ateliers/$workshopId/$sessionId' })
  const { regionId, workshopId, sessionId } = params
  const workshop = useQuery(queryFor(routes.workshop, { params: { workshopId } }))
  useLive(routes.workshopsLive, { params: { regionId } }, [
    ['api', 'workshops', workshopId],
    ['api', 'workshop-sessions', sessionId],
  ])
  const session = workshop.data?.sessions.find(({ id }) => id === sessionId)
  const { timeZone } = workshop.data ?? {}
  return (
    <Page
      title={
        session
          ? t('session.title', { date: words.dayOf(session.startsAt, timeZone) })
          : t('sessions.title')
      }
      kicker={workshop.data?.title}
      lead={
        session &&
        [words.hours(session, timeZone), placeOf(session), session.facilitatorName].join(' · ')
      }
      back={
        <Link to="/regions/$regionId/ateliers/$workshopId" params={{ regionId, workshopId }}>
          {t('seating.back')}
        </Link>
      }
    >
      <Answered query={workshop} shape="lines">
        {(read) =>
          session ? (
            <Session workshop={read} session={session} />
          ) : (
            <EmptyState title={t('session.unknown')} />
          )
        }
      </Answered>
    </Page>
  )
}

function Session({ workshop, session }: { workshop: Workshop; session: WorkshopSession }) {
  const { t } = useTranslation('workshops')
  if (session.status === 'cancelled') {
    return <Notice title={t('session.cancelled')}>{t('session.cancelledText')}</Notice>
  }
  const { status } = workshop
  const missing = facilitatorMissing(session)
  return (
    <>
      {missing && (
        <Notice tone="warn" title={t(`session.${missing}`, { name: session.facilitatorName })}>
          {t('session.facilitatorLeftText')}
        </Notice>
      )}
      <div className={classes.fields}>
        <Seats session={session} workshop={workshop} size={26} />
      </div>
      {status === 'seated' ? (
        <SessionSeats workshop={workshop} session={session} />
      ) : (
        <Notice title={t('session.notSeated')}>{t(`session.notSeatedText.${status}`)}</Notice>
      )}
      {session.phase === 'to-come' && status !== 'cancelled' && (
        <Fold title={t('session.change')} open={missing !== null}>
          <div className={classes.stack}>
            <SessionChange key={session.version} workshop={workshop} session={session} />
            <CancelSession workshop={workshop} session={session} />
          </div>
        </Fold>
      )}
    </>
  )
}

function CancelSession({ workshop, session }: { workshop: Workshop; session: WorkshopSession }) {
  const { t } = useTranslation(['workshops', 'app'])
  const cancel = useCall(routes.cancelSession)
  const [asking, setAsking] = useState(false)
  const { id: sessionId, version, seated } = session
  const told = workshop.status === 'seated' ? seated : 0
  return (
    <div>
      <Refused error={cancel.error} />
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('session.cancel')}
      </Button>
      <ConfirmDialog
        danger
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          cancel.mutate(
            { params: { sessionId }, body: { version } },
            { onSettled: () => setAsking(false) },
          )
        }
        title={t('session.cancelAsk')}
        confirm={t('session.cancelConfirm')}
        cancel={t('notYet')}
        close={t('app:close')}
        busy={cancel.isPending}
      >
        {told > 0 ? t('session.cancelText', { count: told }) : t('session.cancelQuiet')}
      </ConfirmDialog>
    </div>
  )
}
