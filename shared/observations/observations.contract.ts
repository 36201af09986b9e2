import { z } from 'zod'
import { route } from '../contract.ts'

/** The customer's journey, in its order. */
export const moments = ['discover', 'buy', 'install', 'use', 'pay', 'get-help', 'leave'] as const
export const momentSchema = z.enum(moments)
export type Moment = z.infer<typeof momentSchema>

/** Whose idea would mend it: the author’s, a colleague’s, a customer’s, or one the team has together. */
export const ideaSources = ['me', 'colleague', 'customer', 'team'] as const
export const ideaSourceSchema = z.enum(ideaSources)
export type IdeaSource = z.infer<typeof ideaSourceSchema>

/** A story fits in a thousand characters; an essay would not be read aloud in the debrief room. */
export const longestText = 1_000
const text = z
  .string()
  .trim()
  .max(longestText)
  // The one character PostgreSQL cannot keep in a text.
  .refine((value) => !value.includes('\u0000'))
  .default('')

/** Five words under a slider: never … every time; a detail … unbearable. */
const oneToFive = z.number().int().min(1).max(5)

/** What somebody saw; everything but the choices may stay empty. */
export const observationSchema = z.object({
  irritantId: z.uuid(),
  roleId: z.uuid(),
  moment: momentSchema,
  frequency: oneToFive,
  severity: oneToFive,
  situation: text,
  idea: text,
  /** Sent as it stood although the device had spotted a name or a number in it. */
  unmasked: z.boolean().default(false),
  /** Means nothing without an idea, and is then forgotten. */
  ideaFrom: ideaSourceSchema.nullable().default(null),
})
export type ObservationInput = z.input<typeof observationSchema>

/** 25 letters of Crockford's base 32, 125 random bits drawn on the author's device. */
const followSecret = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{25}$/)

/** A random identifier; a UUIDv7 would carry the time of writing. */
const untimedId = z.uuidv4()

const named = z.object({ id: z.uuid(), nameFr: z.string(), nameEn: z.string() })

/** Tells a device whether a word is in somebody’s name, without telling it the names. */
export const nameFilterSchema = z.object({
  salt: z.string(),
  hashes: z.number().int(),
  /** A Bloom filter’s bits in base64, the lowest of each byte first. */
  bits: z.string(),
})
export type NameFilter = z.infer<typeof nameFilterSchema>

/** All the Observe page needs; the credential is the same for every participant of the day. */
export const observingSchema = z.object({
  dayId: z.uuid(),
  dayName: z.string(),
  opensAt: z.coerce.date(),
  closesAt: z.coerce.date(),
  open: z.boolean(),
  /** A day called off stays closed, whatever a device with no network thinks of the date. */
  cancelled: z.boolean(),
  credential: z.string(),
  irritants: z.array(
    named.extend({
      focus: z.boolean(),
      /** Says nothing by itself; absent in what a device kept from before. */
      needsWords: z.boolean().default(false),
    }),
  ),
  roles: z.array(named),
  /** What people of the region are called, to keep their names out of free text. */
  names: nameFilterSchema,
  /** What the reader lives that day, to fill the role and the site in for them. */
  own: z.array(z.object({ roleId: z.uuid(), siteId: z.uuid(), as: z.enum(['guest', 'host']) })),
})
export type Observing = z.infer<typeof observingSchema>

export const namedObservationSchema = observationSchema.extend({
  id: z.uuid(),
  observedAt: z.coerce.date(),
  withdrawn: z.boolean(),
})
export type NamedObservation = z.infer<typeof namedObservationSchema>

/** `waiting`: received, not yet among the others; `kept`: the director can read it. */
export const anonymousStatusSchema = z.object({
  status: z.enum(['waiting', 'kept', 'withdrawn']),
  observation: observationSchema.extend({ dayId: z.uuid() }),
  /** Null where the region put it away meanwhile. */
  irritant: named.nullable(),
  role: named.nullable(),
})
export type AnonymousStatus = z.infer<typeof anonymousStatusSchema>

