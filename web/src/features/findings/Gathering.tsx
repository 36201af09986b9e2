import { Button, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Finding,
  type Findings,
  mostAtOnce,
  type Pile,
  findingsRoutes as routes,
  type SeenCard,
} from '#shared/findings/findings.contract.ts'
import { call } from '../../app/api.ts'
import { usePortion } from '../../app/portion.ts'
import { Refused } from '../../app/Refused.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BottomBar } from '../../ui/Page.tsx'
import { ChoosableCard, SimilarButton } from './ChoosableCard.tsx'
import classes from './Findings.module.css'
import { toggled, useUngrouped } from './findings.api.ts'
import { GatherDialog } from './GatherDialog.tsx'
import { type Gathered, JustGathered } from './JustGathered.tsx'
import { SuggestedPile } from './SuggestedPile.tsx'

/** Each is some cards high: as many as leave the cards below in sight. */
const pilesAtATime = 4

const keyOf = (pile: Pile) => pile.cards.map(({ id }) => id).join(' ')

/** Cards to pick up, piles that are offered, and the one button that gathers them. */
export function Gathering({
  dayId,
  irritantId,
  irritants,
  findings,
}: {
  dayId: string
  irritantId: string | undefined
  irritants: Findings['irritants']
  /** Open ones, which observations may join. */
  findings: Finding[]
}) {
  const { t } = useTranslation('findings')
  const client = useQueryClient()
  const { pages, suggestions } = useUngrouped(dayId, irritantId)
  const [chosen, setChosen] = useState<ReadonlyMap<string, SeenCard>>(new Map())
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [gathering, setGathering] = useState<{ cards: SeenCard[]; findingId: string | null }>()
  const [gathered, setGathered] = useState<Gathered>()
  const [shownPiles, setShownPiles] = useState(pilesAtATime)
  const similar = useMutation({
    mutationFn: async (card: SeenCard) => {
      const params = { dayId, observationId: card.id }
      const { cards } = await call(routes.similar, { params })
      return { findingId: null, cards: [card, ...cards] }
    },
  })
  const around = similar.data
  const cards = pages.data?.pages.flatMap((page) => page.cards) ?? []
  const portion = usePortion(cards, pages)
  const free = new Set(cards.map(({ id }) => id))
  const piles = [
    ...(around && around.cards.length > 1 ? [around] : []),
    ...(suggestions.data?.piles ?? []),
  ].filter((pile) => !hidden.has(keyOf(pile)))

  const done = (what: Gathered) => {
    setGathering(undefined)
    setChosen(new Map())
    similar.reset()
    setGathered(what)
  }
  /** Somebody else was faster: what they took leaves the choice, the rest stays chosen. */
  const outrun = async () => {
    await client.invalidateQueries({ queryKey: ['api', 'days', dayId] })
    const fresh = await pages.refetch()
    const left = new Set(fresh.data?.pages.flatMap((page) => page.cards.map(({ id }) => id)))
    const stays = ({ id }: SeenCard) => left.has(id) || !free.has(id)
    setChosen((now) => new Map([...now].filter(([, card]) => stays(card))))
    setGathering((now) => now && { ...now, cards: now.cards.filter(stays) })
  }

  return (
    <Stack gap="lg">
      <Refused error={pages.error ?? similar.error} />
      {around?.cards.length === 1 && <Notice title={t('nothingSimilar')} />}
      {piles.length > 0 && (
        <ul className={classes.piles} aria-label={t('suggested')}>
          {piles.slice(0, shownPiles).map((pile) => (
            <SuggestedPile
              key={keyOf(pile)}
              pile={pile}
              findingTitle={findings.find(({ id }) => id === pile.findingId)?.title}
              onGather={(some) => setGathering({ cards: some, findingId: pile.findingId })}
              onLeave={() => setHidden(new Set([...hidden, keyOf(pile)]))}
            />
          ))}
        </ul>
      )}
      {piles.length > shownPiles && (
        <Button variant="default" onClick={() => setShownPiles(shownPiles + pilesAtATime)}>
          {t('morePiles', { count: piles.length - shownPiles })}
        </Button>
      )}
      {pages.isPending && <Loading label={t('loading')} shape="cards" />}
      {pages.isSuccess && cards.length === 0 && <Notice tone="success" title={t('allGathered')} />}
      <ul className={classes.cards} aria-label={t('toGather')}>
        {portion.seen.map((card) => (
          <ChoosableCard
            key={card.id}
            card={card}
            chosen={chosen.has(card.id)}
            onChoose={() => setChosen(toggled(chosen, card))}
          >
            {(card.situation || card.idea) && (
              <SimilarButton
                busy={similar.isPending && similar.variables.id === card.id}
                onClick={() =>
                  similar.mutate(card, {
                    onSuccess: () => window.scrollTo({ top: 0, behavior: 'smooth' }),
                  })
                }
              />
            )}
          </ChoosableCard>
        ))}
      </ul>
      {portion.hasMore && (
        <Button variant="default" loading={pages.isFetchingNextPage} onClick={portion.seeMore}>
          {t('more')}
        </Button>
      )}
      {gathered && chosen.size === 0 && (
        <JustGathered
          key={gathered.finding.id + gathered.cards.length}
          dayId={dayId}
          gathered={gathered}
          onUndone={() => {
            setChosen(new Map(gathered.cards.map((card) => [card.id, card])))
            setGathered(undefined)
          }}
        />
      )}
      {chosen.size > 0 && (
        <BottomBar
          note={
            chosen.size > mostAtOnce
              ? t('tooMany', { most: mostAtOnce })
              : t('chosen', { count: chosen.size })
          }
        >
          <Button
            disabled={chosen.size > mostAtOnce}
            onClick={() => setGathering({ cards: [...chosen.values()], findingId: null })}
          >
            {t('gather', { count: chosen.size })}
          </Button>
          <Button variant="default" onClick={() => setChosen(new Map())}>
            {t('chooseNone')}
          </Button>
        </BottomBar>
      )}
      {gathering && (
        <GatherDialog
          dayId={dayId}
          cards={gathering.cards}
          joining={gathering.findingId}
          irritants={irritants}
          findings={findings}
          onClose={() => setGathering(undefined)}
          onDone={done}
          onOutrun={() => void outrun()}
        />
      )}
    </Stack>
  )
}
