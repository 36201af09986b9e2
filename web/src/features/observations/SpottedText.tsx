import { Textarea, type TextareaProps, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Spotting } from './names/names.spotting.ts'
import classes from './SpottedText.module.css'

/**
 * A field for a few lines, and below it what in them may name somebody, each masked with one tap. The
 * line below is always there, so that nothing moves under the thumb while one types.
 */
export function SpottedText({
  spotting,
  value,
  onText,
  ...field
}: Omit<TextareaProps, 'value' | 'onChange'> & {
  spotting: Spotting | undefined
  value: string
  onText: (text: string) => void
}) {
  const { t } = useTranslation('observations')
  const spots = useMemo(() => spotting?.spotsIn(value) ?? [], [spotting, value])
  const [undo, setUndo] = useState<{ before: string; after: string }>()
  const row = useRef<HTMLFieldSetElement>(null)

  function replace(after: string) {
    setUndo({ before: value, after })
    onText(after)
    // The button that was pressed is gone: the focus waits where the others are.
    row.current?.focus({ preventScroll: true })
  }
  function restore(before: string) {
    setUndo(undefined)
    onText(before)
    row.current?.focus({ preventScroll: true })
  }

  const masked = undo?.after === value ? undo : undefined
  return (
    <div>
      <Textarea
        {...field}
        classNames={{ input: classes.field }}
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <VisuallyHidden role="status">
        {masked && t('names.done')} {spots.length > 0 && t('names.found', { count: spots.length })}
      </VisuallyHidden>
      <fieldset className={classes.row} ref={row} tabIndex={-1} aria-label={t('names.row')}>
        {spots.length === 0 && !masked && <p className={classes.hint}>{t('names.hint')}</p>}
        {spots.length > 1 && spotting && (
          <UnstyledButton className={classes.all} onClick={() => replace(spotting.maskAll(value))}>
            {t('names.maskAll')}
          </UnstyledButton>
        )}
        {spots.map((one) => (
          <UnstyledButton
            key={`${one.start} ${one.kind}`}
            className={classes.one}
            onClick={() => spotting && replace(spotting.mask(value, one))}
          >
            <span>{t('names.mask')}</span>{' '}
            <span className={classes.words}>{value.slice(one.start, one.end)}</span>
          </UnstyledButton>
        ))}
        {masked && (
          <UnstyledButton className={classes.one} onClick={() => restore(masked.before)}>
            {t('names.undo')}
          </UnstyledButton>
        )}
      </fieldset>
    </div>
  )
}
