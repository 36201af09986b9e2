import { expandWishes, type Wisher } from '#server/features/signup/signup.rules.ts'
import type { PlanNumbers, PlanReason, WishReason } from '#shared/matching/matching.vocabulary.ts'
import type { Instance } from './core/instance.ts'
import { planOf, type Seats, type SlotState, slotStateOf } from './core/solution.ts'
import type { SolveOptions } from './core/solve.ts'
import type { Expanded, PlanInput } from './matching.problem.ts'
import { demandTable, placesLeft } from './matching.reasons.ts'
import { wishReasons } from './matching.wishes.ts'

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

/** Every guest with their seat, the reason, and what became of each wish. */
export function explain(
  made: {
    input: PlanInput
    wishers: Map<string, Wisher>
    expanded: Expanded
    instance: Instance
    seats: Seats
    /** It places the most, at the least sum of rank². */
    best: boolean
  },
  progress: SolveOptions['progress'],
): PlannedGuest[] {
  const { input, wishers, expanded, instance, seats } = made
  const { assignments } = planOf(instance, seats)
  const assigned = new Map(assignments.map((assignment) => [assignment.participant, assignment]))
  const stateOf = new Map(
    instance.slotIds.map((id, index) => [id, slotStateOf(instance, seats, index)]),
  )
  const forbidden = Map.groupBy(expanded.forbids, ({ participant }) => participant)
  const pinned = new Set(expanded.pins.map(({ participant }) => participant))
  const reachable = new Map(
    input.guests.map(({ personId }) => {
      const never = new Set(forbidden.get(personId)?.map(({ slot }) => slot))
      const arcs = expanded.arcs.get(personId) ?? []
      return [personId, never.size === 0 ? arcs : arcs.filter(({ slot }) => !never.has(slot))]
    }),
  )
  const demand = demandTable(input, [...reachable.values()])
  const free = placesLeft(instance, seats)
  const sites = new Map(input.sites.map((site) => [site.id, site]))

  const wishesOf = wishReasons({ ...made, reachable, demand }, progress)

  return input.guests.map(({ personId, wishes }): PlannedGuest => {
    const assignment = assigned.get(personId)
    const told = wishesOf.get(personId)!
    const arcs = reachable.get(personId)!
    const first = demand(arcs.filter(({ rank }) => rank === 1))
    const all = demand(arcs)
    const numbers: PlanNumbers = {
      wishes: wishes.length,
      firstPlaces: first.places,
      firstAsked: first.asked,
      places: all.places,
      asked: all.asked,
      free,
    }
    if (assignment) {
      const byHand = pinned.has(personId)
      const reason = byHand ? 'by-hand' : assignment.rank === 1 ? 'first-wish' : 'later-wish'
      const { slot: slotId, rank } = assignment
      return { personId, slotId, rank, byHand, reason, numbers, wishes: told }
    }
    const wishedWithdrawn = () =>
      expandWishes(wishes, wishers.get(personId)!, input.withdrawn, sites).length > 0
    const reason = emptyHandReason(
      arcs.map(({ slot }) => stateOf.get(slot)!),
      (expanded.arcs.get(personId) ?? []).length > 0,
      wishedWithdrawn,
    )
    const nothing = { slotId: null, rank: null, byHand: false }
    return { personId, ...nothing, reason, numbers, wishes: told }
  })
}

function emptyHandReason(
  states: SlotState[],
  fittedBeforeForbids: boolean,
  wishedWithdrawn: () => boolean,
): PlanReason {
  if (states.length > 0) return states.includes('group_full') ? 'cap-full' : 'slots-full'
  if (fittedBeforeForbids) return 'kept-apart'
  return wishedWithdrawn() ? 'slots-withdrawn' : 'no-slot-fits'
}
