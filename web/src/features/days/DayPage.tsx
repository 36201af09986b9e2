import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysRoutes, type Timeline } from '#shared/days/days.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { NextStep } from '../../ui/NextStep.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { StationLine } from '../../ui/StationLine.tsx'
import classes from './Days.module.css'
import { useWords } from './days.words.ts'
import { Mailings } from './Mailings.tsx'
import { OpenSignUp } from './OpenSignUp.tsx'

/** The director's home: the line of the day, its one next action, what deserves a look. */
export function DayPage() {
  const { t } = useTranslation('days')
  const words = useWords()
  const { dayId } = useParams({ from: '/journees/$dayId' })
  const query = useQuery({
    ...queryFor(daysRoutes.timeline, { params: { dayId } }),
    refetchOnWindowFocus: true,
  })
  const day = query.data?.day
  return (
    <Page
      title={day ? day.name : t('day.waiting')}
      {...(day ? { kicker: words.date(day.date) } : {})}
    >
      <Answered query={query} shape="cards">
        {(timeline) => <Line timeline={timeline} />}
      </Answered>
    </Page>
  )
}

function Line({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslation('days')
  const words = useWords()
  const { day, stations, figures, watch } = timeline
  const say = ({ code, value }: { code: string; value: number }) =>
    t(`results.${code}`, { count: value, number: words.count(value) })
  return (
    <Stack gap="xl">
      {day.cancelledAt && <Notice tone="warn" title={t('day.cancelled')} />}
      <Mailings dayId={day.id} />
      <StationLine
        label={t('day.line')}
        words={{ done: t('day.done'), current: t('day.current'), next: t('day.next') }}
        stations={stations.map(({ id, state, result }) => ({
          id,
          name: t(`stations.${id}`),
          state,
          ...(result ? { result: say(result) } : {}),
          ...(state === 'current'
            ? {
                content: (
                  <NextStep
                    title={t(`next.${timeline.nextAction}.title`)}
                    action={<Action timeline={timeline} />}
                    figures={
                      <Figures>
                        {figures.map(({ code, value }) => (
                          <Figure
                            key={code}
                            value={words.count(value)}
                            label={t(`figures.${code}`, { count: value })}
                          />
                        ))}
                      </Figures>
                    }
                  >
                    {t(`next.${timeline.nextAction}.text`, {
                      deadline: words.dayOf(day.signUpClosesAt, day.timeZone),
                      offers: words.dayOf(day.offersCloseAt, day.timeZone),
                      confirm: words.dayOf(day.confirmUntil, day.timeZone),
                    })}
                  </NextStep>
                ),
              }
            : {}),
        }))}
      />
      {watch.length > 0 && (
        <Section title={t('watch.title')}>
          <ul className={classes.watch}>
            {watch.map(({ code, count }) => (
              <li key={code}>{t(`watch.${code}`, { count, number: words.count(count) })}</li>
            ))}
          </ul>
        </Section>
      )}
      <Shortcuts timeline={timeline} />
    </Stack>
  )
}

/** The one button; where it leads is said once, here. */
function Action({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslation('days')
  const { day, nextAction } = timeline
  const label = t(`next.${nextAction}.action`)
  if (nextAction === 'open-sign-up') return <OpenSignUp dayId={day.id} label={label} />
  if (nextAction === 'close-sign-up') return <CloseSignUp dayId={day.id} label={label} />
  const to = {
    'import-roster': `/regions/${day.regionId}/effectifs`,
    'propose-slots': `/journees/${day.id}/proposer`,
    'wait-for-hosts': `/journees/${day.id}/couverture`,
    'see-coverage': `/journees/${day.id}/couverture`,
    'compute-plan': `/journees/${day.id}/affectations`,
    'review-plan': `/journees/${day.id}/affectations`,
    'follow-confirmations': `/journees/${day.id}/confirmations`,
    'see-irritants': `/journees/${day.id}/irritants`,
    none: '/',
  }[nextAction]
  return (
    <Button size="lg" component={Link} to={to as '/'}>
      {label}
    </Button>
  )
}

function CloseSignUp({ dayId, label }: { dayId: string; label: string }) {
  const close = useCall(daysRoutes.closeSignUp)
  return (
    <Stack align="flex-start">
      <Button
        size="lg"
        variant="default"
        loading={close.isPending}
        onClick={() => close.mutate({ params: { dayId } })}
      >
        {label}
      </Button>
      <Refused error={close.error} />
    </Stack>
  )
}

/** What else can be looked at from here, quietly. */
function Shortcuts({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslation('days')
  const { day, nextAction } = timeline
  const at = `/journees/${day.id}`
  const links = [
    { key: 'coverage', to: `${at}/couverture` },
    { key: 'propose', to: `${at}/proposer`, hidden: day.publishedAt !== null },
    { key: 'settings', to: `${at}/reglages`, hidden: day.publishedAt !== null },
    { key: 'confirmations', to: `${at}/confirmations`, hidden: day.publishedAt === null },
    { key: 'outbox', to: `${at}/envois` },
    { key: 'cancel', to: `${at}/annulation`, hidden: day.cancelledAt !== null },
    { key: 'days', to: `/regions/${day.regionId}/journees` },
  ]
  const mayOpen =
    nextAction !== 'open-sign-up' &&
    !day.cancelledAt &&
    !day.publishedAt &&
    (!day.signUpOpenedAt || day.signUpClosedAt !== null)
  return (
    <nav className={classes.links} aria-label={t('links.label')}>
      {links
        .filter(({ hidden }) => !hidden)
        .map(({ key, to }) => (
          <Button key={key} variant="subtle" color="ink" component={Link} to={to as '/'}>
            {t(`links.${key}`)}
          </Button>
        ))}
      {mayOpen && <OpenQuietly dayId={day.id} again={day.signUpOpenedAt !== null} />}
    </nav>
  )
}

/** Opening early, or again after closing: possible, never pressed for. */
function OpenQuietly({ dayId, again }: { dayId: string; again: boolean }) {
  const { t } = useTranslation('days')
  return <OpenSignUp quiet dayId={dayId} label={t(again ? 'links.openAgain' : 'links.open')} />
}
