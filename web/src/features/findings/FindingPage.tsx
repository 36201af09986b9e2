import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Finding,
  type Original,
  findingsRoutes as routes,
} from '#shared/findings/findings.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { call, queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { BecomesIrritant } from './BecomesIrritant.tsx'
import { CardWords } from './ChoosableCard.tsx'
import { FindingActions } from './FindingActions.tsx'
import { useCounted } from './FindingLine.tsx'
import classes from './Findings.module.css'

/** One finding with every observation it was made of. */
export function FindingPage() {
  const { t } = useTranslation('findings')
  const words = useWords()
  const counted = useCounted()
  const params = useParams({ from: '/journees/$dayId/constats/$findingId' })
  const told = useQuery(queryFor(routes.finding, { params }))
  const day = useQuery(queryFor(routes.findings, { params: { dayId: params.dayId } }))
  const finding = told.data?.finding
  return (
    <Page
      title={finding?.title ?? t('one')}
      kicker={finding && words.nameIn(day.data?.irritants ?? [], finding.irritantId)}
      lead={finding && counted(finding)}
      back={<Link to={`/journees/${params.dayId}/constats` as '/'}>{t('backToAll')}</Link>}
    >
      <Answered query={told} shape="cards">
        {(data) => (
          <Stack gap="xl">
            {data.finding.note && <p className={classes.note}>{data.finding.note}</p>}
            {data.finding.status === 'withdrawn' && (
              <Notice tone="warn" title={t('isWithdrawn')}>
                {data.finding.withdrawnReason}
              </Notice>
            )}
            {day.data && <FindingActions finding={data.finding} irritants={day.data.irritants} />}
            {day.data && data.finding.status === 'open' && (
              <BecomesIrritant finding={data.finding} day={day.data} />
            )}
            <Originals finding={data.finding} />
          </Stack>
        )}
      </Answered>
    </Page>
  )
}

function Originals({ finding }: { finding: Finding }) {
  const { t } = useTranslation('findings')
  const params = { dayId: finding.dayId, findingId: finding.id }
  const [lately, setLately] = useState<Original>()
  const remove = useCall(routes.removeObservations)
  const add = useCall(routes.addObservations)
  const pages = useInfiniteQuery({
    queryKey: ['api', 'days', finding.dayId, 'findings', finding.id, 'originals'],
    queryFn: ({ pageParam, signal }) =>
      call(
        routes.finding,
        { params, ...(pageParam ? { query: { after: pageParam } } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  const originals = pages.data?.pages.flatMap((page) => page.originals) ?? []
  const body = (one: Original) => ({ observationIds: [one.id] })
  return (
    <Section title={t('originals')}>
      <Stack>
        {lately && (
          <Notice
            tone="success"
            title={t('removed')}
            action={
              finding.status === 'open' && (
                <Button
                  variant="default"
                  loading={add.isPending}
                  onClick={() =>
                    add.mutate(
                      { params, body: body(lately) },
                      { onSuccess: () => setLately(undefined) },
                    )
                  }
                >
                  {t('undo')}
                </Button>
              )
            }
          />
        )}
        <Refused error={pages.error ?? remove.error ?? add.error} />
        {pages.isSuccess && originals.length === 0 && (
          <EmptyState level={3} title={t('empty')}>
            {t('emptyWhy')}
          </EmptyState>
        )}
        <ul className={classes.cards}>
          {originals.map((one) => (
            <li key={one.id} className={classes.card} data-gone={one.withdrawn || undefined}>
              {one.withdrawn ? (
                <p className={classes.quiet}>{t('gone')}</p>
              ) : (
                <CardWords card={one} />
              )}
              <Button
                variant="subtle"
                size="compact-md"
                loading={remove.isPending && remove.variables.body.observationIds[0] === one.id}
                onClick={() =>
                  remove.mutate(
                    { params, body: body(one) },
                    { onSuccess: () => setLately(one.withdrawn ? undefined : one) },
                  )
                }
              >
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
        {pages.hasNextPage && (
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('more')}
          </Button>
        )}
      </Stack>
    </Section>
  )
}
