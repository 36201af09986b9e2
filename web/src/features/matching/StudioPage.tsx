import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchingRoutes, type Plan, type Studio } from '#shared/matching/matching.contract.ts'
import type { PlanObjective } from '#shared/matching/matching.vocabulary.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { StepBack } from './Answer.tsx'
import { Computing } from './Computing.tsx'
import { type Hand, useHand } from './matching.hand.ts'
import { PlanView } from './PlanView.tsx'
import classes from './Studio.module.css'

/** The director's studio: compute, look, correct, compare, publish. */
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
      back={<BackToDay dayId={dayId} />}
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
  const asking = useCall(matchingRoutes.requestPlan)
  const [chosen, setChosen] = useState<string>()
  const computing = studio.plans.find(({ status }) => status === 'computing')
  const drafts = studio.plans.filter(({ stats }) => stats !== null)
  const plan = drafts.find(({ id }) => id === chosen) ?? firstShown(drafts)
  const hand = useHand(dayId, plan?.id ?? '', () => setChosen(undefined))
  const [latest] = studio.plans

  function compute(objective: PlanObjective) {
    setChosen(undefined)
    const published = drafts.find(({ status }) => status === 'published')
    const basis = objective === 'fewest-moves' ? published : plan
    asking.mutate({ params: { dayId }, body: { objective, ...(basis && { basisId: basis.id }) } })
  }

  return (
    <Stack gap="xl">
      <Refused error={asking.error} />
      {computing && (computing.kept || !plan) && <Computing plan={computing} />}
      {latest?.status === 'failed' && <Failed plan={latest} hand={hand} />}
      {!plan && !computing && (
        <NoPlan studio={studio}>
          <Button loading={asking.isPending} onClick={() => compute('fair')}>
            {t('studio.compute')}
          </Button>
        </NoPlan>
      )}
      {plan && (
        <PlanView
          studio={studio}
          plan={plan}
          drafts={drafts}
          onShow={setChosen}
          hand={hand}
          {...(computing ? { computing } : {})}
          compute={compute}
          busy={asking.isPending || computing !== undefined || studio.day.cancelled}
        />
      )}
    </Stack>
  )
}

/** The newest draft; once published, the plan people see, until another is computed after it. */
function firstShown(drafts: Plan[]): Plan | undefined {
  const [latest] = drafts
  const published = drafts.find(({ status }) => status === 'published')
  if (!latest || !published?.publishedAt) return latest
  return latest.createdAt > published.publishedAt ? latest : published
}

/** Why a computation ended without a plan, and the way out where a choice by hand was one too many. */
function Failed({ plan, hand }: { plan: Plan; hand: Hand }) {
  const { t } = useTranslation('matching')
  return (
    <Notice
      tone={plan.failure === 'cancelled' ? 'info' : 'error'}
      title={t('studio.failed')}
      action={plan.failure === 'pins-exceed' && <StepBack hand={hand} />}
    >
      {t(`failures.${plan.failure ?? 'unexpected'}`)}
    </Notice>
  )
}

/** Before the first draft: what it would be made from. */
function NoPlan({ studio, children }: { studio: Studio; children: ReactNode }) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const somebody = studio.signedUp > 0
  return (
    <EmptyState
      drawing="heart"
      title={t('studio.none')}
      action={somebody && !studio.day.cancelled && children}
    >
      <p>{somebody ? t('studio.noneText') : t('studio.nobodyText')}</p>
      <div className={classes.before}>
        <Figures>
          <Figure value={words.count(studio.signedUp)} label={t('studio.signedUp')} />
          <Figure value={words.count(studio.seats)} label={t('studio.seats')} />
          <Figure value={words.count(studio.slots)} label={t('studio.hosts')} />
        </Figures>
      </div>
    </EmptyState>
  )
}
