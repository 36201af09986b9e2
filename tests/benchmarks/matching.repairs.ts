import { buildInstance, type Instance } from '#server/features/matching/core/instance.ts'
import { openPublished } from '#server/features/matching/core/repair/published.ts'
import { openRepair, type Repair } from '#server/features/matching/core/repair/repair.ts'
import { solve } from '#server/features/matching/core/solve.ts'
import { pseudoRandom } from '#tests/support/random.ts'
import { drawProblem, regimes } from './matching.generator.ts'

const sizes = [
  { name: 'region', guests: 2_000, slots: 700, events: 4_000 },
  { name: 'country', guests: 130_000, slots: 40_000, events: 4_000 },
] as const

/** Every event leaves the size as it is in the long run: what goes comes back. */
const events = ['join', 'leave', 'wishes', 'shrink', 'grow', 'cap', 'pin', 'unpin'] as const

/**
 * One event after the other on a plan kept best, before and after publication: medians and 99th
 * percentiles in milliseconds, and how many of them one solve from the beginning takes.
 */
export function repairs(): void {
  process.stdout.write(
    `one repair, in milliseconds\n${row(['size', 'regime', 'mode', 'median', 'p99', 'worst', 'solve', 'solve ÷ p99'])}`,
  )
  for (const size of sizes)
    for (const regime of regimes) {
      const result = buildInstance(drawProblem({ ...size, regime, popularity: 'skewed', seed: 1 }))
      if (!result.ok) throw new Error(result.refusal.code)
      const { instance } = result
      const start = performance.now()
      const solved = solve(instance)
      const solving = performance.now() - start
      if (!solved.ok) throw new Error(solved.code)
      const { solution } = solved
      const told = openPublished(instance, solution.slotOf)
      const modes = {
        best: timesOf(instance, openRepair(instance, solution), size.events),
        published: timesOf(instance, told, size.events, () => told.tell()),
      }
      for (const [mode, times] of Object.entries(modes)) {
        const at = (share: number) => times[Math.floor(share * (times.length - 1))]!
        const figures = [at(0.5), at(0.99), at(1), solving].map((value) => value.toFixed(3))
        process.stdout.write(
          row([size.name, regime, mode, ...figures, (solving / at(0.99)).toFixed(0)]),
        )
      }
    }
}

const row = (cells: string[]) => `${cells.map((cell) => cell.padStart(12)).join('')}\n`

/** Sorted times of events drawn at random, the first hundredth left out as warming up. */
function timesOf(
  instance: Instance,
  repair: Repair,
  count: number,
  after = () => {},
): Float64Array {
  const random = pseudoRandom(7)
  const pick = (below: number) => Math.floor(below * random())
  const { guestStart, arcSlot, arcCost } = instance
  const guests = instance.guestIds.length
  const slots = instance.slotIds.length
  const wishesOf = (u: number) =>
    Array.from({ length: guestStart[u + 1]! - guestStart[u]! }, (_, i) => ({
      slot: arcSlot[guestStart[u]! + i]!,
      rank: Math.sqrt(arcCost[guestStart[u]! + i]!),
    }))
  const pinned: number[] = []
  const times = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const u = pick(guests)
    const s = pick(slots)
    const event = events[i % events.length]!
    const wishes = wishesOf(pick(guests))
    const wish = wishes[pick(wishes.length)]!
    const capacity = instance.slotCapacity[s]!
    const g = pick(instance.groupIds.length)
    const seats = instance.groupCapacity[g]! - 1 + pick(3)
    const start = performance.now()
    if (event === 'join') repair.join(`new ${i}`, wishes)
    else if (event === 'leave') repair.leave(u)
    else if (event === 'wishes') repair.changeWishes(u, wishes)
    else if (event === 'shrink') repair.resizeSlot(s, Math.max(0, capacity - 1))
    else if (event === 'grow') repair.resizeSlot(s, capacity + pick(2))
    else if (event === 'cap') repair.resizeGroup(g, seats)
    else if (event === 'pin') {
      if (repair.pin(u, wish.slot) === undefined) pinned.push(u)
    } else repair.unpin(pinned.pop() ?? u)
    times[i] = performance.now() - start
    after()
  }
  return times.subarray(Math.floor(count / 100)).sort()
}
