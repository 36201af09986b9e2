// A date with our calendar: <DateField label="Date de la journée" language="fr" value="2027-05-20"
//   onChange={setDate} words={{ previous: 'Mois précédent', next: 'Mois suivant' }} />
// Values are local dates, YYYY-MM-DD, or null. It brings Mantine's dates with it (and their weight):
// import it in pages that are loaded lazily.
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/fr'
import { DatePickerInput, type DatePickerInputProps } from '@mantine/dates'
import { IconCalendarEvent } from '@tabler/icons-react'
import { useId } from 'react'
import classes from './DateField.module.css'

/** See the top of the file; `minDate`, `error`, `required` and the rest are Mantine's. */
export function DateField({
  language,
  words,
  ...props
}: {
  language: string
  words: { previous: string; next: string }
} & Omit<DatePickerInputProps<'default'>, 'type' | 'locale'>) {
  // The calendar is named after its field only when both share one id.
  const id = useId()
  return (
    <DatePickerInput
      id={id}
      locale={language}
      firstDayOfWeek={1}
      valueFormat={language === 'fr' ? 'dddd D MMMM YYYY' : 'dddd, D MMMM YYYY'}
      leftSection={<IconCalendarEvent size={20} aria-hidden />}
      hideOutsideDates
      popoverProps={{ id, shadow: 'none', transitionProps: { duration: 0 } }}
      previousLabel={words.previous}
      nextLabel={words.next}
      {...props}
      classNames={{
        day: classes.day,
        weekday: classes.weekday,
        calendarHeaderLevel: classes.level,
        calendarHeaderControl: classes.control,
        monthsListControl: classes.day,
        yearsListControl: classes.day,
      }}
    />
  )
}
