import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  type LinkedSession,
  workshopLinksRoutes as routes,
} from '#shared/workshops/workshops.links.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import classes from './LinkedWorkshop.module.css'
import { SessionNotes } from './SessionNotes.tsx'
import { SessionTicket } from './SessionTicket.tsx'
import type { LinkedPart } from './WorkshopLinkPage.tsx'
import { sessionsToCome } from './workshops.linked.ts'

/** Sessions to come that are not one’s own: a free seat to take, or a full one to wait for. */
export function OtherSessions({
  workshop,
  token,
  freeOnly = false,
}: LinkedPart & { freeOnly?: boolean }) {
  const sessions = sessionsToCome(workshop).filter(
    ({ id, free }) => id !== workshop.seat?.sessionId && (free > 0 || !freeOnly),
  )
  return (
    <ul className={classes.sessions}>
      {sessions.map((session) => (
        <li key={session.id}>
          <SessionTicket session={session} timeZone={workshop.timeZone} level={freeOnly ? 3 : 2}>
            <SessionNotes session={session} />
            <Way session={session} timeZone={workshop.timeZone} token={token} />
          </SessionTicket>
        </li>
      ))}
    </ul>
  )
}

function Way({
  session,
  timeZone,
  token,
}: {
  session: LinkedSession
  timeZone: string
  token: string
}) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const take = useCall(routes.takeSeat)
  const wait = useCall(routes.waitForSeat)
  const { id: sessionId, free, waitingPlace, startsAt } = session
  const params = { token }
  const named = { session: words.until(startsAt, timeZone) }
  return (
    <>
      <Refused error={take.error ?? wait.error} />
      <p>
        {waitingPlace !== null
          ? t('others.waiting', { place: waitingPlace })
          : free > 0
            ? t('others.free', { count: free })
            : t('others.full')}
      </p>
      {free > 0 && (
        <Button
          fullWidth
          aria-label={`${t('others.take')} : ${named.session}`}
          loading={take.isPending}
          onClick={() => take.mutate({ params, body: { sessionId } })}
        >
          {t('others.take')}
        </Button>
      )}
      {(free === 0 || waitingPlace !== null) && (
        <Button
          variant="default"
          fullWidth
          aria-label={`${t(waitingPlace === null ? 'others.wait' : 'others.leave')} : ${named.session}`}
          loading={wait.isPending}
          onClick={() =>
            wait.mutate({ params, body: { sessionId, waiting: waitingPlace === null } })
          }
        >
          {t(waitingPlace === null ? 'others.wait' : 'others.leave')}
        </Button>
      )}
    </>
  )
}
