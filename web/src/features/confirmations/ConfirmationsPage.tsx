import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { mailAnswersRoutes } from '#shared/invitations/invitations.answers.contract.ts'
import {
  type ConfirmationBoard,
  type Invited,
  boardRoutes as routes,
  type Standing,
  standings,
} from '#shared/invitations/invitations.board.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { useLive } from '../../app/live.ts'
import { useWords } from '../../app/words.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ShareBar } from '../../ui/ShareBar.tsx'
import { WaitingBoard } from '../waiting/WaitingBoard.tsx'
import classes from './Confirmations.module.css'
import { followed, markOf, tones } from './confirmations.standing.tsx'
import { InvitedPeople } from './InvitedPeople.tsx'

/** Where everybody stands who was invited: the picture first, then the people behind it. */
export function ConfirmationsPage() {
  const { t } = useTranslation('confirmations')
  const { dayId } = useParams({ from: '/journees/$dayId/confirmations' })
  const day = useQuery(queryFor(daysRoutes.day, { params: { dayId } }))
  const board = useQuery(queryFor(routes.confirmationBoard, { params: { dayId } }))
  useLive(routes.boardLive, { params: { dayId } }, followed(dayId, day.data?.regionId))
  const zone = day.data?.timeZone ?? 'Europe/Paris'
  const words = useWords()
  return (
    <Page
      title={t('board.title')}
      kicker={day.data?.name}
      lead={
        board.data?.publishedAt
          ? t('board.lead', { until: words.dayOf(board.data.confirmUntil, zone) })
          : undefined
      }
      back={
        // The page of the day is the director’s.
        board.data?.directing === false ? (
          <Link to="/">{t('board.home')}</Link>
        ) : (
          <BackToDay dayId={dayId} />
        )
      }
      action={
        board.data?.directing && (
          <Button component={Link} to={`/journees/${dayId}/envois` as '/'} variant="default">
            {t('board.outbox')}
          </Button>
        )
      }
      width="full"
    >
      {board.data?.directing && <HeldNotice dayId={dayId} regionId={day.data?.regionId} />}
      <Answered query={board} shape="table">
        {(data) =>
          data.hosts.invited + data.guests.invited === 0 ? (
            <EmptyState
              title={t('board.empty')}
              action={
                <Button component={Link} to={(data.directing ? `/journees/${dayId}` : '/') as '/'}>
                  {t(data.directing ? 'app:backToDay' : 'board.home')}
                </Button>
              }
            >
              {t(data.publishedAt && !data.directing ? 'board.emptyHere' : 'board.emptyWhy')}
            </EmptyState>
          ) : (
            <Board board={data} dayId={dayId} regionId={day.data?.regionId ?? ''} timeZone={zone} />
          )
        }
      </Answered>
    </Page>
  )
}

/** Answers that wait for a person are told where answers are followed. */
function HeldNotice({ dayId, regionId }: { dayId: string; regionId: string | undefined }) {
  const { t } = useTranslation('confirmations')
  const held = useQuery({
    ...queryFor(mailAnswersRoutes.heldAnswers, { params: { regionId: regionId ?? '' } }),
    enabled: regionId !== undefined,
  })
  const count = held.data?.answers.length ?? 0
  if (count === 0) return null
  return (
    <Notice
      tone="warn"
      title={t('held.notice', { count })}
      action={
        <Button component={Link} to={`/journees/${dayId}/reponses` as '/'} variant="default">
          {t('held.look')}
        </Button>
      }
    >
      {t('held.noticeWhy')}
    </Notice>
  )
}

const sides = [
  { side: 'host', tally: 'hosts' },
  { side: 'guest', tally: 'guests' },
] as const

/** What most needs a look, until the reader chooses. */
const firstLooked: Standing[] = ['silent', 'unreached', 'held', 'maybe', 'yes', 'no']

function Board({
  board,
  dayId,
  regionId,
  timeZone,
}: {
  board: ConfirmationBoard
  dayId: string
  regionId: string
  timeZone: string
}) {
  const { t } = useTranslation('confirmations')
  const [looked, look] = useState<{ side: Invited['side']; standing: Standing }>()
  const first = firstLooked
    .flatMap((standing) => sides.map(({ side, tally }) => ({ side, standing, tally })))
    .find(({ standing, tally }) => board[tally][standing] > 0)
  const chosen = looked ?? first
  const silent = board.hosts.silent + board.guests.silent
  return (
    <>
      <div className={classes.picture}>
        {sides.map(({ side, tally }) => (
          <ShareBar
            key={side}
            caption={t(`board.${tally}`)}
            whole={t('board.invited', { count: board[tally].invited })}
            parts={standings.map((standing) => ({
              id: standing,
              label: t(`board.said.${standing}`),
              value: board[tally][standing],
              tone: tones[standing],
              icon: markOf(standing),
            }))}
            chosen={chosen?.side === side ? chosen.standing : undefined}
            onChoose={(standing) => look({ side, standing })}
          />
        ))}
      </div>
      {board.directing && silent > 0 && (
        <div className={classes.nudge}>
          <Button component={Link} to={`/journees/${dayId}/relance` as '/'} size="md">
            {t('board.nudge', { count: silent })}
          </Button>
          <p className={classes.quiet}>{t('board.nudgeWhy')}</p>
        </div>
      )}
      {chosen && (
        <InvitedPeople
          key={`${chosen.side} ${chosen.standing}`}
          side={chosen.side}
          standing={chosen.standing}
          board={board}
          dayId={dayId}
          regionId={regionId}
          timeZone={timeZone}
        />
      )}
      {board.directing && <WaitingBoard dayId={dayId} />}
    </>
  )
}
