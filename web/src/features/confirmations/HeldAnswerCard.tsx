import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type RecordedAnswer,
  recordedAnswers,
} from '#shared/confirmations/confirmations.contract.ts'
import {
  addressReasons,
  type HeldAnswer,
  mailAnswersRoutes,
} from '#shared/invitations/invitations.answers.contract.ts'
import { useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import classes from './Confirmations.module.css'

type Proposed = NonNullable<HeldAnswer['proposed']>

/** What a director made of a mail, to be said back once its card is gone. */
export interface Settled {
  name: string
  as: RecordedAnswer | 'aside'
}

/** One mail that waits: about whom, why it waits, what it says, and the ways to settle it. */
export function HeldAnswerCard({
  held,
  dayId,
  onSettled,
}: {
  held: HeldAnswer
  dayId: string
  onSettled: (settled: Settled) => void
}) {
  const { t, i18n } = useTranslation('confirmations')
  const words = useWords()
  const { meeting } = held
  const name = meeting ? `${meeting.firstName} ${meeting.lastName}` : t('held.nobody')
  return (
    <article className={classes.heldCard}>
      <header>
        <h2 className={classes.heldName}>{name}</h2>
        {meeting && (
          <p className={classes.quiet}>
            {[
              ...(meeting.dayId === null || meeting.dayId === dayId ? [] : [meeting.occasionName]),
              t(`held.side.${meeting.side}`),
              i18n.language === 'en' ? meeting.aboutEn : meeting.aboutFr,
              meeting.siteName,
              words.dayOf(meeting.startsAt, meeting.timeZone),
              words.hours(meeting, meeting.timeZone),
            ].join(' · ')}
          </p>
        )}
      </header>
      <p className={classes.heldReason}>{t(`held.reason.${held.reason}`)}</p>
      {held.comment && <blockquote className={classes.heldWords}>{held.comment}</blockquote>}
      <dl className={`${classes.facts} ${classes.heldFacts}`}>
        {held.answer && (
          <>
            <dt>{t('held.says')}</dt>
            <dd>{t(`held.answer.${held.answer}`)}</dd>
          </>
        )}
        {held.proposed && (
          <>
            <dt>{t('held.proposes')}</dt>
            <dd>{proposedTime(held.proposed, meeting?.timeZone, words)}</dd>
          </>
        )}
        {meeting && (
          <>
            <dt>{t('held.soFar')}</dt>
            <dd>{t(`held.answer.${meeting.answer ?? 'silent'}`)}</dd>
          </>
        )}
        {held.from && (
          <>
            <dt>{t('held.from')}</dt>
            <dd>{held.from}</dd>
          </>
        )}
        {held.attendee && held.attendee !== held.from && (
          <>
            <dt>{t('held.for')}</dt>
            <dd>{held.attendee}</dd>
          </>
        )}
        <dt>{t('held.came')}</dt>
        <dd>{words.moment(held.receivedAt, meeting?.timeZone)}</dd>
      </dl>
      <Settle held={held} onSettled={(as) => onSettled({ name, as })} />
    </article>
  )
}

function proposedTime(
  { startsAt, endsAt }: Proposed,
  zone: string | undefined,
  words: ReturnType<typeof useWords>,
): string {
  const one = (time: Proposed['startsAt']) => {
    if (!time) return undefined
    // Where their time zone is not known, as they wrote it.
    if ('local' in time) return [time.local.replace('T', ' '), time.zone].filter(Boolean).join(' ')
    return words.until(time.at, zone)
  }
  return [one(startsAt), one(endsAt)].filter(Boolean).join(' – ')
}

function Settle({ held, onSettled }: { held: HeldAnswer; onSettled: (as: Settled['as']) => void }) {
  const { t } = useTranslation('confirmations')
  const [remember, setRemember] = useState(false)
  const [asking, setAsking] = useState(false)
  const apply = useCall(mailAnswersRoutes.applyHeldAnswer)
  const dismiss = useCall(mailAnswersRoutes.dismissHeldAnswer)
  const params = { answerId: held.id }
  const count = (answer: RecordedAnswer) => {
    const body = { answer, remember }
    // Told by the promise: the card is gone before a callback of its mutation would be called.
    apply.mutateAsync({ params, body }).then(
      () => onSettled(answer),
      () => setAsking(false),
    )
  }
  const { meeting } = held
  const strange = addressReasons.includes(held.reason)
  return (
    <div className={classes.settle}>
      <Refused error={apply.error ?? dismiss.error} />
      {meeting?.open && strange && (
        <Checkbox
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
          label={t('held.remember')}
        />
      )}
      <div className={classes.settleActions}>
        {meeting?.open &&
          recordedAnswers.map((answer) => (
            <Button
              key={answer}
              variant={answer === held.answer ? 'filled' : 'default'}
              loading={apply.isPending && apply.variables?.body.answer === answer}
              onClick={() => (answer === 'no' ? setAsking(true) : count(answer))}
            >
              {t(`held.count.${answer}`)}
            </Button>
          ))}
        <Button
          variant="subtle"
          color="ink"
          loading={dismiss.isPending}
          onClick={() => {
            // A refusal is shown by the card, which stays.
            dismiss.mutateAsync({ params }).then(
              () => onSettled('aside'),
              () => undefined,
            )
          }}
        >
          {t('held.dismiss')}
        </Button>
      </div>
      {meeting && (
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          onConfirm={() => count('no')}
          busy={apply.isPending}
          danger
          title={t(`held.ask.${meeting.side}.title`, { name: meeting.firstName })}
          confirm={t('held.ask.confirm')}
          cancel={t('held.ask.cancel')}
          close={t('ask.close')}
        >
          {t(`held.ask.${meeting.side}.text`)}
        </ConfirmDialog>
      )}
    </div>
  )
}
