import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outcome } from '#shared/reminders/reminders.questions.ts'
import type { Mission, Story } from '#shared/reminders/reminders.story.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { MissionHand } from './MissionHand.tsx'
import { MissionQuestion } from './MissionQuestion.tsx'
import { ReminderPlayer } from './ReminderPlayer.tsx'
import classes from './Reminders.module.css'
import { begin, type Progress, resumed } from './reminders.progress.ts'

/** A reminder as its readers see it, on a phone beside its text; nothing pressed here is kept or sent. */
export function PhoneFrame({
  story,
  language,
  onLanguage,
  whole,
}: {
  story: Story
  language: ContentLanguage
  onLanguage: (language: ContentLanguage) => void
  /** The way to the same on the whole screen. */
  whole?: ReactNode
}) {
  const { t } = useTranslation('reminders')
  const [progress, setProgress] = useState<Progress>(begin)
  const [later, setLater] = useState(false)
  // What is being written may have lost the scene it stood at.
  const now = resumed(story, progress)
  const mission = story.missions.find(({ id }) => id === now.mission)
  return (
    <aside className={classes.preview} aria-label={t('preview.title')}>
      <div className={classes.phone}>
        {later && mission ? (
          <DaysLater mission={mission} language={language} />
        ) : (
          <ReminderPlayer
            story={story}
            language={language}
            onLanguage={onLanguage}
            progress={now}
            onProgress={setProgress}
            promise={t('preview.promise')}
            ending={<HandWith mission={mission} outcome={null} language={language} />}
          />
        )}
      </div>
      <div className={classes.actions}>
        {whole}
        {now.stage === 'end' && !later && (
          <Button variant="default" onClick={() => setLater(true)}>
            {t('preview.later', { count: story.askAfterDays })}
          </Button>
        )}
        <Button
          variant="subtle"
          onClick={() => {
            setProgress(begin())
            setLater(false)
          }}
        >
          {t('preview.again')}
        </Button>
      </div>
    </aside>
  )
}

/** The one question some days later, and the hand after it. */
function DaysLater({ mission, language }: { mission: Mission; language: ContentLanguage }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  return (
    <div className={classes.later}>
      {outcome === null ? (
        <MissionQuestion mission={mission} language={language} onAnswers={setOutcome} />
      ) : (
        <HandWith mission={mission} outcome={outcome} language={language} />
      )}
    </div>
  )
}

function HandWith({
  mission,
  outcome,
  language,
}: {
  mission: Mission | undefined
  outcome: Outcome | null
  language: ContentLanguage
}) {
  const cards = mission ? [{ key: mission.id, text: mission.text, outcome }] : []
  return <MissionHand cards={cards} language={language} />
}
