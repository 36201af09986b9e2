import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import { TenOfHearts } from '../../ui/drawings/TenOfHearts.tsx'
import classes from './MissionHand.module.css'
import { isTried, type MissionCard } from './reminders.device.ts'
import { StoryLanguage, Told } from './Told.tsx'

const ten = 10

/** The missions one tried, as a hand that fills towards the ten of hearts. Seen by nobody else. */
export function MissionHand({
  cards,
  language,
}: {
  cards: readonly MissionCard[]
  language: ContentLanguage
}) {
  const { t } = useTranslation('reminders')
  const tried = cards.filter(isTried)
  const waiting = cards.filter((card) => !isTried(card))
  const places = Array.from({ length: ten }, (_, place) => place)
  return (
    <section className={classes.hand}>
      <h3>{t('hand.title')}</h3>
      {tried.length >= ten ? (
        <TenOfHearts width={168} label={t('hand.full')} />
      ) : (
        <div
          className={classes.fan}
          role="img"
          aria-label={t('hand.count', { count: tried.length })}
        >
          {places.map((place) => (
            <span
              key={place}
              className={classes.card}
              data-free={place >= tried.length || undefined}
            >
              <Pip size={18} hollow={place >= tried.length} />
            </span>
          ))}
        </div>
      )}
      <p>{t(tried.length === 0 ? 'hand.none' : 'hand.kind', { count: tried.length })}</p>
      <StoryLanguage value={language}>
        <MissionList title={t('hand.tried')} cards={tried} />
        <MissionList title={t('hand.waiting')} cards={waiting} />
      </StoryLanguage>
      <p className={classes.quiet}>{t('hand.here')}</p>
    </section>
  )
}

function MissionList({ title, cards }: { title: string; cards: readonly MissionCard[] }) {
  if (cards.length === 0) return null
  return (
    <div>
      <h4 className={classes.listTitle}>{title}</h4>
      <ul className={classes.list}>
        {cards.map(({ key, text }) => (
          <li key={key}>
            <Told text={text} />
          </li>
        ))}
      </ul>
    </div>
  )
}
