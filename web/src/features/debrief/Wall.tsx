import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Room, WallCard } from '#shared/debrief/debrief.contract.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './Debrief.module.css'

/** One observation on the wall: its words, its irritant, its moment; nobody’s name. */
export function SeenOnWall({ card, irritants }: { card: WallCard; irritants: Room['irritants'] }) {
  const { t } = useTranslation(['debrief', 'observations'])
  const words = useWords()
  return (
    <>
      <p className={classes.irritant}>{words.nameIn(irritants, card.irritantId)}</p>
      {card.situation && <p className={classes.quote}>{card.situation}</p>}
      {card.idea && (
        <p className={classes.idea}>
          <strong>{t('debrief:wall.idea')}</strong> {card.idea}
        </p>
      )}
      <p className={classes.moment}>{t(`observations:moments.${card.moment}.name`)}</p>
    </>
  )
}

/** The cards that arrived last first; before anything arrived, in the order they came in. */
function useArrivals(cards: WallCard[]): { ordered: WallCard[]; fresh: Set<string> } {
  const [known, setKnown] = useState(() => cards.map(({ id }) => id))
  const [fresh, setFresh] = useState(new Set<string>())
  useEffect(() => {
    const arrived = cards.map(({ id }) => id).filter((id) => !known.includes(id))
    if (arrived.length === 0) return
    setKnown([...arrived, ...known])
    setFresh(new Set(arrived))
  }, [cards, known])
  const place = new Map(known.map((id, at) => [id, at]))
  const ordered = cards.toSorted((a, b) => (place.get(a.id) ?? -1) - (place.get(b.id) ?? -1))
  return { ordered, fresh }
}

/** The wall: every card on a phone, as many as fit at a time on the projector. */
export function Wall({ room, perPage }: { room: Room; perPage?: number }) {
  const { t } = useTranslation('debrief')
  const { ordered, fresh } = useArrivals(room.cards)
  const [wanted, setPage] = useState(0)
  if (ordered.length === 0) {
    return <EmptyState title={t('wall.empty')}>{t('wall.emptyWhy')}</EmptyState>
  }
  const pages = perPage ? Math.ceil(ordered.length / perPage) : 1
  const page = Math.min(wanted, pages - 1)
  const seen = perPage ? ordered.slice(page * perPage, (page + 1) * perPage) : ordered
  return (
    <div className={classes.wallFrame}>
      <ul className={classes.wall} data-paged={perPage ? true : undefined}>
        {seen.map((card) => (
          <li key={card.id} className={classes.card} data-fresh={fresh.has(card.id) || undefined}>
            <SeenOnWall card={card} irritants={room.irritants} />
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <nav className={classes.pages} aria-label={t('wall.pages')}>
          <Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t('wall.before')}
          </Button>
          <span>{t('wall.page', { page: page + 1, of: pages })}</span>
          <Button variant="default" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            {t('wall.after')}
          </Button>
        </nav>
      )}
    </div>
  )
}
