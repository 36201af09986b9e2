import {
  expandWishes,
  type Hours,
  mayShadow,
  type PlacedSite,
  type RankedWish,
  type WishedSlot,
  type Wisher,
} from '#server/features/signup/signup.rules.ts'
import type {
  PinKind,
  PlanFailure,
  PlanNumbers,
  PlanObjective,
  PlanReason,
  PlanStats,
  WishReason,
} from '#shared/matching/matching.vocabulary.ts'
import { buildInstance, type Instance, type InstanceInput } from './core/instance.ts'
import type { Seats } from './core/solution.ts'
import type { SolveOptions } from './core/solve.ts'
import type { Services } from './core/ties/mixing.ts'
import { type DealResult, deal, dealAround, type Standing, stagesOf } from './matching.deal.ts'
import { explain } from './matching.guests.ts'
import type { Arc } from './matching.reasons.ts'
import { compareObjectives, figuresOf, pinCosts } from './matching.stats.ts'
import { journeysOf } from './matching.travel.ts'

export interface PlanSlot extends WishedSlot {
  capacity: number
}

/** Everything a plan is made from, and nothing else: the same input gives the same plan. */
export interface PlanInput {
  /** Decides ties. */
  seed: string
  guests: { personId: string; siteId: string; ownRoleId: string | null; wishes: RankedWish[] }[]
  /** What may be given: accepted, and released where a release is asked for. */
  slots: PlanSlot[]
  /** What a host once accepted and cannot be given now; it only explains an empty hand. */
  withdrawn: WishedSlot[]
  /** Hours of every accepted slot: its host is nobody's guest meanwhile. */
  hosting: (Hours & { hostId: string })[]
  sites: PlacedSite[]
  /** Most visitors of a site in a period; a pair left out has no limit. */
  caps: { siteId: string; periodId: string; capacity: number }[]
  pins: { personId: string; slotId: string; kind: PinKind }[]
  /** `fair` unless said otherwise. */
  objective?: PlanObjective
  /** Who sits where since the last publication, for `fewest-moves`. */
  standing?: Standing[]
  /** Guests and hosts whose service is known, services numbered; nobody is mixed without it. */
  services?: { personId: string; service: number }[]
  /** Guests by the moment they signed up; it only tells what first come, first served would give. */
  arrival?: string[]
}

export interface PlannedGuest {
  personId: string
  slotId: string | null
  /** null without a place, and for a place outside the wishes. */
  rank: number | null
  byHand: boolean
  reason: PlanReason
  numbers: PlanNumbers
  /** What became of each wish, best first. */
  wishes: WishReason[]
}

export type PlanOutcome =
  | { ok: true; guests: PlannedGuest[]; stats: PlanStats }
  | { ok: false; failure: PlanFailure }

/** What each guest may be given, with the pins and forbids that can hold. */
export interface Expanded {
  arcs: Map<string, Arc[]>
  pins: { participant: string; slot: string }[]
  forbids: { participant: string; slot: string }[]
  pinsIgnored: number
}

/** Who each guest is to the rules of sign-up. */
export function wishersOf(input: Pick<PlanInput, 'guests' | 'hosting'>): Map<string, Wisher> {
  const hostingOf = Map.groupBy(input.hosting, ({ hostId }) => hostId)
  return new Map(
    input.guests.map((guest) => [
      guest.personId,
      { ...guest, hosting: hostingOf.get(guest.personId) ?? [] },
    ]),
  )
}

function expand(input: PlanInput, wishers: Map<string, Wisher>): Expanded {
  const sites = new Map(input.sites.map((site) => [site.id, site]))
  const slotById = new Map(input.slots.map((slot) => [slot.id, slot]))
  const arcs = new Map(
    input.guests.map(({ personId, wishes }) => [
      personId,
      expandWishes(wishes, wishers.get(personId)!, input.slots, sites),
    ]),
  )
  const pins: Expanded['pins'] = []
  const forbids: Expanded['forbids'] = []
  let pinsIgnored = 0
  for (const { personId, slotId, kind } of input.pins) {
    const wisher = wishers.get(personId)
    const slot = slotById.get(slotId)
    const pair = { participant: personId, slot: slotId }
    if (kind === 'forbid' && wisher && slot) forbids.push(pair)
    // A hand placement follows the same conditions as the others: never one's own role or hours.
    else if (kind === 'pin' && wisher && slot && mayShadow(wisher, slot)) pins.push(pair)
    else if (kind === 'pin') pinsIgnored++
  }
  return { arcs, pins, forbids, pinsIgnored }
}

const capKey = (siteId: string, periodId: string) => `${siteId} ${periodId}`

