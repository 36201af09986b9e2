import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Room, debriefRoutes as routes } from '#shared/debrief/debrief.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { readRoomCode, roomKeys, titleOf, useBallot } from './debrief.api.ts'
import { FindingList, Results } from './Findings.tsx'
import { StepsLine } from './StepsLine.tsx'
import { VoteForm } from './VoteForm.tsx'
import { Wall } from './Wall.tsx'

/** The room on a phone: what the projector shows, and one’s own ballot. */
export function RoomPage() {
  const { t } = useTranslation('debrief')
  const { code } = useParams({ from: '/debrief/$code' })
  const input = { params: { code: readRoomCode(code) } }
  const room = useQuery({ ...queryFor(routes.room, input), retry: false })
  return (
    <Page
      title={room.data ? t(titleOf(room.data)) : t('room.title')}
      kicker={room.data?.dayName}
      width="narrow"
    >
      <Answered query={room} shape="cards">
        {(data) => <Following room={data} />}
      </Answered>
    </Page>
  )
}

function Following({ room }: { room: Room }) {
  useLive(routes.roomLive, { params: { code: room.code } }, roomKeys(room.code))
  const ballot = useBallot(room)
  return (
    <>
      <StepsLine step={room.step} />
      <OnPhone room={room} ballot={ballot} />
    </>
  )
}

function OnPhone({ room, ballot }: { room: Room; ballot: ReturnType<typeof useBallot> }) {
  const { t } = useTranslation('debrief')
  switch (room.step) {
    case 'read':
      return <Wall room={room} />
    case 'group':
      return <FindingList room={room} />
    case 'vote':
      return <VoteForm room={room} ballot={ballot} />
    case 'count':
      return (
        <EmptyState title={t('room.count.what')}>
          {ballot.cast ? t('room.count.yours') : t('room.count.none')}
        </EmptyState>
      )
    case 'decide':
    case 'closed':
      return <Results room={room} />
  }
}
