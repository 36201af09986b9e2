import { z } from 'zod'
import { route } from '../contract.ts'
import { wishSchema } from '../signup/signup.contract.ts'
import { mostWishes, wishPlaceSchema } from '../signup/signup.vocabulary.ts'
import {
  endedReasonSchema,
  pinKindSchema,
  planFailureSchema,
  planNumbersSchema,
  planObjectiveSchema,
  planReasonSchema,
  planStatsSchema,
  planStatusSchema,
  wishReasonSchema,
} from './matching.vocabulary.ts'

const namedSchema = z.object({ nameFr: z.string(), nameEn: z.string() })
const dayParams = z.object({ dayId: z.uuid() })
const planParams = z.object({ planId: z.uuid() })

export const planSchema = z.object({
  id: z.uuid(),
  dayId: z.uuid(),
  /** 1, 2, 3… within the day. */
  number: z.int(),
  /** The director's own name for it, or empty. */
  name: z.string(),
  objective: planObjectiveSchema,
  status: planStatusSchema,
  /** False for what a choice by hand computed by itself: it makes way for the next. */
  kept: z.boolean(),
  /** The draft its changes are told against. */
  basisId: z.uuid().nullable(),
  progressDone: z.int(),
  progressTotal: z.int(),
  stats: planStatsSchema.nullable(),
  failure: planFailureSchema.nullable(),
  createdAt: z.coerce.date(),
  computedAt: z.coerce.date().nullable(),
  publishedAt: z.coerce.date().nullable(),
})
export type Plan = z.infer<typeof planSchema>

/** What a plan changes against another; `null` ranks are places outside the wishes. */
export const planChangeSchema = z.object({
  planId: z.uuid(),
  number: z.int(),
  name: z.string(),
  kept: z.boolean(),
  byRank: z.array(z.int()),
  unplaced: z.int(),
  placed: z.int(),
  gained: z.int(),
  lost: z.int(),
  moved: z.int(),
  ranks: z.array(z.object({ from: z.int().nullable(), to: z.int().nullable(), people: z.int() })),
})
export type PlanChangeSeen = z.infer<typeof planChangeSchema>

const seatSchema = z.object({
  slotId: z.uuid(),
  roleId: z.uuid(),
  periodId: z.uuid(),
  siteName: z.string(),
  town: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  hostName: z.string(),
})

/** What became of a wish, with the names of what was asked for; null is « any ». */
export const wishToldSchema = wishReasonSchema.omit({ wish: true }).extend({
  role: namedSchema.nullable(),
  period: namedSchema.nullable(),
  place: wishPlaceSchema,
  siteName: z.string().nullable(),
  radiusKm: z.int().nullable(),
})
export type WishTold = z.infer<typeof wishToldSchema>

export const plannedGuestSchema = z.object({
  personId: z.uuid(),
  name: z.string(),
  siteName: z.string(),
  seat: seatSchema.nullable(),
  rank: z.int().nullable(),
  reason: planReasonSchema,
  numbers: planNumbersSchema,
  wishes: z.array(wishToldSchema),
  /** The slots the director's hand keeps this guest in or out of; they count from the next plan on. */
  pinned: z.uuid().nullable(),
  forbidden: z.array(z.uuid()),
})
export type PlannedGuest = z.infer<typeof plannedGuestSchema>

/** A plan as a picture: from which departments to which roles, and how full each site is. */
export const planPictureSchema = z.object({
  /** Most people first; the small ones together come last, without a name (null). */
  departments: z.array(
    z.object({ name: z.string().nullable(), people: z.int(), placed: z.int(), first: z.int() }),
  ),
  /** `department` is a position in the list above; a null role is not placed. */
  flows: z.array(z.object({ department: z.int(), roleId: z.uuid().nullable(), people: z.int() })),
  /** Those with hosts whom nobody visits first, then those with the most free places. */
  sites: z.array(
    z.object({
      siteId: z.uuid(),
      name: z.string(),
      seats: z.int(),
      taken: z.int(),
      hosts: z.int(),
      idle: z.int(),
    }),
  ),
  /** Why people have no place, the most frequent first. */
  unplaced: z.array(z.object({ reason: planReasonSchema, people: z.int() })),
})
export type PlanPicture = z.infer<typeof planPictureSchema>

/** The director's choices by hand as they stand, and the last one that can be taken back. */
export const handChoicesSchema = z.object({
  choices: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      kind: pinKindSchema,
      seat: seatSchema,
    }),
  ),
  last: z
    .object({
      id: z.uuid(),
      name: z.string(),
      /** What it made of what was said before; null is nothing. */
      former: pinKindSchema.nullable(),
      kind: pinKindSchema.nullable(),
      seat: seatSchema,
    })
    .nullable(),
})
export type HandChoices = z.infer<typeof handChoicesSchema>

