import type { Instance } from '../instance.ts'
import type { Travel } from '../objectives/baselines.ts'
import type { Seats } from '../solution.ts'

/** The service each guest and each slot's host belongs to, numbered; -1 where nobody knows. */
export interface Services {
  ofGuest: Int32Array
  ofHost: Int32Array
}

export interface Mixed {
  seats: Seats
  /** placed guests who meet somebody of another service: their host, or a guest of the same slot */
  before: number
  after: number
}

/**
 * Lets more people meet somebody of another service by exchanging two guests at a time who both
 * keep their rank and together travel no further, so that no aim above suffers: a first-improvement
 * local search (Aarts and Lenstra 1997), bounded in passes and in steps. It finds good exchanges,
 * not the best plan.
 */
export function mixServices(
  instance: Instance,
  seats: Seats,
  services: Services,
  travel: Travel,
): Mixed {
  const search = new ExchangeSearch(instance, seats, services, travel)
  const before = search.meeting()
  for (let pass = 0; pass < mostPasses && search.pass(); pass++);
  return { seats: search.seats, before, after: search.meeting() }
}

const mostPasses = 3
/** wishes looked at, about a tenth of a second */
const mostSteps = 10_000_000

class ExchangeSearch {
  readonly seats: Seats
  readonly #instance: Instance
  readonly #services: Services
  readonly #travel: Travel
  /** per slot, who could be exchanged */
  readonly #guests: number[][]
  /** per slot, how many guests of each service that is known, pinned ones too */
  readonly #counts: Map<number, number>[]
  #steps = 0

  constructor(instance: Instance, seats: Seats, services: Services, travel: Travel) {
    this.#instance = instance
    this.#services = services
    this.#travel = travel
    this.seats = { ...seats, slotOf: seats.slotOf.slice() }
    this.#guests = instance.slotIds.map(() => [])
    this.#counts = instance.slotIds.map(() => new Map())
    for (const [u, s] of seats.slotOf.entries()) {
      if (s < 0) continue
      if (instance.pinSlot[u] < 0) this.#guests[s].push(u)
      this.#count(s, services.ofGuest[u], 1)
    }
  }

  meeting(): number {
    return this.#counts.reduce((sum, _, s) => sum + this.#meetingIn(s), 0)
  }

  /** One look at everybody who meets nobody new; false when nothing more was found. */
  pass(): boolean {
    const { slotOf } = this.seats
    let found = false
    for (let u = 0; u < slotOf.length; u++) {
      if (this.#steps > mostSteps) return false
      if (slotOf[u] < 0 || this.#instance.pinSlot[u] >= 0) continue
      if (this.#services.ofGuest[u] < 0 || this.#meetingIn(slotOf[u]) > 0) continue
      if (this.#exchangeSomewhere(u)) found = true
    }
    return found
  }

  /** All who are known where two services meet; where there is one, they meet their host or nobody. */
  #meetingIn(s: number): number {
    const counts = this.#counts[s]
    const host = this.#services.ofHost[s]
    if (counts.size === 0 || (counts.size === 1 && (host < 0 || counts.has(host)))) return 0
    let known = 0
    for (const guests of counts.values()) known += guests
    return known
  }

  #exchangeSomewhere(u: number): boolean {
    const { guestStart, arcSlot, arcCost } = this.#instance
    const { slotOf, rankOf } = this.seats
    for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
      if (arcSlot[a] === slotOf[u] || arcCost[a] !== rankOf[u] ** 2) continue
      for (const v of this.#guests[arcSlot[a]])
        if (this.#isEqualExchange(u, v) && this.#exchange(u, v)) return true
    }
    return false
  }

  /** Whether v may have u's seat at their own rank, and both together travel as far as before. */
  #isEqualExchange(u: number, v: number): boolean {
    const { guestStart, arcSlot, arcCost } = this.#instance
    const { slotOf, rankOf } = this.seats
    const [s, t] = [slotOf[u], slotOf[v]]
    let a = guestStart[v]
    while (a < guestStart[v + 1] && (arcSlot[a] !== s || arcCost[a] !== rankOf[v] ** 2)) a++
    this.#steps += a - guestStart[v] + 1
    const travel = this.#travel
    return a < guestStart[v + 1] && travel(u, t) + travel(v, s) === travel(u, s) + travel(v, t)
  }

  /** Exchanges two guests if more people then meet somebody new, and not otherwise. */
  #exchange(u: number, v: number): boolean {
    const { slotOf } = this.seats
    const [s, t] = [slotOf[u], slotOf[v]]
    const before = this.#meetingIn(s) + this.#meetingIn(t)
    this.#swapCounts(s, u, t, v)
    if (this.#meetingIn(s) + this.#meetingIn(t) <= before) {
      this.#swapCounts(s, v, t, u)
      return false
    }
    slotOf[u] = t
    slotOf[v] = s
    this.#guests[s][this.#guests[s].indexOf(u)] = v
    this.#guests[t][this.#guests[t].indexOf(v)] = u
    return true
  }

  #swapCounts(s: number, u: number, t: number, v: number): void {
    const { ofGuest } = this.#services
    this.#count(s, ofGuest[u], -1)
    this.#count(s, ofGuest[v], 1)
    this.#count(t, ofGuest[v], -1)
    this.#count(t, ofGuest[u], 1)
  }

  #count(s: number, service: number, change: number): void {
    if (service < 0) return
    const counts = this.#counts[s]
    const guests = (counts.get(service) ?? 0) + change
    if (guests === 0) counts.delete(service)
    else counts.set(service, guests)
  }
}
