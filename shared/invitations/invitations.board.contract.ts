import { z } from 'zod'
import { answerChannels, recordedAnswerSchema } from '../confirmations/confirmations.contract.ts'
import { route } from '../contract.ts'
import { heldReasonSchema } from './invitations.answers.contract.ts'
import { failures, mailStatuses } from './invitations.contract.ts'

/**
 * Where an invitation stands, in the order of the picture; each in exactly one. `held`: a mail about
 * it waits for a person, whatever was answered before. `unreached`: nothing was answered, and no mail
 * of ours arrives.
 */
export const standings = ['yes', 'maybe', 'held', 'silent', 'unreached', 'no'] as const
export const standingSchema = z.enum(standings)
export type Standing = z.infer<typeof standingSchema>

/** Why no mail arrives: it came back or was refused, there is no address, or none is wanted. */
export const unreachedReasons = ['bounced', 'no-address', 'opted-out'] as const

const boardSides = ['host', 'guest'] as const
const sideSchema = z.enum(boardSides)

/** Invitations, not people: a host of two slots is asked twice. `invited` is the sum of the others. */
const tallySchema = z.object({
  invited: z.number(),
  yes: z.number(),
  maybe: z.number(),
  held: z.number(),
  silent: z.number(),
  unreached: z.number(),
  no: z.number(),
})
export type Tally = z.infer<typeof tallySchema>

const namedSchema = z.object({ id: z.uuid(), nameFr: z.string(), nameEn: z.string() })

export const confirmationBoardSchema = z.object({
  confirmUntil: z.coerce.date(),
  publishedAt: z.coerce.date().nullable(),
  hosts: tallySchema,
  guests: tallySchema,
  /** Those somebody was invited to. */
  sites: z.array(z.object({ id: z.uuid(), name: z.string() })),
  roles: z.array(namedSchema),
  /** The reader sees all sites, may write to people and settle what is held. */
  directing: z.boolean(),
})
export type ConfirmationBoard = z.infer<typeof confirmationBoardSchema>

export const invitedSchema = z.object({
  /** The slot of a host, the placement of a guest. */
  subjectId: z.uuid(),
  side: sideSchema,
  standing: standingSchema,
  /** Only for `unreached`. */
  unreached: z.enum(unreachedReasons).nullable(),
  /** What counts so far, also while something is held. */
  answer: recordedAnswerSchema.nullable(),
  firstName: z.string(),
  lastName: z.string(),
  roleFr: z.string(),
  roleEn: z.string(),
  siteId: z.uuid(),
  siteName: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  /** Since when it stands so; null while the invitation has not left. */
  since: z.coerce.date().nullable(),
  /** When a director last asked again, or is about to. */
  nudgedAt: z.coerce.date().nullable(),
})
export type Invited = z.infer<typeof invitedSchema>

/** One thing that happened between us and somebody, the oldest first. */
export const happeningSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('mail'),
    at: z.coerce.date(),
    mailId: z.uuid(),
    /** Such as `invite`, `update`, `cancel`, `nudge`, `maybe`, `reminder-week`, `reminder-day`. */
    telling: z.string(),
    status: z.enum(mailStatuses),
    /** To whom, where that is somebody else: the host before a slot was handed over. */
    toName: z.string().nullable(),
    /** It waited to ask for an answer that came before it left. */
    withdrawn: z.boolean(),
    failure: z.enum(failures).nullable(),
  }),
  z.object({
    kind: z.literal('bounce'),
    at: z.coerce.date(),
    /** The other server goes on trying. */
    delayed: z.boolean(),
  }),
  z.object({
    kind: z.literal('reply'),
    at: z.coerce.date(),
    answer: recordedAnswerSchema.nullable(),
    comment: z.string().nullable(),
    /** False for one that came after a newer answer. */
    counted: z.boolean(),
  }),
  z.object({
    kind: z.literal('held'),
    at: z.coerce.date(),
    reason: heldReasonSchema,
    answer: recordedAnswerSchema.nullable(),
    settled: z.enum(['applied', 'dismissed', 'superseded', 'over']).nullable(),
    settledAt: z.coerce.date().nullable(),
  }),
  z.object({
    kind: z.literal('press'),
    at: z.coerce.date(),
    answer: recordedAnswerSchema,
    channel: z.enum(answerChannels),
  }),
  z.object({
    kind: z.literal('handover'),
    at: z.coerce.date(),
    change: z.enum(['asked', 'accepted', 'declined', 'expired', 'withdrawn']),
    fromName: z.string(),
    toName: z.string(),
  }),
  z.object({
    kind: z.literal('seat'),
    at: z.coerce.date(),
    change: z.enum(['given', 'ended']),
    /** Why it ended, as a closed word. */
    reason: z.string().nullable(),
    roleFr: z.string(),
    roleEn: z.string(),
    siteName: z.string(),
    startsAt: z.coerce.date(),
    endsAt: z.coerce.date(),
  }),
])
export type Happening = z.infer<typeof happeningSchema>

const dayParams = z.object({ dayId: z.uuid() })
/** More than a director reads in a row; a search finds the others. */
const mostShown = 500

export const boardRoutes = {
  confirmationBoard: route({
    method: 'GET',
    path: '/api/days/:dayId/confirmations',
    summary: 'How many were invited and where they stand; a coordinator’s own sites only',
    access: 'session',
    params: dayParams,
    response: confirmationBoardSchema,
    refusals: ['not-found'],
  }),
  boardLive: route({
    method: 'GET',
    path: '/api/days/:dayId/confirmations/live',
    summary: 'Tells that an answer, a mail or a meeting of the day changed; never whose',
    access: 'session',
    params: dayParams,
    response: 'events',
    refusals: ['not-found'],
  }),
  invitedPeople: route({
    method: 'GET',
    path: '/api/days/:dayId/confirmations/people',
    summary: 'The people behind the figures of the board, those who stand so longest first',
    access: 'session',
    params: dayParams,
    query: z.object({
      side: sideSchema.optional(),
      standing: standingSchema.optional(),
      siteId: z.uuid().optional(),
      roleId: z.uuid().optional(),
      /** Part of a name, accents and capitals aside. */
      search: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(mostShown).default(20),
    }),
    response: z.object({ total: z.number(), people: z.array(invitedSchema) }),
    refusals: ['not-found'],
  }),
  conversation: route({
    method: 'GET',
    path: '/api/days/:dayId/conversations/:subjectId',
    summary: 'What was sent to somebody about their meeting, what came back, what changed',
    access: 'session',
    params: dayParams.extend({ subjectId: z.uuid() }),
    response: z.object({
      invited: invitedSchema.nullable(),
      firstName: z.string(),
      lastName: z.string(),
      happenings: z.array(happeningSchema),
    }),
    refusals: ['not-found'],
  }),
}
