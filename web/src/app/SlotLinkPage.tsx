import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { confirmationsRoutes } from '#shared/confirmations/confirmations.contract.ts'
import { HostMeetingPage } from '../features/confirmations/HostMeetingPage.tsx'
import { HostPage } from '../features/slots/HostPage.tsx'
import { Loading } from '../ui/Loading.tsx'
import { queryFor } from './api.ts'

/** One link for a host's slot: the offer to answer before publication, who comes after it. */
export function SlotLinkPage() {
  const { t } = useTranslation('app')
  const { token } = useParams({ from: '/creneau/$token' })
  const meeting = useQuery({
    ...queryFor(confirmationsRoutes.slotLinkMeeting, { params: { token } }),
    retry: false,
  })
  if (meeting.isPending) return <Loading label={t('loading')} shape="cards" count={1} />
  // Whatever is wrong with the link, the offer's page says it.
  if (!meeting.data || meeting.data.state === 'too-early') return <HostPage />
  return <HostMeetingPage meeting={meeting.data} token={token} />
}
