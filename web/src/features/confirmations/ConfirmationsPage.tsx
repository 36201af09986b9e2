import { Button } from '@mantine/core'
import { IconCheck, IconClock, IconQuestionMark, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ConfirmationBoard,
  type RecordedAnswer,
  confirmationsRoutes as routes,
} from '#shared/confirmations/confirmations.contract.ts'
import { daysRoutes } from '#shared/days/days.contract.ts'
import { answersRoutes } from '#shared/invitations/invitations.answers.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { RankBars } from '../../ui/RankBars.tsx'
import { WaitingBoard } from '../waiting/WaitingBoard.tsx'
import classes from './Confirmations.module.css'

type Row = ConfirmationBoard['meetings'][number]

/** Who confirmed, declined or stays silent: the picture first, then meeting by meeting. */
export function ConfirmationsPage() {
  const { t } = useTranslation('confirmations')
  const { dayId } = useParams({ from: '/journees/$dayId/confirmations' })
  const day = useQuery(queryFor(daysRoutes.day, { params: { dayId } }))
  const board = useQuery({
    ...queryFor(routes.confirmationBoard, { params: { dayId } }),
    refetchInterval: 30_000,
  })
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
      back={<Link to={`/journees/${dayId}` as '/'}>{t('board.back')}</Link>}
      action={
        <Button component={Link} to={`/journees/${dayId}/envois` as '/'} variant="default">
          {t('board.outbox')}
        </Button>
      }
      width="full"
    >
      <HeldNotice dayId={dayId} regionId={day.data?.regionId} />
      <Answered query={board} shape="table">
        {(data) =>
          data.meetings.length === 0 ? (
            <EmptyState
              title={t('board.empty')}
              action={
                <Button component={Link} to={`/journees/${dayId}` as '/'}>
                  {t('board.back')}
                </Button>
              }
            >
              {t('board.emptyWhy')}
            </EmptyState>
          ) : (
            <Board board={data} timeZone={zone}>
              <WaitingBoard dayId={dayId} />
            </Board>
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
    ...queryFor(answersRoutes.heldAnswers, { params: { regionId: regionId ?? '' } }),
    enabled: regionId !== undefined,
    refetchInterval: 30_000,
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

const said = ['yes', 'maybe', 'silent', 'no'] as const

/** The picture, then what repaired itself, then the long lists. */
function Board({
  board,
  timeZone,
  children,
}: {
  board: ConfirmationBoard
  timeZone: string
  children: ReactNode
}) {
  const { t } = useTranslation('confirmations')
  const silent = board.meetings.filter(isSilent)
  const answered = board.meetings.filter((row) => !isSilent(row))
  return (
    <>
      <div className={classes.picture}>
        {(['hosts', 'guests'] as const).map((side) => (
          <RankBars
            key={side}
            caption={t(`board.${side}`)}
            total={said.reduce((sum, one) => sum + board[side][one], 0)}
            bars={said.map((one) => ({
              id: one,
              label: t(`board.said.${one}`),
              value: board[side][one],
              muted: one === 'silent',
            }))}
          />
        ))}
      </div>
      {children}
      {silent.length > 0 && (
        <Section title={t('board.silent')} lead={t('board.silentLead', { count: silent.length })}>
          <Meetings caption={t('board.silent')} rows={silent} timeZone={timeZone} />
        </Section>
      )}
      {answered.length > 0 && (
        <Section title={t('board.answered')}>
          <Meetings caption={t('board.answered')} rows={answered} timeZone={timeZone} />
        </Section>
      )}
    </>
  )
}

const isSilent = ({ closed, host, guests }: Row) =>
  !closed && (host.answer === null || guests.some((guest) => !guest.ended && guest.answer === null))

function Meetings({ caption, rows, timeZone }: { caption: string; rows: Row[]; timeZone: string }) {
  const { t, i18n } = useTranslation('confirmations')
  const words = useWords()
  return (
    <DataTable
      caption={caption}
      hideCaption
      rows={rows}
      rowKey={(row) => row.slotId}
      first={{ rows: 15, more: t('board.more') }}
      columns={[
        {
          id: 'meeting',
          header: t('board.meeting'),
          title: true,
          cell: (row) => (
            <>
              {i18n.language === 'en' ? row.roleEn : row.roleFr}
              <br />
              <span className={classes.quiet}>
                {row.siteName} · {words.hours(row, timeZone)}
              </span>
            </>
          ),
        },
        {
          id: 'host',
          header: t('board.host'),
          cell: ({ host }) => <Person {...host} ended={host.answer === 'no'} />,
        },
        {
          id: 'guests',
          header: t('board.guestsColumn'),
          cell: ({ guests }) => (
            <ul className={classes.people}>
              {guests.map((guest) => (
                <li key={guest.placementId}>
                  <Person {...guest} />
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
}

const marks = { yes: IconCheck, maybe: IconQuestionMark, no: IconX, silent: IconClock }

function Person(person: {
  firstName: string
  lastName: string
  reachable: boolean
  answer: RecordedAnswer | null
  ended: boolean
}) {
  const { t } = useTranslation('confirmations')
  const said = person.answer ?? 'silent'
  const Mark = marks[said]
  return (
    <span className={classes.said}>
      <Mark size={18} aria-hidden />
      <span className={person.ended ? classes.ended : undefined}>
        {person.firstName} {person.lastName}
      </span>
      <span className={classes.quiet}>
        {t(`board.said.${said}`)}
        {!person.reachable && `, ${t('board.noMail')}`}
      </span>
    </span>
  )
}
