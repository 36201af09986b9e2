import { Button } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Scene } from '#shared/reminders/reminders.story.ts'
import { Picture } from './Picture.tsx'
import classes from './Player.module.css'
import type { PageOfPlayer } from './ReminderPlayer.tsx'
import { Told } from './Told.tsx'

/** A drawing, two sentences, perhaps a voice; then on, or a choice of two or three ways. */
export function ReminderScene({
  story,
  progress,
  scene,
  onForward,
  onFollow,
}: PageOfPlayer & { scene: Scene; onFollow: (to: string) => void }) {
  const { t } = useTranslation('reminders')
  const choice = scene.ways.length > 1
  return (
    <>
      <Picture
        drawing={scene.drawing}
        index={story.teller.firstName}
        onTap={choice ? undefined : onForward}
      />
      <div className={classes.words}>
        <h2 className={classes.hidden} tabIndex={-1}>
          {t('player.scene', { name: story.teller.firstName, number: progress.way.length })}
        </h2>
        <p className={classes.story}>
          <Told text={scene.text} />
        </p>
        {scene.voice && (
          <figure className={classes.voice}>
            <figcaption>
              <Told text={scene.voice.who} />
            </figcaption>
            <blockquote>
              <Told text={scene.voice.says} spoken />
            </blockquote>
          </figure>
        )}
      </div>
      <div className={classes.foot}>
        {choice ? (
          <ul className={classes.ways} aria-label={t('player.ways')}>
            {scene.ways.map(({ words, to }) => (
              <li key={to}>
                <button type="button" className={classes.way} onClick={() => onFollow(to)}>
                  {words && <Told text={words} />}
                  <IconChevronRight size={20} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <Button onClick={onForward} fullWidth>
            {t('player.next')}
          </Button>
        )}
      </div>
    </>
  )
}
