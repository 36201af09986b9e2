import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Desk, type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { usualHearts } from '#shared/debrief/debrief.vocabulary.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { useLive } from '../../app/live.ts'
import { Refused } from '../../app/Refused.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { NextStep } from '../../ui/NextStep.tsx'
import { Page, Panel, Section } from '../../ui/Page.tsx'
import { CardShelf } from './CardShelf.tsx'
import classes from './Debrief.module.css'
import { deskKeys } from './debrief.api.ts'
import { FindingList, Results } from './Findings.tsx'
import { HeartsChoice } from './HeartsChoice.tsx'
import { JoinCode } from './JoinCode.tsx'
import { StepButtons } from './StepButtons.tsx'
import { StepsLine } from './StepsLine.tsx'

/** The director’s desk: opens the session, reads cards before the room does, goes on and back. */
export function DebriefPage() {
  const { t } = useTranslation('debrief')
  const { dayId } = useParams({ from: '/journees/$dayId/debrief' })
  const desk = useQuery(queryFor(routes.desk, { params: { dayId } }))
  useLive(routes.deskLive, { params: { dayId } }, deskKeys(dayId))
  return (
    <Page
      title={t('title')}
      kicker={desk.data?.dayName}
      lead={desk.data?.room ? t(`desk.${desk.data.room.step}`) : t('lead')}
      back={<BackToDay dayId={dayId} />}
      action={
        desk.data?.room && (
          <Button
            component="a"
            href={`/journees/${dayId}/debrief/ecran`}
            target="_blank"
            variant="default"
          >
            {t('screen.open')}
          </Button>
        )
      }
    >
      <Answered query={desk} shape="cards">
        {(data) =>
          data.room ? <OpenDesk desk={data} room={data.room} /> : <Opening dayId={dayId} />
        }
      </Answered>
    </Page>
  )
}

function Opening({ dayId }: { dayId: string }) {
  const { t } = useTranslation('debrief')
  const open = useCall(routes.open, { refresh: deskKeys(dayId) })
  return (
    <Stack>
      <NextStep
        title={t('opening.title')}
        drawing="heart"
        action={
          <Button
            loading={open.isPending}
            onClick={() => open.mutate({ params: { dayId }, body: { hearts: usualHearts } })}
          >
            {t('opening.action')}
          </Button>
        }
      >
        {t('opening.text')}
      </NextStep>
      <Refused error={open.error} />
    </Stack>
  )
}

function OpenDesk({ desk, room }: { desk: Desk; room: Room }) {
  const { t } = useTranslation('debrief')
  const { step } = room
  return (
    <div className={classes.desk}>
      <div className={classes.deskMain}>
        <StepsLine step={step} />
        <StepButtons room={room} />
        {step === 'read' && <CardShelf desk={desk} room={room} />}
        {step === 'group' && (
          <Section title={t('findings.title')}>
            <Stack>
              <Button component={Link} to={`/journees/${room.dayId}/constats` as '/'}>
                {t('findings.work')}
              </Button>
              <FindingList room={room} />
            </Stack>
          </Section>
        )}
        {(step === 'vote' || step === 'count') && <FindingList room={room} />}
        {(step === 'decide' || step === 'closed') && (
          <Stack>
            <Button component={Link} to={`/journees/${room.dayId}/actions` as '/'}>
              {t('results.act')}
            </Button>
            <Results room={room} />
          </Stack>
        )}
      </div>
      <aside className={classes.deskAside}>
        <Panel>
          <JoinCode code={room.code} />
        </Panel>
        <HeartsChoice room={room} />
        <Figures>
          {step === 'read' && <Figure value={room.cards.length} label={t('desk.shown')} />}
          {step === 'read' && <Figure value={desk.waitingCards} label={t('desk.waiting')} />}
          {desk.ballotsCast !== null && (
            <Figure value={desk.ballotsCast} label={t('desk.ballots')} />
          )}
        </Figures>
      </aside>
    </div>
  )
}
