import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Block } from './Block.tsx'
import { DrawingChoice } from './DrawingChoice.tsx'
import type { EditedPart } from './ReminderEditor.tsx'
import { useFault, WordingField } from './WordingField.tsx'

/** What it is called, and who tells it. */
export function PersonFields({ story, onChange }: EditedPart) {
  const { t } = useTranslation('reminders')
  const { teller } = story
  const unnamed = useFault('teller.firstName')
  return (
    <Block title={t('editor.person')} lead={t('editor.personLead')} path="teller">
      <WordingField
        label={t('editor.title')}
        path="title"
        max={60}
        value={story.title}
        onChange={(title) => onChange({ title })}
      />
      <WordingField
        label={t('editor.teaser')}
        hint={t('editor.teaserHint')}
        path="teaser"
        max={160}
        value={story.teaser}
        onChange={(teaser) => onChange({ teaser })}
      />
      <TextInput
        id="at-teller.firstName"
        label={t('editor.firstName')}
        maxLength={30}
        error={teller.firstName.trim() === '' && unnamed}
        value={teller.firstName}
        onChange={(event) =>
          onChange({ teller: { ...teller, firstName: event.currentTarget.value } })
        }
      />
      <WordingField
        label={t('editor.job')}
        path="teller.job"
        max={80}
        value={teller.job}
        onChange={(job) => onChange({ teller: { ...teller, job } })}
      />
      <DrawingChoice
        value={teller.drawing}
        onChange={(drawing) => onChange({ teller: { ...teller, drawing } })}
      />
    </Block>
  )
}
