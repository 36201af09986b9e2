import { Button, Group, Stack } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type HeatMap as HeatMapData,
  observationsRoutes as routes,
} from '#shared/observations/observations.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { call, queryFor } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { HeatMap } from '../../ui/HeatMap.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import classes from './Observations.module.css'
import { SeenCard } from './SeenCard.tsx'

type Cell = HeatMapData['cells'][number]

/** For the projector: where it hurts, irritant by role; a cell opens onto what people wrote. */
export function HeatMapPage() {
  const { t } = useTranslation('observations')
  const { dayId } = useParams({ from: '/journees/$dayId/irritants' })
  // The room watches it fill.
  const map = useQuery({
    ...queryFor(routes.heatMap, { params: { dayId } }),
    refetchInterval: 30_000,
  })
  return (
    <Page
      title={t('map.title')}
      kicker={map.data?.dayName}
      lead={t('map.lead')}
      width="full"
      back={<Link to={`/journees/${dayId}` as '/'}>{t('map.back')}</Link>}
      action={
        map.data && (
          <Group gap="xs">
            <Button component={Link} to={`/journees/${dayId}/constats` as '/'}>
              {t('map.gather')}
            </Button>
            <Button
              component={Link}
              variant="default"
              to="/regions/$regionId/irritants"
              params={{ regionId: map.data.regionId } as never}
            >
              {t('irritants.title')}
            </Button>
          </Group>
        )
      }
    >
      <Answered query={map} shape="table">
        {(data) =>
          data.cells.length === 0 ? (
            <EmptyState title={t('map.empty')}>{t('map.emptyWhy')}</EmptyState>
          ) : (
            <FilledMap dayId={dayId} map={data} />
          )
        }
      </Answered>
    </Page>
  )
}

function FilledMap({ dayId, map }: { dayId: string; map: HeatMapData }) {
  const { t } = useTranslation('observations')
  const words = useWords()
  const [opened, setOpened] = useState<{ row: string; column: string }>()
  const cellOf = (row: string, column: string) =>
    map.cells.find(({ irritantId, roleId }) => irritantId === row && roleId === column)
  const line = (item: { id: string; nameFr: string; nameEn: string }) => ({
    id: item.id,
    label: words.name(item),
  })
  const cell = opened && cellOf(opened.row, opened.column)
  const total = map.cells.reduce((sum, { count }) => sum + count, 0)
  const mean = (key: 'frequency' | 'severity') =>
    map.cells.reduce((sum, one) => sum + one[key] * one.count, 0) / total
  return (
    <Stack gap="xl">
      <Figures>
        <Figure value={total} label={t('map.total', { count: total })} />
        {(['frequency', 'severity'] as const).map((scale) => (
          <Figure
            key={scale}
            value={t(`${scale}.words.${Math.round(mean(scale))}`)}
            label={t(`map.${scale}`)}
          />
        ))}
      </Figures>
      <HeatMap
        caption={t('map.caption')}
        corner={t('map.corner')}
        rows={map.irritants.map(line)}
        columns={map.roles.map(line)}
        value={(row, column) => cellOf(row, column)?.count ?? 0}
        describe={(_, __, count) => t('map.said', { count })}
        onOpen={(row, column) => setOpened({ row, column })}
        {...(opened ? { opened } : {})}
      />
      {cell ? (
        <Verbatims
          key={`${cell.irritantId} ${cell.roleId}`}
          dayId={dayId}
          cell={cell}
          title={[
            map.irritants.find(({ id }) => id === cell.irritantId),
            map.roles.find(({ id }) => id === cell.roleId),
          ]
            .flatMap((item) => (item ? [words.name(item)] : []))
            .join(' · ')}
        />
      ) : (
        <p>{t('map.tap')}</p>
      )}
    </Stack>
  )
}

function Verbatims({ dayId, cell, title }: { dayId: string; cell: Cell; title: string }) {
  const { t } = useTranslation('observations')
  const params = { dayId, irritantId: cell.irritantId, roleId: cell.roleId }
  const pages = useInfiniteQuery({
    queryKey: [
      'api',
      'days',
      dayId,
      'observations',
      'cells',
      cell.irritantId,
      cell.roleId,
      cell.count,
    ],
    queryFn: ({ pageParam }) =>
      call(routes.verbatims, { params, ...(pageParam ? { query: { after: pageParam } } : {}) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
  })
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    region.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div ref={region}>
      <Section
        title={title}
        lead={t('map.cell', {
          frequency: t(`frequency.words.${Math.round(cell.frequency)}`).toLowerCase(),
          severity: t(`severity.words.${Math.round(cell.severity)}`).toLowerCase(),
          count: cell.count,
        })}
      >
        <Stack>
          <Refused error={pages.error} />
          {pages.isPending && <Loading label={t('map.loading')} shape="cards" />}
          <ul className={classes.cards}>
            {pages.data?.pages
              .flatMap(({ verbatims }) => verbatims)
              .map((one) => (
                <SeenCard
                  key={one.id}
                  seen={one}
                  who={one.firstName ?? t('unsigned')}
                  warning={one.unmasked && t('unmasked')}
                />
              ))}
          </ul>
          {pages.hasNextPage && (
            <Button
              variant="default"
              loading={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {t('map.more')}
            </Button>
          )}
        </Stack>
      </Section>
    </div>
  )
}
