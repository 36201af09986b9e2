import { timeZoneOf } from '#server/features/accounts/accounts.service.ts'
import { drawnOrder, seatFairly } from '#server/features/matching/matching.service.ts'
import { chooseSeekers, offerExpiry } from '#server/features/waiting/waiting.rules.ts'
import { addJob, type Trx } from '#server/platform/postgres/database.ts'
import { afterChange, seatsOf, sessionsOf, type WorkshopSetting } from './workshops.changes.ts'
import { tellOffered } from './workshops.mails.ts'
import * as people from './workshops.people.queries.ts'
import * as queries from './workshops.queries.ts'
import {
  firstOfEach,
  freeSeats,
  isKept,
  isLive,
  isToCome,
  workshopWaitingOrder,
} from './workshops.rules.ts'
import * as seats from './workshops.seats.queries.ts'

/** Below every choice: who waits for a session without having chosen it takes what there is. */
const rankOfOthers = 4

/**
 * Lets the seats of a workshop follow what has just happened: offers whose time is over end, what is
 * free is offered to whoever waits, in order, and calendars and screens follow. It reads how things
 * stand, so it can be called after anything and called again; until the seating is published it only
 * tells who looks. The caller is in the transaction of the change.
 * @param by the director whose press wrote to many at once.
 */
export async function offerFreeSeats(
  trx: Trx,
  workshopId: string,
  now: Date,
  setting: WorkshopSetting,
  by: string | null = null,
): Promise<void> {
  const workshop = await queries.lockWorkshop(trx, workshopId)
  if (!workshop) return
  if (workshop.status === 'seated') {
    await endOffersOver(trx, workshopId, now)
    await makeOffers(trx, workshop, now, setting)
  }
  await afterChange(trx, workshop, now, setting, by)
}

async function endOffersOver(trx: Trx, workshopId: string, now: Date): Promise<void> {
  const over = (await seatsOf(trx, workshopId)).filter(
    ({ state, offeredUntil }) => state === 'offered' && offeredUntil! <= now,
  )
  await seats.endSeats(
    trx,
    over.map(({ id }) => id),
  )
}

async function makeOffers(
  trx: Trx,
  workshop: queries.WorkshopRow,
  now: Date,
  setting: WorkshopSetting,
): Promise<void> {
  const all = await seatsOf(trx, workshop.id)
  const sessions = await sessionsOf(trx, workshop.id)
  const open = await offerable(trx, workshop, sessions, all, now, setting)
  if (open.length === 0) return
  const sessionOf = new Map(sessions.map((session) => [session.id, session]))
  const kept = all.filter((seat) => isKept(seat, sessionOf.get(seat.sessionId), now))
  const seekers = await seekersOf(trx, workshop, all, kept)
  const chosen = new Set(chooseSeekers(seekers, open, new Map()))
  const lucky = seekers.filter(({ personId }) => chosen.has(personId))
  const offered = seatFairly(lucky, open, new Map(), workshop.id).map(({ personId, slotId }) => {
    const isTheirs = (seat: seats.SeatRow) =>
      seat.personId === personId && seat.sessionId === slotId
    const seat = all.find((one) => one.state === 'waiting' && isTheirs(one))!
    return { ...seat, offeredUntil: open.find(({ id }) => id === slotId)!.until }
  })
  await holdOffered(trx, offered, all)
  await tellOffered(trx, workshop, offered, now, setting.mailDomain)
}

/** Sessions with free seats, as far as somebody could still answer in time, and until when they may. */
async function offerable(
  trx: Trx,
  { regionId }: queries.WorkshopRow,
  sessions: readonly queries.SessionRow[],
  all: readonly seats.SeatRow[],
  now: Date,
  { offerHours }: WorkshopSetting,
) {
  const timeZone = await timeZoneOf(trx, regionId)
  return sessions.flatMap((session) => {
    const free = isToCome(session, now) ? freeSeats(session, all) : 0
    const until = offerExpiry(now, session.startsAt, timeZone, offerHours)
    return free === 0 || !until ? [] : [{ id: session.id, free, group: null, until }]
  })
}

/** Holds the seats; one that was missed in a session that is over makes room for the new one. */
async function holdOffered(
  trx: Trx,
  offered: readonly (seats.SeatRow & { offeredUntil: Date })[],
  all: readonly seats.SeatRow[],
): Promise<void> {
  const lucky = new Set(offered.map(({ personId }) => personId))
  const missed = all.filter((seat) => isLive(seat) && lucky.has(seat.personId))
  await seats.endSeats(
    trx,
    missed.map(({ id }) => id),
  )
  for (const seat of offered) await offerUntil(trx, seat)
}

/** Holds a seat for its person until then, and comes back at that moment. */
async function offerUntil(
  trx: Trx,
  { id, workshopId, offeredUntil: runAt }: seats.SeatRow & { offeredUntil: Date },
): Promise<void> {
  await seats.updateSeats(trx, [id], { state: 'offered', offered_until: runAt })
  const key = `workshop-offer:${id}`
  await addJob(trx, 'expire-workshop-offers', { workshopId }, { key, runAt })
}

/**
 * A session has another hour or place: whoever is offered a seat in it is asked anew with what holds
 * now, as long as was promised but not past its beginning.
 */
export async function tellMovedOffers(
  trx: Trx,
  workshop: queries.WorkshopRow,
  session: { before: queries.SessionRow; now: queries.SessionRow },
  now: Date,
  { mailDomain }: WorkshopSetting,
): Promise<void> {
  const { startsAt } = session.now
  if (isSameMeeting(session.before, session.now)) return
  const offered = (await seatsOf(trx, workshop.id)).flatMap((seat) =>
    seat.sessionId === session.now.id && seat.state === 'offered' && seat.offeredUntil! > now
      ? [{ ...seat, offeredUntil: seat.offeredUntil! < startsAt ? seat.offeredUntil! : startsAt }]
      : [],
  )
  for (const seat of offered) await offerUntil(trx, seat)
  await tellOffered(trx, workshop, offered, now, mailDomain)
}

const isSameMeeting = (one: queries.SessionRow, other: queries.SessionRow): boolean =>
  one.startsAt.getTime() === other.startsAt.getTime() &&
  one.endsAt.getTime() === other.endsAt.getTime() &&
  one.siteId === other.siteId &&
  one.place === other.place

/** Who waits and has no seat, in the order of the list, with what they wait for. */
async function seekersOf(
  trx: Trx,
  workshop: queries.WorkshopRow,
  all: readonly seats.SeatRow[],
  kept: readonly seats.SeatRow[],
) {
  const holding = new Set(kept.map(({ personId }) => personId))
  const invited = await people.invitedToWorkshops(trx, [workshop.id])
  const choicesOf = new Map(invited.map(({ personId, choices }) => [personId, choices]))
  const waiting = all.filter(({ state, personId }) => state === 'waiting' && !holding.has(personId))
  const ids = [...new Set(waiting.map(({ personId }) => personId))]
  const ordered = workshopWaitingOrder(waiting, drawnOrder(workshop.id, ids))
  return firstOfEach(ordered).map(({ personId }) => ({
    personId,
    seats: waiting
      .filter((seat) => seat.personId === personId)
      .map(({ sessionId }) => {
        const index = choicesOf.get(personId)?.indexOf(sessionId) ?? -1
        return { slot: sessionId, rank: index < 0 ? rankOfOthers : index + 1 }
      }),
  }))
}
