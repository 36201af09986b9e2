import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPlan } from '#server/features/matching/core/certificate.ts'
import { buildInstance, type Instance } from '#server/features/matching/core/instance.ts'
import { takeTurns } from '#server/features/matching/core/objectives/baselines.ts'
import {
  type Objective,
  type ObjectiveOptions,
  objectiveNames,
  solveFor,
} from '#server/features/matching/core/objectives/objectives.ts'
import { rankMaximal } from '#server/features/matching/core/objectives/rank-maximal.ts'
import { planOf, statsOf } from '#server/features/matching/core/solution.ts'
import { isOnRankMaximalFace, rankMaximalFace } from '#server/features/matching/core/ties/face.ts'
import { everySeating } from './core.everything.ts'
import {
  built,
  type Problem,
  regionProblem,
  smallProblem,
  solved,
  unevenProblem,
} from './core.instances.ts'

function seatsFor(objective: Objective, instance: Instance, options?: ObjectiveOptions) {
  const result = solveFor(objective, instance, options)
  if (!result.ok) throw new Error('cancelled')
  return result.solution
}

describe('every objective', () => {
  it('keeps capacities, groups, pins and forbids', () => {
    fc.assert(
      fc.property(smallProblem, fc.constantFrom(...objectiveNames), (problem, objective) => {
        const result = buildInstance(problem)
        if (!result.ok) return
        const seats = seatsFor(objective, result.instance, { draw: 'x' })
        expect(checkPlan(result.instance, seats)).toBeUndefined()
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(objectiveNames)('stops when asked to: %s', (objective) => {
    const instance = built(regionProblem(300, 100, 1))
    expect(solveFor(objective, instance, { cancelled: () => true })).toEqual({
      ok: false,
      code: 'cancelled',
    })
  })

  it('places the most under `fair`, and never as many first wishes as under `rank-maximal`', () => {
    const instance = built(unevenProblem(600, 200, 8, 5, 1))
    const stats = new Map(
      objectiveNames.map((name) => [name, statsOf(seatsFor(name, instance, { draw: 'one' }))]),
    )
    for (const name of objectiveNames) {
      const { placed, histogram } = stats.get(name)!
      expect(placed).toBeLessThanOrEqual(stats.get('fair')!.placed)
      expect(histogram[1]).toBeLessThanOrEqual(stats.get('rank-maximal')!.histogram[1])
    }
    expect(stats.get('random-order')!.placed).toBeLessThan(stats.get('fair')!.placed)
  })
})

describe('rank-maximal', () => {
  const ranks = [1, 2, 3, 4, 5, 1000]
  const signature = (histogram: Record<number, number>) => ranks.map((r) => histogram[r] ?? 0)

  /** The counts of each rank, as the objective finds them and as trying everything does. */
  function signatures(problem: Problem) {
    let best: number[] = []
    for (const seats of everySeating(problem)) {
      const found = signature(statsOf(seats).histogram)
      if (best.length === 0 || above(found, best)) best = found
    }
    const { histogram } = statsOf(seatsFor('rank-maximal', built(problem)))
    return { found: signature(histogram), best }
  }

  it.each([
    ['as problems come', smallProblem, 3_000],
    ['where every slot shares one group', smallProblem.map(crowded), 6_000],
  ])(
    'has the most first wishes, then the most second, as trying everything does, %s',
    (_, problems, numRuns) => {
      let withPlaces = 0
      fc.assert(
        fc.property(problems, (problem) => {
          if (!buildInstance(problem).ok) return
          const { found, best } = signatures(problem)
          expect(found).toEqual(best)
          if (best.some((count) => count > 0)) withPlaces++
        }),
        { numRuns },
      )
      expect(withPlaces).toBeGreaterThan(numRuns / 5)
    },
  )

  it('keeps a slot full for its first wishes when a later wish would use the seat of its group', () => {
    const both = [
      { slot: 'wanted', rank: 1 },
      { slot: 'elsewhere', rank: 3 },
    ]
    const problem: Problem = {
      participants: [
        { id: 'a', wishes: both },
        { id: 'b', wishes: both },
        { id: 'c', wishes: [{ slot: 'beside', rank: 1000 }] },
      ],
      slots: [
        { id: 'wanted', capacity: 1, group: 'g' },
        { id: 'beside', capacity: 1, group: 'g' },
        { id: 'elsewhere', capacity: 9 },
      ],
      groups: [{ id: 'g', capacity: 1 }],
      pins: [],
      forbids: [],
      seed: 'a',
    }
    expect(statsOf(seatsFor('rank-maximal', built(problem))).histogram).toEqual({ 1: 1, 3: 1 })
  })

  it('comes with a proof that holds where some slots are fought over and others stay empty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 120 }),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(2, 5, 40),
        fc.integer(),
        (guests, slots, wishes, steps, seed) => {
          const instance = built(unevenProblem(guests, slots, wishes, steps, seed))
          const found = rankMaximal(instance)
          if (!found.ok) throw new Error('cancelled')
          const face = rankMaximalFace(instance, found.proof)!
          expect(isOnRankMaximalFace(instance, face, found.solution)).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('does not depend on the order of any line', () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        if (!buildInstance(problem).ok) return
        const other: Problem = {
          ...problem,
          participants: problem.participants.toReversed(),
          slots: problem.slots.toReversed(),
          groups: problem.groups.toReversed(),
        }
        const [a, b] = [built(problem), built(other)]
        expect(planOf(b, seatsFor('rank-maximal', b))).toEqual(
          planOf(a, seatsFor('rank-maximal', a)),
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it('gives up a placement for one more first wish', () => {
    const instance = built({
      participants: [
        { id: 'a', wishes: [{ slot: 's', rank: 2 }] },
        {
          id: 'b',
          wishes: [
            { slot: 's', rank: 1 },
            { slot: 't', rank: 2 },
          ],
        },
      ],
      slots: [
        { id: 's', capacity: 1 },
        { id: 't', capacity: 1 },
      ],
      seed: '',
    })
    expect(statsOf(seatsFor('rank-maximal', instance)).histogram).toEqual({ 1: 1 })
    expect(statsOf(seatsFor('fair', instance)).histogram).toEqual({ 2: 2 })
  })
})

/** The same problem with most slots in one group of one or two seats. */
function crowded(problem: Problem): Problem {
  const slots = problem.slots.map((slot, s) => ({ ...slot, group: s % 4 === 3 ? null : 'all' }))
  return { ...problem, slots, groups: [{ id: 'all', capacity: 1 + (slots.length % 2) }] }
}

/** Whether one list of counts is above another at the first place where they differ. */
function above(a: number[], b: number[]): boolean {
  const i = a.findIndex((count, k) => count !== b[k])
  return i >= 0 && a[i] > b[i]
}

describe('taking turns', () => {
  const problem: Problem = {
    participants: ['early', 'late', 'last'].map((id) => ({
      id,
      wishes: [
        { slot: 'best', rank: 1 },
        { slot: 'far', rank: 2 },
        { slot: 'near', rank: 2 },
      ],
    })),
    slots: ['best', 'far', 'near'].map((id) => ({ id, capacity: 1 })),
    groups: [],
    pins: [],
    forbids: [],
    seed: 'turns',
  }
  const instance = built(problem)
  const slotOf = (options: ObjectiveOptions) => {
    const { assignments } = planOf(instance, seatsFor('first-come', instance, options))
    return Object.fromEntries(assignments.map(({ participant, slot }) => [participant, slot]))
  }

  it('serves whoever came first, and sends people no further than they must go', () => {
    const travel = (_: number, s: number) => (instance.slotIds[s] === 'far' ? 300 : 5)
    expect(slotOf({ arrival: ['early', 'late', 'last'], travel })).toEqual({
      early: 'best',
      late: 'near',
      last: 'far',
    })
  })

  it('lets whoever has no arrival come last', () => {
    expect(slotOf({ arrival: ['last'] })).toMatchObject({ last: 'best' })
  })

  it('draws another order with another draw', () => {
    const winners = Array.from({ length: 40 }, (_, i) => {
      const { slotOf } = seatsFor('random-order', instance, { draw: `${i}` })
      return instance.guestIds[slotOf.indexOf(instance.slotIds.indexOf('best'))]
    })
    expect(new Set(winners)).toEqual(new Set(['early', 'late', 'last']))
  })

  it('leaves nobody unplaced beside a free wish', () => {
    const region = built(regionProblem(300, 100, 1))
    const { slotOf, slotLoad, groupLoad } = takeTurns(region, region.guestIds.keys())
    for (const [u, s] of slotOf.entries()) {
      if (s >= 0) continue
      for (const wished of region.arcSlot.subarray(
        region.guestStart[u],
        region.guestStart[u + 1],
      )) {
        const g = region.slotGroup[wished]
        const full =
          slotLoad[wished] >= region.slotCapacity[wished] || groupLoad[g] >= region.groupCapacity[g]
        expect(full).toBe(true)
      }
    }
  })

  it('comes after the director’s hand', () => {
    const pinned = { ...problem, pins: [{ participant: 'last', slot: 'best' }] }
    expect(planOf(built(pinned), solvedFirstCome(pinned)).assignments).toContainEqual({
      participant: 'last',
      slot: 'best',
      rank: 1,
    })
    expect(statsOf(solved(pinned).solution).placed).toBe(3)
  })
  const solvedFirstCome = (one: Problem) =>
    seatsFor('first-come', built(one), { arrival: ['early'] })
})
