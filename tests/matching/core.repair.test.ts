import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCertificate } from '#server/features/matching/core/certificate.ts'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { openRepair, type Repair } from '#server/features/matching/core/repair/repair.ts'
import { statsOf } from '#server/features/matching/core/solution.ts'
import { pseudoRandom } from '#tests/support/random.ts'
import { type Problem, smallProblem, solved, unevenProblem } from './core.instances.ts'

/** Raw numbers, read as indices of whatever is there when the event comes. */
const event = fc.tuple(
  fc.nat({ max: 9 }),
  fc.nat({ max: 1000 }),
  fc.nat({ max: 1000 }),
  fc.array(fc.tuple(fc.nat({ max: 1000 }), fc.constantFrom(1, 1, 2, 3, 4, 1000)), { maxLength: 5 }),
)
type Event = [kind: number, a: number, b: number, list: [number, number][]]

describe('a repaired plan', () => {
  it('is as good as one solved again, with a proof, after thousands of events', () => {
    let events = 0
    fc.assert(
      fc.property(
        smallProblem,
        fc.array(event, { maxLength: 30, size: 'max' }),
        (problem, list) => {
          const kept = open({ ...problem, forbids: [] })
          for (const one of list) {
            if (!kept) return
            happen(kept, one)
            expectBest(kept)
            events++
          }
        },
      ),
      { numRuns: 1200 },
    )
    expect(events).toBeGreaterThan(10_000)
  })

  it.each([1, 2, 3, 4, 5, 6])(
    'stays so through 500 events in a row where both sides of the cut are large (%i)',
    (seed) => {
      const random = pseudoRandom(seed)
      const number = () => Math.floor(1001 * random())
      const kept = open({ ...unevenProblem(80, 30, 8, 5, seed), forbids: [] })!
      for (let i = 0; i < 500; i++) {
        const wishes = Array.from({ length: number() % 6 }, (): [number, number] => [
          number(),
          1 + (number() % 5),
        ])
        happen(kept, [number() % 10, number(), number(), wishes])
        expectBest(kept)
      }
    },
  )

  it('is exactly as before after an attempt', () => {
    fc.assert(
      fc.property(
        smallProblem,
        fc.array(event, { maxLength: 6 }),
        fc.array(event, { maxLength: 6 }),
        (problem, list, tried) => {
          const kept = open({ ...problem, forbids: [] })
          if (!kept) return
          for (const one of list) happen(kept, one)
          const { repair } = kept
          const before = [repair.instance(), repair.solution(), repair.totals()]
          const copy = structuredClone(kept.problem)
          const within = repair.attempt(() => {
            for (const one of tried) happen(kept, one)
            expectBest(kept)
            return repair.totals()
          })
          expect(within.placed).toBeGreaterThanOrEqual(0)
          expect([repair.instance(), repair.solution(), repair.totals()]).toEqual(before)
          kept.problem = copy
          for (const one of tried) happen(kept, one)
          expectBest(kept)
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** The plan kept alive, and the problem it should be the best plan of. */
interface Kept {
  repair: Repair
  problem: Problem
}

function open(problem: Problem): Kept | undefined {
  if (!buildInstance(problem).ok) return
  const { instance, solution } = solved(problem)
  const repair = openRepair(instance, solution)
  // An instance does not say how far capacities exceed the guests, nor what the pinned wish.
  for (const { id, capacity } of problem.slots)
    repair.resizeSlot(indexOf(instance.slotIds, id), capacity)
  for (const { id, capacity } of problem.groups)
    repair.resizeGroup(indexOf(instance.groupIds, id), capacity)
  for (const { participant } of problem.pins) {
    const { wishes } = problem.participants.find(({ id }) => id === participant)!
    repair.changeWishes(indexOf(repair.instance().guestIds, participant), bySlot(repair, wishes))
  }
  return { repair, problem: structuredClone(problem) }
}

const indexOf = (ids: readonly string[], id: string) => {
  const at = ids.indexOf(id)
  if (at < 0) throw new Error(`unknown ${id}`)
  return at
}

function bySlot(repair: Repair, wishes: readonly { slot: string; rank: number }[]) {
  const { slotIds } = repair.instance()
  return wishes.map(({ slot, rank }) => ({ slot: indexOf(slotIds, slot), rank }))
}

function expectBest({ repair, problem }: Kept): void {
  const { solution } = solved(problem)
  const { placed, cost } = statsOf(solution)
  expect(repair.totals()).toEqual({ placed, cost })
  const again = statsOf(repair.solution())
  expect({ placed: again.placed, cost: again.cost }).toEqual({ placed, cost })
  expect(checkCertificate(repair.instance(), repair.solution())).toEqual({ ok: true })
}

/** Lets one event happen to both, and holds a refusal against what building refuses. */
function happen(kept: Kept, [kind, a, b, list]: Event): void {
  const { repair, problem } = kept
  const { participants, slots, groups } = problem
  const instance = repair.instance()
  const wishes = list.flatMap(([slot, rank]) =>
    slots.length > 0 ? [{ slot: slots[slot % slots.length].id, rank }] : [],
  )
  const guest = participants[a % participants.length]
  const slot = slots[b % slots.length]
  const group = groups[a % groups.length]
  const u = guest && indexOf(instance.guestIds, guest.id)
  const s = slot && indexOf(instance.slotIds, slot.id)
  const sound = (next: Partial<Problem>, refusal: string | undefined) => {
    const after = { ...problem, ...next }
    expect(refusal === undefined).toBe(buildInstance(after).ok)
    if (refusal === undefined) kept.problem = after
  }
  const pair = guest && slot && { participant: guest.id, slot: slot.id }
  const others = <T extends { participant: string }>(pairs: readonly T[]) =>
    pairs.filter(({ participant }) => participant !== guest?.id)
  if (kind === 0) {
    const id = `joined ${participants.length}`
    repair.join(id, bySlot(repair, wishes))
    kept.problem = { ...problem, participants: [...participants, { id, wishes }] }
  } else if (kind === 1 && guest) {
    repair.leave(u)
    kept.problem = {
      ...problem,
      participants: replaced(participants, guest, { ...guest, wishes: [] }),
      pins: others(problem.pins),
      forbids: others(problem.forbids),
    }
  } else if (kind === 2 && guest) {
    repair.changeWishes(u, bySlot(repair, wishes))
    kept.problem = {
      ...problem,
      participants: replaced(participants, guest, { ...guest, wishes }),
    }
  } else if (kind === 3) {
    const id = `opened ${slots.length}`
    const at = b % 3 > 0 && group ? group.id : null
    const wishers = [...new Set(list.map(([who]) => who % Math.max(1, participants.length)))]
      .filter((who) => who < participants.length)
      .map((who) => ({ who: participants[who], rank: 1 + (a % 4) }))
    repair.openSlot(
      id,
      b % 4,
      at === null ? null : indexOf(instance.groupIds, at),
      wishers.map(({ who, rank }) => ({ guest: indexOf(instance.guestIds, who.id), rank })),
    )
    kept.problem = {
      ...problem,
      slots: [...slots, { id, capacity: b % 4, group: at }],
      participants: participants.map((one) => {
        const wish = wishers.find(({ who }) => who.id === one.id)
        return wish ? { ...one, wishes: [...one.wishes, { slot: id, rank: wish.rank }] } : one
      }),
    }
  } else if (kind === 4 && slot) {
    const capacity = a % 7 === 6 ? 5_000_000_000 : a % 5
    sound({ slots: replaced(slots, slot, { ...slot, capacity }) }, repair.resizeSlot(s, capacity))
  } else if (kind === 5 && group) {
    const capacity = b % 7 === 6 ? 5_000_000_000 : b % 5
    sound(
      { groups: replaced(groups, group, { ...group, capacity }) },
      repair.resizeGroup(indexOf(instance.groupIds, group.id), capacity),
    )
  } else if (kind === 6 && pair) sound({ pins: [...problem.pins, pair] }, repair.pin(u, s))
  else if (kind === 7 && guest) {
    repair.unpin(u)
    kept.problem = { ...problem, pins: others(problem.pins) }
  } else if (kind === 8 && pair) sound({ forbids: [...problem.forbids, pair] }, repair.forbid(u, s))
  else if (kind === 9 && problem.forbids.length > 0) {
    const { participant, slot: where } = problem.forbids[a % problem.forbids.length]
    repair.allow(indexOf(instance.guestIds, participant), indexOf(instance.slotIds, where))
    kept.problem = {
      ...problem,
      forbids: problem.forbids.filter(
        (one) => one.participant !== participant || one.slot !== where,
      ),
    }
  }
}

function replaced<T>(items: readonly T[], old: T, item: T): T[] {
  return items.map((one) => (one === old ? item : one))
}
