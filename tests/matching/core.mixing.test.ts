import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCertificate } from '#server/features/matching/core/certificate.ts'
import type { Seats } from '#server/features/matching/core/solution.ts'
import { mixServices, type Services } from '#server/features/matching/core/ties/mixing.ts'
import { built, type Problem, solved, unevenProblem } from './core.instances.ts'

const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0)

/** Told a second time: placed guests with a host or a companion of another known service. */
function meeting({ slotOf }: Seats, { ofGuest, ofHost }: Services): number {
  return [...slotOf].filter((s, u) => {
    if (s < 0 || ofGuest[u] < 0) return false
    const company = [ofHost[s], ...[...slotOf].flatMap((t, v) => (t === s ? [ofGuest[v]] : []))]
    return company.some((service) => service >= 0 && service !== ofGuest[u])
  }).length
}

describe('mixing of services', () => {
  it('exchanges two guests of equal rank and travel so that both meet somebody new', () => {
    const anywhere = ['s', 't'].map((slot) => ({ slot, rank: 1 }))
    const problem: Problem = {
      participants: ['a1', 'a2', 'b1', 'b2'].map((id) => ({ id, wishes: anywhere })),
      slots: ['s', 't'].map((id) => ({ id, capacity: 2 })),
      groups: [],
      pins: [],
      forbids: [],
      seed: '',
    }
    const instance = built(problem)
    const service = (id: string) => (id.startsWith('a') ? 0 : 1)
    const seats: Seats = {
      slotOf: Int32Array.from(instance.guestIds, service),
      rankOf: new Int32Array(4).fill(1),
      slotLoad: new Int32Array(2).fill(2),
      groupLoad: new Int32Array(2).fill(2),
    }
    const services = {
      ofGuest: Int32Array.from(instance.guestIds, service),
      ofHost: new Int32Array(2).fill(-1),
    }
    expect(mixServices(instance, seats, services, () => 7)).toMatchObject({ before: 0, after: 4 })
    // Nobody is sent further for it.
    const far = (u: number, s: number) => (s === seats.slotOf[u] ? 1 : 100)
    expect(mixServices(instance, seats, services, far)).toMatchObject({ before: 0, after: 0 })
  })

  it('changes no rank, load or travel, keeps the proof, and counts what it says', () => {
    let improved = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 80 }),
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 2, max: 4 }),
        fc.integer(),
        (guests, slots, services, seed) => {
          const problem = unevenProblem(guests, slots, 8, 1, seed)
          const { instance, solution } = solved(problem)
          const drawn: Services = {
            ofGuest: Int32Array.from(
              instance.guestIds,
              (_, u) => ((u * 7919) % (services + 1)) - 1,
            ),
            ofHost: Int32Array.from(
              instance.slotIds,
              (_, s) => ((s * 104729) % (services + 1)) - 1,
            ),
          }
          const travel = (u: number, s: number) => (u * s) % 2
          const { seats, before, after } = mixServices(instance, solution, drawn, travel)
          expect([before, after]).toEqual([meeting(solution, drawn), meeting(seats, drawn)])
          expect(after).toBeGreaterThanOrEqual(before)
          expect(seats.rankOf).toEqual(solution.rankOf)
          const far = ({ slotOf }: Seats) => sum(slotOf.map((s, u) => (s < 0 ? 0 : travel(u, s))))
          expect(far(seats)).toBe(far(solution))
          const { cut, prices } = solution
          expect(checkCertificate(instance, { ...seats, cut, prices })).toEqual({ ok: true })
          if (after > before) improved++
        },
      ),
      { numRuns: 500 },
    )
    expect(improved).toBeGreaterThan(50)
  })
})
