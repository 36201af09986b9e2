import { Button } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeenCard } from '#shared/findings/findings.contract.ts'
import classes from './Findings.module.css'

/** The words of an observation, and what was ticked. */
export function CardWords({ card, id }: { card: SeenCard; id?: string }) {
  const { t } = useTranslation('observations')
  return (
    <>
      <span id={id} className={classes.quote}>
        {card.situation ? t('quoted', { words: card.situation }) : t('wordless')}
      </span>
      {card.idea && (
        <span className={classes.idea}>
          <strong>{t('ideaIs.unsaid')}</strong> {card.idea}
        </span>
      )}
      {card.unmasked && <span className={classes.warning}>{t('unmasked')}</span>}
      <span className={classes.marks}>
        <span className={classes.mark}>{t(`moments.${card.moment}.name`)}</span>
        <span className={classes.mark}>{t(`severity.words.${card.severity}`)}</span>
        <span className={classes.who}>{card.firstName ?? t('unsigned')}</span>
      </span>
    </>
  )
}

/** An observation to pick up: the whole card is its box to tick. */
export function ChoosableCard({
  card,
  chosen,
  onChoose,
  children,
}: {
  card: SeenCard
  chosen: boolean
  onChoose: () => void
  children?: ReactNode
}) {
  const id = useId()
  return (
    <li className={classes.card} data-chosen={chosen || undefined}>
      <label className={classes.pick}>
        <input
          type="checkbox"
          className={classes.native}
          checked={chosen}
          onChange={onChoose}
          aria-labelledby={id}
        />
        <CardWords card={card} id={id} />
      </label>
      {children}
    </li>
  )
}

/** Under a card: asks for what resembles it. */
export function SimilarButton({ busy, onClick }: { busy: boolean; onClick: () => void }) {
  const { t } = useTranslation('findings')
  return (
    <Button variant="subtle" size="compact-md" loading={busy} onClick={onClick}>
      {t('similar')}
    </Button>
  )
}
