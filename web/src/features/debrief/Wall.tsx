import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Room, WallCard } from '#shared/debrief/debrief.contract.ts'
import { useWords } from '../../app/words.ts'
import { Chips } from '../../ui/Chips.tsx'
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
  if (ordered.length === 0) {
    return <EmptyState title={t('wall.empty')}>{t('wall.emptyWhy')}</EmptyState>
  }
  if (perPage) return <PagedWall room={room} cards={ordered} fresh={fresh} perPage={perPage} />
  return <Cards room={room} cards={ordered} fresh={fresh} />
}

interface Shown {
  room: Room
  cards: readonly WallCard[]
  fresh: ReadonlySet<string>
}

function Cards({ room, cards, fresh, paged }: Shown & { paged?: boolean }) {
  return (
    <ul className={classes.wall} data-paged={paged}>
      {cards.map((card) => (
        <li key={card.id} className={classes.card} data-fresh={fresh.has(card.id) || undefined}>
          <SeenOnWall card={card} irritants={room.irritants} />
        </li>
      ))}
    </ul>
  )
}

/** For the projector: one irritant or all, turned by buttons or by a remote, which is a keyboard. */
function PagedWall({ room, cards, fresh, perPage }: Shown & { perPage: number }) {
  const { t } = useTranslation('debrief')
  const words = useWords()
  const [irritantId, setIrritant] = useState<string>()
  const [wanted, setPage] = useState(0)
  const kinds = room.irritants.flatMap((one) => {
    const { length } = cards.filter((card) => card.irritantId === one.id)
    return length > 0 ? [{ id: one.id, label: words.name(one), count: length }] : []
  })
  const chosen = kinds.find(({ id }) => id === irritantId)?.id
  const own = chosen ? cards.filter((card) => card.irritantId === chosen) : cards
  const pages = Math.ceil(own.length / perPage)
  const page = Math.min(wanted, pages - 1)
  const turn = (by: number) => setPage(Math.max(0, Math.min(pages - 1, page + by)))
  useRemote(turn)
  return (
    <div className={classes.wallFrame}>
      <Cards
        room={room}
        cards={own.slice(page * perPage, (page + 1) * perPage)}
        fresh={fresh}
        paged
      />
      <div className={classes.turning}>
        <Chips
          label={t('wall.by')}
          options={kinds}
          chosen={chosen}
          onChoose={(id) => {
            setIrritant(id)
            setPage(0)
          }}
        />
        {pages > 1 && (
          <nav className={classes.pages} aria-label={t('wall.pages')}>
            <Button variant="default" disabled={page === 0} onClick={() => turn(-1)}>
              {t('wall.before')}
            </Button>
            <span>
              {t('wall.page', { page: page + 1, of: pages })},{' '}
              {t('wall.cards', { count: own.length })}
            </span>
            <Button variant="default" disabled={page === pages - 1} onClick={() => turn(1)}>
              {t('wall.after')}
            </Button>
          </nav>
        )}
      </div>
    </div>
  )
}

const keys: Record<string, number> = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }

/** A remote for slides sends page or arrow keys, wherever the focus is. */
function useRemote(turn: (by: number) => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const by = keys[event.key]
      if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      turn(by)
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  })
}
