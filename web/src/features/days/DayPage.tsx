import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysRoutes, type Timeline } from '#shared/days/days.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { Page } from '../../ui/Page.tsx'
import { CloseSignUp, DayLine } from './DayLine.tsx'
import classes from './Days.module.css'
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
        {(timeline) => (
          <Stack gap="xl">
            <DayLine timeline={timeline} />
            <Shortcuts timeline={timeline} />
          </Stack>
        )}
      </Answered>
    </Page>
  )
}

/** What else can be looked at from here, quietly. */
function Shortcuts({ timeline }: { timeline: Timeline }) {
  const { t } = useTranslation('days')
  const { day, nextAction } = timeline
  const at = `/journees/${day.id}`
  const lived = timeline.stations.some(({ id, state }) => id === 'live' && state === 'done')
  const links = [
    { key: 'coverage', to: `${at}/couverture` },
    { key: 'propose', to: `${at}/proposer`, hidden: day.publishedAt !== null },
    { key: 'settings', to: `${at}/reglages`, hidden: day.publishedAt !== null },
    { key: 'confirmations', to: `${at}/confirmations`, hidden: day.publishedAt === null },
    { key: 'arrivals', to: `${at}/arrivees`, hidden: day.publishedAt === null },
    { key: 'irritants', to: `${at}/irritants`, hidden: day.publishedAt === null },
    { key: 'findings', to: `${at}/constats`, hidden: day.publishedAt === null },
    { key: 'debrief', to: `${at}/debrief`, hidden: day.publishedAt === null },
    { key: 'actions', to: `${at}/actions`, hidden: day.publishedAt === null },
    { key: 'changes', to: `${at}/ce-qui-a-change`, hidden: day.publishedAt === null },
    { key: 'report', to: `${at}/rapport`, hidden: day.publishedAt === null },
    { key: 'outbox', to: `${at}/envois` },
    { key: 'cancel', to: `${at}/annulation`, hidden: lived || day.cancelledAt !== null },
    { key: 'days', to: `/regions/${day.regionId}/journees` },
  ]
  const mayOpen =
    nextAction !== 'open-sign-up' &&
    !day.cancelledAt &&
    !day.publishedAt &&
    (!day.signUpOpenedAt || day.signUpClosedAt !== null)
  const mayClose =
    nextAction !== 'close-sign-up' &&
    !day.cancelledAt &&
    !day.publishedAt &&
    day.signUpOpenedAt !== null &&
    day.signUpClosedAt === null
  return (
    <nav className={classes.links} aria-label={t('links.label')}>
      {links
        .filter(({ hidden }) => !hidden)
        .map(({ key, to }) => (
          <Button key={key} variant="subtle" color="ink" component={Link} to={to as '/'}>
            {t(`links.${key}`)}
          </Button>
        ))}
      {mayClose && <CloseSignUp quiet dayId={day.id} label={t('links.close')} />}
      {mayOpen && <OpenQuietly dayId={day.id} again={day.signUpOpenedAt !== null} />}
    </nav>
  )
}

/** Opening early, or again after closing: possible, never pressed for. */
function OpenQuietly({ dayId, again }: { dayId: string; again: boolean }) {
  const { t } = useTranslation('days')
  return <OpenSignUp quiet dayId={dayId} label={t(again ? 'links.openAgain' : 'links.open')} />
}
