import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type Workshop,
  type WorkshopSession,
} from '#shared/workshops/workshops.offers.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { SessionFields } from './SessionFields.tsx'
import classes from './Workshops.module.css'
import { localHours } from './workshops.dates.ts'
import { draftOf, inputOf, missingOf } from './workshops.drafts.ts'

/** Another day, hour, place, facilitator or number of seats; who sits there is told of what moved. */
export function SessionChange({
  workshop,
  session,
}: {
  workshop: Workshop
  session: WorkshopSession
}) {
  const { t, i18n } = useTranslation(['workshops', 'app'])
  const { regionId, timeZone, today } = workshop
  const change = useCall(routes.changeSession)
  const [draft, setDraft] = useState(() => draftOf(session, localHours(session, timeZone)))
  const missing = missingOf(draft)
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault()
        const body = { ...inputOf(draft), version: session.version }
        change.mutate({ params: { sessionId: session.id }, body })
      }}
    >
      <DateField
        language={i18n.language}
        words={{ previous: t('form.previousMonth'), next: t('form.nextMonth') }}
        label={t('fields.day')}
        minDate={today}
        value={draft.date}
        onChange={(date) => date && setDraft({ ...draft, date })}
      />
      <SessionFields regionId={regionId} session={draft} onChange={setDraft} />
      <p className={classes.quiet}>
        {t(workshop.status === 'seated' ? 'session.changeTold' : 'session.changeQuiet')}
      </p>
      {missing && <p role="status">{t(`missing.${missing}`)}</p>}
      <Refused error={change.error} />
      <div>
        <Button type="submit" disabled={missing !== undefined} loading={change.isPending}>
          {t('app:save')}
        </Button>
      </div>
    </form>
  )
}
