import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../ui/Loading.tsx'
import { Notice } from '../ui/Notice.tsx'

/**
 * The three faces of something asked of the server: still loading, refused or out of reach (with a
 * way to try again), and the answer. `<Answered query={q} shape="cards">{(data) => …}</Answered>`
 */
export function Answered<T>({
  query,
  shape,
  children,
}: {
  query: UseQueryResult<T>
  shape?: 'lines' | 'cards' | 'table'
  children: (data: T) => ReactNode
}) {
  const { t } = useTranslation('app')
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) {
    return (
      <Notice
        tone="error"
        title={t('notAnswered')}
        action={
          <Button variant="default" onClick={() => void query.refetch()}>
            {t('tryAgain')}
          </Button>
        }
      >
        {query.error.message}
      </Notice>
    )
  }
  return <Loading label={t('loading')} {...(shape ? { shape } : {})} />
}
