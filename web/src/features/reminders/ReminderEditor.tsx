import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Fault,
  type Reminder,
  remindersRoutes as routes,
} from '#shared/reminders/reminders.contract.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import { type ContentLanguage, contentLanguages } from '#shared/vocabulary/content-language.ts'
import { addressOf } from '../../app/api.ts'
import { directedRegions } from '../../app/grants.ts'
import { useMe } from '../../app/session.ts'
import { ownName } from '../kits/kits.lines.ts'
import classes from './Editor.module.css'
import { EmotionFields } from './EmotionFields.tsx'
import { MissionFields } from './MissionFields.tsx'
import { Overtaken } from './Overtaken.tsx'
import { PersonFields } from './PersonFields.tsx'
import { PhoneFrame } from './PhoneFrame.tsx'
import { PublishBar } from './PublishBar.tsx'
import { ReactionFields } from './ReactionFields.tsx'
import desk from './Reminders.module.css'
import { withLanguage } from './reminders.editing.ts'
import { languageToRead } from './reminders.language.ts'
import { type Part, partNames, partOf, parts } from './reminders.places.ts'
import { useSaving } from './reminders.saving.ts'
import { SceneFields } from './SceneFields.tsx'
import { TechniqueFields } from './TechniqueFields.tsx'
import { Verbatims } from './Verbatims.tsx'
import { Writing } from './WordingField.tsx'

/** What the parts of the editor change. */
export interface EditedPart {
  story: Story
  onChange: (change: Partial<Story>) => void
}

/** A reminder being written: its parts, the phone beside them, saved as one goes. */
export function ReminderEditor({
  regionId,
  reminder,
  onDone,
}: {
  regionId: string
  reminder: Reminder
  /** After publishing or throwing away. */
  onDone: () => void
}) {
  const { t, i18n } = useTranslation('reminders')
  const saving = useSaving(regionId, reminder)
  const me = useMe()
  // Whoever only writes here is not shown what people saw.
  const directs = me ? directedRegions(me).includes(regionId) : false
  const { story } = saving
  const [chosen, setChosen] = useState<ContentLanguage>()
  const [part, setPart] = useState<Part>('teller')
  const [strict, setStrict] = useState(false)
  const goTo = useFieldFocus()
  const language =
    story.languages.find((one) => one === chosen) ?? languageToRead(story.languages, i18n.language)
  const original = story.languages.includes('fr') ? 'fr' : (story.languages[0] ?? 'fr')
  const params = { regionId, reminder: saving.reminder }
  function onFault(fault: Fault) {
    if (fault.language) setChosen(fault.language)
    setPart(partOf(fault.path))
    goTo(`at-${fault.path}`)
  }
  return (
    <Writing value={{ language, original, faults: saving.faults, strict }}>
      <div className={desk.desk}>
        <div className={classes.editor}>
          <LanguageTabs
            story={story}
            language={language}
            onLanguage={setChosen}
            onStory={saving.write}
          />
          {saving.overtaken && <Overtaken saving={saving} theirs={saving.overtaken} />}
          {reminder.irritantId && directs && (
            <Verbatims regionId={regionId} irritantId={reminder.irritantId} />
          )}
          <PartTabs part={part} onPart={setPart} />
          <PartFields
            part={part}
            story={story}
            onChange={(change) => saving.write({ ...story, ...change })}
          />
          <PublishBar
            regionId={regionId}
            saving={saving}
            onFault={onFault}
            onLooking={() => setStrict(true)}
            onDone={onDone}
          />
          <div>
            <Button
              variant="subtle"
              component="a"
              href={addressOf(routes.file, { params })}
              download
            >
              {t('reminder.export')}
            </Button>
          </div>
        </div>
        <PhoneFrame story={story} language={language} onLanguage={setChosen} />
      </div>
    </Writing>
  )
}

/** Brings a field into view and into focus once it is on the page: its part may have to be shown first. */
function useFieldFocus(): (id: string) => void {
  const [target, setTarget] = useState<string>()
  useEffect(() => {
    if (target === undefined) return
    const field = document.getElementById(target)
    field?.scrollIntoView({ block: 'center' })
    field?.focus({ preventScroll: true })
    setTarget(undefined)
  }, [target])
  return setTarget
}

function PartTabs({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  const { t } = useTranslation('reminders')
  return (
    <nav className={classes.parts} aria-label={t('editor.parts')}>
      {partNames.map((one) => (
        <button
          key={one}
          type="button"
          aria-current={one === part ? 'step' : undefined}
          onClick={() => onPart(one)}
        >
          {t(parts[one])}
        </button>
      ))}
    </nav>
  )
}

function PartFields({ part, ...edited }: EditedPart & { part: Part }) {
  switch (part) {
    case 'teller':
      return <PersonFields {...edited} />
    case 'scenes':
      return <SceneFields {...edited} />
    case 'emotion':
      return <EmotionFields {...edited} />
    case 'reactions':
      return <ReactionFields {...edited} />
    case 'techniques':
      return <TechniqueFields {...edited} />
    case 'missions':
      return <MissionFields {...edited} />
  }
}

/** In which language one writes; others are added here, and taken out of what is told. */
function LanguageTabs({
  story,
  language,
  onLanguage,
  onStory,
}: {
  story: Story
  language: ContentLanguage
  onLanguage: (language: ContentLanguage) => void
  onStory: (story: Story) => void
}) {
  const { t } = useTranslation('reminders')
  const missing = contentLanguages.filter((one) => !story.languages.includes(one))
  return (
    <fieldset className={classes.tabs}>
      <legend>{t('editor.language')}</legend>
      {story.languages.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          onClick={() => onLanguage(one)}
        >
          {ownName(one)}
        </button>
      ))}
      {missing.map((one) => (
        <Button
          key={one}
          variant="subtle"
          onClick={() => {
            onStory(withLanguage(story, one, true))
            onLanguage(one)
          }}
        >
          {t('editor.addLanguage', { language: ownName(one) })}
        </Button>
      ))}
      {story.languages.length > 1 && (
        <Button variant="subtle" onClick={() => onStory(withLanguage(story, language, false))}>
          {t('editor.dropLanguage', { language: ownName(language) })}
        </Button>
      )}
    </fieldset>
  )
}
