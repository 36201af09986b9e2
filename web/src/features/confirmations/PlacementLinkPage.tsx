import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type Meeting,
  confirmationsRoutes as routes,
} from '#shared/confirmations/confirmations.contract.ts'
import { ApiProblem, queryFor } from '../../app/api.ts'
import { Loading } from '../../ui/Loading.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ToArrivals, useArriving } from '../attendance/ToArrivals.tsx'
import { ThankHost } from '../thanks/ThankHost.tsx'
import classes from './Confirmations.module.css'
import { type AnswerBy, MeetingAnswer } from './MeetingAnswer.tsx'
import { MeetingCard } from './MeetingCard.tsx'

/** Where a guest's mail leads, without any account. Opening it changes nothing. */
export function PlacementLinkPage() {
  const { t } = useTranslation('confirmations')
  const { token } = useParams({ from: '/affectation/$token' })
  const meeting = useQuery({
    ...queryFor(routes.placementLinkMeeting, { params: { token } }),
    retry: false,
  })
  if (meeting.data) {
    return (
      <Page
        title={t(meeting.data.state === 'open' ? 'guest.title' : 'guest.titleOver')}
        lead={t('hello', { name: meeting.data.firstName })}
        width="narrow"
      >
        <MeetingWithAnswer meeting={meeting.data} by={{ token }} />
        <ThankHost by={{ by: 'placement', token }} />
      </Page>
    )
  }
  if (meeting.isPending) return <Loading label={t('loading')} shape="cards" count={1} />
  const code = meeting.error instanceof ApiProblem ? meeting.error.problem.code : undefined
  const stale = code === 'link-expired' || code === 'link-renewed'
  if (code === 'holder-left') {
    return (
      <Page title={t('left.title')} width="narrow">
        <Notice title={meeting.error.message}>{t('left.text')}</Notice>
      </Page>
    )
  }
  return (
    <Page title={t(stale ? 'stale.title' : 'failed.title')} width="narrow">
      <Notice tone={stale ? 'info' : 'error'} title={meeting.error.message}>
        {t(stale ? 'stale.text' : 'failed.text')}
      </Notice>
    </Page>
  )
}

/** The card and its two buttons: the same by link and in the app, for hosts and for guests. */
export function MeetingWithAnswer({ meeting, by }: { meeting: Meeting; by: AnswerBy }) {
  const token = meeting.state === 'open' && by !== 'session' ? by.token : undefined
  const arriving = useArriving(meeting.kind, token)
  return (
    <div className={classes.card}>
      {token !== undefined && <ToArrivals kind={meeting.kind} token={token} />}
      <MeetingCard meeting={meeting} />
      <MeetingAnswer meeting={meeting} by={by} quiet={arriving} />
    </div>
  )
}
