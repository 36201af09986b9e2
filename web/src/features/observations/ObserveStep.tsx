import { NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  ideaSources,
  longestText,
  type Observing,
} from '#shared/observations/observations.contract.ts'
import { useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Fold } from '../../ui/Fold.tsx'
import { MomentPath } from './MomentPath.tsx'
import type { Spotting } from './names/names.spotting.ts'
import classes from './Observations.module.css'
import type { Draft } from './observations.draft.ts'
import { SpottedText } from './SpottedText.tsx'
import { WordSlider } from './WordSlider.tsx'

export const steps = ['what', 'when', 'how', 'send'] as const

/** Whether what was chosen says nothing without words. */
const needsWords = (observing: Observing, draft: Draft): boolean =>
  observing.irritants.some(({ id, needsWords }) => needsWords && id === draft.irritantId)

/** Whether everything a step asks for is chosen; words stay optional where the irritant says what. */
export function isDone(observing: Observing, draft: Draft, step: number): boolean {
  const asked = [
    [draft.irritantId, draft.roleId],
    [draft.moment],
    [draft.frequency, draft.severity, !needsWords(observing, draft) || draft.situation.trim()],
    [draft.how],
  ][step]
  return asked?.every(Boolean) ?? false
}

interface Asking {
  draft: Draft
  change: (changes: Partial<Draft>) => void
  /** Said where an answer is missing; undefined until somebody wants to go on without. */
  missing: string | undefined
  spotting: Spotting | undefined
}

/** One of the four small pages, each as high as a small phone. */
export function ObserveStep({
  name,
  observing,
  mustBeNamed,
  ...asking
}: Asking & { name: (typeof steps)[number]; observing: Observing; mustBeNamed: boolean }) {
  const { draft, change, missing } = asking
  if (name === 'what') return <What observing={observing} {...asking} />
  if (name === 'how') return <HowOften mustSay={needsWords(observing, draft)} {...asking} />
  if (name === 'send') return <Signed mustBeNamed={mustBeNamed} {...asking} />
  return (
    <MomentPath
      value={draft.moment}
      onChange={(moment) => change({ moment })}
      {...(missing && !draft.moment ? { error: missing } : {})}
    />
  )
}

function What({ observing, draft, change, missing }: Asking & { observing: Observing }) {
  const { t } = useTranslation('observations')
  const words = useWords()
  // Said of every card, it would say nothing.
  const marked = observing.irritants.some(({ focus, needsWords }) => !focus && !needsWords)
  return (
    <>
      <Choices
        legend={t('irritant')}
        {...(missing && !draft.irritantId ? { error: missing } : {})}
        options={observing.irritants.map((one) => ({
          value: one.id,
          label: words.name(one),
          ...(marked && one.focus ? { hint: t('focus') } : {}),
          ...(one.needsWords ? { hint: t('inWords') } : {}),
        }))}
        value={draft.irritantId}
        onChange={(irritantId) => change({ irritantId })}
      />
      <NativeSelect
        label={t('role')}
        value={draft.roleId ?? ''}
        error={draft.roleId ? undefined : missing}
        onChange={(event) => change({ roleId: event.currentTarget.value || undefined })}
        data={[
          ...(draft.roleId ? [] : [{ value: '', label: t('choose') }]),
          ...observing.roles.map((role) => ({ value: role.id, label: words.name(role) })),
        ]}
      />
    </>
  )
}

function HowOften({ draft, change, missing, spotting, mustSay }: Asking & { mustSay: boolean }) {
  const { t } = useTranslation('observations')
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
          {...(missing && !draft[scale] ? { error: missing } : {})}
        />
      ))}
      <SpottedText
        spotting={spotting}
        label={t(mustSay ? 'situationNeeded' : 'situation')}
        error={mustSay && !draft.situation.trim() && missing && t('observe.missingWords')}
        description={t('situationHint')}
        rows={2}
        maxLength={longestText}
        value={draft.situation}
        onText={(situation) => change({ situation })}
      />
    </>
  )
}

function Signed({
  draft,
  change,
  missing,
  spotting,
  mustBeNamed,
}: Asking & { mustBeNamed: boolean }) {
  const { t } = useTranslation('observations')
  const me = useMe()
  const options = [
    {
      value: 'named' as const,
      label: t('named.label', { name: me?.displayName ?? '' }),
      hint: me ? t('named.hint') : t('named.signIn'),
      disabled: !me,
    },
    { value: 'anonymous' as const, label: t('anonymous.label'), hint: t('anonymous.hint') },
  ]
  return (
    <>
      <Fold title={t('idea')} open={draft.idea !== ''}>
        <Idea draft={draft} change={change} spotting={spotting} />
      </Fold>
      <Choices
        layout="list"
        legend={t('howSigned')}
        {...(missing && !draft.how ? { error: missing } : {})}
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
    </>
  )
}

/** An idea, and whose it is: customers and colleagues on the spot often have it first. */
function Idea({ draft, change, spotting }: Omit<Asking, 'missing'>) {
  const { t } = useTranslation('observations')
  return (
    <div className={classes.ideaAsked}>
      <SpottedText
        spotting={spotting}
        label={t('ideaWords')}
        rows={2}
        maxLength={longestText}
        value={draft.idea}
        onText={(idea) => change({ idea })}
      />
      {draft.idea !== '' && (
        <NativeSelect
          label={t('ideaFrom.question')}
          value={draft.ideaFrom ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({ ideaFrom: ideaSources.find((source) => source === value) })
          }
          data={[
            { value: '', label: t('ideaFrom.unsaid') },
            ...ideaSources.map((source) => ({ value: source, label: t(`ideaFrom.${source}`) })),
          ]}
        />
      )}
    </div>
  )
}
