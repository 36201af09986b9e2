import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  workshopOffersRoutes as routes,
  type TakenSeat,
  type Workshop,
  type WorkshopSession,
} from '#shared/workshops/workshops.offers.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import classes from './SessionSeats.module.css'
import { heldSessions } from './workshops.sessions.ts'

/** Another session for somebody, or none; asked about first, since they are written to. */
export function MovePerson({
  seat: { personId, name, state },
  workshop,
  session,
}: {
  seat: TakenSeat
  workshop: Workshop
  session: WorkshopSession
}) {
  const { t } = useTranslation(['workshops', 'app'])
  const words = useWords()
  const move = useCall(routes.movePerson)
  /** What was chosen: the id of a session, `none`, or nothing yet. */
  const [chosen, setChosen] = useState('')
  const others = heldSessions(workshop)
    .filter(
      (one) =>
        one.id !== session.id && one.phase === 'to-come' && one.seated + one.offered < one.seats,
    )
    .map(({ id, startsAt }) => ({
      value: id,
      label: `${words.dayOf(startsAt, workshop.timeZone)}, ${words.hour(startsAt, workshop.timeZone)}`,
    }))
  const away = chosen === 'none'
  const takeAway = t(state === 'waiting' ? 'seats.takeOff' : 'seats.takeAway')
  const values = { name, when: others.find(({ value }) => value === chosen)?.label ?? '' }
  const close = () => {
    setChosen('')
    move.reset()
  }
  return (
    <>
      <NativeSelect
        aria-label={t('seats.moveOf', { name })}
        value={chosen}
        data={[
          { value: '', label: t('seats.move') },
          ...others,
          { value: 'none', label: takeAway },
        ]}
        onChange={({ currentTarget: { value } }) => setChosen(value)}
      />
      {chosen !== '' && (
        <ConfirmDialog
          opened
          danger={away}
          onClose={close}
          onConfirm={() =>
            move.mutate(
              {
                params: { workshopId: workshop.id, personId },
                body: { sessionId: away ? null : chosen },
              },
              { onSuccess: close },
            )
          }
          title={t(away ? `seats.awayAsk.${state}` : 'seats.moveAsk', values)}
          confirm={away ? takeAway : t('seats.moveConfirm')}
          cancel={t('app:cancel')}
          close={t('app:close')}
          busy={move.isPending}
        >
          <p>{t(away ? `seats.away.${state}` : `seats.elsewhere.${state}`, values)}</p>
          {state !== 'waiting' && <p className={classes.quiet}>{t('seats.next')}</p>}
          <Refused error={move.error} />
        </ConfirmDialog>
      )}
    </>
  )
}
