import { z } from 'zod'
import { arrivalStateSchema } from '../attendance/attendance.vocabulary.ts'
import { route } from '../contract.ts'
import { contentLanguageSchema, wording } from '../vocabulary/content-language.ts'
import { line } from '../vocabulary/line.ts'
import { workshopAttendedSchema, workshopSayerSchema } from './workshops.vocabulary.ts'

const linkParams = z.object({ token: z.string().min(10).max(200) })

/** Which session it is, as its pages say it. */
const heldSessionSchema = z.object({
  title: z.string(),
  course: z.string(),
  courseTitle: wording(60),
  siteName: z.string(),
  address: z.string(),
  town: z.string(),
  place: z.string(),
  /** The first name of who leads it. */
  facilitator: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  timeZone: z.string(),
  language: contentLanguageSchema,
  /** Whether attendance can be said now; `off`: the session is not held. */
  state: arrivalStateSchema,
  /** From an hour before. */
  opensAt: z.coerce.date(),
})

/** What a facilitator sees on a phone. */
export const facilitatedSessionSchema = heldSessionSchema.extend({
  seats: z.int(),
  /** Six figures to show, and what the picture to scan leads to; until an hour after the end. */
  code: z.string().nullable(),
  roomToken: z.string().nullable(),
  /** Whoever has a seat and walk-ins, by name. */
  people: z.array(
    z.object({
      personId: z.uuid(),
      /** Their name as the day’s host reads it: « Léa D. » */
      name: z.string(),
      siteName: z.string(),
      walkIn: z.boolean(),
      attended: workshopAttendedSchema.nullable(),
      attendedBy: workshopSayerSchema.nullable(),
    }),
  ),
})
export type FacilitatedSession = z.infer<typeof facilitatedSessionSchema>

/** What whoever scanned the picture of the room sees: who is expected. */
export const roomSchema = heldSessionSchema.extend({
  people: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      attended: workshopAttendedSchema.nullable(),
    }),
  ),
})
export type Room = z.infer<typeof roomSchema>

const stale = ['not-found', 'link-renewed', 'holder-left'] as const
const outside = [
  'workshop-cancelled',
  'session-cancelled',
  'attending-not-open',
  'attending-closed',
] as const

export const facilitatorRoutes = {
  facilitatedSession: route({
    method: 'GET',
    path: '/api/facilitator-links/:token',
    summary: 'The session somebody leads: who is expected and who came; changes nothing',
    access: 'capability',
    params: linkParams,
    response: facilitatedSessionSchema,
    refusals: stale,
  }),
  facilitatorLive: route({
    method: 'GET',
    path: '/api/facilitator-links/:token/live',
    summary: 'Tells when something about a session is to be read again',
    access: 'capability',
    params: linkParams,
    response: 'events',
    refusals: stale,
  }),
  sayCame: route({
    method: 'PUT',
    path: '/api/facilitator-links/:token/people/:personId/attendance',
    summary: 'Whoever leads says who came and who did not, or that nothing is known after all',
    access: 'capability',
    params: linkParams.extend({ personId: z.uuid() }),
    body: z.object({ attended: workshopAttendedSchema.nullable() }),
    response: facilitatedSessionSchema,
    refusals: [...stale, ...outside],
  }),
  findWalkIn: route({
    method: 'GET',
    path: '/api/facilitator-links/:token/people',
    summary:
      'Somebody of the region by name, who came without a seat; while attendance can be said',
    access: 'capability',
    params: linkParams,
    query: z.object({ search: line(80, 2) }),
    response: z.array(z.object({ personId: z.uuid(), name: z.string(), siteName: z.string() })),
    refusals: [...stale, ...outside],
  }),
  addWalkIn: route({
    method: 'POST',
    path: '/api/facilitator-links/:token/people',
    summary: 'Somebody of the region came without a seat; one elsewhere is given up',
    access: 'capability',
    params: linkParams,
    body: z.object({ personId: z.uuid() }),
    response: facilitatedSessionSchema,
    refusals: [...stale, ...outside, 'already-attended'],
  }),
  room: route({
    method: 'GET',
    path: '/api/workshop-rooms/:token',
    summary: 'The session whose picture was scanned, and who is expected; changes nothing',
    access: 'capability',
    params: linkParams,
    response: roomSchema,
    refusals: stale,
  }),
  arriveInRoom: route({
    method: 'PUT',
    path: '/api/workshop-rooms/:token/people/:personId',
    summary: 'Whoever scanned the picture says which of the expected they are',
    access: 'capability',
    params: linkParams.extend({ personId: z.uuid() }),
    response: roomSchema,
    refusals: [...stale, ...outside],
  }),
}