export const planShows = ['all', 'unplaced', '1', '2', '3', '4', '5', 'by-hand'] as const
export const planShowSchema = z.enum(planShows)
export type PlanShow = z.infer<typeof planShowSchema>

export const roleNameSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  nameFr: z.string(),
  nameEn: z.string(),
  drawing: z.string(),
})

export const studioSchema = z.object({
  day: z.object({
    id: z.uuid(),
    name: z.string(),
    date: z.string(),
    timeZone: z.string(),
    signUpOpen: z.boolean(),
    published: z.boolean(),
    cancelled: z.boolean(),
  }),
  /** Who would be placed and where, if a plan were computed now. */
  signedUp: z.int(),
  slots: z.int(),
  seats: z.int(),
  roles: z.array(roleNameSchema),
  periods: z.array(z.object({ id: z.uuid(), nameFr: z.string(), nameEn: z.string() })),
  plans: z.array(planSchema),
})
export type Studio = z.infer<typeof studioSchema>

export const cardSchema = z.object({
  day: z.object({ id: z.uuid(), name: z.string(), date: z.string(), timeZone: z.string() }),
  /**
   * `none`: not signed up. `waiting`: signed up, nothing published. `placed`, `not-placed`: as
   * published. `ended`: there was a place and it is gone. `cancelled`: taken back by the reader.
   */
  state: z.enum(['none', 'waiting', 'placed', 'not-placed', 'ended', 'cancelled', 'day-cancelled']),
  placement: z
    .object({
      id: z.uuid(),
      role: roleNameSchema.extend({ teaserFr: z.string(), teaserEn: z.string() }),
      siteName: z.string(),
      address: z.string(),
      postcode: z.string(),
      town: z.string(),
      startsAt: z.coerce.date(),
      endsAt: z.coerce.date(),
      hostFirstName: z.string(),
      noCalls: z.boolean(),
      accessible: z.boolean(),
      safetyEquipment: z.boolean(),
      note: z.string(),
    })
    .nullable(),
  why: z
    .object({
      rank: z.int().nullable(),
      reason: planReasonSchema,
      numbers: planNumbersSchema,
      /** What became of each wish, best first. */
      wishes: z.array(wishToldSchema),
    })
    .nullable(),
  endedReason: endedReasonSchema.nullable(),
})
export type Card = z.infer<typeof cardSchema>

/** An estimate from {@link handChancesSchema.samples} plans; each figure says what it is from. */
export const handChancesSchema = z.object({
  /** In how many of the plans each wish was granted, best wish first. */
  times: z.array(z.int()),
  samples: z.int(),
  /** People signed up when it was computed, and how many were expected in the end. */
  signedUp: z.int(),
  expected: z.int(),
  computedAt: z.coerce.date(),
})
export type HandChances = z.infer<typeof handChancesSchema>

