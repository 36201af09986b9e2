import { ensureInvitees, isOver, lockDay } from '#server/features/days/days.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { optedOut } from '#server/features/signup/signup.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { enqueueMails, type Mail, openBatch } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { SparedReason } from '#shared/invitations/invitations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { boardPeople, type InvitedRow } from './invitations.board.queries.ts'
import type { Reconciled, Told } from './invitations.calendars.ts'
import { aboutWords } from './invitations.circles.ts'
import { nudgeMail } from './invitations.mails.ts'
import { type DayMeetings, type Meeting, readMeetings } from './invitations.meetings.ts'
import { keyOf } from './invitations.rules.ts'

/** Nobody is asked twice within so long, whether by a director or by a reminder. */
export const restMilliseconds = 48 * 3_600_000

/** Why somebody silent is not asked again now; null when they may be. */
export function sparedFor(
  row: Pick<InvitedRow, 'askedAt' | 'firstSentAt' | 'waiting'>,
  leaves: boolean,
  now: Date,
): SparedReason | null {
  if (leaves) return 'opted-out'
  if (row.askedAt && now.getTime() - row.askedAt.getTime() < restMilliseconds) return 'recent'
  // Another mail is on its way to them: two in a row would read as impatience.
  return row.firstSentAt === null || row.waiting ? 'not-left' : null
}

type Nudged = Reconciled & { batchId: string | null }

/**
 * Asks those who answered nothing once more, in a batch that can be taken back; whoever answers
 * before it leaves gets nothing. The day is held, so that of two presses the second finds everybody
 * asked.
 * @param only the slot or placement of one person; null for everybody silent.
 */
export async function nudgeSilent(
  trx: Trx,
  dayId: string,
  only: string | null,
  by: string,
  now: Date,
  releaseAt: Date,
  mailDomain: string,
): Promise<Nudged | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  if (isOver(day, now)) return refuse('day-over')
  const read = await readMeetings(trx, dayId)
  if (!read || !day.publishedAt) return refuse('not-published')
  const { meetings, events } = read
  const filter = { siteIds: null, ...(only ? { subjectId: only } : {}) }
  const rows = await boardPeople(trx, dayId, filter, null)
  const meetingOf = new Map(meetings.standing.map((one) => [one.facts.subject.id, one]))
  const silenced = await optedOut(trx, dayId)
  const judged = rows
    .filter(({ standing }) => standing === 'silent')
    .map((row) => ({ row, spared: sparedFor(row, silenced.has(row.personId), now) }))
  const asked = judged.flatMap(({ row, spared }) => {
    const meeting = spared ? undefined : meetingOf.get(row.subjectId)
    return meeting && meeting.facts.startsAt > now ? [meeting] : []
  })
  const eventOf = new Map(events.map((event) => [keyOf(event.subject), event.id]))
  const invitees = await ensureInvitees(trx, day, [...new Set(asked.map(idOf))], now)
  const batch = { regionId: day.regionId, dayId, purpose: 'nudge', createdBy: by }
  const batchId = asked.length > 0 ? await openBatch(trx, batch, now) : null
  const written = asked.map((meeting) => ({
    meeting,
    mail: nudgeMail(
      meeting.facts,
      { firstName: meeting.person.firstName, language: meeting.language },
      capabilityPlaceholder('opt-out', invitees.get(idOf(meeting))!, 1),
    ),
  }))
  const mails = written.map(
    ({ meeting, mail }): Mail => ({
      ...headOf(meetings, meeting),
      eventId: eventOf.get(keyOf(meeting.facts.subject))!,
      ...(batchId ? { batchId } : {}),
      releaseAt,
      ...mail,
    }),
  )
  await enqueueMails(trx, mails, now, mailDomain)
  const entry = { regionId: day.regionId, accountId: by, action: 'invitations.nudge' }
  await recordAudit(trx, { ...entry, subjectId: dayId, details: { mails: mails.length } }, now)
  return {
    batchId,
    told: written.map(toldOf),
    unreachable: rows.flatMap(({ standing, subjectId }) =>
      standing === 'unreached' ? unreachableOf(meetingOf.get(subjectId)) : [],
    ),
    spared: [...Map.groupBy(judged, ({ spared }) => spared)].flatMap(([reason, some]) =>
      reason ? [{ reason, count: some.length }] : [],
    ),
  }
}

const aboutOf =
  ({ facts }: Meeting) =>
  (language: Language) =>
    aboutWords(facts, language)

function unreachableOf(meeting: Meeting | undefined): Reconciled['unreachable'] {
  return meeting ? [{ side: meeting.side, person: meeting.person, about: aboutOf(meeting) }] : []
}

const idOf = ({ person }: Meeting) => person.id

function headOf({ day, regionName }: DayMeetings, { side, person, language, facts }: Meeting) {
  return {
    regionId: day.regionId,
    dayId: day.id,
    purpose: `nudge-${side}`,
    asksAbout: facts.subject.id,
    to: { name: fullName(person), address: person.email ?? '' },
    language,
    fromName: regionName,
  }
}

function toldOf({ meeting, mail }: { meeting: Meeting; mail: Told['mail'] }): Told {
  const { side, person, slotId } = meeting
  const name = fullName(person)
  return {
    side,
    telling: 'nudge',
    personId: person.id,
    meetingId: slotId,
    name,
    about: aboutOf(meeting),
    mail,
  }
}
