import { slotsForWish, type WishedSlot, type Wisher } from '#server/features/signup/signup.rules.ts'
import type { WishOutcome, WishReason } from '#shared/matching/matching.vocabulary.ts'
import { type Grant, type GrantCost, grantCosts } from './core/explain.ts'
import type { Instance } from './core/instance.ts'
import { type Solution, slotStateOf } from './core/solution.ts'
import type { PlanInput } from './matching.problem.ts'
import type { Arc, Demand } from './matching.reasons.ts'

/** A plan as it came out, and what it was made from. */
export interface MadePlan {
  input: Pick<PlanInput, 'guests' | 'slots' | 'withdrawn' | 'sites'>
  wishers: ReadonlyMap<string, Wisher>
  /** What each guest may be given: forbidden slots are left out. */
  reachable: ReadonlyMap<string, readonly Arc[]>
  instance: Instance
  seats: Pick<Solution, 'slotOf' | 'rankOf' | 'slotLoad' | 'groupLoad'>
  demand: (arcs: readonly Arc[]) => Demand
  /** It places the most, and at the least sum of rank²: only then is what a wish costs known. */
  best: boolean
  slotAt: ReadonlyMap<string, number>
  siteOf: ReadonlyMap<string, PlanInput['sites'][number]>
}

/** More work than this (arcs × slots) would keep a plan waiting: then no wish says what it costs. */
const mostSearching = 2e9

type Slots = ReturnType<typeof slotsOfWish>

/**
 * For every guest and every wish one closed outcome with its numbers, best wish first. All follow
 * from the plan itself: how many places the wish stands for, how many asked for one of them at
 * which rank, and what the best plan granting it would have changed for the others.
 */
export function wishReasons(
  made: Omit<MadePlan, 'slotAt' | 'siteOf'>,
  progress?: (done: number, total: number) => void,
): Map<string, WishReason[]> {
  const { input, instance, seats } = made
  const slotAt = new Map(instance.slotIds.map((id, index) => [id, index]))
  const siteOf = new Map(input.sites.map((site) => [site.id, site]))
  const plan: MadePlan = { ...made, slotAt, siteOf }
  const guestAt = new Map(instance.guestIds.map((id, index) => [id, index]))
  const rows = input.guests.flatMap((guest) => {
    const u = guestAt.get(guest.personId)!
    return guest.wishes.map((wish) => {
      const slots = slotsOfWish(plan, guest.personId, wish)
      return { guest, wish, u, slots, outcome: outcomeOf(plan, u, wish.rank, slots) }
    })
  })
  const full = rows.filter(({ outcome }) => outcome === 'slots-full' || outcome === 'cap-full')
  const grants = full.map(
    ({ u, slots }): Grant => ({
      guest: u,
      slots: slots.left.map(({ slot, rank }) => ({ slot: slotAt.get(slot)!, cost: rank ** 2 })),
    }),
  )
  const affordable = instance.arcSlot.length * instance.slotIds.length <= mostSearching
  const costs = plan.best && affordable ? grantCosts(instance, seats, grants, progress) : undefined
  const costOf = new Map(full.map((row, index) => [row, costs?.[index]]))

  const reasons = new Map<string, WishReason[]>(input.guests.map(({ personId }) => [personId, []]))
  for (const row of rows) {
    const { places, byRank } = plan.demand(row.slots.left)
    const { rank: _, ...asked } = row.wish
    reasons.get(row.guest.personId)!.push({
      rank: row.wish.rank,
      wish: asked,
      outcome: row.outcome,
      places,
      asked: byRank,
      cost: told(costOf.get(row)),
    })
  }
  return reasons
}

/** The slots a wish stands for at the rank they count, before and after the director's hand. */
function slotsOfWish(
  { input, wishers, reachable, siteOf }: MadePlan,
  personId: string,
  wish: PlanInput['guests'][number]['wishes'][number],
) {
  const wisher = wishers.get(personId)!
  const fitting = (slots: readonly WishedSlot[]) => slotsForWish(wish, wisher, slots, siteOf)
  const wished = new Set(fitting(input.slots).map(({ id }) => id))
  return {
    fits: wished.size > 0,
    left: reachable.get(personId)!.filter(({ slot }) => wished.has(slot)),
    withdrawn: () => fitting(input.withdrawn).length > 0,
  }
}

function outcomeOf(
  { instance, seats, slotAt }: MadePlan,
  u: number,
  rank: number,
  slots: Slots,
): WishOutcome {
  const granted = seats.slotOf[u] < 0 ? 0 : seats.rankOf[u]
  if (granted === rank) return 'granted'
  if (granted > 0 && granted < rank) return 'not-needed'
  if (!slots.fits) return slots.withdrawn() ? 'slots-withdrawn' : 'no-slot-fits'
  if (slots.left.length === 0) return 'kept-apart'
  if (instance.pinSlot[u] >= 0) return 'by-hand'
  // A free seat that could not be given: the site's limit is what stood in the way.
  const limited = slots.left.some(
    ({ slot }) => slotStateOf(instance, seats, slotAt.get(slot)!) === 'group_full',
  )
  return limited ? 'cap-full' : 'slots-full'
}

function told(cost: GrantCost | undefined): WishReason['cost'] {
  if (!cost) return null
  const { placed, moves } = cost
  return { placed, even: placed === 0 && cost.cost === 0, moves }
}
