import { Button, SegmentedControl, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Desk, type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { mostShown } from '#shared/debrief/debrief.vocabulary.ts'
import { call, useCall } from '../../app/api.ts'
import { usePortion } from '../../app/portion.ts'
import { Refused } from '../../app/Refused.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Section } from '../../ui/Page.tsx'
import { CardChips, type CardChoice } from './CardChips.tsx'
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
  const [choice, setChoice] = useState<CardChoice>({})
  const move = useCall(routes.show, { refresh: deskKeys(dayId) })
  const pages = useInfiniteQuery({
    queryKey: ['api', 'days', dayId, 'debrief', 'cards', shown, choice],
    queryFn: ({ pageParam }) =>
      call(routes.cards, {
        params,
        query: { shown, ...choice, ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  })
  const portion = usePortion(pages.data?.pages.flatMap((page) => page.cards) ?? [], pages)
  const cards = portion.seen
  const tally = pages.data?.pages[0]?.tally
  // What may hold a name is shown by itself, never among others.
  const together = (shown === 'no' ? cards.filter((card) => !card.unmasked) : cards)
    .slice(0, mostShown)
    .map(({ id }) => id)
  const isChosen = Object.keys(choice).length > 0
  const press = (ids: string[]) => move.mutate({ params, body: { ids, shown: shown === 'no' } })
  return (
    <Section title={t('shelf.title')} lead={t('shelf.lead')}>
      <Stack>
        <SegmentedControl
          className={classes.piles}
          aria-label={t('shelf.piles')}
          value={shown}
          onChange={(value) => {
            setShown(value as Which)
            setChoice({})
          }}
          data={[
            { value: 'no', label: t('shelf.waiting', { count: desk.waitingCards }) },
            { value: 'yes', label: t('shelf.shown', { count: room.cards.length }) },
          ]}
        />
        {tally && <CardChips desk={desk} tally={tally} choice={choice} onChange={setChoice} />}
        <Refused error={move.error ?? pages.error} />
        {pages.isPending && <Loading label={t('shelf.loading')} shape="cards" />}
        {pages.isSuccess && cards.length === 0 && (
          <EmptyState
            title={t(isChosen ? 'shelf.noneSo' : `shelf.empty.${shown}`)}
            action={
              isChosen && (
                <Button variant="default" onClick={() => setChoice({})}>
                  {t('shelf.all')}
                </Button>
              )
            }
          >
            {t(isChosen ? 'shelf.noneSoWhy' : `shelf.emptyWhy.${shown}`)}
          </EmptyState>
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
        {portion.hasMore && (
          <Button
            variant="subtle"
            color="ink"
            loading={pages.isFetchingNextPage}
            onClick={portion.seeMore}
          >
            {t('shelf.more')}
          </Button>
        )}
      </Stack>
    </Section>
  )
}
