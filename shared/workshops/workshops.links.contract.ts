import { z } from 'zod'
import { route } from '../contract.ts'
import { contentLanguageSchema, wording } from '../vocabulary/content-language.ts'
import {
  mostChoices,
  workshopAttendedSchema,
  workshopStatusSchema,
} from './workshops.vocabulary.ts'

// A derived token is 45 characters; anything much longer is not one.
const linkParams = z.object({ token: z.string().min(10).max(200) })

/** A session as somebody who was asked sees it. */
const linkedSessionSchema = z.object({
  id: z.uuid(),
  /** Empty where it is at none of the region’s sites. */
  siteName: z.string(),
  address: z.string(),
  town: z.string(),
  place: z.string(),
  facilitatorName: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  language: contentLanguageSchema,
  /** Past or cancelled: nothing can be done with it any more. */
  status: z.enum(['to-come', 'over', 'cancelled']),
  seats: z.int(),
  /** How many can simply be taken; 0 until seats are published. */
  free: z.int(),
  /** Whole kilometres from the reader’s site, where both are known. */
  kilometres: z.int().nullable(),
  /** The reader hosts, is a guest, or sits in another workshop at these hours. */
  collides: z.boolean(),
  /** Where the reader stands in its waiting list, from 1. */
  waitingPlace: z.int().nullable(),
})
export type LinkedSession = z.infer<typeof linkedSessionSchema>

/** What somebody without an account sees of a workshop they were asked to, whatever its state. */
export const linkedWorkshopSchema = z.object({
  firstName: z.string(),
  regionName: z.string(),
  timeZone: z.string(),
  title: z.string(),
  /** The name of its course. */
  course: z.string(),
  courseTitle: wording(60),
  promise: wording(200),
  status: workshopStatusSchema,
  chooseUntil: z.coerce.date().nullable(),
  /** Sessions can be chosen, or the choice changed, now. */
  choosing: z.boolean(),
  /** Sessions in the order they were chosen. */
  choices: z.array(z.uuid()),
  declined: z.boolean(),
  /** The seat they have or are offered. */
  seat: z
    .object({
      sessionId: z.uuid(),
      state: z.enum(['seated', 'offered']),
      offeredUntil: z.coerce.date().nullable(),
      attended: workshopAttendedSchema.nullable(),
      /** The figures shown in the room can be typed now. */
      canArrive: z.boolean(),
    })
    .nullable(),
  sessions: z.array(linkedSessionSchema),
})
export type LinkedWorkshop = z.infer<typeof linkedWorkshopSchema>

const homeHeadSchema = z.object({
  /** What its course is called. */
  nameFr: z.string(),
  nameEn: z.string(),
  timeZone: z.string(),
  /** Of the reader’s own page, as their mails hold it. */
  token: z.string(),
})
const homeMeetingSchema = homeHeadSchema.extend({
  startsAt: z.coerce.date(),
  /** In one line: the room, the site and its town. */
  where: z.string(),
})

/** A workshop as it concerns the reader: asked to choose, offered a seat, seated, or leading a session. */
export const homeWorkshopSchema = z.discriminatedUnion('part', [
  homeHeadSchema.extend({ part: z.literal('asked'), until: z.coerce.date() }),
  homeMeetingSchema.extend({ part: z.literal('offered'), until: z.coerce.date() }),
  homeMeetingSchema.extend({
    part: z.enum(['seated', 'leading']),
    /** Its day has come, and nobody said yet whether the reader was there. */
    awaited: z.boolean(),
  }),
])
export type HomeWorkshop = z.infer<typeof homeWorkshopSchema>

const stale = ['not-found', 'link-renewed'] as const
const ofSession = z.object({ sessionId: z.uuid() })

export const workshopLinksRoutes = {
  linkedWorkshop: route({
    method: 'GET',
    path: '/api/workshop-links/:token',
    summary: 'The workshop somebody was asked to; opening it changes nothing',
    access: 'capability',
    params: linkParams,
    response: linkedWorkshopSchema,
    refusals: stale,
  }),
  chooseSessions: route({
    method: 'PUT',
    path: '/api/workshop-links/:token/choices',
    summary: 'Say which sessions suit best, in order, or none of them',
    access: 'capability',
    params: linkParams,
    body: z
      .object({ choices: z.array(z.uuid()).max(mostChoices), declined: z.boolean() })
      .refine(({ choices, declined }) => !declined || choices.length === 0, { path: ['declined'] }),
    response: linkedWorkshopSchema,
    refusals: [
      ...stale,
      'workshop-cancelled',
      'choosing-over',
      'session-cancelled',
      'wish-repeated',
      'already-seated',
    ],
  }),
  takeSeat: route({
    method: 'PUT',
    path: '/api/workshop-links/:token/seat',
    summary:
      'Accept the seat one is offered, or take a free one; a seat held elsewhere is given up',
    access: 'capability',
    params: linkParams,
    body: ofSession,
    response: linkedWorkshopSchema,
    refusals: [
      ...stale,
      'workshop-cancelled',
      'workshop-not-seated',
      'session-cancelled',
      'session-past',
      'seat-taken',
      'seat-offer-over',
      'already-attended',
    ],
  }),
  giveSeatUp: route({
    method: 'DELETE',
    path: '/api/workshop-links/:token/seat',
    summary: 'Give one’s seat up, or decline the one offered; the next in line is asked',
    access: 'capability',
    params: linkParams,
    response: linkedWorkshopSchema,
    refusals: [...stale, 'workshop-cancelled', 'session-past'],
  }),
  waitForSeat: route({
    method: 'PUT',
    path: '/api/workshop-links/:token/waiting',
    summary: 'Wait for a seat in a full session, or no longer',
    access: 'capability',
    params: linkParams,
    body: ofSession.extend({ waiting: z.boolean() }),
    response: linkedWorkshopSchema,
    refusals: [
      ...stale,
      'workshop-cancelled',
      'workshop-not-seated',
      'session-cancelled',
      'session-past',
      'already-seated',
    ],
  }),
  arriveAtWorkshop: route({
    method: 'PUT',
    path: '/api/workshop-links/:token/arrival',
    summary: 'Somebody is there: the six figures shown in the room prove it',
    access: 'capability',
    params: linkParams,
    body: z.object({ code: z.string().trim().min(1).max(20) }),
    response: linkedWorkshopSchema,
    refusals: [
      ...stale,
      'workshop-cancelled',
      'session-cancelled',
      'attending-not-open',
      'attending-closed',
      'attending-code-wrong',
      'too-many-requests',
    ],
  }),
}
