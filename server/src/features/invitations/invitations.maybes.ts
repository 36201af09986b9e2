import {
  confirmationsOfDay,
  daysWithMaybes,
  markNudged,
} from '#server/features/confirmations/confirmations.service.ts'
import { isWorkingHour } from '#server/features/days/days.rules.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { maybeMail } from './invitations.mails.ts'
import { readMeetings } from './invitations.meetings.ts'
import { keyOf } from './invitations.rules.ts'

/** How long somebody who said « maybe » is left to find out. */
const thinkingMilliseconds = 2 * 86_400_000

/** Days on which somebody’s « maybe » has lasted long enough to ask. */
export function daysToNudge(db: Reader, now: Date): Promise<string[]> {
  return daysWithMaybes(db, new Date(now.getTime() - thinkingMilliseconds))
}

/**
 * Asks everybody of a day who answered « maybe » two days ago or more for a yes or a no: once, on a
 * working day, between nine and six where the day takes place. Called at another hour, or again, it
 * does nothing.
 */
export async function nudgeMaybes(
  trx: Trx,
  dayId: string,
  now: Date,
  mailDomain: string,
): Promise<void> {
  const read = await readMeetings(trx, dayId)
  if (!read || !isWorkingHour(now, read.meetings.day.timeZone)) return
  const { day, regionName, standing } = read.meetings
  const eventOf = new Map(read.events.map((event) => [keyOf(event.subject), event.id]))
  const since = new Date(now.getTime() - thinkingMilliseconds)
  const maybes = (await confirmationsOfDay(trx, dayId)).filter(
    ({ answer, answeredAt, nudgedAt }) => answer === 'maybe' && answeredAt <= since && !nudgedAt,
  )
  const waiting = new Set(maybes.map(({ slotId, placementId }) => slotId ?? placementId))
  const asked = standing.filter(
    ({ facts, reachable }) => reachable && facts.startsAt > now && waiting.has(facts.subject.id),
  )
  const mails = asked.map(
    ({ side, person, language, facts }): Mail => ({
      eventId: eventOf.get(keyOf(facts.subject))!,
      asksAbout: facts.subject.id,
      regionId: day.regionId,
      dayId,
      purpose: `maybe-${side}`,
      to: { name: fullName(person), address: person.email ?? '' },
      language,
      fromName: regionName,
      ...maybeMail(facts, { firstName: person.firstName, language }),
    }),
  )
  await enqueueMails(trx, mails, now, mailDomain)
  await markNudged(
    trx,
    asked.map(({ facts }) => facts.subject.id),
    now,
  )
}
