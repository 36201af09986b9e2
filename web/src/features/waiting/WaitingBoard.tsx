import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  type WaitingBoard as Board,
  waitingRoutes as routes,
} from '#shared/waiting/waiting.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Figure, Figures } from '../../ui/Figure.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Waiting.module.css'

type Place = NonNullable<Board['repaired'][number]['to']>

/** How the published plan repaired itself: who waits, what was offered, what moved. */
export function WaitingBoard({ dayId }: { dayId: string }) {
  const { t } = useTranslation('waiting')
  const query = queryFor(routes.board, { params: { dayId } })
  const board = useQuery({ ...query, refetchInterval: 30_000 })
  return (
    <Section title={t('board.title')} lead={t('board.lead')}>
      <Answered query={board} shape="table">
        {(data) => <Told board={data} />}
      </Answered>
    </Section>
  )
}

function Told({ board }: { board: Board }) {
  const { t, i18n } = useTranslation('waiting')
  const words = useWords()
  const { waiting, freePlaces, offers, offered, repaired, timeZone } = board
  const placeOf = (place: Place) => (
    <>
      {i18n.language === 'en' ? place.roleEn : place.roleFr}
      <br />
      <span className={classes.soft}>
        {place.siteName} · {words.hours(place, timeZone)}
      </span>
    </>
  )
  const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }) =>
    `${firstName} ${lastName}`
  const at = (instant: Date | null) => (instant ? words.moment(instant, timeZone) : '')
  return (
    <>
      <Figures>
        <Figure value={words.count(waiting)} label={t('board.waiting', { count: waiting })} />
        <Figure
          value={words.count(offers.pending)}
          label={t('board.pending', { count: offers.pending })}
        />
        <Figure
          value={words.count(offers.accepted)}
          label={t('board.accepted', { count: offers.accepted })}
        />
        <Figure value={words.count(freePlaces)} label={t('board.free', { count: freePlaces })} />
      </Figures>
      {offered.length > 0 && (
        <DataTable
          caption={t('board.offers')}
          rows={offered}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'person',
              header: t('board.person'),
              title: true,
              cell: (row) => nameOf(row.person),
            },
            { id: 'place', header: t('board.place'), cell: placeOf },
            {
              id: 'state',
              header: t('board.state'),
              cell: ({ status, expiresAt, endedAt }) =>
                t(`board.status.${status}`, {
                  until: words.until(expiresAt, timeZone),
                  at: at(endedAt ?? expiresAt),
                }),
            },
          ]}
        />
      )}
      {repaired.length > 0 && (
        <DataTable
          caption={t('board.repairs')}
          rows={repaired}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'person',
              header: t('board.person'),
              title: true,
              cell: (row) => nameOf(row.person),
            },
            { id: 'from', header: t('board.place'), cell: (row) => placeOf(row.from) },
            {
              id: 'why',
              header: t('board.why'),
              cell: (row) => t(`board.reason.${row.reason}`, { at: at(row.at) }),
            },
            {
              id: 'to',
              header: t('board.now'),
              cell: ({ to, reason }) =>
                to ? placeOf(to) : t(reason === 'guest-cancelled' ? 'board.left' : 'board.still'),
            },
          ]}
        />
      )}
    </>
  )
}
