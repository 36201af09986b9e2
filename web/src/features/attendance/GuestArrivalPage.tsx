import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type GuestArrival,
  arrivalsRoutes as routes,
} from '#shared/attendance/attendance.arrivals.contract.ts'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ArrivalOf } from './ArrivalOf.tsx'
import { ArrivalSaid } from './ArrivalSaid.tsx'
import classes from './Arrivals.module.css'
import { CodeForm } from './CodeForm.tsx'

/** What somebody else says about this guest shows without reloading. In milliseconds. */
const lookEvery = 15_000

/** « Je suis là »: six figures the host shows, and what to do where nobody shows any. */
export function GuestArrivalPage() {
  const { t } = useTranslation('attendance')
  const { token } = useParams({ from: '/affectation/$token/arrivee' })
  const arrival = useQuery({
    ...queryFor(routes.guestArrival, { params: { token } }),
    retry: false,
    refetchInterval: lookEvery,
  })
  const here = arrival.data?.said === 'present' || arrival.data?.said === 'partly'
  return (
    <Page
      title={t(here ? 'arrival.titleHere' : 'arrival.title')}
      lead={arrival.data && t('arrival.hello', { name: arrival.data.firstName })}
      back={<Link to={`/affectation/${token}` as '/'}>{t('arrival.back')}</Link>}
      width="narrow"
    >
      <ArrivalOf query={arrival} stale={t('arrival.stale')}>
        {(data) => (
          <Stack gap="lg">
            {data.said ? (
              <Said arrival={data} token={token} />
            ) : (
              <ByCode data={data} token={token} />
            )}
            {data.said === 'absent' && <ByCode data={data} token={token} />}
            <Host arrival={data} token={token} />
          </Stack>
        )}
      </ArrivalOf>
    </Page>
  )
}

function Said({ arrival, token }: { arrival: GuestArrival; token: string }) {
  const { t } = useTranslation('attendance')
  const here = arrival.said !== 'absent'
  return (
    <Notice
      tone={here ? 'success' : 'warn'}
      title={t(`arrival.said.${arrival.said}`)}
      action={
        here &&
        !arrival.hostAbsence && (
          <Button component={Link} to={`/affectation/${token}/observer` as '/'} variant="default">
            {t('arrival.observe')}
          </Button>
        )
      }
    >
      <ArrivalSaid one={arrival} timeZone={arrival.timeZone} />
      {!(here && arrival.hostAbsence) && t(here ? 'arrival.enjoy' : 'arrival.absentWhy')}
    </Notice>
  )
}

function ByCode({ data, token }: { data: GuestArrival; token: string }) {
  const { t } = useTranslation('attendance')
  const arrive = useCall(routes.arriveByCode)
  return (
    <CodeForm
      label={t('arrival.code', { host: data.hostName })}
      description={t('arrival.codeHint')}
      button={t('arrival.here')}
      busy={arrive.isPending}
      error={arrive.error}
      onSend={(code) => arrive.mutate({ params: { token }, body: { code } })}
    />
  )
}

/** Who has come and finds nobody says so here; the site sees it at once. */
function Host({ arrival, token }: { arrival: GuestArrival; token: string }) {
  const { t } = useTranslation('attendance')
  const words = useWords()
  const report = useCall(routes.reportHost)
  const came = useCall(routes.hostCame)
  const values = {
    host: arrival.hostName,
    site: arrival.siteName,
    at: arrival.hostAbsence ? words.hour(arrival.hostAbsence.at, arrival.timeZone) : '',
  }
  if (arrival.hostAbsence) {
    return (
      <Notice
        tone="warn"
        title={t('arrival.noHost.told', values)}
        action={
          <Button
            variant="default"
            loading={came.isPending}
            onClick={() => came.mutate({ params: { token } })}
          >
            {t('arrival.noHost.came', values)}
          </Button>
        }
      >
        {t('arrival.noHost.toldText', values)}
        <Refused error={came.error} />
      </Notice>
    )
  }
  if (!arrival.begun) {
    // Who has the host’s code has met the host.
    if (arrival.said === 'present') return null
    return <p className={classes.soft}>{t('arrival.noHost.wait', values)}</p>
  }
  return (
    <Fold title={t('arrival.noHost.title', values)}>
      <div className={classes.stack}>
        <p>{t('arrival.noHost.text', values)}</p>
        <Refused error={report.error} />
        <Button
          variant="default"
          fullWidth
          loading={report.isPending}
          onClick={() => report.mutate({ params: { token } })}
        >
          {t('arrival.noHost.report', values)}
        </Button>
      </div>
    </Fold>
  )
}
