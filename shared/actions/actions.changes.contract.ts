import { z } from 'zod'
import { route } from '../contract.ts'
import { nameFilterSchema } from '../observations/observations.contract.ts'
import { measureSchema } from './actions.contract.ts'
import { actionStatusSchema } from './actions.vocabulary.ts'

/** What was decided, as everybody of the region may read it: no owner, no note. */
export const decisionSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  status: actionStatusSchema,
  reason: z.string().nullable(),
  decidedAt: z.coerce.date().nullable(),
  measure: measureSchema.nullable(),
})
export type Decision = z.infer<typeof decisionSchema>

/** What of an observation is quoted: what was seen, or the idea. */
export const quotePartSchema = z.enum(['situation', 'idea'])
export type QuotePart = z.infer<typeof quotePartSchema>

/** Words of an observation as everybody reads them: names masked, nobody’s. */
export const quoteSchema = z.object({ part: quotePartSchema, words: z.string() })
export type Quote = z.infer<typeof quoteSchema>

export const changesSchema = z.object({
  dayName: z.string(),
  date: z.string(),
  /** Findings enough people saw, the most seen first, with what answers them. */
  findings: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      observationCount: z.number().int(),
      quotes: z.array(quoteSchema),
      decisions: z.array(decisionSchema),
    }),
  ),
  /** Findings too few saw to be told apart, told as a number. */
  foldedFindings: z.number().int(),
  /** What was decided beside them, without saying why. */
  otherDecisions: z.array(decisionSchema),
})
export type Changes = z.infer<typeof changesSchema>

/** A quote as a director handles it. */
const chosenQuoteSchema = quoteSchema.extend({ observationId: z.uuid() })
export type ChosenQuote = z.infer<typeof chosenQuoteSchema>

export const sharingSchema = z.object({
  dayName: z.string(),
  /** The secret part of the address; null while the page is not shared by a link. */
  token: z.string().nullable(),
  /** What recognises names of the region, so that they are masked before anything is quoted. */
  names: nameFilterSchema,
  findings: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      observationCount: z.number().int(),
      quotes: z.array(chosenQuoteSchema),
    }),
  ),
})
export type Sharing = z.infer<typeof sharingSchema>

// A derived token is 45 characters; anything much longer is not one.
const token = z.string().min(10).max(200)
const ofDay = z.object({ dayId: z.uuid() })
const ofQuote = z.object({ dayId: z.uuid(), observationId: z.uuid(), part: quotePartSchema })
const longestQuote = 2_000

export const changesRoutes = {
  changes: route({
    method: 'GET',
    path: '/api/days/:dayId/changes',
    summary: 'What was seen, decided and changed, for everybody of the region',
    access: 'session',
    params: ofDay,
    response: changesSchema.extend({
      /** The reader may share the page and choose its quotes. */
      mayShare: z.boolean(),
    }),
    refusals: ['not-found'],
  }),
  linkedChanges: route({
    method: 'GET',
    path: '/api/changes-links/:token',
    summary: 'The same for whoever holds the link a director shared',
    access: 'capability',
    params: z.object({ token }),
    response: changesSchema,
    refusals: ['link-expired', 'share-ended'],
  }),
  sharing: route({
    method: 'GET',
    path: '/api/days/:dayId/changes/sharing',
    summary: 'The link of the page, and what is quoted on it',
    access: 'session',
    params: ofDay,
    response: sharingSchema,
    refusals: ['not-found'],
  }),
  share: route({
    method: 'PUT',
    path: '/api/days/:dayId/changes/link',
    summary: 'Open the page to whoever holds its link',
    access: 'session',
    params: ofDay,
    response: sharingSchema,
    refusals: ['not-found'],
  }),
  endSharing: route({
    method: 'DELETE',
    path: '/api/days/:dayId/changes/link',
    summary: 'Take the link back: it leads nowhere from now on, wherever it went',
    access: 'session',
    params: ofDay,
    response: sharingSchema,
    refusals: ['not-found'],
  }),
  quotable: route({
    method: 'GET',
    path: '/api/days/:dayId/changes/findings/:findingId/words',
    summary: 'Words of a finding’s observations that may be quoted, a page of them',
    access: 'session',
    params: z.object({ dayId: z.uuid(), findingId: z.uuid() }),
    query: z.object({ after: z.uuid().optional() }),
    response: z.object({ words: z.array(chosenQuoteSchema), next: z.uuid().nullable() }),
    refusals: ['not-found'],
  }),
  quote: route({
    method: 'PUT',
    path: '/api/days/:dayId/changes/quotes/:observationId/:part',
    summary: 'Quote words of an observation, exactly as everybody will read them',
    access: 'session',
    params: ofQuote,
    body: z.object({ words: z.string().trim().min(1).max(longestQuote) }),
    response: sharingSchema,
    refusals: ['not-found', 'words-changed', 'too-few-to-quote'],
  }),
  unquote: route({
    method: 'DELETE',
    path: '/api/days/:dayId/changes/quotes/:observationId/:part',
    summary: 'Quote them no more',
    access: 'session',
    params: ofQuote,
    response: sharingSchema,
    refusals: ['not-found'],
  }),
}
