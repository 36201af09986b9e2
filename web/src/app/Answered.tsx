import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../ui/Loading.tsx'
import { Notice } from '../ui/Notice.tsx'
import { rememberPage } from './after-sign-in.ts'
import { ApiProblem } from './api.ts'

/**
 * The faces of something asked of the server: still loading, nobody signed in (a mail’s link may be
 * the first page somebody sees), refused (asking again would change nothing), out of reach (with a way
 * to try again), and the answer. `<Answered query={q} shape="cards">{(data) => …}</Answered>`
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
  if (query.error instanceof ApiProblem && query.error.problem.code === 'not-signed-in') {
    return (
      <Notice
        title={t('signInFirst')}
        action={
          <Button component={Link} to="/connexion" onClick={rememberPage}>
            {t('signIn')}
          </Button>
        }
      >
        {t('signInFirstText')}
      </Notice>
    )
  }
  if (query.error instanceof ApiProblem && isFinal(query.error)) {
    return <Notice tone="warn" title={query.error.message} />
  }
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

/** A refusal that stands whenever one asks; « too many at once » is a matter of time. */
const isFinal = ({ problem }: ApiProblem) => problem.status < 500 && problem.status !== 429
