import type { Instance } from '../instance.ts'
import type { RankMaximalProof } from '../objectives/rank-maximal.ts'
import type { Seats, Solution } from '../solution.ts'

/**
 * All plans as good as the one found, and no others: whatever keeps to these wishes, places whoever
 * must be placed and fills what is full in all of them. It follows from an optimal dual alone, by
 * complementary slackness, so one plan and its proof describe every other best plan.
 */
export interface Face {
  /** per arc of the instance, as seen from the guest: 1 where a best plan may use it */
  usable: Uint8Array
  /** 1 for guests who may stay without a seat */
  mayStayOut: Uint8Array
  /** 1 where every best plan has the same number of guests */
  slotFixed: Uint8Array
  groupFixed: Uint8Array
}

const emptyFace = ({ guestIds, arcSlot, slotGroup, groupCapacity }: Instance): Face => ({
  usable: new Uint8Array(arcSlot.length),
  mayStayOut: new Uint8Array(guestIds.length),
  slotFixed: new Uint8Array(slotGroup.length),
  groupFixed: new Uint8Array(groupCapacity.length),
})

/** The plans that place as many with the same sum of rank² (see `checkCertificate` for the dual). */
export function faceOf(instance: Instance, { slotOf, rankOf, cut, prices }: Solution): Face {
  const { guestStart, arcSlot, arcCost, slotGroup, pinSlot } = instance
  const face = emptyFace(instance)
  for (let u = 0; u < slotOf.length; u++) {
    if (pinSlot[u] >= 0) continue
    const worth = slotOf[u] < 0 ? 0 : rankOf[u] ** 2 + prices.slot[slotOf[u]]
    face.mayStayOut[u] = cut.guest[u] && worth === 0 ? 1 : 0
    for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
      const s = arcSlot[a]
      const crosses = !cut.guest[u] && (cut.slot[s] || cut.group[slotGroup[s]])
      if (!crosses && arcCost[a] + prices.slot[s] === worth) face.usable[a] = 1
    }
  }
  for (const [g, price] of prices.group.entries())
    face.groupFixed[g] = cut.group[g] || price > 0 ? 1 : 0
  for (const [s, g] of slotGroup.entries()) {
    const border = cut.slot[s] !== cut.group[g]
    face.slotFixed[s] = border || prices.slot[s] > prices.group[g] ? 1 : 0
  }
  return face
}

/**
 * The rank-maximal plans, or undefined where the proof does not hold: one dual for each rank that
 * occurs, which covers every wish of up to that rank the duals before it left usable.
 */
export function rankMaximalFace(instance: Instance, proof: RankMaximalProof): Face | undefined {
  const { guestStart, arcSlot, arcCost, slotGroup, pinSlot } = instance
  const face = emptyFace(instance)
  face.usable.fill(1)
  face.mayStayOut.set(pinSlot.map((pin) => (pin < 0 ? 1 : 0)))
  const ranks = new Set(arcCost)
  for (const { rank, cut } of proof) {
    ranks.delete(rank ** 2)
    // A slot that stays full stands apart from its group: see the proof.
    const full = slotGroup.map((g, s) => cut.slot[s] | (face.slotFixed[s] ? 0 : cut.group[g]))
    for (let u = 0; u < pinSlot.length; u++) {
      if (!cut.guest[u]) face.mayStayOut[u] = 0
      for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
        if (!face.usable[a]) continue
        const paid = 1 - cut.guest[u] + full[arcSlot[a]]
        const due = arcCost[a] <= rank ** 2 ? 1 : 0
        if (paid < due) return undefined
        if (paid > due) face.usable[a] = 0
      }
    }
    for (const [s, g] of slotGroup.entries())
      if (cut.slot[s] && !cut.group[g]) face.slotFixed[s] = 1
    for (const [g, inside] of cut.group.entries()) if (inside) face.groupFixed[g] = 1
  }
  const ascending = proof.every(({ rank }, i) => i === 0 || rank > proof[i - 1].rank)
  return ascending && ranks.size === 0 ? face : undefined
}

/** Whether a plan lies on a rank-maximal face, and so is rank-maximal; what is fixed is full there. */
export function isOnRankMaximalFace(instance: Instance, face: Face, seats: Seats): boolean {
  const { guestStart, arcSlot, arcCost, slotCapacity, groupCapacity, pinSlot } = instance
  const { slotOf, rankOf, slotLoad, groupLoad } = seats
  for (let u = 0; u < slotOf.length; u++) {
    if (pinSlot[u] >= 0) continue
    if (slotOf[u] < 0) {
      if (!face.mayStayOut[u]) return false
      continue
    }
    let a = guestStart[u]
    while (a < guestStart[u + 1] && (arcSlot[a] !== slotOf[u] || arcCost[a] !== rankOf[u] ** 2)) a++
    if (a === guestStart[u + 1] || !face.usable[a]) return false
  }
  return (
    face.slotFixed.every((fixed, s) => !fixed || slotLoad[s] === slotCapacity[s]) &&
    face.groupFixed.every((fixed, g) => !fixed || groupLoad[g] === groupCapacity[g])
  )
}
