import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { matchingRoutes, type Plan, type PlanPicture } from '#shared/matching/matching.contract.ts'
import type { PlanStats } from '#shared/matching/matching.vocabulary.ts'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { ChangeList } from './Answer.tsx'
import { useDraftWords } from './matching.drafts.words.ts'
import classes from './Studio.module.css'

/** One thing drafts are compared by. */
interface Measure {
  id: string
  label: string
  cells: ReactNode[]
}

/** Two or three drafts side by side: the totals, then what differs by service and by site. */
export function CompareDrafts({ plans }: { plans: Plan[] }) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const { nameOf, changes } = useDraftWords()
  const pictures = useQueries({
    queries: plans.map(({ id }) =>
      queryFor(matchingRoutes.planPicture, { params: { planId: id } }),
    ),
  })
  const [last, ...others] = plans
  const differences = useQueries({
    queries: others.map(({ id }) =>
      queryFor(matchingRoutes.plan, { params: { planId: last!.id }, query: { against: id } }),
    ),
  })
  const known = pictures.flatMap(({ data }) => data ?? [])
  const stats = plans.flatMap((plan) => plan.stats ?? [])
  /** The best of each line stands out; where all are alike, none does. */
  const counted = (
    id: string,
    label: string,
    of: (one: PlanStats) => number,
    better: 'more' | 'fewer',
    write: (value: number) => string = words.count,
  ): Measure => {
    const values = stats.map(of)
    const best = better === 'more' ? Math.max(...values) : Math.min(...values)
    const alike = values.every((value) => value === best)
    const cells = values.map((value) =>
      value === best && !alike ? <b key={value}>{write(value)}</b> : write(value),
    )
    return { id, label, cells }
  }
  const kilometres = ({ travelKm = 0, placed }: PlanStats) => travelKm / Math.max(1, placed)
  const shareOfFirst = ({ byRank, signedUp }: PlanStats) => (byRank[0] ?? 0) / Math.max(1, signedUp)
  const totals: Measure[] = [
    counted('placed', t('compare.placed'), (one) => one.placed, 'more'),
    counted('first', t('compare.first'), shareOfFirst, 'more', words.percent),
    {
      id: 'ranks',
      label: t('compare.ranks'),
      cells: stats.map(({ byRank }) => byRank.map(words.count).join(' · ')),
    },
    counted('unplaced', t('rank.none'), (one) => one.unplaced, 'fewer'),
    counted('idle', t('compare.idle'), (one) => one.slotsWithoutGuest, 'fewer'),
    ...(stats.every(({ travelKm }) => travelKm !== undefined)
      ? [
          counted('travel', t('compare.travel'), kilometres, 'fewer', (km) =>
            t('compare.km', { km: words.count(Math.round(km)) }),
          ),
        ]
      : []),
  ]
  const table = (caption: string, rows: Measure[]) => (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { id: 'measure', header: t('compare.measure'), title: true, cell: ({ label }) => label },
        ...plans.map((plan, place) => ({
          id: plan.id,
          header: nameOf(plan),
          number: true,
          cell: ({ cells }: Measure) => cells[place],
        })),
      ]}
    />
  )
  return (
    <div className={classes.compare}>
      {others.map((plan, place) => {
        const change = differences[place]?.data?.against
        return (
          change && (
            <div key={plan.id}>
              <b>{t('compare.fromTo', { from: nameOf(plan), to: nameOf(last!) })}</b>
              <ChangeList items={changes(change)} />
            </div>
          )
        )
      })}
      {table(t('compare.totals'), totals)}
      {known.length === plans.length && (
        <>
          <Fold title={t('compare.departments')}>
            {table(t('compare.departments'), departmentsOf(known))}
          </Fold>
          <Fold title={t('compare.sites')}>{sitesTable(known)}</Fold>
        </>
      )}
    </div>
  )

  function departmentsOf(all: PlanPicture[]): Measure[] {
    const names = [
      ...new Set(all.flatMap(({ departments }) => departments.map(({ name }) => name))),
    ]
    return names.map((name) => ({
      id: name ?? 'others',
      label: name === null ? t('flows.others') : name || t('flows.unknown'),
      cells: all.map(({ departments }) => {
        const one = departments.find((some) => some.name === name)
        return one
          ? t('flows.placedOf', {
              placed: words.count(one.placed),
              people: words.count(one.people),
            })
          : '–'
      }),
    }))
  }

  /** Only the sites where the drafts differ: the others are no help to choose. */
  function sitesTable(all: PlanPicture[]) {
    const names = new Map(
      all.flatMap(({ sites }) => sites.map(({ siteId, name }) => [siteId, name])),
    )
    const rows = [...names].flatMap(([siteId, label]): Measure[] => {
      const taken = all.map(({ sites }) => sites.find((one) => one.siteId === siteId)?.taken ?? 0)
      if (new Set(taken).size === 1) return []
      return [{ id: siteId, label, cells: taken.map(words.count) }]
    })
    return rows.length > 0 ? table(t('compare.sitesTaken'), rows) : <p>{t('compare.sitesSame')}</p>
  }
}
