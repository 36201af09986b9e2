import { Button, NativeSelect, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  longestText,
  type ObservationInput,
  type Observing,
  observationsRoutes as routes,
} from '#shared/observations/observations.contract.ts'
import { call } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { BottomBar, Page } from '../../ui/Page.tsx'
import { MomentPath } from './MomentPath.tsx'
import type { Spotting } from './names/names.spotting.ts'
import classes from './Observations.module.css'
import { sendAnonymously } from './observations.api.ts'
import { type Draft, dropDraft, keepCode, keepDraft, readDraft } from './observations.device.ts'
import { newFollowCode, newObservationId } from './observations.secret.ts'
import { spottedWords, useSpotting } from './observations.spotting.ts'
import type { Sent } from './SentObservation.tsx'
import { SpottedText } from './SpottedText.tsx'
import { UnmaskedQuestion } from './UnmaskedQuestion.tsx'
import { WordSlider } from './WordSlider.tsx'

const steps = ['what', 'when', 'how', 'send'] as const

/** Thirty seconds in four small pages; whatever is chosen or typed survives a reload. */
export function ObserveForm({
  observing,
  correcting,
  onSent,
}: {
  observing: Observing
  correcting: string | undefined
  onSent: (sent: Sent) => void
}) {
  const { t } = useTranslation('observations')
  const draftKey = correcting ? `${observing.dayId}:${correcting}` : observing.dayId
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = readDraft(draftKey)
    return { ...kept, roleId: kept.roleId ?? observing.own[0]?.roleId }
  })
  const [step, setStep] = useState(0)
  const form = useId()
  const [missing, setMissing] = useState(false)
  const send = useSend(observing, draftKey, correcting)
  const spotting = useSpotting(observing.names)
  const [asked, setAsked] = useState<readonly string[]>([])

  function change(changes: Partial<Draft>) {
    const next = { ...draft, ...changes }
    setDraft(next)
    setMissing(false)
    keepDraft(draftKey, next)
  }
  function go(to: number) {
    setMissing(false)
    setStep(to)
    scrollTo({ top: 0 })
  }
  function forward() {
    if (!isDone(draft, step)) return setMissing(true)
    if (step < steps.length - 1) return go(step + 1)
    const left = spottedWords(spotting, [draft.situation, draft.idea])
    if (left.length > 0) return setAsked(left)
    leave(draft, false)
  }
  function leave(written: Draft, unmasked: boolean) {
    setAsked([])
    send.mutate({ ...written, unmasked }, { onSuccess: onSent })
  }
  function leaveMasked(by: Spotting) {
    const masked = { situation: by.maskAll(draft.situation), idea: by.maskAll(draft.idea) }
    change(masked)
    leave({ ...draft, ...masked }, false)
  }

  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (step > 0) top.current?.focus({ preventScroll: true })
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
        onSubmit={(event) => {
          event.preventDefault()
          forward()
        }}
      >
        <Stack gap="lg" ref={top} tabIndex={-1} style={{ outline: 'none' }}>
          <Step
            name={steps[step]!}
            draft={draft}
            change={change}
            observing={observing}
            spotting={spotting}
            missing={missing}
            mustBeNamed={correcting !== undefined}
          />
          <Refused error={send.error} />
          {last && <p className={classes.quiet}>{t('observe.kept')}</p>}
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

/** Whether everything a step asks for is chosen; words stay optional. */
function isDone(draft: Draft, step: number): boolean {
  const asked = [
    [draft.irritantId, draft.roleId],
    [draft.moment],
    [draft.frequency, draft.severity],
    [draft.how],
  ][step]
  return asked?.every(Boolean) ?? false
}

function useSend(observing: Observing, draftKey: string, correcting: string | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (draft: Draft & { unmasked: boolean }): Promise<Sent> => {
      const { irritantId, roleId, moment, frequency, severity, situation, idea, unmasked } = draft
      // The last step is only reached with everything chosen; the server checks it all the same.
      const seen = {
        irritantId,
        roleId,
        moment,
        frequency,
        severity,
        situation,
        idea,
        unmasked,
      } as ObservationInput
      if (draft.how === 'anonymous') {
        const followCode = draft.followCode ?? newFollowCode()
        keepDraft(draftKey, { ...draft, followCode })
        await sendAnonymously(observing, seen, followCode)
        dropDraft(draftKey)
        return { how: 'anonymous', code: followCode, isKept: keepCode(followCode) }
      }
      const observationId = correcting ?? draft.namedId ?? newObservationId()
      keepDraft(draftKey, { ...draft, namedId: observationId })
      const params = { dayId: observing.dayId, observationId }
      await call(routes.putObservation, { params, body: seen })
      dropDraft(draftKey)
      return { how: 'named' }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['api', 'days', observing.dayId] }),
  })
}

