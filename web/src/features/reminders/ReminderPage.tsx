import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Reminder, remindersRoutes as routes } from '#shared/reminders/reminders.contract.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { Answered } from '../../app/Answered.tsx'
import { addressOf, queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { PhoneFrame } from './PhoneFrame.tsx'
import { ReminderEditor } from './ReminderEditor.tsx'
import classes from './Reminders.module.css'
import { languageToRead } from './reminders.language.ts'
import { StoryScript } from './StoryScript.tsx'

/** One reminder: its text beside the phone, and the way to adapt it. */
export function ReminderPage() {
  const { t, i18n } = useTranslation('reminders')
  const { regionId, reminder } = useParams({ from: '/regions/$regionId/rappels/$reminder' })
  const params = { regionId, reminder }
  // Being written here: what the server knows must not be laid over what is being typed.
  const found = useQuery({
    ...queryFor(routes.reminder, { params }),
    refetchOnWindowFocus: false,
    gcTime: 0,
  })
  const [adapting, setAdapting] = useState(false)
  const story = found.data?.draft?.story ?? found.data?.published?.story
  const title = story?.title[languageToRead(story.languages, i18n.language)]
  const back = (
    <Link to="/regions/$regionId/rappels" params={{ regionId }}>
      {t('reminder.back')}
    </Link>
  )
  return (
    <Page
      title={title || t('shelf.untitled')}
      kicker={t('reminder.kicker')}
      back={back}
      width="full"
    >
      <Answered query={found}>
        {(data) =>
          data.draft || adapting ? (
            <ReminderEditor
              key={reminder}
              regionId={regionId}
              reminder={data}
              onDone={() => setAdapting(false)}
            />
          ) : (
            <Reading regionId={regionId} reminder={data} onAdapt={() => setAdapting(true)} />
          )
        }
      </Answered>
    </Page>
  )
}

function Reading({
  regionId,
  reminder,
  onAdapt,
}: {
  regionId: string
  reminder: Reminder
  onAdapt: () => void
}) {
  const { t, i18n } = useTranslation('reminders')
  const told = reminder.published
  const [chosen, setChosen] = useState<ContentLanguage>()
  if (!told) return null
  const language = chosen ?? languageToRead(told.story.languages, i18n.language)
  const params = { regionId, reminder: reminder.reminder }
  return (
    <div className={classes.stack}>
      <p className={classes.quiet}>
        {t(told.own ? 'reminder.own' : 'reminder.shipped', { version: told.version })}
      </p>
      <div className={classes.actions}>
        <Button onClick={onAdapt}>{t('reminder.adapt')}</Button>
        <Button variant="default" component="a" href={addressOf(routes.file, { params })} download>
          {t('reminder.export')}
        </Button>
        {told.own && reminder.shipped && <Restore params={params} version={told.version} />}
      </div>
      <div className={classes.desk} data-reading>
        <StoryScript story={told.story} language={language} />
        <PhoneFrame
          story={told.story}
          language={language}
          onLanguage={setChosen}
          whole={
            <Link
              to="/regions/$regionId/rappels/$reminder/apercu"
              params={params}
              className={classes.whole}
            >
              {t('preview.whole')}
            </Link>
          }
        />
      </div>
    </div>
  )
}

/** Back to the text that ships; what programmes already tell stays. */
function Restore({
  params,
  version,
}: {
  params: { regionId: string; reminder: string }
  version: number
}) {
  const { t } = useTranslation('reminders')
  const [asking, setAsking] = useState(false)
  const restore = useCall(routes.restore)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('reminder.restore.button')}
      </Button>
      <Refused error={restore.error} />
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('reminder.restore.title')}
        confirm={t('reminder.restore.confirm')}
        cancel={t('reminder.restore.cancel')}
        close={t('reminder.restore.cancel')}
        busy={restore.isPending}
        onConfirm={() =>
          restore.mutate({ params, body: { version } }, { onSettled: () => setAsking(false) })
        }
      >
        {t('reminder.restore.text')}
      </ConfirmDialog>
    </>
  )
}
