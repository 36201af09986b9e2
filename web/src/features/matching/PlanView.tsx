import { Anchor, Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { matchingRoutes, type Plan, type Studio } from '#shared/matching/matching.contract.ts'
import type { PlanObjective } from '#shared/matching/matching.vocabulary.ts'
import { addressOf, queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BottomBar, Section } from '../../ui/Page.tsx'
import { Answer, StepBack } from './Answer.tsx'
import { DraftShelf } from './DraftShelf.tsx'
import { GuestTable } from './GuestTable.tsx'
import { HandChoices } from './HandChoices.tsx'
import type { Hand } from './matching.hand.ts'
import { OtherWays } from './OtherWays.tsx'
import { PlanPicture } from './PlanPicture.tsx'
import { SiteSeats } from './SiteSeats.tsx'
import classes from './Studio.module.css'
import { Unplaced } from './Unplaced.tsx'

/** One draft among the others: its picture, whom it leaves out, the table, and the way to publish. */
export function PlanView({
  studio,
  plan,
  drafts,
  onShow,
  hand,
  computing,
  compute,
  busy,
}: {
  studio: Studio
  plan: Plan
  drafts: Plan[]
  onShow: (planId: string) => void
  hand: Hand
  computing?: Plan
  compute: (objective: PlanObjective) => void
  busy: boolean
}) {
  const { t } = useTranslation('matching')
  const params = { planId: plan.id }
  // What was on the screen stays until the next draft is read: bars slide, nothing blinks.
  const placeholderData = <T,>(before: T | undefined) => before
  const details = useQuery({
    ...queryFor(matchingRoutes.plan, { params }),
    placeholderData,
  })
  const picture = useQuery({ ...queryFor(matchingRoutes.planPicture, { params }), placeholderData })
  const { stats } = plan
  if (!stats) return null
  const against = details.data?.plan.id === plan.id ? details.data.against : null
  const outdated = details.data?.plan.id === plan.id && details.data.outdated
  const recompute = (
    <Button variant="default" disabled={busy} onClick={() => compute(plan.objective)}>
      {t('studio.again')}
    </Button>
  )
  return (
    <Stack gap="xl">
      {plan.status === 'published' && (
        <Notice
          tone="success"
          title={t('plan.inForce')}
          action={
            <Button
              variant="default"
              component={Link}
              to={`/journees/${plan.dayId}/confirmations` as '/'}
            >
              {t('plan.since')}
            </Button>
          }
        >
          {t('plan.inForceText')}
        </Notice>
      )}
      {outdated && !computing && (
        <Notice tone="warn" title={t('plan.outdated')} action={recompute}>
          {t('plan.outdatedText')}
        </Notice>
      )}
      {stats.pinsIgnored > 0 && (
        <Notice tone="warn" title={t('plan.pinsIgnored', { count: stats.pinsIgnored })}>
          {t('plan.pinsIgnoredText')}
        </Notice>
      )}
      <PlanPicture
        studio={studio}
        objective={plan.objective}
        stats={stats}
        against={against}
        picture={picture.data}
      />
      <Section
        title={t('drafts.title')}
        lead={t('drafts.lead')}
        aside={
          <Button variant="default" disabled={busy} onClick={() => compute('fair')}>
            {t('drafts.new')}
          </Button>
        }
      >
        <DraftShelf studio={studio} drafts={drafts} shown={plan} onShow={onShow} />
      </Section>
      <div className={classes.look}>
        {stats.unplaced > 0 && picture.data && (
          <Section title={t('unplaced.title')} lead={t('unplaced.lead')}>
            <Unplaced plan={plan} reasons={picture.data.unplaced} />
          </Section>
        )}
        {picture.data && (
          <Section title={t('sites.title')} lead={t('sites.lead')}>
            <SiteSeats studio={studio} planId={plan.id} sites={picture.data.sites} />
          </Section>
        )}
      </div>
      <OtherWays studio={studio} plan={plan} compute={compute} busy={busy} />
      {hand.choices.length > 0 && (
        <Section title={t('choices.title')} lead={t('choices.lead')}>
          <HandChoices studio={studio} stats={stats} hand={hand} />
        </Section>
      )}
      <Section title={t('plan.guests')} lead={t('plan.guestsLead')}>
        <Refused error={hand.error} />
        <GuestTable studio={studio} plan={plan} hand={hand} />
      </Section>
      <p className={classes.quiet}>
        <Anchor
          download
          href={addressOf(matchingRoutes.instance, { params: { dayId: plan.dayId } })}
        >
          {t('plan.download')}
        </Anchor>{' '}
        {t('plan.downloadText')}
      </p>
      <BottomBar
        note={<Answer plan={plan} against={against} {...(computing ? { computing } : {})} />}
      >
        <StepBack hand={hand} />
        {plan.status === 'ready' && (
          <PublishButton
            studio={studio}
            plan={plan}
            outdated={outdated || computing !== undefined}
          />
        )}
      </BottomBar>
    </Stack>
  )
}

/** The way out: sign-up closes first, and what is not up to date is not published. */
function PublishButton({
  studio,
  plan,
  outdated,
}: {
  studio: Studio
  plan: Plan
  outdated: boolean
}) {
  const { t } = useTranslation('matching')
  const close = useCall(daysRoutes.closeSignUp)
  if (studio.day.signUpOpen) {
    return (
      <>
        <Refused error={close.error} />
        <Button
          size="lg"
          loading={close.isPending}
          onClick={() => close.mutate({ params: { dayId: plan.dayId } })}
        >
          {t('plan.closeSignUp')}
        </Button>
      </>
    )
  }
  if (outdated) {
    return (
      <Button size="lg" disabled>
        {t('plan.publish')}
      </Button>
    )
  }
  return (
    <Button
      size="lg"
      component={Link}
      to={`/journees/${plan.dayId}/affectations/${plan.id}/publication`}
    >
      {t('plan.publish')}
    </Button>
  )
}
