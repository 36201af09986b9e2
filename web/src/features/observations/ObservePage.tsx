import { Button } from '@mantine/core'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Observing } from '#shared/observations/observations.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { useMe } from '../../app/session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, Panel } from '../../ui/Page.tsx'
import { CopyWords } from './KeptObservations.tsx'
import classes from './Observations.module.css'
import { ObserveForm } from './ObserveForm.tsx'
import { draftKeyOf, type Entrance, useObserving } from './observations.api.ts'
import { wordsLeft } from './observations.draft.ts'
import { renewCredentials } from './observations.outbox.ts'
import { type Sent, SentObservation } from './SentObservation.tsx'

/** Signed in: `?corriger=` takes up an observation already sent under one's name. */
export function ObservePage() {
  const { dayId } = useParams({ from: '/journees/$dayId/observer' })
  const { corriger } = useSearch({ from: '/journees/$dayId/observer' })
  return <Observe entrance={{ by: 'day', dayId }} correcting={corriger} />
}

/** A host who came by the link of a slot, without any account. */
export function ObserveBySlotPage() {
  const { token } = useParams({ from: '/creneau/$token/observer' })
  return <Observe entrance={{ by: 'slot', token }} />
}

/** A guest who came by the link of a placement. */
export function ObserveByPlacementPage() {
  const { token } = useParams({ from: '/affectation/$token/observer' })
  return <Observe entrance={{ by: 'placement', token }} />
}

function Observe({
  entrance,
  correcting,
}: {
  entrance: Entrance
  correcting?: string | undefined
}) {
  const { t } = useTranslation('observations')
  const observing = useObserving(entrance)
  const me = useMe()
  const [sent, setSent] = useState<Sent>()
  const { dayId, credential } = observing.data ?? {}
  useEffect(() => {
    if (dayId && credential) void renewCredentials(dayId, credential)
  }, [dayId, credential])
  // Whose draft to open is known with who reads.
  if (observing.data === undefined || (entrance.by === 'day' && me === undefined)) {
    return (
      <Page title={t('observe.title')} width="narrow">
        <Answered query={observing} shape="cards">
          {() => null}
        </Answered>
      </Page>
    )
  }
  if (sent) {
    return (
      <SentObservation
        sent={sent}
        dayId={observing.data.dayId}
        {...(entrance.by === 'slot' ? {} : { thank: entrance })}
        onAnother={() => setSent(undefined)}
      />
    )
  }
  const draftKey = draftKeyOf(entrance, observing.data.dayId, me?.accountId, correcting)
  if (!isOpenNow(observing.data)) return <NotOpen observing={observing.data} draftKey={draftKey} />
  return (
    <ObserveForm
      draftKey={draftKey}
      observing={observing.data}
      correcting={correcting}
      onSent={setSent}
    />
  )
}

/** What was read with the network the evening before opens without it on the day. */
function isOpenNow({ open, cancelled, opensAt, closesAt }: Observing): boolean {
  const now = Date.now()
  return open || (!cancelled && opensAt.getTime() <= now && now < closesAt.getTime())
}

/** Too early or too late: when, and what can be done meanwhile. */
function NotOpen({ observing, draftKey }: { observing: Observing; draftKey: string }) {
  const { t, i18n } = useTranslation('observations')
  const [left, setLeft] = useState<string>()
  useEffect(() => {
    void wordsLeft(draftKey).then(setLeft)
  }, [draftKey])
  const early = Date.now() < observing.opensAt.getTime()
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full' })
  return (
    <Page title={t('observe.title')} kicker={observing.dayName} width="narrow">
      <EmptyState
        title={t(early ? 'notOpen.early' : 'notOpen.late')}
        action={
          early ? undefined : (
            <Button
              renderRoot={(props) => (
                <Link
                  to="/journees/$dayId/mes-observations"
                  params={{ dayId: observing.dayId }}
                  {...props}
                />
              )}
            >
              {t('mine.title')}
            </Button>
          )
        }
      >
        {early
          ? t('notOpen.earlyWhy', { date: day.format(observing.opensAt) })
          : t('notOpen.lateWhy', { date: day.format(observing.closesAt.getTime() - 1) })}
      </EmptyState>
      {left && (
        <Panel>
          <h2>{t('notOpen.unsent')}</h2>
          <p className={classes.quote}>{left}</p>
          <CopyWords words={left} />
        </Panel>
      )}
    </Page>
  )
}
