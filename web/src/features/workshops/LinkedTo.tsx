import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Answered } from '../../app/Answered.tsx'
import { ApiProblem } from '../../app/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'

/** What a link leads to, or why it leads nowhere any more: replaced by another, or cut short. */
export function LinkedTo<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}) {
  const { t } = useTranslation('workshops')
  if (query.data !== undefined) return <>{children(query.data)}</>
  const code = query.error instanceof ApiProblem ? query.error.problem.code : undefined
  const gone = code === 'link-renewed' ? 'renewed' : code === 'not-found' ? 'unknown' : undefined
  return (
    <Page title={t('gone.title')} width="narrow">
      {gone ? (
        <EmptyState title={t(`gone.${gone}`)}>{t(`gone.${gone}Text`)}</EmptyState>
      ) : (
        <Answered query={query} shape="cards">
          {children}
        </Answered>
      )}
    </Page>
  )
}
