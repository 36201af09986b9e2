import {
  expandWishes,
  type Hours,
  mayShadow,
  type PlacedSite,
  type RankedWish,
  type WishedSlot,
  type Wisher,
} from '#server/features/signup/signup.rules.ts'
import type { PinKind, PlanObjective } from '#shared/matching/matching.vocabulary.ts'
import type { InstanceInput } from './core/input.ts'
import type { Standing } from './matching.deal.ts'
import type { Arc } from './matching.reasons.ts'
import { capKey } from './matching.rules.ts'

interface PlanSlot extends WishedSlot {
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

/** What everybody may be given; a pin that cannot hold is counted, not kept. */
export function expand(input: PlanInput, wishers: Map<string, Wisher>): Expanded {
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

/** The problem of a day in identifiers, as `buildInstance` takes it. */
export function instanceInput(
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
