import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildInstance, type Instance } from '#server/features/matching/core/instance.ts'
import {
  gone,
  none,
  openPublished,
  repairPublished,
} from '#server/features/matching/core/repair/published.ts'
import { statsOf } from '#server/features/matching/core/solution.ts'
import { built, regionProblem, smallProblem, solved, unevenProblem } from './core.instances.ts'

/** What is compared, first to last: lower is better everywhere. */
type Score = [unplaced: number, disturbed: number, cost: number]

/** A standing that need not fit what is left: slots may be overfull, or no wish of the guest. */
const change = smallProblem.chain((problem) =>
  fc.record({
    problem: fc.constant(problem),
    standing: fc.array(
      fc.oneof(
        {
          weight: 2,
          arbitrary: fc.integer({ min: -2, max: Math.max(-1, problem.slots.length - 1) }),
        },
        { weight: 1, arbitrary: fc.constant(none) },
      ),
      { minLength: 6, maxLength: 6 },
    ),
  }),
)

describe('a published plan', () => {
  it('places the most, takes no seat that is left, moves the fewest, then ranks best', () => {
    let moves = 0
    let losses = 0
    fc.assert(
      fc.property(change, ({ problem, standing }) => {
        const result = buildInstance(problem)
        if (!result.ok) return
        const { instance } = result
        const stand = Int32Array.from(instance.guestIds, (_, u) => standing[u])
        const repaired = repairPublished(instance, stand)
        expect(scoreOf(instance, repaired, stand)).toEqual(bestScore(instance, stand))
        for (const u of repaired.unseated)
          if (stand[u] >= 0) expect(seatLeft(instance, repaired.slotOf, stand, u)).toBe(false)
        moves += repaired.moved.length
        losses += repaired.unseated.length
      }),
      { numRuns: 8000 },
    )
    expect(Math.min(moves, losses)).toBeGreaterThan(1000)
  })

  it('stays so, event after event, from what was told last', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat(), fc.nat()), { maxLength: 30, size: 'max' }),
        (seed, events) => {
          const { instance, solution } = solved(unevenProblem(24, 10, 6, 5, seed))
          const repair = openPublished(instance, solution.slotOf)
          repair.tell()
          for (const [i, [kind, a, b]] of events.entries()) {
            const { guests, slots } = repair.network
            const [u, s] = [a % guests, b % slots]
            const wishes = [1, 2, 3].map((rank) => ({ slot: (b + rank * a) % slots, rank }))
            if (kind === 0) repair.join(`joined ${i}`, wishes)
            else if (kind === 1) repair.leave(u)
            else if (kind === 2) repair.changeWishes(u, wishes)
            else if (kind === 3) repair.openSlot(`opened ${i}`, a % 3, 0, [{ guest: u, rank: 2 }])
            else if (kind === 4) repair.resizeSlot(s, a % 4)
            else if (kind === 5) repair.resizeGroup(0, a % 9)
            else if (kind === 6) repair.pin(u, s)
            else if (kind === 7) repair.unpin(u)
            else if (kind === 8) repair.forbid(u, s)
            else repair.allow(u, s)
            const now = repair.instance()
            const stand = repair.network.home.slice(0, repair.network.guests)
            const { slotOf, rankOf } = repair.solution()
            const again = repairPublished(now, stand)
            expect(scoreOf(now, { slotOf, rankOf }, stand)).toEqual(scoreOf(now, again, stand))
            const { moved, seated } = repair.tell()
            const sits = Array.from(slotOf.keys()).filter((u) => slotOf[u] >= 0)
            expect(seated).toEqual(sits.filter((u) => stand[u] === none))
            expect(moved).toEqual(sits.filter((u) => stand[u] !== none && stand[u] !== slotOf[u]))
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('takes nobody’s seat where all that stand fit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: 2, max: 20 }),
        fc.integer(),
        (guests, slots, seed) => {
          const { instance, solution } = solved(unevenProblem(guests, slots, 6, 5, seed))
          const stand = solution.slotOf.map((s, u) => ((u * seed) % 3 === 0 ? none : s))
          const repaired = repairPublished(instance, stand)
          expect(repaired.unseated).toEqual([])
          expect(statsOf(repaired).placed).toBe(statsOf(solution).placed)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('changes nothing where nothing has to change, whatever the ranks', () => {
    const { instance, solution } = solved(regionProblem(400, 150, 1))
    const again = repairPublished(instance, solution.slotOf)
    expect({ ...again, cut: undefined, prices: undefined }).toEqual({
      ...solution,
      cut: undefined,
      prices: undefined,
      moved: [],
      seated: [],
      unseated: [],
    })
  })

  it('leaves people where they are though they would rank the freed seat higher', () => {
    const instance = built({
      participants: [
        {
          id: 'seated',
          wishes: [
            { slot: 'freed', rank: 1 },
            { slot: 'held', rank: 9 },
          ],
        },
        { id: 'waiting', wishes: [{ slot: 'freed', rank: 5 }] },
      ],
      slots: [
        { id: 'freed', capacity: 1 },
        { id: 'held', capacity: 1 },
      ],
      seed: '',
    })
    const [seated, waiting] = ['seated', 'waiting'].map((id) => instance.guestIds.indexOf(id))
    const [freed, held] = ['freed', 'held'].map((id) => instance.slotIds.indexOf(id))
    const stand = new Int32Array(2).fill(none)
    stand[seated] = held
    const { slotOf, moved, seated: newly } = repairPublished(instance, stand)
    expect([slotOf[seated], slotOf[waiting], moved, newly]).toEqual([held, freed, [], [waiting]])
  })

  it('seats those who lost a place before those who never had one', () => {
    const instance = built({
      participants: ['a', 'b'].map((id) => ({ id, wishes: [{ slot: 's', rank: 1 }] })),
      slots: [{ id: 's', capacity: 1 }],
      seed: '',
    })
    for (const lost of [0, 1]) {
      const stand = new Int32Array(2).fill(none)
      stand[lost] = gone
      const { slotOf, moved, seated, unseated } = repairPublished(instance, stand)
      expect(slotOf[lost]).toBe(0)
      expect({ moved, seated, unseated }).toEqual({ moved: [lost], seated: [], unseated: [] })
    }
  })

  it('refuses slots and ranks too many to count exactly', () => {
    const instance = built({
      participants: Array.from({ length: 40_000 }, (_, i) => ({
        id: `p${i}`,
        wishes: [{ slot: 's0', rank: 1000 }],
      })),
      slots: Array.from({ length: 40_000 }, (_, s) => ({ id: `s${s}`, capacity: 1 })),
      seed: '',
    })
    const stand = new Int32Array(40_000).fill(none)
    expect(() => repairPublished(instance, stand)).toThrow(RangeError)
  })
})

function scoreOf(
  instance: Instance,
  { slotOf, rankOf }: { slotOf: Int32Array; rankOf: Int32Array },
  standing: Int32Array,
): Score {
  const score: Score = [0, 0, 0]
  const slotLoad = new Int32Array(instance.slotCapacity.length)
  const groupLoad = new Int32Array(instance.groupCapacity.length)
  for (let u = 0; u < slotOf.length; u++) {
    const s = slotOf[u]
    score[0] += Number(s < 0)
    if (standing[u] !== none && standing[u] !== s) score[1] += s < 0 ? 2 : 1
    score[2] += rankOf[u] ** 2
    if (s < 0) continue
    expect(++slotLoad[s]).toBeLessThanOrEqual(instance.slotCapacity[s])
    const g = instance.slotGroup[s]
    expect(++groupLoad[g]).toBeLessThanOrEqual(instance.groupCapacity[g])
    const seat = seatsOf(instance, standing, u).find(({ slot }) => slot === s)
    expect(seat?.cost).toBe(rankOf[u] ** 2)
  }
  return score
}

/** What a guest may be given: their pin, or their wishes and where they stand. */
function seatsOf(instance: Instance, standing: Int32Array, u: number) {
  if (instance.pinSlot[u] >= 0)
    return [{ slot: instance.pinSlot[u], cost: instance.pinRank[u] ** 2 }]
  const arcs = Array.from(
    { length: instance.guestStart[u + 1] - instance.guestStart[u] },
    (_, i) => ({
      slot: instance.arcSlot[instance.guestStart[u] + i],
      cost: instance.arcCost[instance.guestStart[u] + i],
    }),
  )
  const stays = standing[u] < 0 || arcs.some(({ slot }) => slot === standing[u])
  return stays ? arcs : [...arcs, { slot: standing[u], cost: 0 }]
}

/** Whether somebody who came from elsewhere, or nobody, has the seat a guest stood at. */
function seatLeft(instance: Instance, slotOf: Int32Array, standing: Int32Array, u: number) {
  const { slotGroup, slotCapacity, groupCapacity, pinSlot } = instance
  const s = standing[u]
  const g = slotGroup[s]
  const stayed = Array.from(slotOf.keys()).filter(
    (v) => slotOf[v] === standing[v] || pinSlot[v] >= 0,
  )
  const inSlot = stayed.filter((v) => slotOf[v] === s).length
  const inGroup = stayed.filter((v) => slotOf[v] >= 0 && slotGroup[slotOf[v]] === g).length
  return inSlot < slotCapacity[s] && inGroup < groupCapacity[g]
}

/** The least score of all plans. */
function bestScore(instance: Instance, standing: Int32Array): Score {
  const slotRoom = instance.slotCapacity.slice()
  const groupRoom = instance.groupCapacity.slice()
  let best: Score | undefined
  const seats = Array.from(standing, (_, u) => seatsOf(instance, standing, u))
  const score: Score = [0, 0, 0]
  const visit = (u: number) => {
    if (best && score[0] > best[0]) return
    if (u === standing.length) {
      if (!best || isLess(score, best)) best = [...score]
      return
    }
    const held = Number(standing[u] !== none)
    for (const { slot, cost } of seats[u]) {
      const g = instance.slotGroup[slot]
      if (slotRoom[slot] < 1 || groupRoom[g] < 1) continue
      const move = slot === standing[u] ? 0 : held
      slotRoom[slot]--
      groupRoom[g]--
      score[1] += move
      score[2] += cost
      visit(u + 1)
      slotRoom[slot]++
      groupRoom[g]++
      score[1] -= move
      score[2] -= cost
    }
    if (instance.pinSlot[u] >= 0) return
    score[0]++
    score[1] += 2 * held
    visit(u + 1)
    score[0]--
    score[1] -= 2 * held
  }
  visit(0)
  return best!
}

function isLess(a: Score, b: Score): boolean {
  const at = a.findIndex((value, i) => value !== b[i])
  return at >= 0 && a[at] < b[at]
}
