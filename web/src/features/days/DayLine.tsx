import { Button, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysRoutes, type Timeline } from '#shared/days/days.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { NextStep } from '../../ui/NextStep.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { StationLine } from '../../ui/StationLine.tsx'
import classes from './Days.module.css'
import { Mailings } from './Mailings.tsx'
import { OpenSignUp } from './OpenSignUp.tsx'

/** The day as a line of stations, the present one open with its one action; then what deserves a look. */
export function DayLine({ timeline, quiet = false }: { timeline: Timeline; quiet?: boolean }) {
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
                    quiet={quiet}
                    title={t(`next.${timeline.nextAction}.title`)}
                    action={<Action timeline={timeline} quiet={quiet} />}
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
              <li key={code}>
                <Link to={watchedAt(day, code) as '/'}>
                  {t(`watch.${code}`, { count, number: words.count(count) })}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Stack>
  )
}

/** The one button; where it leads is said once, here. */
function Action({ timeline, quiet }: { timeline: Timeline; quiet: boolean }) {
  const { t } = useTranslation('days')
  const { day, nextAction } = timeline
  const label = t(`next.${nextAction}.action`)
  if (nextAction === 'open-sign-up')
    return <OpenSignUp dayId={day.id} label={label} quiet={quiet} />
  if (nextAction === 'close-sign-up')
    return <CloseSignUp dayId={day.id} label={label} quiet={quiet} />
  const to = {
    'import-roster': `/regions/${day.regionId}/effectifs`,
    'propose-slots': `/journees/${day.id}/proposer`,
    'wait-for-hosts': `/journees/${day.id}/couverture`,
    'see-coverage': `/journees/${day.id}/couverture`,
    'compute-plan': `/journees/${day.id}/affectations`,
    'review-plan': `/journees/${day.id}/affectations`,
    'follow-confirmations': `/journees/${day.id}/confirmations`,
    'follow-arrivals': `/journees/${day.id}/arrivees`,
    'see-irritants': `/journees/${day.id}/irritants`,
    'gather-findings': `/journees/${day.id}/constats`,
    'open-debrief': `/journees/${day.id}/debrief`,
    'lead-debrief': `/journees/${day.id}/debrief`,
    'decide-actions': `/journees/${day.id}/actions`,
    'follow-actions': `/journees/${day.id}/actions`,
    none: '/',
  }[nextAction]
  return (
    <Button size="lg" component={Link} to={to as '/'} variant={quiet ? 'default' : 'filled'}>
      {label}
    </Button>
  )
}

/** Closing can be undone, so it does not ask twice. */
export function CloseSignUp({
  dayId,
  label,
  quiet = false,
}: {
  dayId: string
  label: string
  quiet?: boolean
}) {
  const close = useCall(daysRoutes.closeSignUp)
  return (
    <Stack align="flex-start">
      <Button
        {...(quiet ? { variant: 'subtle', color: 'ink' } : { variant: 'default', size: 'lg' })}
        loading={close.isPending}
        onClick={() => close.mutate({ params: { dayId } })}
      >
        {label}
      </Button>
      <Refused error={close.error} />
    </Stack>
  )
}

/** Where something to watch can be looked into. */
function watchedAt({ id }: Timeline['day'], code: Timeline['watch'][number]['code']): string {
  if (code === 'held-answers') return `/journees/${id}/reponses`
  if (code === 'actions-without-owner') return `/journees/${id}/actions`
  if (code === 'mails-failed' || code === 'mails-stopped') return `/journees/${id}/envois`
  return `/journees/${id}/couverture`
}
