import { useTranslation } from 'react-i18next'
import classes from './Player.module.css'
import type { PageOfPlayer } from './ReminderPlayer.tsx'
import { Told } from './Told.tsx'

/** « Et vous, que répondriez-vous ? »: what one might well say, as cards to pick. */
export function ReactionChoice({
  story,
  progress,
  onReact,
}: PageOfPlayer & { onReact: (id: string) => void }) {
  const { t } = useTranslation('reminders')
  return (
    <div className={classes.words}>
      <h2 className={classes.question} tabIndex={-1}>
        <Told text={story.question} />
      </h2>
      <p className={classes.quiet}>{t('player.reactionsHint')}</p>
      <ul className={classes.cards}>
        {story.reactions.map(({ id, text }) => (
          <li key={id}>
            <button
              type="button"
              className={classes.card}
              aria-pressed={id === progress.reaction}
              onClick={() => onReact(id)}
            >
              <Told text={text} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
