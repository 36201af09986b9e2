import type { PlanPicture } from '#shared/matching/matching.contract.ts'
import type { PlanReason } from '#shared/matching/matching.vocabulary.ts'
import { capKey } from './matching.rules.ts'

/** Somebody of a plan, with what a picture needs of them. */
export interface PicturedGuest {
  /** As HR's file says; empty where it does not. */
  department: string
  slotId: string | null
  rank: number | null
  reason: PlanReason
}

export interface PicturedSlot {
  id: string
  siteId: string
  roleId: string
  periodId: string
  capacity: number
}

/** More ribbons than these cross and say nothing. */
const mostDepartments = 8
/** A department with fewer of the people than this is too thin to follow with the eye. */
const leastShare = 0.02

/**
 * Counts a plan as a picture. Small departments go together where there are two or more of them.
 * @param slots what can be given, and whatever the plan gives beyond.
 * @param siteNames in the order wanted where nothing else decides.
 */
export function pictureOf(
  guests: readonly PicturedGuest[],
  slots: readonly PicturedSlot[],
  caps: readonly { siteId: string; periodId: string; capacity: number }[],
  siteNames: ReadonlyMap<string, string>,
): PlanPicture {
  const slotOf = new Map(slots.map((slot) => [slot.id, slot]))
  const groups = [...Map.groupBy(guests, ({ department }) => department)].sort(
    ([a, many], [b, others]) => others.length - many.length || (a < b ? -1 : 1),
  )
  const shown = groups.filter(
    ([, people], place) => place < mostDepartments && people.length >= leastShare * guests.length,
  )
  const folded = groups.length - shown.length >= 2 ? groups.slice(shown.length) : []
  const lines: [string | null, PicturedGuest[]][] = [
    ...(folded.length > 0 ? shown : groups),
    ...(folded.length > 0 ? [[null, folded.flatMap(([, people]) => people)] as const] : []),
  ].map(([name, people]) => [name, people])
  const roleOf = ({ slotId }: PicturedGuest) => (slotId && slotOf.get(slotId)?.roleId) || null
  return {
    departments: lines.map(([name, people]) => ({
      name,
      people: people.length,
      placed: people.filter(({ slotId }) => slotId !== null).length,
      first: people.filter(({ rank }) => rank === 1).length,
    })),
    flows: lines.flatMap(([, people], department) =>
      [...Map.groupBy(people, roleOf)].map(([roleId, those]) => ({
        department,
        roleId,
        people: those.length,
      })),
    ),
    sites: sitesOf(guests, slots, caps, siteNames),
    unplaced: [
      ...Map.groupBy(
        guests.filter(({ slotId }) => slotId === null),
        (g) => g.reason,
      ),
    ]
      .map(([reason, people]) => ({ reason, people: people.length }))
      .sort((a, b) => b.people - a.people || (a.reason < b.reason ? -1 : 1)),
  }
}

/** How full each site is, within what it can receive in each period; what needs a look first. */
function sitesOf(
  guests: readonly PicturedGuest[],
  slots: readonly PicturedSlot[],
  caps: readonly { siteId: string; periodId: string; capacity: number }[],
  siteNames: ReadonlyMap<string, string>,
): PlanPicture['sites'] {
  const visits = Map.groupBy(guests, ({ slotId }) => slotId)
  const capOf = new Map(caps.map((cap) => [capKey(cap.siteId, cap.periodId), cap.capacity]))
  return [...Map.groupBy(slots, ({ siteId }) => siteId)]
    .map(([siteId, own]) => {
      const periods = [...Map.groupBy(own, ({ periodId }) => periodId)]
      const seats = periods.map(([periodId, some]) => {
        const offered = some.reduce((sum, { capacity }) => sum + capacity, 0)
        return Math.min(offered, capOf.get(capKey(siteId, periodId)) ?? offered)
      })
      return {
        siteId,
        name: siteNames.get(siteId) ?? '',
        seats: seats.reduce((sum, some) => sum + some, 0),
        taken: own.reduce((sum, { id }) => sum + (visits.get(id)?.length ?? 0), 0),
        hosts: own.length,
        idle: own.filter(({ id }) => !visits.has(id)).length,
      }
    })
    .sort(
      (a, b) =>
        b.idle - a.idle ||
        b.seats - b.taken - (a.seats - a.taken) ||
        a.name.localeCompare(b.name, 'fr'),
    )
}
