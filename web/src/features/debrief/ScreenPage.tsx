import { Button } from '@mantine/core'
import { IconMaximize } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Desk, type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './Debrief.module.css'
import { deskKeys, titleOf } from './debrief.api.ts'
import { FindingList, Results } from './Findings.tsx'
import { JoinCode } from './JoinCode.tsx'
import { StepButtons } from './StepButtons.tsx'
import { StepsLine } from './StepsLine.tsx'
import { Wall } from './Wall.tsx'

/** As many as can be read from the last row. */
const cardsAtATime = 6

/** The projector: everything large, the same two buttons in a corner. */
export function ScreenPage() {
  const { t } = useTranslation('debrief')
  const { dayId } = useParams({ from: '/journees/$dayId/debrief/ecran' })
  const screen = useRef<HTMLDivElement>(null)
  const desk = useQuery(queryFor(routes.desk, { params: { dayId } }))
  const hearing = useLive(routes.deskLive, { params: { dayId } }, deskKeys(dayId))
  return (
    <div ref={screen} className={classes.screen}>
      <title>{`${t('screen.title')} · 10 de cœur`}</title>
      <Answered query={desk}>
        {(data) =>
          data.room ? (
            <>
              <OnScreen desk={data} room={data.room} />
              <footer className={classes.screenFoot}>
                <span className={classes.quietLinks}>
                  <Button
                    variant="subtle"
                    color="ink"
                    component={Link}
                    to={`/journees/${dayId}/debrief` as '/'}
                  >
                    {t('screen.desk')}
                  </Button>
                  <Button
                    variant="subtle"
                    color="ink"
                    leftSection={<IconMaximize size={18} aria-hidden />}
                    onClick={() => void screen.current?.requestFullscreen?.()}
                  >
                    {t('screen.full')}
                  </Button>
                  {hearing === 'polling' && <span role="status">{t('screen.polling')}</span>}
                </span>
                <StepButtons room={data.room} />
              </footer>
            </>
          ) : (
            <EmptyState
              title={t('screen.closed')}
              action={
                <Button component={Link} to={`/journees/${dayId}/debrief` as '/'}>
                  {t('screen.desk')}
                </Button>
              }
            >
              {t('screen.closedWhy')}
            </EmptyState>
          )
        }
      </Answered>
    </div>
  )
}

function OnScreen({ desk, room }: { desk: Desk; room: Room }) {
  const { t } = useTranslation('debrief')
  const isVoting = room.step === 'vote'
  return (
    <>
      <header className={classes.screenHead}>
        <div>
          <p className={classes.screenDay}>{room.dayName}</p>
          <h1 id="page-title" tabIndex={-1}>
            {t(titleOf(room))}
          </h1>
          <StepsLine step={room.step} />
        </div>
        {(room.step === 'read' || room.step === 'group') && <JoinCode code={room.code} />}
      </header>
      <div className={classes.screenBody} data-split={isVoting || undefined}>
        {room.step === 'read' && <Wall room={room} perPage={cardsAtATime} />}
        {room.step === 'group' && <FindingList room={room} />}
        {isVoting && (
          <>
            <FindingList room={room} />
            <aside className={classes.urn}>
              <JoinCode code={room.code} large />
              <p className={classes.give}>
                {t('screen.give', { count: room.hearts })} <Pip size={30} />
              </p>
              <Urn count={desk.ballotsCast ?? 0} />
            </aside>
          </>
        )}
        {room.step === 'count' && (
          <div className={classes.closedCurtain}>
            <p>{t('screen.curtain')}</p>
            <Urn count={desk.ballotsCast ?? 0} />
          </div>
        )}
        {(room.step === 'decide' || room.step === 'closed') && <Results room={room} />}
      </div>
    </>
  )
}

function Urn({ count }: { count: number }) {
  const { t } = useTranslation('debrief')
  return <p className={classes.ballots}>{t('screen.ballots', { count })}</p>
}
