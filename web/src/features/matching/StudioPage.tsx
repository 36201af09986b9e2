import { Button, NativeSelect, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchingRoutes, type Plan, type Studio } from '#shared/matching/matching.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Progress } from '../../ui/Progress.tsx'
import classes from './Matching.module.css'
import { PlanView } from './PlanView.tsx'

/** How often a computation under way is looked at. */
const followEveryMilliseconds = 700

/** The director's studio: compute, look, correct, publish. */
export function StudioPage() {
  const { t } = useTranslation('matching')
  const words = useWords()
  const { dayId } = useParams({ from: '/journees/$dayId/affectations' })
  const studio = useQuery(queryFor(matchingRoutes.studio, { params: { dayId } }))
  const day = studio.data?.day
  const kicker = day && `${day.name} · ${words.fullDate(day.date)}`
  return (
    <Page
      title={t('studio.title')}
      lead={t('studio.lead')}
      kicker={kicker}
      back={<Link to={`/journees/${dayId}` as '/'}>{t('studio.back')}</Link>}
      width="full"
    >
      <Answered query={studio} shape="table">
        {(data) => <StudioOf key={data.day.id} studio={data} />}
      </Answered>
    </Page>
  )
}

function StudioOf({ studio }: { studio: Studio }) {
  const { t } = useTranslation('matching')
  const dayId = studio.day.id
  const compute = useCall(matchingRoutes.requestPlan)
  const [chosen, setChosen] = useState<string>()
  const [latest] = studio.plans
  const computing = latest?.status === 'computing' ? latest : undefined
  const shown = studio.plans.filter(({ stats }) => stats !== null)
  const plan = shown.find(({ id }) => id === chosen) ?? shown[0]

  function start() {
    setChosen(undefined)
    compute.mutate({ params: { dayId }, body: {} })
  }

  const words = useWords()
  const button = (label: string, filled: boolean) => (
    <Button
      variant={filled ? 'filled' : 'default'}
      loading={compute.isPending}
      disabled={computing !== undefined || studio.day.cancelled}
      onClick={start}
    >
      {label}
    </Button>
  )
  return (
    <Stack gap="xl">
      <Refused error={compute.error} />
      {computing && <Computing plan={computing} />}
      {latest?.status === 'failed' && (
        <Notice tone={latest.failure === 'cancelled' ? 'info' : 'error'} title={t('studio.failed')}>
          {t(`failures.${latest.failure ?? 'unexpected'}`)}
        </Notice>
      )}
      {!plan && !computing && (
        <EmptyState
          drawing="heart"
          title={t('studio.none')}
          action={studio.signedUp > 0 && button(t('studio.compute'), true)}
        >
          <p>{studio.signedUp > 0 ? t('studio.noneText') : t('studio.nobodyText')}</p>
          <div className={classes.before}>
            <Figures>
              <Figure value={words.count(studio.signedUp)} label={t('studio.signedUp')} />
              <Figure value={words.count(studio.seats)} label={t('studio.seats')} />
              <Figure value={words.count(studio.slots)} label={t('studio.hosts')} />
            </Figures>
          </div>
        </EmptyState>
      )}
      {plan && (
        <PlanView
          key={plan.id}
          studio={studio}
          plan={plan}
          recompute={button(t('studio.again'), false)}
          drafts={
            <NativeSelect
              label={t('studio.draft')}
              value={plan.id}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={shown.map((one) => ({
                value: one.id,
                label: t('studio.draftName', {
                  number: one.number,
                  placed: t('people', { count: one.stats?.placed ?? 0 }),
                  status: t(`status.${one.status}`),
                }),
              }))}
            />
          }
        />
      )}
    </Stack>
  )
}

/** Follows a computation to its end, then lets the page show what it found. */
function Computing({ plan }: { plan: Plan }) {
  const { t } = useTranslation('matching')
  const client = useQueryClient()
  const stop = useCall(matchingRoutes.cancelPlan)
  const input = { params: { planId: plan.id } }
  const followed = useQuery({
    ...queryFor(matchingRoutes.plan, input),
    refetchInterval: ({ state }) => {
      if (!state.data || state.data.plan.status === 'computing') return followEveryMilliseconds
      void client.invalidateQueries({ queryKey: ['api', 'days', plan.dayId, 'plans'] })
      return false
    },
  })
  const { progressDone, progressTotal } = followed.data?.plan ?? plan
  const known = progressTotal > 0
  return (
    <Stack>
      <Progress
        label={t('studio.computing')}
        {...(known ? { value: progressDone, max: progressTotal } : {})}
        text={
          known
            ? t('studio.progress', { done: progressDone, total: progressTotal })
            : t('studio.starting')
        }
        aside={
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(input)}>
            {t('studio.stop')}
          </Button>
        }
      />
      <Refused error={stop.error} />
    </Stack>
  )
}
