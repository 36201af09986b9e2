import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Plan, Studio } from '#shared/matching/matching.contract.ts'
import {
  type Comparison,
  type PlanObjective,
  type PlanStats,
  planObjectives,
} from '#shared/matching/matching.vocabulary.ts'
import { Section } from '../../ui/Page.tsx'
import { RankColumns } from '../../ui/RankColumns.tsx'
import { useDraftWords } from './matching.drafts.words.ts'
import classes from './Studio.module.css'

/** Other ways of dealing on the same wishes and choices by hand: what each would give and take. */
export function OtherWays({
  studio,
  plan,
  compute,
  busy,
}: {
  studio: Studio
  plan: Plan
  compute: (objective: PlanObjective) => void
  busy: boolean
}) {
  const { t } = useTranslation('matching')
  const { columns } = useDraftWords()
  const { stats } = plan
  const ways = stats?.comparison ?? []
  if (!stats || (ways.length === 0 && !studio.day.published)) return null
  const most = Math.max(...ways.flatMap(({ byRank, unplaced }) => [...byRank, unplaced]))
  const computable = (objective: string): objective is PlanObjective =>
    planObjectives.some((one) => one === objective)
  const button = (objective: PlanObjective) =>
    objective !== plan.objective && (
      <Button size="xs" variant="default" disabled={busy} onClick={() => compute(objective)}>
        {t('ways.compute')}
        <span className={classes.read}>{t(`objectives.${objective}.name`)}</span>
      </Button>
    )
  return (
    <Section title={t('ways.title')} lead={t('ways.lead')}>
      <ul className={classes.shelf}>
        {ways.map((way) => (
          <li
            key={way.objective}
            className={classes.draft}
            data-shown={way.objective === plan.objective || undefined}
          >
            <h3>{t(`objectives.${way.objective}.name`)}</h3>
            <p className={classes.quiet}>{t(`objectives.${way.objective}.text`)}</p>
            <RankColumns
              label={t('drafts.ranksOf', { name: t(`objectives.${way.objective}.name`) })}
              columns={columns(way)}
              most={most}
            />
            <p className={classes.verdict}>
              {way.objective === plan.objective ? t('ways.this') : verdict(way, stats)}
            </p>
            {computable(way.objective) && button(way.objective)}
          </li>
        ))}
        {studio.day.published && (
          <li className={classes.draft} data-shown={plan.objective === 'fewest-moves' || undefined}>
            <h3>{t('objectives.fewest-moves.name')}</h3>
            <p className={classes.quiet}>{t('objectives.fewest-moves.text')}</p>
            {button('fewest-moves') || <p className={classes.verdict}>{t('ways.this')}</p>}
          </li>
        )}
      </ul>
    </Section>
  )

  /** « 41 personnes de moins auraient une place, 12 de plus leur premier vœu. » */
  function verdict(way: Comparison, { placed, byRank }: PlanStats): string {
    const people = Math.round(way.placed - placed)
    const firsts = Math.round((way.byRank[0] ?? 0) - (byRank[0] ?? 0))
    const said = (key: 'placed' | 'first', difference: number) =>
      difference === 0
        ? t(`ways.${key}.same`)
        : t(`ways.${key}.${difference > 0 ? 'more' : 'fewer'}`, { count: Math.abs(difference) })
    return t('ways.verdict', { placed: said('placed', people), first: said('first', firsts) })
  }
}
