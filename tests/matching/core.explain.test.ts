import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Grant, grantCosts } from '#server/features/matching/core/explain.ts'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { statsOf } from '#server/features/matching/core/solution.ts'
import { bruteForce, type Problem, smallProblem, solved } from './core.instances.ts'

/** A guest, and some of the slots they wish, at the rank they wish them. */
function grantsOf(problem: Problem): { id: string; slots: Map<string, number> }[] {
  return problem.participants.flatMap(({ id, wishes }) => {
    if (problem.pins.some((pin) => pin.participant === id)) return []
    const slots = new Map<string, number>()
    for (const { slot, rank } of wishes) {
      if (problem.forbids.some((pair) => pair.participant === id && pair.slot === slot)) continue
      slots.set(slot, Math.min(rank, slots.get(slot) ?? rank))
    }
    const ranks = [...new Set(slots.values())]
    return ranks.map((rank) => ({ id, slots: new Map([...slots].filter(([, r]) => r === rank)) }))
  })
}

/** The best plan in which the guest sits in one of the slots, by trying each as a pin. */
function forced(problem: Problem, { id, slots }: ReturnType<typeof grantsOf>[number]) {
  const plans = [...slots.keys()].flatMap((slot) => {
    const pinned = { ...problem, pins: [...problem.pins, { participant: id, slot }] }
    return buildInstance(pinned).ok ? (bruteForce(pinned) ?? []) : []
  })
  return plans.sort((a, b) => b.placed - a.placed || a.cost - b.cost)[0]
}

describe('what granting a wish would have cost', () => {
  it('is what solving everything again by brute force finds', () => {
    let told = 0
    let impossible = 0
    fc.assert(
      fc.property(smallProblem, (problem) => {
        if (!buildInstance(problem).ok) return
        const { instance, solution } = solved(problem)
        const best = statsOf(solution)
        const asked = grantsOf(problem)
        const grants = asked.map(
          ({ id, slots }): Grant => ({
            guest: instance.guestIds.indexOf(id),
            slots: [...slots].map(([slot, rank]) => ({
              slot: instance.slotIds.indexOf(slot),
              cost: rank ** 2,
            })),
          }),
        )
        const costs = grantCosts(instance, solution, grants)!
        for (const [i, one] of asked.entries()) {
          const with_ = forced(problem, one)
          if (!with_) {
            expect(costs[i]).toBeUndefined()
            impossible++
            continue
          }
          const { placed, cost, moves } = costs[i]!
          expect({ placed, cost }).toEqual({
            placed: with_.placed - best.placed,
            cost: with_.cost - best.cost,
          })
          // The people told of are the whole difference.
          const { slotOf, rankOf } = solution
          const { guest } = grants[i]
          const rank = [...one.slots.values()][0]
          const others = moves.reduce((sum, m) => sum + m.people * (m.to ** 2 - m.from ** 2), 0)
          expect(others + rank ** 2 - rankOf[guest] ** 2).toBe(cost)
          const gained = moves.reduce(
            (sum, m) => sum + m.people * (Math.sign(m.to) - Math.sign(m.from)),
            0,
          )
          expect((slotOf[guest] < 0 ? 1 : 0) + gained).toBe(placed)
          if (moves.length > 0) told++
        }
      }),
      { numRuns: 5_000 },
    )
    expect(told).toBeGreaterThan(1_000)
    expect(impossible).toBeGreaterThan(100)
  })

  it('is not told of a plan that is not the best', () => {
    const wishes = (first: string, second: string) => [
      { slot: first, rank: 1 },
      { slot: second, rank: 2 },
    ]
    const { instance, solution } = solved({
      participants: [
        { id: 'a', wishes: wishes('s0', 's1') },
        { id: 'b', wishes: wishes('s1', 's0') },
      ],
      slots: ['s0', 's1'].map((id) => ({ id, capacity: 1 })),
      seed: 'two',
    })
    const swapped = {
      ...solution,
      slotOf: solution.slotOf.map((s) => 1 - s),
      rankOf: solution.rankOf.map((rank) => 3 - rank),
    }
    expect(grantCosts(instance, solution, [])).toEqual([])
    expect(grantCosts(instance, swapped, [])).toBeUndefined()
  })
})
