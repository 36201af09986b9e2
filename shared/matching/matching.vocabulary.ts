import { z } from 'zod'
import { wishPlaceSchema } from '../signup/signup.vocabulary.ts'

export const planStatuses = ['computing', 'ready', 'failed', 'published', 'superseded'] as const
export const planStatusSchema = z.enum(planStatuses)
export type PlanStatus = z.infer<typeof planStatusSchema>

/**
 * What a draft aims at: most people placed, then fair ranks; most first wishes, then most second
 * wishes…; most people placed, then the least change against what is published.
 */
export const planObjectives = ['fair', 'rank-maximal', 'fewest-moves'] as const
export const planObjectiveSchema = z.enum(planObjectives)
export type PlanObjective = z.infer<typeof planObjectiveSchema>

export const planFailures = ['cancelled', 'pins-exceed', 'unproved', 'unexpected'] as const
export const planFailureSchema = z.enum(planFailures)
export type PlanFailure = z.infer<typeof planFailureSchema>

/**
 * Why a guest got this card, or none; each has a sentence with numbers in the catalogue. The last
 * three come after publication: seated again by a repair, a place offered and accepted, a free
 * place taken of one's own accord.
 */
export const placedReasons = [
  'first-wish',
  'later-wish',
  'by-hand',
  'repaired',
  'offered',
  'taken',
] as const
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

/** What became of one wish; `not-needed` is below the one that was granted. */
export const wishOutcomes = [
  'granted',
  'not-needed',
  'no-slot-fits',
  'slots-withdrawn',
  'slots-full',
  'cap-full',
  'kept-apart',
  'by-hand',
] as const
export const wishOutcomeSchema = z.enum(wishOutcomes)
export type WishOutcome = z.infer<typeof wishOutcomeSchema>

/** One wish of one guest, what became of it, and the numbers that say so; nobody else is in it. */
export const wishReasonSchema = z.object({
  rank: z.int(),
  /** As it was when the plan was computed. */
  wish: z.object({
    roleId: z.uuid().nullable(),
    periodId: z.uuid().nullable(),
    place: wishPlaceSchema,
    siteId: z.uuid().nullable(),
    radiusKm: z.int().nullable(),
  }),
  outcome: wishOutcomeSchema,
  places: z.int(),
  /** People who asked for one of these places as their 1st … 5th wish, the reader among them. */
  asked: z.array(z.int()),
  /**
   * The best plan granting this wish against the plan: null where the wish was not refused for want
   * of room, or where it is not known.
   */
  cost: z
    .object({
      /** 0, or -1: one person fewer would have a place. */
      placed: z.int(),
      /** The other plan would have been as good; a tie was broken. */
      even: z.boolean(),
      /** Other people whose rank would change; 0 is without a place. */
      moves: z.array(z.object({ from: z.int(), to: z.int(), people: z.int() })),
    })
    .nullable(),
})
export type WishReason = z.infer<typeof wishReasonSchema>

/**
 * Why a placement ended: a new plan, the host said no, the host can host no more (they left: nobody
 * else’s business), the site withdrew the slot, it or its site takes fewer people, somebody who lost
 * their place needed this one, the guest gave it back, no day.
 */
export const endedReasons = [
  'replanned',
  'host-declined',
  'host-unavailable',
  'slot-closed',
  'fewer-places',
  'moved',
  'guest-cancelled',
  'day-cancelled',
] as const
export const endedReasonSchema = z.enum(endedReasons)
export type EndedReason = z.infer<typeof endedReasonSchema>

export const pinKinds = ['pin', 'forbid'] as const
export const pinKindSchema = z.enum(pinKinds)
export type PinKind = z.infer<typeof pinKindSchema>

/** Ways of dealing that are shown side by side on the same data; the last two only to compare. */
export const comparedObjectives = ['fair', 'rank-maximal', 'first-come', 'random-order'] as const
export const comparedObjectiveSchema = z.enum(comparedObjectives)

/** One way of dealing on the data of a plan, the director's hand included. */
export const comparisonSchema = z.object({
  objective: comparedObjectiveSchema,
  /** How many draws the numbers are the mean of, tenths kept; 1 where nothing is drawn. */
  draws: z.int(),
  placed: z.number(),
  unplaced: z.number(),
  byRank: z.array(z.number()),
  unwished: z.number(),
  slotsWithoutGuest: z.number(),
  travelKm: z.number(),
})
export type Comparison = z.infer<typeof comparisonSchema>

/** What would be different without one choice of the director's hand. */
export const pinCostSchema = z.object({
  personId: z.uuid(),
  slotId: z.uuid(),
  kind: pinKindSchema,
  /** How many more people would be placed without it; negative when fewer. */
  placed: z.int(),
  /** How much higher the sum of rank² would be without it; negative when lower. */
  cost: z.int(),
  /** People at their 1st … 5th wish without it. */
  byRank: z.array(z.int()),
})
export type PinCost = z.infer<typeof pinCostSchema>

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
  /**
   * Kilometres from home sites to slots' sites, as the crow flies; unknown ones left out. Absent,
   * here and below: computed before it was counted.
   */
  travelKm: z.int().optional(),
  /**
   * Placed guests who meet somebody of another service, their host or somebody in the same slot,
   * before and after neighbours of equal rank and travel were exchanged; never called optimal.
   */
  mixing: z.object({ before: z.int(), after: z.int() }).optional(),
  comparison: z.array(comparisonSchema).optional(),
  /** One for each choice by hand that holds. */
  pinCosts: z.array(pinCostSchema).optional(),
})
export type PlanStats = z.infer<typeof planStatsSchema>
