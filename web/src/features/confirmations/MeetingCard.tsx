import { useTranslation } from 'react-i18next'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import { useWords } from '../../app/words.ts'
import { PlayingCard } from '../../ui/PlayingCard.tsx'
import { drawingOf, initialOf } from '../roster/roster.cards.ts'
import classes from './Confirmations.module.css'

/** A meeting as the card one was dealt: which role, when, where, with whom, what to know. */
export function MeetingCard({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation('confirmations')
  const words = useWords()
  const { day, site, conditions, company } = meeting
  const role = words.name(meeting.role)
  const flags = (['noCalls', 'accessible', 'safetyEquipment'] as const).filter(
    (flag) => conditions[flag],
  )
  const spoken = conditions.languages.some((code) => code !== 'fr')
    ? [t('card.languages', { languages: words.list(words.languages(conditions.languages)) })]
    : []
  return (
    <PlayingCard
      size="lg"
      level={2}
      motion="deal"
      index={initialOf(meeting.role)}
      drawing={drawingOf(meeting.role)}
      kicker={words.dayOf(meeting.startsAt, day.timeZone)}
      title={role}
      lead={words.hours(meeting, day.timeZone)}
    >
      <dl className={classes.facts}>
        {(meeting.state === 'open' || company.length > 0) && (
          <>
            <dt>{t(meeting.kind === 'slot' ? 'card.guests' : 'card.host')}</dt>
            <dd>{company.length > 0 ? words.list(company) : t('card.nobody')}</dd>
          </>
        )}
        <dt>{t('card.where')}</dt>
        <dd>
          {site.name}
          <br />
          {site.address}, {site.postcode} {site.town}
        </dd>
        {(flags.length > 0 || spoken.length > 0 || conditions.note) && (
          <>
            <dt>{t('card.mind')}</dt>
            <dd>
              {[...flags.map((flag) => t(`card.${flag}`)), ...spoken].join(', ')}
              {conditions.note && <p className={classes.note}>{conditions.note}</p>}
            </dd>
          </>
        )}
      </dl>
    </PlayingCard>
  )
}
