import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { remindersRoutes as routes } from '#shared/reminders/reminders.contract.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import classes from './Player.module.css'
import { PlayerScreen } from './PlayerScreen.tsx'
import { ReminderPlayer } from './ReminderPlayer.tsx'
import { languageToRead } from './reminders.language.ts'
import { begin } from './reminders.progress.ts'

/** What is being written, else what is told, as its readers will have it before them: the whole screen. */
export function ReminderPreviewPage() {
  const { t } = useTranslation('reminders')
  const params = useParams({ from: '/regions/$regionId/rappels/$reminder/apercu' })
  const found = useQuery(queryFor(routes.reminder, { params }))
  return (
    <PlayerScreen title={t('preview.title')}>
      <Answered query={found}>
        {({ draft, published }) => {
          const story = draft?.story ?? published?.story
          return story ? <Preview story={story} params={params} /> : null
        }}
      </Answered>
    </PlayerScreen>
  )
}

function Preview({
  story,
  params,
}: {
  story: Story
  params: { regionId: string; reminder: string }
}) {
  const { t, i18n } = useTranslation('reminders')
  const [language, setLanguage] = useState(() => languageToRead(story.languages, i18n.language))
  const [progress, setProgress] = useState(begin)
  return (
    <ReminderPlayer
      story={story}
      language={language}
      onLanguage={setLanguage}
      progress={progress}
      onProgress={setProgress}
      promise={t('preview.promise')}
      aside={
        <Link to="/regions/$regionId/rappels/$reminder" params={params} className={classes.leave}>
          {t('preview.leave')}
        </Link>
      }
    />
  )
}
