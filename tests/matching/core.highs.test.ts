import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { statsOf } from '#server/features/matching/core/solution.ts'
import { drawProblem, popularities, regimes } from '#tests/benchmarks/matching.generator.ts'
import { pseudoRandom } from '#tests/support/random.ts'
import { highsBest } from './core.highs.ts'
import { type Problem, regionProblem, solved, unevenProblem } from './core.instances.ts'

function withPins(problem: Problem, seed: number): Problem {
  const random = pseudoRandom(seed)
  const pick = (count: number) => Math.floor(count * random())
  const pins: Problem['pins'][number][] = []
  for (let i = 0; i < 8; i++) {
    const pin = {
      participant: problem.participants[pick(problem.participants.length)]!.id,
      slot: problem.slots[pick(problem.slots.length)]!.id,
    }
    if (buildInstance({ ...problem, pins: [...pins, pin] }).ok) pins.push(pin)
  }
  return { ...problem, pins }
}

function agree(problem: Problem): void {
  const { placed, cost } = statsOf(solved(problem).solution)
  const best = highsBest(problem)
  expect({ placed, cost }).toEqual({ placed: best.placed, cost: best.cost })
}

it('is as good as HiGHS finds, with groups, pins, shared ranks and closed slots', () => {
  const guests = fc.integer({ min: 20, max: 200 })
  const slots = fc.integer({ min: 5, max: 60 })
  const steps = fc.constantFrom(1, 3, 12)
  fc.assert(
    fc.property(
      guests,
      slots,
      fc.integer({ min: 1, max: 15 }),
      steps,
      fc.nat(),
      (n, m, w, k, seed) => agree(withPins(unevenProblem(n, m, w, k, seed), seed)),
    ),
    { numRuns: 250 },
  )
}, 60_000)

it.each(
  regimes.flatMap((regime) => popularities.map((popularity) => [regime, popularity] as const)),
)(
  'is as good as HiGHS finds where places are %s and popularity %s',
  (regime, popularity) => {
    for (let seed = 1; seed <= 8; seed++)
      agree(withPins(drawProblem({ guests: 250, slots: 90, regime, popularity, seed }), seed))
  },
  60_000,
)

it.each([0.6, 1, 2])(
  'is as good as HiGHS finds in a region with %s seats a guest',
  (seats) => {
    for (let seed = 1; seed <= 4; seed++) agree(regionProblem(200, 80, seats, seed))
  },
  60_000,
)
