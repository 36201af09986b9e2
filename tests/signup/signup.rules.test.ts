import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  expandWishes,
  kilometresBetween,
  type PlacedSite,
  type RankedWish,
  repeatsItself,
  signUpRefusal,
  slotsForWish,
  type Wish,
  type WishedSlot,
  type Wisher,
} from '#server/features/signup/signup.rules.ts'

const bordeaux = { id: 'bordeaux', town: 'Bordeaux', latitude: 44.8378, longitude: -0.5792 }
const merignac = { id: 'merignac', town: 'Mérignac', latitude: 44.8424, longitude: -0.6488 }
const dax = { id: 'dax', town: 'Dax', latitude: 43.7102, longitude: -1.0536 }
const bordeauxToo = { id: 'bordeaux-2', town: 'BORDEAUX', latitude: null, longitude: null }
const sites = new Map<string, PlacedSite>(
  [bordeaux, merignac, dax, bordeauxToo].map((site) => [site.id, site]),
)

const at = (hour: number) => new Date(Date.UTC(2027, 4, 20, hour))
const hours = { morning: [7, 10], afternoon: [12, 15], 'whole-day': [7, 15] } as const
function slot(
  id: string,
  siteId: string,
  periodId: keyof typeof hours = 'morning',
  roleId = 'seller',
): WishedSlot {
  const [from, to] = hours[periodId]
  return { id, siteId, roleId, hostId: `host-${id}`, periodId, startsAt: at(from), endsAt: at(to) }
}
const any: Wish = { roleId: null, periodId: null, place: 'any', siteId: null, radiusKm: null }
const ann: Wisher = { personId: 'ann', siteId: 'bordeaux', ownRoleId: null, hosting: [] }
const ids = (wish: Wish, slots: WishedSlot[], wisher = ann) =>
  slotsForWish(wish, wisher, slots, sites).map(({ id }) => id)

describe('a wish', () => {
  const everywhere = [
    slot('b', 'bordeaux'),
    slot('b2', 'bordeaux-2', 'afternoon'),
    slot('m', 'merignac', 'whole-day'),
    slot('d', 'dax', 'morning', 'technician'),
  ]

  it('for anything fits every slot, the whole day included', () => {
    expect(ids(any, everywhere)).toEqual(['b', 'b2', 'm', 'd'])
  })

  it('for a half day does not fit the whole day: that is a period of its own', () => {
    expect(ids({ ...any, periodId: 'morning' }, everywhere)).toEqual(['b', 'd'])
    expect(ids({ ...any, periodId: 'whole-day' }, everywhere)).toEqual(['m'])
  })

  it('for my town reads its name as people write it', () => {
    expect(ids({ ...any, place: 'town' }, everywhere)).toEqual(['b', 'b2'])
  })

  it('for a distance measures from my site', () => {
    expect(kilometresBetween(bordeaux, dax)).toBeCloseTo(131, 0)
    expect(ids({ ...any, place: 'near', radiusKm: 10 }, everywhere)).toEqual(['b', 'b2', 'm'])
    expect(ids({ ...any, place: 'near', radiusKm: 5 }, everywhere)).toEqual(['b', 'b2'])
    expect(ids({ ...any, place: 'near', radiusKm: 132 }, everywhere)).toContain('d')
  })

  it('for one site fits that site only', () => {
    expect(ids({ ...any, place: 'site', siteId: 'dax' }, everywhere)).toEqual(['d'])
  })

  it('never reaches my own role', () => {
    expect(ids(any, everywhere, { ...ann, ownRoleId: 'seller' })).toEqual(['d'])
  })

  it('never reaches hours during which I host, though it may begin when I have finished', () => {
    const hosting = [{ startsAt: at(7), endsAt: at(12) }]
    expect(ids(any, everywhere, { ...ann, hosting })).toEqual(['b2'])
  })

  it('is refused when asked twice, whatever its rank', () => {
    expect(repeatsItself([any, { ...any, place: 'town' }])).toBe(false)
    expect(repeatsItself([any, { ...any, place: 'town' }, { ...any }])).toBe(true)
  })
})

const wishArbitrary: fc.Arbitrary<Wish> = fc.record({
  roleId: fc.constantFrom(null, 'seller', 'technician'),
  periodId: fc.constantFrom(null, 'morning', 'afternoon', 'whole-day'),
  place: fc.constantFrom('any' as const, 'town' as const),
  siteId: fc.constant(null),
  radiusKm: fc.constant(null),
})
const slotArbitrary = fc
  .tuple(
    fc.constantFrom('bordeaux', 'bordeaux-2', 'merignac', 'dax'),
    fc.constantFrom('morning' as const, 'afternoon' as const, 'whole-day' as const),
    fc.constantFrom('seller', 'technician'),
  )
  .map(([siteId, periodId, roleId]) => ({ siteId, periodId, roleId }))

describe('wishes together', () => {
  it('count a slot once, at the lowest rank that reaches it, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(wishArbitrary, { maxLength: 5 }),
        fc.array(slotArbitrary, { maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (wishes, drawn, stream) => {
          const slots = drawn.map((s, i) => slot(`s${i}`, s.siteId, s.periodId, s.roleId))
          const ranked: RankedWish[] = wishes.map((wish, i) => ({ ...wish, rank: i + 1 }))
          const shuffled = ranked
            .map((wish) => ({ wish, key: stream.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ wish }) => wish)
          const expanded = new Map(
            expandWishes(shuffled, ann, slots, sites).map(({ slot, rank }) => [slot, rank]),
          )
          for (const { id } of slots) {
            const reaching = ranked.filter((wish) => ids(wish, slots).includes(id))
            expect(expanded.get(id)).toBe(reaching[0]?.rank)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('handing in', () => {
  const day = {
    signUpOpenedAt: at(1),
    signUpClosedAt: null,
    signUpClosesAt: at(9),
    cancelledAt: null,
  }
  it('is possible from the opening to the deadline, its last instant included', () => {
    expect(signUpRefusal({ ...day, signUpOpenedAt: null }, at(5))).toBe('sign-up-not-open')
    expect(signUpRefusal(day, at(9))).toBeUndefined()
    expect(signUpRefusal(day, new Date(at(9).getTime() + 1))).toBe('sign-up-closed')
    expect(signUpRefusal({ ...day, signUpClosedAt: at(4) }, at(5))).toBe('sign-up-closed')
    expect(signUpRefusal({ ...day, cancelledAt: at(4) }, at(5))).toBe('day-cancelled')
  })
})
