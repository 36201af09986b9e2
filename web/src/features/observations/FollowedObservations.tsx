import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { nobody } from '../../app/reader.ts'
import { useReader } from '../../app/session.ts'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Panel, Section } from '../../ui/Page.tsx'
import { Became } from '../actions/Became.tsx'
import { CodesHere } from './CodesHere.tsx'
import { FollowCode } from './FollowCode.tsx'
import classes from './Observations.module.css'
import {
  codesKey,
  follow,
  useBecame,
  useFollowed,
  useKeptCodes,
  withdrawByCode,
} from './observations.api.ts'
import { forgetCode, keepCode } from './observations.device.ts'
import { useOutbox } from './observations.outbox.ts'
import { observationIdOf, readFollowCode } from './observations.secret.ts'
import { SeenCard } from './SeenCard.tsx'

/** The anonymous observations this device holds codes of, and a place for a code kept on paper. */
export function FollowedObservations() {
  const { t } = useTranslation('observations')
  const codes = useKeptCodes()
  return (
    <Section title={t('follow.title')} lead={t('follow.lead')}>
      <Stack gap="lg">
        {codes.length > 0 && (
          <>
            <CodesHere />
            <ul className={classes.cards}>
              {codes.map((code) => (
                <OneFollowed key={code} code={code} />
              ))}
            </ul>
          </>
        )}
        <EnterCode />
      </Stack>
    </Section>
  )
}

function OneFollowed({ code }: { code: string }) {
  const { t } = useTranslation(['observations', 'app'])
  const words = useWords()
  const [asking, setAsking] = useState(false)
  const client = useQueryClient()
  const followed = useFollowed(code)
  const became = useBecame(code)
  const withdraw = useMutation({
    mutationFn: () => withdrawByCode(code),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['anonymous', code] })
      setAsking(false)
    },
  })
  const forget = (
    <Button
      variant="subtle"
      onClick={() =>
        void forgetCode(code).then(() => client.invalidateQueries({ queryKey: codesKey }))
      }
    >
      {t('follow.forget')}
    </Button>
  )
  // Not sent yet: it stands above, among what waits on this device.
  const waits = useOutbox().some(({ entry }) => entry.id === observationIdOf(code))
  if (waits) return null
  if (!followed.data) {
    return (
      <li className={classes.card}>
        {followed.isPending ? <Loading label={t('app:loading')} /> : null}
        <Refused error={followed.error} />
        <FollowCode code={code} />
        {forget}
      </li>
    )
  }
  const { status, observation, irritant } = followed.data
  const isKept = status === 'kept'
  return (
    <SeenCard
      {...(irritant ? { title: words.name(irritant) } : {})}
      seen={observation}
      gone={status === 'withdrawn'}
      who={t(`follow.status.${status}`)}
      {...(isKept && became.data
        ? { became: <Became became={became.data.became} dayId={observation.dayId} /> }
        : {})}
    >
      {status !== 'withdrawn' && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('mine.withdraw')}
        </Button>
      )}
      {forget}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('mine.withdrawAsk')}
        confirm={t('mine.withdraw')}
        cancel={t('app:cancel')}
        close={t('app:close')}
        danger
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate()}
      >
        {t('mine.withdrawWhat')}
        <Refused error={withdraw.error} />
      </ConfirmDialog>
    </SeenCard>
  )
}

function EnterCode() {
  const { t } = useTranslation('observations')
  const reader = useReader()
  const client = useQueryClient()
  const outbox = useOutbox()
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const look = useMutation({
    mutationFn: async (code: string) => {
      // What still waits here is known to nobody else yet.
      if (!outbox.some(({ entry }) => entry.id === observationIdOf(code))) await follow(code)
      await keepCode(code, reader ?? nobody)
    },
    onSuccess: () => {
      setTyped('')
      setTried(false)
      return client.invalidateQueries({ queryKey: codesKey })
    },
  })
  const code = readFollowCode(typed)
  const isUnknown = look.error instanceof ApiProblem && look.error.problem.code === 'not-found'
  const wrong = isTried && (code === undefined || isUnknown)
  return (
    <Panel>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (code) look.mutate(code)
        }}
      >
        <Stack>
          <TextInput
            label={t('follow.enter')}
            description={t('follow.enterHint')}
            value={typed}
            autoComplete="off"
            autoCapitalize="characters"
            error={wrong ? t('follow.wrong') : undefined}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              setTried(false)
            }}
          />
          {!isUnknown && <Refused error={look.error} />}
          <Button type="submit" variant="default" loading={look.isPending}>
            {t('follow.look')}
          </Button>
        </Stack>
      </form>
    </Panel>
  )
}
