import type { Mail } from '#server/platform/outbox/outbox.service.ts'
import { buildCalendar } from './calendar/calendar.event.ts'
import {
  calendarWords,
  cancelMail,
  linkOf,
  requestMail,
  type Written,
} from './invitations.mails.ts'
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
}

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
    ...writtenOf(step, meeting),
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
        accepted: step.kind === 'update' && !step.asksAgain && meeting.answer === 'yes',
        ...(method === 'CANCEL' ? {} : { url: linkOf(meeting.facts) }),
      }),
    },
  }
}

/** What the mail of a step says, without its calendar. */
export function writtenOf(step: ToldStep, meeting: Meeting): Written {
  const reader = { firstName: meeting.person.firstName, language: meeting.language }
  if (step.kind === 'cancel') return cancelMail(meeting.facts, reader, meeting.goneReason)
  const moved = step.kind === 'update' && step.asksAgain
  return requestMail(step.kind === 'update' ? 'update' : 'invite', meeting.facts, reader, moved)
}

/** What a step is to its reader: one that resumes has never been told. */
export function tellingOf(step: ToldStep): 'invite' | 'update' | 'cancel' {
  return step.kind === 'resume' ? 'invite' : step.kind
}
