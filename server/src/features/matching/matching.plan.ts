import { mayShadow, type Wisher } from '#server/features/signup/signup.rules.ts'
import type { PlanFailure, PlanStats } from '#shared/matching/matching.vocabulary.ts'
import { buildInstance, type Instance } from './core/instance.ts'
import type { Seats } from './core/solution.ts'
import type { SolveOptions } from './core/solve.ts'
import type { Services } from './core/ties/mixing.ts'
import { type DealResult, deal, dealAround, stagesOf } from './matching.deal.ts'
import { explain, type PlannedGuest } from './matching.guests.ts'
import { expand, instanceInput, type PlanInput, wishersOf } from './matching.problem.ts'
import { compareObjectives, figuresOf, pinCosts } from './matching.stats.ts'
import { journeysOf } from './matching.travel.ts'

export type PlanOutcome =
  | { ok: true; guests: PlannedGuest[]; stats: PlanStats }
  | { ok: false; failure: PlanFailure }

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
