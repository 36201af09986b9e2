import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Action,
  type ActionsOfDay,
  longestAction,
  actionsRoutes as routes,
} from '#shared/actions/actions.contract.ts'
import { call } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Panel } from '../../ui/Page.tsx'
import { PersonField } from '../roster/PersonField.tsx'
import type { ChosenPerson } from '../roster/roster.person.ts'
import classes from './Actions.module.css'
import { useSpoken } from './actions.api.ts'

/** What, why, who and by when; of a new action, or of one that is worded anew or given on. */
export function PlanForm({
  dayId,
  data,
  action,
  findingIds = [],
  onDone,
}: {
  dayId: string
  data: ActionsOfDay
  action?: Action
  /** Chosen from the start, for a new one. */
  findingIds?: string[]
  onDone: () => void
}) {
  const { t, i18n } = useTranslation(['actions', 'app'])
  const [title, setTitle] = useState(action?.title ?? '')
  const [chosen, setChosen] = useState(action?.findings.map(({ id }) => id) ?? findingIds)
  const [owner, setOwner] = useState<ChosenPerson | null>(action?.owner ?? null)
  const [dueOn, setDueOn] = useState(action?.dueOn ?? null)
  const save = useSpoken(() => {
    const plan = { title, findingIds: chosen, ownerId: owner?.id ?? null, dueOn }
    return action
      ? call(routes.change, {
          params: { dayId, actionId: action.id },
          body: { ...plan, version: action.version },
        })
      : call(routes.create, { params: { dayId }, body: plan })
  })
  // Withdrawn ones stay chosen on the action they belong to.
  const kept = (action?.findings ?? []).filter(({ withdrawn }) => withdrawn)
  const offered = [...data.findings, ...kept]
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(undefined, { onSuccess: onDone })
        }}
      >
        <Stack>
          <TextInput
            label={t('plan.what')}
            description={t('plan.whatHint')}
            required
            withAsterisk={false}
            minLength={3}
            maxLength={longestAction}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          {offered.length > 0 && (
            <Checkbox.Group label={t('plan.why')} value={chosen} onChange={setChosen}>
              <div className={classes.choices}>
                {offered.map((finding) => (
                  <Checkbox
                    key={finding.id}
                    value={finding.id}
                    label={`${finding.title} (${t('seen', { count: finding.observationCount })})`}
                  />
                ))}
              </div>
            </Checkbox.Group>
          )}
          <PersonField
            regionId={data.regionId}
            label={t('owner.label')}
            hint={t('owner.hint')}
            person={owner}
            onChange={setOwner}
          />
          <DateField
            label={t('plan.dueOn')}
            language={i18n.language}
            words={{ previous: t('previousMonth'), next: t('nextMonth') }}
            clearable
            clearButtonProps={{ 'aria-label': t('plan.noDate') }}
            value={dueOn}
            onChange={setDueOn}
          />
          <Refused error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t(action ? 'app:save' : 'plan.create')}
            </Button>
            <Button variant="default" onClick={onDone}>
              {t('app:cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
