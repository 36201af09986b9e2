import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkCertificate } from '#server/features/matching/core/certificate.ts'
import { buildInstance, type Instance } from '#server/features/matching/core/instance.ts'
import { type Solution, statsOf } from '#server/features/matching/core/solution.ts'
import { pseudoRandom } from '#tests/support/random.ts'
import { bruteForce, regionProblem, smallProblem, solved } from './core.instances.ts'

it('is never accepted for a plan that is not the best, however it was tampered with', () => {
  let rejected = 0
  fc.assert(
    fc.property(smallProblem, fc.integer(), (problem, seed) => {
      if (!buildInstance(problem).ok) return
      const { instance, solution } = solved(problem)
      if (instance.guestIds.length === 0 || instance.slotIds.length === 0) return
      const forged = structuredClone(solution)
      const random = pseudoRandom(seed)
      const changes = 1 + Math.floor(random() * 3)
      for (let i = 0; i < changes; i++) tamper(instance, forged, random)
      const verdict = checkCertificate(instance, forged)
      if (!verdict.ok) {
        rejected++
        return
      }
      const { placed, cost } = statsOf(forged)
      expect({ placed, cost }).toEqual(bruteForce(problem))
    }),
    { numRuns: 5000 },
  )
  expect(rejected).toBeGreaterThan(1000)
})

it('rejects every single worse seat in a region', () => {
  const { instance, solution } = solved(regionProblem(300, 100, 0.9))
  const { guestStart, arcSlot, arcCost } = instance
  for (let u = 0; u < 300; u++) {
    const a = guestStart[u + 1] - 1
    if (a < guestStart[u] || solution.rankOf[u] ** 2 >= arcCost[a]) continue
    const forged = structuredClone(solution)
    move(instance, forged, u, arcSlot[a], Math.sqrt(arcCost[a]))
    expect(checkCertificate(instance, forged).ok).toBe(false)
  }
})

it('names what is wrong', () => {
  const { instance, solution } = solved({
    participants: [
      {
        id: 'p1',
        wishes: [
          { slot: 'a', rank: 1 },
          { slot: 'b', rank: 2 },
        ],
      },
      {
        id: 'p2',
        wishes: [
          { slot: 'a', rank: 1 },
          { slot: 'b', rank: 3 },
        ],
      },
    ],
    slots: [
      { id: 'a', capacity: 1 },
      { id: 'b', capacity: 1 },
    ],
    seed: '',
  })
  const [p1, p2] = ['p1', 'p2'].map((id) => instance.guestIds.indexOf(id))
  const [a, b] = ['a', 'b'].map((id) => instance.slotIds.indexOf(id))
  const flaw = (change: (forged: Solution) => void) => {
    const forged = structuredClone(solution)
    change(forged)
    const verdict = checkCertificate(instance, forged)
    return verdict.ok ? 'none' : verdict.flaw
  }
  expect(flaw(() => {})).toBe('none')
  expect(flaw((forged) => move(instance, forged, p1, a, 1))).toBe('slot_over_capacity')
  expect(flaw((forged) => move(instance, forged, p2, -1, 0))).toBe('more_could_be_placed')
  expect(flaw((forged) => (forged.rankOf[p2] = 2))).toBe('rank_wrong')
  expect(flaw((forged) => forged.slotLoad[a]++)).toBe('load_wrong')
  expect(flaw((forged) => (forged.prices.slot[b] = -1))).toBe('price_wrong')
  expect(
    flaw((forged) => {
      move(instance, forged, p1, a, 1)
      move(instance, forged, p2, b, 3)
    }),
  ).toBe('ranks_could_be_better')
})

it('is not fooled by a price on what still has room', () => {
  const { instance, solution } = solved({
    participants: [
      {
        id: 'p',
        wishes: [
          { slot: 'a', rank: 1 },
          { slot: 'b', rank: 2 },
        ],
      },
    ],
    slots: [
      { id: 'a', capacity: 1, group: 'g' },
      { id: 'b', capacity: 1 },
    ],
    groups: [{ id: 'g', capacity: 1 }],
    seed: '',
  })
  const [a, b] = ['a', 'b'].map((id) => instance.slotIds.indexOf(id))
  const forged = structuredClone(solution)
  move(instance, forged, 0, b, 2)
  expect(checkCertificate(instance, forged)).toMatchObject({ flaw: 'ranks_could_be_better' })
  forged.prices.slot[a] = 3
  expect(checkCertificate(instance, forged)).toEqual({ ok: false, flaw: 'price_wrong', at: a })
  forged.prices.group[instance.slotGroup[a]] = 3
  expect(checkCertificate(instance, forged)).toEqual({ ok: false, flaw: 'price_wrong', at: 0 })
})

function tamper(instance: Instance, forged: Solution, random: () => number): void {
  const pick = (count: number) => Math.floor(random() * count)
  const { cut, prices } = forged
  const change = random()
  if (change < 0.1) flip(cut.guest, pick(cut.guest.length))
  else if (change < 0.2) flip(cut.slot, pick(cut.slot.length))
  else if (change < 0.3) flip(cut.group, pick(cut.group.length))
  else if (change < 0.4) prices.slot[pick(prices.slot.length)] += pick(9) - 4
  else if (change < 0.5) prices.group[pick(prices.group.length)] += pick(9) - 4
  else {
    const u = pick(instance.guestIds.length)
    const arcs = instance.guestStart[u + 1] - instance.guestStart[u]
    const a = instance.guestStart[u] + pick(arcs + 1)
    if (a === instance.guestStart[u + 1]) move(instance, forged, u, -1, 0)
    else move(instance, forged, u, instance.arcSlot[a], Math.sqrt(instance.arcCost[a]))
  }
}

function flip(bits: Uint8Array, i: number): void {
  bits[i] ^= 1
}

function move(instance: Instance, forged: Solution, u: number, slot: number, rank: number): void {
  const old = forged.slotOf[u]
  if (old >= 0) {
    forged.slotLoad[old]--
    forged.groupLoad[instance.slotGroup[old]]--
  }
  if (slot >= 0) {
    forged.slotLoad[slot]++
    forged.groupLoad[instance.slotGroup[slot]]++
  }
  forged.slotOf[u] = slot
  forged.rankOf[u] = rank
}
