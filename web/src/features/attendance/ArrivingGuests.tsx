import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ArrivingGuest } from '#shared/attendance/attendance.arrivals.contract.ts'
import { type Attended, attendedWords } from '#shared/attendance/attendance.vocabulary.ts'
import { ArrivalSaid } from './ArrivalSaid.tsx'
import classes from './Arrivals.module.css'
import { markOf, tones } from './attendance.standing.tsx'

/** Guests to tick off, one tap each; the same tap again takes it back. */
export function ArrivingGuests({
  guests,
  timeZone,
  open,
  saying,
  onSay,
}: {
  guests: ArrivingGuest[]
  timeZone: string
  /** Arrivals can be said now. */
  open: boolean
  /** The guest a tap is on its way for. */
  saying: string | undefined
  onSay: (placementId: string, said: Attended | null) => void
}) {
  const { t } = useTranslation('attendance')
  return (
    <ul className={classes.guests}>
      {guests.map((guest) => (
        <li key={guest.placementId} className={classes.guest}>
          <div>
            <p className={classes.name}>{guest.name}</p>
            <p className={classes.standing}>
              <span className={classes.mark} data-tone={tones[guest.standing]}>
                {markOf(guest.standing)}
              </span>
              {t(`standing.${guest.standing}`)}
            </p>
            <ArrivalSaid one={guest} timeZone={timeZone} />
          </div>
          {open && guest.standing !== 'cancelled' && (
            <fieldset className={classes.taps} aria-label={guest.name}>
              {attendedWords.map((word) => (
                <Button
                  key={word}
                  variant={guest.said === word ? 'filled' : 'default'}
                  aria-pressed={guest.said === word}
                  disabled={saying === guest.placementId}
                  onClick={() => onSay(guest.placementId, guest.said === word ? null : word)}
                >
                  {t(`said.${word}`)}
                </Button>
              ))}
            </fieldset>
          )}
        </li>
      ))}
    </ul>
  )
}
