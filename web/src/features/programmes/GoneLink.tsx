import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../app/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'

const pages = {
  'link-renewed': 'renewed',
  'programme-ended': 'ended',
  'not-found': 'unknown',
} as const

/** Which page a link that leads nowhere any more has; undefined where it is something else. */
export function goneBy(error: Error | null): 'renewed' | 'ended' | 'unknown' | undefined {
  const code = error instanceof ApiProblem ? error.problem.code : undefined
  return Object.entries(pages).find(([one]) => one === code)?.[1]
}

/** A former link, one of a programme that is over, or none of ours. */
export function GoneLink({ gone }: { gone: NonNullable<ReturnType<typeof goneBy>> }) {
  const { t } = useTranslation('programmes')
  return (
    <Page title={t('link.title')} width="narrow">
      <EmptyState title={t(`gone.${gone}`)}>{t(`gone.${gone}Text`)}</EmptyState>
    </Page>
  )
}
