import type { Instance } from './core/instance.ts'
import type { Solution } from './core/solution.ts'

/** A slot somebody may be given, at the rank they asked for it. */
export interface Arc {
  slot: string
  rank: number
}

interface Supply {
  slots: { id: string; siteId: string; periodId: string; capacity: number }[]
  caps: { siteId: string; periodId: string; capacity: number }[]
}

/** Places within a set of slots, and how many people asked for at least one of them. */
export interface Demand {
  places: number
  asked: number
}

/**
 * Answers, for any set of slots, how many places it holds within the sites' caps and how many
 * guests asked for one of them. People who wish alike share one count.
 */
export function demandTable(
  { slots, caps }: Supply,
  arcsOfGuests: readonly Arc[][],
): (arcs: readonly Arc[]) => Demand {
  const indexOf = new Map(slots.map(({ id }, index) => [id, index]))
  const pair = (siteId: string, periodId: string) => `${siteId} ${periodId}`
  const capOf = new Map(
    caps.map(({ siteId, periodId, capacity }) => [pair(siteId, periodId), capacity]),
  )
  const asking = arcsOfGuests.map((arcs) => Int32Array.from(arcs, ({ slot }) => indexOf.get(slot)!))
  const known = new Map<string, Demand>()

  function count(set: Int32Array): Demand {
    const inSet = new Uint8Array(slots.length)
    const seatsOf = new Map<string, number>()
    for (const index of set) {
      inSet[index] = 1
      const { siteId, periodId, capacity } = slots[index]
      const key = pair(siteId, periodId)
      seatsOf.set(key, (seatsOf.get(key) ?? 0) + capacity)
    }
    let places = 0
    for (const [key, seats] of seatsOf) places += Math.min(seats, capOf.get(key) ?? seats)
    let asked = 0
    for (const wished of asking) if (wished.some((index) => inSet[index] === 1)) asked++
    return { places, asked }
  }

  return (arcs) => {
    if (arcs.length === 0) return { places: 0, asked: 0 }
    const set = Int32Array.from(arcs, ({ slot }) => indexOf.get(slot)!).sort()
    const key = set.join()
    const already = known.get(key)
    if (already) return already
    const demand = count(set)
    known.set(key, demand)
    return demand
  }
}

/** Places nobody took, within what each site can still receive. */
export function freeSeats(
  { slotCapacity, slotGroup, groupCapacity }: Instance,
  { slotLoad, groupLoad }: Pick<Solution, 'slotLoad' | 'groupLoad'>,
): number {
  const room = new Float64Array(groupCapacity.length)
  for (let s = 0; s < slotCapacity.length; s++) room[slotGroup[s]] += slotCapacity[s] - slotLoad[s]
  return room.reduce((sum, seats, g) => sum + Math.min(seats, groupCapacity[g] - groupLoad[g]), 0)
}
