import { z } from 'zod'
import { route } from '../contract.ts'
import { verbatimSchema } from '../observations/observations.contract.ts'
import { line } from '../vocabulary/line.ts'
import { versionSchema } from '../vocabulary/version.ts'

/** Read from the last row of a room: one line and a half on a projector. */
export const longestTitle = 120
export const longestNote = 1_000
export const longestReason = 300
/** Gathered by one press: four pages of cards. */
export const mostAtOnce = 200

const title = line(longestTitle, 3)
const note = line(longestNote).default('')
const observationIds = z.array(z.uuid()).min(1).max(mostAtOnce)

export const findingSchema = z.object({
  id: z.uuid(),
  dayId: z.uuid(),
  irritantId: z.uuid(),
  title: z.string(),
  note: z.string(),
  /** `withdrawn`: kept with its reason and its votes; none of them counts. */
  status: z.enum(['open', 'withdrawn']),
  withdrawnReason: z.string().nullable(),
  version: z.number().int(),
  /** Observations that stand; of them those without a word. */
  observationCount: z.number().int(),
  wordlessCount: z.number().int(),
  /** Taken back by their authors since: traced here, counted nowhere. */
  withdrawnCount: z.number().int(),
})
export type Finding = z.infer<typeof findingSchema>

/** An observation as a card: its role is left out, which in a small day comes close to a name. */
export const seenCardSchema = verbatimSchema.extend({ irritantId: z.uuid() })
export type SeenCard = z.infer<typeof seenCardSchema>

export const originalSchema = seenCardSchema.extend({ withdrawn: z.boolean() })
export type Original = z.infer<typeof originalSchema>

const named = z.object({ id: z.uuid(), nameFr: z.string(), nameEn: z.string() })

export const findingsSchema = z.object({
  dayName: z.string(),
  regionId: z.uuid(),
  /** Offered ones, and those something was seen under. */
  irritants: z.array(
    named.extend({
      archived: z.boolean(),
      /** What fits none of them: a finding of it may become an irritant of the region. */
      isOther: z.boolean(),
      ungroupedCount: z.number().int(),
    }),
  ),
  findings: z.array(findingSchema),
})
export type Findings = z.infer<typeof findingsSchema>

export const pileSchema = z.object({
  /** The open finding these resemble; null where they would make a new one. */
  findingId: z.uuid().nullable(),
  cards: z.array(seenCardSchema),
})
export type Pile = z.infer<typeof pileSchema>

const ofDay = z.object({ dayId: z.uuid() })
const ofOne = z.object({ dayId: z.uuid(), findingId: z.uuid() })
/** A page of fifty, in an order that tells nothing; `after` is the last card of the page before. */
const page = z.object({ irritantId: z.uuid().optional(), after: z.uuid().optional() })

export const findingsRoutes = {
  findings: route({
    method: 'GET',
    path: '/api/days/:dayId/findings',
    summary: 'The findings of a day, and how many observations are in none yet',
    access: 'session',
    params: ofDay,
    response: findingsSchema,
    refusals: ['not-found'],
  }),
  finding: route({
    method: 'GET',
    path: '/api/days/:dayId/findings/:findingId',
    summary: 'A finding with its originals, fifty at a time',
    access: 'session',
    params: ofOne,
    query: z.object({ after: z.uuid().optional() }),
    response: z.object({
      finding: findingSchema,
      originals: z.array(originalSchema),
      next: z.uuid().nullable(),
    }),
    refusals: ['not-found'],
  }),
  ungrouped: route({
    method: 'GET',
    path: '/api/days/:dayId/ungrouped-observations',
    summary: 'Observations that are in no finding, fifty at a time',
    access: 'session',
    params: ofDay,
    query: page,
    response: z.object({ cards: z.array(seenCardSchema), next: z.uuid().nullable() }),
    refusals: ['not-found'],
  }),
  suggestions: route({
    method: 'GET',
    path: '/api/days/:dayId/finding-suggestions',
    summary: 'Piles of similar observations around one page of those in no finding',
    access: 'session',
    params: ofDay,
    query: page,
    response: z.object({ piles: z.array(pileSchema) }),
    refusals: ['not-found'],
  }),
  similar: route({
    method: 'GET',
    path: '/api/days/:dayId/observations/:observationId/similar',
    summary: 'Observations in no finding that resemble this one, the closest first',
    access: 'session',
    params: z.object({ dayId: z.uuid(), observationId: z.uuid() }),
    response: z.object({ cards: z.array(seenCardSchema) }),
    refusals: ['not-found'],
  }),
  group: route({
    method: 'POST',
    path: '/api/days/:dayId/findings',
    summary: 'Gather observations into a new finding, all of them or none',
    access: 'session',
    params: ofDay,
    body: z.object({ title, irritantId: z.uuid(), note, observationIds }),
    response: findingSchema,
    refusals: ['not-found', 'observations-grouped', 'observations-withdrawn'],
  }),
  reword: route({
    method: 'PATCH',
    path: '/api/days/:dayId/findings/:findingId',
    summary: 'Give a finding another title, irritant or note',
    access: 'session',
    params: ofOne,
    body: z.object({ version: versionSchema, title, irritantId: z.uuid(), note }),
    response: findingSchema,
    refusals: ['not-found', 'finding-changed', 'vote-under-way'],
  }),
  addObservations: route({
    method: 'POST',
    path: '/api/days/:dayId/findings/:findingId/observations',
    summary: 'Add observations to an open finding, all of them or none',
    access: 'session',
    params: ofOne,
    body: z.object({ observationIds }),
    response: findingSchema,
    refusals: ['not-found', 'finding-withdrawn', 'observations-grouped', 'observations-withdrawn'],
  }),
  removeObservations: route({
    method: 'POST',
    path: '/api/days/:dayId/findings/:findingId/removals',
    summary: 'Take observations out of a finding; those not in it stay where they are',
    access: 'session',
    params: ofOne,
    body: z.object({ observationIds }),
    response: findingSchema,
    refusals: ['not-found', 'vote-under-way'],
  }),
  dissolve: route({
    method: 'DELETE',
    path: '/api/days/:dayId/findings/:findingId',
    summary: 'Dissolve a finding nothing hangs on; its observations are free again',
    access: 'session',
    params: ofOne,
    response: 'none',
    refusals: ['not-found', 'finding-in-use', 'vote-under-way'],
  }),
  withdraw: route({
    method: 'POST',
    path: '/api/days/:dayId/findings/:findingId/withdrawal',
    summary: 'Withdraw a finding with a reason: it stays with its votes, which count no more',
    access: 'session',
    params: ofOne,
    body: z.object({ version: versionSchema, reason: line(longestReason, 3) }),
    response: findingSchema,
    refusals: ['not-found', 'finding-changed'],
  }),
  bringBack: route({
    method: 'DELETE',
    path: '/api/days/:dayId/findings/:findingId/withdrawal',
    summary: 'Bring a withdrawn finding back, with everything that hung on it',
    access: 'session',
    params: ofOne,
    response: findingSchema,
    refusals: ['not-found'],
  }),
}
