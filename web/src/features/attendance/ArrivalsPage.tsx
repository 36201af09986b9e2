import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ArrivalBoard,
  arrivalsRoutes as routes,
} from '#shared/attendance/attendance.arrivals.contract.ts'
import type { Standing } from '#shared/attendance/attendance.vocabulary.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { useLive } from '../../app/live.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { HeartMeter } from '../../ui/HeartMeter.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { ShareBar } from '../../ui/ShareBar.tsx'
import classes from './Arrivals.module.css'
import { arrivedIn, invitedIn, markOf, reading, tones } from './attendance.standing.tsx'

/** The day as it fills: hearts site by site, live. */
export function ArrivalsPage() {
  const { t } = useTranslation('attendance')
  const { dayId } = useParams({ from: '/journees/$dayId/arrivees' })
  const words = useWords()
  const day = useQuery(queryFor(daysRoutes.day, { params: { dayId } }))
  const board = useQuery(queryFor(routes.board, { params: { dayId } }))
  const hearing = useLive(routes.boardLive, { params: { dayId } }, [
    ['api', 'days', dayId, 'arrivals'],
  ])
  return (
    <Page
      title={t('arrivals.board.title')}
      kicker={day.data && `${day.data.name} · ${words.fullDate(day.data.date)}`}
      lead={board.data?.state === 'open' && t(`arrivals.board.${hearing}`)}
      back={<BackToDay dayId={dayId} />}
    >
      <Answered query={board} shape="table">
        {(data) =>
          data.sites.length === 0 ? (
            <EmptyState title={t('arrivals.board.empty')}>
              {t('arrivals.board.emptyWhy')}
            </EmptyState>
          ) : (
            <Board board={data} dayId={dayId} timeZone={day.data?.timeZone} />
          )
        }
      </Answered>
    </Page>
  )
}

function Board({
  board,
  dayId,
  timeZone,
}: {
  board: ArrivalBoard
  dayId: string
  timeZone: string | undefined
}) {
  const { t } = useTranslation('attendance')
  const words = useWords()
  const [chosen, choose] = useState<Standing>()
  const shown = chosen ? board.sites.filter(({ tally }) => tally[chosen] > 0) : board.sites
  return (
    <>
      {board.state === 'early' && board.opensAt && (
        <Notice title={t('arrival.not.early')}>
          {t('arrival.notWhy.early', { from: words.until(board.opensAt, timeZone) })}
        </Notice>
      )}
      <ShareBar
        caption={t('arrivals.board.everybody')}
        whole={t('arrivals.board.of', {
          count: invitedIn(board.tally),
          arrived: arrivedIn(board.tally),
        })}
        parts={reading
          .filter((standing) => standing !== 'unseen' || board.tally.unseen > 0)
          .map((standing) => ({
            id: standing,
            label: t(`standing.${standing}`),
            value: board.tally[standing],
            tone: tones[standing],
            icon: markOf(standing),
          }))}
        chosen={chosen}
        onChoose={(standing) => choose(standing === chosen ? undefined : standing)}
      />
      <Section
        title={t('arrivals.board.sites')}
        lead={chosen && t('arrivals.board.only', { standing: t(`standing.${chosen}`) })}
        aside={
          chosen && (
            <Button variant="default" size="sm" onClick={() => choose(undefined)}>
              {t('arrivals.board.all')}
            </Button>
          )
        }
      >
        <ul className={classes.sites}>
          {shown.map((site) => (
            <SiteRow key={site.id} site={site} dayId={dayId} />
          ))}
        </ul>
      </Section>
    </>
  )
}

/** What of a site is said beside its hearts: what somebody may have to do something about. */
const told = ['late', 'host-absent', 'absent', 'cancelled', 'unseen'] as const

function SiteRow({ site, dayId }: { site: ArrivalBoard['sites'][number]; dayId: string }) {
  const { t } = useTranslation('attendance')
  const { tally } = site
  const counts = { arrived: arrivedIn(tally), count: invitedIn(tally) }
  return (
    <li className={classes.site}>
      <Link to={`/sites/${site.id}/journees/${dayId}/arrivees` as '/'} className={classes.siteName}>
        {site.name}
      </Link>
      <HeartMeter
        filled={counts.arrived}
        total={counts.count}
        label={t('arrivals.board.hearts', counts)}
        size={20}
      />
      <p className={classes.toSee}>
        {[
          ...(site.hostsAbsent > 0
            ? [t('arrivals.board.hostsAbsent', { count: site.hostsAbsent })]
            : []),
          ...told
            .filter((standing) => tally[standing] > 0)
            .map((standing) => t(`count.${standing}`, { count: tally[standing] })),
        ].join(' · ') || t(counts.arrived === counts.count ? 'count.all' : 'count.awaiting')}
      </p>
    </li>
  )
}