function instanceInput(
  input: PlanInput,
  { arcs, pins, forbids }: Expanded,
): Required<InstanceInput> {
  const capped = new Set(input.caps.map(({ siteId, periodId }) => capKey(siteId, periodId)))
  return {
    seed: input.seed,
    participants: input.guests.map(({ personId }) => ({
      id: personId,
      wishes: arcs.get(personId) ?? [],
    })),
    slots: input.slots.map(({ id, capacity, siteId, periodId }) => {
      const group = capKey(siteId, periodId)
      return { id, capacity, group: capped.has(group) ? group : null }
    }),
    groups: input.caps.map(({ siteId, periodId, capacity }) => ({
      id: capKey(siteId, periodId),
      capacity,
    })),
    pins,
    forbids,
  }
}

/** What is to be solved, in identifiers: conditions, hours and distances are in the wishes. */
export function problemOf(input: PlanInput): Required<InstanceInput> {
  return instanceInput(input, expand(input, wishersOf(input)))
}

/**
 * Makes the best plan of its objective and explains it to everybody: for `fair`, most people placed
 * first, then the least sum of squared ranks; then the fewest hosts without a guest and the least
 * travel. The proof is checked before the plan is believed.
 * @param milliseconds reads a clock that only moves forward; a pure function has none of its own.
 */
export function makePlan(
  input: PlanInput,
  milliseconds: () => number,
  options: SolveOptions = {},
): PlanOutcome {
  const { objective = 'fair', arrival = [] } = input
  const wishers = wishersOf(input)
  const expanded = expand(input, wishers)
  const problem = instanceInput(input, expanded)
  const built = buildInstance(problem)
  if (!built.ok) {
    const { code, place } = built.refusal
    if (['pins_exceed_slot', 'pins_exceed_group', 'pin_forbidden', 'pins_conflict'].includes(code))
      return { ok: false, failure: 'pins-exceed' }
    throw new Error(`the day cannot be read as a matching problem: ${code} at ${place}`)
  }
  const { instance } = built
  const journeys = journeysOf(input, instance)
  const stage = stagesOf(options, input.guests.length)
  const started = milliseconds()
  const services = servicesOf(input, instance)
  const dealt: DealResult =
    objective === 'fewest-moves'
      ? { ok: true, seats: keepSeats(input, wishers, instance) }
      : deal(objective, instance, journeys.travel, services, stage(0, 0.25))
  const took = milliseconds() - started
  if (!dealt.ok) return dealt
  const { seats, mixing } = dealt
  const made = objective === 'fewest-moves' ? undefined : { objective, seats }
  const comparison = compareObjectives(instance, made, journeys, arrival, stage(0.25, 0.5))
  if (typeof comparison === 'string') return { ok: false, failure: comparison }
  const figures = figuresOf(instance, seats, journeys.known)
  // The fair plan is proved to place the most: one that keeps seats must place as many.
  const [fair] = comparison
  if (!made && figures.placed < fair.placed) return { ok: false, failure: 'unproved' }
  const costs = made ? pinCosts(made.objective, problem, instance, dealt, stage(0.5, 0.55)) : []
  if (!costs) return { ok: false, failure: 'cancelled' }
  const told = { input, wishers, expanded, instance, seats, best: objective === 'fair' }
  const guests = explain(told, stage(0.55, 1).progress)
  options.progress?.(guests.length, guests.length)
  return {
    ok: true,
    guests,
    stats: {
      ...figures,
      signedUp: guests.length,
      slots: input.slots.length,
      seats: input.slots.reduce((sum, { capacity }) => sum + capacity, 0),
      pinsIgnored: expanded.pinsIgnored,
      milliseconds: Math.round(took),
      proved: true,
      ...(mixing && { mixing }),
      comparison,
      ...(made && { pinCosts: costs }),
    },
  }
}

/** The plan nearest to what people hold; what the director forbids or the rules do is let go. */
function keepSeats(
  { standing = [], slots, pins }: PlanInput,
  wishers: Map<string, Wisher>,
  instance: Instance,
): Seats {
  const slotOf = new Map(slots.map((slot) => [slot.id, slot]))
  return dealAround(instance, standing, ({ personId, slotId }) => {
    const slot = slotOf.get(slotId)
    const wisher = wishers.get(personId)
    const forbidden = pins.some(
      (pin) => pin.kind === 'forbid' && pin.personId === personId && pin.slotId === slotId,
    )
    return slot !== undefined && wisher !== undefined && !forbidden && mayShadow(wisher, slot)
  })
}

/** Which service everybody belongs to, as the instance numbers guests and slots. */
function servicesOf({ services, slots }: PlanInput, instance: Instance): Services | undefined {
  if (!services) return undefined
  const serviceOf = new Map(services.map(({ personId, service }) => [personId, service]))
  const hostOf = new Map(slots.map(({ id, hostId }) => [id, hostId]))
  return {
    ofGuest: Int32Array.from(instance.guestIds, (id) => serviceOf.get(id) ?? -1),
    ofHost: Int32Array.from(instance.slotIds, (id) => serviceOf.get(hostOf.get(id)!) ?? -1),
  }
}
