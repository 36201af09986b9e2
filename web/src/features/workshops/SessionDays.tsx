import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../app/words.ts'
import { Pip } from '../../ui/drawings/Heart.tsx'
import classes from './SessionDays.module.css'
import { daysAfter, weeksFrom } from './workshops.dates.ts'

const weeksShown = 3

/** The working days of three weeks; a tap on one adds a session there, and its hearts count them. */
export function SessionDays({
  today,
  from,
  taken,
  onAdd,
}: {
  /** Local dates: nothing before tomorrow, and the week one opens on. */
  today: string
  from: string
  /** The dates of the sessions there are. */
  taken: string[]
  onAdd: (date: string) => void
}) {
  const { t } = useTranslation('workshops')
  const words = useWords()
  const [start, setStart] = useState(from)
  const weeks = weeksFrom(start, weeksShown)
  const move = (way: 1 | -1) => setStart(daysAfter(start, way * weeksShown * 7))
  return (
    <fieldset className={classes.days}>
      <legend>{t('days.legend')}</legend>
      <div className={classes.grid}>
        {weeks.flat().map((date) => {
          const held = taken.filter((one) => one === date).length
          const leaf = words.leaf(new Date(`${date}T12:00:00Z`), 'UTC')
          return (
            <button
              key={date}
              type="button"
              disabled={date <= today}
              data-held={held > 0 || undefined}
              onClick={() => onAdd(date)}
            >
              <span className={classes.spoken}>
                {t('days.add', { date: words.date(date) })}
                {held > 0 && `, ${t('days.held', { count: held })}`}
              </span>
              <span className={classes.leaf} aria-hidden>
                <span>{leaf.weekday}</span>
                <strong>{leaf.day}</strong>
                <span>{leaf.month}</span>
                <span className={classes.hearts}>
                  {Array.from({ length: Math.min(held, 4) }, (_, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a heart is nothing but its position
                    <Pip key={place} size={11} />
                  ))}
                </span>
              </span>
            </button>
          )
        })}
      </div>
      <div className={classes.ways}>
        <Button
          variant="default"
          size="sm"
          disabled={weeks[0]![0]! <= today}
          onClick={() => move(-1)}
        >
          {t('days.earlier')}
        </Button>
        <Button variant="default" size="sm" onClick={() => move(1)}>
          {t('days.later')}
        </Button>
      </div>
    </fieldset>
  )
}
