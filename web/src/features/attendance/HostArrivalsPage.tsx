import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type HostArrivals,
  arrivalsRoutes as routes,
} from '#shared/attendance/attendance.arrivals.contract.ts'
import { ApiProblem, queryFor, useCall } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { Refused } from '../../app/Refused.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ShownCode } from '../../ui/ShownCode.tsx'
import { HandOver } from '../handovers/HandOver.tsx'
import { ArrivalOf } from './ArrivalOf.tsx'
import { ArrivingGuests } from './ArrivingGuests.tsx'

/** The host on the day: the code to show, who has come, and whom to ask where one cannot come. */
export function HostArrivalsPage() {
  const { t } = useTranslation('attendance')
  const { token } = useParams({ from: '/creneau/$token/arrivees' })
  const arrivals = useQuery({
    ...queryFor(routes.hostArrivals, { params: { token } }),
    retry: false,
  })
  const { error } = arrivals
  const former = error instanceof ApiProblem && error.problem.code === 'link-renewed'
  return (
    <Page
      title={t(former ? 'arrivals.host.former' : 'arrivals.host.title')}
      lead={!former && arrivals.data && t('arrivals.host.hello', { name: arrivals.data.hostName })}
      back={<Link to={`/creneau/${token}` as '/'}>{t('arrivals.host.back')}</Link>}
      width="narrow"
    >
      <ArrivalOf query={arrivals} stale={t('arrivals.host.stale')}>
        {(data) => <Receive data={data} token={token} />}
      </ArrivalOf>
    </Page>
  )
}

function Receive({ data, token }: { data: HostArrivals; token: string }) {
  const { t } = useTranslation('attendance')
  useLive(routes.hostLive, { params: { token } }, [['api', 'slot-links', token]])
  const say = useCall(routes.hostSays)
  const here = useCall(routes.hostIsHere)
  if (data.guests.length === 0) {
    return <EmptyState title={t('arrivals.host.nobody')}>{t('arrivals.host.nobodyWhy')}</EmptyState>
  }
  return (
    <Stack gap="xl">
      {data.hostAbsence && (
        <Notice
          tone="warn"
          title={t('arrivals.host.missed')}
          action={
            <Button loading={here.isPending} onClick={() => here.mutate({ params: { token } })}>
              {t('arrivals.host.here')}
            </Button>
          }
        >
          {t('arrivals.host.missedText')}
          <Refused error={here.error} />
        </Notice>
      )}
      {data.code && data.arrivalToken && (
        <ShownCode
          words={t('arrivals.host.show')}
          code={data.code}
          link={`${window.location.origin}/arrivee/${data.arrivalToken}`}
          label={t('arrivals.host.scan')}
        />
      )}
      <Section title={t('arrivals.host.guests')} lead={t('arrivals.host.guestsWhy')}>
        <Refused error={say.error} />
        <ArrivingGuests
          guests={data.guests}
          timeZone={data.timeZone}
          open
          saying={say.isPending ? say.variables.params.placementId : undefined}
          onSay={(placementId, said) =>
            say.mutate({ params: { token, placementId }, body: { said } })
          }
        />
      </Section>
      <HandOver token={token} timeZone={data.timeZone} />
    </Stack>
  )
}
