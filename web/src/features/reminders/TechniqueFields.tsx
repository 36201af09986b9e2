import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Technique } from '#shared/reminders/reminders.story.ts'
import { Block, Item } from './Block.tsx'
import type { EditedPart } from './ReminderEditor.tsx'
import { changedIn, freshId } from './reminders.editing.ts'
import { WordingField } from './WordingField.tsx'

/** The techniques: a name, how, and something one could say aloud tomorrow. */
export function TechniqueFields({ story, onChange }: EditedPart) {
  const { t } = useTranslation('reminders')
  const { techniques } = story
  const change = (id: string, technique: Partial<Technique>) =>
    onChange({ techniques: changedIn(techniques, id, technique) })
  return (
    <Block title={t('script.techniques')} lead={t('editor.techniquesLead')} path="techniques">
      {techniques.map((technique, at) => (
        <Item
          key={technique.id}
          title={t('editor.technique', { number: at + 1 })}
          path={`techniques.${at}`}
          aside={
            <Button
              variant="subtle"
              disabled={techniques.length <= 1}
              onClick={() => onChange({ techniques: techniques.toSpliced(at, 1) })}
            >
              {t('editor.removeTechnique', { number: at + 1 })}
            </Button>
          }
        >
          <WordingField
            label={t('editor.techniqueName')}
            path={`techniques.${at}.name`}
            max={60}
            value={technique.name}
            onChange={(name) => change(technique.id, { name })}
          />
          <WordingField
            label={t('editor.how')}
            path={`techniques.${at}.how`}
            max={280}
            value={technique.how}
            onChange={(how) => change(technique.id, { how })}
          />
          <WordingField
            label={t('editor.example')}
            path={`techniques.${at}.example`}
            max={240}
            value={technique.example}
            onChange={(example) => change(technique.id, { example })}
          />
        </Item>
      ))}
      {techniques.length < 5 && (
        <div>
          <Button
            variant="default"
            onClick={() => {
              const id = freshId(techniques, 'technique')
              onChange({ techniques: [...techniques, { id, name: {}, how: {}, example: {} }] })
            }}
          >
            {t('editor.addTechnique')}
          </Button>
        </div>
      )}
    </Block>
  )
}
