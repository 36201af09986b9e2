import type { Seats } from '#server/features/matching/core/solution.ts'
import { built, type Problem } from './core.instances.ts'

/** Every plan of a small problem there is, pins and forbids held; the arrays are reused. */
export function* everySeating(problem: Problem): Generator<Seats> {
  const instance = built(problem)
  const { guestIds, slotIds, slotGroup, slotCapacity, groupCapacity, groupIds } = instance
  const room = (list: readonly { id: string; capacity: number }[]) =>
    new Map(list.map(({ id, capacity }) => [id, capacity]))
  const slotRoom = room(problem.slots)
  const groupRoom = room(problem.groups)
  const seats: Seats = {
    slotOf: new Int32Array(guestIds.length).fill(-1),
    rankOf: new Int32Array(guestIds.length),
    slotLoad: new Int32Array(slotCapacity.length),
    groupLoad: new Int32Array(groupCapacity.length),
  }
  const choices = guestIds.map((id, u) => {
    const { wishes } = problem.participants.find((one) => one.id === id)!
    const ranks = new Map<string, number>()
    for (const { slot, rank } of wishes) ranks.set(slot, Math.min(rank, ranks.get(slot) ?? rank))
    const pin = problem.pins.find(({ participant }) => participant === id)
    if (pin) return [{ u, slot: pin.slot, rank: ranks.get(pin.slot) ?? 0 }]
    const never = problem.forbids.filter(({ participant }) => participant === id)
    const free = [...ranks].filter(([slot]) => !never.some((forbid) => forbid.slot === slot))
    return [undefined, ...free.map(([slot, rank]) => ({ u, slot, rank }))]
  })
  function* from(u: number): Generator<Seats> {
    if (u === choices.length) {
      yield seats
      return
    }
    for (const choice of choices[u]) {
      if (!choice) {
        yield* from(u + 1)
        continue
      }
      const s = slotIds.indexOf(choice.slot)
      const g = slotGroup[s]
      if (seats.slotLoad[s] >= slotRoom.get(choice.slot)!) continue
      if (g < groupIds.length && seats.groupLoad[g] >= groupRoom.get(groupIds[g])!) continue
      seats.slotOf[u] = s
      seats.rankOf[u] = choice.rank
      seats.slotLoad[s]++
      seats.groupLoad[g]++
      yield* from(u + 1)
      seats.slotOf[u] = -1
      seats.rankOf[u] = 0
      seats.slotLoad[s]--
      seats.groupLoad[g]--
    }
  }
  yield* from(0)
}
