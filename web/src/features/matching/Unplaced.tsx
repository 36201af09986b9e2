import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchingRoutes, type Plan, type PlanPicture } from '#shared/matching/matching.contract.ts'
import type { PlanReason } from '#shared/matching/matching.vocabulary.ts'
import { call } from '../../app/api.ts'
import { Fold } from '../../ui/Fold.tsx'
import classes from './Studio.module.css'

/** Who has no place, by reason: how many, and the names on demand. */
export function Unplaced({ plan, reasons }: { plan: Plan; reasons: PlanPicture['unplaced'] }) {
  const { t } = useTranslation('matching')
  return (
    <div>
      {reasons.map(({ reason, people }) => (
        <Fold
          key={reason}
          title={
            <span className={classes.reasonHead}>
              <b>{t('people', { count: people })}</b>
              <span>{t(`reasons.${reason}.name`)}</span>
            </span>
          }
        >
          <p className={classes.quiet}>{t(`reasons.${reason}.text`)}</p>
          <Names planId={plan.id} reason={reason} />
        </Fold>
      ))}
    </div>
  )
}

/** Asked for when they are opened. */
function Names({ planId, reason }: { planId: string; reason: PlanReason }) {
  const { t } = useTranslation('matching')
  const [wanted, setWanted] = useState(false)
  const asked = { show: 'unplaced' as const, reason }
  const guests = useInfiniteQuery({
    queryKey: ['api', 'plans', planId, 'guests', asked],
    queryFn: ({ pageParam, signal }) =>
      call(
        matchingRoutes.plannedGuests,
        { params: { planId }, query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: wanted,
  })
  if (!wanted || guests.hasNextPage || !guests.data) {
    const more = wanted && guests.data
    return (
      <>
        {more && <NameList pages={guests.data.pages} />}
        <Button
          size="xs"
          variant="default"
          loading={guests.isFetching}
          onClick={() => (more ? void guests.fetchNextPage() : setWanted(true))}
        >
          {more ? t('table.more') : t('unplaced.names')}
        </Button>
      </>
    )
  }
  return <NameList pages={guests.data.pages} />
}

function NameList({
  pages,
}: {
  pages: { guests: { personId: string; name: string; siteName: string }[] }[]
}) {
  return (
    <ul className={classes.nameList}>
      {pages.flatMap(({ guests }) =>
        guests.map(({ personId, name, siteName }) => (
          <li key={personId}>
            {name} <small>{siteName}</small>
          </li>
        )),
      )}
    </ul>
  )
}
