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
 * Checks a plan and its proof in one pass over the guests, without trusting how they came about.
 *
 * Most placed: no arc leads from a guest inside the cut out of it, its border is full, and nobody
 * from outside sits inside; then no plan places more (max-flow min-cut, Ford and Fulkerson 1956).
 * Least cost: under the prices no guest would rather have another seat, nobody inside the cut pays
 * more than staying out costs them (0), and only what is full has a price, except on the border,
 * which every plan that places the most fills (complementary slackness of the linear programme).
 */
export function checkCertificate(instance: Instance, solution: Solution): Verdict {
  return (
    checkLoads(instance, solution) ??
    checkBorder(instance, solution) ??
    checkGuests(instance, solution) ??
    checkPrices(instance, solution) ?? { ok: true }
  )
}

const flawed = (flaw: Flaw, at: number): Verdict => ({ ok: false, flaw, at })

/** Whether seats are a plan at all: pins, wishes, ranks and loads hold; undefined if they do. */
export function checkPlan(instance: Instance, seats: Seats): Verdict | undefined {
  for (let u = 0; u < seats.slotOf.length; u++) {
    const flaw = seatFlaw(instance, seats, u)
    if (flaw) return flawed(flaw, u)
  }
  return checkLoads(instance, seats)
}

/** What is wrong with where a guest sits, whoever else sits there. */
function seatFlaw(instance: Instance, { slotOf, rankOf }: Seats, u: number): Flaw | undefined {
  const { guestStart, arcSlot, arcCost, pinSlot, pinRank } = instance
  const s = slotOf[u]
  if (pinSlot[u] >= 0) {
    if (s !== pinSlot[u]) return 'pin_broken'
    return rankOf[u] === pinRank[u] ? undefined : 'rank_wrong'
  }
  if (s < 0) return rankOf[u] === 0 ? undefined : 'rank_wrong'
  const end = guestStart[u + 1]
  let a = guestStart[u]
  while (a < end && arcSlot[a] !== s) a++
  if (a === end) return 'not_a_wish'
  return arcCost[a] === rankOf[u] * rankOf[u] ? undefined : 'rank_wrong'
}

function checkLoads({ slotGroup, slotCapacity, groupCapacity }: Instance, seats: Seats) {
  const { slotOf } = seats
  const slotLoad = new Int32Array(slotCapacity.length)
  const groupLoad = new Int32Array(groupCapacity.length)
  for (let u = 0; u < slotOf.length; u++) if (slotOf[u] >= 0) slotLoad[slotOf[u]]++
  for (let s = 0; s < slotLoad.length; s++) {
    if (slotLoad[s] !== seats.slotLoad[s]) return flawed('load_wrong', s)
    if (slotLoad[s] > slotCapacity[s]) return flawed('slot_over_capacity', s)
    groupLoad[slotGroup[s]] += slotLoad[s]
  }
  for (let g = 0; g < groupLoad.length; g++) {
    if (groupLoad[g] !== seats.groupLoad[g]) return flawed('load_wrong', g)
    if (groupLoad[g] > groupCapacity[g]) return flawed('group_over_capacity', g)
  }
}

/** Whether the cut is full where it ends. */
function checkBorder(instance: Instance, { slotLoad, groupLoad, cut }: Solution) {
  const { slotGroup, slotCapacity, groupCapacity } = instance
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

/**
 * Whether everybody sits where they may and wants no other seat more, and no wish leads out of the
 * cut. Few wishes are looked at: they come best rank first, so that once even a low price is too
 * much, so is all that follows. The few slots below that price, and those outside the cut, are
 * asked instead who wished for them.
 */
function checkGuests(instance: Instance, solution: Solution): Verdict | undefined {
  const { guestStart, arcSlot, arcCost, pinSlot } = instance
  const { slotOf, cut } = solution
  const offers = offersOf(instance, solution)
  const low = lowPrice(instance, offers.inside)
  let anybodyInside = false
  for (let u = 0; u < slotOf.length; u++) {
    const flaw = seatFlaw(instance, solution, u)
    if (flaw) return flawed(flaw, u)
    if (pinSlot[u] >= 0) continue
    const inside = cut.guest[u] !== 0
    const price = inside ? offers.inside : offers.outside
    const pays = paid(solution, u, price)
    // Infinite where the seat is on the other side of the cut.
    if (!Number.isFinite(pays) || (!inside && slotOf[u] < 0))
      return flawed('more_could_be_placed', u)
    if (inside && pays > 0) return flawed('ranks_could_be_better', u)
    // Outside the cut no price is negative: see checkPrices.
    const beyond = inside ? pays - low : pays
    const end = guestStart[u + 1]
    for (let a = guestStart[u]; a < end && arcCost[a] < beyond; a++) {
      const offer = arcCost[a] + price[arcSlot[a]]
      if (offer < pays) return preferred(u, offer)
    }
    anybodyInside ||= inside
  }
  if (anybodyInside) return checkLowPriced(instance, solution, offers.inside, low)
}

/** Prices of slots as guests inside and outside the cut may look at them. */
function offersOf({ slotGroup }: Instance, { cut, prices }: Solution) {
  const inside = prices.slot.slice()
  const outside = prices.slot.slice()
  for (let s = 0; s < inside.length; s++) {
    // A way out of the cut would make room for one more; what crosses it inward is no choice.
    if (!cut.slot[s]) inside[s] = Number.NEGATIVE_INFINITY
    if (cut.slot[s] || cut.group[slotGroup[s]]) outside[s] = Number.POSITIVE_INFINITY
  }
  return { inside, outside }
}

/** What a guest's place costs them under these prices; staying out costs nothing. */
function paid({ slotOf, rankOf }: Solution, u: number, price: Float64Array): number {
  const s = slotOf[u]
  return s < 0 ? 0 : rankOf[u] * rankOf[u] + price[s]
}

const preferred = (u: number, offer: number) =>
  flawed(offer === Number.NEGATIVE_INFINITY ? 'more_could_be_placed' : 'ranks_could_be_better', u)

/** A price below which slots inside the cut have few of the wishes. */
function lowPrice({ slotStart, arcSlot }: Instance, price: Float64Array): number {
  const few = arcSlot.length / 32
  for (let low = -1; ; low *= 2) {
    let wishes = 0
    for (let s = 0; s < price.length; s++)
      if (price[s] < low && price[s] > Number.NEGATIVE_INFINITY)
        wishes += slotStart[s + 1] - slotStart[s]
    if (wishes <= few) return low
  }
}

function checkLowPriced(
  { slotStart, slotArcGuest, slotArcCost }: Instance,
  solution: Solution,
  price: Float64Array,
  low: number,
) {
  const inside = solution.cut.guest
  for (let s = 0; s < price.length; s++) {
    if (price[s] >= low) continue
    for (let a = slotStart[s]; a < slotStart[s + 1]; a++) {
      const u = slotArcGuest[a]
      if (!inside[u]) continue
      const offer = slotArcCost[a] + price[s]
      if (offer < paid(solution, u, price)) return preferred(u, offer)
    }
  }
}
