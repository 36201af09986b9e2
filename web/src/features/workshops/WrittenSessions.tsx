import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import { useWords } from '../../app/words.ts'
import { Fold } from '../../ui/Fold.tsx'
import { SessionDays } from './SessionDays.tsx'
import { SessionFields } from './SessionFields.tsx'
import classes from './Workshops.module.css'
import { daysAfter } from './workshops.dates.ts'
import { missingOf, type SessionDraft, sessionOn } from './workshops.drafts.ts'

/** Time to ask people and for them to arrange it. */
const daysAhead = 14

/** The sessions of a workshop being prepared: days above, what each session is below. */
export function WrittenSessions({
  regionId,
  today,
  sessions,
  onSessions,
}: {
  regionId: string
  today: string
  sessions: SessionDraft[]
  onSessions: (sessions: SessionDraft[]) => void
}) {
  const { t, i18n } = useTranslation('workshops')
  const words = useWords()
  const [added, setAdded] = useState('')
  function add(date: string) {
    const language = i18n.language as ContentLanguage
    const session = sessionOn(date, { at: sessions, language })
    onSessions([...sessions, session].toSorted(byStart))
    setAdded(t('days.added', { date: words.date(date) }))
  }
  const change = (changed: SessionDraft) =>
    onSessions(sessions.map((one) => (one.key === changed.key ? changed : one)))
  return (
    <div className={classes.fields}>
      <SessionDays
        today={today}
        from={daysAfter(today, daysAhead)}
        taken={sessions.map(({ date }) => date)}
        onAdd={add}
      />
      <p role="status" className={classes.spoken}>
        {added}
      </p>
      <ul className={classes.written}>
        {sessions.map((session) => (
          <li key={session.key}>
            <WrittenSession
              regionId={regionId}
              session={session}
              onChange={change}
              onRemove={() => onSessions(sessions.filter(({ key }) => key !== session.key))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

const byStart = (one: SessionDraft, other: SessionDraft) =>
  `${one.date} ${one.startsAt}`.localeCompare(`${other.date} ${other.startsAt}`)

function WrittenSession({
  regionId,
  session,
  onChange,
  onRemove,
}: {
  regionId: string
  session: SessionDraft
  onChange: (session: SessionDraft) => void
  onRemove: () => void
}) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  // Like the one before it there is nothing to say of it, and it stays folded.
  const [open] = useState(() => missingOf(session) !== undefined)
  const title = `${words.date(session.date)}, ${words.clock(session)}`
  return (
    <Fold
      open={open}
      title={
        <span className={classes.foldTitle}>
          {title}
          <span className={classes.quiet}>
            {t('session.seats', { count: session.seats })}
            {session.facilitator && ` · ${session.facilitator.name}`}
          </span>
        </span>
      }
    >
      <div className={classes.fields}>
        <SessionFields regionId={regionId} session={session} onChange={onChange} />
        <div>
          <Button
            variant="subtle"
            color="ink"
            aria-label={t('days.removeOf', { session: title })}
            onClick={onRemove}
          >
            {t('days.remove')}
          </Button>
        </div>
      </div>
    </Fold>
  )
}
