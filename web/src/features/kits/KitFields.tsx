import { Button, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KitLine, KitSection } from '#shared/kits/kits.vocabulary.ts'
import type { ContentLanguage } from '#shared/vocabulary/content-language.ts'
import classes from './Kits.module.css'
import { isTitled } from './kits.lines.ts'

/** The fields of one part: a sheet of lines, or pairs where each line begins with its own words. */
export function KitFields({
  section,
  heading,
  language,
  lines,
  onChange,
}: {
  section: KitSection
  heading: string
  language: ContentLanguage
  lines: KitLine[]
  onChange: (lines: KitLine[]) => void
}) {
  const { t } = useTranslation('kits')
  if (!isTitled(section)) {
    return (
      <Textarea
        aria-label={heading}
        description={t('fields.hint')}
        lang={language}
        autosize
        minRows={3}
        value={lines.map(({ text }) => text).join('\n')}
        onChange={(event) =>
          onChange(event.currentTarget.value.split('\n').map((text) => ({ title: '', text })))
        }
      />
    )
  }
  const change = (at: number, changed: Partial<KitLine>) =>
    onChange(lines.map((line, place) => (place === at ? { ...line, ...changed } : line)))
  return (
    <>
      {lines.map((line, at) => (
        // Lines have no name of their own: their place is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <fieldset key={at} className={classes.pair}>
          <legend className={classes.legend}>{t('fields.line', { number: at + 1 })}</legend>
          <TextInput
            label={t('fields.title')}
            lang={language}
            maxLength={60}
            value={line.title}
            onChange={(event) => change(at, { title: event.currentTarget.value })}
          />
          <Textarea
            label={t('fields.text')}
            lang={language}
            autosize
            maxLength={240}
            value={line.text}
            onChange={(event) => change(at, { text: event.currentTarget.value })}
          />
          <Button
            variant="subtle"
            onClick={() => onChange(lines.filter((_, place) => place !== at))}
          >
            {t('fields.remove')}
          </Button>
        </fieldset>
      ))}
      {lines.length < 12 && (
        <div>
          <Button variant="default" onClick={() => onChange([...lines, { title: '', text: '' }])}>
            {t('fields.add')}
          </Button>
        </div>
      )}
    </>
  )
}
