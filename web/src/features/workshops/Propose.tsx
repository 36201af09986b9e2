import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type Workshop,
} from '#shared/workshops/workshops.offers.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { DateField } from '../../ui/DateField.tsx'
import classes from './Workshops.module.css'
import { daysAfter, lastDayToChoose } from './workshops.dates.ts'
import { heldSessions } from './workshops.sessions.ts'

/** Asks once, with the number, until when they may choose, and what leaves. */
export function Propose({ workshop }: { workshop: Workshop }) {
  const { t, i18n } = useTranslation(['workshops', 'app'])
  const words = useWords()
  const propose = useCall(routes.propose)
  const [asking, setAsking] = useState(false)
  const { id, people, version, today } = workshop
  const first = heldSessions(workshop)[0]
  const [until, setUntil] = useState(() => lastDayToChoose(today, first?.date))
  return (
    <>
      <Button disabled={people === 0 || !first} onClick={() => setAsking(true)}>
        {t('propose.button')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          propose.mutate(
            { params: { workshopId: id }, body: { version, people, chooseUntil: until } },
            { onSuccess: () => setAsking(false) },
          )
        }
        title={t('propose.ask', { count: people, number: words.count(people) })}
        confirm={t('propose.confirm')}
        cancel={t('notYet')}
        close={t('app:close')}
        busy={propose.isPending}
      >
        <div className={classes.dialog}>
          <p>{t('propose.text')}</p>
          <DateField
            language={i18n.language}
            words={{ previous: t('form.previousMonth'), next: t('form.nextMonth') }}
            label={t('propose.until')}
            description={t('propose.untilHint')}
            minDate={daysAfter(today, 1)}
            {...(first ? { maxDate: first.date } : {})}
            value={until}
            onChange={(date) => date && setUntil(date)}
          />
          <Refused error={propose.error} />
        </div>
      </ConfirmDialog>
    </>
  )
}
