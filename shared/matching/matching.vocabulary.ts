import { z } from 'zod'

export const planStatuses = ['computing', 'ready', 'failed', 'published', 'superseded'] as const
export const planStatusSchema = z.enum(planStatuses)
export type PlanStatus = z.infer<typeof planStatusSchema>

export const planFailures = ['cancelled', 'pins-exceed', 'unproved', 'unexpected'] as const
export const planFailureSchema = z.enum(planFailures)
export type PlanFailure = z.infer<typeof planFailureSchema>

/** Why a guest got this card, or none; each has a sentence with numbers in the catalogue. */
export const placedReasons = ['first-wish', 'later-wish', 'by-hand'] as const
export const unplacedReasons = [
  'no-slot-fits',
  'slots-withdrawn',
  'slots-full',
  'cap-full',
  'kept-apart',
] as const
export const planReasonSchema = z.enum([...placedReasons, ...unplacedReasons])
export type PlanReason = z.infer<typeof planReasonSchema>

/** The numbers a reason is told with: counts only, never anything about one other person. */
export const planNumbersSchema = z.object({
  /** Wishes handed in. */
  wishes: z.int(),
  /** Places that fit the first wish, and people who asked for one of them at any rank. */
  firstPlaces: z.int(),
  firstAsked: z.int(),
  /** The same for all wishes together. */
  places: z.int(),
  asked: z.int(),
  /** Places nobody took anywhere in the plan. */
  free: z.int(),
})
export type PlanNumbers = z.infer<typeof planNumbersSchema>

export const pinKinds = ['pin', 'forbid'] as const
export const pinKindSchema = z.enum(pinKinds)
export type PinKind = z.infer<typeof pinKindSchema>

/** What a director reads first about a plan. */
export const planStatsSchema = z.object({
  signedUp: z.int(),
  placed: z.int(),
  unplaced: z.int(),
  /** People placed at their 1st … 5th wish. */
  byRank: z.array(z.int()),
  /** Placed by hand outside their wishes. */
  unwished: z.int(),
  slots: z.int(),
  slotsWithoutGuest: z.int(),
  seats: z.int(),
  /** Hand placements that could not be kept: the slot went, or the person did. */
  pinsIgnored: z.int(),
  /** Time in the solver. */
  milliseconds: z.int(),
  /** The certificate of optimality was checked after solving. */
  proved: z.boolean(),
})
export type PlanStats = z.infer<typeof planStatsSchema>
