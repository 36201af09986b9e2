import { Button, NativeSelect, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Scene, Story } from '#shared/reminders/reminders.story.ts'
import { Block, Item } from './Block.tsx'
import { DrawingChoice } from './DrawingChoice.tsx'
import classes from './Editor.module.css'
import type { EditedPart } from './ReminderEditor.tsx'
import { changedIn, withoutScene, withSceneAfter, wordedWays } from './reminders.editing.ts'
import { WordingField } from './WordingField.tsx'

/** The scenes, each with its drawing, two sentences, a voice, and where the story goes from there. */
export function SceneFields({ story, onChange }: EditedPart) {
  const { t } = useTranslation('reminders')
  const change = (id: string, scene: Partial<Scene>) =>
    onChange({ scenes: changedIn(story.scenes, id, scene) })
  return (
    <Block title={t('editor.scenes')} lead={t('editor.scenesLead')} path="scenes">
      {story.scenes.map((scene, at) => (
        <Item
          key={scene.id}
          title={t('script.scene', { number: at + 1 })}
          path={`scenes.${at}`}
          aside={
            <>
              <Button
                variant="default"
                disabled={story.scenes.length >= 9}
                onClick={() => onChange(withSceneAfter(story, scene.id))}
              >
                {t('editor.addScene')}
              </Button>
              <Button
                variant="subtle"
                disabled={story.scenes.length <= 1}
                onClick={() => onChange(withoutScene(story, scene.id))}
              >
                {t('editor.removeScene', { number: at + 1 })}
              </Button>
            </>
          }
        >
          <WordingField
            label={t('editor.sceneText')}
            path={`scenes.${at}.text`}
            max={280}
            value={scene.text}
            onChange={(text) => change(scene.id, { text })}
          />
          <VoiceFields scene={scene} at={at} onScene={(voice) => change(scene.id, voice)} />
          <WayFields
            story={story}
            scene={scene}
            at={at}
            onScene={(ways) => change(scene.id, ways)}
          />
          <DrawingChoice
            value={scene.drawing}
            onChange={(drawing) => change(scene.id, { drawing })}
          />
        </Item>
      ))}
    </Block>
  )
}

interface OfScene {
  scene: Scene
  at: number
  onScene: (change: Partial<Scene>) => void
}

function VoiceFields({ scene, at, onScene }: OfScene) {
  const { t } = useTranslation('reminders')
  const { voice } = scene
  return (
    <>
      <Switch
        label={t('editor.voice')}
        checked={voice !== null}
        onChange={(event) =>
          onScene({ voice: event.currentTarget.checked ? { who: {}, says: {} } : null })
        }
      />
      {voice && (
        <>
          <WordingField
            label={t('editor.who')}
            path={`scenes.${at}.voice.who`}
            max={40}
            value={voice.who}
            onChange={(who) => onScene({ voice: { ...voice, who } })}
          />
          <WordingField
            label={t('editor.says')}
            path={`scenes.${at}.voice.says`}
            max={200}
            value={voice.says}
            onChange={(says) => onScene({ voice: { ...voice, says } })}
          />
        </>
      )}
    </>
  )
}

/** Where the story goes: on, to a choice of two or three, or to its end. */
function WayFields({ story, scene, at, onScene }: OfScene & { story: Story }) {
  const { t } = useTranslation('reminders')
  const others = story.scenes
    .map(({ id }, place) => ({ value: id, label: t('script.scene', { number: place + 1 }) }))
    .filter(({ value }) => value !== scene.id)
  const free = others.find(({ value }) => !scene.ways.some(({ to }) => to === value))
  const put = (ways: Scene['ways']) => onScene({ ways: wordedWays(ways) })
  return (
    <>
      {scene.ways.map((way, place) => (
        // A way has no name of its own: its place is what it is.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={place} className={classes.way}>
          <NativeSelect
            id={`at-scenes.${at}.ways.${place}`}
            label={t(scene.ways.length > 1 ? 'editor.wayTo' : 'editor.next', { number: place + 1 })}
            value={way.to}
            data={[...others, { value: '', label: t('editor.theEnd') }]}
            onChange={(event) => {
              const to = event.currentTarget.value
              put(
                to === ''
                  ? scene.ways.toSpliced(place, 1)
                  : scene.ways.toSpliced(place, 1, { ...way, to }),
              )
            }}
          />
          {way.words && (
            <WordingField
              label={t('editor.wayWords')}
              path={`scenes.${at}.ways.${place}.words`}
              max={80}
              value={way.words}
              onChange={(words) =>
                onScene({ ways: scene.ways.toSpliced(place, 1, { ...way, words }) })
              }
            />
          )}
        </div>
      ))}
      {free && scene.ways.length < 3 && (
        <div>
          <Button
            variant="subtle"
            onClick={() => put([...scene.ways, { words: null, to: free.value }])}
          >
            {t(scene.ways.length === 0 ? 'editor.goOn' : 'editor.addWay')}
          </Button>
        </div>
      )}
    </>
  )
}
