import fc from 'fast-check'
import type { InstanceInput } from '#server/features/matching/core/input.ts'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { solve } from '#server/features/matching/core/solve.ts'
import { pseudoRandom } from '#tests/support/random.ts'

export type Problem = Required<Omit<InstanceInput, 'seed'>> & { seed: string }

/** The instance of an input known to be sound. */
export function built(problem: InstanceInput) {
  const result = buildInstance(problem)
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`)
  return result.instance
}

export function solved(problem: InstanceInput) {
  const instance = built(problem)
  const result = solve(instance)
  if (!result.ok) throw new Error('cancelled')
  return { instance, solution: result.solution }
}

const capacity = fc.constantFrom(0, 1, 1, 1, 2, 2, 3, 5_000_000_000)

/** Small problems with shared ranks, zero capacities, groups, forbids and pins that can hold. */
export const smallProblem: fc.Arbitrary<Problem> = fc
  .record({
    guests: fc.integer({ min: 0, max: 6 }),
    slots: fc.integer({ min: 0, max: 5 }),
    groups: fc.integer({ min: 0, max: 3 }),
  })
  .chain((size) => {
    const guest = (i: number) => (i === 0 ? '__proto__' : `p${i}`)
    const index = (count: number) => fc.integer({ min: 0, max: Math.max(0, count - 1) })
    const wish = fc.record({
      slot: index(size.slots).map((s) => `s${s}`),
      rank: fc.constantFrom(1, 1, 2, 2, 3, 4, 5, 1000),
    })
    const pair = fc.record({
      participant: index(size.guests).map(guest),
      slot: index(size.slots).map((s) => `s${s}`),
    })
    const pairs = (maxLength: number) =>
      size.guests > 0 && size.slots > 0 ? fc.array(pair, { maxLength }) : fc.constant([])
    return fc.record({
      participants: fc.tuple(
        ...Array.from({ length: size.guests }, (_, i) =>
          fc.record({
            id: fc.constant(guest(i)),
            wishes: size.slots > 0 ? fc.array(wish, { maxLength: 6 }) : fc.constant([]),
          }),
        ),
      ),
      slots: fc.tuple(
        ...Array.from({ length: size.slots }, (_, i) =>
          fc.record({
            id: fc.constant(`s${i}`),
            capacity,
            group:
              size.groups > 0
                ? fc.option(index(size.groups).map((g) => `g${g}`))
                : fc.constant(null),
          }),
        ),
      ),
      groups: fc.tuple(
        ...Array.from({ length: size.groups }, (_, i) =>
          fc.record({ id: fc.constant(`g${i}`), capacity }),
        ),
      ),
      pins: pairs(2),
      forbids: pairs(3),
      seed: fc.constantFrom('a', 'b', 'c'),
    })
  })

/** What an exhaustive search finds: most placed, then least cost; undefined if pins cannot hold. */
export function bruteForce(problem: Problem): { placed: number; cost: number } | undefined {
  const slotRoom = new Map(problem.slots.map(({ id, capacity }) => [id, capacity]))
  const groupRoom = new Map(problem.groups.map(({ id, capacity }) => [id, capacity]))
  const groupOf = new Map(problem.slots.map(({ id, group }) => [id, group]))
  let best: { placed: number; cost: number } | undefined
  const options = problem.participants.map(({ id, wishes }) => {
    const pinned = problem.pins.filter((pin) => pin.participant === id).map((pin) => pin.slot)
    const never = problem.forbids.filter((forbid) => forbid.participant === id)
    const candidates = pinned.length > 0 ? pinned : wishes.map((wish) => wish.slot)
    const allowed = [...new Set(candidates)].map((slot) => {
      const ranks = wishes.filter((wish) => wish.slot === slot).map((wish) => wish.rank)
      return { slot, cost: ranks.length > 0 ? Math.min(...ranks) ** 2 : 0 }
    })
    return {
      impossible: new Set(pinned).size > 1,
      mustSit: pinned.length > 0,
      seats: allowed.filter(({ slot }) => !never.some((forbid) => forbid.slot === slot)),
    }
  })
  const visit = (i: number, placed: number, cost: number) => {
    const option = options[i]
    if (option === undefined) {
      if (!best || placed > best.placed || (placed === best.placed && cost < best.cost))
        best = { placed, cost }
      return
    }
    if (option.impossible) return
    if (!option.mustSit) visit(i + 1, placed, cost)
    for (const { slot, cost: more } of option.seats) {
      const group = groupOf.get(slot)
      const room = slotRoom.get(slot)!
      const around = group == null ? 1 : groupRoom.get(group)!
      if (room < 1 || around < 1) continue
      slotRoom.set(slot, room - 1)
      if (group != null) groupRoom.set(group, around - 1)
      visit(i + 1, placed + 1, cost + more)
      slotRoom.set(slot, room)
      if (group != null) groupRoom.set(group, around)
    }
  }
  visit(0, 0, 0)
  return best
}

/**
 * A region: five wishes a guest, each standing for every slot of a popular role at a site, so that
 * slots share ranks. `seatsPerGuest` below 1 is scarce, near 1 balanced, above 2 ample.
 */
export function regionProblem(
  guests: number,
  slots: number,
  seatsPerGuest: number,
  seed = 1,
): Problem {
  const random = pseudoRandom(seed)
  const sites = Math.max(1, Math.round(slots / 14))
  const skewed = (count: number) => Math.floor(count * random() ** 2)
  const where = Array.from({ length: slots }, () => ({
    site: skewed(sites),
    period: skewed(3),
    role: skewed(5),
  }))
  const perSlot = (guests * seatsPerGuest) / slots
  const capacities = where.map(() => Math.floor(perSlot * (0.5 + random()) + random()))
  const groupSeats = new Map<string, number>()
  for (const [s, { site, period }] of where.entries()) {
    const group = `g${site}-${period}`
    groupSeats.set(group, (groupSeats.get(group) ?? 0) + capacities[s])
  }
  const participants = Array.from({ length: guests }, (_, i) => {
    const wishes: { slot: string; rank: number }[] = []
    for (let rank = 1; rank <= 5; rank++) {
      const role = random() < 0.2 ? -1 : skewed(5)
      const site = skewed(sites)
      const near = random() < 0.3 ? 2 : 0
      const period = random() < 0.5 ? -1 : skewed(3)
      for (const [s, at] of where.entries()) {
        if (role >= 0 && at.role !== role) continue
        if (Math.abs(at.site - site) > near) continue
        if (period >= 0 && at.period !== period) continue
        wishes.push({ slot: `s${s}`, rank })
      }
    }
    return { id: `p${i}`, wishes: wishes.slice(0, 60) }
  })
  return {
    participants,
    slots: where.map(({ site, period }, s) => ({
      id: `s${s}`,
      capacity: capacities[s],
      group: `g${site}-${period}`,
    })),
    groups: [...groupSeats].map(([id, seats]) => ({ id, capacity: Math.ceil(seats * 0.9) })),
    pins: [],
    forbids: [],
    seed: 'region',
  }
}

/**
 * Popularity and room drawn apart: some slots are fought over while others stay empty, so the cut
 * has two sides. `steps` is how many different ranks there are.
 */
export function unevenProblem(
  guests: number,
  slots: number,
  wishes: number,
  steps: number,
  seed: number,
): Problem {
  const random = pseudoRandom(seed)
  const pick = (count: number) => Math.floor(count * random())
  const groups = Math.max(1, Math.round(slots / 5))
  const pair = () => ({ participant: `p${pick(guests)}`, slot: `s${pick(slots)}` })
  return {
    participants: Array.from({ length: guests }, (_, i) => ({
      id: `p${i}`,
      wishes: Array.from({ length: pick(wishes + 1) }, () => ({
        slot: `s${Math.floor(slots * random() ** 2)}`,
        rank: 1 + pick(steps),
      })),
    })),
    slots: Array.from({ length: slots }, (_, s) => ({
      id: `s${s}`,
      capacity: pick(Math.ceil((2.4 * guests) / slots)),
      group: random() < 0.7 ? `g${pick(groups)}` : null,
    })),
    groups: Array.from({ length: groups }, (_, g) => ({
      id: `g${g}`,
      capacity: pick(Math.ceil((6 * guests) / slots)),
    })),
    pins: [],
    forbids: Array.from({ length: Math.round(guests / 10) }, pair),
    seed: 'uneven',
  }
}
