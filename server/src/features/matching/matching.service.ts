import type { Reader } from '#server/platform/postgres/database.ts'
import type {
  EndedReason,
  PlanFailure,
  PlanNumbers,
  PlanObjective,
  PlanReason,
  PlanStats,
  PlanStatus,
} from '#shared/matching/matching.vocabulary.ts'
import * as queries from './matching.queries.ts'

export {
  cancelPlan,
  discardPlan,
  failPlan,
  keepPlan,
  noteProgress,
  requestPlan,
  restartStalledPlans,
  storePlan,
} from './matching.drafts.ts'
export { choicesFor, isOutdated, planInputOf, planToCompute } from './matching.input.ts'
export { lastChoice, pinsOfDay, setPin, undoChoice } from './matching.pins.ts'
export { type PlanInput, wishersOf } from './matching.plan.ts'
export { endPlacement, type Publication, publishPlan } from './matching.publication.ts'
export { type PlanRepair, repairPlacements } from './matching.repair.ts'
export { drawnOrder, giveSeat, seatFairly } from './matching.seats.ts'

export interface Plan {
  id: string
  regionId: string
  dayId: string
  /** 1, 2, 3… within the day. */
  number: number
  /** The director's own, or empty. */
  name: string
  objective: PlanObjective
  status: PlanStatus
  /** Asked for, named or published; what a choice by hand computed makes way for the next. */
  kept: boolean
  /** The draft its changes are told against. */
  basisId: string | null
  progressDone: number
  progressTotal: number
  stats: PlanStats | null
  inputHash: string | null
  failure: PlanFailure | null
  createdAt: Date
  computedAt: Date | null
  publishedAt: Date | null
}

/** This guest in this slot, as published. */
export interface Placement {
  id: string
  regionId: string
  dayId: string
  personId: string
  slotId: string
  planId: string
  /** null where the director placed somebody outside their wishes. */
  rank: number | null
  reason: PlanReason
  numbers: PlanNumbers
  status: 'active' | 'ended'
  linkGeneration: number
  createdAt: Date
  endedAt: Date | null
  endedReason: EndedReason | null
}

export const planById: (db: Reader, id: string) => Promise<Plan | undefined> = queries.planById
/** The plans of a day but those discarded, newest first. */
export const plansOfDay: (db: Reader, dayId: string) => Promise<Plan[]> = queries.plansOfDay
export const plannedGuests = queries.plannedGuests
export const plannedGuest = queries.plannedGuest

export const placementById: (db: Reader, id: string) => Promise<Placement | undefined> =
  queries.placementById
/** Placements whatever became of them; those ended tell why. */
export const placementsByIds: (db: Reader, ids: string[]) => Promise<Placement[]> =
  queries.placementsByIds
export const activePlacements: (db: Reader, dayId: string) => Promise<Placement[]> =
  queries.activePlacements
export const activePlacementsOfSlot: (db: Reader, slotId: string) => Promise<Placement[]> =
  queries.activePlacementsOfSlot
export const activePlacementOf: (
  db: Reader,
  dayId: string,
  personId: string,
) => Promise<Placement | undefined> = queries.activePlacementOf
export const placesLost = queries.placesLost
export const changesSincePublication = queries.changesSincePublication
export const lastEndedPlacementOf = queries.lastEndedPlacementOf
