import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCertificate } from '#server/features/matching/core/certificate.ts'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { planOf, slotStateOf, statsOf } from '#server/features/matching/core/solution.ts'
import { solve } from '#server/features/matching/core/solve.ts'
import {
  bruteForce,
  built,
  type Problem,
  regionProblem,
  smallProblem,
  solved,
  unevenProblem,
} from './core.instances.ts'

describe('the best plan', () => {
  it('places the most, then has the least sum of rank², as an exhaustive search does', () => {
    fc.assert(
      fc.property(smallProblem, (problem) => {
        const result = buildInstance(problem)
        const best = bruteForce(problem)
        if (!result.ok) {
          expect(best).toBeUndefined()
          return
        }
        const outcome = solve(result.instance)
        if (!outcome.ok) throw new Error('cancelled')
        const { placed, cost } = statsOf(outcome.solution)
        expect({ placed, cost }).toEqual(best)
        expect(checkCertificate(result.instance, outcome.solution)).toEqual({ ok: true })
      }),
      { numRuns: 8000 },
    )
  })

  it('does not depend on the order of any line', () => {
    fc.assert(
      fc.property(smallProblem, fc.integer(), (problem, shuffle) => {
        if (!buildInstance(problem).ok) return
        const other = shuffled(problem, shuffle)
        const [a, b] = [solved(problem), solved(other)]
        expect(planOf(b.instance, b.solution)).toEqual(planOf(a.instance, a.solution))
      }),
      { numRuns: 1500 },
    )
  })

  it('lets the seed decide between equals, not the alphabet', () => {
    const winners = new Set<string>()
    for (let i = 0; i < 60; i++) {
      const { instance, solution } = solved({
        participants: ['anna', 'bruno', 'zoe'].map((id) => ({
          id,
          wishes: [{ slot: 's', rank: 1 }],
        })),
        slots: [{ id: 's', capacity: 1 }],
        seed: `draw ${i}`,
      })
      winners.add(planOf(instance, solution).assignments[0].participant)
    }
    expect([...winners].sort()).toEqual(['anna', 'bruno', 'zoe'])
  })

  it('never trades a placement for better ranks', () => {
    const { instance, solution } = solved({
      participants: [
        {
          id: 'flexible',
          wishes: [
            { slot: 'a', rank: 1 },
            { slot: 'b', rank: 1000 },
          ],
        },
        { id: 'narrow', wishes: [{ slot: 'a', rank: 1 }] },
      ],
      slots: [
        { id: 'a', capacity: 1 },
        { id: 'b', capacity: 1 },
      ],
      seed: '',
    })
    expect(statsOf(solution)).toEqual({
      placed: 2,
      cost: 1_000_001,
      histogram: { 1: 1, 1000: 1 },
      unwished: 0,
    })
    expect(planOf(instance, solution).assignments[1].slot).toBe('a')
  })

  it('follows chains of thousands', () => {
    const length = 20_000
    const chain = Array.from({ length }, (_, i) => ({
      id: `p${i}`,
      wishes: [
        { slot: `s${i}`, rank: 1 },
        { slot: `s${i + 1}`, rank: 2 },
      ],
    }))
    const { solution } = solved({
      participants: [...chain, { id: 'last', wishes: [{ slot: 's0', rank: 1 }] }],
      slots: Array.from({ length: length + 1 }, (_, i) => ({ id: `s${i}`, capacity: 1 })),
      seed: 'chain',
    })
    expect(statsOf(solution)).toMatchObject({ placed: length + 1, cost: 1 + 4 * length })
  })

  it('comes with a proof that holds where some slots are fought over and others stay empty', () => {
    let twoSided = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 120 }),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(1, 3, 5, 1000),
        fc.integer(),
        (guests, slots, wishes, steps, seed) => {
          const problem = unevenProblem(guests, slots, wishes, steps, seed)
          const { instance, solution } = solved(problem)
          expect(checkCertificate(instance, solution)).toEqual({ ok: true })
          const inside = solution.cut.guest.filter((u) => u === 1).length
          if (inside > 0 && inside < guests) twoSided++
        },
      ),
      { numRuns: 1000 },
    )
    expect(twoSided).toBeGreaterThan(500)
  })

  it.each([
    ['scarce', 0.5],
    ['balanced', 1],
    ['ample', 2.5],
  ])('of a %s region comes with a proof that holds', (_, seatsPerGuest) => {
    const { instance, solution } = solved(regionProblem(1000, 400, seatsPerGuest))
    expect(checkCertificate(instance, solution)).toEqual({ ok: true })
    expect(statsOf(solution).placed).toBeGreaterThan(0)
  })
})

