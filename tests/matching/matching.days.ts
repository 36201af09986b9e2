import fc from 'fast-check'
import type { PlanInput } from '#server/features/matching/matching.problem.ts'

const at = (hour: number) => new Date(Date.UTC(2027, 4, 20, hour))
const hours = { morning: [7, 10], afternoon: [12, 15], 'whole-day': [7, 15] } as const
type PeriodId = keyof typeof hours
const periodIds = Object.keys(hours) as PeriodId[]

/** Three sites: two in one town, 7 km from the third; the fourth is far and not on the map. */
const sites = [
  { id: 'north', town: 'Pau', latitude: 43.3, longitude: -0.37 },
  { id: 'south', town: 'PAU', latitude: 43.29, longitude: -0.36 },
  { id: 'lescar', town: 'Lescar', latitude: 43.33, longitude: -0.44 },
  { id: 'gap', town: 'Gap', latitude: null, longitude: null },
]
const siteId = fc.constantFrom(...sites.map(({ id }) => id))
const roleId = fc.constantFrom('seller', 'technician')
const personIds = ['a', 'b', 'c', 'd', 'e']

const wish = fc
  .record({
    roleId: fc.option(roleId),
    periodId: fc.option(fc.constantFrom(...periodIds)),
    place: fc.constantFrom('any' as const, 'town' as const, 'near' as const, 'site' as const),
    siteId,
    radiusKm: fc.constantFrom(5, 20),
  })
  .map((drawn) => ({
    ...drawn,
    siteId: drawn.place === 'site' ? drawn.siteId : null,
    radiusKm: drawn.place === 'near' ? drawn.radiusKm : null,
  }))

const slot = (ids: string) =>
  fc.record({
    siteId,
    roleId,
    // Guests host too: their hours then keep slots from them.
    hostId: fc.constantFrom('host', 'a', 'b'),
    periodId: fc.constantFrom(...periodIds),
    capacity: fc.integer({ min: 1, max: 2 }),
    ids: fc.constant(ids),
  })

/** Small days with guests who host, caps, whole days, pins and forbids, and slots taken back. */
export const smallDay: fc.Arbitrary<PlanInput> = fc
  .record({
    guests: fc.array(
      fc.record({
        siteId,
        ownRoleId: fc.option(roleId),
        wishes: fc.array(wish, { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: personIds.length },
    ),
    slots: fc.array(slot('s'), { maxLength: 5 }),
    withdrawn: fc.array(slot('w'), { maxLength: 2 }),
    caps: fc.uniqueArray(
      fc.record({
        siteId,
        periodId: fc.constantFrom(...periodIds),
        capacity: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 3, selector: (cap) => `${cap.siteId} ${cap.periodId}` },
    ),
    forbids: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 2 }),
    pin: fc.option(fc.tuple(fc.nat(4), fc.nat(4)), { freq: 3 }),
  })
  .map(({ guests, slots, withdrawn, caps, forbids, pin }) => {
    const timed = (drawn: typeof slots) =>
      drawn.map(({ ids, ...rest }, index) => ({
        ...rest,
        id: `${ids}${index}`,
        startsAt: at(hours[rest.periodId][0]),
        endsAt: at(hours[rest.periodId][1]),
      }))
    const given = timed(slots)
    const taken = timed(withdrawn)
    return {
      seed: 'day',
      guests: guests.map((guest, index) => ({
        ...guest,
        personId: personIds[index],
        wishes: guest.wishes.map((one, rank) => ({ ...one, rank: rank + 1 })),
      })),
      slots: given,
      withdrawn: taken,
      // An accepted slot that is not released yet keeps its host's hours as well.
      hosting: [...given, ...taken],
      sites,
      caps,
      pins: [
        ...forbids.map((pair) => ({ pair, kind: 'forbid' as const })),
        ...(pin ? [{ pair: pin, kind: 'pin' as const }] : []),
      ]
        .map(({ pair: [g, s], kind }) => ({
          personId: personIds[g],
          slotId: `s${s}`,
          kind,
        }))
        .filter(
          (one, index, all) =>
            all.findIndex((o) => o.personId === one.personId && o.slotId === one.slotId) === index,
        ),
    }
  })

/** Who may sit where at which rank, told a second time in the plainest words. */
export function ranksByHand(day: PlanInput): Map<string, Map<string, number>> {
  // Told as a table, so that the formula in the product is not checked by itself.
  const kilometres: Record<string, Record<string, number>> = {
    north: { north: 0, south: 2, lescar: 7 },
    south: { north: 2, south: 0, lescar: 8 },
    lescar: { north: 7, south: 8, lescar: 0 },
    gap: { gap: 0 },
  }
  const townOf = (id: string) => (id === 'north' || id === 'south' ? 'pau' : id)
  return new Map(
    day.guests.map((guest) => {
      const ranks = new Map<string, number>()
      for (const slot of day.slots) {
        const meanwhileHosting = day.hosting.some(
          (own) =>
            own.hostId === guest.personId &&
            own.startsAt.getTime() < slot.endsAt.getTime() &&
            own.endsAt.getTime() > slot.startsAt.getTime(),
        )
        if (meanwhileHosting || slot.roleId === guest.ownRoleId) continue
        const best = guest.wishes.find((wish) => {
          if (wish.roleId !== null && wish.roleId !== slot.roleId) return false
          if (wish.periodId !== null && wish.periodId !== slot.periodId) return false
          if (wish.place === 'site') return wish.siteId === slot.siteId
          if (wish.place === 'town') return townOf(guest.siteId) === townOf(slot.siteId)
          if (wish.place === 'near')
            return (kilometres[guest.siteId][slot.siteId] ?? Infinity) <= wish.radiusKm!
          return true
        })
        if (best) ranks.set(slot.id, best.rank)
      }
      return [guest.personId, ranks]
    }),
  )
}
