import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Findings, longestNote, longestTitle } from '#shared/findings/findings.contract.ts'
import { useWords } from '../../app/words.ts'

export interface Wording {
  title: string
  irritantId: string
  note: string
}

/** What is named most often; the first of several. */
export function mostFrequent(ids: string[]): string | undefined {
  const counts = Map.groupBy(ids, (id) => id)
  return [...counts].sort((a, b) => b[1].length - a[1].length)[0]?.[0]
}

/** Title, irritant and note of a finding. */
export function WordingFields({
  wording,
  irritants,
  onChange,
}: {
  wording: Wording
  irritants: Findings['irritants']
  onChange: (wording: Wording) => void
}) {
  const { t } = useTranslation('findings')
  const words = useWords()
  return (
    <>
      <TextInput
        label={t('titleLabel')}
        description={t('titleHint')}
        required
        withAsterisk={false}
        minLength={3}
        maxLength={longestTitle}
        data-autofocus
        value={wording.title}
        onChange={(event) => onChange({ ...wording, title: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('irritantLabel')}
        value={wording.irritantId}
        onChange={(event) => onChange({ ...wording, irritantId: event.currentTarget.value })}
        data={irritants.map((one) => ({ value: one.id, label: words.name(one) }))}
      />
      <Textarea
        label={t('noteLabel')}
        description={t('noteHint')}
        maxLength={longestNote}
        autosize
        minRows={2}
        value={wording.note}
        onChange={(event) => onChange({ ...wording, note: event.currentTarget.value })}
      />
    </>
  )
}