describe('a pin', () => {
  it('holds against the wishes, takes a seat and costs nothing if nobody wished it', () => {
    const { instance, solution } = solved({
      participants: [
        { id: 'pinned', wishes: [{ slot: 'a', rank: 1 }] },
        {
          id: 'other',
          wishes: [
            { slot: 'b', rank: 1 },
            { slot: 'a', rank: 2 },
          ],
        },
      ],
      slots: [
        { id: 'a', capacity: 1 },
        { id: 'b', capacity: 1 },
      ],
      pins: [{ participant: 'pinned', slot: 'b' }],
      seed: '',
    })
    expect(planOf(instance, solution)).toEqual({
      assignments: [
        { participant: 'other', slot: 'a', rank: 2 },
        { participant: 'pinned', slot: 'b', rank: null },
      ],
      unplaced: [],
    })
    expect(statsOf(solution)).toEqual({ placed: 2, cost: 4, histogram: { 2: 1 }, unwished: 1 })
  })
})

describe('a long solve', () => {
  const problem = regionProblem(600, 200, 1)

  it('reports guests settled and ends with all of them', () => {
    const seen: number[] = []
    solve(built(problem), {
      progress: (settled, total) => {
        expect(total).toBe(600)
        seen.push(settled)
      },
    })
    expect(seen.length).toBeGreaterThan(3)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(600)
  })

  it.each([0, 1, 2, 3])('stops when cancelled after %i looks', (looks) => {
    let left = looks
    expect(solve(built(problem), { cancelled: () => left-- <= 0 })).toEqual({
      ok: false,
      code: 'cancelled',
    })
  })
})

it('says of each slot what stands in the way of one more guest', () => {
  const { instance, solution } = solved({
    participants: ['p1', 'p2'].map((id) => ({
      id,
      wishes: ['full', 'grouped', 'shut', 'capped'].map((slot) => ({ slot, rank: 1 })),
    })),
    slots: [
      { id: 'full', capacity: 1 },
      { id: 'grouped', capacity: 1, group: 'g' },
      { id: 'capped', capacity: 1, group: 'g' },
      { id: 'shut', capacity: 0 },
      { id: 'free', capacity: 4 },
    ],
    groups: [{ id: 'g', capacity: 1 }],
    pins: [{ participant: 'p1', slot: 'grouped' }],
    seed: '',
  })
  const states = Object.fromEntries(
    instance.slotIds.map((id, s) => [id, slotStateOf(instance, solution, s)]),
  )
  expect(states).toEqual({
    full: 'slot_full',
    grouped: 'slot_full',
    capped: 'group_full',
    shut: 'slot_closed',
    free: 'open',
  })
})

function shuffled(problem: Problem, seed: number): Problem {
  let state = seed | 1
  const mixed = <T>(items: readonly T[]): T[] => {
    const keyed = items.map((item) => {
      state = Math.imul(state, 48_271)
      return { item, key: state }
    })
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
  }
  return {
    ...problem,
    participants: mixed(problem.participants).map(({ id, wishes }) => ({
      id,
      wishes: mixed(wishes),
    })),
    slots: mixed(problem.slots),
    groups: mixed(problem.groups),
    pins: mixed(problem.pins),
    forbids: mixed(problem.forbids),
  }
}
