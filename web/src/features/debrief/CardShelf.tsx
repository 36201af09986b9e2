import { Button, SegmentedControl, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Desk, type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { mostShown } from '#shared/debrief/debrief.vocabulary.ts'
import { call, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Debrief.module.css'
import { deskKeys } from './debrief.api.ts'
import { SeenOnWall } from './Wall.tsx'

type Which = 'yes' | 'no'

/** What waits to be read, and what the room sees: each card one press from the other pile. */
export function CardShelf({ desk, room }: { desk: Desk; room: Room }) {
  const { t } = useTranslation('debrief')
  const { dayId } = room
  const params = { dayId }
  const [shown, setShown] = useState<Which>('no')
  const move = useCall(routes.show, { refresh: deskKeys(dayId) })
  const pages = useInfiniteQuery({
    queryKey: ['api', 'days', dayId, 'debrief', 'cards', shown],
    queryFn: ({ pageParam }) =>
      call(routes.cards, { params, query: { shown, ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const cards = pages.data?.pages.flatMap((page) => page.cards) ?? []
  // What may hold a name is shown by itself, never among others.
  const together = (shown === 'no' ? cards.filter((card) => !card.unmasked) : cards)
    .slice(0, mostShown)
    .map(({ id }) => id)
  const press = (ids: string[]) => move.mutate({ params, body: { ids, shown: shown === 'no' } })
  return (
    <Section title={t('shelf.title')} lead={t('shelf.lead')}>
      <Stack>
        <SegmentedControl
          className={classes.piles}
          aria-label={t('shelf.piles')}
          value={shown}
          onChange={(value) => setShown(value as Which)}
          data={[
            { value: 'no', label: t('shelf.waiting', { count: desk.waitingCards }) },
            { value: 'yes', label: t('shelf.shown', { count: room.cards.length }) },
          ]}
        />
        <Refused error={move.error ?? pages.error} />
        {pages.isPending && <Loading label={t('shelf.loading')} shape="cards" />}
        {pages.isSuccess && cards.length === 0 && (
          <EmptyState title={t(`shelf.empty.${shown}`)}>{t(`shelf.emptyWhy.${shown}`)}</EmptyState>
        )}
        <ul className={classes.wall}>
          {cards.map((card) => (
            <li key={card.id} className={classes.card}>
              <SeenOnWall card={card} irritants={desk.irritants} />
              {card.unmasked && <p className={classes.warning}>{t('shelf.unmasked')}</p>}
              <Button
                variant={shown === 'no' ? 'filled' : 'default'}
                disabled={move.isPending}
                onClick={() => press([card.id])}
              >
                {shown === 'no' ? t('shelf.show') : t('shelf.hide')}
              </Button>
            </li>
          ))}
        </ul>
        {together.length > 1 && (
          <Button variant="default" disabled={move.isPending} onClick={() => press(together)}>
            {shown === 'no'
              ? t('shelf.showAll', { count: together.length })
              : t('shelf.hideAll', { count: together.length })}
          </Button>
        )}
        {pages.hasNextPage && (
          <Button
            variant="subtle"
            color="ink"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('shelf.more')}
          </Button>
        )}
      </Stack>
    </Section>
  )
}
