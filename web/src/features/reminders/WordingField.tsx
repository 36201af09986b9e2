import { Textarea } from '@mantine/core'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault } from '#shared/reminders/reminders.contract.ts'
import type { ContentLanguage, Wording } from '#shared/vocabulary/content-language.ts'
import { ownName } from '../kits/kits.lines.ts'
import classes from './Editor.module.css'
import { textIn } from './reminders.editing.ts'

/** The language written in, the one it is written from, and what is at fault where. */
export const Writing = createContext<{
  language: ContentLanguage
  original: ContentLanguage
  faults: readonly Fault[]
  /** Whether what is still blank is at fault: not on a page somebody has only begun. */
  strict: boolean
}>({ language: 'fr', original: 'fr', faults: [], strict: false })

const isBlank = ({ code }: Fault) => code === 'missing-language' || code === 'nobody-tells'

/**
 * What is at fault at a place, in words; about the language written in first.
 * @param text what stands there by now: what was missing at the last save may have been written since.
 */
export function useFault(path: string, text = ''): string | undefined {
  const { t } = useTranslation('reminders')
  const { language, faults, strict } = useContext(Writing)
  const isShown = (fault: Fault) =>
    !isBlank(fault) || (strict && (text === '' || fault.language !== language))
  const here = faults.filter((fault) => fault.path === path && isShown(fault))
  const fault = here.find((one) => one.language === language || one.language === null) ?? here[0]
  if (!fault) return undefined
  const words = t(`faults.${fault.code}`)
  const elsewhere = fault.language !== null && fault.language !== language
  return elsewhere ? t('faults.inLanguage', { language: ownName(fault.language!), words }) : words
}

/** A text of the story in the language written in, with the original beside it where that is another. */
export function WordingField({
  label,
  hint,
  path,
  max,
  value,
  onChange,
}: {
  label: string
  hint?: string
  /** Where it stands in the document: faults find their way to it by this. */
  path: string
  /** As many characters as a phone can show of it. */
  max: number
  value: Wording
  onChange: (wording: Wording) => void
}) {
  const { t } = useTranslation('reminders')
  const { language, original } = useContext(Writing)
  const text = textIn(value, language)
  const fault = useFault(path, text)
  const field = (
    <Textarea
      id={`at-${path}`}
      label={label}
      description={hint}
      error={fault}
      lang={language}
      autosize
      minRows={max > 100 ? 2 : 1}
      value={text}
      onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
      rightSection={
        text.length > max * 0.8 ? (
          <span className={classes.left} data-over={text.length > max || undefined}>
            {max - text.length}
          </span>
        ) : undefined
      }
    />
  )
  if (language === original) return field
  return (
    <div className={classes.beside}>
      <div className={classes.original}>
        <span className={classes.originalLabel}>
          {t('editor.from', { language: ownName(original) })}
        </span>
        <p lang={original}>{textIn(value, original) || '–'}</p>
      </div>
      {field}
    </div>
  )
}
