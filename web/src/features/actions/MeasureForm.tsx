import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Action,
  longestMeasure,
  longestUnit,
  type Measure,
  type Taken,
} from '#shared/actions/actions.contract.ts'
import { Refused } from '../../app/Refused.tsx'
import { DateField } from '../../ui/DateField.tsx'
import classes from './Actions.module.css'
import { useSpoken, type Voice } from './actions.api.ts'

const none: Measure = { name: '', unit: '', before: null, after: null }

/** The number that should move: what is counted, before, and after once it is known. */
export function MeasureForm({
  action,
  voice,
  onDone,
}: {
  action: Action
  voice: Voice
  onDone: () => void
}) {
  const { t } = useTranslation(['actions', 'app'])
  const [measure, setMeasure] = useState(action.measure ?? none)
  const save = useSpoken((kept: Measure | null) =>
    voice.measure(action, { version: action.version, measure: kept }),
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(measure, { onSuccess: onDone })
      }}
    >
      <Stack>
        <TextInput
          label={t('measure.name')}
          description={t('measure.nameHint')}
          required
          withAsterisk={false}
          minLength={2}
          maxLength={longestMeasure}
          value={measure.name}
          onChange={(event) => setMeasure({ ...measure, name: event.currentTarget.value })}
        />
        <TextInput
          label={t('measure.unit')}
          maxLength={longestUnit}
          value={measure.unit}
          onChange={(event) => setMeasure({ ...measure, unit: event.currentTarget.value })}
        />
        <ValueFields
          legend={t('measure.before')}
          taken={measure.before}
          since={action.dayDate}
          onChange={(before) => setMeasure({ ...measure, before })}
        />
        <ValueFields
          legend={t('measure.after')}
          taken={measure.after}
          since={localToday()}
          onChange={(after) => setMeasure({ ...measure, after })}
        />
        <Refused error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('app:save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('app:cancel')}
          </Button>
          {action.measure && (
            <Button variant="subtle" onClick={() => save.mutate(null, { onSuccess: onDone })}>
              {t('measure.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** A value and the day it was taken; emptied, there is none. */
function ValueFields({
  legend,
  taken,
  since,
  onChange,
}: {
  legend: string
  taken: Taken | null
  /** The date it has until another is chosen. */
  since: string
  onChange: (taken: Taken | null) => void
}) {
  const { t, i18n } = useTranslation('actions')
  return (
    <fieldset className={classes.taken}>
      <legend>{legend}</legend>
      <NumberInput
        label={t('measure.value')}
        hideControls
        decimalSeparator={i18n.language === 'en' ? '.' : ','}
        value={taken?.value ?? ''}
        onChange={(value) =>
          onChange(typeof value === 'number' ? { value, on: taken?.on ?? since } : null)
        }
      />
      {taken && (
        <DateField
          label={t('measure.on')}
          language={i18n.language}
          words={{ previous: t('previousMonth'), next: t('nextMonth') }}
          value={taken.on}
          onChange={(on) => onChange(on ? { ...taken, on } : null)}
        />
      )}
    </fieldset>
  )
}

/** Of the reader's device, `YYYY-MM-DD`. */
const localToday = () => new Date().toLocaleDateString('sv')
