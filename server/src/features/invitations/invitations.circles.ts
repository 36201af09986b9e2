import { forgetAnswers } from '#server/features/confirmations/confirmations.service.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { Circle } from './invitations.calendars.ts'
import { cancelMail, updateMail } from './invitations.changes.ts'
import type { Appointment, Letter } from './invitations.letters.ts'
import {
  calendarWords,
  dateWords,
  hoursWords,
  inviteMail,
  linkOf,
  type MeetingFacts,
  type Written,
} from './invitations.mails.ts'
import { type DayMeetings, desiredEvent, type Meeting } from './invitations.meetings.ts'
import { standingAnswer, type ToldStep } from './invitations.rules.ts'

/** Where guests read what they have, and what they wait for. */
export const cardUrl = (publicUrl: string, dayId: string): string =>
  `${publicUrl}/journees/${dayId}/ma-carte`

/** Whom a published day brings together, hosts by their slot and guests by their placement. */
export function dayCircle(meetings: DayMeetings, publicUrl: string): Circle {
  const { day, regionName } = meetings
  const card = cardUrl(publicUrl, day.id)
  return {
    occasion: { kind: 'day', id: day.id },
    regionId: day.regionId,
    regionName,
    standing: meetings.standing.map((meeting) => appointmentOf(meeting, card)),
    appointmentOf({ subject }) {
      const meeting = meetings.meetingOf(subject)
      return meeting && appointmentOf(meeting, card)
    },
    async forgetAnswers(trx, subjects) {
      const idsOf = (kind: 'slot' | 'placement') =>
        subjects.filter((subject) => subject.kind === kind).map(({ id }) => id)
      await forgetAnswers(trx, { slotIds: idsOf('slot'), placementIds: idsOf('placement') })
    },
  }
}

/**
 * A meeting of a day as the writing of calendars knows it.
 * @param card where a guest whose meeting goes reads what comes next.
 */
export function appointmentOf(meeting: Meeting, card: string): Appointment {
  const { side, person, language, slotId, facts, answer } = meeting
  return {
    side,
    subject: facts.subject,
    meetingId: slotId,
    person,
    language,
    answer,
    desired: desiredEvent(meeting),
    about: (reader) => aboutWords(facts, reader),
    letter: (step) => letterOf(step, meeting, card),
  }
}

function letterOf(step: ToldStep, meeting: Meeting, card: string): Letter {
  const { facts, language } = meeting
  const words = calendarWords(facts, language)
  const gone = step.kind === 'cancel'
  return {
    written: writtenOf(step, meeting, card),
    entry: {
      startsAt: facts.startsAt,
      endsAt: facts.endsAt,
      summary: words.summary,
      location: facts.place,
      description: gone ? words.cancelled : words.description,
      ...(gone ? {} : { url: linkOf(facts) }),
    },
  }
}

/** What the mail of a step says, without its calendar. */
function writtenOf(step: ToldStep, meeting: Meeting, card: string): Written {
  const { facts, person, language, goneReason } = meeting
  const reader = { firstName: person.firstName, language }
  if (step.kind === 'cancel') return cancelMail(facts, reader, goneReason, card)
  if (step.kind !== 'update') return inviteMail(facts, reader)
  const { asksAgain } = step
  const answered = standingAnswer(step, meeting.answer)
  return updateMail(facts, reader, { before: step.stored.known, asksAgain, answered })
}

/** « Vendeur en boutique · Boutique Dax · jeudi 20 mai 2027, 8 h 45 – 12 h 15 ». */
export function aboutWords(facts: MeetingFacts, language: Language): string {
  const { startsAt, endsAt, timeZone } = facts
  const date = dateWords(startsAt, timeZone, language)
  const hours = hoursWords(startsAt, endsAt, timeZone, language)
  return [facts.role[language], facts.siteName, `${date}, ${hours}`].join(' · ')
}
