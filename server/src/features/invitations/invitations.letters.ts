import type { Mail } from '#server/platform/outbox/outbox.service.ts'
import { buildCalendar } from './calendar/calendar.event.ts'
import { cancelMail, updateMail } from './invitations.changes.ts'
import { calendarWords, inviteMail, linkOf, type Written } from './invitations.mails.ts'
import type { Meeting } from './invitations.meetings.ts'
import type { Step } from './invitations.rules.ts'

/** A step that somebody hears of. */
export type ToldStep = Exclude<Step, { kind: 'forget' }>

/** The event as this mail writes it into a calendar. */
export interface LetterEvent {
  id: string
  uid: string
  sequence: number
  stampedAt: Date
  attendee: { name: string; address: string }
}

/** Who writes: the region by name, the installation's one mailbox as From and ORGANIZER. */
export interface Letterhead {
  regionId: string
  dayId: string
  regionName: string
  mailFrom: string
  /** Where a guest whose meeting goes reads what comes next. */
  cardUrl: string
}

/** Where guests read what they have, and what they wait for. */
export const cardUrl = (publicUrl: string, dayId: string): string =>
  `${publicUrl}/journees/${dayId}/ma-carte`

/** The whole mail of one step: what it says, and the calendar that goes with it. */
export function calendarLetter(
  step: ToldStep,
  meeting: Meeting,
  event: LetterEvent,
  head: Letterhead,
): Mail {
  const method = step.kind === 'cancel' ? 'CANCEL' : 'REQUEST'
  const words = calendarWords(meeting.facts, meeting.language)
  return {
    regionId: head.regionId,
    dayId: head.dayId,
    purpose: `${tellingOf(step)}-${meeting.side}`,
    eventId: event.id,
    to: event.attendee,
    language: meeting.language,
    fromName: head.regionName,
    ...writtenOf(step, meeting, head),
    calendar: {
      method,
      body: buildCalendar({
        method,
        uid: event.uid,
        sequence: event.sequence,
        stampedAt: event.stampedAt,
        startsAt: meeting.facts.startsAt,
        endsAt: meeting.facts.endsAt,
        summary: words.summary,
        location: meeting.facts.place,
        description: method === 'CANCEL' ? words.cancelled : words.description,
        organiser: { name: head.regionName, address: head.mailFrom },
        attendee: event.attendee,
        answered: standingAnswer(step, meeting),
        ...(method === 'CANCEL' ? {} : { url: linkOf(meeting.facts) }),
      }),
    },
  }
}

/** What its reader answered and need not answer again (RFC 5546 2.1.4): not another hour or place. */
function standingAnswer(step: ToldStep, { answer }: Meeting): 'yes' | 'maybe' | null {
  return step.kind !== 'update' || step.asksAgain || answer === 'no' ? null : answer
}

/** What the mail of a step says, without its calendar. */
export function writtenOf(
  step: ToldStep,
  meeting: Meeting,
  { cardUrl }: Pick<Letterhead, 'cardUrl'>,
): Written {
  const { facts, person, language, goneReason } = meeting
  const reader = { firstName: person.firstName, language }
  if (step.kind === 'cancel') return cancelMail(facts, reader, goneReason, cardUrl)
  if (step.kind !== 'update') return inviteMail(facts, reader)
  const { asksAgain } = step
  const answered = standingAnswer(step, meeting)
  return updateMail(facts, reader, { before: step.stored.known, asksAgain, answered })
}

/** What a step is to its reader: one that resumes has never been told. */
export function tellingOf(step: ToldStep): 'invite' | 'update' | 'cancel' {
  return step.kind === 'resume' ? 'invite' : step.kind
}