function Step({
  name,
  draft,
  change,
  observing,
  spotting,
  missing,
  mustBeNamed,
}: {
  name: (typeof steps)[number]
  draft: Draft
  change: (changes: Partial<Draft>) => void
  observing: Observing
  spotting: Spotting | undefined
  missing: boolean
  mustBeNamed: boolean
}) {
  const { t } = useTranslation('observations')
  const error = missing ? { error: t('observe.missing') } : {}
  const words = useWords()
  if (name === 'what') {
    // Said of every card, it would say nothing.
    const marked = observing.irritants.some(({ focus }) => !focus)
    return (
      <>
        <Choices
          legend={t('irritant')}
          {...(draft.irritantId ? {} : error)}
          options={observing.irritants.map((one) => ({
            value: one.id,
            label: words.name(one),
            ...(marked && one.focus ? { hint: t('focus') } : {}),
          }))}
          value={draft.irritantId}
          onChange={(irritantId) => change({ irritantId })}
        />
        <NativeSelect
          label={t('role')}
          value={draft.roleId ?? ''}
          error={missing && !draft.roleId ? t('observe.missing') : undefined}
          onChange={(event) => change({ roleId: event.currentTarget.value || undefined })}
          data={[
            ...(draft.roleId ? [] : [{ value: '', label: t('choose') }]),
            ...observing.roles.map((role) => ({ value: role.id, label: words.name(role) })),
          ]}
        />
      </>
    )
  }
  if (name === 'when') {
    return (
      <MomentPath
        value={draft.moment}
        onChange={(moment) => change({ moment })}
        {...(draft.moment ? {} : error)}
      />
    )
  }
  if (name === 'how') {
    return (
      <>
        {(['frequency', 'severity'] as const).map((scale) => (
          <WordSlider
            key={scale}
            label={t(`${scale}.question`)}
            words={[1, 2, 3, 4, 5].map((word) => t(`${scale}.words.${word}`))}
            value={draft[scale]}
            onChange={(value) => change({ [scale]: value })}
            unset={t('slide')}
            {...(draft[scale] ? {} : error)}
          />
        ))}
        <SpottedText
          spotting={spotting}
          label={t('situation')}
          description={t('situationHint')}
          rows={2}
          maxLength={longestText}
          value={draft.situation}
          onText={(situation) => change({ situation })}
        />
      </>
    )
  }
  return (
    <>
      <SpottedText
        spotting={spotting}
        label={t('idea')}
        description={t('ideaHint')}
        rows={2}
        maxLength={longestText}
        value={draft.idea}
        onText={(idea) => change({ idea })}
      />
      <How draft={draft} change={change} mustBeNamed={mustBeNamed} {...(draft.how ? {} : error)} />
    </>
  )
}

function How({
  draft,
  change,
  mustBeNamed,
  error,
}: {
  draft: Draft
  change: (changes: Partial<Draft>) => void
  mustBeNamed: boolean
  error?: string
}) {
  const { t } = useTranslation('observations')
  const me = useMe()
  const options = [
    {
      value: 'named' as const,
      label: t('named.label', { name: me?.displayName ?? '' }),
      hint: me ? t('named.hint') : t('named.signIn'),
      disabled: !me,
    },
    {
      value: 'anonymous' as const,
      label: t('anonymous.label'),
      hint: t('anonymous.hint'),
    },
  ]
  return (
    <div>
      <Choices
        layout="list"
        legend={t('howSigned')}
        {...(error ? { error } : {})}
        options={mustBeNamed ? options.slice(0, 1) : options}
        value={draft.how}
        onChange={(how) => change({ how })}
      />
      {!mustBeNamed && (
        <Fold title={t('anonymous.exactly')}>
          <ul className={classes.lines}>
            {(['kept', 'delay', 'site', 'text'] as const).map((line) => (
              <li key={line}>{t(`anonymous.lines.${line}`)}</li>
            ))}
          </ul>
          <Link to="/anonymat">{t('anonymity.more')}</Link>
        </Fold>
      )}
    </div>
  )
}
