import { Button, Checkbox, NumberInput, Stack, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DayInput, Irritant, PeriodInput } from '#shared/days/days.contract.ts'
import { DateField } from '../../ui/DateField.tsx'
import { Section } from '../../ui/Page.tsx'
import classes from './Days.module.css'

type Deadline = 'offersCloseOn' | 'signUpClosesOn' | 'confirmUntil'
const deadlines: readonly Deadline[] = ['offersCloseOn', 'signUpClosesOn', 'confirmUntil']

/** Everything a director decides about a day, for creating and for changing it. */
export function DayForm({
  initial,
  irritants,
  submit,
  busy,
  refused,
  onDate,
  onSubmit,
}: {
  initial: DayInput
  irritants: Irritant[]
  submit: string
  busy: boolean
  refused?: ReactNode
  /** Another date was picked: gives the deadlines that suit it, or nothing. */
  onDate?: (date: string) => Promise<Pick<DayInput, Deadline> | undefined>
  onSubmit: (input: DayInput) => void
}) {
  const { t, i18n } = useTranslation('days')
  const [input, setInput] = useState(initial)
  const set = (changes: Partial<DayInput>) => setInput((before) => ({ ...before, ...changes }))
  const calendar = { previous: t('form.previousMonth'), next: t('form.nextMonth') }
  const setPeriod = (place: number, changes: Partial<PeriodInput>) =>
    set({
      periods: input.periods.map((one, index) => (index === place ? { ...one, ...changes } : one)),
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(input)
      }}
    >
      <Stack gap="xl">
        <Stack>
          <TextInput
            required
            withAsterisk={false}
            label={t('form.name')}
            description={t('form.nameHint')}
            maxLength={80}
            value={input.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <DateField
            language={i18n.language}
            words={calendar}
            label={t('form.date')}
            value={input.date}
            onChange={async (date) => {
              if (!date) return
              set({ date })
              set((await onDate?.(date)) ?? {})
            }}
          />
          <NumberInput
            label={t('form.expectedGuests')}
            description={t('form.expectedGuestsHint')}
            min={1}
            max={20_000}
            allowDecimal={false}
            value={input.expectedGuests ?? ''}
            onChange={(value) => set({ expectedGuests: value === '' ? null : Number(value) })}
          />
        </Stack>
        <Section title={t('form.periods')} lead={t('form.periodsHint')}>
          <div className={classes.periods}>
            {input.periods.map((period, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a new period has no name to know it by
              <div key={place} className={classes.period}>
                <TextInput
                  required
                  withAsterisk={false}
                  label={t('form.periodName')}
                  maxLength={40}
                  value={period.nameFr}
                  onChange={(event) => setPeriod(place, { nameFr: event.currentTarget.value })}
                />
                <TextInput
                  type="time"
                  required
                  withAsterisk={false}
                  label={t('form.from')}
                  value={period.startsAt}
                  onChange={(event) => setPeriod(place, { startsAt: event.currentTarget.value })}
                />
                <TextInput
                  type="time"
                  required
                  withAsterisk={false}
                  label={t('form.to')}
                  value={period.endsAt}
                  onChange={(event) => setPeriod(place, { endsAt: event.currentTarget.value })}
                />
                {input.periods.length > 1 && (
                  <Button
                    variant="subtle"
                    color="ink"
                    aria-label={t('form.removePeriodOf', { name: period.nameFr })}
                    onClick={() =>
                      set({ periods: input.periods.filter((_, index) => index !== place) })
                    }
                  >
                    {t('form.removePeriod')}
                  </Button>
                )}
              </div>
            ))}
            {input.periods.length < 8 && (
              <div>
                <Button
                  variant="default"
                  onClick={() =>
                    set({
                      periods: [
                        ...input.periods,
                        { nameFr: '', startsAt: '17:00', endsAt: '19:00' },
                      ],
                    })
                  }
                >
                  {t('form.addPeriod')}
                </Button>
              </div>
            )}
          </div>
        </Section>
        <Section title={t('form.deadlines')} lead={t('form.deadlinesHint')}>
          <div className={classes.deadlines}>
            {deadlines.map((deadline) => (
              <DateField
                key={deadline}
                language={i18n.language}
                words={calendar}
                label={t(`form.${deadline}`)}
                value={input[deadline]}
                onChange={(date) => date && set({ [deadline]: date })}
              />
            ))}
          </div>
        </Section>
        <fieldset className={classes.ticks}>
          <legend className={classes.legend}>{t('form.irritants')}</legend>
          {irritants.map(({ id, nameFr, nameEn }) => (
            <Checkbox
              key={id}
              label={i18n.language === 'en' ? nameEn : nameFr}
              checked={input.focusIrritantIds.includes(id)}
              onChange={(event) =>
                set({
                  focusIrritantIds: event.currentTarget.checked
                    ? [...input.focusIrritantIds, id]
                    : input.focusIrritantIds.filter((one) => one !== id),
                })
              }
            />
          ))}
        </fieldset>
        <Checkbox
          label={t('form.releaseRequired')}
          description={t('form.releaseRequiredHint')}
          checked={input.releaseRequired}
          onChange={(event) => set({ releaseRequired: event.currentTarget.checked })}
        />
        {refused}
        <div>
          <Button type="submit" size="lg" loading={busy}>
            {submit}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
