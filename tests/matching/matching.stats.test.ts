import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePlan } from '#server/features/matching/matching.plan.ts'
import type { PlanInput } from '#server/features/matching/matching.problem.ts'
import { comparedObjectives } from '#shared/matching/matching.vocabulary.ts'
import { smallDay } from './matching.days.ts'

const noClock = () => 0

function planned(day: PlanInput) {
  const outcome = makePlan(day, noClock)
  return outcome.ok ? outcome : undefined
}

const pau = { id: 'pau', town: 'Pau', latitude: 43.3, longitude: -0.37 }
const lescar = { id: 'lescar', town: 'Lescar', latitude: 43.33, longitude: -0.44 }
const bayonne = { id: 'bayonne', town: 'Bayonne', latitude: 43.49, longitude: -1.47 }
const unmapped = { id: 'unmapped', town: 'Gap', latitude: null, longitude: null }
const anything = {
  roleId: null,
  periodId: null,
  place: 'any' as const,
  siteId: null,
  radiusKm: null,
}

/** Guests from Pau who would go anywhere, and one host with one place at each site given. */
function openDay(guests: string[], sites: string[]): PlanInput {
  return {
    seed: 'day',
    guests: guests.map((personId) => ({
      personId,
      siteId: 'pau',
      ownRoleId: null,
      wishes: [{ ...anything, rank: 1 }],
    })),
    slots: sites.map((siteId, i) => ({
      id: `s${i}`,
      siteId,
      roleId: 'seller',
      hostId: `h${i}`,
      periodId: 'morning',
      startsAt: new Date('2027-05-20T07:00:00Z'),
      endsAt: new Date('2027-05-20T10:00:00Z'),
      capacity: 1,
    })),
    withdrawn: [],
    hosting: [],
    sites: [pau, lescar, bayonne, unmapped],
    caps: [],
    pins: [],
  }
}

describe('travel', () => {
  it('is no longer than it must be, and told in whole kilometres', () => {
    const plan = planned(openDay(['a', 'b'], ['bayonne', 'lescar', 'bayonne', 'pau']))!
    expect(plan.guests.map(({ slotId }) => slotId).sort()).toEqual(['s1', 's3'])
    expect(plan.stats.travelKm).toBe(7)
  })

  it('neither seeks nor shuns a site without coordinates, and tells no kilometres for it', () => {
    // The mean way between the three sites on the map lies between 7 and 93 kilometres.
    const near = planned(openDay(['a'], ['unmapped', 'lescar']))!
    expect(near.guests[0].slotId).toBe('s1')
    const far = planned(openDay(['a'], ['bayonne', 'unmapped']))!
    expect(far.guests[0].slotId).toBe('s1')
    expect(far.stats.travelKm).toBe(0)
  })
})

describe('services', () => {
  it('meet where neither rank nor travel suffers', () => {
    const day = openDay(['a', 'b', 'c', 'd'], ['lescar', 'lescar'])
    for (const slot of day.slots) slot.capacity = 2
    const services = ['a', 'b', 'c', 'd', 'h0', 'h1'].map((personId, i) => ({
      personId,
      service: [0, 0, 1, 1, 0, 1][i],
    }))
    const { mixing } = planned({ ...day, services })!.stats
    expect(mixing!.after).toBe(4)
    expect(mixing!.before).toBeLessThanOrEqual(4)
    expect(planned(day)!.stats.mixing).toBeUndefined()
  })
})

describe('the comparison', () => {
  it('deals the same day four ways, and none places more than the fair one', () => {
    fc.assert(
      fc.property(
        smallDay,
        fc.constantFrom('fair' as const, 'rank-maximal' as const),
        (day, objective) => {
          const plan = planned({ ...day, objective })
          if (!plan) return
          const { comparison, ...stats } = plan.stats
          expect(comparison!.map((one) => one.objective)).toEqual(comparedObjectives)
          const own = comparison!.find((one) => one.objective === objective)!
          expect(stats).toMatchObject({
            placed: own.placed,
            byRank: own.byRank,
            travelKm: own.travelKm,
          })
          const [fair, rankMaximal] = comparison!
          for (const { placed, unplaced, byRank } of comparison!) {
            expect(placed + unplaced).toBeCloseTo(day.guests.length)
            expect(placed).toBeLessThanOrEqual(fair.placed)
            expect(byRank[0]).toBeLessThanOrEqual(rankMaximal.byRank[0])
          }
        },
      ),
      { numRuns: 600 },
    )
  })

  it('serves first who signed up first', () => {
    const day = openDay(['a', 'b'], ['pau'])
    day.guests[0].wishes = [{ ...anything, place: 'site', siteId: 'pau', rank: 1 }]
    day.guests[1].wishes = [
      { ...anything, periodId: 'evening', rank: 1 },
      { ...anything, rank: 2 },
    ]
    const byRank = (arrival: string[]) =>
      planned({ ...day, arrival })!.stats.comparison!.find((one) => one.objective === 'first-come')!
        .byRank
    expect(byRank(['a', 'b'])).toEqual([1, 0, 0, 0, 0])
    expect(byRank(['b', 'a'])).toEqual([0, 1, 0, 0, 0])
  })
})

describe('the price of each choice by hand', () => {
  it('is the difference to the plan without it', () => {
    let prices = 0
    fc.assert(
      fc.property(
        smallDay,
        fc.constantFrom('fair' as const, 'rank-maximal' as const),
        (day, objective) => {
          const plan = planned({ ...day, objective })
          if (!plan) return
          const squares = (byRank: number[]) =>
            byRank.reduce((sum, people, i) => sum + people * (i + 1) ** 2, 0)
          const kept = plan.stats.pinCosts!
          expect(kept.length).toBeLessThanOrEqual(day.pins.length - plan.stats.pinsIgnored)
          for (const { personId, slotId, kind, placed, cost, byRank } of kept) {
            prices++
            const pins = day.pins.filter(
              (one) => one.personId !== personId || one.slotId !== slotId || one.kind !== kind,
            )
            const other = planned({ ...day, objective, pins })!.stats
            expect(placed).toBe(other.placed - plan.stats.placed)
            expect(cost).toBe(squares(other.byRank) - squares(plan.stats.byRank))
            expect(byRank).toEqual(other.byRank)
          }
        },
      ),
      { numRuns: 400 },
    )
    expect(prices).toBeGreaterThan(80)
  })
})
