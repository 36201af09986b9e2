import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Story } from '#shared/reminders/reminders.story.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import classes from './Player.module.css'
import type { Progress } from './reminders.progress.ts'
import { Told } from './Told.tsx'

/** « Merci »: the mission in the hand, and when it will be asked about, once. */
export function ReminderEnd({
  story,
  progress,
  ending,
}: {
  story: Story
  progress: Progress
  ending: ReactNode
}) {
  const { t } = useTranslation('reminders')
  const mission = story.missions.find(({ id }) => id === progress.mission)
  return (
    <div className={classes.words}>
      <h2 className={classes.title} tabIndex={-1}>
        {t('end.title')}
      </h2>
      {mission && (
        <div className={classes.taken}>
          <Pip size={28} />
          <p className={classes.mission}>
            <Told text={mission.text} />
          </p>
          <p className={classes.quiet}>
            <Told text={mission.tip} />
          </p>
        </div>
      )}
      <p>{t('end.later', { count: story.askAfterDays })}</p>
      {ending}
    </div>
  )
}
