import { createHash } from 'node:crypto'
import { languagesOf } from '#server/features/accounts/accounts.service.ts'
import { type SeatingProblem, seatBest } from '#server/features/matching/matching.service.ts'
import {
  type Person,
  peopleByIds,
  type Site,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { kilometresBetween } from '#server/features/signup/signup.rules.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { SeatSilent } from '#shared/workshops/workshops.vocabulary.ts'
import { busyHours } from './workshops.busy.ts'
import {
  audienceNow,
  audited,
  type Decider,
  holdSeen,
  seatsOf,
  sessionsOf,
  type WorkshopSetting,
} from './workshops.changes.ts'
import { tellUnseated } from './workshops.mails.ts'
import { offerFreeSeats } from './workshops.offers.ts'
import * as people from './workshops.people.queries.ts'
import { inviteAudience } from './workshops.proposal.ts'
import * as queries from './workshops.queries.ts'
import { freeSeats, isToCome, seatsFor } from './workshops.rules.ts'
import * as seats from './workshops.seats.queries.ts'
import { seatRow } from './workshops.seats.ts'

/** Who would sit where; nothing is written. */
export interface DealtSeating {
  sessions: queries.SessionRow[]
  people: {
    person: Person
    /** Sessions in the order they were chosen. */
    choices: string[]
    sessionId: string | null
    /** Which of their choices it is. */
    rank: number | null
    kilometres: number | null
    /** Where they may be seated, the dearest and then the nearest first. */
    wanted: string[]
  }[]
  /** Another one whenever anything that decides has changed. */
  fingerprint: string
}

/** A waiting list nobody asked for is no longer than what one may ask for. */
const mostWaits = 3

/**
 * Deals the seats of a workshop that was proposed, or that assigns them without asking. As many people
 * as there are seats, at the least sum of squared ranks, then the least travel.
 */
export async function dealSeating(
  db: Reader,
  workshop: queries.WorkshopRow,
  silent: SeatSilent,
  now: Date,
  setting: WorkshopSetting,
): Promise<DealtSeating | Refusal> {
  if (workshop.status === 'cancelled') return refuse('workshop-cancelled')
  if (workshop.status === 'seated') return refuse('workshop-seated')
  const sessions = (await sessionsOf(db, workshop.id)).filter((one) => isToCome(one, now))
  if (sessions.length === 0) return refuse('workshop-without-sessions')
  const candidates = await candidatesOf(db, workshop, sessions, silent, setting)
  if (candidates.length === 0) return refuse('workshop-without-people')
  const sites = await sitesOfRegion(db, workshop.regionId)
  const problem = problemOf(workshop.id, sessions, candidates, sites)
  const dealt = new Map(seatBest(problem).map((seat) => [seat.personId, seat.slotId]))
  const far = distances(sites)
  const siteOf = new Map(sessions.map(({ id, siteId }) => [id, siteId]))
  return {
    sessions,
    people: candidates.map(({ person, choices, seats: wished }) => {
      const sessionId = dealt.get(person.id) ?? null
      const way = (id: string) => far(person.siteId, siteOf.get(id) ?? null)
      const index = sessionId === null ? -1 : choices.indexOf(sessionId)
      return {
        person,
        choices,
        sessionId,
        rank: index < 0 ? null : index + 1,
        kilometres: sessionId === null ? null : way(sessionId),
        wanted: wished
          .toSorted((a, b) => a.rank - b.rank || (way(a.slot) ?? 0) - (way(b.slot) ?? 0))
          .map(({ slot }) => slot),
      }
    }),
    fingerprint: createHash('sha256').update(JSON.stringify(problem)).digest('hex'),
  }
}

/** What is to be solved: it holds all that decides, and nothing else. */
function problemOf(
  seed: string,
  sessions: readonly queries.SessionRow[],
  candidates: Awaited<ReturnType<typeof candidatesOf>>,
  sites: readonly Site[],
): SeatingProblem {
  return {
    seed,
    people: candidates.map(({ person, seats: wished }) => ({
      personId: person.id,
      siteId: person.siteId,
      seats: wished,
    })),
    slots: sessions.map(({ id, seats: capacity, siteId }) => ({
      id,
      capacity,
      siteId: siteId ?? '',
    })),
    sites: sites.map(({ id, town, latitude, longitude }) => ({ id, town, latitude, longitude })),
  }
}

/** Everybody who may be seated, by id. */
async function candidatesOf(
  db: Reader,
  workshop: queries.WorkshopRow,
  sessions: queries.SessionRow[],
  silent: SeatSilent,
  setting: WorkshopSetting,
) {
  const asked = workshop.status === 'choosing'
  const invited = asked ? await people.invitedToWorkshops(db, [workshop.id]) : []
  const willing = invited.filter(({ declined }) => !declined)
  const found = asked
    ? await peopleByIds(
        db,
        willing.map(({ personId }) => personId),
      )
    : await audienceNow(db, workshop, setting)
  const present = found
    .filter(({ leftOn }) => leftOn === null)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const choicesOf = new Map(willing.map(({ personId, choices }) => [personId, choices]))
  const accountIds = present.flatMap(({ accountId }) => accountId ?? [])
  const languages = await languagesOf(db, accountIds)
  const ids = present.map(({ id }) => id)
  const busy = await busyHours(db, workshop, ids, sessions)
  return present.map((person) => {
    const choices = choicesOf.get(person.id) ?? []
    const candidate = {
      personId: person.id,
      language: languages.get(person.accountId ?? '') ?? ('fr' as const),
      choices,
      busy: busy.get(person.id) ?? [],
    }
    return { person, choices, seats: seatsFor(candidate, sessions, !asked || silent === 'seat') }
  })
}

/** Whole kilometres between two sites; null where one of them is not known. */
export function distances(
  sites: readonly { id: string; latitude: number | null; longitude: number | null }[],
) {
  const siteOf = new Map(sites.map((site) => [site.id, site]))
  const located = (id: string | null) => {
    const site = id === null ? undefined : siteOf.get(id)
    if (!site || site.latitude === null || site.longitude === null) return null
    return { latitude: site.latitude, longitude: site.longitude }
  }
  return (from: string, to: string | null): number | null => {
    if (from === to) return 0
    const [a, b] = [located(from), located(to)]
    return a && b ? Math.round(kilometresBetween(a, b)) : null
  }
}

/**
 * Publishes the seating a director was shown: seats, waiting lists and mails are written at once, or
 * nothing is. Anything that has changed since is refused with `preview-outdated`.
 */
export async function publishSeating(
  trx: Trx,
  { id, seen }: { id: string; seen: number },
  { fingerprint, silent }: { fingerprint: string; silent: SeatSilent },
  decider: Decider,
  setting: WorkshopSetting,
): Promise<undefined | Refusal> {
  const held = await holdSeen(trx, id, seen)
  if (isRefusal(held)) {
    const gone = await queries.workshopById(trx, id)
    return gone?.status === 'seated' ? refuse('workshop-seated') : held
  }
  const { now } = decider
  const dealt = await dealSeating(trx, held, silent, now, setting)
  if (isRefusal(dealt)) return dealt
  if (dealt.fingerprint !== fingerprint) return refuse('preview-outdated')
  if (held.status === 'preparing') await inviteAudience(trx, held, now, setting)
  await seats.insertSeats(trx, seatRows(held, dealt, now))
  await queries.updateWorkshop(trx, id, { status: 'seated' })
  const placed = dealt.people.filter(({ sessionId }) => sessionId !== null).length
  const withoutSeat = dealt.people.length - placed
  await audited(trx, held, 'workshops.publish', decider, { placed, withoutSeat })
  await tellLeftOut(trx, held, dealt, now, setting)
  await offerFreeSeats(trx, id, now, setting, decider.by)
  return undefined
}

function seatRows(workshop: queries.WorkshopRow, { people: dealt }: DealtSeating, now: Date) {
  return dealt.flatMap(({ person, sessionId, wanted }) =>
    sessionId === null
      ? wanted.slice(0, mostWaits).map((id) => seatRow(workshop, id, person.id, 'waiting', now))
      : [seatRow(workshop, sessionId, person.id, 'seated', now)],
  )
}

/** Who waits is told so; who said nothing hears of what is free, where anything is. */
async function tellLeftOut(
  trx: Trx,
  workshop: queries.WorkshopRow,
  { people: dealt, sessions }: DealtSeating,
  now: Date,
  setting: WorkshopSetting,
): Promise<void> {
  const all = await seatsOf(trx, workshop.id)
  const anyFree = sessions.some((session) => freeSeats(session, all) > 0)
  const without = dealt.filter(({ sessionId }) => sessionId === null)
  const waiting = new Set(without.flatMap((one) => (one.wanted.length > 0 ? one.person.id : [])))
  const silent = new Set(without.flatMap((one) => (one.wanted.length > 0 ? [] : one.person.id)))
  const invited = await people.invitedToWorkshops(trx, [workshop.id])
  const those = (ids: Set<string>) => invited.filter(({ personId }) => ids.has(personId))
  await tellUnseated(trx, workshop, those(waiting), 'waiting', now, setting.mailDomain)
  if (anyFree) await tellUnseated(trx, workshop, those(silent), 'free', now, setting.mailDomain)
}
