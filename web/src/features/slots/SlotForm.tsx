import { Button, Checkbox, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Period } from '#shared/days/days.contract.ts'
import type { SlotDetails } from '#shared/slots/slots.contract.ts'
import { slotLanguages } from '#shared/slots/slots.vocabulary.ts'
import { useWords } from '../../app/words.ts'
import { Choices } from '../../ui/Choices.tsx'
import classes from './Slots.module.css'

/** What a host offers when nothing was proposed: the first period, one visitor. */
export function firstDetails(periods: Period[]): SlotDetails | undefined {
  const [period] = periods
  return (
    period && {
      periodId: period.id,
      startsAt: period.startsAt,
      endsAt: period.endsAt,
      capacity: 1,
      noCalls: false,
      accessible: false,
      safetyEquipment: false,
      languages: ['fr'],
      note: '',
    }
  )
}

const conditions = ['noCalls', 'accessible', 'safetyEquipment'] as const

/** « Yes, but… »: period, hours within it, how many, conditions. Nothing is sent before the button. */
export function SlotForm({
  periods,
  initial,
  submit,
  busy,
  refused,
  aside,
  onSubmit,
}: {
  periods: Period[]
  initial: SlotDetails
  submit: string
  busy: boolean
  /** What the server said no to, shown above the button. */
  refused?: ReactNode
  /** A quiet way out beside the button. */
  aside?: ReactNode
  onSubmit: (details: SlotDetails) => void
}) {
  const { t } = useTranslation('slots')
  const words = useWords()
  const [details, setDetails] = useState(initial)
  const set = (changes: Partial<SlotDetails>) => setDetails({ ...details, ...changes })
  const period = periods.find(({ id }) => id === details.periodId)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(details)
      }}
    >
      <Stack gap="lg">
        <Choices
          layout="list"
          legend={t('form.period')}
          value={details.periodId}
          options={periods.map((one) => ({
            value: one.id,
            label: words.name(one),
            hint: words.clock(one),
          }))}
          onChange={(periodId) => {
            const chosen = periods.find(({ id }) => id === periodId)
            if (chosen) set({ periodId, startsAt: chosen.startsAt, endsAt: chosen.endsAt })
          }}
        />
        <div className={classes.pair}>
          <TextInput
            type="time"
            required
            withAsterisk={false}
            label={t('form.from')}
            min={period?.startsAt}
            max={period?.endsAt}
            value={details.startsAt}
            onChange={(event) => set({ startsAt: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            required
            withAsterisk={false}
            label={t('form.to')}
            min={period?.startsAt}
            max={period?.endsAt}
            value={details.endsAt}
            onChange={(event) => set({ endsAt: event.currentTarget.value })}
          />
        </div>
        <NumberInput
          label={t('form.capacity')}
          description={t('form.capacityHint')}
          min={1}
          max={12}
          allowDecimal={false}
          value={details.capacity}
          onChange={(value) => set({ capacity: Number(value) || 1 })}
        />
        <fieldset className={classes.ticks}>
          <legend className={classes.legend}>{t('form.conditions')}</legend>
          {conditions.map((condition) => (
            <Checkbox
              key={condition}
              label={t(`form.${condition}`)}
              checked={details[condition]}
              onChange={(event) => set({ [condition]: event.currentTarget.checked })}
            />
          ))}
        </fieldset>
        <fieldset className={classes.ticks}>
          <legend className={classes.legend}>{t('form.languages')}</legend>
          <div className={classes.languages}>
            {slotLanguages.map((language) => {
              const chosen = details.languages.includes(language)
              return (
                <Checkbox
                  key={language}
                  label={t(`languages.${language}`)}
                  checked={chosen}
                  // Somebody has to speak something.
                  disabled={chosen && details.languages.length === 1}
                  onChange={(event) =>
                    set({
                      languages: event.currentTarget.checked
                        ? [...details.languages, language]
                        : details.languages.filter((one) => one !== language),
                    })
                  }
                />
              )
            })}
          </div>
        </fieldset>
        <Textarea
          label={t('form.note')}
          description={t('form.noteHint')}
          maxLength={300}
          autosize={false}
          rows={2}
          value={details.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        {refused}
        <div className={classes.buttons}>
          <Button type="submit" size="lg" loading={busy}>
            {submit}
          </Button>
          {aside}
        </div>
      </Stack>
    </form>
  )
}
