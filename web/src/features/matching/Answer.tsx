import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowDownRight,
  IconArrowsLeftRight,
  IconArrowUpRight,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Plan, PlanChangeSeen } from '#shared/matching/matching.contract.ts'
import { Arranging } from './Computing.tsx'
import { type ChangeItem, useDraftWords } from './matching.drafts.words.ts'
import type { Hand } from './matching.hand.ts'
import classes from './Studio.module.css'

const icons = { gain: IconArrowUpRight, cost: IconArrowDownRight, move: IconArrowsLeftRight }

/** What the shown draft changes against the one it came from, for the bar under the table. */
export function Answer({
  plan,
  against,
  computing,
}: {
  plan: Plan
  against: PlanChangeSeen | null
  computing?: Plan
}) {
  const { t } = useTranslation('matching')
  const { nameOf, changes } = useDraftWords()
  if (computing && !computing.kept) return <Arranging plan={computing} />
  return (
    <div className={classes.answer} aria-live="polite">
      <div>
        {against ? (
          <>
            <b>{t('change.against', { draft: nameOf(against) })}</b>
            <ChangeList items={changes(against)} />
          </>
        ) : (
          plan.status === 'ready' && t('plan.nothingSent')
        )}
      </div>
    </div>
  )
}

/** One step back through the choices by hand, named. */
export function StepBack({ hand }: { hand: Hand }) {
  const { t } = useTranslation('matching')
  const { choice } = useDraftWords()
  const { last } = hand
  if (!last) return null
  const label = t('hand.undo', { choice: choice(last) })
  return (
    <Button
      variant="default"
      size="lg"
      className={classes.undo}
      title={label}
      leftSection={<IconArrowBackUp size={20} aria-hidden />}
      loading={hand.busy}
      onClick={() => hand.undo(last.id)}
    >
      <span>{label}</span>
    </Button>
  )
}

/** Better, worse, otherwise: an arrow each, and the words that say it. */
export function ChangeList({ items }: { items: ChangeItem[] }) {
  const { t } = useTranslation('matching')
  if (items.length === 0) return <p>{t('change.nothing')}</p>
  return (
    <ul className={classes.changes}>
      {items.map(({ tone, text }) => {
        const Icon = icons[tone]
        return (
          <li key={text} data-tone={tone}>
            <Icon size={18} stroke={2.2} aria-label={t(`change.tones.${tone}`)} role="img" />
            {text}
          </li>
        )
      })}
    </ul>
  )
}
