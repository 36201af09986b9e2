import { Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Period } from '#shared/days/days.contract.ts'
import { type Offer, slotsRoutes } from '#shared/slots/slots.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import classes from './Slots.module.css'

/** Other hours for a slot; says first that those who answered will be asked again. */
export function MoveDialog({
  offer,
  period,
  timeZone,
  published,
  onClose,
}: {
  offer: Offer
  period: Period
  timeZone: string
  published: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['slots', 'app'])
  const words = useWords()
  const [hours, setHours] = useState({
    startsAt: localTime(offer.startsAt, timeZone),
    endsAt: localTime(offer.endsAt, timeZone),
  })
  const move = useCall(slotsRoutes.move, { refresh: [['api', 'days']] })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('site.moveTitle', { name: offer.hostName })}
      confirm={t('site.move')}
      cancel={t('app:cancel')}
      close={t('app:close')}
      busy={move.isPending}
      onConfirm={() => {
        if (hours.startsAt === '' || hours.endsAt === '') return
        move.mutate({ params: { slotId: offer.id }, body: hours }, { onSuccess: onClose })
      }}
    >
      <Stack>
        <p>{t('site.moveFrom', { hours: words.hours(offer, timeZone) })}</p>
        <p>{t(published ? 'site.moveTold' : 'site.moveQuiet')}</p>
        <div className={classes.pair}>
          {(['startsAt', 'endsAt'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              required
              withAsterisk={false}
              label={t(end === 'startsAt' ? 'form.from' : 'form.to')}
              min={period.startsAt}
              max={period.endsAt}
              value={hours[end]}
              onChange={(event) => setHours({ ...hours, [end]: event.currentTarget.value })}
            />
          ))}
        </div>
        <Refused error={move.error} />
      </Stack>
    </ConfirmDialog>
  )
}

/** « 09:30 » of an instant where the day takes place, as a field of hours wants it. */
function localTime(instant: Date, timeZone: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const
  return new Intl.DateTimeFormat('en-GB', options).format(instant)
}
