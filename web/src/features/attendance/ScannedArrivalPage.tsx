import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  arrivalsRoutes as routes,
  type ScannedArrivals,
} from '#shared/attendance/attendance.arrivals.contract.ts'
import { call, queryFor } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ArrivalOf } from './ArrivalOf.tsx'
import classes from './Arrivals.module.css'

/** Where the host’s picture leads whoever scans it: « who are you? », one press. Opening says nothing. */
export function ScannedArrivalPage() {
  const { t } = useTranslation('attendance')
  const { token } = useParams({ from: '/arrivee/$token' })
  const scanned = useQuery({ ...queryFor(routes.scanned, { params: { token } }), retry: false })
  return (
    <Page
      title={
        scanned.data ? t('scan.title', { host: scanned.data.hostName }) : t('scan.titleWaiting')
      }
      width="narrow"
    >
      <ArrivalOf query={scanned} stale={t('arrival.stale')}>
        {(data) => <WhoAreYou data={data} token={token} />}
      </ArrivalOf>
    </Page>
  )
}

function WhoAreYou({ data, token }: { data: ScannedArrivals; token: string }) {
  const { t } = useTranslation('attendance')
  const client = useQueryClient()
  const arrive = useMutation({
    mutationFn: (placementId: string) =>
      call(routes.arriveByScan, { params: { token, placementId } }),
    // Also after a refusal: somebody may have moved meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: ['api'] }),
  })
  const done = arrive.data?.guests.find(({ placementId }) => placementId === arrive.variables)
  if (done) {
    return (
      <Notice tone="success" title={t('scan.done', { name: done.name })}>
        {t('arrival.enjoy')}
      </Notice>
    )
  }
  const awaited = data.guests.filter(({ said }) => said === null || said === 'absent')
  const here = data.guests.length - awaited.length
  return (
    <div className={classes.stack}>
      <h2 className={classes.question}>{t('scan.who')}</h2>
      <Refused error={arrive.error} />
      {awaited.map(({ placementId, name }) => (
        <Button
          key={placementId}
          size="lg"
          fullWidth
          variant={awaited.length === 1 ? 'filled' : 'default'}
          loading={arrive.isPending && arrive.variables === placementId}
          disabled={arrive.isPending}
          onClick={() => arrive.mutate(placementId)}
        >
          {t('scan.me', { name })}
        </Button>
      ))}
      {awaited.length === 0 && <Notice title={t('scan.all')}>{t('scan.notListed')}</Notice>}
      {awaited.length > 0 && here > 0 && (
        <p className={classes.soft}>{t('scan.already', { count: here })}</p>
      )}
      {awaited.length > 0 && <p className={classes.soft}>{t('scan.notListed')}</p>}
    </div>
  )
}
