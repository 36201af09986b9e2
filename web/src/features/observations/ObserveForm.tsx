import { Button, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Observing } from '#shared/observations/observations.contract.ts'
import { Refused } from '../../app/Refused.tsx'
import { nobody } from '../../app/reader.ts'
import { useMe } from '../../app/session.ts'
import { Notice } from '../../ui/Notice.tsx'
import { BottomBar, Page } from '../../ui/Page.tsx'
import type { Spotting } from './names/names.spotting.ts'
import classes from './Observations.module.css'
import { isDone, ObserveStep, steps } from './ObserveStep.tsx'
import { codesKey } from './observations.api.ts'
import { codeWriting } from './observations.device.ts'
import { type Draft, useDraft, type Writing } from './observations.draft.ts'
import type { Entry } from './observations.entry.ts'
import { post } from './observations.outbox.ts'
import { observationIdOf, secretHashOf } from './observations.secret.ts'
import { spottedWords, useSpotting } from './observations.spotting.ts'
import type { Sent } from './SentObservation.tsx'
import { UnmaskedQuestion } from './UnmaskedQuestion.tsx'

interface Observation {
  observing: Observing
  correcting: string | undefined
  onSent: (sent: Sent) => void
}

/** Thirty seconds in four small pages, on this device from the first touch to the sending. */
export function ObserveForm({ draftKey, ...observation }: Observation & { draftKey: string }) {
  const writing = useDraft(draftKey, { roleId: observation.observing.own[0]?.roleId })
  // A few milliseconds, once: anything drawn meanwhile would only flicker.
  if (!writing) return null
  return <Asked writing={writing} {...observation} />
}

function Asked({ observing, correcting, onSent, writing }: Observation & { writing: Writing }) {
  const { t } = useTranslation('observations')
  const { draft, change } = writing
  const step = Math.min(draft.step ?? 0, steps.length - 1)
  const form = useId()
  const [missing, setMissing] = useState(false)
  const send = useSend(observing, writing, correcting)
  const spotting = useSpotting(observing.names, step > 0)
  const [asked, setAsked] = useState<readonly string[]>([])

  function go(to: number) {
    setMissing(false)
    change({ step: to })
    scrollTo({ top: 0 })
  }
  function forward() {
    if (!isDone(observing, draft, step)) return setMissing(true)
    if (step < steps.length - 1) return go(step + 1)
    const left = spottedWords(spotting, [draft.situation, draft.idea])
    if (left.length > 0) return setAsked(left)
    leave(draft, false)
  }
  function leave(written: Draft, unmasked: boolean) {
    setAsked([])
    send.mutate({ ...written, unmasked }, { onSuccess: (sent) => sent && onSent(sent) })
  }
  function leaveMasked(by: Spotting) {
    const masked = { situation: by.maskAll(draft.situation), idea: by.maskAll(draft.idea) }
    change(masked)
    leave({ ...draft, ...masked }, false)
  }

  const top = useRef<HTMLDivElement>(null)
  const first = useRef(step)
  useEffect(() => {
    if (step !== first.current) top.current?.focus({ preventScroll: true })
    first.current = -1
  }, [step])

  const last = step === steps.length - 1
  return (
    <Page
      title={t(correcting ? 'observe.correct' : 'observe.title')}
      kicker={`${observing.dayName} · ${t('observe.step', { step: step + 1, of: steps.length })}`}
      width="narrow"
    >
      <form
        id={form}
        noValidate
        className={classes.asked}
        onSubmit={(event) => {
          event.preventDefault()
          forward()
        }}
      >
        <Stack gap="md" ref={top} tabIndex={-1} style={{ outline: 'none' }}>
          {!writing.isKept && (
            <Notice tone="warn" title={t('unkept.title')}>
              {t('unkept.why')}
            </Notice>
          )}
          <ObserveStep
            name={steps[step]!}
            draft={draft}
            change={(changes) => {
              setMissing(false)
              change(changes)
            }}
            observing={observing}
            spotting={spotting}
            missing={missing ? t('observe.missing') : undefined}
            mustBeNamed={correcting !== undefined}
          />
          <Refused error={send.error} />
          {send.data === null && (
            <Notice tone="error" title={t('unkept.notSent')}>
              {t('unkept.notSentWhy')}
            </Notice>
          )}
        </Stack>
      </form>
      <UnmaskedQuestion
        words={asked}
        onMask={() => spotting && leaveMasked(spotting)}
        onSend={() => leave(draft, true)}
        onClose={() => setAsked([])}
      />
      <BottomBar>
        {step > 0 && (
          <Button variant="default" onClick={() => go(step - 1)} disabled={send.isPending}>
            {t('observe.back')}
          </Button>
        )}
        <Button type="submit" form={form} loading={send.isPending}>
          {t(last ? 'observe.send' : 'observe.next')}
        </Button>
      </BottomBar>
    </Page>
  )
}

/** Puts the observation on its way; null where the browser keeps nothing and the network failed. */
function useSend(observing: Observing, writing: Writing, correcting: string | undefined) {
  const client = useQueryClient()
  const me = useMe()
  return useMutation({
    mutationFn: async (draft: Draft & { unmasked: boolean }): Promise<Sent | null> => {
      const isAnonymous = draft.how === 'anonymous'
      const { code } = draft
      const id = isAnonymous ? observationIdOf(code) : (correcting ?? draft.namedId)
      const seen = seenIn(draft)
      const whole = { id, dayId: observing.dayId, dayName: observing.dayName, seen }
      const entry: Entry = isAnonymous
        ? { ...whole, how: 'anonymous', ...unlinked(observing, seen, code) }
        : { ...whole, how: 'named', accountId: me?.accountId ?? '' }
      const kept = isAnonymous ? [codeWriting(code, me?.accountId ?? nobody)] : []
      const way = await post(entry, [writing.gone, ...kept])
      if (way === 'neither') return null
      return isAnonymous
        ? { how: 'anonymous', id, code, isKept: way === 'kept' }
        : { how: 'named', id }
    },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: codesKey }),
        client.invalidateQueries({ queryKey: ['api', 'days', observing.dayId] }),
      ]),
  })
}

/** The last page is only reached with everything chosen; the server checks it all the same. */
function seenIn(draft: Draft & { unmasked: boolean }): Entry['seen'] {
  const { irritantId, roleId, moment, frequency, severity, ...words } = draft
  const chosen = { irritantId, roleId, moment, frequency, severity } as Entry['seen']
  const { situation, idea, ideaFrom, unmasked } = words
  return { ...chosen, situation, idea, ideaFrom: ideaFrom ?? null, unmasked }
}

/** What goes along where there is no author: nothing that is theirs alone. */
function unlinked(observing: Observing, seen: Entry['seen'], code: string) {
  const own = observing.own.find(({ roleId }) => roleId === seen.roleId) ?? observing.own[0]
  return {
    secretHash: secretHashOf(code),
    credential: observing.credential,
    siteId: own?.siteId ?? null,
  }
}
