import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { WorkshopAttended } from '#shared/workshops/workshops.vocabulary.ts'
import classes from './SessionSeats.module.css'

/** Two large buttons for one person; the same press again takes it back. */
export function CameButtons({
  name,
  attended,
  busy,
  onSay,
}: {
  name: string
  attended: WorkshopAttended | null
  busy: boolean
  onSay: (attended: WorkshopAttended | null) => void
}) {
  const { t } = useTranslation('workshops')
  return (
    <fieldset className={classes.came} aria-label={name}>
      {(['came', 'absent'] as const).map((word) => (
        <Button
          key={word}
          variant={attended === word ? 'filled' : 'default'}
          aria-pressed={attended === word}
          disabled={busy}
          onClick={() => onSay(attended === word ? null : word)}
        >
          {t(`attended.${word}`)}
        </Button>
      ))}
    </fieldset>
  )
}
