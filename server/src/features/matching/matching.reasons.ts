import { mostWishes } from '#shared/signup/signup.vocabulary.ts'
import type { Instance } from './core/instance.ts'
import type { Solution } from './core/solution.ts'
import { capKey } from './matching.rules.ts'

/** A slot somebody may be given, at the rank they asked for it. */
export interface Arc {
  slot: string
  rank: number
}

const ranks = Array.from({ length: mostWishes }, (_, index) => index + 1)

interface Supply {
  slots: { id: string; siteId: string; periodId: string; capacity: number }[]
  caps: { siteId: string; periodId: string; capacity: number }[]
}

/** Places within a set of slots, and how many people asked for at least one of them. */
export interface Demand {
  places: number
  asked: number
  /** The same people by the best rank at which they asked: 1st … 5th wish. */
  byRank: number[]
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
  const capOf = new Map(
    caps.map(({ siteId, periodId, capacity }) => [capKey(siteId, periodId), capacity]),
  )
  // Who asks for each slot, one bit a guest: a union over hundreds of slots is then a few thousand
  // operations, where walking everybody's wishes would be a million.
  const words = Math.ceil(arcsOfGuests.length / 32)
  const asking = slots.map(() => ranks.map(() => new Uint32Array(words)))
  for (const [guest, arcs] of arcsOfGuests.entries()) {
    for (const { slot, rank } of arcs) {
      asking[indexOf.get(slot)!][rank - 1][guest >> 5] |= 1 << (guest & 31)
    }
  }
  const known = new Map<string, Demand>()

  function count(set: Int32Array): Demand {
    const seatsOf = new Map<string, number>()
    for (const index of set) {
      const { siteId, periodId, capacity } = slots[index]
      const key = capKey(siteId, periodId)
      seatsOf.set(key, (seatsOf.get(key) ?? 0) + capacity)
    }
    let places = 0
    for (const [key, seats] of seatsOf) places += Math.min(seats, capOf.get(key) ?? seats)
    const union = new Uint32Array(words)
    let asked = 0
    const byRank = ranks.map((rank) => {
      for (const index of set) {
        const guests = asking[index][rank - 1]
        for (let word = 0; word < words; word++) union[word] |= guests[word]
      }
      const before = asked
      asked = union.reduce((sum, word) => sum + bitsIn(word), 0)
      return asked - before
    })
    return { places, asked, byRank }
  }

  return (arcs) => {
    if (arcs.length === 0) return { places: 0, asked: 0, byRank: ranks.map(() => 0) }
    const set = Int32Array.from(arcs, ({ slot }) => indexOf.get(slot)!).sort()
    const key = set.join()
    const already = known.get(key)
    if (already) return already
    const demand = count(set)
    known.set(key, demand)
    return demand
  }
}

/** How many bits of a 32-bit word are set, pair by pair (H. S. Warren, « Hacker's Delight », 5-1). */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Places nobody took, within what each site can still receive. */
export function placesLeft(
  { slotCapacity, slotGroup, groupCapacity }: Instance,
  { slotLoad, groupLoad }: Pick<Solution, 'slotLoad' | 'groupLoad'>,
): number {
  const room = new Float64Array(groupCapacity.length)
  for (let s = 0; s < slotCapacity.length; s++) room[slotGroup[s]] += slotCapacity[s] - slotLoad[s]
  return room.reduce((sum, seats, g) => sum + Math.min(seats, groupCapacity[g] - groupLoad[g]), 0)
}
