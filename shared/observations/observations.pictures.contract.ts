import { z } from 'zod'
import { route } from '../contract.ts'
import { momentSchema, verbatimSchema } from './observations.contract.ts'

const named = z.object({ id: z.uuid(), nameFr: z.string(), nameEn: z.string() })

/** Null: told only together with others. */
const traits = {
  irritantId: z.uuid().nullable(),
  roleId: z.uuid().nullable(),
  moment: momentSchema.nullable(),
  siteId: z.uuid().nullable(),
}

const amount = {
  count: z.number().int(),
  /** Means of the answers 1 to 5; 0 of a site told apart, of which only the number is told. */
  frequency: z.number(),
  severity: z.number(),
}

/** Observations told together; every picture, filter and total is a sum of such, and only of such. */
export const groupSchema = z.object({ ...traits, ...amount })
export type Group = z.infer<typeof groupSchema>

export const picturesSchema = z.object({
  dayName: z.string(),
  /** Local date, as 2027-05-20. */
  date: z.string(),
  regionId: z.uuid(),
  /** Fewer than this are folded together. */
  smallestGroup: z.number().int(),
  irritants: z.array(named),
  roles: z.array(named),
  sites: z.array(z.object({ id: z.uuid(), name: z.string() })),
  groups: z.array(groupSchema),
  /** Traits the day is too small to cross: null in `groups`, each told here by itself, unfiltered. */
  apart: z.array(
    z.object({
      trait: z.enum(['irritantId', 'roleId', 'moment', 'siteId']),
      groups: z.array(groupSchema),
    }),
  ),
  /** The region’s edition before this one, where anything was seen in it. */
  before: z
    .object({
      dayId: z.uuid(),
      dayName: z.string(),
      date: z.string(),
      irritants: z.array(z.object({ irritantId: traits.irritantId, ...amount })),
    })
    .nullable(),
})
export type Pictures = z.infer<typeof picturesSchema>

export const toldVerbatimSchema = verbatimSchema.extend(traits)
export type ToldVerbatim = z.infer<typeof toldVerbatimSchema>

/** A value told, or those whose value is folded; anything where left out. */
const folded = z.literal('folded')
const ofDay = z.object({ dayId: z.uuid() })

export const picturesRoutes = {
  pictures: route({
    method: 'GET',
    path: '/api/days/:dayId/observations/pictures',
    summary: 'What was seen, in groups large enough to tell; every picture adds these up',
    access: 'session',
    params: ofDay,
    response: picturesSchema,
    refusals: ['not-found'],
  }),
  verbatims: route({
    method: 'GET',
    path: '/api/days/:dayId/observations/verbatims',
    summary: 'The observations behind a part of a picture, in an order that tells nothing',
    access: 'session',
    params: ofDay,
    query: z.object({
      irritantId: z.union([z.uuid(), folded]).optional(),
      roleId: z.union([z.uuid(), folded]).optional(),
      moment: z.union([momentSchema, folded]).optional(),
      siteId: z.union([z.uuid(), folded]).optional(),
      after: z.uuid().optional(),
    }),
    response: z.object({ verbatims: z.array(toldVerbatimSchema), next: z.uuid().nullable() }),
    refusals: ['not-found'],
  }),
}
