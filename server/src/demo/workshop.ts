import { DateTime } from 'luxon'
import { isWorkingDate } from '#server/features/days/days.rules.ts'
import type { Person, Site } from '#server/features/roster/roster.service.ts'
import * as workshops from '#server/features/workshops/workshops.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { Refusal } from '#server/platform/refusal.ts'
import { accepted } from './accepted.ts'

/** Where a workshop plays, who decides and who leads. */
interface WorkshopStage {
  trx: Trx
  setting: workshops.WorkshopSetting
  regionId: string
  timeZone: string
  director: string
  facilitator: Person
  /** The shops whose people are asked; the sessions are in the first. */
  shops: readonly Site[]
}

/**
 * A workshop as it stands in its third week: people were asked, said what suits them and were seated;
 * one session is over and was attended, one is to come and full, with a waiting list.
 */
export async function playWorkshop(stage: WorkshopStage, now: Date): Promise<void> {
  const { trx, setting, director: by } = stage
  const local = DateTime.fromJSDate(now, { zone: stage.timeZone })
  const asked = { by, now: local.minus({ days: 24 }).toJSDate() }
  const id = accepted(await prepare(stage, local, asked))
  const made = (await workshops.workshopById(trx, id))!
  const people = (await workshops.audienceNow(trx, made, setting)).length
  const chooseUntil = local.minus({ days: 18 }).toISODate() ?? ''
  const proposal = { people, chooseUntil }
  accepted(
    await workshops.proposeWorkshop(trx, { id, seen: made.version }, proposal, asked, setting),
  )

  const sessions = await workshops.sessionsOf(trx, id)
  for (const [index, one] of (await workshops.invitedToWorkshops(trx, [id])).entries()) {
    // One in eight never answers; one in nine wants none of these dates.
    if (index % 8 === 5) continue
    const declined = index % 9 === 7
    const dearest = sessions[index % 2]!.id
    const choices = declined ? [] : [dearest]
    const said = { choices, declined }
    accepted(await workshops.chooseSessions(trx, one, said, asked.now, setting))
  }

  const published = { by, now: local.minus({ days: 17 }).toJSDate() }
  const workshop = (await workshops.workshopById(trx, id))!
  const dealt = accepted(
    await workshops.dealSeating(trx, workshop, 'leave', published.now, setting),
  )
  const shown = { fingerprint: dealt.fingerprint, silent: 'leave' as const }
  const at = { id, seen: workshop.version }
  accepted(await workshops.publishSeating(trx, at, shown, published, setting))
  await attend(stage, sessions[0]!)
}

/** Last week’s session and next week’s. */
function prepare(
  { trx, setting, regionId, timeZone, facilitator, shops }: WorkshopStage,
  local: DateTime,
  decider: workshops.Decider,
): Promise<string | Refusal> {
  const session = (days: number, seats: number) => ({
    siteId: shops[0]!.id,
    place: 'Salle de réunion, premier étage',
    facilitatorId: facilitator.id,
    seats,
    date: workingDate(local, days, timeZone),
    startsAt: '09:30',
    endsAt: '10:30',
    language: 'fr' as const,
  })
  const input = {
    course: 'half-full-glass',
    title: 'Le verre à moitié plein',
    audience: {
      who: 'frontline' as const,
      roleIds: [],
      siteIds: shops.map(({ id }) => id),
    },
    sessions: [session(-6, 8), session(8, 6)],
  }
  return workshops.createWorkshop(trx, regionId, input, decider, setting)
}

/** The working day so many days away, or the next one further on. */
function workingDate(local: DateTime, days: number, timeZone: string): string {
  const date = local.plus({ days }).toISODate() ?? ''
  return isWorkingDate(date, timeZone) ? date : workingDate(local, days + Math.sign(days), timeZone)
}

/** Everybody came but one; of another nobody said anything. */
async function attend(
  { trx, setting }: WorkshopStage,
  { id, workshopId, startsAt }: workshops.SessionRow,
): Promise<void> {
  const sitting = (await workshops.seatsOf(trx, workshopId)).filter(
    ({ sessionId, state }) => sessionId === id && state === 'seated',
  )
  for (const [index, { personId }] of sitting.slice(1).entries()) {
    const attended = index === 2 ? 'absent' : 'came'
    const teller = { by: 'facilitator', accountId: null } as const
    accepted(await workshops.sayAttended(trx, id, personId, attended, teller, startsAt, setting))
  }
}
