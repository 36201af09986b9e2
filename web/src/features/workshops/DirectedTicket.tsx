import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Workshop, WorkshopSession } from '#shared/workshops/workshops.offers.contract.ts'
import { SeatHearts } from '../../ui/SeatHearts.tsx'
import { SessionTicket } from './SessionTicket.tsx'
import classes from './Workshops.module.css'
import { facilitatorMissing, nextFirst } from './workshops.sessions.ts'

/** The sessions of a workshop as its director sees them, each leading to its people. */
export function DirectedTickets({ workshop }: { workshop: Workshop }) {
  return (
    <ul className={classes.tickets}>
      {nextFirst(workshop.sessions).map((session) => (
        <li key={session.id}>
          <Link
            to="/regions/$regionId/ateliers/$workshopId/$sessionId"
            params={{
              regionId: workshop.regionId,
              workshopId: workshop.id,
              sessionId: session.id,
            }}
            className={classes.ticketLink}
          >
            <DirectedTicket workshop={workshop} session={session} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

function DirectedTicket({ workshop, session }: { workshop: Workshop; session: WorkshopSession }) {
  const { t } = useTranslation('workshops')
  const cancelled = session.status === 'cancelled'
  const missing = facilitatorMissing(session)
  return (
    <SessionTicket
      session={session}
      timeZone={workshop.timeZone}
      off={cancelled || session.phase === 'over'}
    >
      <p className={classes.quiet}>
        {missing
          ? t(`session.${missing}`, { name: session.facilitatorName })
          : session.facilitatorName}
      </p>
      {cancelled ? (
        <p>
          <strong>{t('session.cancelled')}</strong>
        </p>
      ) : (
        <Seats session={session} workshop={workshop} />
      )}
    </SessionTicket>
  )
}

/** Hearts for the seats, and what they mean in a few words. */
export function Seats({
  session,
  workshop,
  size = 13,
}: {
  session: WorkshopSession
  workshop: Pick<Workshop, 'status'>
  size?: number
}) {
  const { t } = useTranslation('workshops')
  const { seats, seated, offered, waiting, came, firstChoices } = session
  const said = [t('session.taken', { count: seated, total: seats })]
  if (workshop.status === 'preparing' || workshop.status === 'choosing') {
    said[0] = t('session.seats', { count: seats })
  }
  if (workshop.status === 'choosing') said.push(t('session.firstChoices', { count: firstChoices }))
  if (offered > 0) said.push(t('session.offered', { count: offered }))
  if (waiting > 0) said.push(t('session.waiting', { count: waiting }))
  if (came) said.push(t('session.came', { count: came }))
  return (
    <>
      <SeatHearts taken={seated} held={offered} total={seats} label={said.join(', ')} size={size} />
      <p className={classes.quiet} aria-hidden>
        {said.join(' · ')}
      </p>
    </>
  )
}
