import { DateTime } from 'luxon'
import { isWorkingDay, workingHours } from '#server/features/days/days.rules.ts'
import type { FreeSlot } from '#server/features/matching/matching.rules.ts'

/** Somebody without a place after publication. */
export interface Waiting {
  personId: string
  /** When a place they had was lost through no doing of their own; null for everybody else. */
  lostAt: Date | null
}

/**
 * The order of the waiting list: who lost a place through no doing of their own, the earliest loss
 * first, then everybody else. Equals follow the order drawn for the day, which nobody chose and no
 * early sign-up improves.
 * @param drawn personId → place in the draw.
 */
export function waitingOrder<W extends Waiting>(
  people: readonly W[],
  drawn: ReadonlyMap<string, number>,
): W[] {
  const lost = ({ lostAt }: W) => lostAt?.getTime() ?? Number.POSITIVE_INFINITY
  const place = ({ personId }: W) => drawn.get(personId) ?? 0
  return people.toSorted((a, b) => {
    const [left, right] = [lost(a), lost(b)]
    return left === right ? place(a) - place(b) : left - right
  })
}

export interface Seeker {
  personId: string
  /** Slots that answer a wish of theirs, at its rank. */
  seats: readonly { slot: string; rank: number }[]
}

/**
 * Who is offered something: each in the order of the list who can be, without anybody before them
 * going without. The set is the best the order allows and as large as there are seats: independent
 * sets of a transversal matroid, taken greedily (Edmonds 1971), by augmenting paths over slots and
 * their caps. Which seat each of them gets is settled afterwards, by rank.
 * @param groupFree places left of each cap.
 * @returns the personIds chosen, in order.
 */
export function chooseSeekers(
  seekers: readonly Seeker[],
  slots: readonly FreeSlot[],
  groupFree: ReadonlyMap<string, number>,
): string[] {
  const slotOf = new Map(slots.map((slot) => [slot.id, slot]))
  const seatsOf = new Map(seekers.map(({ personId, seats }) => [personId, seats]))
  const sitting = new Map<string, FreeSlot>()
  const inSlot = new Map<string, Set<string>>(slots.map(({ id }) => [id, new Set()]))
  const inGroup = new Map<string, Set<string>>([...groupFree.keys()].map((id) => [id, new Set()]))

  const sit = (personId: string, slot: FreeSlot) => {
    const before = sitting.get(personId)
    if (before) {
      inSlot.get(before.id)!.delete(personId)
      if (before.group) inGroup.get(before.group)!.delete(personId)
    }
    sitting.set(personId, slot)
    inSlot.get(slot.id)!.add(personId)
    if (slot.group) inGroup.get(slot.group)!.add(personId)
  }

  /** Seats somebody, letting others move on to another seat if one of them can. */
  function seat(personId: string, seen: Set<string>): boolean {
    // Asked once: somebody on their way to another seat makes no way for themselves.
    seen.add(personId)
    for (const { slot: id } of seatsOf.get(personId) ?? []) {
      const slot = slotOf.get(id)
      if (!slot || seen.has(id)) continue
      seen.add(id)
      const within = inSlot.get(id)!
      if (within.size < slot.free) {
        const { group } = slot
        if (!group || inGroup.get(group)!.size < groupFree.get(group)!) {
          sit(personId, slot)
          return true
        }
        if (seen.has(group)) continue
        seen.add(group)
        if (!makesWay(inGroup.get(group)!, seen)) continue
      } else if (!makesWay(within, seen)) continue
      sit(personId, slot)
      return true
    }
    return false
  }
  const makesWay = (people: Set<string>, seen: Set<string>) =>
    [...people].some((personId) => !seen.has(personId) && seat(personId, seen))

  return seekers.flatMap(({ personId }) => (seat(personId, new Set()) ? [personId] : []))
}

/** Answers are awaited while people are at work, not in the night. */
const { opens, closes } = workingHours
/** What arrived overnight is read first thing; an hour later somebody may have answered. */
const firstHour = 10
/** The host must still hear of it before their guest stands at the door. */
const headStartMilliseconds = 3_600_000
/** Nobody is given less than this to answer. */
const leastMilliseconds = 3_600_000

/**
 * Until when an offer made now holds: `hours` from now, or a quarter of the time left before the
 * meeting where that is less, at least an hour; then moved into working hours, Monday to Friday:
 * on to the next working morning, or back where the meeting would not leave the time.
 * @param hours what the installation gives people to think, 24 by default.
 * @returns null so close to the meeting that nobody could be asked for an answer in time.
 */
export function offerExpiry(
  now: Date,
  startsAt: Date,
  timeZone: string,
  hours: number,
): Date | null {
  const left = startsAt.getTime() - now.getTime()
  const thinking = Math.max(leastMilliseconds, Math.min(hours * 3_600_000, left / 4))
  const latest = lastMoment(startsAt)
  const wanted = onwards(new Date(now.getTime() + thinking), timeZone)
  const held = wanted <= latest ? wanted : backwards(latest, timeZone)
  return held.getTime() - now.getTime() >= leastMilliseconds ? held : null
}

const at = (local: DateTime, hour: number) => local.startOf('day').set({ hour })

function onwards(instant: Date, timeZone: string): Date {
  let local = DateTime.fromJSDate(instant, { zone: timeZone })
  if (isWorkingDay(local) && local >= at(local, opens) && local <= at(local, closes)) {
    return local.toJSDate()
  }
  if (!isWorkingDay(local) || local > at(local, closes)) {
    do local = local.plus({ days: 1 })
    while (!isWorkingDay(local))
  }
  return at(local, firstHour).toJSDate()
}

function backwards(instant: Date, timeZone: string): Date {
  let local = DateTime.fromJSDate(instant, { zone: timeZone })
  if (isWorkingDay(local) && local >= at(local, opens)) {
    return DateTime.min(local, at(local, closes)).toJSDate()
  }
  do local = local.minus({ days: 1 })
  while (!isWorkingDay(local))
  return at(local, closes).toJSDate()
}

/** The last moment at which somebody may still take a place: its host has to hear of them. */
export const lastMoment = (startsAt: Date) => new Date(startsAt.getTime() - headStartMilliseconds)

/** An offer still holds its seat: whatever a job has or has not yet done about its end. */
export const isOpenOffer = (offer: { status: string; expiresAt: Date }, now: Date) =>
  offer.status === 'pending' && now < offer.expiresAt
