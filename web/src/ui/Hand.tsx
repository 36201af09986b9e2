// The hand: what somebody has chosen, numbered, held at the bottom of the screen.
//   <Hand label="Vos vœux" places={5} cards={wishes} onMove={…} onRemove={…} onOpen={…}
//     words={{ up: t => `Avancer ${t}`, down: …, remove: …, open: …, free: 'Libre' }}
//     action={<Button>Valider mes vœux</Button>} />
// Order by the buttons or by dragging a card onto another. `action` is the screen's one button.
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import type { DrawingName } from './drawings/Drawing.tsx'
import classes from './Hand.module.css'
import { PlayingCard } from './PlayingCard.tsx'

export type HandCard = {
  id: string
  index: string
  title: string
  drawing?: DrawingName
  /** Under the card. */
  note?: ReactNode
}

/** Labels of the small buttons; each receives the card's title. */
export type HandWords = {
  earlier: (title: string) => string
  later: (title: string) => string
  remove: (title: string) => string
  /** Written in the places still empty. */
  free: string
}

/** `onMove(id, to)` asks for the card at position `to`, from 0. `onOpen` makes cards tappable. */
export function Hand({
  label,
  cards,
  places = 5,
  words,
  onMove,
  onRemove,
  onOpen,
  note,
  action,
}: {
  label: string
  cards: HandCard[]
  places?: number
  words: HandWords
  onMove: (id: string, to: number) => void
  onRemove: (id: string) => void
  onOpen?: (id: string) => void
  /** About the whole hand. */
  note?: ReactNode
  action?: ReactNode
}) {
  const [dragged, setDragged] = useState<string>()
  const list = useRef<HTMLOListElement>(null)
  return (
    <section
      className={classes.hand}
      aria-label={label}
      data-empty={cards.length === 0 || undefined}
    >
      <div className={classes.inner}>
        <ol className={classes.cards} ref={list} tabIndex={cards.length === 0 ? 0 : -1}>
          {cards.map((card, place) => (
            <li
              key={card.id}
              className={classes.place}
              draggable
              data-dragged={dragged === card.id || undefined}
              onDragStart={() => setDragged(card.id)}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={(event) => event.preventDefault()}
              onDrop={() => dragged && dragged !== card.id && onMove(dragged, place)}
            >
              <span className={classes.rank}>{place + 1}</span>
              <PlayingCard
                size="sm"
                motion="join"
                index={card.index}
                title={card.title}
                drawing={card.drawing}
                onClick={onOpen && (() => onOpen(card.id))}
              />
              {card.note}
              {/* aria-disabled, not disabled: the focus stays on a button that has reached the end */}
              <div className={classes.tools}>
                <button
                  type="button"
                  aria-label={words.earlier(card.title)}
                  aria-disabled={place === 0}
                  onClick={() => place > 0 && onMove(card.id, place - 1)}
                >
                  <IconChevronLeft size={18} />
                </button>
                <button
                  type="button"
                  aria-label={words.remove(card.title)}
                  onClick={() => {
                    onRemove(card.id)
                    // the button goes with its card; the keyboard must not fall back to the top
                    list.current?.focus()
                  }}
                >
                  <IconX size={16} />
                </button>
                <button
                  type="button"
                  aria-label={words.later(card.title)}
                  aria-disabled={place === cards.length - 1}
                  onClick={() => place < cards.length - 1 && onMove(card.id, place + 1)}
                >
                  <IconChevronRight size={18} />
                </button>
              </div>
            </li>
          ))}
          {Array.from({ length: Math.max(0, places - cards.length) }, (_, free) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is nothing but its position
            <li key={`free-${cards.length + free}`} className={classes.free}>
              <span className={classes.rank} data-free>
                {cards.length + free + 1}
              </span>
              <span className={classes.word}>{words.free}</span>
            </li>
          ))}
        </ol>
        {(note || action) && (
          <div className={classes.action}>
            {note}
            {action}
          </div>
        )}
      </div>
    </section>
  )
}
