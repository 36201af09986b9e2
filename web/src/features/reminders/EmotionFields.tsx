import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { feelingSchema, feelings } from '#shared/reminders/reminders.story.ts'
import { Block } from './Block.tsx'
import classes from './Editor.module.css'
import type { EditedPart } from './ReminderEditor.tsx'
import { WordingField } from './WordingField.tsx'

/** The emotion a story leaves: its colour, its word, one line. */
export function EmotionFields({ story, onChange }: EditedPart) {
  const { t } = useTranslation('reminders')
  const { emotion } = story
  return (
    <Block title={t('script.emotion')} path="emotion">
      <div className={classes.feeling} data-feeling={emotion.feeling}>
        <NativeSelect
          label={t('editor.feeling')}
          value={emotion.feeling}
          data={feelings.map((one) => ({ value: one, label: t(`feelings.${one}`) }))}
          onChange={(event) => {
            const feeling = feelingSchema.parse(event.currentTarget.value)
            onChange({ emotion: { ...emotion, feeling } })
          }}
        />
      </div>
      <WordingField
        label={t('editor.word')}
        path="emotion.word"
        max={30}
        value={emotion.word}
        onChange={(word) => onChange({ emotion: { ...emotion, word } })}
      />
      <WordingField
        label={t('editor.line')}
        path="emotion.line"
        max={200}
        value={emotion.line}
        onChange={(line) => onChange({ emotion: { ...emotion, line } })}
      />
    </Block>
  )
}