export const verbatimSchema = z.object({
  id: z.uuid(),
  moment: momentSchema,
  frequency: z.number().int(),
  severity: z.number().int(),
  situation: z.string(),
  idea: z.string(),
  /** A name or a number may stand in it: to read before it is shown to a room. */
  unmasked: z.boolean(),
  ideaFrom: ideaSourceSchema.nullable(),
  /** Absent: the author chose to stay anonymous. */
  firstName: z.string().nullable(),
})
export type Verbatim = z.infer<typeof verbatimSchema>

const ofDay = z.object({ dayId: z.uuid() })
const ofOne = z.object({ dayId: z.uuid(), observationId: z.uuid() })
const ofLink = z.object({ token: z.string().max(200) })
/** What the author of an anonymous observation holds. */
export const bySecretSchema = z.object({ id: untimedId, secret: followSecret })

export const observationsRoutes = {
  observing: route({
    method: 'GET',
    path: '/api/days/:dayId/observing',
    summary: 'What a participant needs to observe, with the credential all participants share',
    access: 'session',
    params: ofDay,
    response: observingSchema,
    refusals: ['not-found', 'not-taking-part'],
  }),
  observingBySlotLink: route({
    method: 'GET',
    path: '/api/slot-links/:token/observing',
    summary: 'The same for a host who came by the link of a slot',
    access: 'capability',
    params: ofLink,
    response: observingSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'not-taking-part'],
  }),
  observingByPlacementLink: route({
    method: 'GET',
    path: '/api/placement-links/:token/observing',
    summary: 'The same for a guest who came by the link of a placement',
    access: 'capability',
    params: ofLink,
    response: observingSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'not-taking-part'],
  }),
  myObservations: route({
    method: 'GET',
    path: '/api/days/:dayId/observations/mine',
    summary: 'What I observed under my name',
    access: 'session',
    params: ofDay,
    response: z.array(namedObservationSchema),
    refusals: ['not-found', 'not-taking-part'],
  }),
  putObservation: route({
    method: 'PUT',
    path: '/api/days/:dayId/observations/:observationId',
    summary: 'Record or correct an observation under my name; sending it again changes nothing',
    access: 'session',
    // On the wall signed ones must look like the others, their identifiers too.
    params: ofDay.extend({ observationId: untimedId }),
    body: observationSchema,
    response: namedObservationSchema,
    refusals: ['not-found', 'not-taking-part', 'observing-closed', 'conflict', 'words-needed'],
  }),
  withdrawObservation: route({
    method: 'DELETE',
    path: '/api/days/:dayId/observations/:observationId',
    summary: 'Withdraw my observation: its text is erased and it counts no more',
    access: 'session',
    params: ofOne,
    response: 'none',
    refusals: ['not-found'],
  }),
  sendAnonymously: route({
    method: 'POST',
    path: '/api/anonymous-observations',
    summary: 'Record an observation nobody can trace; sending it again changes nothing',
    access: 'anonymous',
    body: observationSchema.extend({
      id: untimedId,
      credential: z.string().max(200),
      siteId: z.uuid().nullable(),
      /** SHA-256 of the follow-up secret, in hexadecimal; the secret stays with its author. */
      secretHash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    response: z.object({ received: z.literal(true) }),
    refusals: [
      'link-expired',
      'credential-renewed',
      'observing-closed',
      'conflict',
      'not-found',
      'words-needed',
      'too-many-requests',
    ],
  }),
  renewCredential: route({
    method: 'POST',
    path: '/api/days/:dayId/observing/credential',
    summary:
      'Replaces what all participants of a day observe with; the former one sends nothing more',
    access: 'session',
    params: ofDay,
    response: 'none',
    refusals: ['not-found', 'observing-closed'],
  }),
  followAnonymously: route({
    method: 'POST',
    path: '/api/anonymous-observations/status',
    summary: 'What became of an anonymous observation, for whoever holds its secret',
    access: 'anonymous',
    body: bySecretSchema,
    response: anonymousStatusSchema,
    refusals: ['not-found', 'too-many-requests'],
  }),
  withdrawAnonymously: route({
    method: 'POST',
    path: '/api/anonymous-observations/withdrawals',
    summary: 'Withdraw an anonymous observation, for whoever holds its secret',
    access: 'anonymous',
    body: bySecretSchema,
    response: z.object({ withdrawn: z.literal(true) }),
    refusals: ['not-found', 'too-many-requests'],
  }),
}
