import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Answer,
  type Meeting,
  confirmationsRoutes as routes,
} from '#shared/confirmations/confirmations.contract.ts'
import { call, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { AddToCalendar } from './AddToCalendar.tsx'
import classes from './Confirmations.module.css'
import { RenewLink } from './RenewLink.tsx'

/** By the link of a mail, or signed in. */
export type AnswerBy = { token: string } | 'session'

function send(meeting: Meeting, by: AnswerBy, answer: Answer): Promise<Meeting> {
  const body = { answer }
  if (meeting.kind === 'slot') {
    return by === 'session'
      ? call(routes.answerSlot, { params: { slotId: meeting.id }, body })
      : call(routes.answerSlotLink, { params: by, body })
  }
  return by === 'session'
    ? call(routes.answerPlacement, { params: { placementId: meeting.id }, body })
    : call(routes.answerPlacementLink, { params: by, body })
}

/**
 * « J’y serai » / « Je ne peux plus venir », and what became of it. A no asks once more, because it
 * is final: the slot closes, or the place goes to somebody else.
 */
export function MeetingAnswer({ meeting, by }: { meeting: Meeting; by: AnswerBy }) {
  const { t } = useTranslation('confirmations')
  const words = useWords()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const answer = useMutation({
    mutationFn: (said: Answer) => send(meeting, by, said),
    // Also after a refusal: it says that things have changed meanwhile.
    onSettled: async () => {
      setAsking(false)
      await client.invalidateQueries({ queryKey: ['api'] })
    },
  })
  const side = meeting.kind === 'slot' ? 'host' : 'guest'
  const values = {
    until: words.dayOf(meeting.day.confirmUntil, meeting.day.timeZone),
    names: words.list(meeting.company),
    hour: words.hour(meeting.startsAt, meeting.day.timeZone),
    site: meeting.site.name,
    count: meeting.company.length,
  }
  if (meeting.state !== 'open') return <Closed meeting={meeting} by={by} />
  const said = meeting.answer === 'yes'
  return (
    <div className={classes.answer}>
      <Refused error={answer.error} />
      {said && (
        <Notice tone="success" title={t(`${side}.confirmed.title`)}>
          {t(`${side}.confirmed.text`, values)}
        </Notice>
      )}
      {meeting.answer === 'maybe' && <Notice title={t('maybe.title')}>{t('maybe.text')}</Notice>}
      {!said && (
        <Button
          size="lg"
          fullWidth
          loading={answer.isPending && answer.variables === 'yes'}
          onClick={() => answer.mutate('yes')}
        >
          {t(`${side}.yes`)}
        </Button>
      )}
      <Button
        component={Link}
        to={sheetPath(meeting, by)}
        size="lg"
        fullWidth
        variant={said ? 'filled' : 'default'}
      >
        {t('sheet')}
      </Button>
      <Button size="lg" fullWidth variant="default" onClick={() => setAsking(true)}>
        {t(`${side}.no`)}
      </Button>
      {!said && meeting.day.confirmUntil > new Date() && (
        <p className={classes.quiet}>{t('until', values)}</p>
      )}
      <AddToCalendar meeting={meeting} by={by} />
      {by === 'session' && <RenewLink meeting={meeting} />}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => answer.mutate('no')}
        busy={answer.isPending}
        danger
        title={t(`${side}.ask.title`)}
        confirm={t(`${side}.ask.confirm`)}
        cancel={t('ask.cancel')}
        close={t('ask.close')}
      >
        {t(`${side}.ask.text`, values)}
      </ConfirmDialog>
    </div>
  )
}

/** Where the day sheet of a meeting is, by the same entrance. */
function sheetPath({ kind, id }: Meeting, by: AnswerBy): string {
  if (by === 'session') return `/${kind === 'slot' ? 'creneaux' : 'affectations'}/${id}/fiche`
  return `/${kind === 'slot' ? 'creneau' : 'affectation'}/${by.token}/fiche`
}

function Closed({ meeting, by }: { meeting: Meeting; by: AnswerBy }) {
  const { t } = useTranslation('confirmations')
  const side = meeting.kind === 'slot' ? 'host' : 'guest'
  if (meeting.state !== 'ended') {
    return (
      <Notice title={t(`state.${meeting.state}.title`)}>{t(`state.${meeting.state}.text`)}</Notice>
    )
  }
  const known = ['host-declined', 'guest-cancelled', 'replanned', 'moved', 'day-cancelled']
  const gone = ['slot-closed', 'fewer-places']
  const reason =
    side === 'host'
      ? meeting.answer === 'no'
        ? 'host-declined'
        : 'other'
      : gone.includes(meeting.endedReason ?? '')
        ? 'slot-gone'
        : (known.find((one) => one === meeting.endedReason) ?? 'other')
  return (
    <div className={classes.answer}>
      <Notice title={t(`${side}.ended.title`)}>{t(`${side}.ended.${reason}`)}</Notice>
      {meeting.wayBack === 'waiting' && <Waiting dayId={meeting.day.id} />}
      {meeting.wayBack === 'return' && by !== 'session' && <WayBack token={by.token} />}
    </div>
  )
}

/** On the waiting list: the card says the rest, to whoever signs in. */
function Waiting({ dayId }: { dayId: string }) {
  const { t } = useTranslation('confirmations')
  return (
    <>
      <Notice tone="success" title={t('guest.back.waiting.title')}>
        {t('guest.back.waiting.text')}
      </Notice>
      <Button component={Link} to={`/journees/${dayId}/ma-carte`} size="lg" fullWidth>
        {t('guest.back.card')}
      </Button>
    </>
  )
}

/** For who gave their place back: a button, because opening a link changes nothing. */
function WayBack({ token }: { token: string }) {
  const { t } = useTranslation('confirmations')
  const again = useCall(routes.waitAgainByLink)
  return (
    <>
      <Refused error={again.error} />
      <p className={classes.quiet}>{t('guest.back.why')}</p>
      <Button
        size="lg"
        fullWidth
        loading={again.isPending}
        onClick={() => again.mutate({ params: { token } })}
      >
        {t('guest.back.button')}
      </Button>
    </>
  )
}
