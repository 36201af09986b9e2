import { Button, NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Block, Item } from './Block.tsx'
import type { EditedPart } from './ReminderEditor.tsx'
import { changedIn, freshId } from './reminders.editing.ts'
import { WordingField } from './WordingField.tsx'

const [soonest, latest] = [3, 14]

/** Two or three small missions, and when they are asked about. */
export function MissionFields({ story, onChange }: EditedPart) {
  const { t } = useTranslation('reminders')
  const { missions } = story
  return (
    <Block title={t('script.missions')} lead={t('editor.missionsLead')} path="missions">
      {missions.map((mission, at) => (
        <Item
          key={mission.id}
          title={t('editor.mission', { number: at + 1 })}
          path={`missions.${at}`}
          aside={
            <Button
              variant="subtle"
              disabled={missions.length <= 2}
              onClick={() => onChange({ missions: missions.toSpliced(at, 1) })}
            >
              {t('editor.removeMission', { number: at + 1 })}
            </Button>
          }
        >
          <WordingField
            label={t('editor.missionText')}
            path={`missions.${at}.text`}
            max={200}
            value={mission.text}
            onChange={(text) => onChange({ missions: changedIn(missions, mission.id, { text }) })}
          />
          <WordingField
            label={t('editor.tip')}
            path={`missions.${at}.tip`}
            max={200}
            value={mission.tip}
            onChange={(tip) => onChange({ missions: changedIn(missions, mission.id, { tip }) })}
          />
        </Item>
      ))}
      {missions.length < 3 && (
        <div>
          <Button
            variant="default"
            onClick={() => {
              const id = freshId(missions, 'mission')
              onChange({ missions: [...missions, { id, text: {}, tip: {} }] })
            }}
          >
            {t('editor.addMission')}
          </Button>
        </div>
      )}
      <NumberInput
        label={t('editor.askAfter')}
        min={soonest}
        max={latest}
        clampBehavior="strict"
        value={story.askAfterDays}
        onChange={(days) => {
          const whole = Math.round(Number(days))
          if (whole >= soonest && whole <= latest) onChange({ askAfterDays: whole })
        }}
      />
    </Block>
  )
}
