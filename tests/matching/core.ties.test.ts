import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCertificate, checkPlan } from '#server/features/matching/core/certificate.ts'
import { buildInstance, type Instance } from '#server/features/matching/core/instance.ts'
import { rankMaximal } from '#server/features/matching/core/objectives/rank-maximal.ts'
import { type Seats, statsOf } from '#server/features/matching/core/solution.ts'
import { solve } from '#server/features/matching/core/solve.ts'
import {
  type Face,
  faceOf,
  isOnRankMaximalFace,
  rankMaximalFace,
} from '#server/features/matching/core/ties/face.ts'
import { checkTies, settleTies } from '#server/features/matching/core/ties/ties.ts'
import { everySeating } from './core.everything.ts'
import { built, regionProblem, smallProblem, solved, unevenProblem } from './core.instances.ts'

type Distance = (guest: number, slot: number) => number

/** Kilometres from a table of home and place drawn for the ids. */
const drawnTravel = fc
  .array(fc.constantFrom(0, 1, 2, 5, 40, 300), { minLength: 30, maxLength: 30 })
  .map(
    (km) =>
      (instance: Instance): Distance =>
      (u, s) =>
        km[(5 * (instance.guestIds[u].charCodeAt(1) % 6) + (s % 5)) % km.length],
  )

/** Slots with a guest, least travel of people who were not pinned: larger is better. */
function tieValue({ pinSlot }: Instance, { slotOf, slotLoad }: Seats, travel: Distance) {
  const hosts = slotLoad.reduce((count, load) => count + (load > 0 ? 1 : 0), 0)
  let km = 0
  for (const [u, s] of slotOf.entries()) if (s >= 0 && pinSlot[u] < 0) km += travel(u, s)
  return [hosts, -km]
}

function above(a: number[], b: number[]): boolean {
  const i = a.findIndex((value, k) => value !== b[k])
  return i >= 0 && a[i] > b[i]
}

function settled(instance: Instance, face: Face, seats: Seats, travel: Distance): Seats {
  const result = settleTies(instance, face, seats, travel)
  if (!result.ok) throw new Error('cancelled')
  expect(checkTies(instance, face, result.seats, travel, result.prices)).toBe(true)
  expect(checkPlan(instance, result.seats)).toBeUndefined()
  return result.seats
}

describe('between plans as fair', () => {
  it('has the most hosts with a guest, then the least travel, as trying everything does', () => {
    let improved = 0
    fc.assert(
      fc.property(smallProblem, drawnTravel, (problem, draw) => {
        const result = buildInstance(problem)
        if (!result.ok) return
        const { instance } = result
        const travel = draw(instance)
        let best: number[] = []
        for (const seats of everySeating(problem)) {
          const { placed, cost } = statsOf(seats)
          const value = [placed, -cost, ...tieValue(instance, seats, travel)]
          if (best.length === 0 || above(value, best)) best = value
        }
        const solution = solve(instance)
        if (!solution.ok) throw new Error('cancelled')
        const { cut, prices } = solution.solution
        const before = tieValue(instance, solution.solution, travel)
        const face = faceOf(instance, solution.solution)
        const seats = settled(instance, face, solution.solution, travel)
        const { placed, cost } = statsOf(seats)
        expect([placed, -cost, ...tieValue(instance, seats, travel)]).toEqual(best)
        expect(checkCertificate(instance, { ...seats, cut, prices })).toEqual({ ok: true })
        if (above(tieValue(instance, seats, travel), before)) improved++
      }),
      { numRuns: 8_000 },
    )
    expect(improved).toBeGreaterThan(200)
  })

  it('keeps proof and value where some slots are fought over and others stay empty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 120 }),
        fc.integer({ min: 2, max: 40 }),
        fc.constantFrom(1, 2, 5),
        fc.integer(),
        (guests, slots, steps, seed) => {
          const { instance, solution } = solved(unevenProblem(guests, slots, 10, steps, seed))
          const travel: Distance = (u, s) => Math.abs((u * 37) % 97) + ((u * s) % 13)
          const seats = settled(instance, faceOf(instance, solution), solution, travel)
          const { placed, cost } = statsOf(seats)
          expect(statsOf(solution)).toMatchObject({ placed, cost })
          const { cut, prices } = solution
          expect(checkCertificate(instance, { ...seats, cut, prices })).toEqual({ ok: true })
        },
      ),
      { numRuns: 500 },
    )
  })

  it('sends nobody far who has a host of the same rank nearby', () => {
    const { instance, solution } = solved({
      participants: ['a', 'b'].map((id) => ({
        id,
        wishes: ['north', 'south'].map((slot) => ({ slot, rank: 1 })),
      })),
      slots: ['north', 'south'].map((id) => ({ id, capacity: 1 })),
      seed: 'any',
    })
    const travel: Distance = (u, s) =>
      (instance.guestIds[u] === 'a') === (instance.slotIds[s] === 'north') ? 3 : 300
    const { slotOf } = settled(instance, faceOf(instance, solution), solution, travel)
    expect(instance.slotIds[slotOf[instance.guestIds.indexOf('a')]]).toBe('north')
  })

  it('stops when cancelled', () => {
    const { instance, solution } = solved(regionProblem(100, 40, 1))
    const face = faceOf(instance, solution)
    expect(settleTies(instance, face, solution, () => 1, { cancelled: () => true })).toEqual({
      ok: false,
    })
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 31])('would rather fail than count %d wrongly', (far) => {
    const { instance, solution } = solved(regionProblem(100, 40, 1))
    const face = faceOf(instance, solution)
    expect(() => settleTies(instance, face, solution, () => far)).toThrow(RangeError)
  })
})

describe('between rank-maximal plans', () => {
  it('has the most hosts with a guest, then the least travel, as trying everything does', () => {
    const ranks = [1, 2, 3, 4, 5, 1000]
    fc.assert(
      fc.property(smallProblem, drawnTravel, (problem, draw) => {
        const result = buildInstance(problem)
        if (!result.ok) return
        const { instance } = result
        const travel = draw(instance)
        const worthOf = (seats: Seats) => {
          const { histogram } = statsOf(seats)
          return [...ranks.map((r) => histogram[r] ?? 0), ...tieValue(instance, seats, travel)]
        }
        let best: number[] = []
        for (const seats of everySeating(problem)) {
          const value = worthOf(seats)
          if (best.length === 0 || above(value, best)) best = value
        }
        const found = rankMaximal(instance)
        if (!found.ok) throw new Error('cancelled')
        const face = rankMaximalFace(instance, found.proof)!
        expect(isOnRankMaximalFace(instance, face, found.solution)).toBe(true)
        const seats = settled(instance, face, found.solution, travel)
        expect(isOnRankMaximalFace(instance, face, seats)).toBe(true)
        expect(worthOf(seats)).toEqual(best)
      }),
      { numRuns: 4_000 },
    )
  })

  it('does not believe a proof that leaves out a rank, nor a fair plan to be rank-maximal', () => {
    const instance = built(unevenProblem(200, 60, 8, 5, 3))
    const found = rankMaximal(instance)
    const fair = solve(instance)
    if (!found.ok || !fair.ok) throw new Error('cancelled')
    const face = rankMaximalFace(instance, found.proof)!
    expect(isOnRankMaximalFace(instance, face, found.solution)).toBe(true)
    expect(isOnRankMaximalFace(instance, face, fair.solution)).toBe(false)
    for (const [i] of found.proof.entries())
      expect(rankMaximalFace(instance, found.proof.toSpliced(i, 1))).toBeUndefined()
  })
})
