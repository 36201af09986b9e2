import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import {
  type Invited,
  boardRoutes as routes,
} from '#shared/invitations/invitations.board.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import classes from './Confirmations.module.css'
import { followed, markOf, tones } from './confirmations.standing.tsx'
import { HappeningEntry } from './HappeningEntry.tsx'
import { OtherWay } from './InvitedPeople.tsx'
import { RenewLink } from './RenewLink.tsx'

/** One person: what was sent, what came back and what changed, in order. */
export function ConversationPage() {
  const { t } = useTranslation('confirmations')
  const { dayId, subjectId } = useParams({ from: '/journees/$dayId/confirmations/$subjectId' })
  const day = useQuery(queryFor(daysRoutes.day, { params: { dayId } }))
  const conversation = useQuery(queryFor(routes.conversation, { params: { dayId, subjectId } }))
  useLive(routes.boardLive, { params: { dayId } }, followed(dayId, undefined))
  const zone = day.data?.timeZone ?? 'Europe/Paris'
  const { data } = conversation
  return (
    <Page
      title={data ? `${data.firstName} ${data.lastName}` : t('conversation.title')}
      kicker={day.data?.name}
      lead={t('conversation.lead')}
      back={<Link to={`/journees/${dayId}/confirmations` as '/'}>{t('held.back')}</Link>}
    >
      <Answered query={conversation} shape="lines">
        {({ invited, happenings }) => (
          <>
            {invited && (
              <Standing
                invited={invited}
                dayId={dayId}
                regionId={day.data?.regionId ?? ''}
                timeZone={zone}
              />
            )}
            {happenings.length === 0 ? (
              <EmptyState title={t('conversation.empty')}>{t('conversation.emptyWhy')}</EmptyState>
            ) : (
              <ol className={classes.timeline}>
                {happenings.map((happening, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: what happened stays where it is
                  <HappeningEntry key={place} happening={happening} dayId={dayId} timeZone={zone} />
                ))}
              </ol>
            )}
          </>
        )}
      </Answered>
    </Page>
  )
}

function Standing({
  invited,
  dayId,
  regionId,
  timeZone,
}: {
  invited: Invited
  dayId: string
  regionId: string
  timeZone: string
}) {
  const { t, i18n } = useTranslation('confirmations')
  const words = useWords()
  const { standing } = invited
  return (
    <Panel>
      <div className={classes.now}>
        <p className={classes.nowSaid}>
          <span className={classes.dot} data-tone={tones[standing]}>
            {markOf(standing)}
          </span>
          <strong>{t(`board.said.${standing}`)}</strong>
        </p>
        <p className={classes.quiet}>
          {[
            t(`held.side.${invited.side}`),
            i18n.language === 'en' ? invited.roleEn : invited.roleFr,
            invited.siteName,
            words.hours(invited, timeZone),
          ].join(' · ')}
        </p>
        <div className={classes.rowActions}>
          {standing === 'silent' && (
            <Button
              component={Link}
              to={`/journees/${dayId}/relance?personne=${invited.subjectId}` as '/'}
            >
              {t('people.nudge')}
            </Button>
          )}
          {standing === 'held' && (
            <Button component={Link} to={`/journees/${dayId}/reponses` as '/'}>
              {t('people.settle')}
            </Button>
          )}
          {standing === 'unreached' && <OtherWay one={invited} dayId={dayId} regionId={regionId} />}
          {standing !== 'no' && (
            <RenewLink
              meeting={{
                kind: invited.side === 'host' ? 'slot' : 'placement',
                id: invited.subjectId,
              }}
              of={invited.firstName}
            />
          )}
        </div>
      </div>
    </Panel>
  )
}
