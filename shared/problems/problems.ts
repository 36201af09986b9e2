import { z } from 'zod'

/**
 * Every way the API can say no, with the HTTP status it travels under.
 * The sentences are in `problems.fr.json` and `problems.en.json`, one per code.
 */
export const problemStatus = {
  'invalid-input': 400,
  'not-signed-in': 401,
  forbidden: 403,
  'cross-site': 403,
  'not-found': 404,
  conflict: 409,
  'already-running': 409,
  'date-past': 409,
  'deadlines-out-of-order': 409,
  'periods-twice': 409,
  'periods-in-use': 409,
  'day-published': 409,
  'day-over': 409,
  'sign-up-deadline-passed': 409,
  'recipients-changed': 409,
  'proposals-changed': 409,
  'slot-overlaps': 409,
  'slot-outside-period': 409,
  'slot-refused': 409,
  'slot-closed': 409,
  'slot-not-accepted': 409,
  'offers-closed': 409,
  'no-role-to-show': 409,
  'card-unknown': 404,
  'caps-exceed-limit': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  'link-expired': 410,
  'link-used': 410,
  'day-cancelled': 409,
  'sign-up-not-open': 409,
  'sign-up-closed': 409,
  'sign-up-still-open': 409,
  'wish-repeated': 400,
  'wish-own-role': 409,
  'pin-impossible': 409,
  'plan-outdated': 409,
  'plan-not-ready': 409,
  'plan-published': 409,
  'not-published': 409,
  'placement-ended': 409,
  'preview-outdated': 409,
  unexpected: 500,
} as const

export type ProblemCode = keyof typeof problemStatus
export const problemCodes = Object.keys(problemStatus) as ProblemCode[]

/** RFC 9457 problem details, with our closed code and, for bad input, the fields at fault. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.enum(problemCodes as [ProblemCode, ...ProblemCode[]]),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof problemSchema>
