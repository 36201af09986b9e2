import type { Reader } from '#server/platform/postgres/database.ts'
import type { Plan } from './matching.drafts.ts'
import * as placements from './matching.placements.queries.ts'
import type { Placement } from './matching.placements.ts'
import * as queries from './matching.queries.ts'

export {
  cancelPlan,
  discardPlan,
  failPlan,
  keepPlan,
  noteProgress,
  type Plan,
  requestPlan,
  restartStalledPlans,
  storePlan,
} from './matching.drafts.ts'
export { choicesFor, isOutdated, planInputOf, planToCompute } from './matching.input.ts'
export { lastChoice, pinsOfDay, setPin, undoChoice } from './matching.pins.ts'
export { endPlacement, type Placement, renewPlacementLink } from './matching.placements.ts'
export { type PlanInput, wishersOf } from './matching.problem.ts'
export { type Publication, publishPlan } from './matching.publication.ts'
export { type PlanRepair, repairPlacements } from './matching.repair.ts'
export {
  drawnOrder,
  giveSeat,
  type SeatingProblem,
  seatBest,
  seatFairly,
} from './matching.seats.ts'

export const planById: (db: Reader, id: string) => Promise<Plan | undefined> = queries.planById
/** The plans of a day but those discarded, newest first. */
export const plansOfDay: (db: Reader, dayId: string) => Promise<Plan[]> = queries.plansOfDay
export const plannedGuests = queries.plannedGuests
export const plannedGuest = queries.plannedGuest

export const placementById: (db: Reader, id: string) => Promise<Placement | undefined> =
  placements.placementById
/** Placements whatever became of them; those ended tell why. */
export const placementsByIds: (db: Reader, ids: string[]) => Promise<Placement[]> =
  placements.placementsByIds
export const activePlacements: (db: Reader, dayId: string) => Promise<Placement[]> =
  placements.activePlacements
export const activePlacementsOfSlot: (db: Reader, slotId: string) => Promise<Placement[]> =
  placements.activePlacementsOfSlot
/** {@link activePlacementsOfSlot} for several at once. */
export async function activePlacementsOfSlots(
  db: Reader,
  slotIds: readonly string[],
): Promise<Placement[]> {
  return slotIds.length === 0 ? [] : placements.activePlacementsOfSlots(db, slotIds)
}
export const activePlacementOf: (
  db: Reader,
  dayId: string,
  personId: string,
) => Promise<Placement | undefined> = placements.activePlacementOf
export const placesLost = placements.placesLost
export const changesSincePublication = placements.changesSincePublication
export const lastEndedPlacementOf = placements.lastEndedPlacementOf
