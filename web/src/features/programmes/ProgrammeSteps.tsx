import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Programme } from '#shared/programmes/programmes.contract.ts'
import { mostSteps } from '#shared/programmes/programmes.vocabulary.ts'
import { remindersRoutes, type Shelved } from '#shared/reminders/reminders.contract.ts'
import { queryFor } from '../../app/api.ts'
import classes from './Programmes.module.css'
import { titleIn, useSpan } from './programmes.words.ts'

/** The stories in their order; moved by one step, with a thumb or with keys. */
export function ProgrammeSteps({
  programme,
  reminders,
  onReminders,
}: {
  programme: Programme
  reminders: readonly string[]
  onReminders: (reminders: string[]) => void
}) {
  const { t, i18n } = useTranslation('programmes')
  const span = useSpan()
  const { regionId } = programme
  const shelf = useQuery(queryFor(remindersRoutes.shelf, { params: { regionId } })).data ?? []
  const cardOf = (address: string) =>
    shelf.find(({ reminder, shipped }) => reminder === address || shipped === address)
  const titleOf = (address: string) => titleIn(cardOf(address)?.title ?? {}, i18n.language)
  const swap = (from: number, to: number) => {
    const moved = [...reminders]
    moved.splice(to, 0, ...moved.splice(from, 1))
    onReminders(moved)
  }
  const chosen = new Set(reminders.map((address) => cardOf(address)?.reminder))
  const others = shelf.filter(({ reminder, version }) => version !== null && !chosen.has(reminder))
  return (
    <div className={classes.stack}>
      <h3>{t('steps.title')}</h3>
      {reminders.length === 0 && <p>{t('steps.none')}</p>}
      <ol className={classes.steps}>
        {reminders.map((address, index) => {
          const title = titleOf(address)
          const step = programme.steps[index]
          return (
            <li key={address} className={classes.step}>
              <span className={classes.number}>{index + 1}</span>
              <div>
                <h4>{title}</h4>
                {step && <p className={classes.quiet}>{span(step)}</p>}
              </div>
              <div className={classes.tools}>
                <Tool
                  label={t('steps.earlier', { title })}
                  disabled={index === 0}
                  onPress={() => swap(index, index - 1)}
                >
                  <IconArrowUp size={20} aria-hidden />
                </Tool>
                <Tool
                  label={t('steps.later', { title })}
                  disabled={index === reminders.length - 1}
                  onPress={() => swap(index, index + 1)}
                >
                  <IconArrowDown size={20} aria-hidden />
                </Tool>
                <Tool
                  label={t('steps.remove', { title })}
                  onPress={() => onReminders(reminders.filter((one) => one !== address))}
                >
                  <IconX size={20} aria-hidden />
                </Tool>
              </div>
            </li>
          )
        })}
      </ol>
      {others.length > 0 && reminders.length < mostSteps && (
        <AddStep others={others} onAdd={(address) => onReminders([...reminders, address])} />
      )}
    </div>
  )
}

function Tool({
  label,
  disabled = false,
  onPress,
  children,
}: {
  label: string
  disabled?: boolean
  onPress: () => void
  children: ReactNode
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="ink"
      size="xl"
      aria-label={label}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </ActionIcon>
  )
}

function AddStep({
  others,
  onAdd,
}: {
  others: readonly Shelved[]
  onAdd: (reminder: string) => void
}) {
  const { t, i18n } = useTranslation('programmes')
  const [wanted, setWanted] = useState<string>()
  const address = others.some(({ reminder }) => reminder === wanted) ? wanted! : others[0]!.reminder
  return (
    <div className={classes.until}>
      <NativeSelect
        label={t('steps.choose')}
        value={address}
        data={others.map(({ reminder, title }) => ({
          value: reminder,
          label: titleIn(title, i18n.language),
        }))}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <Button variant="default" onClick={() => onAdd(address)}>
        {t('steps.add')}
      </Button>
    </div>
  )
}
