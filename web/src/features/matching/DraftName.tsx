import { Button, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchingRoutes, type Plan } from '#shared/matching/matching.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useDraftWords } from './matching.drafts.words.ts'
import classes from './Studio.module.css'

const longestName = 60

/** A draft's name, renamed where it stands; naming a try keeps it. */
export function DraftName({ plan }: { plan: Plan }) {
  const { t } = useTranslation('matching')
  const { nameOf } = useDraftWords()
  const [typed, setTyped] = useState<string>()
  const keeping = useCall(matchingRoutes.keepPlan, {
    refresh: [
      ['api', 'days', plan.dayId, 'plans'],
      ['api', 'plans'],
    ],
  })
  const keep = (name: string) =>
    keeping.mutate(
      { params: { planId: plan.id }, body: { name } },
      { onSuccess: () => setTyped(undefined) },
    )
  if (typed === undefined) {
    return (
      <div className={classes.name}>
        <h3>{nameOf(plan)}</h3>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t('drafts.rename', { name: nameOf(plan) })}
          onClick={() => setTyped(plan.name)}
        >
          <IconPencil size={18} aria-hidden />
        </Button>
        {!plan.kept && (
          <Button size="xs" variant="default" loading={keeping.isPending} onClick={() => keep('')}>
            {t('drafts.keep')}
          </Button>
        )}
        <Refused error={keeping.error} />
      </div>
    )
  }
  return (
    <form
      className={classes.name}
      onSubmit={(event) => {
        event.preventDefault()
        keep(typed)
      }}
    >
      <TextInput
        aria-label={t('drafts.name')}
        placeholder={t('drafts.namePlaceholder')}
        value={typed}
        maxLength={longestName}
        data-autofocus
        autoFocus
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && setTyped(undefined)}
      />
      <Button size="xs" type="submit" variant="default" loading={keeping.isPending}>
        {t('drafts.save')}
      </Button>
      <Refused error={keeping.error} />
    </form>
  )
}
