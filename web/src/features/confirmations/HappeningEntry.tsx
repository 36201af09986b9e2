import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCalendarEvent,
  IconEye,
  IconHandClick,
  IconHeartHandshake,
  IconMail,
  IconMailOff,
  IconMailPause,
  IconMessageReply,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Happening } from '#shared/invitations/invitations.board.contract.ts'
import { invitationsRoutes } from '#shared/invitations/invitations.contract.ts'
import { Answered } from '../../app/Answered.tsx'
import { queryFor } from '../../app/api.ts'
import { useWords } from '../../app/words.ts'
import { MailFrame } from '../invitations/MailFrame.tsx'
import classes from './Confirmations.module.css'

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>

/** One thing that happened; what came from the person stands out. */
export function HappeningEntry({
  happening,
  dayId,
  timeZone,
}: {
  happening: Happening
  dayId: string
  timeZone: string
}) {
  const words = useWords()
  const from = ['reply', 'held', 'press'].includes(happening.kind) ? 'them' : 'us'
  const trouble = happening.kind === 'bounce' || (happening.kind === 'mail' && happening.failure)
  return (
    <li className={classes.entry} data-from={from}>
      <span
        className={classes.dot}
        data-tone={trouble ? 'alert' : from === 'them' ? 'warm' : 'open'}
      >
        {iconOf(happening)}
      </span>
      <div className={classes.entryBody}>
        <time className={classes.quiet} dateTime={happening.at.toISOString()}>
          {words.moment(happening.at, timeZone)}
        </time>
        {told(happening, dayId, timeZone)}
      </div>
    </li>
  )
}

function iconOf(happening: Happening): ReactNode {
  const icons = {
    mail: IconMail,
    bounce: IconMailOff,
    reply: IconMessageReply,
    held: IconEye,
    press: IconHandClick,
    seat: IconCalendarEvent,
    handover: IconHeartHandshake,
  }
  const left = happening.kind === 'mail' && happening.status === 'sent'
  const waits = happening.kind === 'mail' && !left
  const ended = happening.kind === 'seat' && happening.change === 'ended'
  const Icon = waits ? IconMailPause : ended ? IconArrowBackUp : icons[happening.kind]
  return <Icon size={18} aria-hidden />
}

function told(happening: Happening, dayId: string, timeZone: string): ReactNode {
  switch (happening.kind) {
    case 'mail':
      return <Mail mail={happening} timeZone={timeZone} />
    case 'held':
      return <Held held={happening} dayId={dayId} timeZone={timeZone} />
    case 'reply':
      return <Reply reply={happening} />
    case 'press':
      return <Press press={happening} />
    case 'seat':
      return <Seat seat={happening} timeZone={timeZone} />
    case 'handover':
      return <Handover handover={happening} />
    case 'bounce':
      return <Bounce bounce={happening} />
  }
}

function Mail({ mail, timeZone }: { mail: Of<'mail'>; timeZone: string }) {
  const { t } = useTranslation('confirmations')
  const words = useWords()
  const [reading, setReading] = useState(false)
  const state = mail.withdrawn ? 'withdrawn' : mail.status
  return (
    <>
      <p className={classes.entryTitle}>
        {t(`conversation.mail.${mail.telling}`, { defaultValue: t('conversation.mail.other') })}
        {mail.toName && ` ${t('conversation.to', { name: mail.toName })}`}
      </p>
      <p className={classes.entryText}>
        {t(`conversation.status.${state}`, { at: words.moment(mail.at, timeZone) })}
        {mail.failure && ` ${t(`conversation.failure.${mail.failure}`)}`}
      </p>
      <div>
        <Button
          size="sm"
          variant="subtle"
          color="ink"
          aria-expanded={reading}
          onClick={() => setReading(!reading)}
        >
          {t(reading ? 'conversation.close' : 'conversation.read')}
        </Button>
      </div>
      {reading && <ReadMail mailId={mail.mailId} />}
    </>
  )
}

function ReadMail({ mailId }: { mailId: string }) {
  const mail = useQuery(queryFor(invitationsRoutes.outboxMail, { params: { mailId } }))
  return (
    <Answered query={mail}>
      {({ subject, html }) => <MailFrame subject={subject} html={html} />}
    </Answered>
  )
}

function Reply({ reply }: { reply: Of<'reply'> }) {
  const { t } = useTranslation('confirmations')
  const comment = reply.comment?.trim()
  return (
    <>
      <p className={classes.entryTitle}>
        {t('conversation.replied', { answer: t(`held.answer.${reply.answer ?? 'silent'}`) })}
      </p>
      {!reply.counted && <p className={classes.entryText}>{t('conversation.late')}</p>}
      {comment && <blockquote className={classes.heldWords}>{comment}</blockquote>}
    </>
  )
}

function Press({ press: { answer, channel } }: { press: Of<'press'> }) {
  const { t } = useTranslation('confirmations')
  return (
    <>
      <p className={classes.entryTitle}>
        {t('conversation.pressed', { answer: t(`held.answer.${answer}`) })}
      </p>
      <p className={classes.entryText}>{t(`conversation.channel.${channel}`)}</p>
    </>
  )
}

function Held({ held, dayId, timeZone }: { held: Of<'held'>; dayId: string; timeZone: string }) {
  const { t } = useTranslation('confirmations')
  const words = useWords()
  return (
    <>
      <p className={classes.entryTitle}>
        {t(held.settled ? 'conversation.looked' : 'conversation.toLook')}
      </p>
      <p className={classes.entryText}>{t(`held.reason.${held.reason}`)}</p>
      {held.settled ? (
        <p className={classes.entryText}>
          {t(`conversation.settled.${held.settled}`, {
            at: held.settledAt ? words.moment(held.settledAt, timeZone) : '',
          })}
        </p>
      ) : (
        <Link to={`/journees/${dayId}/reponses` as '/'}>{t('people.settle')}</Link>
      )}
    </>
  )
}

function Seat({ seat, timeZone }: { seat: Of<'seat'>; timeZone: string }) {
  const { t, i18n } = useTranslation('confirmations')
  const words = useWords()
  const role = i18n.language === 'en' ? seat.roleEn : seat.roleFr
  return (
    <>
      <p className={classes.entryTitle}>{t(`conversation.seat.${seat.change}`)}</p>
      <p className={classes.entryText}>
        {[role, seat.siteName, words.hours(seat, timeZone)].join(' · ')}
      </p>
      {seat.reason && (
        <p className={classes.entryText}>
          {t(`conversation.ended.${seat.reason}`, { defaultValue: '' })}
        </p>
      )}
    </>
  )
}

function Handover({ handover: { change, fromName, toName } }: { handover: Of<'handover'> }) {
  const { t } = useTranslation('confirmations')
  return (
    <p className={classes.entryTitle}>
      {t(`conversation.handover.${change}`, { from: fromName, to: toName })}
    </p>
  )
}

function Bounce({ bounce }: { bounce: Of<'bounce'> }) {
  const { t } = useTranslation('confirmations')
  const word = bounce.delayed ? 'delayed' : 'bounced'
  return (
    <>
      <p className={classes.entryTitle}>{t(`conversation.${word}.title`)}</p>
      <p className={classes.entryText}>{t(`conversation.${word}.text`)}</p>
    </>
  )
}
