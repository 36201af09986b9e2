import { timeZoneOf } from '#server/features/accounts/accounts.service.ts'
import { sitesById } from '#server/features/roster/roster.service.ts'
import type { Membership } from '#server/platform/actor.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { HomeWorkshop } from '#shared/workshops/workshops.links.contract.ts'
import { liveSeatsOf, sessionsToLead, unansweredOf } from './workshops.home.queries.ts'
import { phaseOf, placeOf } from './workshops.rules.ts'
import { courseTitle } from './workshops.shipped.ts'

interface Meeting {
  siteId: string | null
  place: string
  startsAt: Date
  endsAt: Date
}

/**
 * What somebody’s first screen tells of workshops: sessions to lead and seats, the earliest first, then
 * what they were asked and have not answered. Holds their own links, as their mails do: for nobody else.
 */
export async function workshopsAtHome(
  db: Reader,
  secret: string,
  { personId, regionId }: Pick<Membership, 'personId' | 'regionId'>,
  now: Date,
): Promise<HomeWorkshop[]> {
  const timeZone = await timeZoneOf(db, regionId)
  const sites = await sitesById(db, regionId)
  const meeting = (session: Meeting) => ({
    startsAt: session.startsAt,
    where: placeOf(session, sites.get(session.siteId ?? '')),
  })
  const isToday = (session: Meeting) => phaseOf(session, timeZone, now) === 'today'
  const headOf = (kind: 'workshop' | 'facilitator', row: Linked) => ({
    ...namesOf(row),
    timeZone,
    token: deriveToken(secret, kind, row.id, row.linkGeneration),
  })
  const led = (await sessionsToLead(db, personId, now)).map((row) => ({
    ...headOf('facilitator', row),
    ...meeting(row),
    part: 'leading' as const,
    awaited: isToday(row),
  }))
  const seats = (await liveSeatsOf(db, personId, now)).flatMap(
    (row): Exclude<HomeWorkshop, { part: 'asked' }>[] => {
      const told = { ...headOf('workshop', row), ...meeting(row) }
      if (row.state === 'seated') {
        return [{ ...told, part: 'seated', awaited: row.attended === null && isToday(row) }]
      }
      // An offer whose time is over is none.
      const until = row.startsAt > now ? row.offeredUntil : null
      return until && until > now ? [{ ...told, part: 'offered', until }] : []
    },
  )
  const asked = (await unansweredOf(db, personId, now)).map((row) => ({
    ...headOf('workshop', row),
    part: 'asked' as const,
    until: row.chooseUntil!,
  }))
  const meetings = [...led, ...seats].toSorted((a, b) => Number(a.startsAt) - Number(b.startsAt))
  return [...meetings, ...asked]
}

interface Linked {
  id: string
  linkGeneration: number
  course: string
  title: string
}

/** As mails name it: by its course, in the reader’s language. */
function namesOf({ course, title }: Linked) {
  const { fr = title, en = title } = courseTitle(course)
  return { nameFr: fr, nameEn: en }
}
