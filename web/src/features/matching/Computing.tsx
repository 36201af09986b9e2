import { Button, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Plan } from '#shared/matching/matching.contract.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Progress } from '../../ui/Progress.tsx'
import { useComputation } from './matching.computation.ts'
import classes from './Studio.module.css'

/** A computation under way: how far it is, and a way to stop it. */
export function Computing({ plan }: { plan: Plan }) {
  const { t } = useTranslation('matching')
  const words = useWords()
  const { done, total, stop, stopping, error } = useComputation(plan)
  const known = total > 0
  const text = known
    ? t('studio.progress', { done: words.count(done), people: t('people', { count: total }) })
    : t('studio.starting')
  return (
    <Stack>
      <Progress
        label={t('studio.computing')}
        {...(known ? { value: done, max: total } : {})}
        text={text}
        aside={
          <Button variant="default" loading={stopping} onClick={stop}>
            {t('studio.stop')}
          </Button>
        }
      />
      <Refused error={error} />
    </Stack>
  )
}

/** The same in one line, for what is mostly over before one has read it. */
export function Arranging({ plan }: { plan: Plan }) {
  const { t } = useTranslation('matching')
  const { stop, stopping } = useComputation(plan)
  return (
    <span className={classes.answer}>
      {t('studio.arranging')}
      <Button size="xs" variant="subtle" loading={stopping} onClick={stop}>
        {t('studio.stop')}
      </Button>
    </span>
  )
}
