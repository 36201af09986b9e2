import type { Person } from '#server/features/roster/roster.service.ts'
import type { Mail } from '#server/platform/outbox/outbox.service.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { buildCalendar } from './calendar/calendar.event.ts'
import type { Written } from './invitations.mails.ts'
import {
  type DesiredEvent,
  type Occasion,
  type Subject,
  standingAnswer,
  type ToldStep,
} from './invitations.rules.ts'

/**
 * One person's side of something that stands in their calendar, with its own words: all that the
 * writing of calendars knows of it.
 */
export interface Appointment {
  side: 'host' | 'guest'
  subject: Subject
  /** What they come together in, the same when rehearsed and when done: a slot, a session. */
  meetingId: string
  person: Person
  language: Language
  answer: RecordedAnswer | null
  /** What it puts into a calendar; nothing where no mail reaches its reader. */
  desired: DesiredEvent | undefined
  /** What, where and when, as a director reads it. */
  about(language: Language): string
  letter(step: ToldStep): Letter
}

/** What the mail of a step says, and what the calendar that goes with it shows. */
export interface Letter {
  written: Written
  entry: {
    startsAt: Date
    endsAt: Date
    summary: string
    location: string
    description: string
    /** Where to answer without a calendar; nothing once there is nothing to answer. */
    url?: string
  }
}

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
  occasion: Occasion
  regionName: string
  mailFrom: string
}

/** Under what the outbox keeps a mail. */
const occasionOf = {
  day: (dayId: string) => ({ dayId }),
  workshop: (workshopId: string) => ({ workshopId }),
} as const

/** The whole mail of one step: what it says, and the calendar that goes with it. */
export function calendarLetter(
  step: ToldStep,
  appointment: Appointment,
  event: LetterEvent,
  head: Letterhead,
): Mail {
  const method = step.kind === 'cancel' ? 'CANCEL' : 'REQUEST'
  const { written, entry } = appointment.letter(step)
  return {
    regionId: head.regionId,
    ...occasionOf[head.occasion.kind](head.occasion.id),
    purpose: `${tellingOf(step)}-${appointment.side}`,
    eventId: event.id,
    to: event.attendee,
    language: appointment.language,
    fromName: head.regionName,
    ...written,
    calendar: {
      method,
      body: buildCalendar({
        method,
        uid: event.uid,
        sequence: event.sequence,
        stampedAt: event.stampedAt,
        ...entry,
        organiser: { name: head.regionName, address: head.mailFrom },
        attendee: event.attendee,
        answered: standingAnswer(step, appointment.answer),
      }),
    },
  }
}

/** What a step is to its reader: one that resumes has never been told. */
export function tellingOf(step: ToldStep): 'invite' | 'update' | 'cancel' {
  return step.kind === 'resume' ? 'invite' : step.kind
}
