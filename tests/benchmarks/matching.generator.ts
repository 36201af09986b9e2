import type { InstanceInput, Wish } from '#server/features/matching/core/input.ts'
import { pseudoRandom } from '#tests/support/random.ts'

export const regimes = ['scarce', 'balanced', 'ample'] as const
export type Regime = (typeof regimes)[number]

export const popularities = ['uniform', 'skewed'] as const
export type Popularity = (typeof popularities)[number]

export interface Shape {
  guests: number
  slots: number
  regime: Regime
  popularity: Popularity
  seed: number
}

/**
 * Seats that slots and groups together leave, for each guest. Exactly as many seats as guests is
 * harder than any day: nearly every seat has to be found for somebody, by long chains.
 */
const seatsPerGuest: Record<Regime, number> = { scarce: 0.6, balanced: 1, ample: 1.8 }
/** Share of its slots' seats that a group may fill. */
const groupShare = 0.9
const slotsPerGroup = 6
const fewest = 5
const most = 40
/** How often a wish shares the rank of the one before. */
const tied = 0.3

/**
 * A matching problem drawn at random, the same for the same shape: five to forty acceptable slots
 * a guest, three in ten of them at the rank of the one before; groups of about six slots that hold
 * nine tenths of their seats; one slot in ten in no group. Skewed popularity draws slots as the
 * square of a uniform number does, without regard to their size: some are wanted by hundreds of
 * times as many as others, so that a lack of seats here meets empty ones there in every regime.
 */
export function drawProblem({
  guests,
  slots,
  regime,
  popularity,
  seed,
}: Shape): Required<InstanceInput> {
  const random = pseudoRandom(seed)
  const pick = (count: number) => Math.floor(count * random())
  const groupCount = Math.max(1, Math.round(slots / slotsPerGroup))
  const groupOf = Array.from({ length: slots }, () => (random() < 0.1 ? -1 : pick(groupCount)))
  const mean = (guests * seatsPerGuest[regime]) / slots / (0.1 + 0.9 * groupShare)
  const capacities = groupOf.map(() => Math.floor(2 * mean * random() + random()))
  const groupSeats = new Array<number>(groupCount).fill(0)
  for (const [s, g] of groupOf.entries()) if (g >= 0) groupSeats[g]! += capacities[s]!

  const slotIds = Array.from({ length: slots }, (_, s) => `s${s}`)
  const drawSlot = () =>
    popularity === 'uniform' ? pick(slots) : Math.floor(slots * random() ** 2)
  const seenBy = new Int32Array(slots).fill(-1)
  const participants = Array.from({ length: guests }, (_, u) => {
    const wished = Math.min(slots, fewest + pick(most - fewest + 1))
    const wishes: Wish[] = []
    let rank = 1
    while (wishes.length < wished) {
      const s = drawSlot()
      if (seenBy[s] === u) continue
      seenBy[s] = u
      wishes.push({ slot: slotIds[s]!, rank })
      if (random() >= tied) rank++
    }
    return { id: `p${u}`, wishes }
  })
  return {
    participants,
    slots: groupOf.map((g, s) => ({
      id: slotIds[s]!,
      capacity: capacities[s]!,
      group: g < 0 ? null : `g${g}`,
    })),
    groups: groupSeats.map((seats, g) => ({
      id: `g${g}`,
      capacity: Math.round(seats * groupShare),
    })),
    pins: [],
    forbids: [],
    seed: `drawn ${seed}`,
  }
}
