import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Counted } from '#shared/programmes/programmes.vocabulary.ts'
import { DateField } from '../../ui/DateField.tsx'
import classes from './Programmes.module.css'

/** When the first one leaves and how many months lie between two. */
export function RhythmFields({
  counted,
  dates,
  today,
  onDates,
}: {
  counted: Counted
  dates: { startsOn: string | null; monthsBetween: number }
  today: string
  onDates: (dates: { startsOn: string | null; monthsBetween: number }) => void
}) {
  const { t, i18n } = useTranslation('programmes')
  return (
    <div className={classes.until}>
      {counted === 'date' && (
        <DateField
          language={i18n.language}
          words={{ previous: t('form.previousMonth'), next: t('form.nextMonth') }}
          label={t('form.startsOn')}
          minDate={dates.startsOn && dates.startsOn < today ? dates.startsOn : today}
          value={dates.startsOn}
          onChange={(startsOn) => startsOn && onDates({ ...dates, startsOn })}
        />
      )}
      <NativeSelect
        label={t('form.months')}
        value={String(dates.monthsBetween)}
        data={[1, 2, 3].map((count) => ({
          value: String(count),
          label: t('form.every', { count }),
        }))}
        onChange={(event) =>
          onDates({ ...dates, monthsBetween: Number(event.currentTarget.value) })
        }
      />
    </div>
  )
}
