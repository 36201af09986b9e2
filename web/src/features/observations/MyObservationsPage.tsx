import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Became as BecameOf,
  returningRoutes,
} from '#shared/actions/actions.returning.contract.ts'
import {
  type NamedObservation,
  observationsRoutes as routes,
} from '#shared/observations/observations.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Became } from '../actions/Became.tsx'
import { FollowedObservations } from './FollowedObservations.tsx'
import { KeptObservations } from './KeptObservations.tsx'
import classes from './Observations.module.css'
import { draftKeyOf } from './observations.api.ts'
import { beginCorrection } from './observations.draft.ts'
import { SeenCard } from './SeenCard.tsx'

/** What I wrote that day: under my name by my account, anonymously by this device's codes. */
export function MyObservationsPage() {
  const { t } = useTranslation('observations')
  const { dayId } = useParams({ from: '/journees/$dayId/mes-observations' })
  const me = useMe()
  return (
    <Page
      title={t('mine.title')}
      action={
        me && (
          <Button
            renderRoot={(props) => (
              <Link to="/journees/$dayId/observer" params={{ dayId }} {...props} />
            )}
          >
            {t('mine.new')}
          </Button>
        )
      }
    >
      <Stack gap="xl">
        <KeptObservations />
        {me && <NamedObservations dayId={dayId} />}
        <FollowedObservations />
      </Stack>
    </Page>
  )
}

/** Without a day or an account: what this device or a code on paper can still follow. */
export function FollowPage() {
  const { t } = useTranslation('observations')
  return (
    <Page title={t('follow.pageTitle')}>
      <KeptObservations />
      <FollowedObservations />
    </Page>
  )
}

function NamedObservations({ dayId }: { dayId: string }) {
  const { t } = useTranslation('observations')
  const mine = useQuery(queryFor(routes.myObservations, { params: { dayId } }))
  const became = useQuery(queryFor(returningRoutes.becameOfMine, { params: { dayId } })).data
  return (
    <Section title={t('mine.named')}>
      <Answered query={mine} shape="cards">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState level={3} title={t('mine.none')}>
              {t('mine.noneWhy')}
            </EmptyState>
          ) : (
            <ul className={classes.cards}>
              {rows.map((row) => (
                <OneNamed
                  key={row.id}
                  dayId={dayId}
                  row={row}
                  became={became?.find(({ observationId }) => observationId === row.id)}
                />
              ))}
            </ul>
          )
        }
      </Answered>
    </Section>
  )
}

function OneNamed({
  dayId,
  row,
  became,
}: {
  dayId: string
  row: NamedObservation
  became: BecameOf | undefined
}) {
  const { t } = useTranslation(['observations', 'app'])
  const words = useWords()
  const [asking, setAsking] = useState(false)
  const withdraw = useCall(routes.withdrawObservation, { refresh: [['api', 'days', dayId]] })
  const observing = useQuery({
    ...queryFor(routes.observing, { params: { dayId } }),
    retry: false,
  }).data
  const navigate = useNavigate()
  const me = useMe()
  const irritant = observing?.irritants.find(({ id }) => id === row.irritantId)

  async function correct() {
    const { id, observedAt: _, withdrawn: __, ideaFrom, ...seen } = row
    const key = draftKeyOf({ by: 'day', dayId }, dayId, me?.accountId, id)
    const said = { ...seen, ...(ideaFrom && { ideaFrom }), how: 'named', namedId: id } as const
    await beginCorrection(key, said)
    await navigate({
      to: '/journees/$dayId/observer',
      params: { dayId },
      search: { corriger: id },
    })
  }
  return (
    <SeenCard
      {...(irritant ? { title: words.name(irritant) } : {})}
      seen={row}
      gone={row.withdrawn}
      who={row.withdrawn ? t('mine.withdrawn') : words.moment(row.observedAt)}
      {...(row.withdrawn ? {} : { became: <Became became={became ?? null} dayId={dayId} /> })}
    >
      {!row.withdrawn && (
        <>
          {observing?.open && (
            <Button variant="default" onClick={() => void correct()}>
              {t('mine.correct')}
            </Button>
          )}
          <Button variant="subtle" onClick={() => setAsking(true)}>
            {t('mine.withdraw')}
          </Button>
          <ConfirmDialog
            opened={asking}
            onClose={() => setAsking(false)}
            title={t('mine.withdrawAsk')}
            confirm={t('mine.withdraw')}
            cancel={t('app:cancel')}
            close={t('app:close')}
            danger
            busy={withdraw.isPending}
            onConfirm={() =>
              withdraw.mutate(
                { params: { dayId, observationId: row.id } },
                { onSuccess: () => setAsking(false) },
              )
            }
          >
            {t('mine.withdrawWhat')}
            <Refused error={withdraw.error} />
          </ConfirmDialog>
        </>
      )}
    </SeenCard>
  )
}
