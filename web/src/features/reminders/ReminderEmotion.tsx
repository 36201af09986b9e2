import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FeelingMark } from './FeelingMark.tsx'
import classes from './Player.module.css'
import type { PageOfPlayer } from './ReminderPlayer.tsx'
import { Told } from './Told.tsx'

/** What the day leaves in whoever told it: one word on its colour. */
export function ReminderEmotion({ story, onForward }: PageOfPlayer) {
  const { t } = useTranslation('reminders')
  const { feeling, word, line } = story.emotion
  return (
    <>
      <div className={classes.emotion} data-feeling={feeling}>
        <FeelingMark feeling={feeling} />
        <p className={classes.kicker}>{t('player.feels', { name: story.teller.firstName })}</p>
        <h2 className={classes.feeling} tabIndex={-1}>
          <Told text={word} />
        </h2>
        <p className={classes.story}>
          <Told text={line} />
        </p>
      </div>
      <div className={classes.foot}>
        <Button onClick={onForward} fullWidth>
          {t('player.next')}
        </Button>
      </div>
    </>
  )
}
