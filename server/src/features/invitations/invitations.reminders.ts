import { DateTime } from 'luxon'
import { isWorkingDay, isWorkingHour, morningOf } from '#server/features/days/days.rules.ts'
import { dateOf, ensureInvitees } from '#server/features/days/days.service.ts'
import { optedOut } from '#server/features/signup/signup.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { reminderMail } from './invitations.mails.ts'
import { type DayMeetings, type Meeting, readMeetings } from './invitations.meetings.ts'
import { restMilliseconds } from './invitations.nudges.ts'
import * as queries from './invitations.queries.ts'
import { keyOf, type StoredEvent } from './invitations.rules.ts'
import type { Voice } from './invitations.service.ts'

export type ReminderKind = 'week' | 'day'

/**
 * Which reminder of a day may leave now, in the working hours of its place: « a week before » from
 * the seventh day before until the fourth, so that hours missed or a weekend are made up for; « a day
 * before » on the last working day before it, and never on the day itself.
 * @param date the day's own, `YYYY-MM-DD`.
 */
export function reminderDue(date: string, timeZone: string, now: Date): ReminderKind | null {
  if (!isWorkingHour(now, timeZone)) return null
  const day = morningOf({ date, timeZone })
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day')
  let eve = day.minus({ days: 1 })
  while (!isWorkingDay(eve)) eve = eve.minus({ days: 1 })
  if (today.hasSame(eve, 'day')) return 'day'
  const early = today >= day.minus({ days: 7 }) && today <= day.minus({ days: 4 })
  return early ? 'week' : null
}

/**
 * Reminds whoever still has a meeting of this day in their calendar: not who said no, nor who wants
 * no such mail, nor who read about it today already or was nudged within two days. Each event is reminded of once per kind, by the
 * primary key of `reminders`, whichever process comes first.
 * @returns how many reminders were written.
 */
export async function remind(
  trx: Trx,
  dayId: string,
  kind: ReminderKind,
  now: Date,
  voice: Voice,
): Promise<number> {
  const read = await readMeetings(trx, dayId)
  if (!read?.meetings.day.publishedAt) return 0
  const { meetings, events } = read
  const { day } = meetings
  const silenced = await optedOut(trx, dayId)
  const told = new Map(events.map((event) => [keyOf(event.subject), event]))
  const today = dateOf(now, day.timeZone)
  const nudged = await queries.nudgedSince(trx, dayId, new Date(now.getTime() - restMilliseconds))
  const concerned = meetings.standing.flatMap((meeting) => {
    const event = told.get(keyOf(meeting.facts.subject))
    const fits =
      event?.told &&
      !event.held &&
      meeting.answer !== 'no' &&
      !silenced.has(meeting.person.id) &&
      !nudged.has(event.id) &&
      dateOf(event.stampedAt, day.timeZone) !== today
    return fits ? [{ meeting, event }] : []
  })
  const fresh = await queries.insertReminders(
    trx,
    concerned.map(({ event }) => ({ event_id: event.id, kind, reminded_at: now })),
  )
  const owed = concerned.filter(({ event }) => fresh.has(event.id))
  const ids = owed.map(({ meeting }) => meeting.person.id)
  const invitees = await ensureInvitees(trx, day, [...new Set(ids)], now)
  const mails = owed.map(({ meeting, event }) =>
    reminderOf(kind, meetings, meeting, event, invitees.get(meeting.person.id)!),
  )
  await enqueueMails(trx, mails, now, voice.mailDomain)
  return mails.length
}

function reminderOf(
  kind: ReminderKind,
  meetings: DayMeetings,
  meeting: Meeting,
  event: StoredEvent,
  inviteeId: string,
): Mail {
  const reader = { firstName: meeting.person.firstName, language: meeting.language }
  return {
    regionId: meetings.day.regionId,
    dayId: meetings.day.id,
    purpose: `reminder-${kind}`,
    // In the thread of the invitation, and behind whatever still waits about it.
    eventId: event.id,
    to: event.attendee,
    language: meeting.language,
    fromName: meetings.regionName,
    ...reminderMail(kind, meeting.facts, reader, {
      answered: meeting.answer !== null,
      unsubscribe: capabilityPlaceholder('opt-out', inviteeId, 1),
    }),
  }
}
