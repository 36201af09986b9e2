import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  arrivalsRoutes as routes,
  type SiteArrivals,
} from '#shared/attendance/attendance.arrivals.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { HeartMeter } from '../../ui/HeartMeter.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { HandoverSeen } from '../handovers/HandoverSeen.tsx'
import classes from './Arrivals.module.css'
import { ArrivingGuests } from './ArrivingGuests.tsx'
import { StandIn } from './StandIn.tsx'

/** A site’s meetings of the day: one tap for each guest, and what to do about a missing host. */
export function SiteArrivalsPage() {
  const { t } = useTranslation('attendance')
  const params = useParams({ from: '/sites/$siteId/journees/$dayId/arrivees' })
  const { dayId } = params
  const arrivals = useQuery(queryFor(routes.ofSite, { params }))
  const hearing = useLive(routes.boardLive, { params: { dayId } }, [
    ['api', 'days', dayId],
    ['api', 'slots'],
  ])
  return (
    <Page
      title={
        arrivals.data
          ? t('arrivals.site.title', { site: arrivals.data.siteName })
          : t('arrivals.board.title')
      }
      lead={t(`arrivals.board.${hearing}`)}
      back={<Link to={`/journees/${dayId}/arrivees` as '/'}>{t('arrivals.site.back')}</Link>}
      action={
        <Button
          component={Link}
          to={`/sites/${params.siteId}/journees/${dayId}` as '/'}
          variant="default"
        >
          {t('arrivals.site.offers')}
        </Button>
      }
    >
      <Answered query={arrivals} shape="table">
        {(data) =>
          data.slots.length === 0 ? (
            <EmptyState title={t('arrivals.board.empty')}>{t('arrivals.site.emptyWhy')}</EmptyState>
          ) : (
            <Stack gap="xl">
              {data.slots.map((slot) => (
                <Meeting key={slot.slotId} slot={slot} {...params} timeZone={data.timeZone} />
              ))}
            </Stack>
          )
        }
      </Answered>
    </Page>
  )
}

const there = ['present', 'partly', 'host-absent']

function Meeting({
  slot,
  siteId,
  dayId,
  timeZone,
}: {
  slot: SiteArrivals['slots'][number]
  siteId: string
  dayId: string
  timeZone: string
}) {
  const { t, i18n } = useTranslation('attendance')
  const words = useWords()
  const say = useCall(routes.say, { refresh: [['api', 'days']] })
  const open = slot.state === 'open'
  const invited = slot.guests.filter(({ standing }) => standing !== 'cancelled')
  const counts = {
    arrived: invited.filter(({ standing }) => there.includes(standing)).length,
    count: invited.length,
  }
  return (
    <Section
      title={slot.hostName}
      lead={`${i18n.language === 'en' ? slot.roleEn : slot.roleFr} · ${words.hours(slot, timeZone)}`}
      aside={
        <HeartMeter
          filled={counts.arrived}
          total={counts.count}
          label={t('arrivals.board.hearts', counts)}
          size={20}
        />
      }
    >
      <HandoverSeen dayId={dayId} slotId={slot.slotId} timeZone={timeZone} />
      <Refused error={say.error} />
      <ArrivingGuests
        guests={slot.guests}
        timeZone={timeZone}
        open={open}
        saying={say.isPending ? say.variables.params.placementId : undefined}
        onSay={(placementId, said) => say.mutate({ params: { placementId }, body: { said } })}
      />
      {!open && slot.state !== 'off' && (
        <p className={classes.soft}>{t(`arrival.not.${slot.state}`)}</p>
      )}
      <div className={classes.hostActs}>
        {open && <Host slot={slot} timeZone={timeZone} />}
        {slot.replaceable && <StandIn siteId={siteId} dayId={dayId} {...slot} />}
      </div>
    </Section>
  )
}

function Host({ slot, timeZone }: { slot: SiteArrivals['slots'][number]; timeZone: string }) {
  const { t } = useTranslation('attendance')
  const words = useWords()
  const absent = useCall(routes.sayHostAbsent, { refresh: [['api', 'days']] })
  const came = useCall(routes.sayHostCame, { refresh: [['api', 'days']] })
  const params = { slotId: slot.slotId }
  const values = { host: slot.hostName }
  const { hostAbsence } = slot
  return (
    <>
      <Refused error={absent.error ?? came.error} />
      {hostAbsence ? (
        <Notice
          tone="warn"
          title={t('arrivals.site.hostAbsent', values)}
          action={
            <Button
              variant="default"
              loading={came.isPending}
              onClick={() => came.mutate({ params })}
            >
              {t('arrivals.site.hostCame', values)}
            </Button>
          }
        >
          {t(`said.by.${hostAbsence.by}`, { at: words.hour(hostAbsence.at, timeZone) })}
        </Notice>
      ) : (
        <Button
          variant="default"
          size="sm"
          loading={absent.isPending}
          onClick={() => absent.mutate({ params })}
        >
          {t('arrivals.site.sayHostAbsent', values)}
        </Button>
      )}
    </>
  )
}
