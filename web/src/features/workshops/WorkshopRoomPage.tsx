import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type Room,
  facilitatorRoutes as routes,
} from '#shared/workshops/workshops.facilitator.contract.ts'
import { call, queryFor } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import classes from './Facilitator.module.css'
import { LinkedTo } from './LinkedTo.tsx'
import { placeOf } from './workshops.sessions.ts'

/** Where the picture in the room leads whoever scans it: « who are you? », one press. Opening says nothing. */
export function WorkshopRoomPage() {
  const { token } = useParams({ from: '/presence/$token' })
  const room = useQuery({ ...queryFor(routes.room, { params: { token } }), retry: false })
  return <LinkedTo query={room}>{(read) => <InRoom room={read} token={token} />}</LinkedTo>
}

function InRoom({ room, token }: { room: Room; token: string }) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const { state, opensAt, timeZone } = room
  return (
    <Page
      title={room.title}
      lead={`${words.hours(room, timeZone)} · ${placeOf(room)}`}
      width="narrow"
    >
      {state === 'open' ? (
        <WhoAreYou room={room} token={token} />
      ) : (
        <Notice title={t(`room.${state}`, { from: words.until(opensAt, timeZone) })} />
      )}
    </Page>
  )
}

function WhoAreYou({ room, token }: { room: Room; token: string }) {
  const { t } = useTranslation('workshops')
  const client = useQueryClient()
  const arrive = useMutation({
    mutationFn: (personId: string) => call(routes.arriveInRoom, { params: { token, personId } }),
    // Also after a refusal: somebody may have moved meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: ['api'] }),
  })
  const done = arrive.data?.people.find(({ personId }) => personId === arrive.variables)
  if (done) {
    return (
      <Notice tone="success" title={t('room.done', { name: done.name })}>
        {t('room.enjoy')}
      </Notice>
    )
  }
  const awaited = room.people.filter(({ attended }) => attended !== 'came')
  return (
    <div className={classes.stack}>
      <h2>{t('room.who')}</h2>
      <Refused error={arrive.error} />
      {awaited.map(({ personId, name }) => (
        <Button
          key={personId}
          size="lg"
          fullWidth
          variant="default"
          loading={arrive.isPending && arrive.variables === personId}
          disabled={arrive.isPending}
          onClick={() => arrive.mutate(personId)}
        >
          {t('room.me', { name })}
        </Button>
      ))}
      <p className={classes.quiet}>{t('room.notListed')}</p>
    </div>
  )
}
