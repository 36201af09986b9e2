import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import {
  workshopOffersRoutes as routes,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Panel } from '../../ui/Page.tsx'
import { SessionDays } from './SessionDays.tsx'
import { SessionFields } from './SessionFields.tsx'
import classes from './Workshops.module.css'
import { localHours } from './workshops.dates.ts'
import { draftOf, inputOf, missingOf, type SessionDraft, sessionOn } from './workshops.drafts.ts'
import { heldSessions } from './workshops.sessions.ts'

/** One session more, like the last one unless told; for a workshop that exists. */
export function NewSession({ workshop, onDone }: { workshop: Workshop; onDone: () => void }) {
  const { t, i18n } = useTranslation(['workshops', 'app'])
  const words = useWords()
  const add = useCall(routes.addSession)
  const [session, setSession] = useState<SessionDraft>()
  const { id, regionId, today, timeZone } = workshop
  const sessions = heldSessions(workshop)
  function choose(date: string) {
    const language = i18n.language as ContentLanguage
    const at = sessions.map((one) => draftOf(one, localHours(one, timeZone)))
    setSession(session ? { ...session, date } : sessionOn(date, { at, language }))
  }
  const missing = session && missingOf(session)
  return (
    <Panel>
      <SessionDays
        today={today}
        from={sessions.at(-1)?.date ?? today}
        taken={[...sessions.map(({ date }) => date), ...(session ? [session.date] : [])]}
        onAdd={choose}
      />
      {session && (
        <>
          <h3>{words.date(session.date)}</h3>
          <SessionFields regionId={regionId} session={session} onChange={setSession} />
        </>
      )}
      <Refused error={add.error} />
      {missing && <p role="status">{t(`missing.${missing}`)}</p>}
      <div className={classes.buttons}>
        <Button
          disabled={!session || missing !== undefined}
          loading={add.isPending}
          onClick={() =>
            session &&
            add.mutate(
              { params: { workshopId: id }, body: inputOf(session) },
              { onSuccess: onDone },
            )
          }
        >
          {t('sessions.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('app:cancel')}
        </Button>
      </div>
    </Panel>
  )
}
