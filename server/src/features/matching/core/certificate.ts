import type { Instance } from './instance.ts'
import type { Seats, Solution } from './solution.ts'

export type Flaw =
  | 'pin_broken'
  | 'not_a_wish'
  | 'rank_wrong'
  | 'load_wrong'
  | 'slot_over_capacity'
  | 'group_over_capacity'
  | 'more_could_be_placed'
  | 'price_wrong'
  | 'ranks_could_be_better'

/** `at` is the index of the guest, slot or group where the proof breaks. */
export type Verdict = { ok: true } | { ok: false; flaw: Flaw; at: number }

/**
 * Checks a plan and its proof in one walk over the arcs, without trusting how they came about.
 *
 * Most placed: no arc leads from a guest inside the cut out of it, its border is full, and nobody
 * from outside sits inside; then no plan places more (max-flow min-cut, Ford and Fulkerson 1956).
 * Least cost: under the prices no guest would rather have another seat, nobody inside the cut pays
 * more than staying out costs them (0), and only what is full has a price, except on the border,
 * which every plan that places the most fills (complementary slackness of the linear programme).
 */
export function checkCertificate(instance: Instance, solution: Solution): Verdict {
  return (
    checkPlan(instance, solution) ??
    checkMost(instance, solution) ??
    checkPrices(instance, solution) ??
    checkRanks(instance, solution) ?? { ok: true }
  )
}

const flawed = (flaw: Flaw, at: number): Verdict => ({ ok: false, flaw, at })

/** Whether seats are a plan at all: pins, wishes, ranks and loads hold; undefined if they do. */
export function checkPlan(instance: Instance, solution: Seats): Verdict | undefined {
  const { guestStart, arcSlot, arcCost, slotGroup, slotCapacity, groupCapacity } = instance
  const { slotOf, rankOf } = solution
  const slotLoad = new Int32Array(slotCapacity.length)
  const groupLoad = new Int32Array(groupCapacity.length)
  for (let u = 0; u < instance.guestIds.length; u++) {
    const s = slotOf[u]
    const pin = instance.pinSlot[u]
    if (pin >= 0) {
      if (s !== pin) return flawed('pin_broken', u)
      if (rankOf[u] !== instance.pinRank[u]) return flawed('rank_wrong', u)
    } else if (s < 0) {
      if (rankOf[u] !== 0) return flawed('rank_wrong', u)
      continue
    } else {
      let a = guestStart[u]
      while (a < guestStart[u + 1] && arcSlot[a] !== s) a++
      if (a === guestStart[u + 1]) return flawed('not_a_wish', u)
      if (arcCost[a] !== rankOf[u] ** 2) return flawed('rank_wrong', u)
    }
    slotLoad[s]++
    groupLoad[slotGroup[s]]++
  }
  for (let s = 0; s < slotLoad.length; s++) {
    if (slotLoad[s] !== solution.slotLoad[s]) return flawed('load_wrong', s)
    if (slotLoad[s] > slotCapacity[s]) return flawed('slot_over_capacity', s)
  }
  for (let g = 0; g < groupLoad.length; g++) {
    if (groupLoad[g] !== solution.groupLoad[g]) return flawed('load_wrong', g)
    if (groupLoad[g] > groupCapacity[g]) return flawed('group_over_capacity', g)
  }
}

function checkMost(instance: Instance, { slotOf, slotLoad, groupLoad, cut }: Solution) {
  const { slotGroup, slotCapacity, groupCapacity, pinSlot } = instance
  for (let u = 0; u < slotOf.length; u++) {
    if (pinSlot[u] >= 0) continue
    const s = slotOf[u]
    if (!cut.guest[u] && (s < 0 || cut.slot[s] || cut.group[slotGroup[s]]))
      return flawed('more_could_be_placed', u)
  }
  for (let s = 0; s < slotLoad.length; s++)
    if (cut.slot[s] && !cut.group[slotGroup[s]] && slotLoad[s] < slotCapacity[s])
      return flawed('more_could_be_placed', s)
  for (let g = 0; g < groupLoad.length; g++)
    if (cut.group[g] && groupLoad[g] < groupCapacity[g]) return flawed('more_could_be_placed', g)
}

function checkPrices(instance: Instance, { slotLoad, groupLoad, cut, prices }: Solution) {
  const { slotGroup, slotCapacity, groupCapacity } = instance
  for (let g = 0; g < groupLoad.length; g++) {
    const price = prices.group[g]
    if (!Number.isSafeInteger(price)) return flawed('price_wrong', g)
    if (cut.group[g]) continue
    if (price < 0 || (price > 0 && groupLoad[g] < groupCapacity[g])) return flawed('price_wrong', g)
  }
  for (let s = 0; s < slotLoad.length; s++) {
    const price = prices.slot[s]
    if (!Number.isSafeInteger(price)) return flawed('price_wrong', s)
    if (cut.slot[s] !== cut.group[slotGroup[s]]) continue
    const own = price - prices.group[slotGroup[s]]
    if (own < 0 || (own > 0 && slotLoad[s] < slotCapacity[s])) return flawed('price_wrong', s)
  }
}

/** Also that no wish leads out of the cut, to look at each only once. */
function checkRanks(instance: Instance, { slotOf, rankOf, cut, prices }: Solution) {
  const { guestStart, arcSlot, arcCost, slotGroup, pinSlot } = instance
  const inside = cut.guest
  const price = prices.slot
  // What crosses the cut inward is no choice for those outside, and outward is there to be found.
  const outsidePrice = price.slice()
  const insidePrice = price.slice()
  for (let s = 0; s < price.length; s++) {
    if (cut.slot[s] || cut.group[slotGroup[s]]) outsidePrice[s] = Number.POSITIVE_INFINITY
    if (!cut.slot[s]) insidePrice[s] = Number.NEGATIVE_INFINITY
  }
  for (let u = 0; u < slotOf.length; u++) {
    if (pinSlot[u] >= 0) continue
    const s = slotOf[u]
    const worth = s < 0 ? 0 : rankOf[u] * rankOf[u] + price[s]
    const end = guestStart[u + 1]
    if (inside[u]) {
      if (worth > 0) return flawed('ranks_could_be_better', u)
      for (let a = guestStart[u]; a < end; a++) {
        const offer = arcCost[a] + insidePrice[arcSlot[a]]
        if (offer >= worth) continue
        const crosses = offer === Number.NEGATIVE_INFINITY
        return flawed(crosses ? 'more_could_be_placed' : 'ranks_could_be_better', u)
      }
      continue
    }
    // The best rank comes first and outside the cut no price is negative, as checked before.
    for (let a = guestStart[u]; a < end && arcCost[a] < worth; a++)
      if (arcCost[a] + outsidePrice[arcSlot[a]] < worth) return flawed('ranks_could_be_better', u)
  }
}
