import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Studio } from '#shared/matching/matching.contract.ts'
import type { PlanStats } from '#shared/matching/matching.vocabulary.ts'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { useDraftWords } from './matching.drafts.words.ts'
import type { Hand } from './matching.hand.ts'
import classes from './Studio.module.css'

/** Every choice by hand as it stands, what it costs the others, and a button to lift it. */
export function HandChoices({
  studio,
  stats,
  hand,
}: {
  studio: Studio
  stats: PlanStats
  hand: Hand
}) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const { people } = useDraftWords()
  return (
    <DataTable
      caption={t('choices.title')}
      hideCaption
      rows={hand.choices}
      rowKey={({ personId, seat }) => `${personId} ${seat.slotId}`}
      columns={[
        {
          id: 'name',
          header: t('table.name'),
          title: true,
          cell: ({ name }) => name,
        },
        {
          id: 'choice',
          header: t('choices.choice'),
          cell: ({ kind, seat }) => (
            <span className={classes.seat}>
              {t(`choices.${kind}`, { role: words.nameIn(studio.roles, seat.roleId) })}
              <small>
                {`${seat.siteName} · ${words.hour(seat.startsAt, studio.day.timeZone)} · ${seat.hostName}`}
              </small>
            </span>
          ),
        },
        {
          id: 'cost',
          header: t('choices.cost'),
          cell: ({ personId, seat, kind }) => costOf(personId, seat.slotId, kind),
        },
        {
          id: 'tools',
          header: t('table.tools'),
          bare: true,
          cell: ({ personId, name, seat }) => (
            <Button
              size="xs"
              variant="default"
              disabled={hand.busy}
              aria-label={t('choices.liftThis', { name })}
              onClick={() => hand.choose(personId, seat.slotId, null)}
            >
              {t('choices.lift')}
            </Button>
          ),
        },
      ]}
    />
  )

  /** « 1 personne de plus aurait une place, 2 premiers vœux de plus » without this choice. */
  function costOf(personId: string, slotId: string, kind: string): string {
    const cost = stats.pinCosts?.find(
      (one) => one.personId === personId && one.slotId === slotId && one.kind === kind,
    )
    if (!cost) return t('choices.unknown')
    const firsts = (cost.byRank[0] ?? 0) - (stats.byRank[0] ?? 0)
    const parts = [
      cost.placed > 0 &&
        t('choices.costPlaced', { count: cost.placed, people: people(cost.placed) }),
      firsts > 0 && t('choices.costFirst', { count: firsts }),
      cost.placed <= 0 && firsts <= 0 && cost.cost < 0 && t('choices.costRanks'),
    ].filter((part) => part !== false)
    return parts.length > 0 ? t('choices.without', { parts: parts.join(', ') }) : t('choices.free')
  }
}
