import type { Day } from '#server/features/days/days.service.ts'
import { type FreeSlot, freeSeats } from '#server/features/matching/matching.rules.ts'
import {
  activePlacements,
  type PlanInput,
  planInputOf,
  wishersOf,
} from '#server/features/matching/matching.service.ts'
import {
  expandWishes,
  kilometresBetween,
  mayShadow,
  type Wisher,
} from '#server/features/signup/signup.rules.ts'
import { slotsOfDay } from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import * as queries from './waiting.queries.ts'
import { lastMoment } from './waiting.rules.ts'

/** The seats of a published day as the waiting list sees them. */
export interface DaySeats {
  /** What is neither given nor held by an offer. */
  open: FreeSlot[]
  groupFree: Map<string, number>
  wisherOf(personId: string): Wisher | undefined
  /** The open slots that answer a guest's wishes; what the director keeps them from is left out. */
  wished(personId: string): { slot: string; rank: number }[]
}

/**
 * Reads what is free, counting offers as taken.
 * @param input what `planInputOf` reads now.
 * @param pending offers that hold a seat.
 */
export async function readSeats(
  db: Reader,
  day: Day,
  input: PlanInput,
  pending: readonly { slotId: string }[],
): Promise<DaySeats> {
  const slotOf = new Map((await slotsOfDay(db, day.id)).map((slot) => [slot.id, slot]))
  const held = [...(await activePlacements(db, day.id)), ...pending]
  const taken = held.flatMap(({ slotId }) => slotOf.get(slotId) ?? [])
  const { slots: open, groupFree } = freeSeats(input.slots, input.caps, taken)

  const openIds = new Set(open.map(({ id }) => id))
  const openSlots = input.slots.filter(({ id }) => openIds.has(id))
  const sites = new Map(input.sites.map((site) => [site.id, site]))
  const wishers = wishersOf(input)
  const guests = new Map(input.guests.map((guest) => [guest.personId, guest]))
  const kept = keptApart(input)
  return {
    open,
    groupFree,
    wisherOf: (personId) => wishers.get(personId),
    wished(personId) {
      const wisher = wishers.get(personId)
      const wishes = guests.get(personId)?.wishes
      if (!wisher || !wishes) return []
      return expandWishes(wishes, wisher, openSlots, sites).filter(
        ({ slot }) => !kept.has(`${personId} ${slot}`),
      )
    },
  }
}

const keptApart = ({ pins }: PlanInput) =>
  new Set(
    pins.flatMap(({ personId, slotId, kind }) =>
      kind === 'forbid' ? [`${personId} ${slotId}`] : [],
    ),
  )

/**
 * The seats somebody may simply take: never their own role nor while they host, nor what the
 * director keeps from them. Whatever the list asked for has been offered by then, so that the first
 * to come may have the rest. What answers their wishes first, then the nearest.
 */
export async function freeForGuest(
  db: Reader,
  day: Day,
  personId: string,
  now: Date,
): Promise<{ slotId: string; rank: number | null }[]> {
  const pending = await queries.pendingOffers(db, day.id)
  const input = await planInputOf(db, day)
  const { open, wisherOf, wished } = await readSeats(db, day, input, pending)
  const wisher = wisherOf(personId)
  if (!wisher) return []
  const openIds = new Set(open.map(({ id }) => id))
  const kept = keptApart(input)
  const ranks = new Map(wished(personId).map(({ slot, rank }) => [slot, rank]))
  const siteOf = new Map(input.sites.map((site) => [site.id, site]))
  const distance = (siteId: string) => {
    const [home, site] = [siteOf.get(wisher.siteId), siteOf.get(siteId)]
    if (siteId === wisher.siteId) return 0
    if (!located(home) || !located(site)) return Number.POSITIVE_INFINITY
    return kilometresBetween(home, site)
  }
  return input.slots
    .filter(
      (slot) =>
        openIds.has(slot.id) &&
        mayShadow(wisher, slot) &&
        !kept.has(`${personId} ${slot.id}`) &&
        now < lastMoment(slot.startsAt),
    )
    .map((slot) => ({
      slotId: slot.id,
      rank: ranks.get(slot.id) ?? null,
      far: distance(slot.siteId),
    }))
    .sort(
      (a, b) => (a.rank ?? 9) - (b.rank ?? 9) || a.far - b.far || (a.slotId < b.slotId ? -1 : 1),
    )
    .map(({ slotId, rank }) => ({ slotId, rank }))
}

type Located = { latitude: number; longitude: number }
const located = (
  site: { latitude: number | null; longitude: number | null } | undefined,
): site is Located => site !== undefined && site.latitude !== null && site.longitude !== null
