import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Pip } from '../../ui/drawings/Heart.tsx'
import classes from './Player.module.css'
import type { PageOfPlayer } from './ReminderPlayer.tsx'
import { Told } from './Told.tsx'

/** Two or three small missions: one goes into the hand. */
export function MissionChoice({
  story,
  progress,
  onForward,
  onMission,
}: PageOfPlayer & { onMission: (id: string) => void }) {
  const { t } = useTranslation('reminders')
  return (
    <>
      <div className={classes.words}>
        <h2 className={classes.question} tabIndex={-1}>
          {t('mission.title')}
        </h2>
        <p className={classes.quiet}>{t('mission.lead')}</p>
        <ul className={classes.cards}>
          {story.missions.map(({ id, text, tip }) => (
            <li key={id}>
              <button
                type="button"
                className={classes.card}
                aria-pressed={id === progress.mission}
                onClick={() => onMission(id)}
              >
                <Pip size={22} />
                <span className={classes.mission}>
                  <Told text={text} />
                </span>
                <span className={classes.quiet}>
                  <Told text={tip} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className={classes.foot}>
        <Button fullWidth disabled={progress.mission === null} onClick={onForward}>
          {t('mission.take')}
        </Button>
      </div>
    </>
  )
}
