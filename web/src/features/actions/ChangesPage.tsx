import { Button } from '@mantine/core'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Changes, changesRoutes as routes } from '#shared/actions/actions.changes.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { ApiProblem, queryFor } from '../../app/api.ts'
import { BackToDay } from '../../app/BackToDay.tsx'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { ToldChanges } from './ToldChanges.tsx'

/** For everybody of the region: what was seen, what was decided, what changed. */
export function ChangesPage() {
  const { t } = useTranslation('actions')
  const { dayId } = useParams({ from: '/journees/$dayId/ce-qui-a-change' })
  const changes = useQuery(queryFor(routes.changes, { params: { dayId } }))
  return (
    <Told
      changes={changes}
      {...(changes.data?.mayShare
        ? {
            back: <BackToDay dayId={dayId} />,
            action: (
              <Button
                renderRoot={(props) => (
                  <Link
                    to="/journees/$dayId/ce-qui-a-change/partage"
                    params={{ dayId }}
                    {...props}
                  />
                )}
              >
                {t('sharing.open')}
              </Button>
            ),
          }
        : {})}
    />
  )
}

/** A screen in a canteen is never reloaded by hand. */
const lookAgainEvery = 5 * 60_000

/** The same by the link a director shared: no session, and kept fresh by itself. */
export function LinkedChangesPage() {
  const { t } = useTranslation('actions')
  const { token } = useParams({ from: '/ce-qui-a-change/$token' })
  const query = queryFor(routes.linkedChanges, { params: { token } })
  const changes = useQuery({ ...query, retry: false, refetchInterval: lookAgainEvery })
  const code = changes.error instanceof ApiProblem ? changes.error.problem.code : undefined
  if (code === 'share-ended' || code === 'link-expired') {
    return (
      <Page title={t(`sharing.${code}.title`)} width="narrow">
        <Notice
          title={t(`sharing.${code}.what`)}
          action={
            <Button component={Link} to="/">
              {t('sharing.signIn')}
            </Button>
          }
        >
          {t('sharing.signInWhy')}
        </Notice>
      </Page>
    )
  }
  return <Told changes={changes} />
}

function Told<T extends Changes>({
  changes,
  back,
  action,
}: {
  changes: UseQueryResult<T>
  back?: ReactNode
  action?: ReactNode
}) {
  const { t } = useTranslation('actions')
  const words = useWords()
  const day = changes.data
  return (
    <Page
      title={t('changes.title')}
      kicker={day && `${day.dayName} · ${words.fullDate(day.date)}`}
      lead={t('changes.lead')}
      back={back}
      action={action}
      width="narrow"
    >
      <Answered query={changes} shape="cards">
        {(data) => <ToldChanges data={data} />}
      </Answered>
    </Page>
  )
}