export const matchingRoutes = {
  handChances: route({
    method: 'PUT',
    path: '/api/days/:dayId/chances',
    summary: 'What chances a hand of wishes has; null until they are known, ask again',
    access: 'session',
    params: dayParams,
    body: z.object({ wishes: z.array(wishSchema).min(1).max(mostWishes) }),
    response: z.object({ chances: handChancesSchema.nullable() }),
    refusals: [
      'not-found',
      'forbidden',
      'day-cancelled',
      'sign-up-not-open',
      'sign-up-closed',
      'too-many-requests',
    ],
  }),
  studio: route({
    method: 'GET',
    path: '/api/days/:dayId/plans',
    summary: 'The plans of a day, newest first, and what a new one would be made from',
    access: 'session',
    params: dayParams,
    response: studioSchema,
    refusals: ['not-found', 'forbidden'],
  }),
  instance: route({
    method: 'GET',
    path: '/api/days/:dayId/plans/instance',
    summary: 'The day as a file of the matching command, to solve it again elsewhere',
    access: 'session',
    params: dayParams,
    response: 'file',
    refusals: ['not-found', 'forbidden'],
  }),
  requestPlan: route({
    method: 'POST',
    path: '/api/days/:dayId/plans',
    summary: 'Compute a draft; follow its progress by asking for the plan',
    access: 'session',
    params: dayParams,
    body: z.object({
      objective: planObjectiveSchema.default('fair'),
      /** The draft to tell its changes against; the newest unless given. */
      basisId: z.uuid().optional(),
    }),
    response: planSchema,
    refusals: ['not-found', 'forbidden', 'already-running', 'day-cancelled', 'not-published'],
  }),
  plan: route({
    method: 'GET',
    path: '/api/plans/:planId',
    summary: 'A plan, how far it is, and what it changes against the draft it came from',
    access: 'session',
    params: planParams,
    query: z.object({
      /** Another plan of the day to tell the changes against. */
      against: z.uuid().optional(),
    }),
    response: z.object({
      plan: planSchema,
      /** Something it was computed from has changed since: it cannot be published. */
      outdated: z.boolean(),
      against: planChangeSchema.nullable(),
    }),
    refusals: ['not-found', 'forbidden'],
  }),
  keepPlan: route({
    method: 'PATCH',
    path: '/api/plans/:planId',
    summary: 'Keep a draft, under a name or, where the name is empty, under its number',
    access: 'session',
    params: planParams,
    body: z.object({ name: z.string().trim().max(60) }),
    response: planSchema,
    refusals: ['not-found', 'forbidden'],
  }),
  discardPlan: route({
    method: 'DELETE',
    path: '/api/plans/:planId',
    summary: 'Throw a draft away',
    access: 'session',
    params: planParams,
    response: 'none',
    refusals: ['not-found', 'forbidden', 'plan-not-ready', 'plan-published'],
  }),
  planPicture: route({
    method: 'GET',
    path: '/api/plans/:planId/picture',
    summary:
      'A plan as a picture: from departments to roles, site by site, and who is left out why',
    access: 'session',
    params: planParams,
    response: planPictureSchema,
    refusals: ['not-found', 'forbidden'],
  }),
  cancelPlan: route({
    method: 'DELETE',
    path: '/api/plans/:planId/computation',
    summary: 'Stop computing a plan',
    access: 'session',
    params: planParams,
    response: planSchema,
    refusals: ['not-found', 'forbidden'],
  }),
  plannedGuests: route({
    method: 'GET',
    path: '/api/plans/:planId/guests',
    summary: 'The guests of a plan by name, a page at a time',
    access: 'session',
    params: planParams,
    query: z.object({
      show: planShowSchema.default('all'),
      roleId: z.uuid().optional(),
      siteId: z.uuid().optional(),
      reason: planReasonSchema.optional(),
      search: z.string().trim().max(80).default(''),
      after: z.uuid().optional(),
    }),
    response: z.object({
      guests: z.array(plannedGuestSchema),
      total: z.int(),
      /** Give it as `after` for the next page; null on the last. */
      next: z.uuid().nullable(),
    }),
    refusals: ['not-found', 'forbidden'],
  }),
  idleSlots: route({
    method: 'GET',
    path: '/api/plans/:planId/idle-slots',
    summary: 'Hosts of a plan who stay without guests',
    access: 'session',
    params: planParams,
    response: z.array(seatSchema.extend({ capacity: z.int() })),
    refusals: ['not-found', 'forbidden'],
  }),
  seatChoices: route({
    method: 'GET',
    path: '/api/plans/:planId/guests/:personId/choices',
    summary: 'Where a guest could be placed by hand, what they asked for first',
    access: 'session',
    params: z.object({ planId: z.uuid(), personId: z.uuid() }),
    response: z.array(
      seatSchema.extend({
        capacity: z.int(),
        /** Guests this plan puts there. */
        taken: z.int(),
        /** The rank at which the guest asked for it. */
        rank: z.int().nullable(),
      }),
    ),
    refusals: ['not-found', 'forbidden'],
  }),
  setPin: route({
    method: 'PUT',
    path: '/api/days/:dayId/pins',
    summary:
      'Place somebody by hand, keep them out of a slot, or neither; a draft is computed at once',
    access: 'session',
    params: dayParams,
    body: z.object({
      personId: z.uuid(),
      slotId: z.uuid(),
      kind: pinKindSchema.nullable(),
      /** The draft that was looked at. */
      basisId: z.uuid().optional(),
    }),
    response: planSchema,
    refusals: ['not-found', 'forbidden', 'pin-impossible', 'day-cancelled'],
  }),
  handChoices: route({
    method: 'GET',
    path: '/api/days/:dayId/choices',
    summary: 'The choices by hand as they stand, and the last one that can be taken back',
    access: 'session',
    params: dayParams,
    response: handChoicesSchema,
    refusals: ['not-found', 'forbidden'],
  }),
  undoChoice: route({
    method: 'DELETE',
    path: '/api/days/:dayId/choices/:choiceId',
    summary: 'Take back the last choice by hand; a draft is computed at once',
    access: 'session',
    params: z.object({ dayId: z.uuid(), choiceId: z.uuid() }),
    query: z.object({ basisId: z.uuid().optional() }),
    response: planSchema,
    refusals: ['not-found', 'forbidden', 'conflict', 'day-cancelled'],
  }),
  myCard: route({
    method: 'GET',
    path: '/api/days/:dayId/card',
    summary: 'The card I was dealt, and why',
    access: 'session',
    params: dayParams,
    response: cardSchema,
    refusals: ['not-found', 'forbidden'],
  }),
}
