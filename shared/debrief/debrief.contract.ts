import { z } from 'zod'
import { route } from '../contract.ts'
import { momentSchema } from '../observations/observations.contract.ts'
import { mostHearts, mostShown, steps } from './debrief.vocabulary.ts'

const stepSchema = z.enum(steps)
const named = z.object({ id: z.uuid(), nameFr: z.string(), nameEn: z.string() })

/** Base64url of as many bytes as the key is long. */
const keyed = z.string().regex(/^[\w-]{342}$/)

/** An observation on the wall: nobody’s name, neither a role nor a site, whoever wrote it. */
export const wallCardSchema = z.object({
  id: z.uuid(),
  irritantId: z.uuid(),
  moment: momentSchema,
  situation: z.string(),
  idea: z.string(),
})
export type WallCard = z.infer<typeof wallCardSchema>

/** The same for the director, who reads before the room does. */
export const deskCardSchema = wallCardSchema.extend({
  /** Something like a name was spotted, and sent as it stood. */
  unmasked: z.boolean(),
})
export type DeskCard = z.infer<typeof deskCardSchema>

export const roomFindingSchema = z.object({
  id: z.uuid(),
  irritantId: z.uuid(),
  title: z.string(),
  observationCount: z.number().int(),
  /** Null until the curtain is up, and where too few voted. */
  hearts: z.number().int().nullable(),
})
export type RoomFinding = z.infer<typeof roomFindingSchema>

/** What the projector and every phone of the room show, whoever looks. */
export const roomSchema = z.object({
  dayId: z.uuid(),
  dayName: z.string(),
  code: z.string(),
  step: stepSchema,
  /** How many hearts each may give, one a finding at most. */
  hearts: z.number().int(),
  irritants: z.array(named),
  cards: z.array(wallCardSchema),
  /** In the order they were made; by hearts once they are known. */
  findings: z.array(roomFindingSchema),
  /** Ballots counted; null until the curtain is up. */
  ballots: z.number().int().nullable(),
  /** RSA modulus that signs rights to a ballot; null once counted. */
  ballotKey: keyed.nullable(),
})
export type Room = z.infer<typeof roomSchema>

export const deskSchema = z.object({
  dayName: z.string(),
  /** Null before the session is opened. */
  room: roomSchema.nullable(),
  /** Of every card of the day, on the wall or not. */
  irritants: z.array(named),
  roles: z.array(named),
  waitingCards: z.number().int(),
  /** Ballots in the urn right now; null but while there is an urn. */
  ballotsCast: z.number().int().nullable(),
})
export type Desk = z.infer<typeof deskSchema>

const counted = z.object({ id: z.string(), count: z.number().int() })

/** How many cards of a pile stand under what, whatever is chosen; roles only as the pictures tell them. */
export const tallySchema = z.object({
  irritantId: z.array(counted),
  roleId: z.array(counted),
  moment: z.array(counted),
})
export type Tally = z.infer<typeof tallySchema>

/** A role is not crossed with a moment: the pictures tell no such cell. */
const cardChoice = {
  irritantId: z.uuid().optional(),
  roleId: z.uuid().optional(),
  moment: momentSchema.optional(),
}

const ofDay = z.object({ dayId: z.uuid() })
/** Six of Crockford’s base 32, as shown on the projector. */
const ofCode = z.object({ code: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{6}$/) })

export const debriefRoutes = {
  desk: route({
    method: 'GET',
    path: '/api/days/:dayId/debrief',
    summary: 'The debrief of a day, for the director who runs it',
    access: 'session',
    params: ofDay,
    response: deskSchema,
    refusals: ['not-found'],
  }),
  open: route({
    method: 'PUT',
    path: '/api/days/:dayId/debrief',
    summary: 'Open the session, or set how many hearts each may give before the vote',
    access: 'session',
    params: ofDay,
    body: z.object({ hearts: z.number().int().min(1).max(mostHearts) }),
    response: deskSchema,
    refusals: ['not-found', 'debrief-too-early', 'day-cancelled', 'vote-begun'],
  }),
  deskLive: route({
    method: 'GET',
    path: '/api/days/:dayId/debrief/live',
    summary: 'When the session, its cards, findings or the urn change',
    access: 'session',
    params: ofDay,
    response: 'events',
    refusals: ['not-found'],
  }),
  step: route({
    method: 'PUT',
    path: '/api/days/:dayId/debrief/step',
    summary: 'One step on or back; said twice, it is one step',
    access: 'session',
    params: ofDay,
    body: z.object({ from: stepSchema, to: stepSchema }),
    response: deskSchema,
    refusals: ['not-found', 'debrief-moved', 'votes-counted'],
  }),
  cards: route({
    method: 'GET',
    path: '/api/days/:dayId/debrief/cards',
    summary:
      'Cards that wait to be read, or those on the wall: by irritant, what annoys most first',
    access: 'session',
    params: ofDay,
    query: z
      .object({ shown: z.enum(['yes', 'no']), after: z.uuid().optional(), ...cardChoice })
      .refine(({ roleId, moment }) => !roleId || !moment),
    response: z.object({
      cards: z.array(deskCardSchema),
      next: z.uuid().nullable(),
      /** Of the whole pile. */
      tally: tallySchema,
    }),
    refusals: ['not-found'],
  }),
  show: route({
    method: 'PUT',
    path: '/api/days/:dayId/debrief/cards',
    summary: 'Put these cards on the wall, or take them off',
    access: 'session',
    params: ofDay,
    body: z.object({ ids: z.array(z.uuid()).min(1).max(mostShown), shown: z.boolean() }),
    response: 'none',
    refusals: ['not-found', 'wall-full'],
  }),
  room: route({
    method: 'GET',
    path: '/api/debriefs/:code',
    summary: 'What the room sees, for everybody of the region who has the code',
    access: 'session',
    params: ofCode,
    response: roomSchema,
    refusals: ['not-found'],
  }),
  roomLive: route({
    method: 'GET',
    path: '/api/debriefs/:code/live',
    summary: 'When what the room sees changes',
    access: 'session',
    params: ofCode,
    response: 'events',
    refusals: ['not-found'],
  }),
  takeBallot: route({
    method: 'POST',
    path: '/api/debriefs/:code/voters',
    summary: 'Have one’s right to a ballot signed unseen; each person has one',
    access: 'session',
    // Kept with the account, what was signed would join it to its ballot for whoever has the key.
    unrecorded: true,
    params: ofCode,
    body: z.object({ blinded: keyed }),
    response: z.object({ signed: keyed }),
    refusals: ['not-found', 'ballot-taken', 'vote-closed'],
  }),
  castBallot: route({
    method: 'PUT',
    path: '/api/debriefs/:code/ballots/:ballotId',
    summary: 'Cast a ballot nobody can trace, or replace it until the vote is closed',
    access: 'anonymous',
    params: ofCode.extend({ ballotId: z.uuidv4() }),
    body: z.object({
      signature: keyed,
      findingIds: z
        .array(z.uuid())
        .min(1)
        .max(mostHearts)
        // In capitals it is the same finding.
        .refine((ids) => new Set(ids.map((id) => id.toLowerCase())).size === ids.length),
    }),
    response: z.object({ cast: z.literal(true) }),
    refusals: [
      'not-found',
      'ballot-unknown',
      'too-many-hearts',
      'finding-withdrawn',
      'vote-not-open',
      'vote-closed',
      'too-many-requests',
    ],
  }),
}
