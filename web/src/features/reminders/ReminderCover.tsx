import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { ownName } from '../kits/kits.lines.ts'
import { Picture } from './Picture.tsx'
import classes from './Player.module.css'
import type { PageOfPlayer } from './ReminderPlayer.tsx'
import { Told } from './Told.tsx'

/** Who tells, what it is about, in which language, and how little it takes. */
export function ReminderCover({
  story,
  onForward,
  language,
  onLanguage,
  promise,
}: PageOfPlayer & {
  language: ContentLanguage
  onLanguage: (language: ContentLanguage) => void
  promise: ReactNode
}) {
  const { t } = useTranslation('reminders')
  return (
    <>
      <Picture drawing={story.teller.drawing} index={story.teller.firstName} />
      <div className={classes.words}>
        <p className={classes.kicker}>
          {story.teller.firstName}
          {story.teller.firstName && ', '}
          <Told text={story.teller.job} />
        </p>
        <h2 className={classes.title} tabIndex={-1}>
          {story.title[language] ? <Told text={story.title} /> : t('shelf.untitled')}
        </h2>
        <p className={classes.lead}>
          <Told text={story.teaser} />
        </p>
        <p className={classes.quiet}>{t('player.howLong')}</p>
      </div>
      <div className={classes.foot}>
        {/* Before the first press, without scrolling. */}
        {promise && <p className={classes.quiet}>{promise}</p>}
        {story.languages.length > 1 && (
          <fieldset className={classes.languages}>
            <legend className={classes.hidden}>{t('player.language')}</legend>
            {story.languages.map((one) => (
              <button
                key={one}
                type="button"
                lang={one}
                aria-pressed={one === language}
                onClick={() => onLanguage(one)}
              >
                {ownName(one)}
              </button>
            ))}
          </fieldset>
        )}
        <Button onClick={onForward} fullWidth>
          {t('player.begin')}
        </Button>
      </div>
    </>
  )
}
