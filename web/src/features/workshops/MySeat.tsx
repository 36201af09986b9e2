import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type LinkedSession,
  workshopLinksRoutes as routes,
} from '#shared/workshops/workshops.links.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PlayingCard } from '../../ui/PlayingCard.tsx'
import { ArriveByCode } from './ArriveByCode.tsx'
import classes from './LinkedWorkshop.module.css'
import { OtherSessions } from './OtherSessions.tsx'
import type { LinkedPart } from './WorkshopLinkPage.tsx'
import { type LinkedStanding, seatedSession } from './workshops.linked.ts'
import { useCourseDrawing, useTold } from './workshops.words.ts'

type Standing = Exclude<
  LinkedStanding,
  'asked' | 'answered' | 'declined' | 'awaiting' | 'cancelled' | 'waiting' | 'unseated'
>

/** A card of its own beside those of the roles. */
const ace = 'A'

/** One’s seat as a card turned face up, and what can be done with it. */
export function MySeat({
  standing,
  workshop,
  token,
  onGivenUp,
}: LinkedPart & { standing: Standing; onGivenUp: () => void }) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const session = seatedSession(workshop)
  if (!session) return null
  const { course, seat, timeZone } = workshop
  const until = seat?.offeredUntil ? words.until(seat.offeredUntil, timeZone) : ''
  return (
    <div className={classes.stack}>
      {standing === 'arriving' && <ArriveByCode token={token} />}
      {standing === 'came' && (
        <Notice
          tone="success"
          title={t('linked.came.what')}
          action={
            <Button
              component={Link}
              to="/ateliers/$course/page"
              params={{ course } as never}
              search={{ langue: session.language } as never}
              variant="default"
            >
              {t('linked.came.page')}
            </Button>
          }
        >
          {t('linked.came.text')}
        </Notice>
      )}
      {standing === 'absent' && (
        <Notice title={t('linked.absent.what')}>{t('linked.absent.text')}</Notice>
      )}
      {standing === 'offered' && (
        <Notice title={t('linked.offered.what', { until })}>{t('linked.offered.text')}</Notice>
      )}
      <SeatCard workshop={workshop} session={session} />
      {standing === 'seated' && session.status === 'to-come' && (
        <p className={classes.quiet}>{t('linked.seated.text')}</p>
      )}
      {standing === 'offered' && <Accept token={token} sessionId={session.id} />}
      {(standing === 'seated' || standing === 'arriving' || standing === 'offered') &&
        session.status === 'to-come' && (
          <GiveUp standing={standing} token={token} onGivenUp={onGivenUp} />
        )}
      {standing === 'seated' && <Others workshop={workshop} token={token} />}
    </div>
  )
}

function SeatCard({
  workshop,
  session,
}: {
  workshop: LinkedPart['workshop']
  session: LinkedSession
}) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const told = useTold()
  const drawing = useCourseDrawing(workshop.course)
  const { siteName, address, place, startsAt, facilitatorName } = session
  const lines = [siteName, address, place].filter(Boolean)
  return (
    <div className={classes.card}>
      <PlayingCard
        size="lg"
        level={2}
        motion="deal"
        index={ace}
        drawing={drawing}
        kicker={`${words.dayOf(startsAt, workshop.timeZone)}, ${words.hours(session, workshop.timeZone)}`}
        title={told(workshop.courseTitle)}
        lead={t('notes.with', { name: facilitatorName })}
      >
        <p className={classes.place}>
          {lines.map((line, number) => (
            <span key={line}>
              {number === 0 ? <strong>{line}</strong> : line}
              <br />
            </span>
          ))}
        </p>
      </PlayingCard>
    </div>
  )
}

function Accept({ token, sessionId }: { token: string; sessionId: string }) {
  const { t } = useTranslation('workshops')
  const take = useCall(routes.takeSeat)
  return (
    <>
      <Refused error={take.error} />
      <Button
        size="lg"
        fullWidth
        loading={take.isPending}
        onClick={() => take.mutate({ params: { token }, body: { sessionId } })}
      >
        {t('linked.offered.accept')}
      </Button>
    </>
  )
}

/** Asks once more, because somebody else gets the seat. */
function GiveUp({
  standing,
  token,
  onGivenUp,
}: {
  standing: 'seated' | 'arriving' | 'offered'
  token: string
  onGivenUp: () => void
}) {
  const { t } = useTranslation(['workshops', 'app'])
  const give = useCall(routes.giveSeatUp)
  const [asking, setAsking] = useState(false)
  const way = standing === 'offered' ? 'refuse' : 'giveUp'
  const giveUp = async () => {
    // By a promise: the page may have read how things stand, and taken this button away, before.
    const done = give.mutateAsync({ params: { token } })
    const isGiven = await done.then(
      () => true,
      () => false,
    )
    setAsking(false)
    if (isGiven && way === 'giveUp') onGivenUp()
  }
  return (
    <>
      <Refused error={give.error} />
      <Button variant="default" size="lg" fullWidth onClick={() => setAsking(true)}>
        {t(`${way}.button`)}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void giveUp()}
        title={t(`${way}.ask`)}
        confirm={t(`${way}.confirm`)}
        cancel={t(`${way}.keep`)}
        close={t('app:close')}
        busy={give.isPending}
      >
        {t(`${way}.text`)}
      </ConfirmDialog>
    </>
  )
}

/** Another hour, where one is free; the seat one has goes to somebody else. */
function Others({ workshop, token }: LinkedPart) {
  const { t } = useTranslation('workshops')
  const free = workshop.sessions.some(
    (one) => one.status === 'to-come' && one.free > 0 && one.id !== workshop.seat?.sessionId,
  )
  if (!free) return null
  return (
    <Fold title={t('others.title')}>
      <OtherSessions workshop={workshop} token={token} freeOnly />
    </Fold>
  )
}
