import { Button, NativeSelect } from '@mantine/core'
import { useContext, useId } from 'react'
import { useTranslation } from 'react-i18next'
import {
  moveSchema,
  type Reaction,
  type Warmth,
  warmthSchema,
} from '#shared/reminders/reminders.story.ts'
import { Block, Item } from './Block.tsx'
import classes from './Editor.module.css'
import type { EditedPart } from './ReminderEditor.tsx'
import { changedIn, freshId, movedTo, movesAt, textIn } from './reminders.editing.ts'
import { WordingField, Writing } from './WordingField.tsx'

/** The question and its reactions, each put on the scale from grey to warm, with its why. */
export function ReactionFields({ story, onChange }: EditedPart) {
  const { t } = useTranslation('reminders')
  const { language } = useContext(Writing)
  const { reactions } = story
  const change = (id: string, reaction: Partial<Reaction>) =>
    onChange({ reactions: changedIn(reactions, id, reaction) })
  const add = () =>
    onChange({
      reactions: [
        ...reactions,
        {
          id: freshId(reactions, 'reaction'),
          text: {},
          move: 'listen',
          warmth: 4,
          why: {},
          technique: story.techniques[0]?.id ?? 'technique-1',
        },
      ],
    })
  return (
    <Block title={t('editor.reactions')} lead={t('editor.reactionsLead')} path="reactions">
      <WordingField
        label={t('editor.question')}
        path="question"
        max={200}
        value={story.question}
        onChange={(question) => onChange({ question })}
      />
      {reactions.map((reaction, at) => (
        <Item
          key={reaction.id}
          title={t('editor.reaction', { number: at + 1 })}
          path={`reactions.${at}`}
          aside={
            <Button
              variant="subtle"
              disabled={reactions.length <= 3}
              onClick={() => onChange({ reactions: reactions.toSpliced(at, 1) })}
            >
              {t('editor.removeReaction', { number: at + 1 })}
            </Button>
          }
        >
          <WordingField
            label={t('editor.reactionText')}
            path={`reactions.${at}.text`}
            max={240}
            value={reaction.text}
            onChange={(text) => change(reaction.id, { text })}
          />
          <WarmthSlider
            value={reaction.warmth}
            onChange={(warmth) => change(reaction.id, movedTo(warmth, reaction.move))}
          />
          <div className={classes.pair}>
            <NativeSelect
              label={t('editor.move')}
              value={reaction.move}
              data={movesAt(reaction.warmth).map((one) => ({
                value: one,
                label: t(`moveNames.${one}`),
              }))}
              onChange={(event) =>
                change(reaction.id, { move: moveSchema.parse(event.currentTarget.value) })
              }
            />
            <NativeSelect
              label={t('editor.itsTechnique')}
              value={reaction.technique}
              data={story.techniques.map(({ id, name }, place) => ({
                value: id,
                label: textIn(name, language) || t('editor.technique', { number: place + 1 }),
              }))}
              onChange={(event) => change(reaction.id, { technique: event.currentTarget.value })}
            />
          </div>
          <WordingField
            label={t('editor.why')}
            hint={t('editor.whyHint')}
            path={`reactions.${at}.why`}
            max={360}
            value={reaction.why}
            onChange={(why) => change(reaction.id, { why })}
          />
        </Item>
      ))}
      {reactions.length < 5 && (
        <div>
          <Button variant="default" onClick={add}>
            {t('editor.addReaction')}
          </Button>
        </div>
      )}
    </Block>
  )
}

/** From grey to warm in five places: dragged, tapped, or stepped with the arrows. */
function WarmthSlider({ value, onChange }: { value: Warmth; onChange: (warmth: Warmth) => void }) {
  const { t } = useTranslation('reminders')
  const id = useId()
  return (
    <div className={classes.warmth}>
      <label htmlFor={id}>{t('editor.warmth')}</label>
      <input
        id={id}
        type="range"
        min={1}
        max={5}
        step={1}
        value={value}
        aria-valuetext={t(`scale.${value}`)}
        onChange={(event) => onChange(warmthSchema.parse(Number(event.currentTarget.value)))}
      />
      <output htmlFor={id}>{t(`scale.${value}`)}</output>
    </div>
  )
}
