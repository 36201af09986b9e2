import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type LinkedReminder,
  programmeLinksRoutes as routes,
} from '#shared/programmes/programmes.links.contract.ts'
import type { Outcome } from '#shared/reminders/reminders.questions.ts'
import { Answered } from '../../app/Answered.tsx'
import { call, queryFor } from '../../app/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { AnonymousPromise } from '../answers/AnonymousPromise.tsx'
import { useAnswers } from '../answers/answers.sending.ts'
import { MissionHand } from '../reminders/MissionHand.tsx'
import { MissionQuestion } from '../reminders/MissionQuestion.tsx'
import { PlayerScreen } from '../reminders/PlayerScreen.tsx'
import { ReminderPlayer } from '../reminders/ReminderPlayer.tsx'
import {
  keepProgress,
  type MissionCard,
  readHand,
  readProgress,
  takeCard,
} from '../reminders/reminders.device.ts'
import { languageToRead } from '../reminders/reminders.language.ts'
import { type Progress, resumed } from '../reminders/reminders.progress.ts'
import { GoneLink, goneBy } from './GoneLink.tsx'
import classes from './Programmes.module.css'

/** The story a mail leads to, without an account; where one is in it stays on this device. */
export function ReminderLinkPage() {
  const { t } = useTranslation('programmes')
  const { token } = useParams({ from: '/rappel/$token' })
  const linked = useQuery({
    ...queryFor(routes.linkedReminder, { params: { token } }),
    retry: false,
    // Under one’s eyes the story stays the one it is.
    refetchOnWindowFocus: false,
  })
  const [rereading, setRereading] = useState(false)
  const gone = goneBy(linked.error)
  if (gone) return <GoneLink gone={gone} kind="reminder" token={token} />
  if (linked.data?.asks === 'mission' && !rereading) {
    return (
      <Page title={t('reminder.question')} width="narrow">
        <Asking token={token} reminder={linked.data} onReread={() => setRereading(true)} />
      </Page>
    )
  }
  return (
    <PlayerScreen title={t('reminder.title')}>
      <Answered query={linked} shape="cards">
        {(reminder) => <Telling token={token} reminder={reminder} />}
      </Answered>
    </PlayerScreen>
  )
}

/** What the device knows a reminder by: its programme’s and its own place in it. */
const keyOf = ({ programmeId, position }: LinkedReminder) => `${programmeId}-${position}`

/** What was kept on this device; undefined until it was read. */
function useKept({ reader, story, ...reminder }: LinkedReminder) {
  const [progress, setProgress] = useState<Progress>()
  const [hand, setHand] = useState<readonly MissionCard[]>([])
  const key = `${reminder.programmeId}-${reminder.position}`
  useEffect(() => {
    let left = false
    void Promise.all([readProgress(reader, key), readHand(reader)]).then(([kept, cards]) => {
      if (left) return
      setProgress(resumed(story, kept))
      setHand(cards)
    })
    return () => {
      left = true
    }
  }, [reader, key, story])
  return { progress, setProgress, hand, setHand }
}

function Telling({ token, reminder }: { token: string; reminder: LinkedReminder }) {
  const { t, i18n } = useTranslation('programmes')
  const { story, reader, programmeToken } = reminder
  const [language, setLanguage] = useState(() => languageToRead(story.languages, i18n.language))
  const { progress, setProgress, hand, setHand } = useKept(reminder)
  const { answer, names } = useAnswers(token, reminder)
  if (!progress) return null

  async function move(to: Progress) {
    const ends = to.stage === 'end' && progress?.stage !== 'end'
    setProgress(to)
    await keepProgress(reader, keyOf(reminder), to)
    if (!ends) return
    const mission = story.missions.find(({ id }) => id === to.mission)
    if (mission) {
      const key = `${keyOf(reminder)}-${mission.id}`
      setHand(await takeCard(reader, { key, text: mission.text, outcome: null }))
    }
    // Out of reach, the one word more comes after all: nothing worse.
    await call(routes.finishReminder, { params: { token } }).catch(() => {})
  }

  return (
    <ReminderPlayer
      story={story}
      language={language}
      onLanguage={setLanguage}
      progress={progress}
      names={names}
      onProgress={(to, answers) => {
        void answer(answers)
        void move(to)
      }}
      promise={<AnonymousPromise />}
      ending={
        <>
          <MissionHand cards={hand} language={language} />
          <Link to="/parcours/$token" params={{ token: programmeToken }}>
            {t('reminder.leaveEnd')}
          </Link>
        </>
      }
      aside={
        <Link to="/parcours/$token" params={{ token: programmeToken }} className={classes.quiet}>
          {t('reminder.leave')}
        </Link>
      }
    />
  )
}

/** Some days later, once: how did it go? */
function Asking({
  token,
  reminder,
  onReread,
}: {
  token: string
  reminder: LinkedReminder
  onReread: () => void
}) {
  const { t, i18n } = useTranslation('programmes')
  const { story, reader } = reminder
  const language = languageToRead(story.languages, i18n.language)
  const { progress, hand, setHand } = useKept(reminder)
  const { answer, names } = useAnswers(token, reminder)
  const [said, setSaid] = useState(false)
  if (!progress) return null
  const mission = story.missions.find(({ id }) => id === progress.mission)
  if (!mission) {
    return (
      <EmptyState
        title={t('reminder.noMission')}
        action={<Button onClick={onReread}>{t('reminder.reread')}</Button>}
      >
        {t('reminder.noMissionText')}
      </EmptyState>
    )
  }
  async function say(outcome: Outcome) {
    const key = `${keyOf(reminder)}-${mission!.id}`
    setHand(await takeCard(reader, { key, text: mission!.text, outcome }))
    setSaid(true)
  }
  return (
    <div className={classes.stack}>
      {said ? (
        <>
          <h2>{t('reminder.thanks')}</h2>
          <MissionHand cards={hand} language={language} />
        </>
      ) : (
        <MissionQuestion
          mission={mission}
          language={language}
          names={names}
          onAnswers={(outcome, answers) => {
            void answer(answers)
            void say(outcome)
          }}
        />
      )}
    </div>
  )
}
