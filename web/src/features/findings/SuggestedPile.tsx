import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pile, SeenCard } from '#shared/findings/findings.contract.ts'
import { ChoosableCard } from './ChoosableCard.tsx'
import classes from './Findings.module.css'

/** Cards seen behind the first one of a fan. */
const fanned = 3

/**
 * « 4 observations semblables, les réunir ? »: a fan, then, opened, all its cards, so that what does
 * not belong can be left out. Nothing is gathered before it was looked at.
 */
export function SuggestedPile({
  pile,
  findingTitle,
  onGather,
  onLeave,
}: {
  pile: Pile
  /** Of the finding it would join. */
  findingTitle: string | undefined
  onGather: (cards: SeenCard[]) => void
  onLeave: () => void
}) {
  const { t } = useTranslation('findings')
  const [opened, setOpened] = useState(false)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const kept = pile.cards.filter(({ id }) => !left.has(id))
  const count = pile.cards.length
  // What may name somebody is not put on the wall unasked.
  const shown = pile.cards.find(({ unmasked }) => !unmasked)
  const toggle = (id: string) => {
    const next = new Set(left)
    if (!next.delete(id)) next.add(id)
    setLeft(next)
  }
  return (
    <li className={classes.pile} data-opened={opened || undefined}>
      <div className={classes.pileHead}>
        <div className={classes.fan} aria-hidden>
          {pile.cards.slice(0, fanned).map(({ id }) => (
            <span key={id} className={classes.fanCard} />
          ))}
          <span className={classes.fanCount}>{count}</span>
        </div>
        <div className={classes.pileWords}>
          <h3>
            {findingTitle === undefined
              ? t('pile.similar', { count })
              : t('pile.joins', { count, title: findingTitle })}
          </h3>
          {!opened && shown && <p className={classes.excerpt}>{shown.situation || shown.idea}</p>}
        </div>
      </div>
      {opened && (
        <ul className={classes.cards}>
          {pile.cards.map((card) => (
            <ChoosableCard
              key={card.id}
              card={card}
              chosen={!left.has(card.id)}
              onChoose={() => toggle(card.id)}
            />
          ))}
        </ul>
      )}
      <Group gap="xs">
        {opened ? (
          <Button disabled={kept.length === 0} onClick={() => onGather(kept)}>
            {findingTitle === undefined
              ? t('gather', { count: kept.length })
              : t('pile.join', { count: kept.length })}
          </Button>
        ) : (
          <Button variant="default" onClick={() => setOpened(true)}>
            {t('pile.look')}
          </Button>
        )}
        <Button variant="subtle" onClick={onLeave}>
          {t('pile.leave')}
        </Button>
      </Group>
    </li>
  )
}
