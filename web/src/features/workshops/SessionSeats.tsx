import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type TakenSeat,
  type Workshop,
  type WorkshopSession,
} from '#shared/workshops/workshops.offers.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Section } from '../../ui/Page.tsx'
import { PersonField } from '../roster/PersonField.tsx'
import type { ChosenPerson } from '../roster/roster.person.ts'
import { CameButtons } from './CameButtons.tsx'
import { MovePerson } from './MovePerson.tsx'
import classes from './SessionSeats.module.css'

type Here = { workshop: Workshop; session: WorkshopSession }

/** Who sits in a session, who is asked and who waits; each can be moved, while it is to come. */
export function SessionSeats({ workshop, session }: Here) {
  const { t } = useTranslation('workshops')
  const seats = useQuery(queryFor(routes.seats, { params: { sessionId: session.id } }))
  return (
    <>
      <Answered query={seats} shape="lines">
        {(all) => <Seats all={all} workshop={workshop} session={session} />}
      </Answered>
      {session.phase === 'to-come' && (
        <Section title={t('seats.give')} lead={t('seats.giveWhy')}>
          <GiveSeat workshop={workshop} session={session} />
        </Section>
      )}
    </>
  )
}

function Seats({ all, ...here }: { all: TakenSeat[] } & Here) {
  const { t } = useTranslation('workshops')
  const inState = (...states: TakenSeat['state'][]) =>
    all.filter(({ state }) => states.includes(state))
  const seated = inState('seated', 'offered')
  const waiting = inState('waiting')
  const gone = inState('given-up')
  return (
    <>
      <Section title={t('seats.seated')}>
        {seated.length === 0 ? (
          <p>{t('seats.nobody')}</p>
        ) : (
          <ul className={classes.people}>
            {seated.map((seat) => (
              <Seat key={seat.seatId} seat={seat} {...here} />
            ))}
          </ul>
        )}
      </Section>
      {waiting.length > 0 && (
        <Section title={t('seats.waiting')} lead={t('seats.waitingWhy')}>
          <ol className={classes.people}>
            {waiting.map((seat) => (
              <Seat key={seat.seatId} seat={seat} {...here} />
            ))}
          </ol>
        </Section>
      )}
      {gone.length > 0 && (
        <p className={classes.quiet}>
          {t('seats.gone', { count: gone.length, names: gone.map(({ name }) => name).join(', ') })}
        </p>
      )}
    </>
  )
}

function Seat({ seat, workshop, session }: { seat: TakenSeat } & Here) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const say = useCall(routes.sayWorkshopAttended)
  const { personId, name, siteName, state, place, offeredUntil, walkIn } = seat
  const { phase } = session
  const until = offeredUntil ? words.until(offeredUntil, workshop.timeZone) : ''
  const notes = [
    siteName,
    ...(place ? [t('seats.place', { place })] : []),
    ...(state === 'offered' ? [t('seats.offered', { until })] : []),
    ...(walkIn ? [t('seats.walkIn')] : []),
  ]
  return (
    <li className={classes.person}>
      <div>
        <p className={classes.name}>{name}</p>
        <p className={classes.quiet}>{notes.filter(Boolean).join(' · ')}</p>
        <Refused error={say.error} />
      </div>
      {phase === 'to-come' ? (
        <MovePerson seat={seat} workshop={workshop} session={session} />
      ) : (
        state === 'seated' && (
          <CameButtons
            name={name}
            attended={seat.attended}
            busy={say.isPending}
            onSay={(attended) =>
              say.mutate({ params: { sessionId: session.id, personId }, body: { attended } })
            }
          />
        )
      )}
    </li>
  )
}

/** Somebody who was not asked, or whose place a director decides. */
function GiveSeat({ workshop, session }: Here) {
  const { t } = useTranslation('workshops')
  const [person, setPerson] = useState<ChosenPerson | null>(null)
  const move = useCall(routes.movePerson)
  return (
    <div className={classes.give}>
      <PersonField
        regionId={workshop.regionId}
        label={t('seats.who')}
        person={person}
        onChange={setPerson}
      />
      <Refused error={move.error} />
      {person && (
        <div>
          <Button
            loading={move.isPending}
            onClick={() =>
              move.mutate(
                {
                  params: { workshopId: workshop.id, personId: person.id },
                  body: { sessionId: session.id },
                },
                { onSuccess: () => setPerson(null) },
              )
            }
          >
            {t('seats.giveButton', { name: person.name })}
          </Button>
        </div>
      )}
    </div>
  )
}
