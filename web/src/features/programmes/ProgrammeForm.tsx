import { TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Programme,
  type ProgrammeInput,
  programmesRoutes as routes,
} from '#shared/programmes/programmes.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { Section } from '../../ui/Page.tsx'
import { AudienceFields } from './AudienceFields.tsx'
import { ProgrammeSteps } from './ProgrammeSteps.tsx'
import classes from './Programmes.module.css'
import { inFourWeeks, inputOf } from './programmes.input.ts'
import { RhythmFields } from './RhythmFields.tsx'

/** Everything a director decides before the launch; saved as one goes, so that the preview is true. */
export function ProgrammeForm({ programme }: { programme: Programme }) {
  const { t } = useTranslation('programmes')
  const { input, set, saving, error } = useSaving(programme)
  return (
    <Section
      title={t('form.title')}
      aside={
        <span className={classes.quiet} role="status">
          {saving ? t('form.saving') : t('form.saved')}
        </span>
      }
    >
      <div className={classes.stack}>
        <Refused error={error} />
        <TextInput
          label={t('form.name')}
          description={t('form.nameHint')}
          minLength={2}
          maxLength={80}
          value={input.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <AudienceFields
          regionId={programme.regionId}
          audience={input.audience}
          onAudience={(audience) => set({ audience })}
        />
        <Choices
          legend={t('form.counted')}
          layout="list"
          value={input.counted}
          onChange={(counted) =>
            set({ counted, startsOn: counted === 'date' ? inFourWeeks(programme.today) : null })
          }
          options={(['date', 'workshop'] as const).map((value) => ({
            value,
            label: t(`form.${value}`),
            hint: t(`form.${value}Hint`),
          }))}
        />
        <RhythmFields
          counted={input.counted}
          dates={input}
          today={programme.today}
          onDates={({ startsOn, monthsBetween }) => set({ startsOn, monthsBetween })}
        />
        <ProgrammeSteps
          programme={programme}
          reminders={input.reminders}
          onReminders={(reminders) => set({ reminders })}
        />
      </div>
    </Section>
  )
}

const pauseMilliseconds = 500

/** One save at a time, each over the version the one before gave back. */
function useSaving(programme: Programme) {
  const [input, setInput] = useState(() => inputOf(programme))
  const [dirty, setDirty] = useState(false)
  const version = useRef(programme.version)
  const { mutate, isPending, error } = useCall(routes.change)
  const complete = input.name.trim().length > 1
  useEffect(() => {
    if (!dirty || isPending || !complete) return
    const timer = setTimeout(() => {
      setDirty(false)
      mutate(
        { params: { programmeId: programme.id }, body: { ...input, version: version.current } },
        { onSuccess: (saved) => (version.current = saved.version) },
      )
    }, pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [dirty, isPending, complete, input, mutate, programme.id])
  const set = (changes: Partial<ProgrammeInput>) => {
    setInput((before) => ({ ...before, ...changes }))
    setDirty(true)
  }
  return { input, set, saving: dirty || isPending, error }
}
