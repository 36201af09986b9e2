import { useTranslation } from 'react-i18next'
import type { Seat } from '#shared/waiting/waiting.contract.ts'
import { useWords } from '../../app/words.ts'
import { PlayingCard } from '../../ui/PlayingCard.tsx'
import { drawingOf, initialOf } from '../roster/roster.cards.ts'
import classes from './Waiting.module.css'

/** A place as the card it would be: which role, when, where, with whom, which wish it answers. */
export function SeatCard({ seat, timeZone }: { seat: Seat; timeZone: string }) {
  const { t } = useTranslation('waiting')
  const words = useWords()
  const { role, site } = seat
  const conditions = (['noCalls', 'accessible', 'safetyEquipment'] as const).filter(
    (condition) => seat[condition],
  )
  return (
    <div className={classes.card}>
      <PlayingCard
        size="lg"
        level={2}
        motion="deal"
        index={initialOf(role)}
        drawing={drawingOf(role)}
        kicker={`${words.dayOf(seat.startsAt, timeZone)}, ${words.hours(seat, timeZone)}`}
        title={words.name(role)}
        lead={t('seat.with', { host: seat.hostFirstName })}
      >
        <p className={classes.place}>
          <strong>{site.name}</strong>
          <br />
          {site.address}
          <br />
          {site.postcode} {site.town}
        </p>
        {seat.note && <p className={classes.note}>{seat.note}</p>}
        <ul className={classes.conditions}>
          <li>{seat.rank === null ? t('seat.unwished') : t('seat.rank', { rank: seat.rank })}</li>
          {conditions.map((condition) => (
            <li key={condition}>{t(`seat.${condition}`)}</li>
          ))}
        </ul>
      </PlayingCard>
    </div>
  )
}
