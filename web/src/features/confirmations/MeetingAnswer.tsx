import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import {
  type Answer,
  type Meeting,
  confirmationsRoutes as routes,
} from '#shared/confirmations/confirmations.contract.ts'
import { call, useCall } from '../../app/api.ts'
import { Refused } from '../../app/Refused.tsx'
import { useWords } from '../../app/words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { AddToCalendar } from './AddToCalendar.tsx'
import classes from './Confirmations.module.css'
import { RenewLink } from './RenewLink.tsx'
import { SayNo } from './SayNo.tsx'

/** By the link of a mail, or signed in. */
export type AnswerBy = { token: string } | 'session'

/** Says yes or no by the entrance somebody came by; asked again of everything, whatever came of it. */
export function useAnswer(meeting: Meeting, by: AnswerBy) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (said: Answer) => send(meeting, by, said),
    // Also after a refusal: it says that things have changed meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: ['api'] }),
  })
}

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

/** « J’y serai » / « Je ne peux plus venir », and what became of it. */
export function MeetingAnswer({
  meeting,
  by,
  quiet = false,
}: {
  meeting: Meeting
  by: AnswerBy
  /** Something else comes first on this page: the day is here. */
  quiet?: boolean
}) {
  const { t } = useTranslation('confirmations')
  const words = useWords()
  const answer = useAnswer(meeting, by)
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
  // On the day, once the hour is over, there is nothing to promise any more.
  const lived = meeting.endsAt <= new Date()
  return (
    <div className={classes.answer}>
      <Refused error={answer.error} />
      {said && !lived && (
        <Notice tone="success" title={t(`${side}.confirmed.title`)}>
          {t(`${side}.confirmed.text`, values)}
        </Notice>
      )}
      {meeting.answer === 'maybe' && <Notice title={t('maybe.title')}>{t('maybe.text')}</Notice>}
      {!said && !lived && (
        <Button
          size="lg"
          fullWidth
          variant={quiet ? 'default' : 'filled'}
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
        variant={said && !quiet && !lived ? 'filled' : 'default'}
      >
        {t('sheet')}
      </Button>
      {!lived && <SayNo meeting={meeting} by={by} relay />}
      {lived && (
        <Button component={Link} to={observePath(meeting, by)} size="lg" fullWidth>
          {t('state.over.observe')}
        </Button>
      )}
      {!said && !lived && meeting.day.confirmUntil > new Date() && (
        <p className={classes.quiet}>{t('until', values)}</p>
      )}
      <AddToCalendar meeting={meeting} by={by} />
      {by === 'session' && <RenewLink meeting={meeting} />}
    </div>
  )
}

/** Where the day sheet of a meeting is, by the same entrance. */
function sheetPath({ kind, id }: Meeting, by: AnswerBy): string {
  if (by === 'session') return `/${kind === 'slot' ? 'creneaux' : 'affectations'}/${id}/fiche`
  return `/${kind === 'slot' ? 'creneau' : 'affectation'}/${by.token}/fiche`
}

/** Where one says what one saw, by the same entrance. */
function observePath({ kind, day }: Meeting, by: AnswerBy): string {
  if (by === 'session') return `/journees/${day.id}/observer`
  return `/${kind === 'slot' ? 'creneau' : 'affectation'}/${by.token}/observer`
}

function Closed({ meeting, by }: { meeting: Meeting; by: AnswerBy }) {
  const { t } = useTranslation('confirmations')
  const side = meeting.kind === 'slot' ? 'host' : 'guest'
  if (meeting.state !== 'ended') {
    return (
      <Notice
        title={t(`state.${meeting.state}.title`)}
        action={
          meeting.state === 'over' &&
          meeting.company.length > 0 && (
            <Button component={Link} to={observePath(meeting, by)}>
              {t('state.over.observe')}
            </Button>
          )
        }
      >
        {t(`state.${meeting.state}.text`)}
      </Notice>
    )
  }
  const known = [
    'host-declined',
    'host-unavailable',
    'guest-cancelled',
    'replanned',
    'moved',
    'day-cancelled',
  ]
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
