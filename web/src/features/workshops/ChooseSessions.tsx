import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { workshopLinksRoutes as routes } from '#shared/workshops/workshops.links.contract.ts'
import { mostChoices } from '#shared/workshops/workshops.vocabulary.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { BottomBar } from '../../ui/Page.tsx'
import classes from './LinkedWorkshop.module.css'
import { SessionNotes } from './SessionNotes.tsx'
import { SessionTicket } from './SessionTicket.tsx'
import type { LinkedPart } from './WorkshopLinkPage.tsx'
import { sessionsToCome } from './workshops.linked.ts'
import { placeOf } from './workshops.sessions.ts'
import { useTold } from './workshops.words.ts'

/** Up to three sessions, in the order one taps them; or none of them, this time. */
export function ChooseSessions({ workshop, token, onDone }: LinkedPart & { onDone: () => void }) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const told = useTold()
  const { timeZone, chooseUntil, promise } = workshop
  const sessions = sessionsToCome(workshop)
  const [choices, setChoices] = useState(() =>
    workshop.choices.filter((id) => sessions.some((one) => one.id === id)),
  )
  const choose = useCall(routes.chooseSessions)
  const say = (declined: boolean) =>
    choose.mutate(
      { params: { token }, body: { choices: declined ? [] : choices, declined } },
      { onSuccess: onDone },
    )
  const toggle = (id: string) =>
    setChoices(choices.includes(id) ? choices.filter((one) => one !== id) : [...choices, id])
  const declining = choose.isPending && choose.variables.body.declined
  return (
    <>
      <div className={classes.stack}>
        <p className={classes.promise}>{told(promise)}</p>
        <p>
          {t('choose.lead')}{' '}
          {chooseUntil && t('choose.until', { until: words.until(chooseUntil, timeZone) })}
        </p>
        <ul className={classes.sessions}>
          {sessions.map((session) => {
            const rank = choices.indexOf(session.id) + 1
            const named = `${words.dayOf(session.startsAt, timeZone)}, ${words.hours(session, timeZone)}, ${placeOf(session)}`
            return (
              <li key={session.id} className={classes.choice}>
                <SessionTicket
                  session={session}
                  timeZone={timeZone}
                  level={2}
                  mark={
                    <span className={classes.rank} data-free={rank === 0 || undefined} aria-hidden>
                      {rank || ''}
                    </span>
                  }
                >
                  <SessionNotes session={session} />
                </SessionTicket>
                <input
                  type="checkbox"
                  checked={rank > 0}
                  disabled={rank === 0 && choices.length >= mostChoices}
                  aria-label={
                    rank ? `${named}, ${t('choose.rank', { place: words.place(rank) })}` : named
                  }
                  onChange={() => toggle(session.id)}
                />
              </li>
            )
          })}
        </ul>
        <Refused error={choose.error} />
        <Button
          variant="default"
          fullWidth
          loading={declining}
          disabled={choose.isPending}
          onClick={() => say(true)}
        >
          {t('choose.none')}
        </Button>
        <p className={classes.quiet}>{t('choose.noneHint')}</p>
      </div>
      <BottomBar
        note={
          <span role="status">
            {choices.length === 0
              ? t('choose.nothing')
              : t('choose.count', { count: choices.length, most: mostChoices })}
          </span>
        }
      >
        <Button
          size="lg"
          disabled={choices.length === 0 || declining}
          loading={choose.isPending && !declining}
          onClick={() => say(false)}
        >
          {t('choose.submit')}
        </Button>
      </BottomBar>
    </>
  )
}
