import type { ReactNode } from 'react'
import { useWords } from '../../app/words.ts'
import classes from './SessionTicket.module.css'
import { type HeldSession, placeOf } from './workshops.sessions.ts'

/** What a ticket says of a session, whoever reads it. */
export type TicketSession = HeldSession & { startsAt: Date; endsAt: Date }

/**
 * A session as the ticket to it: the day on its stub, hours and place beside it. `mark` stands in the
 * corner (a rank, a state), `children` under the facts.
 */
export function SessionTicket({
  session,
  timeZone,
  level = 3,
  off = false,
  mark,
  children,
}: {
  session: TicketSession
  timeZone: string
  level?: 2 | 3
  /** Over or cancelled: told, but no longer warm. */
  off?: boolean
  mark?: ReactNode
  children?: ReactNode
}) {
  const words = useWords()
  const Title = level === 2 ? 'h2' : 'h3'
  return (
    <article className={classes.ticket} data-off={off || undefined}>
      <Stub startsAt={session.startsAt} timeZone={timeZone} />
      <div className={classes.body}>
        <div className={classes.head}>
          <Title className={classes.hours}>
            <span className={classes.spoken}>{words.dayOf(session.startsAt, timeZone)}, </span>
            {words.hours(session, timeZone)}
          </Title>
          {mark}
        </div>
        <p>{placeOf(session)}</p>
        {children}
      </div>
    </article>
  )
}

/** The day, as large as on a calendar's leaf; read aloud with the hours beside it. */
function Stub({ startsAt, timeZone }: { startsAt: Date; timeZone: string }) {
  const { weekday, day, month } = useWords().leaf(startsAt, timeZone)
  return (
    <div className={classes.stub} aria-hidden>
      <span>{weekday}</span>
      <strong>{day}</strong>
      <span>{month}</span>
    </div>
  )
}
