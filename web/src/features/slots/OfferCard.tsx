import { useTranslation } from 'react-i18next'
import type { HostSlot } from '#shared/slots/slots.contract.ts'
import { useWords } from '../../app/words.ts'
import { PlayingCard } from '../../ui/PlayingCard.tsx'
import { drawingOf, initialOf } from '../roster/roster.cards.ts'
import classes from './Slots.module.css'

/** A slot as one playing card: what one does there, when, where, how many. */
export function OfferCard({ slot, motion }: { slot: HostSlot; motion?: 'deal' }) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const { details, site, role } = slot
  const name = words.name(role)
  const conditions = (['noCalls', 'accessible', 'safetyEquipment'] as const)
    .filter((condition) => details[condition])
    .map((condition) => t(`short.${condition}`))
  const others = details.languages.filter((language) => language !== 'fr')
  return (
    <PlayingCard
      size="lg"
      level={2}
      index={initialOf(role)}
      drawing={drawingOf(role)}
      kicker={words.date(slot.day.date)}
      title={name}
      lead={words.hours(slot, slot.day.timeZone)}
      {...(motion ? { motion } : {})}
    >
      <dl className={classes.facts}>
        <div>
          <dt>{t('card.where')}</dt>
          <dd>{site.name}</dd>
          <dd className={classes.soft}>
            {[site.address, `${site.postcode} ${site.town}`].filter(Boolean).join(', ')}
          </dd>
        </div>
        <div>
          <dt>{t('card.howMany')}</dt>
          <dd>{t('card.people', { count: details.capacity })}</dd>
        </div>
        {(conditions.length > 0 || others.length > 0) && (
          <div>
            <dt>{t('card.conditions')}</dt>
            <dd>
              {[...conditions, ...others.map((language) => t(`languages.${language}`))].join(', ')}
            </dd>
          </div>
        )}
        {details.note && (
          <div>
            <dt>{t('card.note')}</dt>
            <dd>{details.note}</dd>
          </div>
        )}
      </dl>
    </PlayingCard>
  )
}
