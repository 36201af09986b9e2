import { useTranslation } from 'react-i18next'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import { Page } from '../../ui/Page.tsx'
import { HandOver } from '../handovers/HandOver.tsx'
import { ReceivedThanks } from '../thanks/ReceivedThanks.tsx'
import { MeetingWithAnswer } from './PlacementLinkPage.tsx'

/** The host's page once the plan is published: who comes, and whether it still suits. */
export function HostMeetingPage({ meeting, token }: { meeting: Meeting; token: string }) {
  const { t } = useTranslation('confirmations')
  const open = meeting.state === 'open'
  return (
    <Page
      title={t(
        !open ? 'host.titleOver' : meeting.company.length > 0 ? 'host.title' : 'host.titleNobody',
      )}
      lead={t(open && meeting.company.length > 0 ? 'host.hello' : 'hello', {
        name: meeting.firstName,
      })}
      width="narrow"
    >
      <ReceivedThanks by={{ by: 'slot', token }} />
      <MeetingWithAnswer meeting={meeting} by={{ token }} />
      {open && <HandOver token={token} timeZone={meeting.day.timeZone} />}
    </Page>
  )
}
