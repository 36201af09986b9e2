import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { picturesRoutes as routes } from '#shared/observations/observations.pictures.contract.ts'
import { call } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Loading } from '../../ui/Loading.tsx'
import classes from './Observations.module.css'
import type { Amount, Part } from './observations.pictures.ts'
import { SeenCard } from './SeenCard.tsx'

/** What people wrote behind one part of a picture, fifty at a time. */
export function PictureVerbatims({
  dayId,
  part,
  amount,
  title,
}: {
  dayId: string
  part: Part
  amount: Amount
  title: string
}) {
  const { t } = useTranslation('observations')
  const pages = useInfiniteQuery({
    queryKey: ['api', 'days', dayId, 'observations', 'verbatims', part, amount.count],
    queryFn: ({ pageParam }) =>
      call(routes.verbatims, {
        params: { dayId },
        // The contract checks the values: they came with the picture.
        query: { ...(part as object), ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
  })
  const region = useRef<HTMLElement>(null)
  useEffect(() => {
    region.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const word = (scale: 'frequency' | 'severity') =>
    t(`${scale}.words.${Math.round(amount[scale])}`).toLowerCase()
  return (
    <section ref={region} className={classes.behind} aria-label={title}>
      <h3 className={classes.legend}>{title}</h3>
      <p>
        {t('map.cell', {
          frequency: word('frequency'),
          severity: word('severity'),
          count: amount.count,
        })}
      </p>
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
    </section>
  )
}
