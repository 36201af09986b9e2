import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { remindersRoutes as routes, type Shelved } from '#shared/reminders/reminders.contract.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { ownName } from '../kits/kits.lines.ts'
import { BeginReminder } from './BeginReminder.tsx'
import { Picture } from './Picture.tsx'
import classes from './Reminders.module.css'
import { languageToRead } from './reminders.language.ts'
import { StoryLanguage, Told } from './Told.tsx'

/** The reminders of a region as cards: those that ship, its own, and the ways to begin another. */
export function RemindersPage() {
  const { t, i18n } = useTranslation('reminders')
  const { regionId } = useParams({ from: '/regions/$regionId/rappels' })
  const shelf = useQuery(queryFor(routes.shelf, { params: { regionId } }))
  return (
    <Page title={t('shelf.title')} lead={t('shelf.lead')}>
      <Answered query={shelf} shape="cards">
        {(cards) => (
          <>
            <ul className={classes.shelf}>
              {cards.map((card) => {
                const language = languageToRead(card.languages, i18n.language)
                return (
                  <li key={card.reminder}>
                    <ShelfCard card={card} language={language} regionId={regionId} />
                  </li>
                )
              })}
            </ul>
            <Section title={t('begin.title')} lead={t('begin.lead')}>
              <BeginReminder regionId={regionId} />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

function ShelfCard({
  card,
  language,
  regionId,
}: {
  card: Shelved
  language: ContentLanguage
  regionId: string
}) {
  const { t } = useTranslation('reminders')
  return (
    <StoryLanguage value={language}>
      <article className={classes.shelved}>
        <Picture drawing={card.drawing} index={card.firstName} />
        <p className={classes.kicker}>
          {card.firstName}
          {card.firstName && ', '}
          <Told text={card.job} />
        </p>
        <h2>
          <Link
            className={classes.open}
            to="/regions/$regionId/rappels/$reminder"
            params={{ regionId, reminder: card.reminder }}
          >
            {card.title[language] ? <Told text={card.title} /> : t('shelf.untitled')}
          </Link>
        </h2>
        <p>
          <Told text={card.teaser} />
        </p>
        <p className={classes.quiet}>{card.languages.map(ownName).join(' · ')}</p>
        <p className={classes.marks}>
          <span className={classes.mark} data-own={card.own || undefined}>
            {card.version === null
              ? t('shelf.unpublished')
              : t(card.own ? 'shelf.own' : 'shelf.shipped', { version: card.version })}
          </span>
          {card.draft && <span className={classes.mark}>{t('shelf.draft')}</span>}
        </p>
      </article>
    </StoryLanguage>
  )
}
